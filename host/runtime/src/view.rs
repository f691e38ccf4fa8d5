//! Checks the result of an app and builds the domain view from it.
//!
//! Lists over their limit, non-rectangular tables, non-finite numbers and non-existent dates are refused
//! with their path. Texts are cleaned: invisible characters (controls, zero-width, changes of direction)
//! are removed, and a text that is too long is cut and ends in "…". Spaces at which a line must not break are set.

use crate::contract::v0_1::mesinfos::app::{
    charts as wc, params as wp, text as wt, values as wv, view as ww,
};
use crate::imitation;
use crate::limits::view as most;
use crate::outcome::Outcome;
use crate::spacing::bound;
use mesinfos_model::view::*;
use mesinfos_model::visible::visible;

/// A problem with a view, and its path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct ViewError {
    /// Path, such as `pages[0].sections[1].blocks[2].table`.
    pub path: String,
    /// Problem at that path.
    pub problem: String,
    /// Title or label of the innermost part around it that has one, in the app's own words: for its author only.
    pub near: Option<String>,
}

impl From<ViewError> for Outcome {
    fn from(error: ViewError) -> Outcome {
        Outcome::InvalidView { path: error.path, problem: error.problem, near: error.near }
    }
}

type Result<T> = std::result::Result<T, ViewError>;

/// A text without hidden characters, cut to at most `longest` characters.
pub fn clean(text: &str, longest: usize) -> String {
    let mut visible = visible(text);
    let mut cleaned: String = visible.by_ref().take(longest).collect();
    if visible.next().is_some() {
        cleaned.pop();
        cleaned.push('…');
    }
    cleaned
}

/// A text as a person reads it: [`clean`], and no line breaks inside it where none may be.
fn shown(text: &str, longest: usize) -> String {
    bound(&clean(text, longest))
}

/// Path of the value being checked, and totals so far.
struct ViewChecker {
    path: Vec<String>,
    /// Titles and labels around the value, each with the length of the path at its part.
    names: Vec<(usize, String)>,
    blocks: usize,
    cells: usize,
    points: usize,
}

impl ViewChecker {
    fn new() -> ViewChecker {
        ViewChecker { path: Vec::new(), names: Vec::new(), blocks: 0, cells: 0, points: 0 }
    }

    fn fail<T>(&self, problem: impl Into<String>) -> Result<T> {
        let near = self.names.last().map(|(_, name)| name.clone());
        Err(ViewError { path: self.path.join("."), problem: problem.into(), near })
    }

    /// Notes what the part that is being checked is called.
    fn named(&mut self, name: &str) {
        if !name.is_empty() {
            self.names.push((self.path.len(), clean(name, most::TITLE)));
        }
    }

    fn at<T>(
        &mut self,
        path: impl Into<String>,
        check: impl FnOnce(&mut ViewChecker) -> Result<T>,
    ) -> Result<T> {
        self.path.push(path.into());
        let checked = check(self)?;
        let depth = self.path.len();
        self.path.pop();
        self.names.retain(|(at, _)| *at < depth);
        Ok(checked)
    }

    fn list<A, B>(
        &mut self,
        name: &str,
        items: Vec<A>,
        longest: usize,
        mut check: impl FnMut(&mut ViewChecker, A) -> Result<B>,
    ) -> Result<Vec<B>> {
        self.long(name, items.len(), longest)?;
        items
            .into_iter()
            .enumerate()
            .map(|(i, item)| self.at(format!("{name}[{i}]"), |c| check(c, item)))
            .collect()
    }

    fn long(&mut self, name: &str, length: usize, longest: usize) -> Result<()> {
        if length > longest {
            return self.at(name, |c| c.fail(format!("{length} items; at most {longest} are shown")));
        }
        Ok(())
    }

    fn number(&mut self, name: &str, value: f64) -> Result<f64> {
        if value.is_finite() && value.abs() <= most::NUMBER {
            return Ok(value);
        }
        self.at(name, |c| c.fail("a finite number under 10^15 is expected; for a gap, no value"))
    }

    fn numbers(&mut self, name: &str, values: Vec<Option<f64>>, longest: usize) -> Result<Vec<Option<f64>>> {
        self.long(name, values.len(), longest)?;
        self.points += values.len();
        if self.points > most::ALL_POINTS {
            return self.at(name, |c| c.fail(format!("more than {} points in all charts", most::ALL_POINTS)));
        }
        for value in values.iter().flatten() {
            self.number(name, *value)?;
        }
        Ok(values)
    }

