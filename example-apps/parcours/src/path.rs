//! Qualifications and courses, in the data holders' words.

use mesinfos_sdk::Date;
use mesinfos_sdk::education::Row;
use mesinfos_sdk::words::fold;
use std::collections::BTreeSet;

/// A qualification, a course, a mark or an enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) row: Row,
    /// For a qualification, the day of the award.
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    pub(crate) title: String,
    pub(crate) institution: Option<String>,
    /// Level of the European Qualifications Framework, 1 to 8.
    pub(crate) level: Option<i64>,
    /// Credits in thousandths.
    pub(crate) credits: Option<i64>,
    pub(crate) result: Option<String>,
    /// Whether the file carries a signature; `None` if its format has none.
    pub(crate) is_signed: Option<bool>,
}

/// Distinct steps, newest first; those without a date last.
pub(crate) fn unique(steps: Vec<Step>) -> Vec<Step> {
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Step> = steps
        .into_iter()
        .filter(|step| seen.insert((step.row, fold(&step.title), step.start, step.result.clone())))
        .collect();
    kept.sort_by_key(|step| (step.start.is_none(), step.start.map(|start| -i64::from(start.0))));
    kept
}

/// Credits, in thousandths: of courses if these have any, else of qualifications. Never of both, because a
/// qualification includes its courses. `None` if no step has credits.
pub(crate) fn credits(steps: &[Step]) -> Option<(Row, i64)> {
    let of = |row: Row| {
        let credits: Vec<i64> =
            steps.iter().filter(|step| step.row == row).filter_map(|step| step.credits).collect();
        (!credits.is_empty()).then(|| (row, credits.iter().sum()))
    };
    of(Row::Course).or_else(|| of(Row::Credential))
}

/// The qualification with the highest level.
pub(crate) fn highest(steps: &[Step]) -> Option<(&Step, i64)> {
    let awarded = steps.iter().filter(|step| step.row == Row::Credential);
    awarded.filter_map(|step| Some((step, step.level?))).max_by_key(|(_, level)| *level)
}

/// French qualifications at a level: since 2019 the levels of the French framework are those of the
/// European one (decree 2019-14 of 8 January 2019; Council Recommendation 2017/C 189/03).
pub(crate) fn in_france(level: i64) -> Option<&'static str> {
    match level {
        3 => Some("CAP, BEP"),
        4 => Some("baccalauréat"),
        5 => Some("BTS, DEUG"),
        6 => Some("licence, BUT"),
        7 => Some("master"),
        8 => Some("doctorat"),
        _ => None,
    }
}
