//! Themes of spending, derived from the bank's data: the kind of movement, the merchant category (ISO
//! 18245), the bank's own category, and well-known words in labels. If none of these decides, the movement
//! is filed by its means of payment, never guessed.

use mesinfos_sdk::bank::Kind;

/// Purpose of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Theme {
    Housing,
    Utilities,
    Groceries,
    Restaurants,
    Transport,
    Telecom,
    Insurance,
    Health,
    School,
    Leisure,
    Shopping,
    Taxes,
    Fees,
    Cash,
    /// Own transfers and savings: neither spending nor income.
    Own,
    /// Unknown purpose, by means of payment.
    Card,
    Debit,
    Transfer,
    Cheque,
    Other,
}

impl Theme {
    /// Theme of a movement.
    pub(crate) fn of(kind: Kind, merchant: Option<i64>, bank: Option<&str>, label: &str) -> Theme {
        match kind {
            Kind::Cash => return Theme::Cash,
            Kind::Fee | Kind::Interest => return Theme::Fees,
            _ => {}
        }
        let told = merchant.and_then(by_merchant);
        let told = told.or_else(|| bank.and_then(by_words)).or_else(|| by_words(label));
        told.unwrap_or(match kind {
            Kind::Card => Theme::Card,
            Kind::DirectDebit => Theme::Debit,
            Kind::Transfer => Theme::Transfer,
            Kind::Cheque => Theme::Cheque,
            _ => Theme::Other,
        })
    }

    /// Whether the theme is a purpose, not a means of payment.
    pub(crate) fn is_known(self) -> bool {
        self < Theme::Card
    }

    /// Names in French and English.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Theme::Housing => ("Logement", "Housing"),
            Theme::Utilities => ("Énergie et eau", "Energy and water"),
            Theme::Groceries => ("Courses", "Groceries"),
            Theme::Restaurants => ("Restaurants", "Eating out"),
            Theme::Transport => ("Transports", "Transport"),
            Theme::Telecom => ("Téléphone et internet", "Phone and internet"),
            Theme::Insurance => ("Assurances", "Insurance"),
            Theme::Health => ("Santé", "Health"),
            Theme::School => ("École et enfants", "School and children"),
            Theme::Leisure => ("Loisirs et voyages", "Leisure and travel"),
            Theme::Shopping => ("Achats", "Shopping"),
            Theme::Taxes => ("Impôts", "Taxes"),
            Theme::Fees => ("Frais bancaires", "Bank fees"),
            Theme::Cash => ("Retraits d’espèces", "Cash withdrawn"),
            Theme::Own => ("Mis de côté", "Put aside"),
            Theme::Card => ("Carte, sans autre indication", "Card, not told apart"),
            Theme::Debit => ("Prélèvements, sans autre indication", "Direct debits, not told apart"),
            Theme::Transfer => ("Virements, sans autre indication", "Transfers, not told apart"),
            Theme::Cheque => ("Chèques", "Cheques"),
            Theme::Other => ("Autres", "Other"),
        }
    }
}

/// Ranges of merchant category codes (ISO 18245:2003, as card networks publish them).
const MERCHANTS: [(i64, i64, Theme); 33] = [
    (3000, 3299, Theme::Leisure),
    (3351, 3441, Theme::Transport),
    (3501, 3999, Theme::Leisure),
    (4111, 4112, Theme::Transport),
    (4119, 4119, Theme::Health),
    (4121, 4131, Theme::Transport),
    (4411, 4722, Theme::Leisure),
    (4784, 4789, Theme::Transport),
    (4812, 4816, Theme::Telecom),
    (4899, 4899, Theme::Leisure),
    (4900, 4900, Theme::Utilities),
    (5122, 5122, Theme::Health),
    (5200, 5399, Theme::Shopping),
    (5411, 5499, Theme::Groceries),
    (5511, 5599, Theme::Transport),
    (5611, 5735, Theme::Shopping),
    (5811, 5814, Theme::Restaurants),
    (5815, 5818, Theme::Leisure),
    (5912, 5912, Theme::Health),
    (5931, 5950, Theme::Shopping),
    (5960, 5960, Theme::Insurance),
    (5961, 5999, Theme::Shopping),
    (6010, 6011, Theme::Cash),
    (6300, 6300, Theme::Insurance),
    (6513, 6513, Theme::Housing),
    (7011, 7033, Theme::Leisure),
    (7512, 7549, Theme::Transport),
    (7829, 7999, Theme::Leisure),
    (8011, 8099, Theme::Health),
    (8211, 8299, Theme::School),
    (8351, 8351, Theme::School),
    (9222, 9222, Theme::Taxes),
    (9311, 9311, Theme::Taxes),
];

