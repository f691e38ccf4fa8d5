//! What a payment was for, as far as a statement tells: by its merchant category code (ISO 18245), by the bank's own
//! category, and by well-known words of its label. One table for all apps, so that two of them do not file the same
//! payment differently.

use crate::bank::Kind;
use crate::words::fold;

/// What a payment was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Rent, co-ownership charges, furniture of a home is not.
    Housing,
    /// Electricity, gas, heating oil, wood.
    Energy,
    /// Water.
    Water,
    /// Food shops.
    Groceries,
    /// Restaurants and cafés.
    Restaurants,
    /// Fuel of a vehicle.
    Fuel,
    /// Electricity of a vehicle, at a charging station.
    Charging,
    /// Tolls and parking.
    Road,
    /// Trains, buses, trams and shared rides.
    Transit,
    /// Flights.
    Flights,
    /// Purchase, hire and repair of a vehicle, taxis.
    Vehicle,
    /// Telephone and internet.
    Telecom,
    /// Insurance; of health too, if the label says that it is a premium (COTISATION).
    Insurance,
    /// Care, medicines, and the payments of health insurance.
    Health,
    /// School, nursery and children.
    School,
    /// Leisure and travel.
    Leisure,
    /// Other purchases.
    Shopping,
    /// Taxes.
    Taxes,
    /// Cash withdrawn.
    Cash,
    /// Own transfers and savings.
    Own,
}

/// What a statement tells of a payment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Payment<'a> {
    /// Means of payment, if it is known.
    pub kind: Option<Kind>,
    /// Merchant category code.
    pub merchant: Option<i64>,
    /// Category of the bank, in its own words.
    pub bank_category: Option<&'a str>,
    /// Label.
    pub label: &'a str,
}

impl Payment<'_> {
    /// What the payment was for; `None` if nothing tells. The surest source decides: the merchant's code, then the
    /// bank's category, then the label.
    ///
    /// ```
    /// use mesinfos_sdk::spending::{Payment, Purpose};
    /// let of = |label| Payment { label, ..Payment::default() }.purpose();
    /// assert_eq!(of("CARTE 18/12 TOTALENERGIES"), Some(Purpose::Fuel));
    /// assert_eq!(of("PRLV SEPA TOTALENERGIES"), Some(Purpose::Energy));
    /// ```
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        let texts = || [self.bank_category, Some(self.label)].into_iter().flatten().map(fold);
        let by_words = || texts().find_map(|text| self.by_words(&text));
        match self.merchant.and_then(by_merchant) {
            // Utilities: words tell energy from water.
            Some(Purpose::Energy) => match by_words() {
                Some(Purpose::Water) => Some(Purpose::Water),
                _ => Some(Purpose::Energy),
            },
            Some(purpose) => Some(purpose),
            None => by_words(),
        }
    }

    fn by_words(&self, text: &str) -> Option<Purpose> {
        let padded = format!(" {text} ");
        let says = |phrase: &str| padded.contains(&format!(" {phrase} "));
        if PREMIUM.iter().any(|word| says(word)) && INSURERS.iter().any(|name| says(name)) {
            return Some(Purpose::Insurance);
        }
        if let Some((_, purpose)) = DECISIVE.iter().find(|(phrase, _)| says(phrase)) {
            return Some(*purpose);
        }
        if FORECOURTS.iter().any(|name| says(name)) {
            return Some(if self.is_debit(&padded) { Purpose::Energy } else { Purpose::Fuel });
        }
        text.split(' ').find_map(|word| {
            let place = WORDS.binary_search_by(|(known, _)| (*known).cmp(word)).ok()?;
            WORDS.get(place).map(|(_, purpose)| *purpose)
        })
    }

    /// Whether it was debited or transferred, as bills are, and not paid on the spot.
    fn is_debit(&self, padded: &str) -> bool {
        match self.kind {
            Some(Kind::DirectDebit | Kind::Transfer) => true,
            Some(Kind::Card) => false,
            _ => ["PRLV", "PRELEVEMENT", "VIR", "VIREMENT", "SEPA"]
                .iter()
                .any(|word| padded.contains(&format!(" {word} "))),
        }
    }
}

