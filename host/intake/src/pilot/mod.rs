//! Formats of the MesInfos pilot (2013-2017): what French holders gave back to its testers, each file a
//! JSON array of documents.
//!
//! A document says what it is in `docType`, written in several ways over the years
//! ("fr.orange.geopoint", "GeolocationLog"); the last part in lower case is compared. Some documents of
//! holders lack it and are known by their members. A file may mix kinds of documents. Each kind has one
//! small reader, and kinds of one subject are a [`Group`], which is one format.

mod bank;
mod bills;
mod contracts;
mod document;
mod energy;
mod history;
mod kind;
mod legs;
mod mixed;
mod papers;
mod people;
mod phone;
mod places;
mod profile;
mod purchases;

use crate::Format;
use kind::Group;

/// Where the documents are described.
const SPEC: &str = "https://mesinfos.fing.org/";

/// The groups of kinds and the formats, which are these and a mixture of them, in the order in which files are
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
