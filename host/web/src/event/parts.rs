//! Parts of several pages of an event.

use crate::app::failure::Failure;
use crate::app::parts::{Icon, Shell, badge, list_table};
use crate::errors::tried;
use axum::http::{HeaderMap, header};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::hackathon::{About, Criterion, Rank};
use mesinfos_platform::registry::State;
use mesinfos_platform::{Entry, Platform, PlatformError};
use mesinfos_words::event::Event as Words;
use mesinfos_words::number;
use std::sync::Arc;

/// Runs work for somebody without a session on a blocking thread; its error becomes a page.
pub(super) async fn looked<T: Send + 'static>(
    platform: &Arc<Platform>,
    shell: &Shell<'_>,
    work: impl FnOnce(&Platform) -> Result<T, PlatformError> + Send + 'static,
) -> Result<T, Failure> {
    let platform = Arc::clone(platform);
    match tried(move || work(&platform)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Failure::of(&error, shell)),
        Err(error) => Err(Failure::broken(&error, shell)),
    }
}

/// Time that is left, in words: whole minutes, and seconds in the last one. Rounded up, so that what is said is there.
pub(super) fn left(seconds: i64, lang: Lang) -> String {
    let rounded = if seconds > 60 { (seconds + 59) / 60 * 60 } else { seconds.max(0) };
    number::duration(rounded, lang)
}

/// What goes on, in one sentence.
pub(super) fn stage(about: &About, now: i64, lang: Lang) -> String {
    match about.ends_at() {
        _ if about.revealed_at.is_some() => Words::StageRevealed.to(lang),
        _ if about.vote_closed_at.is_some() => Words::StageVoteClosed.to(lang),
        Some(ends) if now < ends => {
            let (left, at) = (&left(ends - now, lang), &mesinfos_words::instant(ends, lang));
            Words::StageLeft { left, at }.to(lang)
        }
        Some(_) => Words::StageVote.to(lang),
        None => Words::StageOpen.to(lang),
    }
}

/// The state of what a team hands in, as an icon and words.
pub(super) fn state(entry: &Entry, lang: Lang) -> Markup {
    match &entry.version {
        Some(version) if version.state == State::Published => {
            badge(Icon::CircleCheck, &Words::Published.to(lang), "")
        }
        Some(_) => badge(Icon::CircleCheck, &Words::HandedIn.to(lang), ""),
        None if entry.drafts > 0 => badge(Icon::Pencil, &Words::Draft.to(lang), "plain"),
        None => badge(Icon::CircleDashed, &Words::Nothing.to(lang), "plain"),
    }
}

/// Name of a criterion.
pub(super) fn criterion(criterion: Criterion, lang: Lang) -> String {
    match criterion {
        Criterion::Usefulness => Words::Usefulness,
        Criterion::Minimisation => Words::Minimisation,
        Criterion::Clarity => Words::Clarity,
    }
    .to(lang)
}

/// What a criterion asks.
pub(super) fn question(criterion: Criterion, lang: Lang) -> String {
    match criterion {
        Criterion::Usefulness => Words::UsefulnessWhy,
        Criterion::Minimisation => Words::MinimisationWhy,
        Criterion::Clarity => Words::ClarityWhy,
    }
    .to(lang)
}

/// A mean in hundredths: "4,33".
#[allow(clippy::cast_precision_loss, reason = "a mark has three digits")]
pub(super) fn mean(hundredths: Option<u64>, lang: Lang) -> String {
    hundredths.map_or_else(
        || mesinfos_words::MISSING.to_owned(),
        |mean| number::decimal(mean as f64 / 100.0, 2, lang),
    )
}

/// A rank, or the sign of what is missing.
pub(super) fn rank(rank: &Rank, lang: Lang) -> String {
    rank.rank.map_or_else(|| mesinfos_words::MISSING.to_owned(), |rank| number::count(rank as u64, lang))
}

/// The ranking as a table.
pub(super) fn ranking(entries: &[Entry], ranks: &[Rank], lang: Lang) -> Markup {
    if ranks.is_empty() {
        return html! { p.soft { (Words::NobodyHandedIn.to(lang)) } };
    }
    let mut heads = vec![
        (Words::Rank.to(lang), true),
        (Words::Team.to(lang), false),
        (Words::Mean.to(lang), true),
        (Words::Ballots.to(lang), true),
    ];
    heads.extend(Criterion::ALL.map(|of| (criterion(of, lang), true)));
    let rows = ranks.iter().map(|one| {
        let team = entries.iter().find(|entry| entry.team.number == one.team);
        let mut cells = vec![
            html! { (rank(one, lang)) },
            html! { bdi { (team.map_or("", |entry| entry.team.name.as_str())) } },
            html! { (mean(one.mean_hundredths(), lang)) },
            html! { (number::count(one.ballots, lang)) },
        ];
        cells.extend((0..Criterion::ALL.len()).map(|at| html! { (mean(one.mean_of(at), lang)) }));
        cells
    });
    list_table(&Words::Means.to(lang), &heads, rows.collect())
}

/// An address of this event.
pub(super) fn address(headers: &HeaderMap, path: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_there() {
        let of = |seconds| left(seconds, Lang::Fr);
        assert_eq!(of(13_320), "3\u{a0}h 42\u{a0}min");
        assert_eq!(of(13_261), of(13_320), "rounded up to the minute");
        assert_eq!(of(59), "59\u{a0}s");
        assert_eq!(of(-5), of(0));
    }

    #[test]
    fn a_mean_has_two_decimals() {
        assert_eq!(
            (mean(Some(433), Lang::Fr), mean(Some(400), Lang::En)),
            ("4,33".to_owned(), "4.00".to_owned())
        );
    }
}
