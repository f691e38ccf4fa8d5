//! Categories of data: links the granted ones, driven by the table of categories.
//!
//! The column function of a granted field reads the page. The column function of an ungranted field returns
//! an empty list and has no access to the data. A refused category gets a reader without rows, so an app
//! cannot tell a refusal from an absence.

use super::{Capability, Import, Request, spend};
use crate::contract::{COMMON, DATA};
use crate::limits::{Limits, READERS_AHEAD};
use crate::refusal::Problem;
use crate::state::{
    Counters, PageHandle, PrefetchedPages, ReaderHandle, State, StopReason, TermsWire, TextWire, Wire,
};
use mesinfos_model::{Category, Day, FieldKind, FieldSet, Grain, Period};
use std::sync::Arc;
use wasmtime::StoreContextMut;
use wasmtime::component::{ComponentType, Lift, Linker, LinkerInstance, Lower, Resource, ResourceType};

/// The `period` record.
#[derive(ComponentType, Lift, Lower, Clone, Copy)]
#[component(record)]
struct PeriodWire {
    from: Option<i32>,
    until: Option<i32>,
}

impl From<Period> for PeriodWire {
    fn from(period: Period) -> PeriodWire {
        PeriodWire { from: period.from.map(|d| d.0), until: period.until.map(|d| d.0) }
    }
}

/// The `grain` enum.
#[derive(ComponentType, Lower, Clone, Copy)]
#[component(enum)]
#[repr(u8)]
enum GrainWire {
    #[component(name = "raw")]
    Raw,
    #[component(name = "rounded")]
    Rounded,
    #[component(name = "hourly")]
    Hourly,
    #[component(name = "daily")]
    Daily,
    #[component(name = "monthly")]
    Monthly,
}

impl From<Grain> for GrainWire {
    fn from(grain: Grain) -> GrainWire {
        match grain {
            Grain::Raw => GrainWire::Raw,
            Grain::Rounded => GrainWire::Rounded,
            Grain::Hourly => GrainWire::Hourly,
            Grain::Daily => GrainWire::Daily,
            Grain::Monthly => GrainWire::Monthly,
        }
    }
}

/// The `granted` record.
#[derive(ComponentType, Lower, Clone, Copy)]
#[component(record)]
struct GrantedWire {
    period: PeriodWire,
    grain: GrainWire,
}

/// The `access-error` enum. Today an exceeded budget or a withdrawal ends the run; the cases are in the
/// contract so that a later host may let an app finish on its own.
#[derive(ComponentType, Lower, Clone, Copy)]
#[component(enum)]
#[repr(u8)]
#[allow(dead_code, reason = "the cases are part of the contract's type")]
enum AccessErrorWire {
    #[component(name = "budget")]
    Budget,
    #[component(name = "withdrawn")]
    Withdrawn,
    #[component(name = "unavailable")]
    Unavailable,
}

type Cx<'a> = StoreContextMut<'a, State>;

/// Rows of a category, through its interface in `mesinfos:data`.
pub(crate) struct Categories;

impl Capability for Categories {
    fn claim(&self, import: &Import<'_>, request: &mut Request) -> Option<Vec<Problem>> {
        let category = Category::from_id(import.interface).filter(|_| import.package == DATA.0)?;
        let mut fields = FieldSet::NONE;
        let mut problems = Vec::new();
        for function in import.functions.iter().copied() {
            match function.strip_prefix("[method]page.") {
                Some("rows") => {}
                Some(field) => match category.schema().index(field) {
                    Some(index) => fields = fields.with(index),
                    None => problems.push(import.no_such(field)),
                },
                None if COMMON.contains(&function) => {}
                None => problems.push(import.no_such(function)),
            }
        }
        request.categories.insert(category, fields);
        Some(problems)
    }

    fn link(&self, linker: &mut Linker<State>, asked: &Request, given: &Request) -> wasmtime::Result<()> {
        for &category in asked.categories.keys() {
            let mut instance = linker.instance(&interface(category))?;
            match given.categories.get(&category) {
                Some(fields) => granted(&mut instance, category, *fields)?,
                None => refused(&mut instance, category)?,
            }
        }
        Ok(())
    }

    fn link_refused(&self, linker: &mut Linker<State>, asked: &Request) -> wasmtime::Result<()> {
        asked
            .categories
            .keys()
            .try_for_each(|&category| refused(&mut linker.instance(&interface(category))?, category))
    }

    fn budget(&self, used: &Counters, limits: &Limits) -> Result<(), StopReason> {
        if used.reads.values().map(|(rows, _)| rows).sum::<u64>() > limits.rows {
            return Err(StopReason::RowSource);
        }
        Ok(())
    }
}

/// Full name of the interface of a category.
fn interface(category: Category) -> String {
    format!("{}/{}@{}", DATA.0, category.id(), DATA.1)
}

