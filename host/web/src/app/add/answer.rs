//! The answer to files that were sent: straight to the import if all is well, else a page that says what
//! became of each file.

use super::form::{form, keep};
use super::import::{days, next, papers_next, proposals, rows_path};
use super::imports::{ADDED, format_name};
use super::progress::Ended;
use super::rejected::rejected;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, crumbs, icon, more, note, section};
use crate::app::visitor::Tester;
use crate::errors::{ApiError, sentence};
use crate::limits;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::intake::mapped::TableProbe;
use mesinfos_platform::intake::{IntakeError, Reason};
use mesinfos_platform::{FileReport, ImportReport, PlatformError};
use mesinfos_words::page::{Add as Words, Data, Rejects, Withheld};
use mesinfos_words::report::{file_line, is_unread};
use std::collections::BTreeSet;

/// Files of an archive that are listed.
const MEMBERS: usize = 200;

/// What became of a file.
pub(crate) enum Sent {
    Imported(Box<ImportReport>),
    Refused(Box<Refused>),
}

/// A file that was not imported.
pub(crate) struct Refused {
    /// Name of the file; empty if the form broke off between two.
    file: String,
    error: ApiError,
    why: Why,
}

enum Why {
    /// No format knows it.
    Unrecognised,
    /// A workbook that no format knows.
    Workbook,
    /// No format knows it, but it is a table, which waits for answers.
    Table { id: String, columns: u64, is_plain: bool },
    /// Every row was rejected.
    AllRejected(Vec<FileReport>),
    /// In words.
    Told(String),
    /// It did not arrive, or another limit was reached.
    Limit(Limit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    Size(u64),
    BrokenOff,
    Slow,
    Busy,
    Files,
    Imports,
}

impl Sent {
    /// A file that the platform refuses.
    pub(crate) fn refused(file: &str, error: &PlatformError, lang: Lang) -> Sent {
        let why = match error {
            PlatformError::Intake(IntakeError::Unrecognised { .. }) if is_workbook(file) => Why::Workbook,
            PlatformError::Intake(IntakeError::Malformed {
                reason: Reason::NoGasTable | Reason::NotAWorkbook,
                ..
            }) => Why::Workbook,
            PlatformError::Intake(IntakeError::Unrecognised { .. }) => Why::Unrecognised,
            PlatformError::AllRejected(report) => Why::AllRejected(report.files.clone()),
            error => Why::Told(sentence(error, lang)),
        };
        Sent::of(file, ApiError::from(error), why)
    }

    /// A table that no format knows, which waits for answers under an id.
    pub(crate) fn table(file: &str, error: &PlatformError, id: String, probe: &TableProbe) -> Sent {
        let (columns, is_plain) = (u64::from(probe.columns), probe.is_plain());
        Sent::of(file, ApiError::from(error), Why::Table { id, columns, is_plain })
    }

    /// A file that did not arrive whole. `most` is the maximum size of a file, in bytes.
    pub(crate) fn not_received(file: &str, error: ApiError, most: u64) -> Sent {
        let limit = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Limit::Size(most),
            StatusCode::REQUEST_TIMEOUT => Limit::Slow,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::INSUFFICIENT_STORAGE => Limit::Busy,
            _ => Limit::BrokenOff,
        };
        Sent::of(file, error, Why::Limit(limit))
    }

    /// A file beyond the number that one form may have.
    pub(crate) fn too_many(file: &str) -> Sent {
        let error = ApiError::bad("too many files in one form".to_owned());
        Sent::of(file, error, Why::Limit(Limit::Files))
    }

    /// A file beyond the number that a sample life may have.
    pub(crate) fn too_many_imports(file: &str) -> Sent {
        let error = ApiError::new(
            StatusCode::FORBIDDEN,
            "sample-full",
            "a sample life takes no more files".to_owned(),
        );
        Sent::of(file, error, Why::Limit(Limit::Imports))
    }

    fn of(file: &str, error: ApiError, why: Why) -> Sent {
        Sent::Refused(Box::new(Refused { file: clean(file), error, why }))
    }

    /// What became of the file, in a word.
    pub(crate) fn ended(&self) -> Ended {
        match self {
            Sent::Imported(_) => Ended::Added,
            Sent::Refused(refused) if matches!(refused.why, Why::Table { .. }) => Ended::Asks,
            Sent::Refused(_) => Ended::Refused,
        }
    }

