//! Grant events, in a word.

use crate::message::messages;
use mesinfos_consent::EventKind;
use mesinfos_model::view::Lang;

messages! {
    /// Messages of grant events.
    pub(crate) enum Events in "state" {
        Shown,
        Deferred,
        Refused,
        Given,
        Paused,
        Resumed,
        Renewed,
        Narrowed,
        Expired,
        Withdrawn,
        Revoked,
        Invalidated,
        Superseded,
    }
}

/// A grant event in a word: "accord", "withdrawal".
pub fn event_kind(kind: EventKind, lang: Lang) -> String {
    match kind {
        EventKind::Shown => Events::Shown,
        EventKind::Deferred => Events::Deferred,
        EventKind::Refused => Events::Refused,
        EventKind::Given => Events::Given,
        EventKind::Paused => Events::Paused,
        EventKind::Resumed => Events::Resumed,
        EventKind::Renewed => Events::Renewed,
        EventKind::Narrowed => Events::Narrowed,
        EventKind::Expired => Events::Expired,
        EventKind::Withdrawn => Events::Withdrawn,
        EventKind::Revoked => Events::Revoked,
        EventKind::Invalidated => Events::Invalidated,
        EventKind::Superseded => Events::Superseded,
    }
    .to(lang)
}