fn resources(instance: &mut LinkerInstance<'_, State>) -> wasmtime::Result<()> {
    instance.resource("reader", ResourceType::host::<ReaderHandle>(), |mut cx, rep| {
        cx.data_mut().table.delete(Resource::<ReaderHandle>::new_own(rep))?;
        Ok(())
    })?;
    instance.resource("page", ResourceType::host::<PageHandle>(), |mut cx, rep| {
        cx.data_mut().table.delete(Resource::<PageHandle>::new_own(rep))?;
        Ok(())
    })?;
    instance.func_wrap("[method]page.rows", |mut cx: Cx<'_>, (page,): (Resource<PageHandle>,)| {
        cx.data_mut().called()?;
        Ok((cx.data().table.get(&page)?.rows,))
    })
}

fn granted(
    instance: &mut LinkerInstance<'_, State>,
    category: Category,
    fields: FieldSet,
) -> wasmtime::Result<()> {
    resources(instance)?;
    link_scope(instance, category)?;
    instance.func_wrap("[constructor]reader", move |mut cx: Cx<'_>, (period,): (PeriodWire,)| {
        let state = cx.data_mut();
        state.called()?;
        let period = Period { from: period.from.map(Day), until: period.until.map(Day) };
        let ahead = state.readers < READERS_AHEAD;
        state.readers = state.readers.saturating_add(1);
        let pages = state.granted.get(&category).map(|rows| rows.open(period));
        let pages = pages.map(|pages| PrefetchedPages::new(pages, ahead));
        state.counters.reads.entry(category).or_default();
        Ok((push(state, ReaderHandle { category, pages })?,))
    })?;
    instance.func_wrap(
        "[method]reader.next",
        move |mut cx: Cx<'_>, (reader,): (Resource<ReaderHandle>,)| {
            let state = cx.data_mut();
            state.called()?;
            let reader = state.table.get_mut(&reader)?;
            same(reader.category, category)?;
            let next = match &mut reader.pages {
                Some(pages) => pages.next().map_err(StopReason::from)?,
                None => None,
            };
            let Some(batch) = next else {
                return Ok((Ok::<_, AccessErrorWire>(None),));
            };
            let rows = batch.rows() as u64;
            spend(state, &Categories, |used| used.reads.entry(category).or_default().0 += rows)?;
            Ok((Ok(Some(push(state, PageHandle::new(batch))?)),))
        },
    )?;
    for (index, field) in category.schema().open_fields() {
        let name = format!("[method]page.{}", field.name);
        if !fields.contains(index) {
            empty(instance, &name, field.kind)?;
            continue;
        }
        // One function per column type: the type is part of the contract.
        macro_rules! column {
            ($variant:ident, $ty:ty) => {
                instance.func_wrap(&name, move |mut cx: Cx<'_>, (page,): (Resource<PageHandle>,)| {
                    let value: $ty = match take(cx.data_mut(), category, &page, index)? {
                        Wire::$variant(value) => value,
                        _ => <$ty>::default(),
                    };
                    Ok((value,))
                })
            };
        }
        match field.kind {
            FieldKind::Date => column!(I32, Arc<Vec<i32>>),
            FieldKind::Instant | FieldKind::Integer => column!(I64, Arc<Vec<i64>>),
            FieldKind::Code(_) => column!(U8, Arc<Vec<u8>>),
            FieldKind::Term | FieldKind::Pseudonym => column!(Terms, TermsWire),
            FieldKind::Text => column!(Text, TextWire),
        }?;
    }
    Ok(())
}

/// `scope`: the same function, whether the category is granted or not.
fn link_scope(instance: &mut LinkerInstance<'_, State>, category: Category) -> wasmtime::Result<()> {
    instance.func_wrap("scope", move |mut cx: Cx<'_>, (): ()| {
        cx.data_mut().called()?;
        let scope = cx.data().announced.get(&category);
        let period = scope.map_or(Period::ALL, |scope| scope.period);
        let grain = scope.map_or(Grain::Raw, |scope| scope.grain);
        Ok((GrantedWire { period: period.into(), grain: grain.into() },))
    })
}

/// Counterpart of [`granted`] for a refused category: it never reads the rows in the state.
fn refused(instance: &mut LinkerInstance<'_, State>, category: Category) -> wasmtime::Result<()> {
    resources(instance)?;
    link_scope(instance, category)?;
    instance.func_wrap("[constructor]reader", move |mut cx: Cx<'_>, (_,): (PeriodWire,)| {
        let state = cx.data_mut();
        state.called()?;
        Ok((push(state, ReaderHandle { category, pages: None })?,))
    })?;
    instance.func_wrap("[method]reader.next", |mut cx: Cx<'_>, (_,): (Resource<ReaderHandle>,)| {
        cx.data_mut().called()?;
        Ok((Ok::<Option<Resource<PageHandle>>, AccessErrorWire>(None),))
    })?;
    for (_, field) in category.schema().open_fields() {
        empty(instance, &format!("[method]page.{}", field.name), field.kind)?;
    }
    Ok(())
}