/// Ranges of merchant category codes (ISO 18245:2003, as card networks publish them).
const MERCHANTS: [(i64, i64, Purpose); 48] = [
    (3000, 3350, Purpose::Flights),
    (3351, 3441, Purpose::Vehicle),
    (3501, 3999, Purpose::Leisure),
    (4111, 4112, Purpose::Transit),
    (4119, 4119, Purpose::Health),
    (4121, 4121, Purpose::Vehicle),
    (4131, 4131, Purpose::Transit),
    (4411, 4510, Purpose::Leisure),
    (4511, 4511, Purpose::Flights),
    (4512, 4722, Purpose::Leisure),
    (4784, 4784, Purpose::Road),
    (4785, 4789, Purpose::Vehicle),
    (4812, 4816, Purpose::Telecom),
    (4899, 4899, Purpose::Leisure),
    (4900, 4900, Purpose::Energy),
    (5122, 5122, Purpose::Health),
    (5200, 5399, Purpose::Shopping),
    (5411, 5499, Purpose::Groceries),
    (5511, 5540, Purpose::Vehicle),
    (5541, 5542, Purpose::Fuel),
    (5543, 5551, Purpose::Vehicle),
    (5552, 5552, Purpose::Charging),
    (5553, 5599, Purpose::Vehicle),
    (5611, 5735, Purpose::Shopping),
    (5811, 5814, Purpose::Restaurants),
    (5815, 5818, Purpose::Leisure),
    (5912, 5912, Purpose::Health),
    (5931, 5950, Purpose::Shopping),
    (5960, 5960, Purpose::Insurance),
    (5961, 5982, Purpose::Shopping),
    // Dealers of heating oil, wood and coal.
    (5983, 5983, Purpose::Energy),
    (5984, 5999, Purpose::Shopping),
    (6010, 6011, Purpose::Cash),
    (6300, 6300, Purpose::Insurance),
    (6513, 6513, Purpose::Housing),
    (7011, 7033, Purpose::Leisure),
    (7512, 7522, Purpose::Vehicle),
    (7523, 7523, Purpose::Road),
    (7524, 7524, Purpose::Road),
    (7525, 7549, Purpose::Vehicle),
    (7829, 7999, Purpose::Leisure),
    (8011, 8099, Purpose::Health),
    (8211, 8299, Purpose::School),
    (8351, 8351, Purpose::School),
    (9222, 9222, Purpose::Taxes),
    (9311, 9311, Purpose::Taxes),
    (9399, 9399, Purpose::Taxes),
    (9402, 9402, Purpose::Shopping),
];

fn by_merchant(code: i64) -> Option<Purpose> {
    MERCHANTS.iter().find(|(from, to, _)| (*from..=*to).contains(&code)).map(|(.., purpose)| *purpose)
}

/// Words of a premium. Beside the name of an insurer they tell insurance, whatever it insures: one theme for all
/// premiums, as in the categories of banks.
const PREMIUM: [&str; 2] = ["COTISATION", "COTISATIONS"];

/// Insurers and mutual insurers of France, folded: members of France Assureurs and of the Mutualité française that
/// households know.
const INSURERS: [&str; 27] = [
    "ABEILLE",
    "AESIO",
    "AG2R",
    "ALAN",
    "ALLIANZ",
    "APICIL",
    "AREAS",
    "AXA",
    "CNP",
    "DIRECT ASSURANCE",
    "EUROFIL",
    "GENERALI",
    "GMF",
    "GROUPAMA",
    "HARMONIE",
    "HARMONIE MUTUELLE",
    "KLESIA",
    "MAAF",
    "MACIF",
    "MACSF",
    "MAIF",
    "MALAKOFF HUMANIS",
    "MATMUT",
    "MGEN",
    "MMA",
    "PACIFICA",
    "SWISSLIFE",
];