    fn currency(&mut self, code: String) -> Result<String> {
        if mesinfos_model::money::is_code(&code) {
            return Ok(code);
        }
        self.at("currency", |c| c.fail("three capital letters of ISO 4217 are expected"))
    }

    fn some_currency(&mut self, code: Option<String>) -> Result<Option<String>> {
        code.map(|code| self.currency(code)).transpose()
    }

    fn decimal(&mut self, decimal: wv::Decimal) -> Result<Decimal> {
        if decimal.scale > 9 {
            return self.fail("a decimal has at most 9 digits after its separator");
        }
        Ok(Decimal { mantissa: decimal.mantissa, scale: decimal.scale })
    }

    fn money(&mut self, money: wv::Money) -> Result<Money> {
        Ok(Money { amount: self.decimal(money.amount)?, currency: self.currency(money.currency)? })
    }

    fn date(&mut self, date: wv::Date) -> Result<Date> {
        let checked = date_from_wire(date);
        if (1..=9999).contains(&date.year) && checked.day().is_some() {
            return Ok(checked);
        }
        self.fail(format!("{}-{:02}-{:02} is not a date", date.year, date.month, date.day))
    }

    fn span(&mut self, span: wv::Span) -> Result<Span> {
        let (start, end) = (self.date(span.start)?, self.date(span.end)?);
        if start.day() > end.day() {
            return self.fail("it ends before it starts");
        }
        Ok(Span { start, end, step: span.step.into() })
    }

    fn value(&mut self, value: wv::Value) -> Result<Value> {
        Ok(match value {
            wv::Value::Text(text) => Value::Text(shown(&text, most::PIECE)),
            wv::Value::Number(number) => Value::Number(self.decimal(number)?),
            wv::Value::Money(money) => Value::Money(self.money(money)?),
            wv::Value::Quantity(q) => {
                Value::Quantity(Quantity { amount: self.decimal(q.amount)?, unit: q.unit.into() })
            }
            wv::Value::Date(date) => Value::Date(self.date(date)?),
            wv::Value::DateTime(at) => {
                if at.hour > 23 || at.minute > 59 {
                    return self.fail(format!("{}:{} is not a time of day", at.hour, at.minute));
                }
                let date = self.date(at.date)?;
                Value::DateTime(DateTime { date, hour: at.hour, minute: at.minute })
            }
            wv::Value::Span(span) => Value::Span(self.span(span)?),
            wv::Value::Flag(flag) => Value::Flag(flag),
            wv::Value::Missing => Value::Missing,
        })
    }

    fn rich(&mut self, name: &str, pieces: Vec<wt::Piece>) -> Result<Vec<Piece>> {
        self.list(name, pieces, most::PIECES, |c, piece| {
            Ok(match piece {
                wt::Piece::Plain(text) => Piece::Plain(shown(&text, most::PIECE)),
                wt::Piece::Marked((mark, text)) => {
                    let mark = mark.into();
                    Piece::Marked(mark, shown(&text, most::PIECE))
                }
                wt::Piece::Val(value) => Piece::Val(c.value(value)?),
            })
        })
    }

    fn required(&mut self, name: &str, text: &str, longest: usize) -> Result<String> {
        let text = shown(text, longest);
        if text.trim().is_empty() {
            return self.at(name, |c| c.fail("it is empty, but a person needs it"));
        }
        Ok(text)
    }

    fn key_figure(&mut self, figure: ww::KeyFigure) -> Result<KeyFigure> {
        self.named(&figure.label);
        let trend = figure
            .trend
            .map(|trend| {
                Ok(Trend {
                    direction: trend.direction.into(),
                    change: self.value(trend.change)?,
                    versus: shown(&trend.versus, most::LABEL),
                    tone: trend.tone.into(),
                })
            })
            .transpose()?;
        Ok(KeyFigure {
            label: self.required("label", &figure.label, most::LABEL)?,
            value: self.value(figure.value)?,
            trend,
            spark: self.numbers("spark", figure.spark, most::SPARK)?,
            icon: figure.icon.into(),
            note: figure.note.map(|note| shown(&note, most::SENTENCE)),
        })
    }

