//! Trips, stays and positions.

use super::{CURRENCY_FIELD, Category, End, Grain, Identity, Name, Revision, Schema, UTC_OFFSET_FIELD, Unit, Within, codes, holder, instant, int, money, pseudonym, term, text};

codes! {
    row {
        LEG = code("leg", "trajet", "leg"),
        VISIT = code("visit", "séjour", "stay"),
        POINT = code("point", "position", "position"),
        PAYMENT = code("payment", "paiement", "payment"),
    }
    mode {
        WALK = code("walk", "à pied", "on foot"),
        RUN = code("run", "course à pied", "running"),
        BIKE = code("bike", "vélo", "bicycle"),
        CAR = code("car", "voiture", "car"),
        MOTORCYCLE = code("motorcycle", "moto", "motorcycle"),
        BUS = code("bus", "bus", "bus"),
        TRAM = code("tram", "tramway", "tram"),
        METRO = code("metro", "métro", "underground"),
        TRAIN = code("train", "train", "train"),
        FERRY = code("ferry", "bateau", "ferry"),
        PLANE = code("plane", "avion", "plane"),
        OTHER = code("other", "autre", "other"),
        UNKNOWN = code("unknown", "inconnu", "unknown"),
    }
    complete {
        COMPLETE = code("complete", "complet", "complete"),
        INCOMPLETE = code("incomplete", "incomplet", "incomplete"),
    }
    place_kind {
        HOME = code("home", "domicile", "home"),
        WORK = code("work", "travail", "work"),
        SCHOOL = code("school", "école", "school"),
        STATION = code("station", "gare ou station", "station"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "qui a donné ces trajets, p. ex. « Google »",
        "who gave the data, e.g. \"Google\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]).about([
        "un trajet d’un seul mode, un séjour en un lieu, une position, ou un paiement (rechargement, titre)",
        "a trip by one mode, a stay at a place, a position, or a payment (top-up, pass)",
    ]),
    3: SOURCE = pseudonym("source", ["carte ou appareil", "card or device"]),
    4: AT = instant("at", ["date et heure", "date and time"]).about(["le début", "the start"]),
    5: UTC_OFFSET = UTC_OFFSET_FIELD,
    6: DURATION = int("duration", Unit::Seconds, ["durée", "duration"]),
    7: MODE = codes("mode", mode::CODES, ["mode", "mode"]),
    8: DISTANCE = int("distance", Unit::Metres, ["distance", "distance"]),
    9: COST = money("cost", ["coût", "cost"]).about([
        "ce que le trajet a coûté, ou ce qui a été payé",
        "what the trip cost, or what was paid",
    ]),
    10: CURRENCY = CURRENCY_FIELD,
    11: OPERATOR = term("operator", ["transporteur", "operator"]),
    12: LINE = term("line", ["ligne", "line"]),
    13: COMPLETE = codes("complete", complete::CODES, ["trajet complet", "completeness"])
        .about(["incomplet : une validation manque", "incomplete: a touch in or out is missing"]),
    14: FROM = pseudonym("from", ["départ", "origin"])
        .about(["le même pour un même lieu", "the same for the same place"]),
    15: TO = pseudonym("to", ["arrivée", "destination"])
        .about(["le même pour un même lieu ; d’un séjour, le lieu", "the same for the same place; of a stay, the place"]),
    16: PLACE_KIND = codes("place-kind", place_kind::CODES, ["type de lieu", "kind of place"]),
    17: LABEL = text("label", ["libellé", "label"]).named()
        .about(["dans les termes du transporteur ou de l’application", "the wording of the operator or the app"]),
    18: FROM_NAME = term("from-name", ["nom du départ", "name of the origin"]).named(),
    19: TO_NAME = term("to-name", ["nom de l’arrivée", "name of the destination"]).named(),
    20: LATITUDE = int("latitude", Unit::E7Degrees, ["latitude", "latitude"]).named()
        .about(["de la position, du séjour, ou du départ", "of the position, the stay, or the origin"]),
    21: LONGITUDE = int("longitude", Unit::E7Degrees, ["longitude", "longitude"]).named()
        .about(["de la position, du séjour, ou du départ", "of the position, the stay, or the origin"]),
    22: TO_LATITUDE = int("to-latitude", Unit::E7Degrees, ["latitude de l’arrivée", "latitude of the destination"]).named(),
    23: TO_LONGITUDE = int("to-longitude", Unit::E7Degrees, ["longitude de l’arrivée", "longitude of the destination"]).named(),
    24: ACCURACY = int("accuracy", Unit::Metres, ["précision", "accuracy"])
        .about(["rayon autour de la position", "radius around the position"]),
    25: ALTITUDE = int("altitude", Unit::Metres, ["altitude", "altitude"]).named(),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Mobility,
    version: 1,
    fields: FIELDS,
    time: AT,
    end: Some(End::Seconds(DURATION)),
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[ROW, SOURCE, AT, DURATION, FROM, TO, LATITUDE, LONGITUDE, COST, LABEL]),
    alike: None,
    parts: None,
    revision: Revision {
        values: &[MODE, DISTANCE],
        // A stay or a trip from the same place, which a later export knows to be longer.
        names: &[Name {
            required: &[AT],
            others: &[ROW, SOURCE, FROM, LATITUDE, LONGITUDE, COST, LABEL],
            within: Within::Days,
        }],
        firmness: None,
    },
    totals: &[(DISTANCE, Some(MODE)), (COST, Some(ROW))],
    fr: "déplacements",
    en: "mobility",
    about_fr: "Trajets, séjours, positions et titres de transport.",
    about_en: "Trips, stays, positions and fares.",
    sdk: ("Movement", "movements"),
};