/// Words that decide wherever they stand: "CARREFOUR STATION" is fuel, "VIR MAIF SANTE" is health. Folded; the first one
/// that a text has.
const DECISIVE: [(&str, Purpose); 62] = [
    ("ASSURANCE MALADIE", Purpose::Health),
    ("ASSURANCE SANTE", Purpose::Health),
    ("MUTUELLE SANTE", Purpose::Health),
    ("MUTUELLE ASSURANCE", Purpose::Insurance),
    ("MUTUELLE ASSURANCES", Purpose::Insurance),
    ("MUTUELLE D ASSURANCE", Purpose::Insurance),
    ("COMPLEMENTAIRE SANTE", Purpose::Health),
    ("SANTE", Purpose::Health),
    ("MUTUELLE", Purpose::Health),
    ("STATION DE SKI", Purpose::Leisure),
    ("BORNE", Purpose::Charging),
    ("BORNES", Purpose::Charging),
    ("CHARGEMAP", Purpose::Charging),
    ("ELECTRA", Purpose::Charging),
    ("FASTNED", Purpose::Charging),
    ("FRESHMILE", Purpose::Charging),
    ("IONITY", Purpose::Charging),
    ("IZIVIA", Purpose::Charging),
    ("POWERDOT", Purpose::Charging),
    ("RECHARGE ELECTRIQUE", Purpose::Charging),
    ("SUPERCHARGER", Purpose::Charging),
    ("CARBURANT", Purpose::Fuel),
    ("CARBURANTS", Purpose::Fuel),
    ("DAC", Purpose::Fuel),
    ("ESSENCE", Purpose::Fuel),
    ("FUEL", Purpose::Fuel),
    ("GAZOLE", Purpose::Fuel),
    ("STATION", Purpose::Fuel),
    ("TOTAL ACCESS", Purpose::Fuel),
    ("AUTOROUTE", Purpose::Road),
    ("AUTOROUTES", Purpose::Road),
    ("HORODATEUR", Purpose::Road),
    ("PARKING", Purpose::Road),
    ("PARKINGS", Purpose::Road),
    ("PEAGE", Purpose::Road),
    ("PEAGES", Purpose::Road),
    ("STATIONNEMENT", Purpose::Road),
    ("TELEPEAGE", Purpose::Road),
    ("EASYJET", Purpose::Flights),
    ("AIR FRANCE", Purpose::Flights),
    ("RYANAIR", Purpose::Flights),
    ("TRANSAVIA", Purpose::Flights),
    ("VOLOTEA", Purpose::Flights),
    ("VUELING", Purpose::Flights),
    ("TRANSPORTS EN COMMUN", Purpose::Transit),
    ("ELECTRICITE", Purpose::Energy),
    ("FIOUL", Purpose::Energy),
    ("GAZ", Purpose::Energy),
    ("GAZ DE BORDEAUX", Purpose::Energy),
    ("MINT ENERGIE", Purpose::Energy),
    ("OCTOPUS ENERGY", Purpose::Energy),
    ("OHM ENERGIE", Purpose::Energy),
    ("SHELL ENERGY", Purpose::Energy),
    ("EAU", Purpose::Water),
    ("EAUX", Purpose::Water),
    ("VIREMENT INTERNE", Purpose::Own),
    ("VIR INTERNE", Purpose::Own),
    ("PRET IMMOBILIER", Purpose::Housing),
    ("TAXE FONCIERE", Purpose::Taxes),
    ("TAXE D HABITATION", Purpose::Taxes),
    ("FORFAIT MOBILE", Purpose::Telecom),
    ("LOCATION VOITURE", Purpose::Vehicle),
];

/// Names of companies that sell fuel by card and energy by bill.
const FORECOURTS: [&str; 8] =
    ["AVIA", "BP", "ENI", "ESSO", "SHELL", "TOTAL", "TOTAL ENERGIES", "TOTALENERGIES"];