    fn report(&self) -> Option<&ImportReport> {
        match self {
            Sent::Imported(report) => Some(report),
            Sent::Refused(_) => None,
        }
    }

    fn error(&self) -> Option<&ApiError> {
        match self {
            Sent::Imported(_) => None,
            Sent::Refused(refused) => Some(&refused.error),
        }
    }
}

/// The page of the imports, if every file is stored whole; that of the assistant for one table that tells all but whose
/// it is.
fn elsewhere(sent: &[Sent]) -> Option<String> {
    if let [Sent::Refused(refused)] = sent
        && let Why::Table { id, is_plain: true, .. } = &refused.why
    {
        return Some(format!("/add/tables/{id}"));
    }
    let imports: Option<Vec<u64>> = sent
        .iter()
        .map(|sent| {
            sent.report()
                .filter(|report| report.rejected() == 0 && report.unreadable() == 0)
                .filter(|report| !report.files.iter().any(is_unread))
                .and_then(|report| report.import)
        })
        .collect();
    match imports?.as_slice() {
        [] => None,
        [one] => Some(format!("/imports/{one}")),
        all => {
            let all: Vec<String> = all.iter().map(u64::to_string).collect();
            Some(format!("/imports?{ADDED}={}", all.join(",")))
        }
    }
}

/// The answer to a form.
pub(crate) async fn answer(tester: &Tester, sent: &[Sent]) -> Result<Response, Failure> {
    if let Some(path) = elsewhere(sent) {
        return Ok(Redirect::to(&path).into_response());
    }
    let lang = tester.lang();
    let reports = sent.iter().filter_map(Sent::report);
    let stored: Vec<Category> = reports
        .flat_map(|report| &report.categories)
        .filter(|category| category.accepted + category.corrected > 0)
        .map(|category| category.category)
        .collect();
    let next_step = if stored.is_empty() {
        html! {}
    } else {
        let proposals = tester.run(move |platform, _| proposals(platform, &stored, lang)).await?;
        next(&proposals, lang)
    };
    let imports: Vec<Option<u64>> =
        sent.iter().map(|sent| sent.report().and_then(|report| report.import)).collect();
    let alike: Vec<usize> = tester
        .run(move |platform, caller| {
            let count =
                |import: Option<u64>| import.map_or(Ok(0), |import| platform.alike_count(caller, import));
            imports.into_iter().map(count).collect()
        })
        .await?;
    let title = match sent {
        [] => Words::NoFile.to(lang),
        [_] => Words::Answer.to(lang),
        sent => Words::AnswerOf { files: sent.len() as u64 }.to(lang),
    };
    let is_sample = tester.visitor.account.sample.is_some();
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/add", &Words::Crumb.to(lang))], &title, lang))
            h1 { (title) }
            @if sent.is_empty() { p.lead { (Words::NoFileWhy.to(lang)) } }
            @if sent.len() > 1 { p.lead { (Words::SomeNot.to(lang)) } }
        }
        @for (at, sent) in sent.iter().enumerate() { (told((at, alike[at]), sent, lang)) }
        (next_step)
        @if sent.is_empty() { (form(is_sample, lang)) }
    };
    let page = tester.shell(&title, Section::Data).around(body);
    // Something was stored, or the status of the first error.
    let is_stored = sent.iter().any(|sent| sent.report().is_some());
    let error = sent.iter().find_map(Sent::error).filter(|_| !is_stored);
    Ok(match error {
        Some(error) => error.around(page),
        None if sent.is_empty() => ApiError::bad("the form has no file".to_owned()).around(page),
        None => page.into_response(),
    })
}

/// What became of a file, of which that many rows are probably there already.
pub(super) fn told((at, alike): (usize, usize), sent: &Sent, lang: Lang) -> Markup {
    let id = format!("file-{}", at + 1);
    match sent {
        Sent::Imported(report) => section(&id, &clean(&report.file), stored(at, alike, report, lang)),
        Sent::Refused(refused) => refusal(at, &id, refused, lang),
    }
}

