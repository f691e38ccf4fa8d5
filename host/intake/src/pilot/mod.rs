//! Formats of the MesInfos pilot (2013-2017), in which French holders returned data to its testers: each
//! file is a JSON array of documents.
//!
//! `docType` names a document's kind, spelled in several ways over the years ("fr.orange.geopoint",
//! "GeolocationLog"); its last part is compared in lower case. Some holders' documents lack it and are
//! recognised by their members. A file may mix kinds of documents. Each kind has one small reader, and
//! the kinds of one subject are a [`Group`], which is one format.

mod bank;
mod bills;
mod contracts;
mod document;
mod energy;
mod history;
mod insured;
mod kind;
mod mixed;
mod papers;
mod people;
mod phone;
mod places;
mod profile;
mod purchases;
mod sms_duplicates;

use crate::Format;
use kind::Group;

/// Source of the documents' description.
const SPEC: &str = "https://mesinfos.fing.org/";

/// Declares the groups of kinds, and the formats: the groups and their mixture, in the order they are
/// tried.
macro_rules! groups {
    ($($group:path,)*) => {
        static GROUPS: &[&Group] = &[$(&$group,)*];
        pub(crate) static FORMATS: &[&dyn Format] = &[$(&$group,)* &mixed::Mixed];
    };
}

groups! {
    bank::GROUP,
    phone::GROUP,
    places::GROUP,
    energy::GROUP,
    contracts::GROUP,
    profile::GROUP,
    bills::GROUP,
    purchases::RECEIPTS,
    purchases::VIDEOS,
    people::GROUP,
    history::GROUP,
    papers::GROUP,
}