/// Words that tell a purpose where nothing decides, folded, in alphabetical order: the first one of a text.
const WORDS: [(&str, Purpose); 142] = [
    ("ABONNEMENTS", Purpose::Leisure),
    ("ALDI", Purpose::Groceries),
    ("ALEOP", Purpose::Transit),
    ("ALIMENTATION", Purpose::Groceries),
    ("AMAZON", Purpose::Shopping),
    ("APRR", Purpose::Road),
    ("ASSURANCE", Purpose::Insurance),
    ("ASSURANCES", Purpose::Insurance),
    ("ATMB", Purpose::Road),
    ("AUCHAN", Purpose::Groceries),
    ("AUTOMOBILE", Purpose::Vehicle),
    ("AXA", Purpose::Insurance),
    ("BILLET", Purpose::Transit),
    ("BIOCOOP", Purpose::Groceries),
    ("BIPGO", Purpose::Road),
    ("BLABLACAR", Purpose::Transit),
    ("BOUCHERIE", Purpose::Groceries),
    ("BOULANGER", Purpose::Shopping),
    ("BOULANGERIE", Purpose::Groceries),
    ("BOUYGUES", Purpose::Telecom),
    ("BRASSERIE", Purpose::Restaurants),
    ("BRICO", Purpose::Shopping),
    ("CAFE", Purpose::Restaurants),
    ("CANTINE", Purpose::School),
    ("CARREFOUR", Purpose::Groceries),
    ("CASINO", Purpose::Groceries),
    ("CASTORAMA", Purpose::Shopping),
    ("CHARGES", Purpose::Housing),
    ("CINEMA", Purpose::Leisure),
    ("COFIROUTE", Purpose::Road),
    ("COPROPRIETE", Purpose::Housing),
    ("COURSES", Purpose::Groceries),
    ("CRECHE", Purpose::School),
    ("DARTY", Purpose::Shopping),
    ("DECATHLON", Purpose::Shopping),
    ("DENTISTE", Purpose::Health),
    ("DEPARGNE", Purpose::Own),
    ("DGFIP", Purpose::Taxes),
    ("DISNEY", Purpose::Leisure),
    ("DOCTEUR", Purpose::Health),
    ("DR", Purpose::Health),
    ("EASYPARK", Purpose::Road),
    ("ECOLE", Purpose::School),
    ("EDF", Purpose::Energy),
    ("EFFIA", Purpose::Road),
    ("EKWATEUR", Purpose::Energy),
    ("ENERCOOP", Purpose::Energy),
    ("ENERGIE", Purpose::Energy),
    ("ENERGIES", Purpose::Energy),
    ("ENGIE", Purpose::Energy),
    ("EPARGNE", Purpose::Own),
    ("ESCOTA", Purpose::Road),
    ("FLIXBUS", Purpose::Transit),
    ("FLOWBIRD", Purpose::Road),
    ("FNAC", Purpose::Shopping),
    ("FONCIERE", Purpose::Taxes),
    ("FORFAIT", Purpose::Telecom),
    ("FRANPRIX", Purpose::Groceries),
    ("FREE", Purpose::Telecom),
    ("GMF", Purpose::Insurance),
    ("GROUPAMA", Purpose::Insurance),
    ("HABITATION", Purpose::Housing),
    ("HOPITAL", Purpose::Health),
    ("HOTEL", Purpose::Leisure),
    ("IKEA", Purpose::Shopping),
    ("ILEK", Purpose::Energy),
    ("ILEVIA", Purpose::Transit),
    ("IMMOBILIER", Purpose::Housing),
    ("IMPOT", Purpose::Taxes),
    ("IMPOTS", Purpose::Taxes),
    ("INDIGO", Purpose::Road),
    ("INTERMARCHE", Purpose::Groceries),
    ("INTERNE", Purpose::Own),
    ("INTERNES", Purpose::Own),
    ("INTERNET", Purpose::Telecom),
    ("KEOLIS", Purpose::Transit),
    ("LECLERC", Purpose::Groceries),
    ("LIBRAIRIE", Purpose::Leisure),
    ("LIDL", Purpose::Groceries),
    ("LIVRET", Purpose::Own),
    ("LOGEMENT", Purpose::Housing),
    ("LOISIRS", Purpose::Leisure),
    ("LOYER", Purpose::Housing),
    ("MAAF", Purpose::Insurance),
    ("MACIF", Purpose::Insurance),
    ("MAIF", Purpose::Insurance),
    ("MARCHE", Purpose::Groceries),
    ("MATMUT", Purpose::Insurance),
    ("MCDONALD", Purpose::Restaurants),
    ("MCDONALDS", Purpose::Restaurants),
    ("MEDECIN", Purpose::Health),
    ("MGEN", Purpose::Health),
    ("MOBILE", Purpose::Telecom),
    ("MONOPRIX", Purpose::Groceries),
    ("MUSIQUE", Purpose::Leisure),
    ("NAVIGO", Purpose::Transit),
    ("NETFLIX", Purpose::Leisure),
    ("OPTICIEN", Purpose::Health),
    ("ORANGE", Purpose::Telecom),
    ("OUIGO", Purpose::Transit),
    ("PAYBYPHONE", Purpose::Road),
    ("PHARMACIE", Purpose::Health),
    ("PICARD", Purpose::Groceries),
    ("PISCINE", Purpose::Leisure),
    ("PLENITUDE", Purpose::Energy),
    ("QPARK", Purpose::Road),
    ("RATP", Purpose::Transit),
    ("RENT", Purpose::Housing),
    ("RESTAURANT", Purpose::Restaurants),
    ("RESTAURANTS", Purpose::Restaurants),
    ("RETRAIT", Purpose::Cash),
    ("RETRAITS", Purpose::Cash),
    ("RTM", Purpose::Transit),
    ("SAEMES", Purpose::Road),
    ("SANEF", Purpose::Road),
    ("SFR", Purpose::Telecom),
    ("SNCF", Purpose::Transit),
    ("SOSH", Purpose::Telecom),
    ("SPORT", Purpose::Leisure),
    ("SPOTIFY", Purpose::Leisure),
    ("SUEZ", Purpose::Water),
    ("SUPERMARCHE", Purpose::Groceries),
    ("SUPERMARKET", Purpose::Groceries),
    ("SYTRAL", Purpose::Transit),
    ("TAN", Purpose::Transit),
    ("TCL", Purpose::Transit),
    ("TELEPHONE", Purpose::Telecom),
    ("TELEPHONIE", Purpose::Telecom),
    ("THEATRE", Purpose::Leisure),
    ("TISSEO", Purpose::Transit),
    ("TRAIN", Purpose::Transit),
    ("TRANSDEV", Purpose::Transit),
    ("TRANSPORT", Purpose::Transit),
    ("TRANSPORTS", Purpose::Transit),
    ("UBER", Purpose::Vehicle),
    ("ULYS", Purpose::Road),
    ("VATTENFALL", Purpose::Energy),
    ("VEOLIA", Purpose::Water),
    ("VETEMENTS", Purpose::Shopping),
    ("VINCI", Purpose::Road),
    ("VOYAGES", Purpose::Leisure),
    ("ZARA", Purpose::Shopping),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(label: &str) -> Option<Purpose> {
        Payment { label, ..Payment::default() }.purpose()
    }

    #[test]
    fn tables_are_in_order_and_folded() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(MERCHANTS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        let phrases = DECISIVE.iter().chain(&WORDS).map(|(phrase, _)| *phrase).chain(FORECOURTS);
        let phrases = phrases.chain(PREMIUM).chain(INSURERS);
        for phrase in phrases {
            assert_eq!(fold(phrase), phrase, "{phrase}");
        }
    }

    #[test]
    fn what_moves_a_vehicle_is_no_energy_of_the_home() {
        let card = |label| Payment { label, kind: Some(Kind::Card), ..Payment::default() }.purpose();
        let debit = |label| Payment { label, kind: Some(Kind::DirectDebit), ..Payment::default() }.purpose();
        assert_eq!(
            (card("TOTALENERGIES"), debit("TOTALENERGIES")),
            (Some(Purpose::Fuel), Some(Purpose::Energy))
        );
        assert_eq!(of("CARTE 18/12/2025 TOTALENERGIES"), Some(Purpose::Fuel));
        assert_eq!(of("PRLV TOTALENERGIES ELECTRICITE ET GAZ"), Some(Purpose::Energy));
        assert_eq!(of("CB CARREFOUR STATION 12/03"), Some(Purpose::Fuel));
        assert_eq!(of("CB CARREFOUR 12/03"), Some(Purpose::Groceries));
        assert_eq!(of("CB IONITY BORNE 4"), Some(Purpose::Charging));
        assert_eq!(of("PRLV ULYS VINCI AUTOROUTES"), Some(Purpose::Road));
        assert_eq!(of("CB PARKING INDIGO"), Some(Purpose::Road));
    }

    #[test]
    fn health_insurance_is_health_and_other_insurance_is_not() {
        assert_eq!(of("VIR SEPA MAIF SANTE"), Some(Purpose::Health), "paid back");
        assert_eq!(of("PRLV MAIF HABITATION"), Some(Purpose::Insurance));
        assert_eq!(of("PRLV HARMONIE MUTUELLE"), Some(Purpose::Health));
        assert_eq!(of("PRLV MATMUT MUTUELLE ASSURANCE"), Some(Purpose::Insurance));
    }

    #[test]
    fn every_premium_of_an_insurer_is_insurance() {
        for label in
            ["PRLV SEPA MAIF SANTE COTISATION", "Cotisation Harmonie Mutuelle", "MGEN COTISATIONS SANTE"]
        {
            assert_eq!(of(label), Some(Purpose::Insurance), "{label}");
        }
        // As with the category of a bank: one theme whether it has one or not.
        let told = Payment {
            bank_category: Some("Assurances"),
            label: "MAIF SANTE COTISATION",
            ..Payment::default()
        };
        assert_eq!(told.purpose(), Some(Purpose::Insurance));
        assert_eq!(of("COTISATION CARTE VISA"), None, "a fee of a bank");
    }

    #[test]
    fn the_surest_source_tells_first() {
        let of =
            |merchant, bank_category, label| Payment { kind: None, merchant, bank_category, label }.purpose();
        assert_eq!(of(Some(5912), Some("Alimentation"), "CARREFOUR"), Some(Purpose::Health));
        assert_eq!(of(None, Some("Alimentation & supermarché"), "X"), Some(Purpose::Groceries));
        assert_eq!(of(None, None, "CB Médecin 12/03"), Some(Purpose::Health));
        assert_eq!(of(None, None, "FREELANCE"), None, "whole words only");
        assert_eq!(of(Some(4900), None, "VEOLIA EAU"), Some(Purpose::Water));
        assert_eq!(of(Some(4900), None, "PRLV EDF"), Some(Purpose::Energy));
        assert_eq!(of(Some(5411), None, "CARTE SHELL"), Some(Purpose::Groceries));
        assert_eq!(of(Some(5983), None, "FUEL"), Some(Purpose::Energy), "fuel of a boiler");
    }
}