    fn table(&mut self, table: ww::Table) -> Result<Table> {
        self.named(&table.title);
        let columns = self.list("columns", table.columns, most::COLUMNS, |_, column| {
            Ok(Column { label: shown(&column.label, most::LABEL), kind: column.kind.into() })
        })?;
        if columns.is_empty() || !table.cells.len().is_multiple_of(columns.len()) {
            return self.fail("its cells do not fill its columns");
        }
        self.cells += table.cells.len();
        if self.cells > most::CELLS {
            return self.fail(format!("more than {} cells in all tables", most::CELLS));
        }
        let longest = most::ROWS * columns.len();
        Ok(Table {
            title: shown(&table.title, most::TITLE),
            cells: self.list("cells", table.cells, longest, ViewChecker::value)?,
            columns,
        })
    }

    fn chart(&mut self, chart: wc::Chart) -> Result<Chart> {
        self.named(&chart.title);
        Ok(Chart {
            title: shown(&chart.title, most::TITLE),
            takeaway: self.required("takeaway", &chart.takeaway, most::SENTENCE)?,
            plot: match chart.plot {
                wc::Plot::Xy(xy) => Plot::Xy(self.xy(xy)?),
                wc::Plot::Parts(parts) => Plot::Parts(self.parts(parts)?),
                wc::Plot::Calendar(calendar) => Plot::Calendar(Calendar {
                    start: self.date(calendar.start)?,
                    values: self.numbers("values", calendar.values, most::DAYS)?,
                    unit: calendar.unit.into(),
                    currency: self.some_currency(calendar.currency)?,
                }),
                wc::Plot::Heatmap(map) => Plot::Heatmap(self.heatmap(map)?),
            },
        })
    }

    fn xy(&mut self, xy: wc::Xy) -> Result<Xy> {
        let (axis, length) = match xy.axis {
            wc::Axis::Dates((by, dates)) => {
                let dates = self.list("dates", dates, most::POINTS, ViewChecker::date)?;
                let length = dates.len();
                (Axis::Dates(by.into(), dates), length)
            }
            wc::Axis::Labels(labels) => {
                let labels =
                    self.list("labels", labels, most::POINTS, |_, label| Ok(shown(&label, most::LABEL)))?;
                let length = labels.len();
                (Axis::Labels(labels), length)
            }
        };
        let series = self.list("series", xy.series, most::SERIES, |c, series| {
            c.named(&series.label);
            if series.points.len() != length {
                return c.fail(format!("{} points on an axis of {length}", series.points.len()));
            }
            Ok(Series {
                label: shown(&series.label, most::LABEL),
                unit: series.unit.into(),
                currency: c.some_currency(series.currency)?,
                points: c.numbers("points", series.points, most::POINTS)?,
                tone: series.tone.into(),
            })
        })?;
        let kind = xy.kind.into();
        Ok(Xy { kind, axis, series })
    }

    fn parts(&mut self, parts: wc::Parts) -> Result<Parts> {
        Ok(Parts {
            slices: self.list("slices", parts.slices, most::SLICES, |c, slice| {
                if slice.value < 0.0 {
                    return c.fail("a part of a whole must not be negative");
                }
                Ok(Slice {
                    label: shown(&slice.label, most::LABEL),
                    value: c.number("value", slice.value)?,
                    tone: slice.tone.into(),
                })
            })?,
            unit: parts.unit.into(),
            currency: self.some_currency(parts.currency)?,
        })
    }

    fn heatmap(&mut self, map: wc::Heatmap) -> Result<Heatmap> {
        let name = |_: &mut ViewChecker, label: String| Ok(shown(&label, most::LABEL));
        let rows = self.list("rows", map.rows, most::GRID, name)?;
        let columns = self.list("columns", map.columns, most::GRID, name)?;
        if rows.len() * columns.len() != map.cells.len() {
            return self.fail("its cells do not fill its rows and columns");
        }
        let cells = self.numbers("cells", map.cells, most::GRID)?;
        Ok(Heatmap { rows, columns, cells, unit: map.unit.into() })
    }

