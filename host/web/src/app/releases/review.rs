//! The operator's review: versions that wait, what changes with each, and what runs.

use super::difference::{difference, said_whole};
use super::report::{Seen, report, tried as trial, versions};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, empty, icon, section};
use crate::app::roles::Operator;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::Digest;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::registry::{self, Change, Owner};
use mesinfos_platform::runtime::Inspection;
use mesinfos_words::page::Releases as Words;

/// Path of the list.
const LIST: &str = "/operator/apps";

/// What an operator may do with a version, in the order of the page.
const CHANGES: [Change; 5] =
    [Change::Published, Change::Returned, Change::Suspended, Change::Resumed, Change::Yanked];

/// A page that takes forms only leads to the page of the version.
pub(super) async fn back(operator: Operator, Path(text): Path<String>) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&format!("{LIST}/{}", known(&operator, &text).await?)))
}

/// The component of a registered version.
async fn known(Operator(visitor): &Operator, text: &str) -> Result<Digest, Failure> {
    let lang = visitor.lang();
    let component: Digest = text.parse().map_err(|_| Failure::not_found(&visitor.shell("", None)))?;
    let version = visitor.work(move |platform| {
        let caller = platform.caller(Actor::Operator, Channel::Web, lang);
        platform.version(&caller, &Owner::operator(), component)
    });
    Ok(version.await?.release.component)
}

/// Versions that wait, and installed ones.
pub(super) async fn list(Operator(visitor): Operator) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let (waiting, installed) = visitor
        .work(move |platform| {
            let caller = platform.caller(Actor::Operator, Channel::Web, lang);
            let mut installed = Vec::new();
            for app in platform.apps()? {
                // An app that was installed before there was a registry is in no list.
                installed.extend(platform.version(&caller, &Owner::operator(), app.component).ok());
            }
            Ok((platform.waiting_versions(&caller)?, installed))
        })
        .await?;
    let title = Words::ReviewTitle.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::ReviewLead.to(lang)) } }
        (section("waiting", &Words::Waiting.to(lang), html! {
            @if waiting.is_empty() {
                (empty(&Words::NothingWaits.to(lang), &Words::NothingWaitsWhy.to(lang), html! {}))
            } @else { (versions(&waiting, LIST, lang)) }
        }))
        @if !installed.is_empty() {
            (section("installed", &Words::Installed.to(lang), versions(&installed, LIST, lang)))
        }
    };
    Ok(visitor.shell(&title, None).around(body).into_response())
}

/// Versions of an app among which the last one that was offered is looked for.
const LOOKED: usize = 100;

/// What the page of a version shows, and the last other version of its app that people were offered.
type Looked = (Seen, Option<(String, Inspection)>);

async fn look(operator: &Operator, text: &str) -> Result<Looked, Failure> {
    let Operator(visitor) = operator;
    let lang = visitor.lang();
    let component: Digest = text.parse().map_err(|_| Failure::not_found(&visitor.shell("", None)))?;
    visitor
        .work(move |platform| {
            let caller = platform.caller(Actor::Operator, Channel::Web, lang);
            let (version, events, inspection) =
                platform.version_history(&caller, &Owner::operator(), component)?;
            // The last one that people were offered, installed or not.
            let all = platform.versions(&caller, &Owner::operator(), &version.release.app, None, LOOKED)?;
            let mut offered = all.iter().filter(|other| {
                let was_offered = other.state == registry::State::Published || other.state.is_blocked();
                was_offered && other.release.component != component
            });
            let before = offered.find_map(|other| {
                let (.., said) =
                    platform.version_history(&caller, &Owner::operator(), other.release.component).ok()?;
                Some((other.release.version.clone(), said))
            });
            Ok((Seen { version, events, inspection, needs_claim: false }, before))
        })
        .await
}

/// The page of a version.
pub(super) async fn page(operator: Operator, Path(text): Path<String>) -> Result<Response, Failure> {
    let looked = look(&operator, &text).await?;
    Ok(shown(&operator, &looked, &html! {}))
}

