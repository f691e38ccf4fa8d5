//! The household, the home, vehicles, accounts: what holders know about the person.

use super::{Category, Grain, Identity, Revision, Schema, Unit, codes, date, holder, int, pseudonym, term, text};

codes! {
    row {
        PERSON = code("person", "personne", "person"),
        HOUSEHOLD = code("household", "foyer", "household"),
        HOME = code("home", "logement", "home"),
        VEHICLE = code("vehicle", "véhicule", "vehicle"),
        ACCOUNT = code("account", "compte client", "customer account"),
        DEVICE = code("device", "équipement", "appliance"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "qui a donné ces données, p. ex. « MAIF »",
        "who gave the data, e.g. \"MAIF\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]),
    3: SINCE = date("since", ["depuis", "since"]),
    4: ITEM = pseudonym("item", ["objet", "thing"])
        .about(["le même pour toutes les lignes d’un objet", "the same for all rows of one thing"]),
    5: KIND = term("kind", ["type", "kind"])
        .about(["dans les termes du détenteur, p. ex. « Maison »", "in the holder’s words, e.g. \"Maison\""]),
    6: PEOPLE = int("people", Unit::Count, ["personnes", "people"]),
    7: ROOMS = int("rooms", Unit::Count, ["pièces", "rooms"]),
    8: AREA = int("area", Unit::SquareMetres, ["surface", "floor area"]),
    9: BUILT = int("built", Unit::Year, ["année de construction", "year of construction"])
        .about(["d’un véhicule, sa première mise en circulation", "of a vehicle, its first registration"]),
    10: HEATING = term("heating", ["chauffage", "heating"]),
    11: MAKE = term("make", ["marque", "make"]),
    12: MODEL = term("model", ["modèle", "model"]),
    13: DISTANCE = int("distance", Unit::Metres, ["kilométrage", "mileage"]),
    14: BIRTH_YEAR = int("birth-year", Unit::Year, ["année de naissance", "year of birth"]),
    15: ROLE = term("role", ["rôle", "role"])
        .about(["p. ex. « conjoint », « enfant »", "e.g. \"spouse\", \"child\""]),
    16: OCCUPATION = term("occupation", ["profession", "occupation"]),
    17: DETAIL = text("detail", ["précision", "detail"])
        .about(["ce que le détenteur dit d’autre, dans ses propres termes", "what else the holder says, in its words"]),
    18: POSTCODE = term("postcode", ["code postal", "postcode"]).named(),
    19: NAME = text("name", ["nom", "name"]).named(),
    20: ADDRESS = text("address", ["adresse", "address"]).named(),
    21: PLATE = term("plate", ["immatriculation", "number plate"]).named(),
    22: NUMBER = term("number", ["numéro", "number"]).named()
        .about(["de client, de compteur…", "of the customer, of the meter…"]),
    23: BIRTHDAY = date("birthday", ["date de naissance", "date of birth"]).named(),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Profile,
    version: 1,
    fields: FIELDS,
    time: SINCE,
    end: None,
    undated: true,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw],
    series: None,
    identity: Identity::Set(&[ROW, SINCE, ITEM, KIND, PEOPLE, AREA, DETAIL, NAME, ADDRESS, NUMBER]),
    alike: None,
    parts: None,
    revision: Revision::NONE,
    totals: &[],
    fr: "profil du foyer",
    en: "household profile",
    about_fr: "Le foyer, le logement, les véhicules : ce que les organisations savent de la personne.",
    about_en: "Household, home, vehicles: what holders know about the person.",
    sdk: ("Fact", "facts"),
};
