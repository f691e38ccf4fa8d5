//! Grants as consent receipts in the shape of ISO/IEC TS 27560:2023, with terms of the W3C Data Privacy Vocabulary.
//!
//! Source: DPV 2.3 (<https://w3id.org/dpv>), its extension for personal data (`pd`), and its guide "Consent Records
//! and Receipts as per ISO/IEC TS 27560:2023 using DPV" (<https://w3id.org/dpv/guides/consent-27560>), in JSON-LD.
//!
//! | here | there |
//! |---|---|
//! | grant | `dpv:ConsentRecord`, in a `dpv:ConsentReceipt` by `dpv:hasRecordOfActivity` |
//! | pseudonym of the person | `dpv:hasDataSubject` |
//! | digest of the text that was shown | `dpv:hasNotice` |
//! | purpose and its sentence | `dpv:hasPurpose` of a `dpv:Process` |
//! | category, necessity, sensitivity | `dpv:hasPersonalData`: [`personal_data`], `dpv:hasNecessity` |
//! | events | `dpv:hasConsentStatus`: [`status`], with time, actor and channel |
//! | retention: none by the app | `dpv:hasStorageCondition` |
//!
//! Fields that the platform does not have (controller, jurisdiction, recipients, contact of the parties) are left out.
//! They are mandatory there, so a receipt is related to the schema (`dct:relation`) and does not claim to conform.

use super::instant;
use crate::Result;
use mesinfos_consent::{Actor, Change, Decision, Grant, GrantEvent, Item};
use mesinfos_model::{Category, Necessity};
use serde_json::{Value, json};

/// The schema of receipts.
const SCHEMA: &str = "https://w3id.org/dpv/schema/dpv-27560#receipt";

/// The receipts of grants, made at `at` (UTC seconds).
pub(super) fn receipts(grants: &[Grant], at: i64) -> Result<Value> {
    let all = grants.iter().map(|grant| receipt(grant, at)).collect::<Result<Vec<Value>>>()?;
    Ok(json!({
        "@context": {
            "dpv": "https://w3id.org/dpv#",
            "pd": "https://w3id.org/dpv/pd#",
            "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
            "dct": "http://purl.org/dc/terms/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": all,
    }))
}

fn receipt(grant: &Grant, at: i64) -> Result<Value> {
    let id = grant.id().to_string();
    Ok(json!({
        "@id": format!("urn:uuid:{id}#receipt"),
        "@type": "dpv:ConsentReceipt",
        "dct:relation": { "@id": SCHEMA },
        "dpv:hasIdentifier": id,
        "dct:created": time(at)?,
        "dpv:hasRecordOfActivity": record(grant)?,
    }))
}

fn record(grant: &Grant) -> Result<Value> {
    let (terms, id) = (&grant.terms, grant.id().to_string());
    let notice = terms.notice.map(|notice| {
        json!({
            "@id": format!("urn:mesinfos:notice:sha256:{notice}"),
            "@type": "dpv:ConsentNotice",
            "dct:language": terms.language.code(),
        })
    });
    let events = grant.events.iter().filter_map(|event| status_of(grant, event).transpose());
    let mut record = json!({
        "@id": format!("urn:uuid:{id}"),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": id,
        "dpv:hasDataSubject": {
            "@id": format!("urn:mesinfos:person:{}", terms.person),
            "@type": "dpv:DataSubject",
        },
        "dpv:hasLegalBasis": { "@id": "eu-gdpr:A6-1-a" },
        "dpv:hasProcess": {
            "@type": "dpv:Process",
            "dct:title": format!("{} {}", terms.app.id, terms.app.version),
            "dct:identifier": format!("sha256:{}", terms.app.component),
            "dpv:hasPurpose": {
                "@type": "dpv:Purpose",
                "skos:broader": { "@id": terms.purpose.iri.iri() },
                "dct:description": terms.purpose.sentence.to_string(),
            },
            "dpv:hasProcessing": { "@id": "dpv:Use" },
            "dpv:hasPersonalData": grant.items.iter().map(data).collect::<Vec<Value>>(),
            "dpv:hasStorageCondition": {
                "@type": "dpv:StorageDuration",
                "dpv:hasDuration": { "@type": "dpv:TemporalDuration", "rdf:value": "PT0S" },
            },
            "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent" },
        },
        "dpv:hasConsentStatus": events.collect::<Result<Vec<Value>>>()?,
    });
    if let (Some(notice), Some(record)) = (notice, record.as_object_mut()) {
        record.insert("dpv:hasNotice".to_owned(), notice);
    }
    Ok(record)
}

