//! Use of telephone lines, one row for each call, message or data session.

use super::{Alike, CURRENCY_FIELD, Category, End, Grain, Identity, Revision, Schema, UTC_OFFSET_FIELD, Unit, codes, holder, instant, int, money, pseudonym, term};

codes! {
    service {
        VOICE = code("voice", "appel", "voice"),
        SMS = code("sms", "SMS", "SMS"),
        MMS = code("mms", "MMS", "MMS"),
        DATA = code("data", "données", "data"),
        VOICEMAIL = code("voicemail", "messagerie vocale", "voicemail"),
    }
    direction {
        IN = code("in", "reçu", "in"),
        OUT = code("out", "émis", "out"),
        FORWARDED = code("forwarded", "renvoyé", "forwarded"),
        MISSED = code("missed", "manqué", "missed"),
        REJECTED = code("rejected", "refusé", "rejected"),
    }
    peer_kind {
        MOBILE = code("mobile", "mobile", "mobile"),
        LANDLINE = code("landline", "fixe", "landline"),
        SHORT = code("short", "numéro court ou spécial", "short or special number"),
        INTERNATIONAL = code("international", "étranger", "abroad"),
        UNKNOWN = code("unknown", "inconnu", "unknown"),
    }
}

fields! {
    1: HOLDER = holder(["opérateur", "operator"], [
        "qui a donné ces communications, p. ex. « Orange »",
        "who gave the data, e.g. \"Orange\"",
    ]),
    2: LINE = pseudonym("line", ["ligne", "line"])
        .about(["la ligne de la personne, jamais son numéro", "the person’s own line, never its number"]),
    3: AT = instant("at", ["date et heure", "date and time"]),
    4: UTC_OFFSET = UTC_OFFSET_FIELD,
    5: SERVICE = codes("service", service::CODES, ["service", "service"]),
    6: DIRECTION = codes("direction", direction::CODES, ["reçu ou émis", "direction"]),
    7: PEER = pseudonym("peer", ["correspondant", "other party"])
        .about(["jamais son numéro", "never a number"]),
    8: PEER_KIND = codes("peer-kind", peer_kind::CODES, ["type de correspondant", "kind of other party"]),
    9: DURATION = int("duration", Unit::Seconds, ["durée", "duration"])
        .about(["durée d’un appel", "length of a call"]),
    10: MESSAGES = int("messages", Unit::Messages, ["messages", "messages"])
        .about(["nombre de messages (un long en compte plusieurs)", "number of messages (a long text is several)"]),
    11: BYTES = int("bytes", Unit::Bytes, ["données", "data"])
        .about(["dans les deux sens", "both ways"]),
    12: COST = money("cost", ["coût", "cost"]),
    13: CURRENCY = CURRENCY_FIELD,
    14: ROAMING = term("roaming", ["pays d’itinérance", "roaming country"]).about([
        "le pays, si ce n’est pas celui de la ligne ; ISO 3166-1 alpha-2",
        "country where it happened when not at home; ISO 3166-1 alpha-2",
    ]),
    15: NETWORK = term("network", ["réseau", "network"]).about(["p. ex. « 4G »", "e.g. \"4G\""]),
    16: PEER_NUMBER = term("peer-number", ["numéro du correspondant", "number of the other party"]).named()
        .about(["E.164 si possible, p. ex. « +33612345678 »", "E.164 where possible, e.g. \"+33612345678\""]),
    17: LATITUDE = int("latitude", Unit::E7Degrees, ["latitude", "latitude"]).named()
        .about(["de l’antenne", "of the cell"]),
    18: LONGITUDE = int("longitude", Unit::E7Degrees, ["longitude", "longitude"]).named()
        .about(["de l’antenne", "of the cell"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Telecom,
    version: 2,
    fields: FIELDS,
    time: AT,
    end: Some(End::Seconds(DURATION)),
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[LINE, AT, SERVICE, DIRECTION, PEER, DURATION]),
    alike: Some(Alike {
        equal: &[SERVICE, DIRECTION, DURATION],
        measures: &[DURATION],
        compatible: &[LINE, PEER],
        within: 2,
        pending: None,
    }),
    parts: None,
    revision: Revision { values: &[MESSAGES, BYTES, COST], names: &[], firmness: None },
    totals: &[(DURATION, Some(DIRECTION)), (MESSAGES, Some(DIRECTION)), (BYTES, Some(DIRECTION))],
    fr: "communications téléphoniques",
    en: "telephone use",
    about_fr: "Usage des lignes téléphoniques, une ligne par appel, message ou session de données.",
    about_en: "Use of telephone lines, one row for each call, message or data session.",
    sdk: ("Event", "events"),
};