    fn advice(&mut self, advice: ww::Advice) -> Result<Advice> {
        self.named(&advice.title);
        let saving = advice.saving;
        Ok(Advice {
            title: self.required("title", &advice.title, most::TITLE)?,
            body: self.rich("body", advice.body)?,
            saving: Saving {
                money_per_year: saving.money_per_year.map(|m| self.money(m)).transpose()?,
                kg_co2e_per_year: saving
                    .kg_co2e_per_year
                    .map(|kg| self.number("kg-co2e-per-year", kg))
                    .transpose()?,
                confidence: saving.confidence.into(),
            },
            effort: advice.effort.into(),
            how_computed: self.rich("how-computed", advice.how_computed)?,
            icon: advice.icon.into(),
        })
    }

    fn comparison(&mut self, comparison: ww::Comparison) -> Result<Comparison> {
        self.named(&comparison.title);
        let label = |_: &mut ViewChecker, label: String| Ok(shown(&label, most::LABEL));
        let sentence = |_: &mut ViewChecker, text: String| Ok(shown(&text, most::SENTENCE));
        let criteria = self.list("criteria", comparison.criteria, most::CRITERIA, label)?;
        let offers = self.list("offers", comparison.offers, most::OFFERS, |c, offer| {
            if offer.values.len() != criteria.len() {
                return c.fail("it does not have one value for each criterion");
            }
            Ok(Offer {
                name: c.required("name", &offer.name, most::LABEL)?,
                provider: shown(&offer.provider, most::LABEL),
                is_current: offer.is_current,
                values: c.list("values", offer.values, most::CRITERIA, ViewChecker::value)?,
                yearly_cost: offer.yearly_cost.map(|cost| c.money(cost)).transpose()?,
                pros: c.list("pros", offer.pros, most::ITEMS, sentence)?,
                cons: c.list("cons", offer.cons, most::ITEMS, sentence)?,
            })
        })?;
        if comparison.recommended.is_some_and(|i| i as usize >= offers.len()) {
            return self.fail("it recommends an offer that does not exist");
        }
        Ok(Comparison {
            title: shown(&comparison.title, most::TITLE),
            criteria,
            offers,
            recommended: comparison.recommended,
            disclosure: self.required("disclosure", &comparison.disclosure, most::SENTENCE)?,
        })
    }

    fn timeline(&mut self, timeline: ww::Timeline) -> Result<Timeline> {
        self.named(&timeline.title);
        Ok(Timeline {
            title: shown(&timeline.title, most::TITLE),
            events: self.list("events", timeline.events, most::EVENTS, |c, event| {
                Ok(Event {
                    at: c.date(event.at)?,
                    title: shown(&event.title, most::TITLE),
                    body: c.rich("body", event.body)?,
                    value: event.value.map(|value| c.value(value)).transpose()?,
                    icon: event.icon.into(),
                    tone: event.tone.into(),
                })
            })?,
        })
    }

    fn notice(&mut self, notice: ww::Notice) -> Result<Notice> {
        self.named(&notice.title);
        Ok(Notice {
            level: notice.level.into(),
            title: shown(&notice.title, most::TITLE),
            body: self.rich("body", notice.body)?,
        })
    }

    fn bullets(&mut self, bullets: ww::Bullets) -> Result<Bullets> {
        Ok(Bullets {
            style: bullets.style.into(),
            items: self.list("items", bullets.items, most::ITEMS, |c, item| c.rich("text", item))?,
        })
    }

    fn progress(&mut self, progress: ww::Progress) -> Result<Progress> {
        self.named(&progress.label);
        Ok(Progress {
            label: shown(&progress.label, most::LABEL),
            value: self.number("value", progress.value)?,
            target: self.number("target", progress.target)?,
            unit: progress.unit.into(),
            currency: self.some_currency(progress.currency)?,
            tone: progress.tone.into(),
        })
    }

