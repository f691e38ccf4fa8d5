//! What a payment was for, as far as a statement tells: by its merchant category code (ISO 18245), by the bank's own
//! category, and by well-known words of its label. One table for all apps, so that two of them do not file the same
//! payment differently. `tests/labels.rs` measures it.
//!
//! A person who finds a payment in the wrong place corrects its row: the bank's category ("Santé", "Groceries"), or the
//! merchant's code if there is one. Both are read before the label, so the correction holds in every app.

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
    /// Repayment of a loan, if nothing says that it is for a home.
    Loan,
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
        let filed = || {
            let text = fold(self.bank_category?);
            self.by_words(&text).or_else(|| by_category(&text))
        };
        let by_words = || filed().or_else(|| self.by_words(&fold(self.label)));
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
        if NEITHER.iter().any(|phrase| says(phrase)) {
            return None;
        }
        if PREMIUM.iter().any(|word| says(word)) && INSURERS.iter().any(|name| says(name)) {
            return Some(Purpose::Insurance);
        }
        if let Some((_, purpose)) = DECISIVE.iter().find(|(phrase, _)| says(phrase)) {
            return Some(*purpose);
        }
        if FORECOURTS.iter().any(|name| says(name)) {
            return Some(if self.is_debit(&padded) { Purpose::Energy } else { Purpose::Fuel });
        }
        starts(text).find_map(|at| named(&text[at..]))
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

/// What the category of a bank is, in words that are not known in labels.
fn by_category(text: &str) -> Option<Purpose> {
    text.split(' ').find_map(|word| {
        let found = CATEGORIES.iter().find(|(known, _)| *known == word)?;
        Some(found.1)
    })
}

/// Where the words of a folded text begin.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1))
}

/// What the first words of a folded text name: the longest entry of [`WORDS`] that it begins with.
fn named(text: &str) -> Option<Purpose> {
    let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).take(LONGEST);
    let of = |end: usize| {
        let place = WORDS.binary_search_by(|(known, _)| (*known).cmp(&text[..end])).ok()?;
        WORDS.get(place).map(|(_, purpose)| *purpose)
    };
    ends.filter_map(of).last()
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

/// Words of what none of these purposes is, though other words of it look like one: "CLINIQUE VETERINAIRE" is no health
/// of people.
const NEITHER: [&str; 4] = ["VETERINAIRE", "VETERINAIRES", "SANS FRONTIERES", "CONTRE LA FAIM"];

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
const DECISIVE: [(&str, Purpose); 70] = [
    ("ASSURANCE MALADIE", Purpose::Health),
    ("ASSURANCE SANTE", Purpose::Health),
    ("MUTUELLE SANTE", Purpose::Health),
    ("ASSURANCE MUTUELLE", Purpose::Insurance),
    ("ASSURANCES MUTUELLES", Purpose::Insurance),
    ("MUTUELLE DE POITIERS", Purpose::Insurance),
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
    ("PRET HABITAT", Purpose::Housing),
    ("PRET ETUDIANT", Purpose::Loan),
    ("PRET PERSONNEL", Purpose::Loan),
    ("ECHEANCE PRET", Purpose::Loan),
    ("ECHEANCE DE PRET", Purpose::Loan),
    ("TAXE FONCIERE", Purpose::Taxes),
    ("TAXE D HABITATION", Purpose::Taxes),
    ("FORFAIT MOBILE", Purpose::Telecom),
    ("LOCATION VOITURE", Purpose::Vehicle),
];

/// Names of companies that sell fuel by card and energy by bill.
const FORECOURTS: [&str; 8] =
    ["AVIA", "BP", "ENI", "ESSO", "SHELL", "TOTAL", "TOTAL ENERGIES", "TOTALENERGIES"];

/// Words of categories that no label is known by: a shop may have them in its name. Folded.
const CATEGORIES: [(&str, Purpose); 27] = [
    ("ACHATS", Purpose::Shopping),
    ("AVION", Purpose::Flights),
    ("CASH", Purpose::Cash),
    ("CHARGING", Purpose::Charging),
    ("ENERGY", Purpose::Energy),
    ("FLIGHT", Purpose::Flights),
    ("FLIGHTS", Purpose::Flights),
    ("GROCERIES", Purpose::Groceries),
    ("HEALTH", Purpose::Health),
    ("HOUSING", Purpose::Housing),
    ("INSURANCE", Purpose::Insurance),
    ("LEISURE", Purpose::Leisure),
    ("LOAN", Purpose::Loan),
    ("LOANS", Purpose::Loan),
    ("PHONE", Purpose::Telecom),
    ("PRETS", Purpose::Loan),
    ("SAVINGS", Purpose::Own),
    ("SCHOOL", Purpose::School),
    ("SHOPPING", Purpose::Shopping),
    ("TAX", Purpose::Taxes),
    ("TAXES", Purpose::Taxes),
    ("TRAVEL", Purpose::Leisure),
    ("VEHICLE", Purpose::Vehicle),
    ("VEHICULE", Purpose::Vehicle),
    ("VOITURE", Purpose::Vehicle),
    ("VOLS", Purpose::Flights),
    ("WATER", Purpose::Water),
];

/// Most words of an entry of [`WORDS`].
const LONGEST: usize = 4;