fn by_merchant(code: i64) -> Option<Theme> {
    MERCHANTS.iter().find(|(from, to, _)| (*from..=*to).contains(&code)).map(|(.., theme)| *theme)
}

/// Words that determine a theme, without accents, in alphabetical order.
const WORDS: [(&str, Theme); 127] = [
    ("ABONNEMENTS", Theme::Leisure),
    ("ALDI", Theme::Groceries),
    ("ALIMENTATION", Theme::Groceries),
    ("AMAZON", Theme::Shopping),
    ("APRR", Theme::Transport),
    ("ASSURANCE", Theme::Insurance),
    ("ASSURANCES", Theme::Insurance),
    ("AUCHAN", Theme::Groceries),
    ("AUTOMOBILE", Theme::Transport),
    ("AXA", Theme::Insurance),
    ("BILLET", Theme::Transport),
    ("BIOCOOP", Theme::Groceries),
    ("BLABLACAR", Theme::Transport),
    ("BOUCHERIE", Theme::Groceries),
    ("BOULANGER", Theme::Shopping),
    ("BOULANGERIE", Theme::Groceries),
    ("BOUYGUES", Theme::Telecom),
    ("BRASSERIE", Theme::Restaurants),
    ("BRICO", Theme::Shopping),
    ("CAFE", Theme::Restaurants),
    ("CANTINE", Theme::School),
    ("CARBURANT", Theme::Transport),
    ("CARREFOUR", Theme::Groceries),
    ("CASINO", Theme::Groceries),
    ("CASTORAMA", Theme::Shopping),
    ("CHARGES", Theme::Housing),
    ("CINEMA", Theme::Leisure),
    ("COPROPRIETE", Theme::Housing),
    ("COURSES", Theme::Groceries),
    ("CRECHE", Theme::School),
    ("DARTY", Theme::Shopping),
    ("DECATHLON", Theme::Shopping),
    ("DENTISTE", Theme::Health),
    ("DEPARGNE", Theme::Own),
    ("DGFIP", Theme::Taxes),
    ("DISNEY", Theme::Leisure),
    ("DOCTEUR", Theme::Health),
    ("DR", Theme::Health),
    ("EAU", Theme::Utilities),
    ("EAUX", Theme::Utilities),
    ("ECOLE", Theme::School),
    ("EDF", Theme::Utilities),
    ("EKWATEUR", Theme::Utilities),
    ("ELECTRICITE", Theme::Utilities),
    ("ENERGIE", Theme::Utilities),
    ("ENERGIES", Theme::Utilities),
    ("ENGIE", Theme::Utilities),
    ("EPARGNE", Theme::Own),
    ("ESSENCE", Theme::Transport),
    ("FNAC", Theme::Shopping),
    ("FONCIERE", Theme::Taxes),
    ("FORFAIT", Theme::Telecom),
    ("FRANPRIX", Theme::Groceries),
    ("FREE", Theme::Telecom),
    ("GAZ", Theme::Utilities),
    ("GMF", Theme::Insurance),
    ("GROUPAMA", Theme::Insurance),
    ("HABITATION", Theme::Housing),
    ("HOPITAL", Theme::Health),
    ("HOTEL", Theme::Leisure),
    ("IKEA", Theme::Shopping),
    ("IMMOBILIER", Theme::Housing),
    ("IMPOT", Theme::Taxes),
    ("IMPOTS", Theme::Taxes),
    ("INTERMARCHE", Theme::Groceries),
    ("INTERNE", Theme::Own),
    ("INTERNES", Theme::Own),
    ("INTERNET", Theme::Telecom),
    ("KEOLIS", Theme::Transport),
    ("LECLERC", Theme::Groceries),
    ("LIBRAIRIE", Theme::Leisure),
    ("LIDL", Theme::Groceries),
    ("LIVRET", Theme::Own),
    ("LOGEMENT", Theme::Housing),
    ("LOISIRS", Theme::Leisure),
    ("LOYER", Theme::Housing),
    ("MAAF", Theme::Insurance),
    ("MACIF", Theme::Insurance),
    ("MAIF", Theme::Insurance),
    ("MARCHE", Theme::Groceries),
    ("MATMUT", Theme::Insurance),
    ("MCDONALDS", Theme::Restaurants),
    ("MEDECIN", Theme::Health),
    ("MOBILE", Theme::Telecom),
    ("MONOPRIX", Theme::Groceries),
    ("MUSIQUE", Theme::Leisure),
    ("MUTUELLE", Theme::Health),
    ("NAVIGO", Theme::Transport),
    ("NETFLIX", Theme::Leisure),
    ("OPTICIEN", Theme::Health),
    ("ORANGE", Theme::Telecom),
    ("PARKING", Theme::Transport),
    ("PEAGE", Theme::Transport),
    ("PHARMACIE", Theme::Health),
    ("PICARD", Theme::Groceries),
    ("PISCINE", Theme::Leisure),
    ("RATP", Theme::Transport),
    ("RENT", Theme::Housing),
    ("RESTAURANT", Theme::Restaurants),
    ("RESTAURANTS", Theme::Restaurants),
    ("RETRAIT", Theme::Cash),
    ("RETRAITS", Theme::Cash),
    ("SANTE", Theme::Health),
    ("SFR", Theme::Telecom),
    ("SHELL", Theme::Transport),
    ("SNCF", Theme::Transport),
    ("SOSH", Theme::Telecom),
    ("SPORT", Theme::Leisure),
    ("SPOTIFY", Theme::Leisure),
    ("STATION", Theme::Transport),
    ("SUEZ", Theme::Utilities),
    ("SUPERMARCHE", Theme::Groceries),
    ("SUPERMARKET", Theme::Groceries),
    ("TAN", Theme::Transport),
    ("TELEPHONE", Theme::Telecom),
    ("TELEPHONIE", Theme::Telecom),
    ("THEATRE", Theme::Leisure),
    ("TOTALENERGIES", Theme::Utilities),
    ("TRAIN", Theme::Transport),
    ("TRANSPORT", Theme::Transport),
    ("TRANSPORTS", Theme::Transport),
    ("UBER", Theme::Transport),
    ("VEOLIA", Theme::Utilities),
    ("VETEMENTS", Theme::Shopping),
    ("VINCI", Theme::Transport),
    ("VOYAGES", Theme::Leisure),
    ("ZARA", Theme::Shopping),
];

