//! The page of the assistant.

use super::answers::{Answers, DECIMALS, EVERY, Missing, ORDERS, ROWS, Role, SIGNS, UNITS};
use super::{LOOKED, Looked, Table, written_out};
use crate::app::add::answer::told;
use crate::app::add::unknown::{keep_form, kind};
use crate::app::data::written;
use crate::app::parts::{Icon, capital, crumbs, empty, icon, section, table_region, tinted};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, FieldKind};
use mesinfos_platform::intake::mapped::{
    CurrencyColumn, DateOrder, DecimalMark, Every, LONGEST_HOLDER, ReadingUnit,
};
use mesinfos_platform::{ImportReport, KeptMapping, Row};
use mesinfos_words::page::{Add, Data, Tables as Words};

/// What the page shows.
pub(super) struct Page<'a> {
    pub(super) id: &'a str,
    pub(super) table: &'a Table,
    pub(super) answers: &'a Answers,
    pub(super) missing: &'a [Missing],
    pub(super) looked: Option<&'a Looked>,
    pub(super) lang: Lang,
}

fn role(role: Role, lang: Lang) -> String {
    match role {
        Role::Nothing => Words::RoleNothing,
        Role::Date => Words::RoleDate,
        Role::Time => Words::RoleTime,
        Role::Label => Words::RoleLabel,
        Role::Amount => Words::RoleAmount,
        Role::Out => Words::RoleOut,
        Role::In => Words::RoleIn,
        Role::Direction => Words::RoleDirection,
        Role::Currency => Words::RoleCurrency,
        Role::Account => Words::RoleAccount,
        Role::Consumed => Words::RoleConsumed,
        Role::Register => Words::RoleRegister,
    }
    .to(lang)
}

fn lacking(missing: Missing, lang: Lang) -> String {
    match missing {
        Missing::Holder => Words::NoHolder,
        Missing::Date => Words::NoDate,
        Missing::DateTwice => Words::DateTwice,
        Missing::Amount => Words::NoAmount,
        Missing::Reading => Words::NoReading,
        Missing::Twice => Words::Twice,
        Missing::DateOrder => Words::NoDateOrder,
        Missing::Sign => Words::NoSign,
        Missing::Direction => Words::NoDirection,
        Missing::Decimal => Words::NoDecimal,
        Missing::Currency => Words::NoCurrency,
        Missing::Unit => Words::NoUnit,
        Missing::Every => Words::NoEvery,
        Missing::TooManyLabels => Words::TooManyLabels,
    }
    .to(lang)
}

