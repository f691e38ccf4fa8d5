//! API of the registry: drafts of developers, reviews of operators.
//!
//! A token of a developer reaches these routes only. What is not theirs is the same 404 as what does not exist.

use crate::Shared;
use crate::auth::Developer;
use crate::errors::{ApiError, blocking};
use crate::extract::{Path, Sent};
use crate::telemetry::current;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use mesinfos_model::Digest;
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::registry::{Change, IdClaim, Owner, Proof, Version};
use mesinfos_platform::{Caller, Platform, PlatformError};
use mesinfos_wire::{DeletedDraft, NewState, Release, ReleaseEvent, ReleaseHistory, Releases, each};

type Answer<T> = Result<Json<T>, ApiError>;

/// Number of versions of each app in a list.
const LISTED: usize = 20;

/// Who asks: the developer of a token, or an operator, who is also a developer.
#[derive(Clone)]
struct Asking {
    developer: Option<Owner>,
}

impl Asking {
    fn of(developer: Option<Extension<Developer>>) -> Asking {
        Asking { developer: developer.map(|Extension(Developer(owner))| owner) }
    }

    fn is_operator(&self) -> bool {
        self.developer.is_none()
    }

    fn owner(&self) -> Owner {
        self.developer.clone().unwrap_or_else(Owner::operator)
    }

    fn as_developer(&self, platform: &Platform) -> Caller {
        platform.caller(Actor::Publisher, Channel::Api, Lang::Fr).in_request(current())
    }

    /// As an operator, if they are one.
    fn as_operator(&self, platform: &Platform) -> Result<Caller, PlatformError> {
        if self.is_operator() {
            return Ok(platform.caller(Actor::Operator, Channel::Api, Lang::Fr).in_request(current()));
        }
        Err(PlatformError::no_such_version())
    }

    /// A version that they may see: their own draft first.
    fn version(&self, platform: &Platform, component: Digest) -> Result<Caller, PlatformError> {
        let developer = self.as_developer(platform);
        match platform.version(&developer, &self.owner(), component) {
            Ok(_) => Ok(developer),
            Err(_) => self.as_operator(platform),
        }
    }
}

/// What a text says about the key of an id that is claimed. A claim is for the host name by which this server was reached.
///
/// # Errors
/// If the text is no claim.
pub(crate) fn proof(claim: &str, headers: &HeaderMap) -> Result<Proof, ()> {
    if claim.trim().is_empty() {
        return Ok(Proof::Missing);
    }
    IdClaim::read(claim, crate::hosts::reached(headers)).map(Proof::Claim).map_err(|_| ())
}

/// The component named in a path; a text that is none names nothing.
fn component(text: &str) -> Result<Digest, PlatformError> {
    text.parse().map_err(|_| PlatformError::no_such_version())
}

#[utoipa::path(get, path = "/releases",
    responses((status = 200, description = "Versions of the caller, and for an operator those that wait for a review",
               body = Releases)))]
pub(crate) async fn releases(
    State(shared): State<Shared>,
    developer: Option<Extension<Developer>>,
) -> Answer<Releases> {
    let asking = Asking::of(developer);
    let found = blocking(shared.platform, move |platform| {
        let (caller, owner) = (asking.as_developer(platform), asking.owner());
        let (mut own, apps) = platform.own_apps(&caller, &owner)?;
        for app in apps {
            own.extend(platform.versions(&caller, &owner, &app.id, None, LISTED).unwrap_or_default());
        }
        let waiting = match asking.as_operator(platform) {
            Ok(operator) => platform.waiting_versions(&operator)?,
            Err(_) => Vec::new(),
        };
        Ok(Releases { owner: owner.as_str().to_owned(), own: each(&own), waiting: each(&waiting) })
    });
    found.await.map(Json)
}

#[utoipa::path(post, path = "/releases",
    request_body(content_type = "application/wasm", description = "The component"),
    responses((status = 200, description = "Kept as a draft, which runs for nobody", body = Release),
              (status = 409, description = "It is registered already, or there are too many drafts"),
              (status = 422, description = "Refused, with all reasons; or its signature is not good")))]
