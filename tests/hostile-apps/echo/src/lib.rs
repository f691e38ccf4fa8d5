//! An app that repeats the labels of bank transactions in every place of a view that takes a text.

use mesinfos_sdk::view::{self, Block, ColumnKind, Effort, Icon, Level, Param, Report, Unit, Value, XyKind};
use mesinfos_sdk::{Context, Date, Failure, Lang, Period, app, bank};

app!(run: run, parameters: parameters);

/// Labels in a view.
const LABELS: usize = 1_000;

/// Columns of the table that has all of them.
const COLUMNS: usize = 4;

fn parameters(lang: Lang) -> Vec<Param> {
    let label = match lang {
        Lang::Fr => "À partir de",
        Lang::En => "From",
    };
    vec![view::number("from", label, Unit::None, (0, 1_000_000), 0)]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let from = usize::try_from(ctx.scaled("from", 0).unwrap_or(0)).unwrap_or(0);
    let mut labels = Vec::new();
    for movement in bank::transactions(Period::all()).skip(from).take(LABELS) {
        labels.push(movement?.label().unwrap_or_default().to_owned());
    }
    if labels.is_empty() {
        return Err(Failure::NeedsData(vec!["bank"]));
    }
    let mut says = Says { labels: &labels, next: 0 };
    let sections = vec![
        view::section(says.next(), words(&mut says)),
        view::section(says.next(), charts(&mut says)),
        view::section(says.next(), vec![table(&mut says)]),
    ];
    let (title, headline) = (says.next(), says.next());
    let more = vec![view::section(says.next(), words(&mut says))];
    let report = view::report(ctx, title, headline, sections).page(says.next(), Icon::None, more);
    Ok(report.limit(says.next()))
}

/// Labels one after the other, again from the first at the end.
struct Says<'a> {
    labels: &'a [String],
    next: usize,
}

impl<'a> Says<'a> {
    fn next(&mut self) -> &'a str {
        let label = &self.labels[self.next % self.labels.len()];
        self.next += 1;
        label
    }

    fn value(&mut self) -> Value {
        Value::Text(self.next().to_owned())
    }
}

fn words(says: &mut Says<'_>) -> Vec<Block> {
    let day = Date(20_254);
    let mut blocks = vec![view::told(says.next(), vec![says.value()])];
    blocks.extend((0..40).map(|_| view::paragraph(says.next())));
    blocks.push(view::notice(Level::Warning, says.next(), says.next()));
    let figures = (0..6).map(|_| view::figure(Icon::None, says.next(), says.value()).note(says.next()));
    blocks.push(Block::KeyFigures(figures.collect()));
    let event = |says: &mut Says<'_>| {
        let value = Some(says.value());
        view::event(day, Icon::None, says.next(), says.next(), value)
    };
    let title = says.next();
    blocks.push(view::timeline(title, (0..40).map(|_| event(says)).collect()));
    let advice = |says: &mut Says<'_>| {
        view::advice(Icon::None, says.next(), says.next(), Effort::Minutes, says.next())
    };
    blocks.push(Block::Advice((0..10).map(|_| advice(says)).collect()));
    blocks.push(Block::Progress(vec![view::progress(says.next(), 1.0, 2.0, Unit::None, None)]));
    let criteria: Vec<&str> = (0..5).map(|_| says.next()).collect();
    let offer = |says: &mut Says<'_>| {
        let values = (0..criteria.len()).map(|_| says.value()).collect();
        view::offer(says.next(), says.next(), false, None, values)
    };
    let offers = (0..6).map(|_| offer(says)).collect();
    blocks.push(view::comparison(says.next(), &criteria, offers, None, says.next()));
    blocks
}

fn charts(says: &mut Says<'_>) -> Vec<Block> {
    let labels = |says: &mut Says<'_>, count| (0..count).map(|_| says.next().to_owned()).collect::<Vec<_>>();
    let mut blocks = Vec::new();
    for kind in [XyKind::Line, XyKind::Area, XyKind::Bar, XyKind::StackedBar] {
        let series =
            (0..4).map(|_| view::series(says.next(), Unit::None, None, vec![Some(1.0); 12])).collect();
        let along = labels(says, 12);
        blocks.push(view::by_label(says.next(), says.next(), kind, along, series));
    }
    let slices = labels(says, 8).into_iter().map(|label| (label, 1.0)).collect();
    blocks.push(view::parts(says.next(), says.next(), Unit::None, None, slices));
    let (rows, columns) = (labels(says, 6), labels(says, 6));
    blocks.push(view::heatmap(says.next(), says.next(), rows, columns, Unit::None, vec![Some(1.0); 36]));
    blocks
}

fn table(says: &mut Says<'_>) -> Block {
    let heads: Vec<_> = (0..COLUMNS).map(|_| (says.next(), ColumnKind::Text)).collect();
    let cells: Vec<Value> = says.labels.iter().map(|label| Value::Text(label.clone())).collect();
    let mut rows: Vec<Vec<Value>> = cells.chunks(COLUMNS).map(<[Value]>::to_vec).collect();
    if let Some(last) = rows.last_mut() {
        last.resize(COLUMNS, Value::Missing);
    }
    view::table(says.next(), &heads, rows)
}
