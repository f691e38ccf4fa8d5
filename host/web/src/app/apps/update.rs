//! What an update asks that the person has not given, and what it changes in the result.

use super::AppPage;
use super::ask::{Tried, key_figures};
use crate::app::parts::{Icon, badge, icon, list_table, section_with};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{Widening, Wider};
use mesinfos_platform::{TrialRun, Update};
use mesinfos_words::page::Updates as Words;

/// The section of the consent page.
pub(super) fn section(update: &Update, app: &AppPage, tried: Option<&Tried>, lang: Lang) -> Markup {
    let title = Words::Title { before: &update.version, now: &app.record.version }.to(lang);
    section_with(
        "update",
        &title,
        html! {},
        html! {
            p.lead { (Words::Lead { before: &update.version }.to(lang)) }
            @if update.more.is_empty() {
                p { (badge(Icon::CircleCheck, &Words::NothingMore.to(lang), "")) }
            } @else {
                ul.limits {
                    @for way in &update.more {
                        li { (icon(Icon::Plus)) " " strong { (way.category.name(lang)) } " · " (more(way, lang)) }
                    }
                }
            }
            @if !update.less.is_empty() {
                p.soft {
                    (Words::Less {
                        categories: &mesinfos_words::names::categories(update.less.iter().map(|way| &way.category), lang),
                    }.to(lang))
                }
            }
            @match tried {
                None => {
                    p {
                        button.btn type="submit" formaction=(format!("/apps/{}/try", app.record.id)) {
                            (icon(Icon::FlaskConical)) (Words::Compare.to(lang))
                        }
                    }
                    p.small.soft { (Words::CompareWhy.to(lang)) }
                }
                Some(tried) => (results(tried, lang)),
            }
        },
    )
}

fn more(way: &Widening, lang: Lang) -> String {
    match way.by[..] {
        [Wider::Category] => Words::NewCategory.to(lang),
        _ => mesinfos_words::consent::by(way, lang),
    }
}

/// Both versions on the person's own rows.
fn results(tried: &Tried, lang: Lang) -> Markup {
    let Some(earlier) = &tried.earlier else { return html! { p.soft { (Words::Gone.to(lang)) } } };
    let (before, now) = (figures(earlier, lang), figures(&tried.whole, lang));
    let mut labels: Vec<&String> = before.iter().map(|(label, _)| label).collect();
    labels.extend(
        now.iter().map(|(label, _)| label).filter(|label| !before.iter().any(|(of, _)| of == *label)),
    );
    let value = |of: &[(String, String)], label: &str| {
        let found = of.iter().find(|(other, _)| other == label);
        found.map_or_else(|| Words::Absent.to(lang), |(_, value)| value.clone())
    };
    let heads = [Words::Figure, Words::Before, Words::Now].map(|head| (head.to(lang), false));
    let said = |text: &str| html! { bdi { (text) } };
    let sentence = vec![
        html! { (Words::Sentence.to(lang)) },
        said(&headline(earlier, lang)),
        said(&headline(&tried.whole, lang)),
    ];
    let rows = labels
        .into_iter()
        .map(|label| vec![said(label), said(&value(&before, label)), said(&value(&now, label))]);
    let rows = std::iter::once(sentence).chain(rows);
    html! {
        h3.h3s { (Words::Results.to(lang)) }
        (list_table(&Words::Results.to(lang), &heads, rows.collect()))
        p.small.soft { (Words::ResultsWhy.to(lang)) }
    }
}

fn headline(run: &TrialRun, lang: Lang) -> String {
    match &run.view {
        Some(view) => view.headline.clone(),
        None => mesinfos_words::outcome::outcome(&run.outcome, lang),
    }
}

fn figures(run: &TrialRun, lang: Lang) -> Vec<(String, String)> {
    let figures = run.view.iter().flat_map(|view| key_figures(view));
    figures.map(|figure| (figure.label.clone(), mesinfos_words::value(&figure.value, lang))).collect()
}
