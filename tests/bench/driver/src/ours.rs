//! A run of MesInfos: the app under a grant, its view checked, its receipt on disk.

use crate::work::{Contestant, Ran, Work};
use bench_kernels::{Answer, month};
use mesinfos_model::Day;
use mesinfos_model::view::{Axis, Block, Date, Lang, Money, Plot, Value, View};
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{Caller, Isolation, Platform, RunInput, SystemClock};
use std::path::Path;
use std::time::Instant;

/// Name of the person whose data is used.
pub(crate) const PERSON: &str = "bench";

pub(crate) struct Ours {
    platform: Platform,
    apart: bool,
}

/// Isolation in separate processes starts this program again.
pub(crate) fn isolation(apart: bool) -> Isolation {
    if apart {
        Isolation::Process { program: std::env::current_exe().unwrap() }
    } else {
        Isolation::InProcess
    }
}

/// Caller at the command line, for a person.
pub(crate) fn me(name: impl AsRef<str>) -> Caller {
    nobody().about(name.as_ref().parse().unwrap())
}

/// Caller at the command line, for no person.
pub(crate) fn nobody() -> Caller {
    Caller::new(&SystemClock, Actor::Person, Channel::Cli, Lang::En)
}

pub(crate) fn input() -> RunInput {
    RunInput { params: Vec::new() }
}

/// Installs an app and grants it everything that it requests, for these people.
pub(crate) fn give<'a>(platform: &Platform, app: &[u8], people: impl IntoIterator<Item = &'a str>) -> String {
    let (app, _) = platform.install(app).unwrap();
    for person in people {
        platform.grant(&me(person), &app.id, &[], None).unwrap();
    }
    app.id
}

impl Ours {
    pub(crate) fn open(folder: &Path, apart: bool) -> Ours {
        Ours { platform: Platform::open(folder, &isolation(apart)).unwrap(), apart }
    }
}

impl Contestant for Ours {
    fn id(&self) -> &'static str {
        if self.apart { "apart" } else { "ours" }
    }

    fn name(&self) -> String {
        format!("**MesInfos**, {}", if self.apart { "process for each run" } else { "in process" })
    }

    fn includes(&self) -> &'static str {
        "from the grant to the checked view: opening the sealed chunks, cutting to the grant, fresh instance, computing, view"
    }

    fn run(&mut self, work: Work) -> Ran {
        let started = Instant::now();
        let output = self.platform.run(&me(PERSON), work.id(), &input()).unwrap();
        let whole = started.elapsed();
        Ran { time: output.usage.time, whole: Some(whole), answer: answer(work, &output.view) }
    }
}

/// The result, extracted from the view.
pub(crate) fn answer(work: Work, report: &View) -> Answer {
    let blocks: Vec<&Block> =
        report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks).collect();
    match (work, &blocks[..]) {
        (Work::Budget, [Block::KeyFigures(figures), Block::Chart(chart), Block::Table(table)]) => {
            let Plot::Xy(xy) = &chart.plot else { panic!("the chart has other axes") };
            let Axis::Dates(_, dates) = &xy.axis else { panic!("the chart has other points") };
            let mut numbers = vec![number(&figures[0].value)];
            for (point, date) in dates.iter().enumerate() {
                numbers.push(month_of(date));
                numbers.extend(xy.series.iter().map(|series| whole(series.points[point], 100.0)));
            }
            numbers.extend(table.cells.iter().skip(1).step_by(2).map(number));
            let texts = table.cells.iter().step_by(2).map(|cell| match cell {
                Value::Text(label) => label.clone(),
                other => panic!("{other:?} is no label"),
            });
            Answer { numbers, texts: texts.collect() }
        }
        (Work::Profile, [Block::KeyFigures(figures), Block::Chart(chart)]) => {
            let Plot::Xy(xy) = &chart.plot else { panic!("the chart has other axes") };
            let mut numbers: Vec<i64> = xy.series[0].points.iter().map(|point| whole(*point, 1.0)).collect();
            numbers.extend(figures.iter().map(|figure| number(&figure.value)));
            Answer { numbers, texts: Vec::new() }
        }
        (Work::Plans, [Block::Table(table), Block::Comparison(plans)]) => {
            let mut numbers: Vec<i64> = table.cells.iter().map(number).collect();
            let cost = |cost: &Option<Money>| cost.as_ref().unwrap().amount.mantissa;
            numbers.extend(plans.offers.iter().map(|offer| cost(&offer.yearly_cost)));
            numbers.push(i64::from(plans.recommended.unwrap()));
            Answer { numbers, texts: Vec::new() }
        }
        _ => panic!("the view of {} has other blocks", work.id()),
    }
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Money(money) => money.amount.mantissa,
        Value::Quantity(quantity) => quantity.amount.mantissa,
        Value::Date(date) => month_of(date),
        other => panic!("{other:?} is no number"),
    }
}

fn whole(point: Option<f64>, times: f64) -> i64 {
    (point.unwrap() * times).round() as i64
}

fn month_of(date: &Date) -> i64 {
    let day = Day::from_ymd(i16::try_from(date.year).unwrap(), date.month as i8, date.day as i8).unwrap();
    i64::from(month(day.0))
}
