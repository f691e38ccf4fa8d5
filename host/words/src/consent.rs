//! Grants, receipts and the audit chain: errors, grant states, actors.

use crate::date::{day, last_day, period};
use crate::message::messages;
use crate::names;
use crate::number::size;
use crate::scope::{grain, typed_grains};
use crate::vault::store_error;
use crate::view::labelled;
use mesinfos_consent::faults::{MAX_APP_NAME, MAX_EXCLUDED, MAX_HOLDER_NAME, MAX_HOLDERS};
use mesinfos_consent::{
    Actor, Against, AppField, Broken, Channel, ConsentError, EventKind, Fault, GrantState, Log, Mismatch,
    NotLive, RecordKind, TermsError, TransitionError, Widening, Wider,
};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Scope};
use mesinfos_platform::{GrantSummary, Outside};

messages! {
    /// Messages about consent.
    pub(crate) enum Consent<'a> in "consent" {
        Unreadable { what: &'a str },
        Unsealable { what: &'a str },
        TooLarge { what: &'a str, size: &'a str, most: &'a str },
        Closed,
        NoSuchGrant { id: &'a str },
        NoSuchReceipt { id: &'a str },
        RecordGrant,
        RecordOfApp,
        RecordScope,
        RecordEntry,
        RecordEnd,
        RecordReceipt,
        RecordNotice,
        BrokenAudit { seq: &'a str, fault: &'a str },
        BrokenGrant { seq: &'a str, fault: &'a str },
        FaultMissing,
        FaultChanged,
        FaultUnchained,
        FaultCut { length: u64 },
        FaultBeyond,
        FaultReplaced,
        FaultHead,
        Mismatch { what: &'a str },
        MismatchGrants,
        MismatchGrant { id: &'a str },
        MismatchEvent { event: &'a str, id: &'a str, against: &'a str },
        MismatchNotice { id: &'a str },
        MismatchReceipt { id: &'a str, against: &'a str },
        MismatchSequence { found: u64, logged: u64 },
        MismatchRows { found: u64, category: &'a str, import: &'a str, logged: u64 },
        MismatchHead { head: &'a str },
        AgainstMissing,
        AgainstOther,
        AgainstUnlogged,
        AppIdLength { length: u64, most: u64 },
        AppVersionLength { length: u64, most: u64 },
        NoItems,
        Twice { category: &'a str },
        Answered { category: &'a str },
        Unanswered { category: &'a str },
        OtherCategory { category: &'a str, scope: &'a str },
        Grain { category: &'a str, grain: &'a str, offered: &'a str },
        EmptyPeriod { category: &'a str },
        TooManyHolders { category: &'a str, count: u64, most: u64 },
        HolderNameLength { category: &'a str, length: u64, most: u64 },
        TooManyExcluded { category: &'a str, count: u64, most: u64 },
        NothingGiven,
        EndsBeforeItStarts { from: &'a str, until: &'a str },
        NotTheQuestion,
        Widening { category: &'a str, by: &'a str },
        WiderCategory,
        WiderPeriod,
        WiderUndated,
        WiderFields { fields: &'a str },
        WiderGrain,
        WiderHolders,
        WiderRows,
        OtherDays { now: &'a str, before: &'a str },
        FewerDays { now: &'a str, before: &'a str },
        NoLongerGiven,
        NoUndated,
        FewerFields { fields: &'a str },
        Coarser,
        FewerHolders,
        MoreRowsLeftOut,
        NoLastDay { before: &'a str },
        RunsAgain,
        LaterLastDay { now: &'a str, before: &'a str },
        SoonerLastDay { now: &'a str, before: &'a str },
        NewLastDay { now: &'a str },
        NoneInGrant { category: &'a str, days: &'a str },
        NoneInGrantUndated { category: &'a str },
        Impossible { event: &'a str, state: &'a str },
        Already { state: &'a str },
        NothingToResume,
        ShowFirst,
        ResumeFirst,
        NotAnOpening { event: &'a str },
        OnlyThePerson,
        NotThePerson,
        NeverAsked,
        Undecided,
        Refused,
        Paused,
        Expired { when: &'a str },
        Withdrawn { when: &'a str },
        Revoked { by: &'a str, reason: &'a str },
        Invalidated { reason: &'a str },
        Superseded,
        OtherVersion { version: &'a str },
        StateShown,
        StateDeferred,
        StateRefused,
        StateGiven,
        StatePaused,
        StateRenewed,
        StateExpired,
        StateWithdrawn,
        StateRevoked,
        StateInvalidated,
        StateSuperseded,
        ActorPerson,
        ActorPlatform,
        ActorOperator,
        ActorPublisher,
        ActorHolder,
        ChannelCli,
        ChannelWeb,
        ChannelApi,
    }
}

/// An error of grants, receipts or the audit chain.
pub fn consent_error(error: &ConsentError, lang: Lang) -> String {
    match error {
        ConsentError::Store(error) => store_error(error, lang),
        ConsentError::Unreadable { what, why: _ } => {
            Consent::Unreadable { what: &record(*what, lang) }.to(lang)
        }
        ConsentError::Unsealable { what } => Consent::Unsealable { what: &record(*what, lang) }.to(lang),
        ConsentError::TooLarge { what, size: bytes, most } => {
            let (what, size, most) =
                (record(*what, lang), size(*bytes as u64, lang), size(*most as u64, lang));
            Consent::TooLarge { what: &what, size: &size, most: &most }.to(lang)
        }
        ConsentError::Broken(error) => broken(error, lang),
        ConsentError::Mismatch(error) => Consent::Mismatch { what: &mismatch(error, lang) }.to(lang),
        ConsentError::Closed => Consent::Closed.to(lang),
        ConsentError::Terms(error) => terms_error(error, lang),
        ConsentError::Widening(error) => widening(error, lang),
        ConsentError::Transition(error) => transition_error(*error, lang),
        ConsentError::NoSuchGrant(id) => Consent::NoSuchGrant { id: &id.to_string() }.to(lang),
        ConsentError::NoSuchReceipt(id) => Consent::NoSuchReceipt { id: &id.to_string() }.to(lang),
    }
}

fn record(record: RecordKind, lang: Lang) -> String {
    match record {
        RecordKind::Grant => Consent::RecordGrant,
        RecordKind::OfApp => Consent::RecordOfApp,
        RecordKind::Scope => Consent::RecordScope,
        RecordKind::Entry => Consent::RecordEntry,
        RecordKind::End => Consent::RecordEnd,
        RecordKind::Receipt => Consent::RecordReceipt,
        RecordKind::Notice => Consent::RecordNotice,
    }
    .to(lang)
}

/// A faulty record in an audit chain or in the history of a grant.
pub fn broken(broken: &Broken, lang: Lang) -> String {
    let fault = match broken.fault {
        Fault::Missing => Consent::FaultMissing,
        Fault::Changed => Consent::FaultChanged,
        Fault::Unchained => Consent::FaultUnchained,
        Fault::Cut { length } => Consent::FaultCut { length },
        Fault::Beyond => Consent::FaultBeyond,
        Fault::Replaced => Consent::FaultReplaced,
        Fault::Head => Consent::FaultHead,
    }
    .to(lang);
    let (seq, fault) = (&broken.seq.to_string(), &fault);
    match broken.log {
        Log::Audit => Consent::BrokenAudit { seq, fault },
        Log::Grant => Consent::BrokenGrant { seq, fault },
    }
    .to(lang)
}

/// A record that contradicts the audit chain.
fn mismatch(mismatch: &Mismatch, lang: Lang) -> String {
    match mismatch {
        Mismatch::Grants => Consent::MismatchGrants.to(lang),
        Mismatch::Grant(id) => Consent::MismatchGrant { id: &id.to_string() }.to(lang),
        Mismatch::Event { grant, event, what } => {
            let (event, id, against) = (event.to_string(), grant.to_string(), against(*what, lang));
            Consent::MismatchEvent { event: &event, id: &id, against: &against }.to(lang)
        }
        Mismatch::Receipt { receipt, what } => {
            let (id, against) = (receipt.to_string(), against(*what, lang));
            Consent::MismatchReceipt { id: &id, against: &against }.to(lang)
        }
        Mismatch::Sequence { logged, found } => {
            Consent::MismatchSequence { found: *found, logged: *logged }.to(lang)
        }
        Mismatch::Rows { import, category, logged, found } => {
            let (import, category) = (import.to_string(), category.name(lang));
            Consent::MismatchRows { found: *found, category, import: &import, logged: *logged }.to(lang)
        }
        Mismatch::Notice(id) => Consent::MismatchNotice { id: &id.to_string() }.to(lang),
        Mismatch::Head(head) => Consent::MismatchHead { head: &head.to_string() }.to(lang),
    }
}

fn against(against: Against, lang: Lang) -> String {
    match against {
        Against::Missing => Consent::AgainstMissing,
        Against::Other => Consent::AgainstOther,
        Against::Unlogged => Consent::AgainstUnlogged,
    }
    .to(lang)
}

/// An inconsistency in a request or grant.
fn terms_error(error: &TermsError, lang: Lang) -> String {
    match error {
        TermsError::AppName { field, length } => {
            let (length, most) = (*length as u64, MAX_APP_NAME as u64);
            match field {
                AppField::Id => Consent::AppIdLength { length, most },
                AppField::Version => Consent::AppVersionLength { length, most },
            }
            .to(lang)
        }
        TermsError::NoItems => Consent::NoItems.to(lang),
        TermsError::Twice(category) => Consent::Twice { category: category.name(lang) }.to(lang),
        TermsError::Answered { category, found: _ } => {
            Consent::Answered { category: category.name(lang) }.to(lang)
        }
        TermsError::Unanswered(category) => Consent::Unanswered { category: category.name(lang) }.to(lang),
        TermsError::OtherCategory { category, scope } => {
            Consent::OtherCategory { category: category.name(lang), scope: scope.name(lang) }.to(lang)
        }
        TermsError::Grain { category, grain: refused } => {
            let (refused, offered) = (grain(*refused, lang), typed_grains(*category, lang));
            Consent::Grain { category: category.name(lang), grain: &refused, offered: &offered }.to(lang)
        }
        TermsError::EmptyPeriod(category) => Consent::EmptyPeriod { category: category.name(lang) }.to(lang),
        TermsError::Holders { category, count } => {
            let (count, most) = (*count as u64, MAX_HOLDERS as u64);
            Consent::TooManyHolders { category: category.name(lang), count, most }.to(lang)
        }
        TermsError::HolderName { category, length } => {
            let (length, most) = (*length as u64, MAX_HOLDER_NAME as u64);
            Consent::HolderNameLength { category: category.name(lang), length, most }.to(lang)
        }
        TermsError::Excluded { category, count } => {
            let (count, most) = (*count as u64, MAX_EXCLUDED as u64);
            Consent::TooManyExcluded { category: category.name(lang), count, most }.to(lang)
        }
        TermsError::NothingGiven => Consent::NothingGiven.to(lang),
        TermsError::Ends { from, until } => {
            let (from, until) = (day_of(*from, lang), last_day(*until, lang));
            Consent::EndsBeforeItStarts { from: &from, until: &until }.to(lang)
        }
        TermsError::NotTheQuestion => Consent::NotTheQuestion.to(lang),
    }
}

/// The UTC day of an instant.
fn day_of(utc_seconds: i64, lang: Lang) -> String {
    day(Day::of_instant(utc_seconds, 0), lang)
}

/// A change that would widen a grant.
fn widening(widening: &Widening, lang: Lang) -> String {
    let by = by(widening, lang);
    Consent::Widening { category: widening.category.name(lang), by: &by }.to(lang)
}

/// The ways in which one scope is wider than another: "more days, finer data".
pub fn by(widening: &Widening, lang: Lang) -> String {
    let by: Vec<String> = widening.by.iter().map(|way| wider(way, widening.category, lang)).collect();
    by.join(", ")
}

/// One way in which a scope is wider.
fn wider(way: &Wider, category: Category, lang: Lang) -> String {
    match way {
        Wider::Category => Consent::WiderCategory.to(lang),
        Wider::Period => Consent::WiderPeriod.to(lang),
        Wider::Undated => Consent::WiderUndated.to(lang),
        Wider::Fields(ids) => Consent::WiderFields { fields: &names::fields(category, ids, lang) }.to(lang),
        Wider::Grain => Consent::WiderGrain.to(lang),
        Wider::Holders => Consent::WiderHolders.to(lang),
        Wider::Rows => Consent::WiderRows.to(lang),
    }
}

/// One way in which a scope is narrower: `way` describes how the other scope is wider. The days are those
/// of this scope and of the other one.
fn narrower(way: &Wider, category: Category, (now, before): (&str, &str), lang: Lang) -> String {
    match way {
        Wider::Category => Consent::NoLongerGiven.to(lang),
        Wider::Period => Consent::FewerDays { now, before }.to(lang),
        Wider::Undated => Consent::NoUndated.to(lang),
        Wider::Fields(ids) => Consent::FewerFields { fields: &names::fields(category, ids, lang) }.to(lang),
        Wider::Grain => Consent::Coarser.to(lang),
        Wider::Holders => Consent::FewerHolders.to(lang),
        Wider::Rows => Consent::MoreRowsLeftOut.to(lang),
    }
}

/// Differences between a grant and the one that it replaced, one line per category or term.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regrant {
    /// Additions, such as "bank transactions: more days".
    pub more: Vec<String>,
    /// Removals, such as "energy readings: no longer given".
    pub less: Vec<String>,
}

/// Differences between a grant and the one that it replaced. Empty if it replaced none.
pub fn regrant(given: &GrantSummary, lang: Lang) -> Regrant {
    let Some(replaced) = &given.replaced else { return Regrant::default() };
    let days = |scope: &Scope, category: Category| {
        scope.get(&category).map_or_else(String::new, |one| period(&one.period, lang))
    };
    let has_days = |ways: &[Widening], category: Category| {
        ways.iter().any(|way| way.category == category && way.by.contains(&Wider::Period))
    };
    let line = |category: Category, ways: &[String]| labelled(category.name(lang), ways.join(", "), lang);
    let mut told = Regrant::default();
    for Widening { category, by } in &replaced.wider {
        let (now, before) = (days(&given.scope, *category), days(&replaced.scope, *category));
        let ways: Vec<String> = by
            .iter()
            .map(|way| match way {
                // Days that moved are reported once, under `more`.
                Wider::Period if has_days(&replaced.narrower, *category) => {
                    Consent::OtherDays { now: &now, before: &before }.to(lang)
                }
                way => wider(way, *category, lang),
            })
            .collect();
        told.more.push(line(*category, &ways));
    }
    for Widening { category, by } in &replaced.narrower {
        let (now, before) = (days(&given.scope, *category), days(&replaced.scope, *category));
        let is_told = |way: &Wider| *way == Wider::Period && has_days(&replaced.wider, *category);
        let ways: Vec<String> = by
            .iter()
            .filter(|way| !is_told(way))
            .map(|way| narrower(way, *category, (&now, &before), lang))
            .collect();
        if !ways.is_empty() {
            told.less.push(line(*category, &ways));
        }
    }
    if replaced.was_paused {
        told.more.push(Consent::RunsAgain.to(lang));
    }
    let [now, before] = [given.until, replaced.until].map(|until| until.map(|until| last_day(until, lang)));
    if given.lasts_longer() {
        told.more.extend(before.map(|before| match now {
            None => Consent::NoLastDay { before: &before }.to(lang),
            Some(now) => Consent::LaterLastDay { now: &now, before: &before }.to(lang),
        }));
    } else if given.ends_sooner() {
        told.less.extend(now.map(|now| match before {
            None => Consent::NewLastDay { now: &now }.to(lang),
            Some(before) => Consent::SoonerLastDay { now: &now, before: &before }.to(lang),
        }));
    }
    told
}

/// A granted category in which the vault has rows, but none within the grant.
pub fn none_in_grant(outside: &Outside, lang: Lang) -> String {
    let category = outside.category.name(lang);
    match &outside.days {
        Some(days) => Consent::NoneInGrant { category, days: &period(days, lang) }.to(lang),
        None => Consent::NoneInGrantUndated { category }.to(lang),
    }
}

/// A change that the state of a grant does not allow.
fn transition_error(error: TransitionError, lang: Lang) -> String {
    match error {
        TransitionError::Impossible { state: GrantState::Deferred, event: EventKind::Given } => {
            Consent::ShowFirst.to(lang)
        }
        TransitionError::Impossible { state: GrantState::Paused, event: EventKind::Renewed } => {
            Consent::ResumeFirst.to(lang)
        }
        TransitionError::Impossible {
            state: GrantState::Given | GrantState::Renewed,
            event: EventKind::Resumed,
        } => Consent::NothingToResume.to(lang),
        TransitionError::Impossible { state: at, event } if is_in(at, event) => {
            Consent::Already { state: &state(at, lang) }.to(lang)
        }
        TransitionError::Impossible { state: at, event } => {
            Consent::Impossible { event: event.id(), state: &state(at, lang) }.to(lang)
        }
        TransitionError::NotAnOpening { event } => {
            Consent::NotAnOpening { event: &crate::state::event_kind(event, lang) }.to(lang)
        }
        TransitionError::NotTheirs { event, actor: _ } if event.is_the_persons() => {
            Consent::OnlyThePerson.to(lang)
        }
        TransitionError::NotTheirs { .. } => Consent::NotThePerson.to(lang),
    }
}

/// Whether a grant in this state is already where the event would lead.
fn is_in(at: GrantState, event: EventKind) -> bool {
    match event {
        EventKind::Shown => at == GrantState::Shown,
        EventKind::Deferred => at == GrantState::Deferred,
        EventKind::Refused => at == GrantState::Refused,
        EventKind::Paused => at == GrantState::Paused,
        EventKind::Given | EventKind::Resumed => matches!(at, GrantState::Given | GrantState::Renewed),
        EventKind::Renewed => at == GrantState::Renewed,
        EventKind::Narrowed => false,
        EventKind::Expired => at == GrantState::Expired,
        EventKind::Withdrawn => at == GrantState::Withdrawn,
        EventKind::Revoked => at == GrantState::Revoked,
        EventKind::Invalidated => at == GrantState::Invalidated,
        EventKind::Superseded => at == GrantState::Superseded,
    }
}

/// Why an app cannot run for a person.
pub fn absence(absence: &NotLive, lang: Lang) -> String {
    match absence {
        NotLive::NeverAsked => Consent::NeverAsked.to(lang),
        NotLive::Undecided(_) => Consent::Undecided.to(lang),
        NotLive::Refused(_) => Consent::Refused.to(lang),
        NotLive::Paused(_) => Consent::Paused.to(lang),
        NotLive::Expired { id: _, when } => Consent::Expired { when: &last_day(*when, lang) }.to(lang),
        NotLive::Withdrawn { id: _, when } => Consent::Withdrawn { when: &day_of(*when, lang) }.to(lang),
        NotLive::Revoked { id: _, by, reason } => {
            Consent::Revoked { by: &actor(*by, lang), reason: reason.as_str() }.to(lang)
        }
        NotLive::Invalidated { id: _, reason } => Consent::Invalidated { reason: reason.as_str() }.to(lang),
        NotLive::Superseded(_) => Consent::Superseded.to(lang),
        NotLive::OtherVersion { id: _, version, component: _ } => Consent::OtherVersion { version }.to(lang),
    }
}

/// A grant state: "donnée", "paused".
pub fn state(state: GrantState, lang: Lang) -> String {
    match state {
        GrantState::Shown => Consent::StateShown,
        GrantState::Deferred => Consent::StateDeferred,
        GrantState::Refused => Consent::StateRefused,
        GrantState::Given => Consent::StateGiven,
        GrantState::Paused => Consent::StatePaused,
        GrantState::Renewed => Consent::StateRenewed,
        GrantState::Expired => Consent::StateExpired,
        GrantState::Withdrawn => Consent::StateWithdrawn,
        GrantState::Revoked => Consent::StateRevoked,
        GrantState::Invalidated => Consent::StateInvalidated,
        GrantState::Superseded => Consent::StateSuperseded,
    }
    .to(lang)
}

/// A grant state by id. An unknown id is returned unchanged.
pub fn state_of(id: &str, lang: Lang) -> String {
    let known = GrantState::ALL.iter().find(|state| state.id() == id);
    known.map_or_else(|| id.to_owned(), |known| state(*known, lang))
}

/// An actor: "la personne", "the operator".
pub fn actor(actor: Actor, lang: Lang) -> String {
    match actor {
        Actor::Person => Consent::ActorPerson,
        Actor::Platform => Consent::ActorPlatform,
        Actor::Operator => Consent::ActorOperator,
        Actor::Publisher => Consent::ActorPublisher,
        Actor::Holder => Consent::ActorHolder,
    }
    .to(lang)
}

/// A channel: "sur le site", "through the API".
pub fn channel(channel: Channel, lang: Lang) -> String {
    match channel {
        Channel::Cli => Consent::ChannelCli,
        Channel::Web => Consent::ChannelWeb,
        Channel::Api => Consent::ChannelApi,
    }
    .to(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};
    use mesinfos_consent::GrantId;
    use mesinfos_model::{CategoryScope, Digest, Grain, Period};
    use mesinfos_platform::Replaced;
    use mesinfos_platform::consent::widenings;

    #[test]
    fn every_state_and_change_has_its_sentence() {
        for &at in GrantState::ALL {
            for &event in EventKind::ALL {
                let Err(error) = at.after(event) else { continue };
                let said = [Fr, En].map(|lang| transition_error(error, lang));
                assert!(said[0] != said[1] && said.iter().all(|said| said.ends_with('.')), "{said:?}");
            }
        }
        let error = GrantState::Withdrawn.after(EventKind::Resumed).unwrap_err();
        assert_eq!(
            transition_error(error, Fr),
            "Cette autorisation est retirée\u{A0}: elle ne peut pas être rétablie. Donnez-en une nouvelle."
        );
    }

    #[test]
    fn nothing_cannot_be_what_it_is() {
        let said = |at: GrantState, event| transition_error(at.after(event).unwrap_err(), Fr);
        assert_eq!(
            said(GrantState::Paused, EventKind::Paused),
            "Cette autorisation est déjà suspendue\u{A0}; rien n’a changé."
        );
        for at in [GrantState::Given, GrantState::Renewed] {
            let nothing = "Cette autorisation est en vigueur\u{A0}: il n’y a rien à rétablir.";
            assert_eq!(said(at, EventKind::Resumed), nothing);
        }
        for &at in GrantState::ALL {
            for &event in EventKind::ALL {
                let Err(error) = at.after(event) else { continue };
                let said = transition_error(error, Fr);
                let word = state(at, Fr);
                assert!(said.matches(&word).count() < 2, "{at} then {event}: {said}");
            }
        }
    }

    fn bank(days: &str) -> CategoryScope {
        CategoryScope { period: Period::parse(days).unwrap(), ..CategoryScope::all(Category::Bank) }
    }

    /// A grant of `now` that replaces one of `before`.
    fn given(now: (&[CategoryScope], Option<i64>), before: (&[CategoryScope], Option<i64>)) -> GrantSummary {
        let scope =
            |all: &[CategoryScope]| all.iter().map(|one| (one.category, one.clone())).collect::<Scope>();
        let (scope, old) = (scope(now.0), scope(before.0));
        let replaced = Replaced {
            wider: widenings(&old, &scope),
            narrower: widenings(&scope, &old),
            scope: old,
            until: before.1,
            was_paused: false,
        };
        GrantSummary {
            id: GrantId::new(0),
            app: "budget".to_owned(),
            version: "0.1.0".to_owned(),
            component: Digest([0; 32]),
            state: "given".to_owned(),
            scope,
            until: now.1,
            notice: None,
            given_at: 0,
            is_in_force: true,
            is_of_a_restore: false,
            replaced: Some(replaced),
            kept_out: 0,
            unmatched: Vec::new(),
        }
    }

    fn told(now: (&[CategoryScope], Option<i64>), before: (&[CategoryScope], Option<i64>)) -> Regrant {
        regrant(&given(now, before), En)
    }

    #[test]
    fn a_grant_says_what_it_gives_more_and_what_no_longer() {
        let (longer, shorter) = (Some(1_798_761_600), Some(1_783_036_800));
        let more = |lines: &[&str]| {
            let more = lines.iter().map(|&line| line.to_owned()).collect();
            Regrant { more, less: Vec::new() }
        };
        let less = |lines: &[&str]| {
            let less = lines.iter().map(|&line| line.to_owned()).collect();
            Regrant { more: Vec::new(), less }
        };
        let (whole, year) = ([CategoryScope::all(Category::Bank)], [bank("2026")]);
        assert_eq!(told((&year, None), (&year, None)), Regrant::default());
        let ended = "no last day (it was to end on 31\u{A0}December 2026)";
        assert_eq!(told((&year, None), (&year, longer)), more(&[ended]));
        let later = "until 31\u{A0}December 2026 (instead of 2\u{A0}July 2026)";
        assert_eq!(told((&year, longer), (&year, shorter)), more(&[later]));
        let sooner = "only until 2\u{A0}July 2026 (instead of 31\u{A0}December 2026)";
        assert_eq!(told((&year, shorter), (&year, longer)), less(&[sooner]));
        let days = "bank transactions: fewer days (now 2026, before all dates)";
        assert_eq!(told((&year, None), (&whole, None)), less(&[days]));
        assert_eq!(told((&whole, None), (&year, None)), more(&["bank transactions: more days"]));
        let moved = "bank transactions: other days (now 2025, before 2026)";
        assert_eq!(told((&[bank("2025")], None), (&year, None)), more(&[moved]));
        let both = [bank("2026"), CategoryScope::all(Category::Energy)];
        assert_eq!(told((&year, None), (&both, None)), less(&["energy readings: no longer given"]));
        let mut resumed = given((&year, None), (&year, None));
        resumed.replaced = resumed.replaced.map(|replaced| Replaced { was_paused: true, ..replaced });
        assert_eq!(regrant(&resumed, En), more(&["the app may run again (the grant was paused)"]));
        let french = regrant(&given((&year, None), (&year, longer)), Fr);
        assert_eq!(french.more, ["sans date de fin (elle prenait fin le 31\u{A0}décembre 2026)"]);
    }

    #[test]
    fn counts_have_their_plural() {
        let many = |count: usize| TermsError::Excluded { category: Category::Bank, count };
        assert!(terms_error(&many(1), Fr).contains("1 ligne de la"), "{}", terms_error(&many(1), Fr));
        assert!(terms_error(&many(0), Fr).contains("0 ligne de la"));
        assert!(terms_error(&many(2), Fr).contains("2 lignes de la"));
        assert!(terms_error(&many(1), En).contains("1 row of"));
        assert!(terms_error(&many(0), En).contains("0 rows of"));
        let id = |length| TermsError::AppName { field: AppField::Id, length };
        assert!(terms_error(&id(0), Fr).contains("0 caractère\u{A0};"), "{}", terms_error(&id(0), Fr));
        assert!(terms_error(&id(1), En).contains("1 character;"));
        assert!(terms_error(&id(2), En).contains("2 characters;"));
    }

    #[test]
    fn what_is_wider_is_named_by_its_names() {
        let error = Widening {
            category: Category::Bank,
            by: vec![Wider::Period, Wider::Fields(vec!["label", "amount"])],
        };
        let said = widening(&error, Fr);
        assert!(
            said.contains(
                "(«\u{A0}opérations bancaires\u{A0}»\u{A0}: plus de jours, d’autres champs (libellé, montant))"
            ),
            "{said}"
        );
    }

    #[test]
    fn days_are_days() {
        let ends = TermsError::Ends { from: 1_795_802_356, until: 1_577_923_200 };
        assert_eq!(
            terms_error(&ends, Fr),
            "Une autorisation donnée le 27\u{A0}novembre 2026 ne peut pas prendre fin le 1er\u{A0}janvier 2020\u{A0}: \
             choisissez un jour plus tardif."
        );
        let expired = NotLive::Expired { id: GrantId::new(0), when: 86_400 };
        assert!(absence(&expired, En).starts_with("Your grant was until 1\u{A0}January 1970:"));
        let grain = TermsError::Grain { category: Category::Bank, grain: Grain::Monthly };
        assert!(
            terms_error(&grain, Fr).ends_with("Au choix\u{A0}: raw (exact), rounded (arrondi)."),
            "{}",
            terms_error(&grain, Fr)
        );
    }
}
