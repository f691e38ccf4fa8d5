//! Themes of spending, derived from the bank's data: the kind of movement, and what the table of the SDK says
//! (`mesinfos_sdk::spending`). If neither decides, the movement is filed by its means of payment, never guessed.

use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::spending::{Payment, Purpose};

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
    Loans,
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
    pub(crate) fn of(kind: Kind, merchant: Option<i64>, bank_category: Option<&str>, label: &str) -> Theme {
        match kind {
            Kind::Cash => return Theme::Cash,
            Kind::Fee | Kind::Interest => return Theme::Fees,
            _ => {}
        }
        let told = Payment { kind: Some(kind), merchant, bank_category, label }.purpose();
        told.map_or(Theme::unknown(kind), Theme::for_purpose)
    }

    fn for_purpose(purpose: Purpose) -> Theme {
        match purpose {
            Purpose::Housing => Theme::Housing,
            Purpose::Energy | Purpose::Water => Theme::Utilities,
            Purpose::Groceries => Theme::Groceries,
            Purpose::Restaurants => Theme::Restaurants,
            Purpose::Fuel | Purpose::Charging | Purpose::Road | Purpose::Transit | Purpose::Vehicle => {
                Theme::Transport
            }
            Purpose::Telecom => Theme::Telecom,
            Purpose::Insurance => Theme::Insurance,
            Purpose::Health => Theme::Health,
            Purpose::School => Theme::School,
            Purpose::Leisure | Purpose::Flights => Theme::Leisure,
            Purpose::Shopping => Theme::Shopping,
            Purpose::Taxes => Theme::Taxes,
            Purpose::Loan => Theme::Loans,
            Purpose::Cash => Theme::Cash,
            Purpose::Own => Theme::Own,
        }
    }

    /// The means of payment.
    fn unknown(kind: Kind) -> Theme {
        match kind {
            Kind::Card => Theme::Card,
            Kind::DirectDebit => Theme::Debit,
            Kind::Transfer => Theme::Transfer,
            Kind::Cheque => Theme::Cheque,
            _ => Theme::Other,
        }
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
            Theme::Loans => ("Prêts", "Loans"),
            Theme::Fees => ("Frais bancaires", "Bank fees"),
            Theme::Cash => ("Retraits d’espèces", "Cash withdrawals"),
            Theme::Own => ("Mis de côté", "Savings"),
            Theme::Card => ("Paiements par carte, sans autre indication", "Card payments, purpose unknown"),
            Theme::Debit => ("Prélèvements, sans autre indication", "Direct debits, purpose unknown"),
            Theme::Transfer => ("Virements, sans autre indication", "Transfers, purpose unknown"),
            Theme::Cheque => ("Chèques", "Cheques"),
            Theme::Other => ("Autres", "Other"),
        }
    }
}

impl Theme {
    /// The same within a sentence, in French with its article.
    pub(crate) fn within(self) -> (&'static str, &'static str) {
        match self {
            Theme::Housing => ("le logement", "housing"),
            Theme::Utilities => ("l’énergie et l’eau", "energy and water"),
            Theme::Groceries => ("les courses", "groceries"),
            Theme::Restaurants => ("les restaurants", "eating out"),
            Theme::Transport => ("les transports", "transport"),
            Theme::Telecom => ("le téléphone et internet", "phone and internet"),
            Theme::Insurance => ("les assurances", "insurance"),
            Theme::Health => ("la santé", "health"),
            Theme::School => ("l’école et les enfants", "school and children"),
            Theme::Leisure => ("les loisirs et les voyages", "leisure and travel"),
            Theme::Shopping => ("les achats", "shopping"),
            Theme::Taxes => ("les impôts", "taxes"),
            Theme::Loans => ("les prêts", "loans"),
            Theme::Fees => ("les frais bancaires", "bank fees"),
            Theme::Cash => ("les retraits d’espèces", "cash withdrawals"),
            Theme::Own => ("l’argent mis de côté", "savings"),
            Theme::Card => {
                ("les paiements par carte, sans autre indication", "card payments, purpose unknown")
            }
            Theme::Debit => ("les prélèvements, sans autre indication", "direct debits, purpose unknown"),
            Theme::Transfer => ("les virements, sans autre indication", "transfers, purpose unknown"),
            Theme::Cheque => ("les chèques", "cheques"),
            Theme::Other => ("d’autres dépenses", "other spending"),
        }
    }
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
    fn the_surest_source_tells_first() {
        let of = |merchant, bank, label| Theme::of(Kind::Card, merchant, bank, label);
        assert_eq!(of(Some(5912), Some("Alimentation"), "CARREFOUR"), Theme::Health);
        assert_eq!(of(None, Some("Alimentation & supermarché"), "X"), Theme::Groceries);
        assert_eq!(of(None, None, "CB Médecin 12/03"), Theme::Health);
        assert_eq!(of(None, None, "FREELANCE"), Theme::Card);
        assert_eq!(Theme::of(Kind::Cash, Some(5411), None, "DAB CARREFOUR"), Theme::Cash);
        assert_eq!(Theme::of(Kind::Transfer, None, None, "VIR INTERNE LIVRET A"), Theme::Own);
        assert_eq!(of(None, None, "CARTE 18/12/2025 TOTALENERGIES"), Theme::Transport);
        assert_eq!(Theme::of(Kind::DirectDebit, None, None, "MAIF SANTE COTISATION"), Theme::Insurance);
        assert_eq!(Theme::of(Kind::Transfer, None, None, "VIR SEPA MAIF SANTE"), Theme::Health);
        let loan = |label| Theme::of(Kind::DirectDebit, None, None, label);
        assert_eq!(loan("PRLV SEPA ECHEANCE PRET ETUDIANT"), Theme::Loans);
        assert_eq!(loan("PRLV SEPA ECHEANCE PRET IMMOBILIER"), Theme::Housing);
    }
}
