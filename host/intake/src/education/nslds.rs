//! `MyStudentData.txt`, which the United States National Student Loan Data System gives to borrowers
//! (studentaid.gov).
//!
//! Lines of `Key:Value`, split at the first ':'. Nothing marks the end of a loan except the key that
//! begins the next one: `Loan Type` in older files, `Loan Type Code` since 2020; a bare `Type Code`
//! belongs to a summary. The first status of a loan is the current one. The student's names, numbers and
//! dates of birth are never kept.

use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::number::{Mark, amount, scaled};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::education::{self, row};
use std::collections::BTreeMap;

pub(super) struct Nslds;

static ABOUT: FormatInfo = FormatInfo {
    id: "nslds-student-data-text",
    fr: "Prêts étudiants fédéraux des États-Unis (MyStudentData.txt)",
    en: "Federal student loans of the United States (MyStudentData.txt)",
    origin: "U.S. Department of Education, NSLDS",
    categories: &[Category::Education],
    looks_for: "a text that begins with \"File Source:\" and names the National Student Loan Data \
                System or has \"Loan Type\"",
    spec: "https://github.com/okdistribute/nslds-parser",
    counts: OrdinalKind::Lines,
};

impl Format for Nslds {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let text = head.text().trim_start();
        text.starts_with("File Source:")
            && ["NATIONAL STUDENT LOAN DATA SYSTEM", "NSLDS", "\nLoan Type"]
                .iter()
                .any(|piece| text.contains(piece))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut reader = Reader { rows, open: None, loans: BTreeMap::new() };
        let mut lines = input.lines();
        while let Some((line, text)) = lines.next()? {
            let Some((key, value)) = text.split_once(':') else { continue };
            reader.entry(line, key.trim(), value.trim())?;
        }
        reader.close()
    }
}

/// Subject of a group of lines.
#[derive(Default, Clone, Copy, PartialEq)]
enum What {
    #[default]
    Enrolment,
    Grant,
    Loan,
}

/// Keys that begin a group, and its subject.
const BEGINNINGS: &[(&str, What)] = &[
    ("Student Enrollment Status", What::Enrolment),
    ("Grant Type", What::Grant),
    ("Grant Type Code", What::Grant),
    ("Loan Type", What::Loan),
    ("Loan Type Code", What::Loan),
];

/// A group of lines, as far as it was read.
#[derive(Default)]
struct Group {
    what: What,
    line: u64,
    /// Its type in words, or its code until the words are read.
    kind: Option<String>,
    id: Option<String>,
    school: Option<String>,
    date: Option<i64>,
    until: Option<i64>,
    disbursed: Option<i64>,
    principal: Option<i64>,
    /// The day of the balance.
    balance_on: Option<i64>,
    interest: Option<i64>,
    payment: Option<i64>,
    rate: Option<i64>,
    rate_kind: Option<String>,
    /// The status being read, and the latest one before it: they stand in any order.
    status: Status,
    latest: Status,
    /// Its status of today, where the file names it apart.
    today: Option<String>,
    /// Number of statuses read.
    statuses: u32,
    servicer: Option<String>,
    contact_is_servicer: bool,
    /// Date of the disbursement whose amount comes next.
    disbursed_on: Option<i64>,
    /// The first unreadable value: its line, its key and the reason.
    wrong: Option<(u64, String, Reason)>,
}

/// One of the statuses that a loan had.
#[derive(Default)]
struct Status {
    code: Option<String>,
    words: Option<String>,
    on: Option<i64>,
}

struct Reader<'o, 'r> {
    rows: &'o mut RowWriter<'r>,
    open: Option<Group>,
    /// Loans seen per type and date: older files have no loan number.
    loans: BTreeMap<String, u32>,
}

/// Most distinct loan types and dates to tell apart: more than anybody has.
const LOANS: usize = 10_000;

