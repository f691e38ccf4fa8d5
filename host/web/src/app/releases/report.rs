//! The page of a version: what was checked, what people will see, how it does on sample lives, what happened.

use super::difference::need;
use crate::app::parts::{Icon, badge, crumbs, icon, more, note, publisher, section};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::registry::{Change, Event, Role, State, Version};
use mesinfos_platform::runtime::Inspection;
use mesinfos_platform::{Fairness, Matrix, Profit};
use mesinfos_words::number;
use mesinfos_words::page::Releases as Words;

/// What the page of a version shows.
pub(super) struct Seen {
    pub(super) version: Version,
    pub(super) events: Vec<Event>,
    pub(super) inspection: Inspection,
    /// Whether its submission needs a claim of the id.
    pub(super) needs_claim: bool,
}

impl Seen {
    pub(super) fn title(&self, lang: Lang) -> String {
        let name = self.inspection.manifest.as_ref().map(|manifest| manifest.app.name.get(lang));
        format!("{} {}", name.unwrap_or(&self.version.release.app), self.version.release.version)
    }
}

/// The state of a version, as an icon and a word.
fn state(state: State, lang: Lang) -> Markup {
    let (of, class) = match state {
        State::Draft => (Icon::Pencil, "plain"),
        State::Submitted => (Icon::Hourglass, "plain"),
        State::Published => (Icon::CircleCheck, ""),
        State::Suspended => (Icon::Pause, "plain"),
        State::Yanked => (Icon::Ban, "plain"),
    };
    badge(of, &crate::app::parts::capital(&mesinfos_words::version_state(state, lang)), class)
}

/// A list of versions, each with its state, below `path`.
pub(super) fn versions(versions: &[Version], path: &str, lang: Lang) -> Markup {
    html! {
        ul.list.wrap.ruled {
            @for version in versions {
                @let release = &version.release;
                li {
                    span {
                        a href=(format!("{path}/{}", release.component)) {
                            strong { bdi { (release.app) " " (release.version) } }
                        } br;
                        span.soft.small {
                            (publisher(&release.publisher, release.key.is_some(), lang)) " · " (mesinfos_words::instant(version.since, lang))
                        }
                        @if !version.reason.is_empty() { br; span.small { bdi { (version.reason) } } }
                        br;
                        (state(version.state, lang))
                    }
                }
            }
        }
    }
}

/// The page.
pub(super) fn report(
    seen: &Seen,
    list: (&str, &str),
    between: &Markup,
    to_do: &Markup,
    lang: Lang,
) -> Markup {
    let Seen { version, events, inspection, needs_claim: _ } = seen;
    let release = &version.release;
    html! {
        header.head {
            (crumbs(&[list], &release.version, lang))
            h1 { bdi { (seen.title(lang)) } }
            p.row {
                (state(version.state, lang))
                (badge(Icon::ShieldCheck, &Words::KeepsNothing.to(lang), ""))
                @if release.works_refused { (works_refused(lang)) }
            }
            @if !version.reason.is_empty() { (note("", &version.reason, version.state.is_blocked())) }
        }
        div.side {
            div {
                (section("checks", &Words::Checked.to(lang), checks(inspection, Some(version), lang)))
                (section("seen", &Words::PeopleSee.to(lang), asked(inspection, release.key.is_some(), lang)))
                (between)
            }
            div {
                (section("to-do", &Words::ToDo.to(lang), html! { (to_do) }))
                (section("history", &Words::History.to(lang), history(events, lang)))
            }
        }
    }
}