/// The report of a file that is stored.
fn stored(at: usize, alike: usize, report: &ImportReport, lang: Lang) -> Markup {
    html! {
        dl.kv {
            @for category in &report.categories {
                div {
                    dt { (category.category.name(lang)) }
                    dd {
                        (Words::Done { rows: category.accepted }.to(lang))
                        @if category.corrected > 0 {
                            br; span { (Words::DoneCorrected { rows: category.corrected }.to(lang)) }
                        }
                        @if category.duplicates > 0 {
                            br; span.soft { (Words::DoneKnown { rows: category.duplicates }.to(lang)) }
                        }
                        @for line in mesinfos_words::report::versions(category, lang) { br; span { (line) } }
                        @if let Some(days) = category.days.and_then(|(first, last)| days(Some(first), Some(last), lang)) {
                            br; span.soft { (days) }
                        }
                        @for total in &category.totals {
                            br; span.soft { (mesinfos_words::intake::total(category.category, total, lang)) }
                        }
                    }
                }
            }
            @if report.rejected() > 0 {
                div { dt { (Words::Rejected.to(lang)) } dd { (mesinfos_words::count(report.rejected(), lang)) } }
            }
        }
        @if let Some(import) = report.import.filter(|_| alike > 0) {
            p {
                strong { (Words::AlikeCount { rows: alike as u64 }.to(lang)) } " "
                a href=(format!("/imports/{import}#alike")) { (Words::AlikeDecide.to(lang)) }
            }
        }
        @for line in mesinfos_words::report::withheld(report, lang) {
            p { (line) " " a href="/data/withheld" { (Withheld::See.to(lang)) } }
        }
        @if report.files.len() > 1 { (members(report, lang)) }
        @for file in report.files.iter().filter(|file| file.unreadable.count > 0) {
            p {
                @if report.files.len() > 1 { bdi { (clean(&file.file)) } br; }
                (mesinfos_words::report::unreadable(file, lang).unwrap_or_default())
            }
        }
        @if report.categories.is_empty() && report.rejected() == 0 { p { (Words::EmptyFile.to(lang)) } }
        @if report.rejected() > 0 {
            p { (Words::RejectedWhy.to(lang)) }
            (rejections(at, &report.files, lang))
            @if let Some(import) = report.import {
                p { a.btn.small href=(format!("/imports/{import}/rejected")) { (Rejects::See.to(lang)) } }
            }
        }
        @if report.categories.iter().any(|category| category.category == Category::Documents && category.accepted > 0) {
            (papers_next(lang))
        }
        div.row {
            @for category in report.categories.iter().filter(|category| category.accepted + category.corrected > 0) {
                a.btn.small href=(rows_path(category.category)) {
                    (Words::See { category: category.category.name(lang) }.to(lang))
                }
            }
            @if let Some(import) = report.import {
                a.btn.quiet.small href=(format!("/imports/{import}")) { (Words::SeeReport.to(lang)) }
            }
        }
    }
}

/// What became of each file of an archive: first those that could not be read, with the reason.
fn members(report: &ImportReport, lang: Lang) -> Markup {
    let (unread, others): (Vec<&FileReport>, Vec<&FileReport>) =
        report.files.iter().partition(|file| is_unread(file));
    html! {
        @if !unread.is_empty() {
            div.note.bad.flow-s role="alert" {
                h2.h3s { (Words::MembersUnread { files: unread.len() as u64 }.to(lang)) }
                ul.limits {
                    @for file in unread.iter().take(MEMBERS) {
                        li {
                            bdi { (clean(&file_line(file, lang))) }
                            @if let Some(why) = file.problems.first() { br; span.soft { (mesinfos_words::intake::rejected(why, file.counts, lang)) } }
                        }
                    }
                }
            }
        }
        (more(&Words::EachMember { files: report.files.len() as u64 }.to(lang), html! {
            ul.limits { @for file in others.iter().take(MEMBERS) { li { bdi { (clean(&file_line(file, lang))) } } } }
        }))
    }
}

/// The rejected rows of each file of an archive, or of the file. `at` is the place of the answer on the page, from 0.
fn rejections(at: usize, files: &[FileReport], lang: Lang) -> Markup {
    let of: Vec<&FileReport> = files.iter().filter(|file| file.rejected > 0).collect();
    html! {
        @if let [only] = of.as_slice() {
            @let number = if at == 0 { String::new() } else { (at + 1).to_string() };
            (rejected(only, &number, lang))
        } @else {
            @for (member, file) in of.into_iter().enumerate() {
                @let title = format!("{} ({})", clean(&file.file), mesinfos_words::count(file.rejected, lang));
                (more(&title, rejected(file, &format!("{}.{}", at + 1, member + 1), lang)))
            }
        }
    }
}

