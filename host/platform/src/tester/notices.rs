//! Refusals, answers put off, and showing a notice again.

use super::consents::wish;
use super::shown::{Shown, purpose};
use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::{Draft, GrantId, GrantState, Item, Mode, Notice, Notices};
use mesinfos_model::{CategoryScope, FieldSet, Necessity};
use mesinfos_runtime::{Inspection, Manifest};

/// The open items of a question: what the app asks of each category.
fn asked(manifest: &Manifest, inspection: &Inspection, caller: &Caller) -> Vec<Item> {
    let categories = inspection.request.categories.iter();
    categories
        .map(|(&category, &fields)| {
            let read = manifest.read(category);
            let fields: FieldSet = fields.without(fields.named(category));
            let scope = CategoryScope { fields, ..wish(read, category, caller.today) };
            Item::open(read.map_or(Necessity::Required, |read| read.need), scope)
        })
        .collect()
}

impl Platform {
    fn notices<'a>(&self, person: &'a Person) -> Notices<'a> {
        Notices::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    /// Records that the person refused what an app asks for. The app does not learn of it, and a grant in force stays.
    /// A refusal that stands already is not recorded again. Whether it was recorded.
    ///
    /// # Errors
    /// As [`Platform::grant_shown`] for `shown`.
    pub fn refuse(&self, caller: &Caller, app: &str, shown: &Shown) -> Result<bool> {
        self.answer_without(caller, app, shown, GrantState::Refused)
    }

    /// Records that the person will decide later about what an app asks for. Nothing is given and nothing refused; a
    /// grant in force stays. A question that was put off already is not recorded again. Whether it was recorded.
    ///
    /// # Errors
    /// As [`Platform::grant_shown`] for `shown`.
    pub fn defer(&self, caller: &Caller, app: &str, shown: &Shown) -> Result<bool> {
        self.answer_without(caller, app, shown, GrantState::Deferred)
    }

    /// Records a question with an answer that gives nothing.
    fn answer_without(&self, caller: &Caller, app: &str, shown: &Shown, answer: GrantState) -> Result<bool> {
        let (record, manifest, inspection) = self.describe(app)?;
        let notice = shown.check(&record)?;
        let draft = Draft {
            app: record.named(),
            mode: Mode::Read,
            purpose: purpose(&manifest, caller)?,
            items: asked(&manifest, &inspection, caller),
            until: None,
            language: caller.lang,
            notice: notice.cloned(),
            act: caller.act(),
        };
        self.write_of(caller, |person| {
            let at = self.clock.now();
            self.act(person, caller.act(), at, |commit| {
                let grants = self.grants(person);
                let question = grants.question_for(&record.id)?;
                let stands = question.is_some_and(|question| {
                    question.app().component == record.component && question.state_at(at) == answer
                });
                if stands {
                    return Ok((false, Vec::new()));
                }
                match answer {
                    GrantState::Deferred => grants.defer(&draft, at, commit)?,
                    _ => grants.refuse(&draft, at, commit)?,
                };
                Ok((true, Vec::new()))
            })
        })
    }

    /// The notice that was shown before an answer; `None` if none of ours was.
    ///
    /// # Errors
    /// [`mesinfos_consent::ConsentError::NoSuchGrant`], or `Unreadable` if the notice was changed.
    pub fn notice_of(&self, caller: &Caller, id: GrantId) -> Result<Option<Notice>> {
        self.read_of(caller, |person| {
            let grant = self.grants(person).get(id)?;
            let Some(digest) = grant.terms.notice else { return Ok(None) };
            Ok(self.notices(person).get(digest)?)
        })
    }
}