/// What was checked of a component.
pub(crate) fn checks(inspection: &Inspection, version: Option<&Version>, lang: Lang) -> Markup {
    let size = mesinfos_words::size(inspection.size as u64, lang);
    let categories = mesinfos_words::names::categories(inspection.request.categories.keys(), lang);
    let fields: usize =
        inspection.request.categories.iter().map(|(category, fields)| fields.names(*category).len()).sum();
    let missing = inspection.manifest.as_ref().map_or(0, |manifest| {
        let app = [&manifest.app.name, &manifest.app.summary].into_iter();
        app.chain(manifest.reads.iter().map(|read| &read.why)).filter(|text| text.en.is_none()).count()
    });
    let line = |good: bool, title: String, words: String| {
        html! {
            li {
                (icon(if good { Icon::CircleCheck } else { Icon::TriangleAlert }))
                div { strong { (title) } br; span.soft.small { bdi { (words) } } }
            }
        }
    };
    html! {
        ul.list.wrap {
            (line(inspection.ok(), Words::Program.to(lang), size))
            (line(true, Words::Reads.to(lang), if categories.is_empty() {
                Words::ReadsNothing.to(lang)
            } else {
                Words::ReadsOf { categories: &categories, fields: fields as u64 }.to(lang)
            }))
            (line(missing == 0, Words::English.to(lang), Words::EnglishMissing { missing: missing as u64 }.to(lang)))
            @if let Some(version) = version {
                @let key = version.release.key.map(|key| key.short());
                (line(key.is_some(), Words::Signature.to(lang), match &key {
                    Some(key) => Words::SignedBy { key }.to(lang),
                    None => Words::NotSigned.to(lang),
                }))
            }
        }
        p.small.soft { (Words::Component.to(lang)) " " code.url-small { (inspection.component) } }
    }
}

/// What people will be asked, in the author's words.
pub(crate) fn asked(inspection: &Inspection, is_signed: bool, lang: Lang) -> Markup {
    let Some(manifest) = &inspection.manifest else { return html! {} };
    html! {
        p { bdi { (manifest.app.summary.get(lang)) } }
        p.soft.small { (publisher(&manifest.app.publisher, is_signed, lang)) }
        @for (category, fields) in &inspection.request.categories {
            article.card.flow-s {
                h3 { (category.name(lang)) }
                p.soft.small { (need(*category, manifest, lang)) }
                @if let Some(read) = manifest.read(*category) {
                    blockquote.soft { bdi { (Words::AuthorSays { why: read.why.get(lang) }.to(lang)) } }
                }
                p.small { code { (fields.names(*category).join(", ")) } }
            }
        }
    }
}

/// What came out on the sample lives; beside it what another version gave.
pub(crate) fn tried(matrix: Option<&Matrix>, before: Option<&Matrix>, lang: Lang) -> Markup {
    let Some(matrix) = matrix else {
        return html! { div.sec { (note("", &Words::NoLives.to(lang), false)) } };
    };
    let said = Words::Tried { subsets: matrix.subsets, people: matrix.people, runs: matrix.runs }.to(lang);
    section(
        "tried",
        &Words::TriedTitle.to(lang),
        html! {
            div role="status" tabindex="-1" autofocus {
                p { (said) }
                @if !matrix.is_whole { p.soft.small { (Words::TriedPart.to(lang)) } }
                @if matrix.failures.is_empty() {
                    p { (badge(Icon::CircleCheck, &Words::NeverFails.to(lang), "")) }
                    @if matrix.works_refused { p { (works_refused(lang)) } }
                } @else {
                    div.note.bad.flow-s {
                        p { strong { (Words::Fails.to(lang)) } }
                        ul {
                            @for failure in &matrix.failures {
                                @let refused = mesinfos_words::names::categories(&failure.refused, lang);
                                @let outcome = mesinfos_words::outcome::outcome(&failure.outcome, lang);
                                li {
                                    (if refused.is_empty() {
                                        Words::FailsFor { person: &failure.person, outcome: &outcome }.to(lang)
                                    } else {
                                        Words::FailsWithout { person: &failure.person, refused: &refused, outcome: &outcome }
                                            .to(lang)
                                    })
                                }
                            }
                        }
                    }
                }
            }
            (more(&Words::Views.to(lang), html! {
                ul.limits {
                    @for (person, view) in &matrix.views {
                        @let old = before.map(|before| before.views.get(person).and_then(Option::as_ref));
                        li {
                            strong { (person) } " · "
                            bdi { (view.as_ref().map_or_else(|| Words::NoView.to(lang), |view| view.headline.clone())) }
                            @if let Some(old) = old {
                                @if old == view.as_ref() {
                                    " · " span.soft { (Words::SameView.to(lang)) }
                                } @else {
                                    br;
                                    span.small {
                                        (Words::OtherView.to(lang)) " "
                                        bdi { (old.map_or_else(|| Words::NoView.to(lang), |old| old.headline.clone())) }
                                    }
                                }
                            }
                        }
                    }
                }
            }))
        },
    )
}