fn refusal(at: usize, id: &str, refused: &Refused, lang: Lang) -> Markup {
    let Refused { file, why, .. } = refused;
    let title = if file.is_empty() { Words::Answer.to(lang) } else { Words::NotDone { file }.to(lang) };
    match why {
        Why::Unrecognised => {
            let title = Words::Unrecognised { file }.to(lang);
            section(
                id,
                &title,
                html! {
                    (note("", &Words::UnrecognisedWhy.to(lang), true))
                    @if is_member(file) { (take_out(lang)) } @else {
                        p { (Words::UnrecognisedTry.to(lang)) }
                        (keep(lang))
                    }
                    p { a href="/add#formats" { (Words::Formats { formats: mesinfos_platform::intake::abouts().len() as u64 }.to(lang)) } }
                },
            )
        }
        Why::Workbook => section(
            id,
            &Words::Unrecognised { file }.to(lang),
            html! {
                (note("", &Words::Workbook.to(lang), true))
                p { (Words::WorkbookTry.to(lang)) }
                div.row { a.btn.small href="/add" { (Words::Again.to(lang)) } }
                @if is_member(file) { (take_out(lang)) } @else {
                    p { (Words::WorkbookKeep.to(lang)) }
                    (keep(lang))
                }
            },
        ),
        Why::Table { id: table, columns, .. } => {
            section(id, &Words::Unrecognised { file }.to(lang), super::unknown::found(table, *columns, lang))
        }
        Why::AllRejected(files) => section(
            id,
            &title,
            html! {
                (note("", &Words::NothingKept.to(lang), true))
                // The files of an archive may be of one format, or of none.
                @for format in files.iter().map(|file| file.format).collect::<BTreeSet<_>>() {
                    p.soft { (format_name(format, lang)) }
                }
                (rejections(at, files, lang))
            },
        ),
        Why::Told(words) => section(
            id,
            &title,
            html! {
                (note("", words, true))
                p.soft { (Words::NothingKept.to(lang)) }
                p { a.btn.small href="/add" { (Words::Again.to(lang)) } }
            },
        ),
        Why::Limit(limit) => section(
            id,
            &title,
            html! {
                (note("", &limit.words(lang), true))
                p { a.btn.small href="/add" { (Words::Again.to(lang)) } }
            },
        ),
    }
}

/// Whether a file is one of an archive that was taken apart: it has the name of the archive before its own.
fn is_member(file: &str) -> bool {
    let folders = file.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| folder.to_lowercase().ends_with(".zip"))
}

/// What to do with a file of an archive: nobody can choose it by itself before it is taken out.
fn take_out(lang: Lang) -> Markup {
    html! {
        p { (Words::MemberTry.to(lang)) }
        p { a.btn.small href="/add" { (icon(Icon::FileUp)) (Words::AddMore.to(lang)) } }
    }
}

/// Whether a file is a workbook by its name.
fn is_workbook(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "xlsx" | "xlsm" | "xls" | "ods"))
}

