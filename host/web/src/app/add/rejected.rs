//! Rows of a file that could not be read: where, and why.

use crate::app::parts::table_region;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::FileReport;
use mesinfos_words::intake::{place_in_file, why};
use mesinfos_words::page::Add as Words;

/// Rows that are listed for a file. The others are counted.
const LISTED: usize = 200;

/// The rejected rows of one file; nothing if there are none. `number` tells its table from those of other files on the
/// page: each region has a name of its own. It is empty for the first one.
pub(crate) fn rejected(file: &FileReport, number: &str, lang: Lang) -> Markup {
    if file.rejected == 0 && file.problems.is_empty() {
        return html! {};
    }
    let listed = &file.problems[..file.problems.len().min(LISTED)];
    let beyond = file.rejected.saturating_sub(listed.len() as u64);
    let label = Words::RejectedTable.to(lang);
    let label = if number.is_empty() { label } else { format!("{label} ({number})") };
    html! {
        (table_region(&label, html! {
            table.tight {
                caption.sr { (label) }
                thead {
                    tr {
                        th scope="col" { (Words::WhereHead.to(lang)) }
                        th scope="col" { (Words::FieldHead.to(lang)) }
                        th scope="col" { (Words::WhyHead.to(lang)) }
                    }
                }
                tbody {
                    @for row in listed {
                        tr {
                            th scope="row" {
                                @if let Some(line) = row.line { (place_in_file(file.counts, line, lang)) }
                                @else { (mesinfos_words::MISSING) }
                            }
                            td {
                                @match &row.field {
                                    Some(field) => code { bdi { (clean(field)) } },
                                    None => (mesinfos_words::MISSING),
                                }
                            }
                            td { bdi { (clean(&why(row, lang))) } }
                        }
                    }
                }
            }
        }))
        @if beyond > 0 { p.soft { (Words::More { rows: beyond }.to(lang)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::intake::{Extent, OrdinalKind, Reason, Rejected, Unreadable};

    #[test]
    fn rejected_rows_are_told_with_line_field_and_reason() {
        let problem = |line| Rejected {
            line: Some(line),
            field: Some("<b>\u{202e}".to_owned()),
            extent: Extent::Row,
            reason: Reason::NoDate,
        };
        let report = FileReport {
            file: "a.csv".to_owned(),
            format: "bank-csv",
            counts: OrdinalKind::Lines,
            rows: 3,
            rejected: 1_234,
            problems: (1..=500).map(problem).collect(),
            unreadable: Unreadable::default(),
        };
        let page = rejected(&report, "2", Lang::Fr).into_string();
        assert!(page.contains("aria-label=\"Lignes écartées (2)\""), "{page}");
        assert_eq!(page.matches("<tr>").count(), 1 + LISTED);
        assert!(page.contains("ligne 200") && !page.contains("ligne 201"));
        assert!(page.contains("1\u{202f}034 autres"), "{}", &page[page.len() - 200..]);
        assert!(page.contains("il n’y a pas de date") && page.contains("&lt;b&gt;"));
        assert!(!page.contains("<b>") && !page.contains('\u{202e}'));
        let none = FileReport { rejected: 0, problems: Vec::new(), ..report };
        assert_eq!(rejected(&none, "", Lang::Fr).into_string(), "");
    }
}