/// Words and names that tell a purpose where nothing decides, folded, in alphabetical order: the first one of a text, and
/// the longest of those that begin there. Words of trades are general knowledge. Names of chains are those that people in
/// France know, checked against the names of one half of the chains in France of the
/// [name suggestion index](https://github.com/osmlab/name-suggestion-index) of OpenStreetMap (August 2026); the other half
/// was not looked at, and measures the table (`tests/labels`).
static WORDS: [(&str, Purpose); 714] = [
    ("3 BRASSEURS", Purpose::Restaurants),
    ("ABEILLE", Purpose::Insurance),
    ("ABONNEMENTS", Purpose::Leisure),
    ("ABRITEL", Purpose::Leisure),
    ("ACADOMIA", Purpose::School),
    ("ACHEEL", Purpose::Insurance),
    ("ACTION", Purpose::Shopping),
    ("ACTION LOGEMENT", Purpose::Housing),
    ("ACUITIS", Purpose::Health),
    ("AESIO", Purpose::Health),
    ("AFFLELOU", Purpose::Health),
    ("AGIP", Purpose::Fuel),
    ("AIR CARAIBES", Purpose::Flights),
    ("AIR CORSICA", Purpose::Flights),
    ("AIRBNB", Purpose::Leisure),
    ("AIRLINES", Purpose::Flights),
    ("AIRWAYS", Purpose::Flights),
    ("ALDI", Purpose::Groceries),
    ("ALEOP", Purpose::Transit),
    ("ALIEXPRESS", Purpose::Shopping),
    ("ALIMENTATION", Purpose::Groceries),
    ("ALLEGO", Purpose::Charging),
    ("ALLIANZ", Purpose::Insurance),
    ("ALPIQ", Purpose::Energy),
    ("ALSH", Purpose::School),
    ("AMAGUIZ", Purpose::Insurance),
    ("AMAZON", Purpose::Shopping),
    ("AMAZON PRIME", Purpose::Leisure),
    ("AMENDE", Purpose::Taxes),
    ("AMENDES", Purpose::Taxes),
    ("AMZN", Purpose::Shopping),
    ("ANIMALERIE", Purpose::Shopping),
    ("ANIMALIS", Purpose::Shopping),
    ("ANTAI", Purpose::Taxes),
    ("ANTARGAZ", Purpose::Energy),
    ("APICIL", Purpose::Health),
    ("APPEL DE FONDS", Purpose::Housing),
    ("APPLE COM BILL", Purpose::Leisure),
    ("APRR", Purpose::Road),
    ("AQUARIUM", Purpose::Leisure),
    ("AREA", Purpose::Road),
    ("AREAS", Purpose::Insurance),
    ("ASF", Purpose::Road),
    ("ASSU 2000", Purpose::Insurance),
    ("ASSURANCE", Purpose::Insurance),
    ("ASSURANCE VIE", Purpose::Own),
    ("ASSURANCES", Purpose::Insurance),
    ("ASSUREUR", Purpose::Insurance),
    ("ATMB", Purpose::Road),
    ("ATOL", Purpose::Health),
    ("AU BUREAU", Purpose::Restaurants),
    ("AUBERGE", Purpose::Restaurants),
    ("AUCHAN", Purpose::Groceries),
    ("AUDIBLE", Purpose::Leisure),
    ("AUDIKA", Purpose::Health),
    ("AUDILAB", Purpose::Health),
    ("AUDITION", Purpose::Health),
    ("AUTO ECOLE", Purpose::School),
    ("AUTOMOBILE", Purpose::Vehicle),
    ("AUTOMOBILES", Purpose::Vehicle),
    ("AUTOSUR", Purpose::Vehicle),
    ("AUTOVISION", Purpose::Vehicle),
    ("AVIVA", Purpose::Insurance),
    ("AXA", Purpose::Insurance),
    ("BABILOU", Purpose::School),
    ("BACK MARKET", Purpose::Shopping),
    ("BACKMARKET", Purpose::Shopping),
    ("BAGELSTEIN", Purpose::Restaurants),
    ("BASIC FIT", Purpose::Leisure),
    ("BAZAR", Purpose::Shopping),
    ("BEAUTE", Purpose::Shopping),
    ("BELAMBRA", Purpose::Leisure),
    ("BELLENERGIE", Purpose::Energy),
    ("BETCLIC", Purpose::Leisure),
    ("BIG FERNAND", Purpose::Restaurants),
    ("BIJOUTERIE", Purpose::Shopping),
    ("BIJOUX", Purpose::Shopping),
    ("BILLET", Purpose::Transit),
    ("BILLETREDUC", Purpose::Leisure),
    ("BILLETTERIE", Purpose::Leisure),
    ("BIO C BON", Purpose::Groceries),
    ("BIOCOOP", Purpose::Groceries),
    ("BIOGROUP", Purpose::Health),
    ("BIOMONDE", Purpose::Groceries),
    ("BIP AND GO", Purpose::Road),
    ("BIP GO", Purpose::Road),
    ("BIPGO", Purpose::Road),
    ("BISTRO", Purpose::Restaurants),
    ("BISTROT", Purpose::Restaurants),
    ("BLABLACAR", Purpose::Transit),
    ("BOIS DE CHAUFFAGE", Purpose::Energy),
    ("BOLT", Purpose::Vehicle),
    ("BOLT EU", Purpose::Vehicle),
    ("BONOBO", Purpose::Shopping),
    ("BOOKING", Purpose::Leisure),
    ("BOTANIC", Purpose::Shopping),
    ("BOUCHERIE", Purpose::Groceries),
    ("BOULANGER", Purpose::Shopping),
    ("BOULANGERIE", Purpose::Groceries),
    ("BOUTIQUE", Purpose::Shopping),
    ("BOUYGTEL", Purpose::Telecom),
    ("BOUYGUES", Purpose::Telecom),
    ("BOWLING", Purpose::Leisure),
    ("BRASSERIE", Purpose::Restaurants),
    ("BRICO", Purpose::Shopping),
    ("BRICODEPOT", Purpose::Shopping),
    ("BRICOLAGE", Purpose::Shopping),
    ("BRICOMARCHE", Purpose::Shopping),
    ("BRICORAMA", Purpose::Shopping),
    ("BRITISH AIRWAYS", Purpose::Flights),
    ("BUFFALO GRILL", Purpose::Restaurants),
    ("BUREAU VALLEE", Purpose::Shopping),
    ("BURGER", Purpose::Restaurants),
    ("BURGER KING", Purpose::Restaurants),
    ("BURGERS", Purpose::Restaurants),
    ("BUT", Purpose::Shopping),
    ("BUTAGAZ", Purpose::Energy),
    ("CAFE", Purpose::Restaurants),
    ("CAFES", Purpose::Restaurants),
    ("CAFETERIA", Purpose::Restaurants),
    ("CAMPANILE", Purpose::Leisure),
    ("CAMPING", Purpose::Leisure),
    ("CANAL", Purpose::Leisure),
    ("CANTINE", Purpose::School),
    ("CARDIF", Purpose::Insurance),
    ("CARGLASS", Purpose::Vehicle),
    ("CARREFOUR", Purpose::Groceries),
    ("CARROSSERIE", Purpose::Vehicle),
    ("CASINO", Purpose::Groceries),
    ("CASTORAMA", Purpose::Shopping),
    ("CAVISTE", Purpose::Groceries),
    ("CDC HABITAT", Purpose::Housing),
    ("CDISCOUNT", Purpose::Shopping),
    ("CEL", Purpose::Own),
    ("CELIO", Purpose::Shopping),
    ("CENTER PARCS", Purpose::Leisure),
    ("CENTRAKOR", Purpose::Shopping),
    ("CENTRE AUTO", Purpose::Vehicle),
    ("CENTRE DE LOISIRS", Purpose::School),
    ("CENTRE HOSPITALIER", Purpose::Health),
    ("CERBALLIANCE", Purpose::Health),
    ("CGR", Purpose::Leisure),
    ("CHARCUTERIE", Purpose::Groceries),
    ("CHARGES", Purpose::Housing),
    ("CHAUSSEA", Purpose::Shopping),
    ("CHAUSSEUR", Purpose::Shopping),
    ("CHAUSSURES", Purpose::Shopping),
    ("CHOCOLATERIE", Purpose::Groceries),
    ("CHRONODRIVE", Purpose::Groceries),
    ("CHU", Purpose::Health),
    ("CINE", Purpose::Leisure),
    ("CINEMA", Purpose::Leisure),
    ("CINEMAS", Purpose::Leisure),
    ("CITIZ", Purpose::Vehicle),
    ("CITYA", Purpose::Housing),
    ("CLASS CROUTE", Purpose::Restaurants),
    ("CLINIQUE", Purpose::Health),
    ("CLUB MED", Purpose::Leisure),
    ("CNP", Purpose::Insurance),
    ("COCCIMARKET", Purpose::Groceries),
    ("COCCINELLE", Purpose::Groceries),
    ("COFFEE", Purpose::Restaurants),
    ("COFIROUTE", Purpose::Road),
    ("COIF", Purpose::Shopping),
    ("COIFF", Purpose::Shopping),
    ("COIFFEUR", Purpose::Shopping),
    ("COIFFURE", Purpose::Shopping),
    ("COLLEGE", Purpose::School),
    ("COLRUYT", Purpose::Groceries),
    ("COMBUSTIBLE", Purpose::Energy),
    ("COMBUSTIBLES", Purpose::Energy),
    ("COMPTE EPARGNE", Purpose::Own),
    ("COMPTE JOINT", Purpose::Own),
    ("COMPTOIRS DE LA BIO", Purpose::Groceries),
    ("COMUTITRES", Purpose::Transit),
    ("CONCERT", Purpose::Leisure),
    ("CONFORAMA", Purpose::Shopping),
    ("CONSERVATOIRE", Purpose::Leisure),
    ("CONTROLE TECHNIQUE", Purpose::Vehicle),
    ("COPRO", Purpose::Housing),
    ("COPROPRIETAIRES", Purpose::Housing),
    ("COPROPRIETE", Purpose::Housing),
    ("CORA", Purpose::Groceries),
    ("CORIOLIS", Purpose::Telecom),
    ("CORSAIR", Purpose::Flights),
    ("COURSES", Purpose::Groceries),
    ("COURTEPAILLE", Purpose::Restaurants),
    ("CRECHE", Purpose::School),
    ("CRECHES", Purpose::School),
    ("CREPERIE", Purpose::Restaurants),
    ("CROUS", Purpose::School),
    ("CROUS RESIDENCE", Purpose::Housing),
    ("CTS", Purpose::Transit),
    ("CUISINELLA", Purpose::Shopping),
    ("CUISINES", Purpose::Shopping),
    ("CULTURA", Purpose::Shopping),
    ("CVEC", Purpose::School),
    ("DAB", Purpose::Cash),
    ("DARTY", Purpose::Shopping),
    ("DDFIP", Purpose::Taxes),
    ("DECATHLON", Purpose::Shopping),
    ("DEEZER", Purpose::Leisure),
    ("DEKRA", Purpose::Vehicle),
    ("DEL ARTE", Purpose::Restaurants),
    ("DELIVEROO", Purpose::Restaurants),
    ("DELKO", Purpose::Vehicle),
    ("DENTAIRE", Purpose::Health),
    ("DENTAIRES", Purpose::Health),
    ("DENTISTE", Purpose::Health),
    ("DEPARGNE", Purpose::Own),
    ("DERMATO", Purpose::Health),
    ("DESSANGE", Purpose::Shopping),
    ("DGFIP", Purpose::Taxes),
    ("DIAC", Purpose::Vehicle),
    ("DISNEY", Purpose::Leisure),
    ("DIVIA", Purpose::Transit),
    ("DOCTEUR", Purpose::Health),
    ("DOCTEURS", Purpose::Health),
    ("DOCTOLIB", Purpose::Health),
    ("DOMINO S", Purpose::Restaurants),
    ("DOMINOS", Purpose::Restaurants),
    ("DOTT", Purpose::Transit),
    ("DR", Purpose::Health),
    ("DRFIP", Purpose::Taxes),
    ("DRIVECO", Purpose::Charging),
    ("DYNEFF", Purpose::Fuel),
    ("EASYPARK", Purpose::Road),
    ("EBAY", Purpose::Shopping),
    ("ECOLE", Purpose::School),
    ("ECOLE DE MUSIQUE", Purpose::Leisure),
    ("ECOMIAM", Purpose::Groceries),
    ("EDF", Purpose::Energy),
    ("EFFIA", Purpose::Road),
    ("EKWATEUR", Purpose::Energy),
    ("ELECTRO DEPOT", Purpose::Shopping),
    ("ELEPHANT BLEU", Purpose::Vehicle),
    ("ELIOR", Purpose::Restaurants),
    ("EMIRATES", Purpose::Flights),
    ("ENEDIS", Purpose::Energy),
    ("ENERCOOP", Purpose::Energy),
    ("ENERGIE", Purpose::Energy),
    ("ENERGIES", Purpose::Energy),
    ("ENGIE", Purpose::Energy),
    ("EPARGNE", Purpose::Own),
    ("EPI SERVICE", Purpose::Groceries),
    ("EPICERIE", Purpose::Groceries),
    ("EQUITATION", Purpose::Leisure),
    ("ERAM", Purpose::Shopping),
    ("ERIC KAYSER", Purpose::Groceries),
    ("ESCOTA", Purpose::Road),
    ("ESTHETIQUE", Purpose::Shopping),
    ("ETAM", Purpose::Shopping),
    ("EUROFIL", Purpose::Insurance),
    ("EUROFINS", Purpose::Health),
    ("EUROMASTER", Purpose::Vehicle),
    ("EUROPCAR", Purpose::Vehicle),
    ("EUROSTAR", Purpose::Transit),
    ("EUROTYRE", Purpose::Vehicle),
    ("EXPEDIA", Purpose::Leisure),
    ("FDJ", Purpose::Leisure),
    ("FERROVIAIRE", Purpose::Transit),
    ("FEU VERT", Purpose::Vehicle),
    ("FEUILLETTE", Purpose::Groceries),
    ("FIBRE", Purpose::Telecom),
    ("FINAGAZ", Purpose::Energy),
    ("FINANCES PUBLIQUES", Purpose::Taxes),
    ("FITNESS", Purpose::Leisure),
    ("FIVE GUYS", Purpose::Restaurants),
    ("FLEURISTE", Purpose::Shopping),
    ("FLEURS", Purpose::Shopping),
    ("FLIXBUS", Purpose::Transit),
    ("FLOWBIRD", Purpose::Road),
    ("FLUNCH", Purpose::Restaurants),
    ("FNAC", Purpose::Shopping),
    ("FOIR FOUILLE", Purpose::Shopping),
    ("FONCIA", Purpose::Housing),
    ("FONCIERE", Purpose::Taxes),
    ("FOOT LOCKER", Purpose::Shopping),
    ("FORFAIT", Purpose::Telecom),
    ("FOURNIL", Purpose::Groceries),
    ("FRANCE BILLET", Purpose::Leisure),
    ("FRANCK PROVOST", Purpose::Shopping),
    ("FRANPRIX", Purpose::Groceries),
    ("FREE", Purpose::Telecom),
    ("FRENCH BEE", Purpose::Flights),
    ("FRIPERIE", Purpose::Shopping),
    ("FROMAGERIE", Purpose::Groceries),
    ("FULLI", Purpose::Road),
    ("FUTUROSCOPE", Purpose::Leisure),
    ("G20", Purpose::Groceries),
    ("GAB", Purpose::Cash),
    ("GALERIES LAFAYETTE", Purpose::Shopping),
    ("GAMM VERT", Purpose::Shopping),
    ("GARAGE", Purpose::Vehicle),
    ("GARDERIE", Purpose::School),
    ("GAUMONT", Purpose::Leisure),
    ("GEG", Purpose::Energy),
    ("GEMO", Purpose::Shopping),
    ("GENERALI", Purpose::Insurance),
    ("GETAROUND", Purpose::Vehicle),
    ("GIFI", Purpose::Shopping),
    ("GITE", Purpose::Leisure),
    ("GITES", Purpose::Leisure),
    ("GLACIER", Purpose::Restaurants),
    ("GMF", Purpose::Insurance),
    ("GO SPORT", Purpose::Shopping),
    ("GOOGLE PLAY", Purpose::Leisure),
    ("GRAND FRAIS", Purpose::Groceries),
    ("GRANDE RECRE", Purpose::Shopping),
    ("GRANDOPTICAL", Purpose::Health),
    ("GRANULES", Purpose::Energy),
    ("GRDF", Purpose::Energy),
    ("GRILL", Purpose::Restaurants),
    ("GROUPAMA", Purpose::Insurance),
    ("GYM", Purpose::Leisure),
    ("H M", Purpose::Shopping),
    ("HABITAT 76", Purpose::Housing),
    ("HABITATION", Purpose::Housing),
    ("HARMONIE", Purpose::Health),
    ("HAVAS VOYAGES", Purpose::Leisure),
    ("HEETCH", Purpose::Vehicle),
    ("HELLOASSO", Purpose::Leisure),
    ("HEMA", Purpose::Shopping),
    ("HERTZ", Purpose::Vehicle),
    ("HIPPOPOTAMUS", Purpose::Restaurants),
    ("HISTOIRE D OR", Purpose::Shopping),
    ("HLM", Purpose::Housing),
    ("HOPITAL", Purpose::Health),
    ("HOPITAUX", Purpose::Health),
    ("HOTEL", Purpose::Leisure),
    ("HOTELS", Purpose::Leisure),
    ("HYPER U", Purpose::Groceries),
    ("HYPERMARCHE", Purpose::Groceries),
    ("IBERIA", Purpose::Flights),
    ("IBIS", Purpose::Leisure),
    ("ICF HABITAT", Purpose::Housing),
    ("IKEA", Purpose::Shopping),
    ("ILEK", Purpose::Energy),
    ("ILEVIA", Purpose::Transit),
    ("IMAGERIE", Purpose::Health),
    ("IMMOBILIER", Purpose::Housing),
    ("IMMOBILIERE", Purpose::Housing),
    ("IMPOT", Purpose::Taxes),
    ("IMPOTS", Purpose::Taxes),
    ("INDIANA CAFE", Purpose::Restaurants),
    ("INDIGO", Purpose::Road),
    ("INFIRMIER", Purpose::Health),
    ("INFIRMIERE", Purpose::Health),
    ("INOUI", Purpose::Transit),
    ("INTERFLORA", Purpose::Shopping),
    ("INTERMARCHE", Purpose::Groceries),
    ("INTERNE", Purpose::Own),
    ("INTERNES", Purpose::Own),
    ("INTERNET", Purpose::Telecom),
    ("INTERSPORT", Purpose::Shopping),
    ("ITUNES", Purpose::Leisure),
    ("JARDILAND", Purpose::Shopping),
    ("JARDINERIE", Purpose::Shopping),
    ("JD SPORTS", Purpose::Shopping),
    ("JEAN LOUIS DAVID", Purpose::Shopping),
    ("JOUE CLUB", Purpose::Shopping),
    ("JOUECLUB", Purpose::Shopping),
    ("JOUETS", Purpose::Shopping),
    ("JUST EAT", Purpose::Restaurants),
    ("KEBAB", Purpose::Restaurants),
    ("KEEP COOL", Purpose::Leisure),
    ("KEEPCOOL", Purpose::Leisure),
    ("KEOLIS", Purpose::Transit),
    ("KFC", Purpose::Restaurants),
    ("KIABI", Purpose::Shopping),
    ("KINDLE", Purpose::Leisure),
    ("KINE", Purpose::Health),
    ("KINEPOLIS", Purpose::Leisure),
    ("KINESITHERAPEUTE", Purpose::Health),
    ("KING JOUET", Purpose::Shopping),
    ("KLARNA", Purpose::Shopping),
    ("KLESIA", Purpose::Health),
    ("KLM", Purpose::Flights),
    ("KRYS", Purpose::Health),
    ("KYRIAD", Purpose::Leisure),
    ("LA HALLE", Purpose::Shopping),
    ("LA REDOUTE", Purpose::Shopping),
    ("LABO", Purpose::Health),
    ("LABORATOIRE", Purpose::Health),
    ("LAPEYRE", Purpose::Shopping),
    ("LASER GAME", Purpose::Leisure),
    ("LAVAGE AUTO", Purpose::Vehicle),
    ("LDD", Purpose::Own),
    ("LDDS", Purpose::Own),
    ("LDLC", Purpose::Shopping),
    ("LE FIGARO", Purpose::Leisure),
    ("LE MONDE", Purpose::Leisure),
    ("LEADER PRICE", Purpose::Groceries),
    ("LEBARA", Purpose::Telecom),
    ("LEBONCOIN", Purpose::Shopping),
    ("LECLERC", Purpose::Groceries),
    ("LEOCARE", Purpose::Insurance),
    ("LEON DE BRUXELLES", Purpose::Restaurants),
    ("LEP", Purpose::Own),
    ("LEROY MERLIN", Purpose::Shopping),
    ("LEROYMERLIN", Purpose::Shopping),
    ("LIBER T", Purpose::Road),
    ("LIBRAIRIE", Purpose::Leisure),
    ("LIDL", Purpose::Groceries),
    ("LIME", Purpose::Transit),
    ("LINGERIE", Purpose::Shopping),
    ("LISSAC", Purpose::Health),
    ("LITERIE", Purpose::Shopping),
    ("LIVRET", Purpose::Own),
    ("LIVRETS", Purpose::Own),
    ("LMDE", Purpose::Health),
    ("LOGEMENT", Purpose::Housing),
    ("LOISIRS", Purpose::Leisure),
    ("LOVYS", Purpose::Insurance),
    ("LOYER", Purpose::Housing),
    ("LOYERS", Purpose::Housing),
    ("LUFTHANSA", Purpose::Flights),
    ("LUKO", Purpose::Insurance),
    ("LYCAMOBILE", Purpose::Telecom),
    ("LYCEE", Purpose::School),
    ("MAAF", Purpose::Insurance),
    ("MACIF", Purpose::Insurance),
    ("MACSF", Purpose::Insurance),
    ("MAIF", Purpose::Insurance),
    ("MAISON DE LA PRESSE", Purpose::Shopping),
    ("MAISON NICOLAS", Purpose::Groceries),
    ("MAISONS DU MONDE", Purpose::Shopping),
    ("MALAKOFF HUMANIS", Purpose::Health),
    ("MALAKOFF MEDERIC", Purpose::Health),
    ("MARCHE", Purpose::Groceries),
    ("MARCHE U", Purpose::Groceries),
    ("MARIE BLACHERE", Purpose::Groceries),
    ("MARIONNAUD", Purpose::Shopping),
    ("MAROQUINERIE", Purpose::Shopping),
    ("MATMUT", Purpose::Insurance),
    ("MAXI BAZAR", Purpose::Shopping),
    ("MAXI ZOO", Purpose::Shopping),
    ("MAXIMARCHE", Purpose::Groceries),
    ("MC DO", Purpose::Restaurants),
    ("MC DONALD", Purpose::Restaurants),
    ("MC DONALDS", Purpose::Restaurants),
    ("MCDO", Purpose::Restaurants),
    ("MCDONALD", Purpose::Restaurants),
    ("MCDONALDS", Purpose::Restaurants),
    ("MEDECIN", Purpose::Health),
    ("MEDIAPART", Purpose::Leisure),
    ("MEDICAL", Purpose::Health),
    ("MEDICALE", Purpose::Health),
    ("MEGARAMA", Purpose::Leisure),
    ("MERCURE", Purpose::Leisure),
    ("MEUBLE", Purpose::Shopping),
    ("MEUBLES", Purpose::Shopping),
    ("MGEN", Purpose::Health),
    ("MICROMANIA", Purpose::Shopping),
    ("MIDAS", Purpose::Vehicle),
    ("MIE CALINE", Purpose::Groceries),
    ("MILENCE", Purpose::Charging),
    ("MISTER AUTO", Purpose::Vehicle),
    ("MK2", Purpose::Leisure),
    ("MMA", Purpose::Insurance),
    ("MNH", Purpose::Health),
    ("MNT", Purpose::Health),
    ("MOBALPA", Purpose::Shopping),
    ("MOBILE", Purpose::Telecom),
    ("MONOPRIX", Purpose::Groceries),
    ("MUJI", Purpose::Shopping),
    ("MUSEE", Purpose::Leisure),
    ("MUSEES", Purpose::Leisure),
    ("MUSIQUE", Purpose::Leisure),
    ("MUTUELLES", Purpose::Health),
    ("NATURALIA", Purpose::Groceries),
    ("NAVIGO", Purpose::Transit),
    ("NEONESS", Purpose::Leisure),
    ("NETFLIX", Purpose::Leisure),
    ("NETTO", Purpose::Groceries),
    ("NEXITY", Purpose::Housing),
    ("NINTENDO", Purpose::Leisure),
    ("NOCIBE", Purpose::Shopping),
    ("NORAUTO", Purpose::Vehicle),
    ("NORISKO", Purpose::Vehicle),
    ("NORMAL", Purpose::Shopping),
    ("NOUS ANTI GASPI", Purpose::Groceries),
    ("NOVOTEL", Purpose::Leisure),
    ("NOZ", Purpose::Shopping),
    ("O TACOS", Purpose::Restaurants),
    ("OGEC", Purpose::School),
    ("ONEPARK", Purpose::Road),
    ("OPH", Purpose::Housing),
    ("OPHTALMO", Purpose::Health),
    ("OPHTALMOLOGIE", Purpose::Health),
    ("OPTIC", Purpose::Health),
    ("OPTICAL", Purpose::Health),
    ("OPTICIEN", Purpose::Health),
    ("OPTICIENS", Purpose::Health),
    ("OPTIQUE", Purpose::Health),
    ("ORANGE", Purpose::Telecom),
    ("ORANGE BLEUE", Purpose::Leisure),
    ("ORCHESTRA", Purpose::Shopping),
    ("ORPI", Purpose::Housing),
    ("ORTHODONTIE", Purpose::Health),
    ("ORTHODONTISTE", Purpose::Health),
    ("ORTHOPHONISTE", Purpose::Health),
    ("OSCARO", Purpose::Vehicle),
    ("OSTEO", Purpose::Health),
    ("OSTEOPATHE", Purpose::Health),
    ("OUEST FRANCE", Purpose::Leisure),
    ("OUIGO", Purpose::Transit),
    ("PACIFICA", Purpose::Insurance),
    ("PAIN", Purpose::Groceries),
    ("PAJEMPLOI", Purpose::School),
    ("PALAIS DES THES", Purpose::Groceries),
    ("PAPETERIE", Purpose::Shopping),
    ("PARC ASTERIX", Purpose::Leisure),
    ("PARC RELAIS", Purpose::Road),
    ("PARCOURSUP", Purpose::School),
    ("PARE BRISE", Purpose::Vehicle),
    ("PARFUMERIE", Purpose::Shopping),
    ("PARIS HABITAT", Purpose::Housing),
    ("PATHE", Purpose::Leisure),
    ("PATISSERIE", Purpose::Groceries),
    ("PAYBYPHONE", Purpose::Road),
    ("PEA", Purpose::Own),
    ("PEL", Purpose::Own),
    ("PELLETS", Purpose::Energy),
    ("PEOPLE AND BABY", Purpose::School),
    ("PERISCOLAIRE", Purpose::School),
    ("PHARM", Purpose::Health),
    ("PHARMACIE", Purpose::Health),
    ("PHIE", Purpose::Health),
    ("PICARD", Purpose::Groceries),
    ("PIERRE ET VACANCES", Purpose::Leisure),
    ("PIMKIE", Purpose::Shopping),
    ("PISCINE", Purpose::Leisure),
    ("PIZZA", Purpose::Restaurants),
    ("PIZZA HUT", Purpose::Restaurants),
    ("PIZZAS", Purpose::Restaurants),
    ("PIZZERIA", Purpose::Restaurants),
    ("PLAYSTATION", Purpose::Leisure),
    ("PLENITUDE", Purpose::Energy),
    ("PMU", Purpose::Leisure),
    ("PNEU", Purpose::Vehicle),
    ("PNEUS", Purpose::Vehicle),
    ("PODOLOGUE", Purpose::Health),
    ("POINT P", Purpose::Shopping),
    ("POINT S", Purpose::Vehicle),
    ("POINT VERT", Purpose::Shopping),
    ("POINT VISION", Purpose::Health),
    ("POISSONNERIE", Purpose::Groceries),
    ("POIVRE ROUGE", Purpose::Restaurants),
    ("POMME DE PAIN", Purpose::Restaurants),
    ("PRESSING", Purpose::Shopping),
    ("PRET A MANGER", Purpose::Restaurants),
    ("PREVOIR", Purpose::Insurance),
    ("PREVOYANCE", Purpose::Insurance),
    ("PRIMAGAZ", Purpose::Energy),
    ("PRIMAPRIX", Purpose::Groceries),
    ("PRIMARK", Purpose::Shopping),
    ("PRIME VIDEO", Purpose::Leisure),
    ("PRIMEUR", Purpose::Groceries),
    ("PRIMEURS", Purpose::Groceries),
    ("PRIXTEL", Purpose::Telecom),
    ("PROMOD", Purpose::Shopping),
    ("PROXI", Purpose::Groceries),
    ("PSYCHOLOGUE", Purpose::Health),
    ("PUY DU FOU", Purpose::Leisure),
    ("Q PARK", Purpose::Road),
    ("QPARK", Purpose::Road),
    ("QUICK", Purpose::Restaurants),
    ("QUINCAILLERIE", Purpose::Shopping),
    ("QUITTANCE", Purpose::Housing),
    ("RADIOLOGIE", Purpose::Health),
    ("RATP", Purpose::Transit),
    ("RELAY", Purpose::Shopping),
    ("RENFE", Purpose::Transit),
    ("RENT", Purpose::Housing),
    ("RENT A CAR", Purpose::Vehicle),
    ("RESIDENCE UNIVERSITAIRE", Purpose::Housing),
    ("RESTAURANT", Purpose::Restaurants),
    ("RESTAURANTS", Purpose::Restaurants),
    ("RESTO", Purpose::Restaurants),
    ("RETRAIT", Purpose::Cash),
    ("RETRAITS", Purpose::Cash),
    ("ROADY", Purpose::Vehicle),
    ("RTM", Purpose::Transit),
    ("RUCHE QUI DIT", Purpose::Groceries),
    ("SAEMES", Purpose::Road),
    ("SAGE FEMME", Purpose::Health),
    ("SALON DE THE", Purpose::Restaurants),
    ("SANDWICHERIE", Purpose::Restaurants),
    ("SANEF", Purpose::Road),
    ("SANTEVET", Purpose::Insurance),
    ("SAPN", Purpose::Road),
    ("SATORIZ", Purpose::Groceries),
    ("SAUR", Purpose::Water),
    ("SCOLAIRE", Purpose::School),
    ("SCOLARITE", Purpose::School),
    ("SECURITEST", Purpose::Vehicle),
    ("SEDIF", Purpose::Water),
    ("SEPHORA", Purpose::Shopping),
    ("SERGENT MAJOR", Purpose::Shopping),
    ("SERGIC", Purpose::Housing),
    ("SFR", Purpose::Telecom),
    ("SHEIN", Purpose::Shopping),
    ("SHOWROOMPRIVE", Purpose::Shopping),
    ("SIXT", Purpose::Vehicle),
    ("SKI", Purpose::Leisure),
    ("SNACK", Purpose::Restaurants),
    ("SNCF", Purpose::Transit),
    ("SODEXO", Purpose::Restaurants),
    ("SOREGIES", Purpose::Energy),
    ("SOSH", Purpose::Telecom),
    ("SPAR", Purpose::Groceries),
    ("SPECTACLE", Purpose::Leisure),
    ("SPECTACLES", Purpose::Leisure),
    ("SPEEDY", Purpose::Vehicle),
    ("SPORT", Purpose::Leisure),
    ("SPORT 2000", Purpose::Shopping),
    ("SPOTIFY", Purpose::Leisure),
    ("STARBUCKS", Purpose::Restaurants),
    ("STEAM", Purpose::Leisure),
    ("STEAMGAMES", Purpose::Leisure),
    ("STOKOMANI", Purpose::Shopping),
    ("SUBWAY", Purpose::Restaurants),
    ("SUEZ", Purpose::Water),
    ("SUPECO", Purpose::Groceries),
    ("SUPER U", Purpose::Groceries),
    ("SUPERETTE", Purpose::Groceries),
    ("SUPERMARCHE", Purpose::Groceries),
    ("SUPERMARKET", Purpose::Groceries),
    ("SURAVENIR", Purpose::Insurance),
    ("SURGELES", Purpose::Groceries),
    ("SUSHI", Purpose::Restaurants),
    ("SUSHI SHOP", Purpose::Restaurants),
    ("SUSHIS", Purpose::Restaurants),
    ("SWISSLIFE", Purpose::Insurance),
    ("SYMA", Purpose::Telecom),
    ("SYNDIC", Purpose::Housing),
    ("SYNLAB", Purpose::Health),
    ("SYTRAL", Purpose::Transit),
    ("TABAC", Purpose::Shopping),
    ("TACOS", Purpose::Restaurants),
    ("TAN", Purpose::Transit),
    ("TAP AIR", Purpose::Flights),
    ("TAVERNE", Purpose::Restaurants),
    ("TAXI", Purpose::Vehicle),
    ("TAXIS", Purpose::Vehicle),
    ("TBM", Purpose::Transit),
    ("TCHIP", Purpose::Shopping),
    ("TCL", Purpose::Transit),
    ("TELECOM", Purpose::Telecom),
    ("TELECOMS", Purpose::Telecom),
    ("TELEPHONE", Purpose::Telecom),
    ("TELEPHONIE", Purpose::Telecom),
    ("TELERAMA", Purpose::Leisure),
    ("TEMU", Purpose::Shopping),
    ("TGV", Purpose::Transit),
    ("THALYS", Purpose::Transit),
    ("THEATRE", Purpose::Leisure),
    ("THELEM", Purpose::Insurance),
    ("THIRIET", Purpose::Groceries),
    ("TICKETMASTER", Purpose::Leisure),
    ("TISSEO", Purpose::Transit),
    ("TOO GOOD TO GO", Purpose::Groceries),
    ("TOTAL CONTACT", Purpose::Fuel),
    ("TRAIN", Purpose::Transit),
    ("TRAINLINE", Purpose::Transit),
    ("TRAITEUR", Purpose::Restaurants),
    ("TRAM", Purpose::Transit),
    ("TRAMWAY", Purpose::Transit),
    ("TRANSDEV", Purpose::Transit),
    ("TRANSPORT", Purpose::Transit),
    ("TRANSPORTS", Purpose::Transit),
    ("TRENITALIA", Purpose::Transit),
    ("TRESOR PUBLIC", Purpose::Taxes),
    ("TRUFFAUT", Purpose::Shopping),
    ("U EXPRESS", Purpose::Groceries),
    ("UBER", Purpose::Vehicle),
    ("UBER EATS", Purpose::Restaurants),
    ("UBEREATS", Purpose::Restaurants),
    ("UCAR", Purpose::Vehicle),
    ("UGC", Purpose::Leisure),
    ("ULYS", Purpose::Road),
    ("UNILABS", Purpose::Health),
    ("UNIQLO", Purpose::Shopping),
    ("UNIV", Purpose::School),
    ("UNIVERSITE", Purpose::School),
    ("URBIS PARK", Purpose::Road),
    ("VACANCES", Purpose::Leisure),
    ("VATTENFALL", Purpose::Energy),
    ("VEEPEE", Purpose::Shopping),
    ("VELIB", Purpose::Transit),
    ("VEOLIA", Purpose::Water),
    ("VETEMENTS", Purpose::Shopping),
    ("VIANEO", Purpose::Charging),
    ("VIE CLAIRE", Purpose::Groceries),
    ("VINCI", Purpose::Road),
    ("VINTED", Purpose::Shopping),
    ("VIVAL", Purpose::Groceries),
    ("VOLFONI", Purpose::Restaurants),
    ("VOYAGES", Purpose::Leisure),
    ("VVF", Purpose::Leisure),
    ("WEKIWI", Purpose::Energy),
    ("WELDOM", Purpose::Shopping),
    ("WINAMAX", Purpose::Leisure),
    ("WIZZ AIR", Purpose::Flights),
    ("XBOX", Purpose::Leisure),
    ("YOUPRICE", Purpose::Telecom),
    ("YOUTUBE", Purpose::Leisure),
    ("YOUTUBEPREMIUM", Purpose::Leisure),
    ("YVES ROCHER", Purpose::Shopping),
    ("ZALANDO", Purpose::Shopping),
    ("ZARA", Purpose::Shopping),
    ("ZENPARK", Purpose::Road),
    ("ZOO", Purpose::Leisure),
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
        let phrases =
            DECISIVE.iter().chain(&WORDS).chain(&CATEGORIES).map(|(phrase, _)| *phrase).chain(FORECOURTS);
        let phrases = phrases.chain(PREMIUM).chain(INSURERS).chain(NEITHER);
        for phrase in phrases {
            assert_eq!(fold(phrase), phrase, "{phrase}");
        }
        let longest = WORDS.iter().map(|(words, _)| words.split(' ').count()).max();
        assert_eq!(longest, Some(LONGEST));
    }

    #[test]
    fn the_longest_name_tells() {
        assert_eq!(of("UBER *EATS PARIS"), Some(Purpose::Restaurants));
        assert_eq!(of("UBER *TRIP HELP.UBER.COM"), Some(Purpose::Vehicle));
        assert_eq!(of("CB L'ORANGE BLEUE FITNESS"), Some(Purpose::Leisure));
        assert_eq!(of("PRLV ORANGE SA"), Some(Purpose::Telecom));
        assert_eq!(of("CB CLINIQUE VETERINAIRE DES LILAS"), None, "not of people");
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
    fn a_loan_is_one_of_a_home_only_if_it_says_so() {
        assert_eq!(of("PRLV SEPA ECHEANCE PRET ETUDIANT"), Some(Purpose::Loan));
        assert_eq!(of("PRLV SEPA ECHEANCE PRET 0012345"), Some(Purpose::Loan));
        assert_eq!(of("PRLV SEPA ECHEANCE PRET IMMOBILIER"), Some(Purpose::Housing));
        assert_eq!(of("ECHEANCE DE PRET HABITAT"), Some(Purpose::Housing));
        assert_eq!(of("CB PRET A MANGER"), Some(Purpose::Restaurants));
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
    fn a_category_that_a_person_writes_is_told() {
        for (french, english, purpose) in [
            ("Logement", "Housing", Purpose::Housing),
            ("Énergie", "Energy", Purpose::Energy),
            ("Eau", "Water", Purpose::Water),
            ("Courses", "Groceries", Purpose::Groceries),
            ("Restaurants", "Restaurants", Purpose::Restaurants),
            ("Carburant", "Fuel", Purpose::Fuel),
            ("Borne de recharge", "Charging", Purpose::Charging),
            ("Péage et parking", "Parking", Purpose::Road),
            ("Transports", "Transport", Purpose::Transit),
            ("Avion", "Flights", Purpose::Flights),
            ("Voiture", "Vehicle", Purpose::Vehicle),
            ("Téléphone", "Phone", Purpose::Telecom),
            ("Assurances", "Insurance", Purpose::Insurance),
            ("Santé", "Health", Purpose::Health),
            ("École", "School", Purpose::School),
            ("Loisirs", "Leisure", Purpose::Leisure),
            ("Achats", "Shopping", Purpose::Shopping),
            ("Impôts", "Taxes", Purpose::Taxes),
            ("Prêts", "Loans", Purpose::Loan),
            ("Retrait d’espèces", "Cash", Purpose::Cash),
            ("Épargne", "Savings", Purpose::Own),
        ] {
            for written in [french, english] {
                // Beside a label that says something else.
                let corrected = Payment { bank_category: Some(written), label: "CB X", ..Payment::default() };
                assert_eq!(corrected.purpose(), Some(purpose), "{written}");
                let label = if purpose == Purpose::Health { "CARREFOUR" } else { "PHARMACIE" };
                assert_eq!(
                    Payment { label, ..corrected }.purpose(),
                    Some(purpose),
                    "{written} before {label}"
                );
            }
        }
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
