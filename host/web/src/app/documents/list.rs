//! The list of papers, and the form that searches them.

use super::query::{PAGE, PaperQuery, WORDS, kinds};
use super::{not_found, path, turn};
use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, crumbs, empty, icon, note, section, tinted};
use crate::app::visitor::Tester;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::{Paper, PaperFilter, Papers, Readable, TextSource};
use mesinfos_words::page::{Data, Documents as Words};

/// The page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let query = PaperQuery::read(query.as_deref()).ok_or_else(|| not_found(&tester))?;
    let turn = turn(&shared, &tester).await?;
    let (filter, bad) = match query.filter() {
        Ok(filter) => (filter, None),
        Err(text) => (PaperFilter::default(), Some(text.to_owned())),
    };
    let skip = query.skipped();
    let papers = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.papers(caller, &filter, skip, PAGE)
        })
        .await?;
    let title = Words::Title.to(lang);
    Ok(tester.page(&title, Section::Data, body(&title, &query, &papers, bad.as_deref(), lang)))
}

fn body(title: &str, query: &PaperQuery, papers: &Papers, bad: Option<&str>, lang: Lang) -> Markup {
    let domain = Domain::Papers;
    html! {
        header.head data-d=(domain.id()) {
            (crumbs(
                &[("/data", &Data::Title.to(lang)), ("/data/papers", &domain.name(lang))],
                title,
                lang,
            ))
            div.row { span.dic.big { (icon(domain.icon())) } h1 { (title) } }
            @if papers.all > 0 {
                p.lead { (Words::Lead { papers: papers.all as u64 }.to(lang)) }
                div.row { a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) } }
            }
        }
        @if papers.all == 0 {
            (empty(&Words::Nothing.to(lang), &Words::NothingWhy.to(lang), html! {
                a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
            }))
        } @else {
            @if papers.unread > 0 { (unread(papers.unread, lang)) }
            // They are read one by one: the button does not read them.
            @if papers.unrecognised > 0 { p.soft { (Words::Unrecognised { papers: papers.unrecognised as u64 }.to(lang)) } }
            (section("papers", &Words::Search.to(lang), html! {
                (filters(query, lang))
                @match bad {
                    Some(text) => (note("", &Data::BadDate { text: &clean(text) }.to(lang), true)),
                    None => (selection(query, papers, lang)),
                }
            }))
        }
    }
}

/// The offer to read the papers that were not read.
fn unread(unread: usize, lang: Lang) -> Markup {
    html! {
        div.panel.flow {
            p { (Words::Unread { papers: unread as u64 }.to(lang)) }
            form method="post" action="/documents/read" {
                button.btn type="submit" { (icon(Icon::BookOpen)) (Words::ReadAll.to(lang)) }
            }
        }
    }
}

/// The form that selects papers: a link with a query.
fn filters(query: &PaperQuery, lang: Lang) -> Markup {
    html! {
        form.filters role="search" method="get" action="/documents" aria-label=(Words::Search.to(lang)) {
            label.field {
                span.small { (Words::Text.to(lang)) }
                input type="search" name="q" value=(query.words) maxlength=(WORDS);
            }
            label.field {
                span.small { (Words::Kind.to(lang)) }
                select name="kind" {
                    option value="" { (Words::AllKinds.to(lang)) }
                    @for code in kinds() {
                        option value=(code.id) selected[code.id == query.kind] { (code.name(lang)) }
                    }
                }
            }
            label.field {
                span.small { (Data::FirstDay.to(lang)) }
                input type="date" name="from" value=(PaperQuery::shown(&query.from));
            }
            label.field {
                span.small { (Data::LastDay.to(lang)) }
                input type="date" name="to" value=(PaperQuery::shown(&query.to));
            }
            button.btn.small type="submit" { (icon(Icon::Search)) (Words::Apply.to(lang)) }
            @if !query.is_all() { a.btn.quiet.small href="/documents" { (Data::All.to(lang)) } }
        }
    }
}

/// The selected papers of the page.
fn selection(query: &PaperQuery, papers: &Papers, lang: Lang) -> Markup {
    let (first, last) = (query.skipped() + 1, query.skipped() + papers.page.len());
    html! {
        p.soft role="status" {
            @if query.is_swapped { (Data::DatesSwapped.to(lang)) " " }
            (Words::Found { papers: papers.total as u64 }.to(lang))
            @if !papers.is_whole { " " (Words::NotWhole.to(lang)) }
        }
        @if papers.page.is_empty() {
            (empty(&Words::NoneFound.to(lang), &Words::NoneFoundWhy.to(lang), html! {
                a.btn href="/documents" { (Data::All.to(lang)) }
            }))
        } @else {
            ul.list.wrap { @for paper in &papers.page { (line(paper, lang)) } }
        }
        @if query.page > 1 || papers.total > last {
            nav.row.end aria-label=(Words::Pages.to(lang)) {
                span.soft {
                    @if !papers.page.is_empty() {
                        (Words::Shown { first: first as u64, last: last as u64, total: papers.total as u64 }.to(lang))
                    }
                }
                span.row {
                    @if query.page > 1 {
                        a.btn.small rel="prev" href=(query.on(query.page - 1)) { (Data::Newer.to(lang)) }
                    }
                    @if papers.total > last {
                        a.btn.small rel="next" href=(query.on(query.page + 1)) { (Data::Older.to(lang)) }
                    }
                }
            }
        }
    }
}

