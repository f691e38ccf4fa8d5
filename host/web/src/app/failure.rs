//! Pages for what went wrong: what happened, what was not lost, what to do.

use crate::app::parts::{Shell, Who, note};
use crate::errors::{ApiError, sentence};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use mesinfos_platform::PlatformError;
use mesinfos_platform::identity::IdentityError;
use mesinfos_words::page::Failures as Words;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A response that ends a handler.
pub(crate) struct Failure(Box<Response>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Response> for Failure {
    fn from(response: Response) -> Failure {
        Failure(Box::new(response))
    }
}

impl Failure {
    /// Page for an error of a use case.
    pub(crate) fn of(error: &PlatformError, shell: &Shell<'_>) -> Failure {
        if matches!(error, PlatformError::Identity(IdentityError::SessionOver)) {
            return Failure::signed_out(shell, "");
        }
        let api = ApiError::from(error);
        if api.status() == StatusCode::NOT_FOUND {
            return Failure::not_found(shell);
        }
        let lang = shell.preferences.lang;
        Failure::told(&api, &Words::NotDone.to(lang), &sentence(error, lang), shell)
    }

    /// Page for work that broke off.
    pub(crate) fn broken(error: &ApiError, shell: &Shell<'_>) -> Failure {
        let lang = shell.preferences.lang;
        Failure::told(error, &Words::NotDone.to(lang), &Words::Broken.to(lang), shell)
    }

    /// The page of everything that is not there for this visitor: it does not exist, or it is somebody else's,
    /// or it belongs to another role. It does not say which.
    pub(crate) fn not_found(shell: &Shell<'_>) -> Failure {
        let (error, lang) = (ApiError::no_such_path(), shell.preferences.lang);
        Failure::told(&error, &Words::NothingHere.to(lang), &Words::NothingHereWhy.to(lang), shell)
    }

    /// Page for an act without a session. `typed` are the texts of its form, given back to copy: nothing of them is kept, so
    /// that they come to nobody else's vault.
    pub(crate) fn signed_out(shell: &Shell<'_>, typed: &str) -> Failure {
        let lang = shell.preferences.lang;
        let why = if typed.is_empty() { Words::SignedOutWhy } else { Words::SignedOutTyped };
        let (title, words) = (Words::SignedOut.to(lang), why.to(lang));
        let next = utf8_percent_encode(shell.path, NON_ALPHANUMERIC);
        let outside = Shell { title: &title, who: Who::Nobody, at: None, ..*shell };
        let body = html! {
            header.head { h1 { (title) } p.lead { (words) } }
            @if !typed.is_empty() {
                label.field {
                    (Words::Typed.to(lang))
                    textarea rows="5" readonly { "\n" (typed) }
                }
            }
            p.row {
                @if shell.path.is_empty() { a.btn.pri href="/sign-in" { (Words::SignIn.to(lang)) } }
                @else { a.btn.pri href=(format!("/sign-in?next={next}")) { (Words::SignIn.to(lang)) } }
            }
        };
        Failure::from((StatusCode::UNAUTHORIZED, outside.around(body)).into_response())
    }

    /// Page for a body that did not arrive, with the status of the error.
    pub(crate) fn unread(error: &ApiError, shell: &Shell<'_>) -> Failure {
        let lang = shell.preferences.lang;
        Failure::told(error, &Words::NotDone.to(lang), &Words::NotUnderstood.to(lang), shell)
    }

    /// Page for a form that cannot be read.
    pub(crate) fn not_understood(shell: &Shell<'_>) -> Failure {
        let error = ApiError::bad("the form is not as expected".to_owned());
        let lang = shell.preferences.lang;
        Failure::told(&error, &Words::NotDone.to(lang), &Words::NotUnderstood.to(lang), shell)
    }

    /// Page for a server with too much to do.
    pub(crate) fn busy(shell: &Shell<'_>) -> Failure {
        let lang = shell.preferences.lang;
        Failure::told(&ApiError::busy("busy"), &Words::NotDone.to(lang), &Words::Busy.to(lang), shell)
    }

    /// Page for an address that tried too often.
    pub(crate) fn too_often(seconds: u64, shell: &Shell<'_>) -> Failure {
        let (title, words) = (
            Words::NotDone.to(shell.preferences.lang),
            Words::TooOften { seconds }.to(shell.preferences.lang),
        );
        let error = ApiError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-often",
            "too many attempts came from this address".to_owned(),
        );
        Failure::told(&error, &title, &words, shell)
    }

    /// Page with this title and these words.
    pub(crate) fn told(error: &ApiError, title: &str, words: &str, shell: &Shell<'_>) -> Failure {
        let lang = shell.preferences.lang;
        let page = Shell { title, at: None, ..*shell }.around(html! {
            header.head { h1 { (title) } }
            div.flow-l {
                (note("", words, true))
                p.row { a.btn href="/" { (Words::Home.to(lang)) } }
            }
        });
        Failure::from(error.around(page))
    }
}