fn shown(Operator(visitor): &Operator, (seen, before): &Looked, tried: &Markup) -> Response {
    let lang = visitor.lang();
    let component = seen.version.release.component;
    let is_there = |change: &&Change| change.after(seen.version.state).is_some();
    let changes = html! {
        @match before {
            Some((version, before)) => {
                (section("difference", &Words::Changes { version }.to(lang), difference(before, &seen.inspection, lang)))
            }
            None => (section("difference", &Words::Says.to(lang), said_whole(&seen.inspection, lang))),
        }
        (tried)
    };
    let to_do = html! {
        div.flow {
            form.row method="post" action=(format!("{LIST}/{component}/try")) {
                button.btn type="submit" { (icon(Icon::FlaskConical)) (Words::Try.to(lang)) }
            }
            @for change in CHANGES.iter().filter(is_there) {
                form.flow-s method="post" action=(format!("{LIST}/{component}")) {
                    input type="hidden" name="change" value=(change.id());
                    @if change.needs_reason() {
                        label.field {
                            @match change {
                                Change::Returned => (Words::ReturnReason.to(lang)),
                                Change::Suspended => (Words::SuspendReason.to(lang)),
                                _ => (Words::WithdrawReason.to(lang)),
                            }
                            input name="reason" maxlength="500" required;
                        }
                    }
                    @match change {
                        Change::Published => button.btn.pri type="submit" { (icon(Icon::Check)) (Words::Publish.to(lang)) },
                        Change::Returned => button.btn type="submit" { (icon(Icon::Undo2)) (Words::Return.to(lang)) },
                        Change::Suspended => button.btn.danger type="submit" { (icon(Icon::Pause)) (Words::Suspend.to(lang)) },
                        Change::Resumed => button.btn type="submit" { (icon(Icon::Play)) (Words::Resume.to(lang)) },
                        _ => button.btn.danger type="submit" { (icon(Icon::Ban)) (Words::Withdraw.to(lang)) },
                    }
                }
            }
        }
    };
    let title = seen.title(lang);
    let body = report(seen, (LIST, &Words::ReviewTitle.to(lang)), &changes, &to_do, lang);
    visitor.shell(&title, None).around(body).into_response()
}

/// Changes the state of a version.
pub(super) async fn change(
    operator: Operator,
    Path(text): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let component = known(&operator, &text).await?;
    let Operator(visitor) = &operator;
    let lang = visitor.lang();
    let change = CHANGES.into_iter().find(|change| change.id() == fields.get("change"));
    let change = change.ok_or_else(|| Failure::not_understood(&visitor.shell("", None)))?;
    visitor.fresh(&format!("{LIST}/{component}"))?;
    let reason = fields.get("reason").to_owned();
    visitor
        .work(move |platform| {
            let caller = platform.caller(Actor::Operator, Channel::Web, lang);
            platform.change_version(&caller, &Owner::operator(), component, change, &reason)
        })
        .await?;
    let after = if change == Change::Returned { LIST.to_owned() } else { format!("{LIST}/{component}") };
    Ok(Redirect::to(&after).into_response())
}

/// Runs a version on every sample life, beside the installed one.
pub(super) async fn tried(
    State(shared): State<Shared>,
    operator: Operator,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let looked = look(&operator, &text).await?;
    let Operator(visitor) = &operator;
    let (lang, lives) = (visitor.lang(), shared.lives);
    let component = looked.0.version.release.component;
    let before = looked.1.as_ref().map(|(_, inspection)| inspection.component);
    let (now, before, fairness) = visitor
        .work(move |platform| {
            let caller = platform.caller(Actor::Operator, Channel::Web, lang);
            let bytes = platform.version_program(&caller, &Owner::operator(), component)?;
            let Some(samples) = lives.samples()? else { return Ok((None, None, None)) };
            let now = samples.matrix(&Owner::operator(), &bytes)?;
            let before = match before {
                Some(before) => {
                    let program = platform.version_program(&caller, &Owner::operator(), before)?;
                    Some(samples.matrix(&Owner::operator(), &program)?)
                }
                None => None,
            };
            let people = lives.population()?;
            let fairness = people.map(|people| people.fairness(&Owner::operator(), &bytes)).transpose()?;
            Ok((Some(now), before, fairness))
        })
        .await?;
    let tried = html! {
        (trial(now.as_ref(), before.as_ref(), lang))
        (super::report::profits(fairness.as_ref(), lang))
    };
    Ok(shown(&operator, &looked, &tried))
}