impl Page<'_> {
    pub(super) fn title(&self) -> String {
        Words::Title { file: &clean(&self.table.name) }.to(self.lang)
    }

    pub(super) fn body(&self, title: &str) -> Markup {
        let (lang, probe) = (self.lang, &self.table.probe);
        html! {
            header.head {
                (crumbs(&[("/data", &Data::Title.to(lang)), ("/add", &Add::Crumb.to(lang))], &Words::Crumb.to(lang), lang))
                h1 { bdi { (title) } }
                p.lead { (Words::Lead { columns: u64::from(probe.columns), rows: probe.counted }.to(lang)) }
                @if probe.is_plain() { p { (Words::Plain.to(lang)) } }
            }
            @if !self.missing.is_empty() {
                div.note.bad.flow-s role="alert" {
                    p { (Words::Missing.to(lang)) }
                    ul { @for one in self.missing { li { (lacking(*one, lang)) } } }
                }
            }
            form.flow.table-form method="post" action=(format!("/add/tables/{}#result", self.id)) {
                // Pressing Enter in a field looks, and adds nothing.
                button hidden type="submit" name="act" value="look" { (Words::Look.to(lang)) }
                (section("what", &Words::What.to(lang), self.what()))
                (section("columns", &Words::Columns.to(lang), self.columns()))
                (section("how", &Words::How.to(lang), self.how()))
                div.row {
                    button.btn.pri type="submit" name="act" value="look" { (icon(Icon::Eye)) (Words::Look.to(lang)) }
                }
                // The form's address leads here: browsers show it, and move the focus to it.
                @if let Some(looked) = self.looked {
                    div.sec id="result" tabindex="-1" {
                        @match looked {
                            Looked::Good(report, rows) => (self.preview(report, rows)),
                            Looked::Bad(sent) => (told((0, 0), sent, lang)),
                        }
                    }
                }
            }
            (section("none", &Words::NoneOfThese.to(lang), html! {
                div.flow {
                    p { (Words::NoneOfTheseWhy.to(lang)) }
                    (keep_form(self.id, lang))
                    p.soft.small { (Words::NothingYet.to(lang)) }
                }
            }))
        }
    }

    fn what(&self) -> Markup {
        let (lang, answers) = (self.lang, self.answers);
        html! {
            fieldset {
                legend { (Words::Rows.to(lang)) }
                div.pick {
                    @for (id, rows) in ROWS {
                        label {
                            input type="radio" name="rows" value=(id) checked[*rows == answers.rows];
                            span { (kind(*rows, lang)) }
                        }
                    }
                }
            }
            label.field {
                (Words::Holder.to(lang))
                input name="holder" value=(answers.holder) maxlength=(LONGEST_HOLDER) required autocomplete="off";
                small { (Words::HolderWhy.to(lang)) }
            }
        }
    }

    /// The first rows under a choice for each column.
    fn columns(&self) -> Markup {
        let (lang, probe) = (self.lang, &self.table.probe);
        let name = |at: usize| probe.header.get(at).map(|name| clean(name)).filter(|name| !name.is_empty());
        let example = |at: usize| {
            let values = probe.rows.iter().filter_map(|row| row.get(at));
            values.map(|value| clean(value)).find(|value| !value.trim().is_empty())
        };
        let number = |at: usize| Words::Column { column: at as u64 + 1 }.to(lang);
        html! {
            p.soft { (Words::ColumnsWhy.to(lang)) }
            (table_region(&Words::Table.to(lang), html! {
                table.tight.cols {
                    caption.sr { (Words::Table.to(lang)) }
                    thead {
                        tr {
                            @for (at, of) in self.answers.roles.iter().enumerate() {
                                th scope="col" {
                                    label.field {
                                        bdi { (name(at).unwrap_or_else(|| number(at))) }
                                        @if let Some(value) = example(at) {
                                            small.eg { bdi { (Words::ForExample { value: &value }.to(lang)) } }
                                        }
                                        select name=(format!("c.{}", at + 1)) {
                                            @for one in Role::ALL {
                                                option value=(one.id()) selected[one == *of] { (role(one, lang)) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                    tbody {
                        @for row in &probe.rows {
                            tr { @for cell in row { td { bdi { (clean(cell)) } } } }
                        }
                    }
                }
            }))
        }
    }

    /// Whether columns say which way money goes.
    fn has_two_ways(&self) -> bool {
        [Role::Out, Role::In].iter().any(|role| self.answers.roles.contains(role))
    }

    fn how(&self) -> Markup {
        let (lang, answers) = (self.lang, self.answers);
        let order = |order: DateOrder| match order {
            DateOrder::DayFirst => Words::DayFirst.to(lang),
            DateOrder::MonthFirst => Words::MonthFirst.to(lang),
            DateOrder::YearFirst => Words::YearFirst.to(lang),
        };
        let decimal = |mark: DecimalMark| match mark {
            DecimalMark::Comma => Words::Comma.to(lang),
            DecimalMark::Point => Words::Point.to(lang),
        };
        let sign = |is_spent: bool| if is_spent { Words::Spent } else { Words::Signed }.to(lang);
        let unit = |unit: ReadingUnit| {
            match unit {
                ReadingUnit::Wh => "Wh",
                ReadingUnit::Kwh => "kWh",
                ReadingUnit::Litre => return Words::Litre.to(lang),
                ReadingUnit::CubicMetre => "m³",
            }
            .to_owned()
        };
        let every = |every: Every| {
            match every {
                Every::QuarterHour => Words::QuarterHour,
                Every::HalfHour => Words::HalfHour,
                Every::Hour => Words::Hour,
                Every::Day => Words::Day,
                Every::Month => Words::Month,
            }
            .to(lang)
        };
        html! {
            p.soft { (Words::HowWhy.to(lang)) }
            div.till-head {
                (choice("date-order", &Words::DateOrder.to(lang), ORDERS, answers.date_order, order, lang))
                (choice("decimal", &Words::Decimal.to(lang), DECIMALS, answers.decimal, decimal, lang))
            }
            // The style sheet shows those of the rows that are chosen above.
            h3.h3s.of-money { (Words::OfMoney.to(lang)) }
            div.till-head.of-money {
                // Two columns say which way money goes.
                @if !self.has_two_ways() {
                    (choice("sign", &Words::Sign.to(lang), SIGNS, answers.is_spent, sign, lang))
                }
                label.field {
                    (Words::Out.to(lang))
                    input name="out" value=(answers.out) maxlength=(LONGEST_HOLDER) autocomplete="off";
                    small { (Words::OutWhy.to(lang)) }
                }
                label.field {
                    (Words::Currency.to(lang))
                    input name="currency" value=(answers.currency) maxlength="3" autocomplete="off" spellcheck="false";
                    small { (Words::CurrencyWhy.to(lang)) }
                }
            }
            h3.h3s.of-readings { (Words::OfReadings.to(lang)) }
            div.till-head.of-readings {
                (choice("unit", &Words::Unit.to(lang), UNITS, answers.unit, unit, lang))
                (choice("every", &Words::Every.to(lang), EVERY, answers.every, every, lang))
            }
            @if self.table.probe.header.is_empty() {
                p { (Words::KeepNone.to(lang)) }
            } @else {
                label.yes {
                    input type="checkbox" name="keep" value="on" checked[answers.is_kept];
                    span { (Words::Keep.to(lang)) }
                }
            }
        }
    }

    fn preview(&self, report: &ImportReport, rows: &[(Category, Row)]) -> Markup {
        let lang = self.lang;
        let added: u64 = report.categories.iter().map(|category| category.accepted).sum();
        let corrected: u64 = report.categories.iter().map(|category| category.corrected).sum();
        let known: u64 = report.categories.iter().map(|category| category.duplicates).sum();
        let first = rows.first().map(|(category, _)| *category);
        section(
            "preview",
            &Words::Preview.to(lang),
            html! {
                p role="status" {
                    (Words::WouldAdd { rows: added }.to(lang))
                    @if corrected > 0 { " " (Words::WouldCorrect { rows: corrected }.to(lang)) }
                    @if known > 0 { " " (Words::WouldKnow { rows: known }.to(lang)) }
                    @if report.rejected() > 0 { " " (Words::WouldReject { rows: report.rejected() }.to(lang)) }
                }
                @if let Some(category) = first { (stored(category, rows, lang)) }
                @for category in &report.categories {
                    @for total in &category.totals {
                        p.soft { (mesinfos_words::intake::total(category.category, total, lang)) }
                    }
                }
                @if report.rejected() > 0 {
                    @for file in &report.files { (super::super::rejected::rejected(file, "", lang)) }
                }
                div.row {
                    @if let Ok(mapping) = self.answers.mapping(&self.table.probe) {
                        input type="hidden" name=(LOOKED) value=(written_out(&mapping));
                    }
                    button.btn.pri type="submit" name="act" value="add" { (icon(Icon::Check)) (Words::Add.to(lang)) }
                    a.btn.quiet href="/add" { (Words::Leave.to(lang)) }
                }
            },
        )
    }
}

/// A choice among few; the empty one is no answer.
fn choice<T: Copy + PartialEq>(
    name: &str,
    label: &str,
    among: &[(&str, T)],
    chosen: Option<T>,
    words: impl Fn(T) -> String,
    lang: Lang,
) -> Markup {
    html! {
        label.field {
            (label)
            select name=(name) {
                option value="" selected[chosen.is_none()] { (Words::Choose.to(lang)) }
                @for (id, value) in among {
                    option value=(id) selected[chosen == Some(*value)] { (words(*value)) }
                }
            }
        }
    }
}

/// The first rows as they would be stored: the fields that they have.
fn stored(category: Category, rows: &[(Category, Row)], lang: Lang) -> Markup {
    let schema = category.schema();
    let shown = |name: &str| rows.iter().any(|(_, row)| row.value(name).is_some());
    let hidden = ["series", "receipt", "utc-offset", "status", "kind", "row", "direction"];
    let fields: Vec<_> =
        schema.fields.iter().filter(|field| shown(field.name) && !hidden.contains(&field.name)).collect();
    html! {
        (table_region(&Words::First.to(lang), html! {
            @let narrow = crate::view::narrow(fields.len());
            table class=(format!("{} tight", narrow.unwrap_or_default()).trim_start()) role="table" {
                caption.sr { (Words::First.to(lang)) }
                thead role="rowgroup" { tr role="row" { @for field in &fields {
                    th scope="col" role="columnheader" class=[matches!(field.kind, FieldKind::Integer).then_some("num")] {
                        (capital(field.label(lang)))
                    }
                } } }
                tbody role="rowgroup" {
                    @for (_, row) in rows {
                        tr role="row" {
                            @for field in &fields {
                                @let value = row.values.iter().find(|value| value.field == field.name);
                                td role="cell" data-l=(capital(field.label(lang)))
                                    class=[matches!(field.kind, FieldKind::Integer).then_some("num")] {
                                    bdi { @if let Some(value) = value { (written(category, &row.values, value, lang)) } }
                                }
                            }
                        }
                    }
                }
            }
        }))
    }
}

/// What the person said about tables.
pub(super) fn kept_page(kept: &[KeptMapping], lang: Lang) -> (String, Markup) {
    let title = Words::KeptTitle.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/imports", &Add::Imports.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::KeptLead.to(lang)) }
        }
        @if kept.is_empty() {
            (empty(&Words::KeptNone.to(lang), &Words::KeptNoneWhy.to(lang), html! {
                a.btn href="/add" { (icon(Icon::FileUp)) (Add::Crumb.to(lang)) }
            }))
        }
        ul.list.wrap {
            @for one in kept {
                li {
                    (tinted(Icon::Rows3))
                    span {
                        strong { bdi { (clean(&one.mapping.holder)) } } " · " (kind(one.mapping.rows, lang)) br;
                        span.soft.small {
                            bdi { (one.header.iter().map(|name| clean(name)).collect::<Vec<_>>().join(" · ")) }
                            @if let Some(CurrencyColumn::Is(code)) = &one.mapping.currency { " · " (code) }
                        }
                    }
                    form.end method="post" action="/add/tables/forget" {
                        @for name in &one.header { input type="hidden" name="column" value=(name); }
                        button.btn.small type="submit" {
                            (Words::Forget.to(lang)) span.sr { " " (clean(&one.mapping.holder)) }
                        }
                    }
                }
            }
        }
    };
    (title, body)
}