impl Reader<'_, '_> {
    fn entry(&mut self, line: u64, key: &str, value: &str) -> Result<(), FormatError> {
        if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| *beginning == key) {
            // "Loan Type" after "Loan Type Code" belongs to the same loan.
            let same = self.open.as_ref().is_some_and(|open| open.what == *what && open.is_new(line));
            if !same {
                self.close()?;
                self.open = Some(Group::new(*what, line));
            }
        }
        let Some(open) = self.open.as_mut().filter(|open| open.has(key)) else { return Ok(()) };
        let value = some(value);
        match key {
            "Loan Disbursement Amount" => self.disbursement(line, key, value.as_deref()),
            _ => {
                open.take(line, key, value);
                Ok(())
            }
        }
    }

    /// A disbursement of a loan, which is a row of its own.
    fn disbursement(&mut self, line: u64, key: &str, value: Option<&str>) -> Result<(), FormatError> {
        let Some(open) = self.open.as_mut().filter(|open| open.what == What::Loan) else { return Ok(()) };
        let on = open.disbursed_on.take();
        let Some(value) = value else { return Ok(()) };
        let paid = match dollars(value) {
            Ok(paid) => paid,
            Err(reason) => {
                self.rows.reject(line, Some(key), reason);
                return Ok(());
            }
        };
        if open.id.is_none() {
            open.id = Some(name_of_loan(&mut self.loans, open));
        }
        self.rows.push(
            Category::Education,
            line,
            &[
                (education::HOLDER, "NSLDS".into()),
                (education::ROW, row::DISBURSEMENT.into()),
                (education::START, on.into()),
                (education::INSTITUTION, open.school.as_deref().into()),
                (education::LOAN, open.id.as_deref().into()),
                (education::LOAN_TYPE, open.kind.as_deref().into()),
                (education::AMOUNT, paid.into()),
                (education::CURRENCY, "USD".into()),
            ],
        )
    }

    /// Ends the open group and writes its row.
    fn close(&mut self) -> Result<(), FormatError> {
        let Some(mut group) = self.open.take() else { return Ok(()) };
        if let Some((line, key, reason)) = group.wrong.take() {
            self.rows.reject(line, Some(&key), reason);
            return Ok(());
        }
        group.next_status();
        if group.says_nothing() {
            return Ok(());
        }
        if group.what == What::Loan && group.id.is_none() {
            group.id = Some(name_of_loan(&mut self.loans, &group));
        }
        let code = match group.what {
            What::Enrolment => row::ENROLMENT,
            What::Grant => row::GRANT,
            What::Loan => row::LOAN,
        };
        let is_loan = group.what == What::Loan;
        let money = [group.disbursed, group.principal, group.interest, group.payment];
        self.rows.push(
            Category::Education,
            group.line,
            &[
                (education::HOLDER, "NSLDS".into()),
                (education::ROW, code.into()),
                (education::START, group.date.into()),
                (education::END, group.until.into()),
                (education::TITLE, group.kind.as_deref().filter(|_| !is_loan).into()),
                (education::INSTITUTION, group.school.as_deref().into()),
                (education::LOAN, group.id.as_deref().filter(|_| is_loan).into()),
                (education::LOAN_TYPE, group.kind.as_deref().filter(|_| is_loan).into()),
                (education::AMOUNT, group.disbursed.into()),
                (education::PRINCIPAL, group.principal.into()),
                (education::INTEREST, group.interest.into()),
                (education::PAYMENT, group.payment.into()),
                (education::CURRENCY, money.iter().any(Option::is_some).then_some("USD").into()),
                (education::RATE, group.rate.into()),
                (education::RATE_KIND, group.rate_kind.as_deref().into()),
                (education::STATUS, group.today.as_deref().or(group.latest.text()).into()),
                (education::STATUS_ON, group.latest.on.into()),
                (education::SERVICER, group.servicer.as_deref().into()),
                (education::BALANCE_ON, group.balance_on.into()),
            ],
        )
    }
}

/// Name of a loan without a number: its type and date, and its number among such loans, from 1.
fn name_of_loan(loans: &mut BTreeMap<String, u32>, loan: &Group) -> String {
    let date = loan.date.map_or_else(String::new, |date| date.to_string());
    let name = format!("{}/{date}", part(loan.kind.as_deref().unwrap_or_default()));
    if loans.len() >= LOANS && !loans.contains_key(&name) {
        return name;
    }
    let before = loans.entry(name.clone()).or_default();
    *before += 1;
    format!("{name}/{before}")
}

impl Status {
    /// Its words or, where there are none, its code.
    fn text(&self) -> Option<&str> {
        self.words.as_deref().or(self.code.as_deref())
    }
}

impl Group {
    fn new(what: What, line: u64) -> Group {
        Group { what, line, ..Group::default() }
    }

    /// Whether a key belongs to this group: keys of one group share a prefix.
    fn has(&self, key: &str) -> bool {
        let is_today = self.what == What::Loan && key.starts_with("Current Loan Status");
        is_today
            || key.starts_with(match self.what {
                What::Enrolment => "Student Enrollment ",
                What::Grant => "Grant ",
                What::Loan => "Loan ",
            })
    }

    fn says_nothing(&self) -> bool {
        let has_status = self.today.is_some() || self.latest.text().is_some();
        self.kind.is_none() && !has_status && self.school.is_none() && self.disbursed.is_none()
    }

    /// Ends the status being read: of two, the later one counts, and of two of one day the first.
    fn next_status(&mut self) {
        let status = std::mem::take(&mut self.status);
        if status.text().is_some() && (self.latest.text().is_none() || status.on > self.latest.on) {
            self.latest = status;
        }
    }