fn by_words(text: &str) -> Option<Theme> {
    words(text).find_map(|word| {
        let place = WORDS.binary_search_by(|(known, _)| (*known).cmp(word.as_str())).ok()?;
        WORDS.get(place).map(|(_, theme)| *theme)
    })
}

/// Words of a label, in capitals and without accents, as banks print them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '*');
    parts.filter(|word| !word.is_empty()).map(|word| word.chars().map(plain).collect())
}

fn plain(letter: char) -> char {
    match letter {
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => 'A',
        'ç' | 'Ç' => 'C',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'î' | 'ï' | 'Î' | 'Ï' => 'I',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'O',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'U',
        letter => letter.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(MERCHANTS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn the_surest_source_tells_first() {
        let of = |merchant, bank, label| Theme::of(Kind::Card, merchant, bank, label);
        assert_eq!(of(Some(5912), Some("Alimentation"), "CARREFOUR"), Theme::Health);
        assert_eq!(of(None, Some("Alimentation & supermarché"), "X"), Theme::Groceries);
        assert_eq!(of(None, None, "CB Médecin 12/03"), Theme::Health);
        assert_eq!(of(None, None, "FREELANCE"), Theme::Card);
        assert_eq!(Theme::of(Kind::Cash, Some(5411), None, "DAB CARREFOUR"), Theme::Cash);
        assert_eq!(Theme::of(Kind::Transfer, None, None, "VIR INTERNE LIVRET A"), Theme::Own);
    }
}