/// Links a column function that returns an empty column without reading a page.
fn empty(instance: &mut LinkerInstance<'_, State>, name: &str, kind: FieldKind) -> wasmtime::Result<()> {
    macro_rules! nothing {
        ($ty:ty) => {
            instance.func_wrap(name, |mut cx: Cx<'_>, (_,): (Resource<PageHandle>,)| {
                cx.data_mut().called()?;
                Ok((<$ty>::default(),))
            })
        };
    }
    match kind {
        FieldKind::Date => nothing!(Arc<Vec<i32>>),
        FieldKind::Instant | FieldKind::Integer => nothing!(Arc<Vec<i64>>),
        FieldKind::Code(_) => nothing!(Arc<Vec<u8>>),
        FieldKind::Term | FieldKind::Pseudonym => nothing!(TermsWire),
        FieldKind::Text => nothing!(TextWire),
    }
}

fn push<T: Send + 'static>(state: &mut State, value: T) -> wasmtime::Result<Resource<T>> {
    // The table only fails when it is full.
    state.table.push(value).map_err(|_| StopReason::Handles.into())
}

/// Checks that a handle belongs to the function's category. The host uses one type of reader and page for
/// all categories, and a forged component may declare the types of two categories equal. Without this
/// check, data read from one category would be recorded as read from the other.
fn same(of_handle: Category, of_function: Category) -> Result<(), StopReason> {
    if of_handle == of_function { Ok(()) } else { Err(StopReason::Foreign) }
}

fn take(
    state: &mut State,
    category: Category,
    page: &Resource<PageHandle>,
    index: usize,
) -> wasmtime::Result<Wire> {
    state.called()?;
    let page = state.table.get_mut(page)?;
    same(page.category, category)?;
    let column = page.columns.get(index).cloned().unwrap_or(Wire::Absent);
    if !page.taken.contains(index) {
        page.taken = page.taken.with(index);
        let bytes = column.bytes();
        spend(state, &Categories, |used| used.reads.entry(category).or_default().1 += bytes)?;
    }
    Ok(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wit_parser::{Resolve, Type, TypeDefKind};

    #[test]
    fn a_handle_is_of_one_category() {
        assert!(same(Category::Bank, Category::Bank).is_ok());
        assert!(matches!(same(Category::Bank, Category::Energy), Err(StopReason::Foreign)));
    }

    /// The type of a column function, as it must appear in the WIT files.
    fn expected(kind: FieldKind) -> &'static str {
        match kind {
            FieldKind::Date => "list<s32>",
            FieldKind::Instant | FieldKind::Integer => "list<s64>",
            FieldKind::Code(_) => "list<u8>",
            FieldKind::Term | FieldKind::Pseudonym => "terms",
            FieldKind::Text => "text",
        }
    }

    fn spelled(resolve: &Resolve, ty: Type) -> String {
        let Type::Id(id) = ty else {
            return format!("{ty:?}").to_lowercase();
        };
        match &resolve.types[id].kind {
            TypeDefKind::List(inner) => format!("list<{}>", spelled(resolve, *inner)),
            TypeDefKind::Type(inner) => {
                resolve.types[id].name.clone().unwrap_or_else(|| spelled(resolve, *inner))
            }
            _ => resolve.types[id].name.clone().unwrap_or_default(),
        }
    }

    #[test]
    fn the_wit_files_say_what_the_table_says() {
        let mut resolve = Resolve::default();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../wit/data");
        let (package, _) = resolve.push_dir(folder).unwrap();
        let interfaces = &resolve.packages[package].interfaces;
        let names: Vec<&str> = interfaces.keys().map(String::as_str).filter(|n| *n != "types").collect();
        let ids: Vec<&str> = Category::ALL.iter().map(|c| c.id()).collect();
        assert_eq!(names.len(), ids.len());
        for category in Category::ALL {
            let interface = &resolve.interfaces[interfaces[category.id()]];
            let columns: Vec<(String, String)> = interface
                .functions
                .iter()
                .filter_map(|(name, f)| Some((name.strip_prefix("[method]page.")?, f)))
                .filter(|(name, _)| *name != "rows")
                .map(|(name, f)| (name.to_owned(), spelled(&resolve, f.result.unwrap())))
                .collect();
            let table: Vec<(String, String)> = category
                .schema()
                .open_fields()
                .map(|(_, f)| (f.name.to_owned(), expected(f.kind).to_owned()))
                .collect();
            assert_eq!(columns, table, "{category}");
            for common in COMMON {
                assert!(interface.functions.contains_key(*common), "{category} {common}");
            }
        }
    }
}
