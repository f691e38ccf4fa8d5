//! The typed view: what an app returns and what a person sees. It mirrors `wit/app/view.wit`.
//!
//! A value of these types has been checked by the host (`mesinfos-runtime` builds them from what an app
//! returned): sizes are within limits, texts hold no control or direction marks, tables are rectangular,
//! numbers are finite. There is no markup, URL, image, colour or font in it.

use serde::{Deserialize, Serialize};

/// Declares the plain data types of the view with the derives that they all share.
macro_rules! data {
    ($($item:item)*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
            #[serde(rename_all = "kebab-case")]
            $item
        )*
    };
}

/// Declares data types of which a variant holds a pair: the schema of each is written by hand.
macro_rules! pairs {
    ($($item:item)*) => {
        $(
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(rename_all = "kebab-case")]
            $item
        )*
    };
}

/// Declares the closed lists of the view.
macro_rules! choices {
    ($($item:item)*) => {
        $(
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
            #[serde(rename_all = "kebab-case")]
            $item
        )*
    };
}

choices! {
    /// The languages of the platform.
    pub enum Lang {
        /// French.
        Fr,
        /// English.
        En,
    }

    /// What a quantity counts; the host knows its label and plural.
    #[allow(missing_docs, reason = "each is the unit of that name")]
    pub enum QuantityUnit {
        None, Percent, Wh, Kwh, Watt, M3, Litre, Kg, Gram, KgCo2e, Km, Second, Minute, Hour, Day,
        Month, Gigabyte, Sms, Call, Item, Trip,
    }

    /// A step of the calendar.
    #[allow(missing_docs, reason = "each is the step of that name")]
    pub enum Step { Hour, Day, Week, Month, Quarter, Year }

    /// How a piece of text is marked.
    pub enum Emphasis {
        /// Not at all.
        None,
        /// Important.
        Strong,
        /// In the background.
        Soft,
    }

    /// Colour by meaning.
    #[allow(missing_docs, reason = "each is the meaning of that name")]
    pub enum Tone { Auto, Accent, Neutral, Good, Warn, Bad, Compare }

    /// Kinds of charts over an axis.
    #[allow(missing_docs, reason = "each is the kind of that name")]
    pub enum XyKind { Line, Area, Bar, StackedBar }

    /// The host's icons.
    #[allow(missing_docs, reason = "each is the icon of that name")]
    pub enum Icon {
        None, Money, Bank, Cart, Receipt, Phone, Internet, Energy, Water, Gas, Home, Car, Train,
        Bike, Walk, Health, Leaf, Calendar, Clock, Chart, Bell, Idea, Contract, People, Search,
    }

    /// Marks of a list.
    #[allow(missing_docs, reason = "each is the mark of that name")]
    pub enum ListStyle { Bullet, Numbered, Check }

    /// Where a figure goes.
    #[allow(missing_docs, reason = "each is the direction of that name")]
    pub enum Direction { Up, Down, Flat }

    /// What the cells of a column hold.
    #[allow(missing_docs, reason = "each is the kind of that name")]
    pub enum ColumnKind { Text, Number, Money, Quantity, Date, Flag }

    /// How much a notice matters.
    #[allow(missing_docs, reason = "each is the level of that name")]
    pub enum Level { Info, Success, Warning, Danger }

    /// How sure an app is of a saving.
    #[allow(missing_docs, reason = "each is the confidence of that name")]
    pub enum Confidence { Low, Medium, High }

    /// What an advice asks of the person.
    #[allow(missing_docs, reason = "each is the effort of that name")]
    pub enum Effort { OneClick, Minutes, Days, Works }

    /// How the blocks of a section stand.
    #[allow(missing_docs, reason = "each is the layout of that name")]
    pub enum Layout { Stack, TwoColumns, Grid }
}