    /// Whether the group holds at most the line before this one.
    fn is_new(&self, line: u64) -> bool {
        line <= self.line + 1 && self.school.is_none() && self.statuses == 0 && self.today.is_none()
    }

    fn take(&mut self, line: u64, key: &str, value: Option<String>) {
        match key {
            "Loan Status" | "Loan Status Code" => {
                self.next_status();
                self.statuses += 1;
            }
            "Loan Contact Type" => {
                self.contact_is_servicer = value.as_deref().is_some_and(|kind| kind.contains("Servicer"));
                return;
            }
            _ => {}
        }
        let Some(value) = value else { return };
        match key {
            "Loan Type" | "Loan Type Description" | "Grant Type" | "Grant Type Description" => {
                self.kind = Some(value);
            }
            "Loan Type Code" | "Grant Type Code" => self.kind = self.kind.take().or(Some(value)),
            "Loan Award ID" => self.id = Some(value),
            "Loan Attending School Name"
            | "Grant Attending School Name"
            | "Student Enrollment School Name" => {
                self.school = Some(value);
            }
            "Loan Interest Rate Type" | "Loan Interest Rate Type Description" => self.rate_kind = Some(value),
            "Loan Contact Name" if self.contact_is_servicer => {
                self.servicer = self.servicer.take().or(Some(value));
            }
            "Loan Status" | "Loan Status Code" => self.status.code = Some(value),
            "Loan Status Description" => self.status.words = Some(value),
            "Current Loan Status" | "Current Loan Status Code" => {
                self.today = self.today.take().or(Some(value));
            }
            "Current Loan Status Description" => self.today = Some(value),
            "Student Enrollment Status" => self.today = Some(value),
            "Grant Award Year" => match award_year(&value) {
                Some((from, until)) => (self.date, self.until) = (Some(from), Some(until)),
                None => self.is_wrong(line, key, Reason::not_a_year(value, "2012-2013")),
            },
            "Loan Interest Rate" => match scaled(value.trim_end_matches('%'), 2) {
                Some(rate) => self.rate = Some(rate),
                None => self.is_wrong(line, key, Reason::not_a_rate(value, "6.8%")),
            },
            _ => self.take_date_or_money(line, key, &value),
        }
    }

    fn take_date_or_money(&mut self, line: u64, key: &str, value: &str) {
        if key == "Loan Outstanding Principal Balance as of Date" {
            // A balance without its day is still a balance.
            self.balance_on = time::days(value, "mdy");
            return;
        }
        let is_past = key == "Loan Status Effective Date" && self.statuses > 1;
        let date = match key {
            "Loan Date" => &mut self.date,
            "Loan Disbursement Date" => &mut self.disbursed_on,
            "Loan Status Effective Date" => &mut self.status.on,
            "Student Enrollment Status Effective Date" => &mut self.date,
            _ => return self.take_money(line, key, value),
        };
        *date = time::days(value, "mdy");
        if date.is_none() && !is_past {
            self.is_wrong(line, key, Reason::not_a_date(value, "08/24/2008"));
        }
    }

    fn take_money(&mut self, line: u64, key: &str, value: &str) {
        let money = match key {
            "Loan Disbursed Amount" | "Grant Disbursed Amount" => &mut self.disbursed,
            "Loan Outstanding Principal Balance" => &mut self.principal,
            "Loan Outstanding Interest Balance" => &mut self.interest,
            "Loan Repayment Plan Scheduled Amount" => &mut self.payment,
            _ => return,
        };
        match dollars(value) {
            Ok(found) => *money = Some(found),
            Err(reason) => self.is_wrong(line, key, reason),
        }
    }

    fn is_wrong(&mut self, line: u64, key: &str, reason: Reason) {
        self.wrong.get_or_insert((line, key.to_owned(), reason));
    }
}

fn dollars(value: &str) -> Result<i64, Reason> {
    amount(value, "USD", Mark::Point)
}

/// A value, unless it is a placeholder for none.
fn some(value: &str) -> Option<String> {
    (!matches!(value, "" | "N/A" | "NOT AVAILABLE" | "--")).then(|| value.to_owned())
}

