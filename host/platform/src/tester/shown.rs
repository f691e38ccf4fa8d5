//! What a person was shown before they answered, and its check against what is asked now.

use crate::{Caller, GrantError, InstalledApp, PlatformError, Result};
use mesinfos_consent::{Notice, Purpose};
use mesinfos_model::Digest;
use mesinfos_model::visible::clean;
use mesinfos_runtime::Manifest;

/// What a person was shown before an answer.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// SHA-256 of the component, in hexadecimal, as the answer names it.
    component: Option<String>,
    /// The notice as it is now.
    notice: Option<Notice>,
    /// Digest of the notice that was shown, as the answer names it.
    digest: Option<String>,
}

impl Shown {
    /// A component alone, by a program that shows no notice of ours.
    pub fn component(component: Option<&str>) -> Shown {
        Shown { component: component.map(str::to_owned), ..Shown::default() }
    }

    /// A component and a notice. `now` is the notice as the door would show it now, `digest` is that of the one it
    /// showed.
    pub fn notice(component: &str, now: Notice, digest: &str) -> Shown {
        Shown { component: Some(component.to_owned()), notice: Some(now), digest: Some(digest.to_owned()) }
    }

    /// Checks that this is what is installed and said now. Returns the notice to bind the answer to.
    ///
    /// # Errors
    /// [`PlatformError::OtherComponent`], [`PlatformError::OtherNotice`].
    pub(super) fn check(&self, record: &InstalledApp) -> Result<Option<&Notice>> {
        let is = |found: &Option<String>, digest: Digest| {
            found.as_ref().is_some_and(|found| found.eq_ignore_ascii_case(&digest.to_string()))
        };
        if !is(&self.component, record.component) {
            let shown = self.component.as_ref().map(|shown| clean(shown).chars().take(64).collect());
            let app = record.id.clone();
            return Err(PlatformError::OtherComponent { app, installed: record.component, shown });
        }
        match &self.notice {
            Some(now) if !is(&self.digest, now.digest()) => {
                Err(PlatformError::OtherNotice { app: record.id.clone() })
            }
            notice => Ok(notice.as_ref()),
        }
    }
}

/// Purpose of an app, in its own words.
pub(super) fn purpose(manifest: &Manifest, caller: &Caller) -> Result<Purpose> {
    Ok(Purpose {
        iri: manifest.purpose().ok_or(GrantError::UnknownPurpose)?,
        sentence: manifest.app.summary.get(caller.lang).into(),
    })
}