/// Who profits from it, over a sample population.
pub(super) fn profits(fairness: Option<&Fairness>, lang: Lang) -> Markup {
    let Some(fairness) = fairness else { return html! {} };
    let title = Words::Profits.to(lang);
    if fairness.all.shown == 0 {
        let people = fairness.all.people;
        return section("profits", &title, html! { p.soft { (Words::ProfitsNobody { people }.to(lang)) } });
    }
    let has_savings = fairness.all.advised > 0;
    let line = |name: Markup, profit: &Profit| {
        html! {
            tr {
                th scope="row" { (name) }
                td.num { (number::count(profit.people, lang)) }
                td.num { (number::count(profit.shown, lang)) }
                @if has_savings {
                    td.num { (number::count(profit.advised, lang)) }
                    td.num { (number::minor_units(profit.each(), "EUR", lang)) }
                }
            }
        }
    };
    let all = fairness.groups.iter();
    section(
        "profits",
        &title,
        html! {
            p.soft.small { (Words::ProfitsWhy { people: fairness.all.people }.to(lang)) }
            @if !fairness.is_whole { p { (Words::TriedPart.to(lang)) } }
            div.tw tabindex="0" role="region" aria-label=(Words::ProfitsGroup.to(lang)) {
                table {
                    thead { tr {
                        th scope="col" { (Words::ProfitsGroup.to(lang)) }
                        th.num scope="col" { (Words::ProfitsPeople.to(lang)) }
                        th.num scope="col" { (Words::ProfitsShown.to(lang)) }
                        @if has_savings {
                            th.num scope="col" { (Words::ProfitsSaving.to(lang)) }
                            th.num scope="col" { (Words::ProfitsEach.to(lang)) }
                        }
                    } }
                    tbody {
                        (line(html! { (Words::ProfitsAll.to(lang)) }, &fairness.all))
                        @for (group, profit) in all {
                            (line(html! {
                                (Words::ProfitsOf { group: group.1 }.to(lang))
                                @if fairness.is_behind(*group) {
                                    " " (badge(Icon::TriangleAlert, &Words::ProfitsBehind.to(lang), "small warn"))
                                }
                            }, profit))
                        }
                    }
                }
            }
            p.soft.small { (Words::ProfitsRule.to(lang)) }
        },
    )
}

/// What happened to a version.
fn history(events: &[Event], lang: Lang) -> Markup {
    html! {
        ul.limits {
            @for event in events {
                li {
                    (changed(event.change, lang)) " · "
                    span.soft {
                        (match event.by.role {
                            Role::Developer => Words::ByDeveloper,
                            Role::Operator => Words::ByOperator,
                        }.to(lang))
                        ", " (mesinfos_words::instant(event.at, lang))
                    }
                    @if !event.reason.is_empty() { br; span.small { bdi { (event.reason) } } }
                }
            }
        }
    }
}

fn changed(change: Change, lang: Lang) -> String {
    match change {
        Change::Uploaded => Words::Uploaded,
        Change::Submitted => Words::Submitted,
        Change::TakenBack => Words::TakenBack,
        Change::Returned => Words::Returned,
        Change::Published => Words::Published,
        Change::Installed => Words::WasInstalled,
        Change::Suspended => Words::Suspended,
        Change::Resumed => Words::Resumed,
        Change::Yanked => Words::Yanked,
        Change::Uninstalled => Words::Uninstalled,
        Change::KeyChanged => Words::KeyChanged,
    }
    .to(lang)
}

/// The badge of an app that works whatever is refused.
fn works_refused(lang: Lang) -> Markup {
    badge(Icon::ShieldCheck, &Words::WorksRefused.to(lang), "")
}