pub(crate) async fn upload(
    State(shared): State<Shared>,
    developer: Option<Extension<Developer>>,
    body: Bytes,
) -> Answer<Release> {
    let asking = Asking::of(developer);
    let draft = blocking(shared.platform, move |platform| {
        let caller = asking.as_developer(platform);
        Ok(Release::from(&platform.upload_draft(&caller, &asking.owner(), &body)?.0))
    });
    draft.await.map(Json)
}

#[utoipa::path(get, path = "/releases/{component}", params(("component" = Digest, Path)),
    responses((status = 200, description = "The version, and what happened to it", body = ReleaseHistory),
              (status = 404, description = "No such version, or not the caller's")))]
pub(crate) async fn release(
    State(shared): State<Shared>,
    developer: Option<Extension<Developer>>,
    Path(text): Path<String>,
) -> Answer<ReleaseHistory> {
    let asking = Asking::of(developer);
    let found = blocking(shared.platform, move |platform| {
        let component = component(&text)?;
        let caller = asking.version(platform, component)?;
        let (version, events, _) = platform.version_history(&caller, &asking.owner(), component)?;
        Ok(ReleaseHistory { release: (&version).into(), events: each::<_, ReleaseEvent>(&events) })
    });
    found.await.map(Json)
}

#[utoipa::path(post, path = "/releases/{component}", params(("component" = Digest, Path)),
    request_body = NewState,
    responses((status = 200, description = "The version as it is now", body = Release),
              (status = 404, description = "No such version, or not the caller's, or not a change for their role"),
              (status = 409, description = "Not possible in its state; or the id or the number is taken"),
              (status = 415, description = "The content type of the body is not JSON"),
              (status = 422, description = "Not a change; not signed; a reason is missing; or it fails for a sample \
                  person")))]
pub(crate) async fn change(
    State(shared): State<Shared>,
    developer: Option<Extension<Developer>>,
    Path(text): Path<String>,
    headers: HeaderMap,
    Sent(new): Sent<NewState>,
) -> Answer<Release> {
    let asking = Asking::of(developer);
    let proof = proof(&new.claim, &headers).map_err(|()| {
        ApiError::bad(
            "claim: this is not a line that `mesinfos keys claim` gives; nothing was done".to_owned(),
        )
    })?;
    let Some(change) = new.change() else {
        return Err(ApiError::bad(format!("change: \"{}\" is no change; nothing was done", new.change)));
    };
    let lives = std::sync::Arc::clone(&shared.lives);
    let changed = blocking(shared.platform, move |platform| {
        let (component, owner) = (component(&text)?, asking.owner());
        let version: Version = match change {
            Change::Submitted => {
                let caller = asking.as_developer(platform);
                crate::lives::submit(platform, &*lives, &caller, (&owner, &proof), component)?
            }
            Change::TakenBack => platform.change_version(
                &asking.as_developer(platform),
                &owner,
                component,
                change,
                &new.reason,
            )?,
            // Its author withdraws it, or an operator.
            Change::Yanked => {
                let caller = asking.version(platform, component)?;
                platform.change_version(&caller, &owner, component, change, &new.reason)?
            }
            change => {
                let caller = asking.as_operator(platform)?;
                platform.change_version(&caller, &owner, component, change, &new.reason)?
            }
        };
        Ok(Release::from(&version))
    });
    changed.await.map(Json)
}

#[utoipa::path(delete, path = "/releases/{component}", params(("component" = Digest, Path)),
    responses((status = 200, description = "The draft is deleted", body = DeletedDraft),
              (status = 404, description = "No such draft of the caller")))]
pub(crate) async fn delete(
    State(shared): State<Shared>,
    developer: Option<Extension<Developer>>,
    Path(text): Path<String>,
) -> Answer<DeletedDraft> {
    let asking = Asking::of(developer);
    let deleted = blocking(shared.platform, move |platform| {
        let deleted = component(&text)?;
        platform.delete_draft(&asking.as_developer(platform), &asking.owner(), deleted)?;
        Ok(DeletedDraft { deleted })
    });
    deleted.await.map(Json)
}