fn line(paper: &Paper, lang: Lang) -> Markup {
    let document = &paper.document;
    let name = named(&document.name, lang);
    let label = Words::DownloadOf { name: &name }.to(lang);
    html! {
        li data-d=(Domain::Papers.id()) {
            (tinted(if paper.readable == Readable::Picture { Icon::Eye } else { Icon::FileText }))
            span {
                a href=(path(document.id)) { strong { bdi { (name) } } } br;
                span.soft.small { (about(paper, lang)) }
                @if let Some(found) = &paper.found { br; span.small { bdi { (clean(found)) } } }
            }
            span.row.end {
                (state(paper, lang))
                a.btn.small href=(format!("{}/file", path(document.id))) aria-label=(label) {
                    (icon(Icon::Download)) (Words::Download.to(lang))
                }
            }
        }
    }
}

/// Kind, date, size and format of a paper.
pub(super) fn about(paper: &Paper, lang: Lang) -> String {
    let document = &paper.document;
    let day = paper.day.map_or_else(|| Words::Undated.to(lang), |day| mesinfos_words::day(day, lang));
    let size = mesinfos_words::size(document.size, lang);
    let kind = if document.kind.is_empty() { Words::NoKind.to(lang) } else { document.kind.clone() };
    Words::About { kind: &kind, day: &day, size: &size, format: &format(&document.media_type, lang) }.to(lang)
}

/// A format in everyday words.
fn format(media_type: &str, lang: Lang) -> String {
    let known = match media_type {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPEG",
        "image/png" => "PNG",
        "image/webp" => "WebP",
        "image/heic" => "HEIC",
        "image/avif" => "AVIF",
        "image/tiff" => "TIFF",
        "image/gif" => "GIF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "DOCX",
        "application/vnd.oasis.opendocument.text" => "ODT",
        "text/plain" => return Words::PlainText.to(lang),
        _ => return Words::OtherFormat.to(lang),
    };
    known.to_owned()
}

/// A name, or a word for none.
pub(super) fn named(name: &str, lang: Lang) -> String {
    let cleaned = clean(name);
    if cleaned.trim().is_empty() { Words::Nameless.to(lang) } else { cleaned }
}

/// Whether a paper's text can be searched. The person gave the paper: nothing of it was verified, and no sign says so.
pub(super) fn state(paper: &Paper, lang: Lang) -> Markup {
    match (paper.text, paper.readable) {
        (Some(text), _) if text.bytes == 0 => {
            badge(Icon::CircleMinus, &Words::HasNoText.to(lang), "plain small")
        }
        (Some(text), _) if text.source == TextSource::Recognised => {
            badge(Icon::BookOpen, &Words::Recognised.to(lang), "plain small")
        }
        (Some(_), _) => badge(Icon::BookOpen, &Words::Read.to(lang), "plain small"),
        (None, Readable::No) => html! {},
        (None, _) => badge(Icon::CircleDashed, &Words::NotRead.to(lang), "plain small"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use mesinfos_platform::{Document, PaperText};

    /// A paper with a hostile name.
    pub(in super::super) fn paper(text: Option<PaperText>) -> Paper {
        Paper {
            document: Document {
                id: "3.0.1".parse().unwrap(),
                name: "\"><script>x</script>\u{202e}.pdf".to_owned(),
                kind: "facture".to_owned(),
                kind_code: Some(0),
                media_type: "application/pdf".to_owned(),
                on: Some("2025-03-14".to_owned()),
                size: 2_048,
                file: "a.pdf".to_owned(),
            },
            day: "2025-03-14".parse().ok(),
            readable: Readable::Characters,
            text,
            found: Some("<b>total</b>".to_owned()),
        }
    }

    fn drawn(query: &str, papers: &Papers) -> String {
        body("t", &PaperQuery::read(Some(query)).unwrap(), papers, None, Lang::Fr).into_string()
    }

    #[test]
    fn papers_are_told_as_text() {
        let papers =
            Papers { page: vec![paper(None)], total: 1, all: 1, unread: 1, unrecognised: 0, is_whole: true };
        let page = drawn("q=%22%3E%3Ci%3E", &papers);
        for not in ["<script", "<b>", "<i>", "\u{202e}"] {
            assert!(!page.contains(not), "{not}");
        }
        assert!(page.contains("14\u{a0}mars 2025") && page.contains("PDF") && page.contains("facture"));
        assert!(
            page.contains("href=\"/documents/3.0.1/file\"") && page.contains("action=\"/documents/read\"")
        );
    }

    #[test]
    fn pages_lead_to_their_neighbours_and_none_is_told() {
        let papers = Papers {
            page: vec![paper(None)],
            total: 120,
            all: 120,
            unread: 0,
            unrecognised: 0,
            is_whole: false,
        };
        let page = drawn("q=x&page=2", &papers);
        assert!(
            page.contains("href=\"/documents?q=x\"") && page.contains("href=\"/documents?q=x&amp;page=3\""),
            "{page}"
        );
        assert!(!page.contains("/documents/read\""));
        let none = drawn("q=x", &Papers { all: 2, is_whole: true, ..Papers::default() });
        assert!(none.contains("role=\"search\"") && !none.contains("rel=\"next\""));
        let empty = drawn("", &Papers::default());
        assert!(!empty.contains("role=\"search\"") && empty.contains("href=\"/add\""));
    }

    #[test]
    fn the_state_of_a_text_is_told_in_words() {
        let text = |source, bytes| PaperText { source, is_cut: false, bytes, at: 0 };
        let of = |text| state(&paper(text), Lang::En).into_string();
        assert!(of(None).contains("not read"));
        assert!(of(Some(text(TextSource::Characters, 9))).contains("text read"));
        assert!(of(Some(text(TextSource::Recognised, 9))).contains("recognised"));
        assert!(of(Some(text(TextSource::Characters, 0))).contains("no text"));
        for said in [None, Some(text(TextSource::Characters, 9)), Some(text(TextSource::Recognised, 9))] {
            assert!(of(said).contains("class=\"badge plain small\""), "none looks as if it were verified");
        }
    }
}
