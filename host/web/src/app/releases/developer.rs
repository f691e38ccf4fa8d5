//! A developer at the door of the pages of apps: who they are, and which versions are theirs.

use super::report::Seen;
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::visitor::Visitor;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_model::Digest;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::identity::Role;
use mesinfos_platform::registry::{Change, Owner, State as Stage};
use mesinfos_platform::{Caller, Platform};

/// Path of the list of a developer's apps.
pub(super) const LIST: &str = "/developer/apps";

/// A developer. For anybody else, nothing is here.
pub(in crate::app) struct Developer(pub(in crate::app) Visitor);

impl FromRequestParts<Shared> for Developer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Developer, Response> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        if visitor.account.roles.contains(&Role::Developer) {
            return Ok(Developer(visitor));
        }
        Err(Failure::not_found(&visitor.shell("", None)).into_response())
    }
}

impl Developer {
    /// The developer as the registry knows them.
    pub(in crate::app) fn owner(&self) -> Owner {
        // The id of an account is hexadecimal.
        Owner::new(&format!("account:{}", self.0.account.id)).unwrap_or_else(Owner::operator)
    }

    pub(super) fn caller(&self, platform: &Platform) -> Caller {
        platform.caller(Actor::Publisher, Channel::Web, self.0.lang())
    }

    pub(super) fn component(&self, text: &str) -> Result<Digest, Failure> {
        text.parse().map_err(|_| Failure::not_found(&self.0.shell("", None)))
    }

    pub(super) async fn seen(&self, component: Digest) -> Result<Seen, Failure> {
        let (owner, lang) = (self.owner(), self.0.lang());
        self.0
            .work(move |platform| {
                let caller = platform.caller(Actor::Publisher, Channel::Web, lang);
                let (version, events, inspection) = platform.version_history(&caller, &owner, component)?;
                let is_draft = version.state == Stage::Draft;
                let needs_claim = is_draft && platform.needs_claim(&caller, &owner, component)?;
                Ok(Seen { version, events, inspection, needs_claim })
            })
            .await
    }

    /// Changes a version, and shows its page.
    pub(super) async fn change(
        &self,
        text: &str,
        change: Change,
        reason: String,
    ) -> Result<Response, Failure> {
        let (component, owner, lang) = (self.component(text)?, self.owner(), self.0.lang());
        self.0
            .work(move |platform| {
                let caller = platform.caller(Actor::Publisher, Channel::Web, lang);
                platform.change_version(&caller, &owner, component, change, &reason)
            })
            .await?;
        Ok(Redirect::to(&format!("{LIST}/{component}")).into_response())
    }
}
