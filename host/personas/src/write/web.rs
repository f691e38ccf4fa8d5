//! Chrome's history, as in a Takeout archive.

use super::{SampleFile, file};
use crate::calendar::day;
use crate::life::{Life, Record};
use crate::text::Object;

pub(crate) fn history(_: &Life, record: &Record) -> Vec<SampleFile> {
    let shown = record.visits.iter().filter(|visit| record.shows(day(visit.at)));
    let visits = shown.rev().map(|visit| {
        Object::new()
            .text("favicon_url", "")
            .text("page_transition", if visit.typed { "TYPED" } else { "LINK" })
            .text("title", &visit.title)
            .text("url", &visit.url)
            .text("client_id", "AAAA==")
            .raw("time_usec", visit.at * 1_000_000)
    });
    file("BrowserHistory.json", Object::new().list("Browser History", visits).to_string())
}