/// A category of the grant, with the scope that was asked or given in our own form.
fn data(item: &Item) -> Value {
    let kind = if item.category.is_sensitive() { "dpv:SensitivePersonalData" } else { "dpv:PersonalData" };
    let necessity = match item.necessity {
        Necessity::Required => "dpv:Required",
        Necessity::Optional => "dpv:Optional",
    };
    let decision = match item.decision {
        Decision::Open(_) => "open",
        Decision::Given(_) => "given",
        Decision::Refused => "refused",
    };
    json!({
        "@type": kind,
        "skos:broader": { "@id": personal_data(item.category) },
        "dct:identifier": item.category.id(),
        "dpv:hasNecessity": { "@id": necessity },
        "urn:mesinfos:decision": decision,
        "urn:mesinfos:scope": { "@type": "@json", "@value": item.scope() },
    })
}

/// The closest term of the extension for personal data.
fn personal_data(category: Category) -> &'static str {
    match category {
        Category::Bank => "pd:Transaction",
        Category::Purchases => "pd:PurchasesAndSpendingHabit",
        Category::Bills | Category::Contracts => "pd:Financial",
        Category::Telecom => "pd:CommunicationsMetadata",
        Category::Energy | Category::Water | Category::Profile => "pd:Household",
        Category::Mobility => "pd:TravelHistory",
        Category::Health => "pd:HealthRecord",
        Category::Education => "pd:EducationExperience",
        Category::Browsing => "pd:BrowserHistory",
        Category::Social => "pd:SocialNetwork",
        Category::Documents => "pd:PersonalDocuments",
    }
}

/// The state that an event leads to; `None` if it changes none of that vocabulary.
fn status(change: &Change) -> Option<&'static str> {
    Some(match change {
        Change::Shown { .. } => "dpv:ConsentRequested",
        Change::Deferred => "dpv:ConsentRequestDeferred",
        Change::Refused => "dpv:ConsentRefused",
        Change::Given { .. } => "dpv:ConsentGiven",
        Change::Renewed { .. } => "dpv:RenewedConsentGiven",
        Change::Expired => "dpv:ConsentExpired",
        Change::Withdrawn => "dpv:ConsentWithdrawn",
        Change::Revoked { .. } => "dpv:ConsentRevoked",
        Change::Invalidated { .. } => "dpv:ConsentInvalidated",
        // A switch, a smaller scope, another record: `consent/grants.json` has them.
        Change::Paused | Change::Resumed | Change::Narrowed { .. } | Change::Superseded { .. } => {
            return None;
        }
    })
}

fn status_of(grant: &Grant, event: &GrantEvent) -> Result<Option<Value>> {
    let Some(status) = status(&event.change) else { return Ok(None) };
    let by = match event.act.actor {
        Actor::Person => "dpv:DataSubject",
        Actor::Platform | Actor::Operator | Actor::Publisher | Actor::Holder => "dpv:Organisation",
    };
    let until = match &event.change {
        Change::Given { until, .. } | Change::Renewed { until } => Some(*until),
        _ => None,
    };
    let mut told = json!({
        "@id": format!("urn:uuid:{}#event-{}", grant.id(), event.seq),
        "@type": status,
        "dpv:isIndicatedAtTime": time(event.at)?,
        "dpv:isIndicatedBy": { "@id": by },
        "dpv:hasIndicationMethod": event.act.channel.to_string(),
    });
    if let (Some(until), Some(told)) = (until, told.as_object_mut()) {
        let duration = match until {
            Some(until) => json!({ "@type": "dpv:UntilTimeDuration", "rdf:value": time(until)? }),
            None => json!({ "@type": "dpv:UntilEventDuration", "rdf:value": "withdrawal" }),
        };
        told.insert("dpv:hasDuration".to_owned(), duration);
    }
    Ok(Some(told))
}

/// An instant as a value of JSON-LD.
fn time(at: i64) -> Result<Value> {
    Ok(json!({ "@type": "xsd:dateTime", "@value": instant(at)? }))
}