    fn block(&mut self, block: ww::Block) -> Result<Block> {
        self.blocks += 1;
        if self.blocks > most::BLOCKS {
            return self.fail(format!("more than {} blocks in total", most::BLOCKS));
        }
        Ok(match block {
            ww::Block::Paragraph(p) => Block::Paragraph(Paragraph(self.rich("paragraph", p.body)?)),
            ww::Block::Bullets(b) => Block::Bullets(self.at("bullets", |c| c.bullets(b))?),
            ww::Block::KeyFigures(figures) => Block::KeyFigures(self.list(
                "key-figures",
                figures,
                most::KEY_FIGURES,
                ViewChecker::key_figure,
            )?),
            ww::Block::Table(table) => Block::Table(self.at("table", |c| c.table(table))?),
            ww::Block::Chart(chart) => Block::Chart(self.at("chart", |c| c.chart(chart))?),
            ww::Block::Timeline(t) => Block::Timeline(self.at("timeline", |c| c.timeline(t))?),
            ww::Block::Notice(n) => Block::Notice(self.at("notice", |c| c.notice(n))?),
            ww::Block::Advice(advice) => {
                Block::Advice(self.list("advice", advice, most::ADVICE, ViewChecker::advice)?)
            }
            ww::Block::Comparison(comparison) => {
                Block::Comparison(self.at("comparison", |c| c.comparison(comparison))?)
            }
            ww::Block::Progress(progress) => {
                Block::Progress(self.list("progress", progress, most::ITEMS, ViewChecker::progress)?)
            }
        })
    }

    fn section(&mut self, section: ww::Section) -> Result<Section> {
        self.named(section.title.as_deref().unwrap_or_default());
        Ok(Section {
            title: section.title.map(|title| shown(&title, most::TITLE)),
            layout: section.layout.into(),
            blocks: self.list("blocks", section.blocks, most::BLOCKS, ViewChecker::block)?,
        })
    }

    fn page(&mut self, page: ww::Page) -> Result<Page> {
        self.named(&page.title);
        Ok(Page {
            title: shown(&page.title, most::TITLE),
            icon: page.icon.into(),
            sections: self.list("sections", page.sections, most::SECTIONS, ViewChecker::section)?,
        })
    }
}

/// Checks a view.
///
/// # Errors
/// [`ViewError`] with the first path that cannot be shown.
pub(crate) fn report(report: ww::Report) -> Result<View> {
    let mut check = ViewChecker::new();
    let Some(lang) = Lang::from_tag(&report.lang) else {
        return check.at("lang", |c| c.fail("\"fr\" or \"en\" is expected"));
    };
    if report.pages.is_empty() {
        return check.at("pages", |c| c.fail("at least one is expected"));
    }
    Ok(View {
        lang,
        title: check.required("title", &report.title, most::TITLE)?,
        headline: check.required("headline", &report.headline, most::HEADLINE)?,
        headline_figure: report
            .headline_figure
            .map(|figure| check.at("headline-figure", |c| c.key_figure(figure)))
            .transpose()?,
        period: report.period.map(|span| check.at("period", |c| c.span(span))).transpose()?,
        pages: check.list("pages", report.pages, most::PAGES, ViewChecker::page)?,
        limits: check.list("limits", report.limits, most::ITEMS, |c, text| c.rich("text", text))?,
    })
}

/// Checks the parameters that an app declares.
///
/// # Errors
/// [`ViewError`] with the first path that cannot be shown.
pub(crate) fn params(params: Vec<wp::Param>) -> Result<Vec<Param>> {
    ViewChecker::new().list("parameters", params, most::PARAMS, |c, param| {
        let id = c.required("id", &param.id, most::LABEL)?;
        let control = match param.control {
            wp::Control::Number(field) => Control::Number(NumberField {
                min: c.decimal(field.min)?,
                max: c.decimal(field.max)?,
                step: c.decimal(field.step)?,
                initial: c.decimal(field.initial)?,
                unit: field.unit.into(),
                currency: c.some_currency(field.currency)?,
            }),
            wp::Control::Toggle(on) => Control::Toggle(on),
            wp::Control::Choice(field) => Control::Choice(ChoiceField {
                choices: c.list("choices", field.choices, most::CHOICES, |c, choice| {
                    let id = c.required("id", &choice.id, most::LABEL)?;
                    Ok(Choice { id, label: shown(&choice.label, most::LABEL) })
                })?,
                initial: shown(&field.initial, most::LABEL),
            }),
            wp::Control::Date(field) => {
                let mut date = |d: Option<wv::Date>| d.map(|d| c.date(d)).transpose();
                Control::Date(DateField {
                    min: date(field.min)?,
                    max: date(field.max)?,
                    initial: date(field.initial)?,
                })
            }
        };
        let param = Param {
            id,
            label: c.required("label", &param.label, most::LABEL)?,
            help: param.help.map(|help| shown(&help, most::SENTENCE)),
            control,
        };
        match imitation::secret(&param) {
            None => Ok(param),
            Some(secret) => c.fail(format!("it asks for a secret (\"{secret}\"): no app may ask for one")),
        }
    })
}

