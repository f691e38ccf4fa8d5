//! What the author asks to see, and the runs that answer it.

use super::{Bench, DraftApp};
use crate::app::form::Fields;
use crate::view::chosen;
use mesinfos_model::view::{Lang, Param};
use mesinfos_model::{Category, Digest};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::runtime::{Inspection, Outcome};
use mesinfos_platform::{Caller, PlatformError, TRIAL_RUNS, TrialChoices, TrialRun, all_but};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Id of the sample person; empty for the first one.
    pub(super) life: String,
    /// What is refused: "bank", or "bank.label".
    pub(super) without: Vec<String>,
    /// Page of the view.
    pub(super) page: String,
    /// Fields of the form of settings, as typed.
    pub(super) answers: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn read(query: &str) -> Asked {
        let fields = Fields::read(query.as_bytes()).unwrap_or_default();
        Asked {
            life: fields.get("life").to_owned(),
            without: fields.all("without").filter(|what| !what.is_empty()).map(str::to_owned).collect(),
            page: fields.get("page").to_owned(),
            answers: answers(&fields),
        }
    }

    /// The same with the settings of a form.
    pub(super) fn with_answers(self, form: &Fields) -> Asked {
        Asked { answers: answers(form), ..self }
    }

    /// The address that asks for it.
    pub(super) fn address(&self) -> String {
        let plain = [("life", self.life.as_str()), ("page", self.page.as_str())];
        let plain = plain.into_iter().filter(|(_, value)| !value.is_empty());
        let without = self.without.iter().map(|what| ("without", what.as_str()));
        let answers = self.answers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<String> = plain
            .chain(without)
            .chain(answers)
            .map(|(name, value)| {
                let [name, value] = [name, value].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC));
                format!("{name}={value}")
            })
            .collect();
        if pairs.is_empty() { "/".to_owned() } else { format!("/?{}", pairs.join("&")) }
    }
}

/// Answers to parameters are the fields with the prefix of the form of settings.
fn answers(fields: &Fields) -> Vec<(String, String)> {
    let of_settings = fields.pairs().filter(|(name, _)| name.starts_with("p."));
    of_settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What is tried beside the view that the author looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Check {
    /// One category is refused.
    Category(Category),
    /// One field is refused.
    Field(Category, &'static str),
    /// The person has no data at all.
    Nobody,
    /// The other language.
    Language(Lang),
}

/// How a run of a check ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ended {
    /// With a view.
    Shown,
    /// The app said what is missing, or was not started.
    Told(Outcome),
    /// The app failed.
    Failed(Outcome),
}

impl Ended {
    fn of(run: &TrialRun) -> Ended {
        match &run.outcome {
            Outcome::Completed => Ended::Shown,
            Outcome::NeedsData(_) | Outcome::Declined(_) | Outcome::NotGranted(_) => {
                Ended::Told(run.outcome.clone())
            }
            failed => Ended::Failed(failed.clone()),
        }
    }
}

/// Results of the checks of one draft, for one person in one language.
pub(super) type Checks = Arc<Vec<(Check, Ended)>>;

/// The last results of checks: a draft is looked at several times.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<BTreeMap<(Digest, String, &'static str), Checks>>);

/// Results that are kept: those of all sample people in both languages.
const KEPT: usize = 64;

/// An app of the workbench, with all that the page needs to know about it.
pub(super) struct Subject<'a> {
    pub(super) bench: &'a Bench,
    pub(super) app: &'a DraftApp,
    pub(super) inspection: &'a Inspection,
    pub(super) lang: Lang,
}

impl Subject<'_> {
    fn caller(&self, person: &str, lang: Lang) -> Result<Caller, PlatformError> {
        Ok(self.bench.platform.caller(Actor::Person, Channel::Cli, lang).about(person.parse()?))
    }

    /// The parameters that the app declares.
    pub(super) fn parameters(&self, person: &str) -> Result<Vec<Param>, PlatformError> {
        self.bench.platform.parameters(&self.caller(person, self.lang)?, &self.app.id)
    }

    /// Runs the app as asked.
    pub(super) fn run(
        &self,
        person: &str,
        asked: &Asked,
        params: &[Param],
    ) -> Result<TrialRun, PlatformError> {
        // An answer that does not fit any more, since the app changed, is left out.
        let answers = chosen(params, &asked.answers, self.lang).unwrap_or_default();
        let caller = self.caller(person, self.lang)?;
        let choices = [all_but(self.inspection, &asked.without)];
        let (app, component) = (&self.app.id, self.app.component);
        let mut runs = self.bench.platform.try_app(&caller, app, component, &choices, &answers)?;
        // One set of choices gives one run.
        runs.pop().ok_or(PlatformError::Busy)
    }

    /// What happens when something is refused, when there is no data, and in the other language.
    pub(super) fn checks(&self, person: &str, nobody: Option<&str>) -> Result<Checks, PlatformError> {
        let key = (self.app.component, person.to_owned(), self.lang.code());
        let kept = &self.bench.tries.0;
        if let Some(known) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(known));
        }
        let checks: Checks = Arc::new(self.made(person, nobody)?);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&checks));
        Ok(checks)
    }

    fn made(&self, person: &str, nobody: Option<&str>) -> Result<Vec<(Check, Ended)>, PlatformError> {
        let mut all = Vec::new();
        for (category, fields) in &self.inspection.request.categories {
            all.push((Check::Category(*category), vec![category.id().to_owned()]));
            for field in fields.names(*category) {
                all.push((Check::Field(*category, field), vec![format!("{}.{field}", category.id())]));
            }
        }
        let mut ended = Vec::new();
        for some in all.chunks(TRIAL_RUNS) {
            let variants: Vec<TrialChoices> =
                some.iter().map(|(_, without)| all_but(self.inspection, without)).collect();
            let runs = self.tried(person, self.lang, &variants)?;
            ended.extend(some.iter().zip(&runs).map(|((check, _), run)| (check.clone(), Ended::of(run))));
        }
        let everything = [all_but(self.inspection, &[])];
        let other = self.lang.other();
        let nobody = nobody.map(|nobody| (Check::Nobody, nobody, self.lang));
        for (check, person, lang) in nobody.into_iter().chain([(Check::Language(other), person, other)]) {
            for run in self.tried(person, lang, &everything)? {
                ended.push((check.clone(), Ended::of(&run)));
            }
        }
        Ok(ended)
    }

    fn tried(
        &self,
        person: &str,
        lang: Lang,
        variants: &[TrialChoices],
    ) -> Result<Vec<TrialRun>, PlatformError> {
        let caller = self.caller(person, lang)?;
        self.bench.platform.try_app(&caller, &self.app.id, self.app.component, variants, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_what_it_was_made_of() {
        let asked = Asked {
            life: "cycliste".to_owned(),
            without: vec!["bank.label".to_owned(), "energy".to_owned()],
            page: "2".to_owned(),
            answers: vec![("p.home".to_owned(), "1,50 & é".to_owned())],
        };
        let address = asked.address();
        assert_eq!(Asked::read(address.trim_start_matches("/?")), asked);
        assert_eq!(Asked::read("").address(), "/");
        assert_eq!(Asked::read("life=&evil=1&without=").address(), "/", "nothing else is repeated");
    }
}
