//! Contacts (vCard) and messages.

use super::{Category, Grain, Identity, Revision, Schema, UTC_OFFSET_FIELD, Unit, codes, date, holder, instant, int, pseudonym, term, text};

codes! {
    row {
        CONTACT = code("contact", "contact", "contact"),
        MESSAGE = code("message", "message", "message"),
    }
    channel {
        SMS = code("sms", "SMS", "SMS"),
        MMS = code("mms", "MMS", "MMS"),
        CHAT = code("chat", "messagerie", "chat"),
        EMAIL = code("email", "courriel", "e-mail"),
        NETWORK = code("network", "réseau social", "social network"),
        ADDRESS_BOOK = code("address-book", "carnet d’adresses", "address book"),
        OTHER = code("other", "autre", "other"),
    }
    direction {
        IN = code("in", "reçu", "in"),
        OUT = code("out", "émis", "out"),
    }
}

fields! {
    1: HOLDER = holder(["service", "service"], [
        "d’où viennent les contacts ou les messages, p. ex. « Facebook »",
        "where contacts or messages come from, e.g. \"Facebook\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]),
    3: AT = instant("at", ["date et heure", "date and time"]).about([
        "du message ; d’un contact, depuis quand il est connu",
        "of the message; of a contact, since when it is known",
    ]),
    4: UTC_OFFSET = UTC_OFFSET_FIELD,
    5: CHANNEL = codes("channel", channel::CODES, ["canal", "channel"]),
    6: DIRECTION = codes("direction", direction::CODES, ["reçu ou émis", "direction"]),
    7: PERSON = pseudonym("person", ["personne", "person"])
        .about(["la même pour un contact et ses messages, si on peut le savoir", "the same for a contact and its messages, where that can be known"]),
    8: LENGTH = int("length", Unit::Characters, ["longueur", "length"])
        .about(["du message", "of the message"]),
    9: GROUPS = text("groups", ["groupes", "groups"])
        .about(["séparés par des virgules", "separated by commas"]),
    10: COUNTRY = term("country", ["pays", "country"]),
    11: NAME = text("name", ["nom", "name"]).named(),
    12: ORGANISATION = text("organisation", ["organisation", "organisation"]).named(),
    13: PHONES = text("phones", ["téléphones", "telephone numbers"]).named()
        .about(["E.164 si possible, séparés par des espaces", "E.164 where possible, separated by spaces"]),
    14: EMAILS = text("emails", ["adresses de courriel", "e-mail addresses"]).named()
        .about(["séparées par des espaces", "separated by spaces"]),
    15: ADDRESS = text("address", ["adresse", "address"]).named(),
    16: BIRTHDAY = date("birthday", ["anniversaire", "birthday"]).named(),
    17: BODY = text("body", ["texte du message", "text of the message"]).named(),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Social,
    version: 1,
    fields: FIELDS,
    time: AT,
    end: None,
    undated: true,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw],
    series: None,
    identity: Identity::Multiset(&[ROW, AT, CHANNEL, DIRECTION, PERSON, NAME, BODY, PHONES, EMAILS]),
    alike: None,
    parts: None,
    revision: Revision::NONE,
    totals: &[],
    fr: "contacts et messages",
    en: "contacts and messages",
    about_fr: "Contacts (vCard) et messages ; le texte des messages n’est donné que si on le nomme.",
    about_en: "Contacts (vCard) and messages; the text of messages is never given unless it is named.",
    sdk: ("Entry", "entries"),
};
