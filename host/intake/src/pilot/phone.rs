//! Telephone logs of Orange, in the layouts of 2016 and of 2013-2015.

use super::SPEC;
use super::document::{Doc, Done, Out, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::phone;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::telecom::{self, direction, peer_kind, service};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-phone-json",
    fr: "Relevé d’appels du pilote MesInfos (JSON)",
    en: "Telephone log of the MesInfos pilot (JSON)",
    origin: "MesInfos: Orange",
    categories: &[Category::Telecom],
    looks_for: "a JSON array of documents with docType \"fr.orange.phonecommunicationlog\" or \
                \"PhoneCommunicationLog\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[Kind { doc_types: &["phonecommunicationlog"], members: &[], pieces: &[], read: communication }],
};

/// Service by words of `type`; the first match decides.
const SERVICES: &[(&[&str], i64)] = &[
    (&["messagerie", "boite vocale", "boîte vocale"], service::VOICEMAIL),
    (&["mms"], service::MMS),
    (&["sms"], service::SMS),
    (&["data", "internet"], service::DATA),
    (&["appel", "voix", "voice"], service::VOICE),
];

/// Direction by words of `direction` (2013-2015) or of `type` (2016).
const DIRECTIONS: &[(&[&str], i64)] = &[
    (&["forwarded", "renvoy"], direction::FORWARDED),
    (&["outgoing", "sortant"], direction::OUT),
    (&["incoming", "entrant"], direction::IN),
];

fn code(words: &[(&[&str], i64)], text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    words.iter().find(|(any, _)| any.iter().any(|word| text.contains(word))).map(|(_, code)| *code)
}

/// Service by `type`, else by the unit in `chipType`: "s" seconds, "c" characters, "M" messages.
fn service(kind: &str, chip: &str) -> Option<i64> {
    code(SERVICES, kind).or(match chip {
        "s" => Some(service::VOICE),
        "c" | "M" => Some(service::SMS),
        _ => None,
    })
}

/// A call or message. `length` (2016) or `chipCount` (2013-2015) is in the unit of `chipType`: a 1 with
/// "M" is one message, not one second.
fn communication(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let (at, offset) = doc.instant("timestamp")?;
    let kind = doc.text("type").unwrap_or_default();
    let chip = doc.text("chipType").unwrap_or_default();
    let Some(service) = service(&kind, &chip) else {
        return wrong("type", Reason::unknown_call(kind));
    };
    let directed = doc.text("direction").unwrap_or_else(|| kind.clone());
    let Some(direction) = code(DIRECTIONS, &directed) else {
        return wrong("direction", Reason::unknown_direction(directed));
    };
    let field = if doc.has("length") { "length" } else { "chipCount" };
    let length = doc.number(field, 0)?;
    if length.is_some_and(|length| length < 0) {
        return wrong(field, Reason::Negative);
    }
    let number = |names| doc.first(names).and_then(|number| phone::normal(&number));
    let line = number(&["msisdn", "subscriberNumber", "subscriber"]);
    let peer = number(&["partner", "correspondantNumber", "peer"]);
    if service == service::SMS && out.legs.is_second(&kind, at, direction, peer.as_deref()) {
        return Ok(());
    }
    let messages = match chip.as_str() {
        "M" => length,
        "c" => Some(1),
        _ => None,
    };
    out.push(
        Category::Telecom,
        &[
            (telecom::HOLDER, "Orange".into()),
            (telecom::LINE, line.as_deref().into()),
            (telecom::AT, at.into()),
            (telecom::UTC_OFFSET, offset.into()),
            (telecom::SERVICE, service.into()),
            (telecom::DIRECTION, direction.into()),
            (telecom::PEER, peer.as_deref().into()),
            (telecom::PEER_KIND, peer.as_deref().map_or(peer_kind::UNKNOWN, phone::kind).into()),
            (telecom::DURATION, length.filter(|_| chip == "s").into()),
            (telecom::MESSAGES, messages.into()),
            (telecom::NETWORK, doc.first(&["networkType", "mobileNetwork"]).as_deref().into()),
            (telecom::PEER_NUMBER, peer.as_deref().into()),
            (telecom::LATITUDE, doc.degrees("latitude", 90).into()),
            (telecom::LONGITUDE, doc.degrees("longitude", 180).into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::Batch;

    fn read(documents: &str) -> (Batch, u64) {
        let (reads, mut batches) = read_all(format!("[{documents}]").as_bytes()).unwrap();
        assert_eq!(reads[0].about.id, "mesinfos-phone-json");
        (batches.remove(0), reads[0].rejected_count)
    }

    #[test]
    fn calls_and_messages() {
        let (batch, rejected) = read(
            r#"{"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-01T08:59:08Z",
            "msisdn":"33612345678","partner":"0123456789","length":59,"chipType":"s","type":"appel sortant",
            "latitude":48.879562,"longitude":2.28508,"networkType":"3G"},
            {"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-01T11:17:34Z",
            "partner":"33623456789","length":1,"chipType":"M","type":"SMS entrant","networkType":"N/A"},
            {"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-01","type":"fax sortant"},
            {"docType":"fr.orange.phonecommunicationlog","timestamp":"2016-10-02T10:05:55Z","chipType":"s",
            "type":"appel entrant renvoyé - vers la boite vocale","length":5}"#,
        );
        assert_eq!((batch.rows(), rejected), (3, 1));
        assert_eq!(batch.integer(telecom::DURATION, 0), Some(59));
        assert_eq!(batch.integer(telecom::PEER_KIND, 0), Some(peer_kind::LANDLINE));
        assert_eq!(batch.text(telecom::PEER_NUMBER, 0), Some("+33123456789"));
        assert_eq!(batch.integer(telecom::UTC_OFFSET, 0), Some(120));
        assert_eq!(batch.integer(telecom::LATITUDE, 0), Some(488_795_620));
        assert_eq!(batch.integer(telecom::DURATION, 1), None);
        assert_eq!(batch.integer(telecom::MESSAGES, 1), Some(1));
        assert_eq!(batch.text(telecom::NETWORK, 1), None);
        assert_eq!(batch.integer(telecom::SERVICE, 2), Some(service::VOICEMAIL));
        assert_eq!(batch.integer(telecom::DIRECTION, 2), Some(direction::FORWARDED));
    }

    #[test]
    fn a_message_seen_on_both_legs_comes_once() {
        let document = |kind: &str, at: &str, direction: &str| {
            format!(
                r#"{{"docType":"PhoneCommunicationLog","origin":"Orange","timestamp":"2013-10-01T{at}Z",
                "subscriberNumber":"0612345678","correspondantNumber":"0623456789","chipType":"c",
                "chipCount":42,"type":"{kind}","direction":"{direction}","imei":null}}"#
            )
        };
        let (batch, rejected) = read(
            &[
                document("SMS-C", "08:00:00", "OUTGOING"),
                document("SMS-C", "08:00:05", "OUTGOING"),
                document("SMS-MC", "08:00:07", "OUTGOING"),
                document("SMS-MC", "08:00:09", "OUTGOING"),
                document("SMS-MC", "08:00:11", "OUTGOING"),
                document("SMS-MC", "08:00:12", "INCOMING"),
                document("Voix", "09:00:00", "FORWARDED"),
            ]
            .join(","),
        );
        assert_eq!((batch.rows(), rejected), (5, 0));
        assert_eq!(batch.integer(telecom::MESSAGES, 0), Some(1));
        assert_eq!(batch.integer(telecom::DIRECTION, 4), Some(direction::FORWARDED));
    }
}