pairs! {
    /// A piece of text.
    #[serde(tag = "type", content = "value")]
    pub enum Piece {
        /// Words.
        Plain(String),
        /// Words that are marked.
        Marked(Emphasis, String),
        /// A value, formatted by the host.
        Val(Value),
    }

    /// The points of a chart.
    #[serde(tag = "type", content = "value")]
    pub enum Axis {
        /// Dates, a step apart.
        Dates(Step, Vec<Date>),
        /// Names.
        Labels(Vec<String>),
    }
}

data! {
    /// An exact decimal: `mantissa` x 10^-`scale`, `scale` at most 9.
    #[derive(Copy)]
    pub struct Decimal {
        /// All digits.
        pub mantissa: i64,
        /// Digits after the decimal separator.
        pub scale: u8,
    }

    /// An amount of money.
    pub struct Money {
        /// In units of the currency.
        pub amount: Decimal,
        /// ISO 4217 code, three letters.
        pub currency: String,
    }

    /// A number of something.
    #[derive(Copy)]
    pub struct Quantity {
        /// How many.
        pub amount: Decimal,
        /// Of what.
        pub unit: QuantityUnit,
    }

    /// A Gregorian date that exists.
    #[derive(Copy)]
    pub struct Date {
        /// Year, 1 to 9999.
        pub year: i32,
        /// 1 to 12.
        pub month: u8,
        /// 1 to 31.
        pub day: u8,
    }

    /// A local date and time of day.
    #[derive(Copy)]
    pub struct DateTime {
        /// The date.
        pub date: Date,
        /// 0 to 23.
        pub hour: u8,
        /// 0 to 59.
        pub minute: u8,
    }

    /// A half-open span of days.
    #[derive(Copy)]
    pub struct Span {
        /// First day.
        pub start: Date,
        /// Day after the last one.
        pub end: Date,
        /// The step in which a person would say it: a month, a year.
        pub step: Step,
    }

    /// A value that the host formats.
    #[serde(tag = "type", content = "value")]
    pub enum Value {
        /// Words.
        Text(String),
        /// A bare number.
        Number(Decimal),
        /// Money.
        Money(Money),
        /// A number with its unit.
        Quantity(Quantity),
        /// A date.
        Date(Date),
        /// A date and time.
        DateTime(DateTime),
        /// A span of days.
        Span(Span),
        /// Yes or no.
        Flag(bool),
        /// Not known.
        Missing,
    }

    /// A column of numbers of a chart; none is a gap.
    pub struct Series {
        /// Its name.
        pub label: String,
        /// What is counted.
        pub unit: QuantityUnit,
        /// ISO 4217 code, where the numbers are money.
        pub currency: Option<String>,
        /// One number for each point of the axis; finite.
        pub points: Vec<Option<f64>>,
        /// Its meaning.
        pub tone: Tone,
    }

    /// Series over an axis.
    pub struct Xy {
        /// How it is drawn.
        pub kind: XyKind,
        /// Its points.
        pub axis: Axis,
        /// Its series, each as long as the axis.
        pub series: Vec<Series>,
    }

    /// A part of a whole.
    pub struct Slice {
        /// Its name.
        pub label: String,
        /// Its size; finite, not negative.
        pub value: f64,
        /// Its meaning.
        pub tone: Tone,
    }

    /// Parts of a whole.
    pub struct Parts {
        /// The parts.
        pub slices: Vec<Slice>,
        /// What is counted.
        pub unit: QuantityUnit,
        /// ISO 4217 code, where the numbers are money.
        pub currency: Option<String>,
    }

    /// One value for each day.
    pub struct Calendar {
        /// The first day.
        pub start: Date,
        /// Its value and those of the days after it.
        pub values: Vec<Option<f64>>,
        /// What is counted.
        pub unit: QuantityUnit,
        /// ISO 4217 code, where the numbers are money.
        pub currency: Option<String>,
    }

    /// Values by row and column.
    pub struct Heatmap {
        /// Names of the rows.
        pub rows: Vec<String>,
        /// Names of the columns.
        pub columns: Vec<String>,
        /// Values, row by row: rows x columns of them.
        pub cells: Vec<Option<f64>>,
        /// What is counted.
        pub unit: QuantityUnit,
    }

    /// What a chart shows.
    #[serde(tag = "type", content = "value")]
    pub enum Plot {
        /// Series over an axis.
        Xy(Xy),
        /// Parts of a whole.
        Parts(Parts),
        /// A year calendar.
        Calendar(Calendar),
        /// A grid of values.
        Heatmap(Heatmap),
    }

    /// A chart as data.
    pub struct Chart {
        /// Its title.
        pub title: String,
        /// What one learns from it: caption and text alternative.
        pub takeaway: String,
        /// The numbers.
        pub plot: Plot,
    }

    /// How a figure changed.
    pub struct Trend {
        /// Up or down.
        pub direction: Direction,
        /// By how much.
        pub change: Value,
        /// Against what.
        pub versus: String,
        /// Whether that is good.
        pub tone: Tone,
    }

    /// A figure that stands out.
    pub struct KeyFigure {
        /// What it is.
        pub label: String,
        /// How much.
        pub value: Value,
        /// How it changed.
        pub trend: Option<Trend>,
        /// Its course in small.
        pub spark: Vec<Option<f64>>,
        /// Its icon.
        pub icon: Icon,
        /// What one should know of it.
        pub note: Option<String>,
    }

    /// A column of a table.
    pub struct Column {
        /// Its head.
        pub label: String,
        /// What its cells hold.
        pub kind: ColumnKind,
    }

    /// A table; `cells` row by row, a multiple of the columns.
    pub struct Table {
        /// Its title.
        pub title: String,
        /// Its columns, one at least.
        pub columns: Vec<Column>,
        /// Its cells.
        pub cells: Vec<Value>,
    }

    /// Something that happened.
    pub struct Event {
        /// When.
        pub at: Date,
        /// What.
        pub title: String,
        /// More of it.
        pub body: Vec<Piece>,
        /// How much.
        pub value: Option<Value>,
        /// Its icon.
        pub icon: Icon,
        /// Its meaning.
        pub tone: Tone,
    }

    /// Events in order.
    pub struct Timeline {
        /// Its title.
        pub title: String,
        /// The events.
        pub events: Vec<Event>,
    }

    /// A list.
    pub struct Bullets {
        /// Its marks.
        pub style: ListStyle,
        /// Its items.
        pub items: Vec<Vec<Piece>>,
    }

    /// Something to know.
    pub struct Notice {
        /// How much it matters.
        pub level: Level,
        /// In short.
        pub title: String,
        /// In full.
        pub body: Vec<Piece>,
    }

    /// What an advice saves.
    pub struct Saving {
        /// Money.
        pub money_per_year: Option<Money>,
        /// Kilograms of CO2 equivalent.
        pub kg_co2e_per_year: Option<f64>,
        /// How sure that is.
        pub confidence: Confidence,
    }

    /// An advice, with how it was computed.
    pub struct Advice {
        /// In short.
        pub title: String,
        /// In full.
        pub body: Vec<Piece>,
        /// What it saves.
        pub saving: Saving,
        /// What it asks.
        pub effort: Effort,
        /// How that was computed.
        pub how_computed: Vec<Piece>,
        /// Its icon.
        pub icon: Icon,
    }

    /// An offer of a comparison.
    pub struct Offer {
        /// Its name.
        pub name: String,
        /// Who makes it.
        pub provider: String,
        /// Whether the person has it today.
        pub is_current: bool,
        /// One value for each criterion.
        pub values: Vec<Value>,
        /// What it would cost in a year.
        pub yearly_cost: Option<Money>,
        /// What speaks for it.
        pub pros: Vec<String>,
        /// What speaks against it.
        pub cons: Vec<String>,
    }

    /// Offers side by side.
    pub struct Comparison {
        /// Its title.
        pub title: String,
        /// What is compared.
        pub criteria: Vec<String>,
        /// The offers.
        pub offers: Vec<Offer>,
        /// Index of the offer that the app recommends.
        pub recommended: Option<u32>,
        /// What ties the author to an offer, or that nothing does.
        pub disclosure: String,
    }

    /// How far something has come.
    pub struct Progress {
        /// What.
        pub label: String,
        /// How far.
        pub value: f64,
        /// Where it should come.
        pub target: f64,
        /// What is counted.
        pub unit: QuantityUnit,
        /// ISO 4217 code, where the numbers are money.
        pub currency: Option<String>,
        /// Its meaning.
        pub tone: Tone,
    }

    /// A part of a section.
    #[serde(tag = "type", content = "value")]
    #[allow(missing_docs, reason = "each holds the type of that name")]
    pub enum Block {
        Paragraph(Vec<Piece>),
        Bullets(Bullets),
        KeyFigures(Vec<KeyFigure>),
        Table(Table),
        Chart(Chart),
        Timeline(Timeline),
        Notice(Notice),
        Advice(Vec<Advice>),
        Comparison(Comparison),
        Progress(Vec<Progress>),
    }

    /// A part of a page.
    pub struct Section {
        /// Its title.
        pub title: Option<String>,
        /// How its blocks stand.
        pub layout: Layout,
        /// Its blocks.
        pub blocks: Vec<Block>,
    }

    /// A tab.
    pub struct Page {
        /// Its title.
        pub title: String,
        /// Its icon.
        pub icon: Icon,
        /// Its sections.
        pub sections: Vec<Section>,
    }

    /// What a run gives to the person.
    pub struct Report {
        /// The language it is in.
        pub lang: Lang,
        /// Its title.
        pub title: String,
        /// The result in one sentence.
        pub headline: String,
        /// The result in one figure.
        pub headline_figure: Option<KeyFigure>,
        /// The days it is about.
        pub period: Option<Span>,
        /// Its pages, one at least.
        pub pages: Vec<Page>,
        /// What the app could not do.
        pub limits: Vec<Vec<Piece>>,
    }

    /// A way to choose the value of a parameter.
    #[serde(tag = "type", content = "value")]
    pub enum Control {
        /// A number between two bounds.
        Number {
            /// Smallest.
            min: Decimal,
            /// Largest.
            max: Decimal,
            /// Between two neighbours.
            step: Decimal,
            /// At first.
            initial: Decimal,
            /// What is counted.
            unit: QuantityUnit,
            /// ISO 4217 code, where it is money.
            currency: Option<String>,
        },
        /// On or off; its first state.
        Toggle(bool),
        /// One of a list.
        Choice {
            /// Ids and labels.
            choices: Vec<(String, String)>,
            /// Id of the first state.
            initial: String,
        },
        /// A date between two bounds.
        Date {
            /// First.
            min: Option<Date>,
            /// Last.
            max: Option<Date>,
            /// At first.
            initial: Option<Date>,
        },
    }

    /// Something that the person may set before a run.
    pub struct Param {
        /// Its id.
        pub id: String,
        /// Its name.
        pub label: String,
        /// More of it.
        pub help: Option<String>,
        /// How it is set.
        pub control: Control,
    }
}

impl Lang {
    /// "fr" or "en".
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// Of two things, the one in this language. For tables that hold both; sentences are in `host/words`.
    pub fn of<T>(self, fr: T, en: T) -> T {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The language that is not this one.
    #[must_use]
    pub fn other(self) -> Lang {
        self.of(Lang::En, Lang::Fr)
    }

    /// The language with that code, or with a tag that starts with it ("fr-FR", "en_GB.UTF-8").
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "fr" => Some(Lang::Fr),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

impl Decimal {
    /// The nearest floating-point number: for drawing only.
    #[allow(clippy::cast_precision_loss, reason = "the docs say that it is for drawing only")]
    pub fn approximate(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

impl Date {
    /// As a day; none if there is no such date.
    pub fn day(self) -> Option<crate::Day> {
        let (year, month) = (i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?);
        crate::Day::from_ymd(year, month, i8::try_from(self.day).ok()?)
    }
}

impl From<crate::Day> for Date {
    fn from(day: crate::Day) -> Date {
        let date = day.civil();
        Date {
            year: i32::from(date.year()),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }
    }
}