pub(crate) fn date_to_wire(date: Date) -> wv::Date {
    wv::Date { year: date.year, month: date.month, day: date.day }
}

/// A date as received, not checked for existence.
pub(crate) fn date_from_wire(date: wv::Date) -> Date {
    Date { year: date.year, month: date.month, day: date.day }
}

/// An answer for the app. Only values that a control can hold reach this function.
pub(crate) fn value_to_wire(value: &Value) -> wv::Value {
    match value {
        Value::Number(n) => wv::Value::Number(wv::Decimal { mantissa: n.mantissa, scale: n.scale }),
        Value::Text(text) => wv::Value::Text(text.clone()),
        Value::Flag(flag) => wv::Value::Flag(*flag),
        Value::Date(date) => wv::Value::Date(date_to_wire(*date)),
        _ => wv::Value::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minimal() -> ww::Report {
        ww::Report {
            lang: "fr".to_owned(),
            title: "Titre".to_owned(),
            headline: "Une phrase.".to_owned(),
            headline_figure: None,
            period: None,
            pages: vec![ww::Page { title: "P".to_owned(), icon: ww::Icon::None, sections: Vec::new() }],
            limits: Vec::new(),
        }
    }

    fn with(block: ww::Block) -> std::result::Result<View, String> {
        let mut view = minimal();
        view.pages[0].sections.push(ww::Section {
            title: None,
            layout: ww::Layout::Stack,
            blocks: vec![block],
        });
        report(view).map_err(|e| e.to_string())
    }

    #[test]
    fn hidden_characters_go_and_long_texts_end_in_a_mark() {
        assert_eq!(clean("a\u{202E}b\u{200B}c\x1b[31m\nd", 60), "abc[31m d");
        assert_eq!(clean("abcdef", 4), "abc…");
        assert_eq!(clean("é\u{202F}€", 60), "é\u{202F}€");
    }

    #[test]
    fn a_view_without_pages_or_words_is_refused() {
        assert!(report(minimal()).is_ok());
        assert!(report(ww::Report { pages: Vec::new(), ..minimal() }).is_err());
        assert!(report(ww::Report { title: "\u{200B} ".to_owned(), ..minimal() }).is_err());
        assert!(report(ww::Report { lang: "xx".to_owned(), ..minimal() }).is_err());
    }

    #[test]
    fn what_cannot_be_shown_is_refused_with_its_place() {
        let table = |columns: usize, cells: usize| {
            let column = ww::Column { label: "c".to_owned(), kind: ww::ColumnKind::Number };
            ww::Block::Table(ww::Table {
                title: String::new(),
                columns: vec![column; columns],
                cells: vec![wv::Value::Missing; cells],
            })
        };
        assert!(with(table(2, 4)).is_ok());
        for (columns, cells) in [(2, 3), (0, 0), (13, 13), (1, 501)] {
            let error = with(table(columns, cells)).unwrap_err();
            assert!(error.starts_with("pages[0].sections[0].blocks[0].table"), "{error}");
        }
        let chart = |points: Vec<Option<f64>>, takeaway: &str| {
            let labels = vec!["x".to_owned(); 2];
            let series = wc::Series {
                label: "s".to_owned(),
                unit: wv::Unit::None,
                currency: None,
                points,
                tone: wc::Tone::Auto,
            };
            let axis = wc::Axis::Labels(labels);
            ww::Block::Chart(wc::Chart {
                title: "t".to_owned(),
                takeaway: takeaway.to_owned(),
                plot: wc::Plot::Xy(wc::Xy { kind: wc::XyKind::Bar, axis, series: vec![series] }),
            })
        };
        assert!(with(chart(vec![Some(1.0), None], "t")).is_ok());
        assert!(with(chart(vec![Some(f64::NAN), None], "t")).is_err());
        assert!(with(chart(vec![Some(f64::INFINITY), None], "t")).is_err());
        assert!(with(chart(vec![None], "t")).is_err());
        assert!(with(chart(vec![None, None], "")).is_err());
    }
}