/// First and last day of an award year such as "2012-2013": 1 July to 30 June (20 U.S.C. 1088).
fn award_year(text: &str) -> Option<(i64, i64)> {
    let (first, second) = text.split_once('-')?;
    let (from, until) =
        (time::day(&format!("{first}0701"), "ymd")?, time::day(&format!("{second}0630"), "ymd")?);
    Some((i64::from(from.0), i64::from(until.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::Batch;

    const HEAD: &str = "File Source:U.S. DEPARTMENT OF EDUCATION, NATIONAL STUDENT LOAN DATA SYSTEM (NSLDS)";

    fn read(lines: &[&str], end: &str) -> (Batch, Vec<crate::Rejected>) {
        let text = format!("{HEAD}{end}{}", lines.join(end));
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        let read = reads.remove(0);
        assert_eq!(read.about.id, "nslds-student-data-text");
        (batches.remove(0), read.rejected)
    }

    const LOAN: &[&str] = &[
        "Student SSN:123-45-6789",
        "Loan Type:DIRECT STAFFORD",
        "Loan Date:08/24/2008",
        "Loan Disbursed Amount:$3,500",
        "Loan Outstanding Principal Balance:$41.17",
        "Loan Outstanding Principal Balance as of Date:12/31/2022",
        "Loan Outstanding Interest Balance:",
        "Loan Interest Rate:6.8%",
        "Loan Status:RP",
        "Loan Status Description:IN REPAYMENT",
        "Loan Status Effective Date:02/01/2013",
        "Loan Status:IA",
        "Loan Status Description:LOAN ORIGINATED",
        "Loan Status Effective Date:08/24/2008",
        "Loan Disbursement Date:01/02/2009",
        "Loan Disbursement Amount:$1,750",
        "Loan Contact Type:Current Guaranty Agency",
        "Loan Contact Name:AGENCY",
        "Loan Contact Type:Current Servicer",
        "Loan Contact Name:SERVICER",
        "Loan Contact Web Site Address:http://www.example.org:8080/",
    ];

    #[test]
    fn loans_with_any_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let (batch, rejected) = read(LOAN, end);
            assert_eq!((batch.rows(), rejected.len()), (2, 0));
            let loan = (0..2).find(|row| batch.integer(education::ROW, *row) == Some(row::LOAN)).unwrap();
            assert_eq!(batch.integer(education::PRINCIPAL, loan), Some(4_117));
            assert_eq!(batch.integer(education::INTEREST, loan), None);
            assert_eq!(batch.integer(education::BALANCE_ON, loan), time::days("12/31/2022", "mdy"));
            assert_eq!(batch.integer(education::RATE, loan), Some(680));
            assert_eq!(batch.text(education::STATUS, loan), Some("IN REPAYMENT"));
            assert_eq!(batch.integer(education::STATUS_ON, loan), time::days("02/01/2013", "mdy"));
            assert_eq!(batch.text(education::SERVICER, loan), Some("SERVICER"));
            assert_eq!(batch.text(education::LOAN, 0), batch.text(education::LOAN, 1));
        }
    }

    #[test]
    fn files_since_2020_begin_a_loan_with_its_code() {
        let (batch, rejected) = read(
            &[
                "Type Code:D1",
                "Loan Type Code:D1",
                "Loan Type Description:DIRECT SUBSIDIZED",
                "Loan Award ID:X1",
                "Loan Date:08/24/2021",
                "Loan Type Code:D2",
                "Loan Date:13/24/2021",
                "Loan Type Code:D2",
                "Loan Disbursed Amount:many",
            ],
            "\n",
        );
        assert_eq!((batch.rows(), rejected.len()), (1, 2));
        assert_eq!(batch.text(education::LOAN_TYPE, 0), Some("DIRECT SUBSIDIZED"));
        assert_eq!(batch.text(education::LOAN, 0), Some("X1"));
        assert_eq!((rejected[0].line, rejected[0].field.as_deref()), (Some(8), Some("Loan Date")));
    }

    #[test]
    fn who_the_student_is_is_never_kept() {
        let (batch, _) = read(LOAN, "\n");
        for row in 0..batch.rows() {
            for field in 0..batch.schema().fields.len() {
                assert!(batch.text(field, row).is_none_or(|text| !text.contains("6789")));
            }
        }
    }

    #[test]
    fn grants_and_enrolments() {
        let (batch, rejected) = read(
            &[
                "Student Enrollment Status:FULL TIME",
                "Student Enrollment Status Effective Date:09/01/2012",
                "Student Enrollment School Name:ANY UNIVERSITY",
                "Grant Type:FEDERAL PELL GRANT",
                "Grant Award Year:2012-2013",
                "Grant Disbursed Amount:$2,775",
            ],
            "\n",
        );
        assert_eq!((batch.rows(), rejected.len()), (2, 0));
        assert_eq!(batch.text(education::STATUS, 0), Some("FULL TIME"));
        assert_eq!(batch.integer(education::AMOUNT, 1), Some(277_500));
        assert_eq!(batch.integer(education::START, 1), time::days("07/01/2012", "mdy"));
    }
}