impl Limit {
    fn words(self, lang: Lang) -> String {
        match self {
            Limit::Size(most) => {
                let size = match most {
                    limits::SAMPLE_FILE_BYTES => mesinfos_words::size(most, lang),
                    most => mesinfos_words::number::binary_size(most, lang),
                };
                Words::TooLarge { size: &size }.to(lang)
            }
            Limit::BrokenOff => Words::BrokenOff.to(lang),
            Limit::Slow => Words::TooSlow.to(lang),
            Limit::Busy => Words::Busy.to(lang),
            Limit::Files => Words::TooMany { files: limits::FILES as u64 }.to(lang),
            Limit::Imports => Words::TooManyImports { imports: limits::SAMPLE_FILES as u64 }.to(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::intake::{Extent, OrdinalKind, Rejected, Unreadable};

    fn report(import: u64, rejected: u64) -> Sent {
        let problem = Rejected { line: Some(3), field: None, extent: Extent::Row, reason: Reason::NoDate };
        let file = FileReport {
            file: "<b>.csv".to_owned(),
            format: "bank-csv",
            counts: OrdinalKind::Lines,
            rows: 2,
            rejected,
            problems: vec![problem; usize::try_from(rejected).unwrap()],
            unreadable: Unreadable::default(),
        };
        Sent::Imported(Box::new(ImportReport {
            file: "<b>.csv".to_owned(),
            import: Some(import),
            is_first: false,
            files: vec![file],
            categories: Vec::new(),
            withheld: Default::default(),
            withheld_alike: 0,
        }))
    }

    #[test]
    fn only_files_stored_whole_lead_elsewhere() {
        let bad = || Sent::not_received("a", ApiError::broken_off(), 9);
        assert_eq!(elsewhere(&[report(4, 0)]).as_deref(), Some("/imports/4"));
        assert_eq!(elsewhere(&[report(4, 0), report(5, 0)]).as_deref(), Some("/imports?added=4,5"));
        assert_eq!(elsewhere(&[report(4, 0), report(5, 1)]), None);
        assert_eq!(elsewhere(&[report(4, 0), bad()]), None);
        assert_eq!(elsewhere(&[bad()]), None);
        let Sent::Imported(mut marked) = report(4, 0) else { unreachable!() };
        marked.files[0].unreadable = Unreadable { count: 1, lines: vec![7] };
        let marked = Sent::Imported(marked);
        assert!(
            told((0, 0), &marked, Lang::Fr).into_string().contains("1 caractère est illisible (ligne 7)")
        );
        assert_eq!(elsewhere(&[marked]), None, "a person is told of a character that could not be read");
        assert_eq!(elsewhere(&[]), None);
        let table = |is_plain| {
            let why = Why::Table { id: "t".to_owned(), columns: 4, is_plain };
            Sent::of("a.csv", ApiError::broken_off(), why)
        };
        assert_eq!(elsewhere(&[table(true)]).as_deref(), Some("/add/tables/t"));
        assert_eq!(elsewhere(&[table(false)]), None);
        assert_eq!(elsewhere(&[table(true), report(4, 0)]), None, "each file is told");
    }

    #[test]
    fn each_file_is_told() {
        let lang = Lang::Fr;
        let page = told((0, 0), &report(4, 2), lang).into_string();
        assert_eq!(page.matches("ligne 3").count(), 2);
        assert!(
            page.contains("href=\"/imports/4\"") && page.contains("&lt;b&gt;.csv") && !page.contains("<b>")
        );
        let unrecognised = IntakeError::Unrecognised { file: "a".to_owned(), tried: Vec::new() };
        let unrecognised = Sent::refused("<i>", &PlatformError::Intake(unrecognised), lang);
        let page = told((1, 0), &unrecognised, lang).into_string();
        assert!(
            page.contains("action=\"/add?as=document\"")
                && page.contains("&lt;i&gt;")
                && page.contains("id=\"file-2\"")
        );
        // Nobody can choose a file of an archive again.
        let member = IntakeError::Unrecognised { file: "a".to_owned(), tried: Vec::new() };
        let member = Sent::refused("mes-données.ZIP/notes.bin", &PlatformError::Intake(member), lang);
        let page = told((0, 0), &member, lang).into_string();
        assert!(page.contains("sortez-en ce fichier") && page.contains("href=\"/add\""), "{page}");
        assert!(!page.contains("Choisissez-le de nouveau") && !page.contains("as=document"), "{page}");
        let Sent::Imported(all) = report(1, 3) else { unreachable!() };
        let page =
            told((0, 0), &Sent::refused("x", &PlatformError::AllRejected(all), lang), lang).into_string();
        assert!(page.contains("Rien n’a été gardé") && page.matches("ligne 3").count() == 3);
        for (error, words) in [
            (ApiError::too_large(1), "2\u{a0}Mo"),
            (ApiError::upload_too_slow(), "trop lent"),
            (ApiError::busy(""), "Trop de fichiers"),
            (ApiError::broken_off(), "interrompu"),
            (ApiError::internal(), "interrompu"),
        ] {
            let sent = Sent::not_received("a", error, limits::SAMPLE_FILE_BYTES);
            assert!(told((0, 0), &sent, lang).into_string().contains(words), "{words}");
        }
        assert!(told((0, 0), &Sent::too_many("a"), lang).into_string().contains("64"));
        assert!(told((0, 0), &Sent::too_many_imports("a"), lang).into_string().contains("60"));
    }
}
