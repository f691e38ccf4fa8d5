//! Reports of imports and undos, as lines with indented details.

use crate::audit::rows;
use crate::date::period;
use crate::intake::{rejected, total};
use crate::message::messages;
use mesinfos_intake::Unreadable;
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Period};
use mesinfos_platform::{CategoryReport, FileReport, ImportReport, UndoReport};

messages! {
    /// Messages of reports.
    pub(crate) enum Report<'a> in "report" {
        Imported { file: &'a str, import: &'a str },
        DryRun { file: &'a str },
        Category { category: &'a str, counts: &'a str },
        CategoryOfDays { category: &'a str, counts: &'a str, days: &'a str },
        FileRead { rows: u64, file: &'a str, format: &'a str },
        FileUnread { file: &'a str },
        FileEmpty { file: &'a str, format: &'a str },
        FileReadInPart { rejected: u64, read: &'a str },
        MoreRejected { count: u64 },
        Unreadable { count: u64, lines: &'a str },
        UnreadableLines { count: u64, lines: &'a str },
        Undone { rows: u64, import: &'a str, file: &'a str },
        Stayed { rows: u64, file: &'a str },
        Earlier { rows: u64 },
        Restored { rows: u64 },
        Older { rows: u64 },
        MostCorrected,
        ImportAgain { import: &'a str, file: &'a str },
        LeftOutFor { app: &'a str },
        WithheldCame { rules: u64 },
        WithheldKnown { rules: u64 },
        WithheldAlike { rows: u64 },
        ShownAgain { rules: u64 },
    }
}

/// Maximum number of rejections listed per file; the others are counted.
pub const TOLD: usize = 10;

/// Report of an import.
pub fn import_report(report: &ImportReport, lang: Lang) -> Vec<String> {
    let file = &report.file;
    let mut lines = vec![match report.import {
        Some(import) => Report::Imported { file, import: &import.to_string() }.to(lang),
        None => Report::DryRun { file }.to(lang),
    }];
    for category in &report.categories {
        lines.push(format!("    {}", category_line(category, lang)));
        let totals = category.totals.iter().map(|sum| total(category.category, sum, lang));
        lines.extend(totals.map(|total| format!("        {total}")));
        lines.extend(versions(category, lang).map(|line| format!("        {line}")));
    }
    lines.extend(withheld(report, lang).map(|line| format!("    {line}")));
    for file in &report.files {
        if report.files.len() > 1 || file.rejected > 0 {
            lines.push(format!("    {}", file_line(file, lang)));
        }
        lines.extend(unreadable(file, lang).map(|line| format!("        {line}")));
        let told = file.problems.iter().take(TOLD).map(|one| rejected(one, file.counts, lang));
        lines.extend(told.map(|line| format!("        {line}")));
        if let Some(count @ 1..) = file.problems.len().checked_sub(TOLD) {
            lines.push(format!("        {}", Report::MoreRejected { count: count as u64 }.to(lang)));
        }
    }
    lines
}

/// What a report says of versions of rows: those that were left out because a later one is stored, and whether so many
/// rows have other values that the file may be of another meter or account.
pub fn versions(category: &CategoryReport, lang: Lang) -> impl Iterator<Item = String> {
    let older = (category.older > 0).then(|| Report::Older { rows: category.older }.to(lang));
    let is_most = category.corrected >= 2 && category.corrected > category.duplicates;
    let most = is_most.then(|| Report::MostCorrected.to(lang));
    older.into_iter().chain(most)
}

/// What a report says of rows that no app is shown: what came with an archive, and what waits for the person.
pub fn withheld(report: &ImportReport, lang: Lang) -> impl Iterator<Item = String> {
    let came = report.withheld;
    let of = |count: u64, message: Report<'_>| (count > 0).then(|| message.to(lang));
    let new = of(came.new, Report::WithheldCame { rules: came.new });
    let same = of(came.same, Report::WithheldKnown { rules: came.same });
    let alike = of(report.withheld_alike, Report::WithheldAlike { rows: report.withheld_alike });
    [new, same, alike].into_iter().flatten()
}

/// Characters of a file that could not be read, with their lines; `None` if all could.
pub fn unreadable(file: &FileReport, lang: Lang) -> Option<String> {
    let Unreadable { count, lines } = &file.unreadable;
    if *count == 0 {
        return None;
    }
    let mut listed: Vec<String> = lines.iter().map(|line| crate::count(*line, lang)).collect();
    if lines.len() == Unreadable::LINES {
        listed.push("…".to_owned());
    }
    let lines = Report::UnreadableLines { count: lines.len() as u64, lines: &listed.join(", ") }.to(lang);
    Some(Report::Unreadable { count: *count, lines: &lines }.to(lang))
}

fn category_line(category: &CategoryReport, lang: Lang) -> String {
    let counts = &rows(category.accepted, category.corrected, category.duplicates, 0, lang);
    let name = category.category.name(lang);
    match category.days {
        Some((first, last)) => {
            let days = Period { from: Some(first), until: Some(Day(last.0.saturating_add(1))) };
            Report::CategoryOfDays { category: name, counts, days: &period(&days, lang) }.to(lang)
        }
        None => Report::Category { category: name, counts }.to(lang),
    }
}

/// Whether nothing of a file could be read: its first problem is about the whole of it.
pub fn is_unread(file: &FileReport) -> bool {
    file.rows == 0 && file.rejected == 0 && !file.problems.is_empty()
}

/// What became of a file, in a line.
pub fn file_line(file: &FileReport, lang: Lang) -> String {
    if is_unread(file) {
        return Report::FileUnread { file: &file.file }.to(lang);
    }
    let format = mesinfos_intake::about(file.format).map_or(file.format, |about| about.name(lang));
    let read = Report::FileRead { rows: file.rows, file: &file.file, format }.to(lang);
    match file.rejected {
        0 if file.rows == 0 => Report::FileEmpty { file: &file.file, format }.to(lang),
        0 => read,
        rejected => Report::FileReadInPart { rejected, read: &read }.to(lang),
    }
}

/// Number of choices of what no app is shown that are gone with an import.
pub fn shown_again(rules: u64, lang: Lang) -> String {
    Report::ShownAgain { rules }.to(lang)
}

/// Report of an undo, with the next steps.
pub fn undo_report(report: &UndoReport, lang: Lang) -> Vec<String> {
    let UndoReport { import, file, rows, stayed, earlier, restored, import_again, left_out_for, .. } = report;
    let mut lines = vec![Report::Undone { rows: *rows, import: &import.to_string(), file }.to(lang)];
    lines.extend(stayed.iter().map(|(_, file, rows)| Report::Stayed { rows: *rows, file }.to(lang)));
    if *earlier > 0 {
        lines.push(Report::Earlier { rows: *earlier }.to(lang));
    }
    if *restored > 0 {
        lines.push(Report::Restored { rows: *restored }.to(lang));
    }
    let again =
        |(import, file): &(u64, String)| Report::ImportAgain { import: &import.to_string(), file }.to(lang);
    lines.extend(import_again.iter().map(again));
    if report.shown_again > 0 {
        lines.push(shown_again(report.shown_again, lang));
    }
    lines.extend(left_out_for.iter().map(|app| Report::LeftOutFor { app }.to(lang)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_intake::{Extent, OrdinalKind, Reason, Rejected, Total};
    use mesinfos_model::Category;
    use mesinfos_platform::WithheldCame;

    #[test]
    fn an_import_is_told_line_by_line() {
        let total = |of, value| Total { field: "amount", of, unit: "EUR".to_owned(), value };
        let day = |text: &str| text.parse::<Day>().unwrap();
        let problem =
            |line| Rejected { line: Some(line), field: None, extent: Extent::Row, reason: Reason::NoDate };
        let report = ImportReport {
            is_first: false,
            file: "banque.csv".to_owned(),
            import: Some(3),
            files: vec![FileReport {
                file: "banque.csv".to_owned(),
                format: "bank-csv",
                counts: OrdinalKind::Lines,
                rows: 12,
                rejected: 12,
                problems: (1..=12).map(problem).collect(),
                unreadable: Unreadable { count: 3, lines: vec![2, 1_005] },
            }],
            categories: vec![CategoryReport {
                category: Category::Bank,
                accepted: 10,
                corrected: 0,
                older: 0,
                duplicates: 2,
                first: Some("2026-01-03".to_owned()),
                last: Some("2026-01-09".to_owned()),
                days: Some((day("2026-01-03"), day("2026-01-09"))),
                totals: vec![total("out", -1_250)],
            }],
            withheld: WithheldCame { new: 2, same: 1 },
            withheld_alike: 1,
        };
        let told: Vec<String> = withheld(&report, Lang::En).collect();
        assert!(told[0].starts_with("With the archive came 2 choices") && told.len() == 3, "{told:?}");
        assert!(told[2].starts_with("1 row is probably the same"), "{}", told[2]);
        let report = ImportReport { withheld: WithheldCame::default(), withheld_alike: 0, ..report };
        let lines = import_report(&report, Lang::Fr);
        assert_eq!(lines[0], "banque.csv\u{A0}: import n° 3");
        assert_eq!(
            lines[1],
            "    opérations bancaires\u{A0}: 10 lignes nouvelles, 2 déjà là (du 3 au 9\u{A0}janvier 2026)"
        );
        assert_eq!(lines[2], "        montant, sorties\u{A0}: −12,50\u{A0}€");
        assert!(lines[3].ends_with("\u{A0}: 12 lignes retenues, 12 écartées"), "{}", lines[3]);
        assert_eq!(
            lines[4],
            "        3 caractères sont illisibles (lignes 2, 1\u{202F}005). Le signe «\u{A0}\u{FFFD}\u{A0}» en tient lieu\u{A0}; le reste \
             de ces lignes est gardé."
        );
        assert_eq!(lines[5], "        ligne 1\u{A0}: il n’y a pas de date");
        assert_eq!(lines.last().map(String::as_str), Some("        … et 2 autres"));
    }

    #[test]
    fn an_undo_says_which_imports_may_lack_rows_now() {
        let report = UndoReport {
            import: 1,
            file: "a.ofx".to_owned(),
            rows: 2,
            stayed: vec![(4, "b.ofx".to_owned(), 1)],
            documents: 0,
            earlier: 0,
            restored: 0,
            import_again: vec![(3, "releve.ofx".to_owned())],
            left_out_for: Vec::new(),
            shown_again: 1,
        };
        assert_eq!(
            undo_report(&report, Lang::Fr)[1],
            "1 ligne reste\u{A0}: le fichier «\u{A0}b.ofx\u{A0}» la contient aussi."
        );
        assert_eq!(
            undo_report(&report, Lang::Fr)[2],
            "L’import n° 3 («\u{A0}releve.ofx\u{A0}») contenait peut-être aussi certaines de ces lignes\u{A0}: si elles \
             vous manquent, importez-le de nouveau."
        );
    }
}
