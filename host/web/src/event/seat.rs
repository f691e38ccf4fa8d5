//! Who asks: a team, a juror, or nobody in particular.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::visitor::Visitor;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::hackathon::{About, Juror, Place, Team};
use mesinfos_platform::identity::Role;
use mesinfos_platform::model::view::Lang;
use mesinfos_platform::{Caller, Platform, PlatformError};

/// A caller of this door: what it does is done at the time of the request.
pub(super) fn caller(platform: &Platform, lang: Lang) -> Caller {
    platform.caller(Actor::Publisher, Channel::Web, lang).in_request(crate::telemetry::current())
}

/// What somebody is in an event.
pub(super) enum Seat {
    Team(Team),
    Juror(Juror),
    Organiser,
}

/// Somebody with a session.
pub(super) struct Seated {
    pub(super) visitor: Visitor,
    pub(super) seat: Seat,
    pub(super) about: About,
    /// Time of the request, in UTC seconds.
    pub(super) now: i64,
}

/// A member of a team. For anybody else, nothing is here.
pub(super) struct Member {
    pub(super) visitor: Visitor,
    pub(super) team: Team,
    pub(super) about: About,
    pub(super) now: i64,
}

/// A juror. For anybody else, nothing is here.
pub(super) struct OfJury {
    pub(super) visitor: Visitor,
    pub(super) juror: Juror,
    pub(super) about: About,
    pub(super) now: i64,
}

/// The organiser. For anybody else, nothing is here.
pub(super) struct Organiser {
    pub(super) visitor: Visitor,
    pub(super) about: About,
    pub(super) now: i64,
}

impl FromRequestParts<Shared> for Seated {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Seated, Response> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        let account = visitor.account.id.to_string();
        let is_operator = visitor.account.roles.contains(&Role::Operator);
        let found = visitor.work(move |platform| {
            let event = platform.event()?;
            let seat = match event.place(&account)? {
                Some(Place::Team(number)) => Some(Seat::Team(event.team(number)?)),
                Some(Place::Juror(number)) => Some(Seat::Juror(event.juror(number)?)),
                None => is_operator.then_some(Seat::Organiser),
            };
            Ok::<_, PlatformError>((seat, event.about()?, platform.clock().now()))
        });
        let (seat, about, now) = found.await.map_err(IntoResponse::into_response)?;
        match seat {
            Some(seat) => Ok(Seated { visitor, seat, about, now }),
            None => Err(nothing(&visitor)),
        }
    }
}

fn nothing(visitor: &Visitor) -> Response {
    Failure::not_found(&visitor.shell("", None)).into_response()
}

impl FromRequestParts<Shared> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Member, Response> {
        let Seated { visitor, seat, about, now } = Seated::from_request_parts(parts, shared).await?;
        match seat {
            Seat::Team(team) => Ok(Member { visitor, team, about, now }),
            Seat::Juror(_) | Seat::Organiser => Err(nothing(&visitor)),
        }
    }
}

impl FromRequestParts<Shared> for OfJury {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<OfJury, Response> {
        let Seated { visitor, seat, about, now } = Seated::from_request_parts(parts, shared).await?;
        match seat {
            Seat::Juror(juror) => Ok(OfJury { visitor, juror, about, now }),
            Seat::Team(_) | Seat::Organiser => Err(nothing(&visitor)),
        }
    }
}

impl FromRequestParts<Shared> for Organiser {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Organiser, Response> {
        let Seated { visitor, seat, about, now } = Seated::from_request_parts(parts, shared).await?;
        match seat {
            Seat::Organiser => Ok(Organiser { visitor, about, now }),
            Seat::Team(_) | Seat::Juror(_) => Err(nothing(&visitor)),
        }
    }
}
