//! A person's own rows: by domain, by category, one by one, and taken away.

mod amend;
mod chart;
pub(crate) mod columns;
mod csv;
mod domains;
mod export;
mod query;
mod row;
mod rows;
mod sources;
#[cfg(test)]
pub(in crate::app) mod testing;
#[cfg(test)]
mod tests;
mod withheld;

pub(in crate::app) use columns::{lines, table, title, written};

use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::client::Client;
use crate::slots::{Slot, SlotOwner};
use axum::Router;
use axum::routing::get;
use mesinfos_model::{Category, RowId};
use mesinfos_platform::RowOrigin;
pub(crate) use row::send_document;

/// The pages.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/data", get(domains::overview))
        .route("/data/deleted", get(amend::deleted).post(amend::lift))
        .route("/data/withheld", get(withheld::list).post(withheld::show_again))
        .route("/data/{domain}", get(domains::page))
        .route("/data/{domain}/{category}", get(rows::page))
        .route("/data/{domain}/{category}/export.csv", get(export::csv))
        .route("/data/{domain}/{category}/export.json", get(export::json))
        .route("/data/{domain}/{category}/export.parquet", get(export::parquet))
        .route("/data/{domain}/{category}/{row}", get(row::page))
        .route("/data/{domain}/{category}/{row}/file", get(row::file))
        .route("/data/{domain}/{category}/{row}/change", get(amend::page).post(amend::change))
        .route("/data/{domain}/{category}/{row}/withhold", get(withheld::ask).post(withheld::withhold))
}

/// The account of a session as the holder of slots: what it does at once is limited.
pub(crate) fn owner(tester: &Tester) -> SlotOwner {
    let person = tester.caller.person.as_ref().map_or("", |name| name.as_str());
    Client::new(&tester.visitor.account.id.to_string()).slot_owner(person)
}

/// A turn to open rows; the page of a busy server if there is none for a while.
pub(in crate::app) async fn turn(shared: &Shared, tester: &Tester) -> Result<Slot, Failure> {
    turn_in(shared, tester, Section::Data).await
}

/// [`turn`], for a page of another section.
pub(in crate::app) async fn turn_in(
    shared: &Shared,
    tester: &Tester,
    section: Section,
) -> Result<Slot, Failure> {
    let turn = shared.slots.lookups.wait(&owner(tester), crate::limits::LOOKUP_WAIT).await;
    turn.ok_or_else(|| Failure::busy(&tester.shell("", section)))
}

/// The domain with this word in a path.
fn domain(tester: &Tester, domain: &str) -> Result<Domain, Failure> {
    Domain::from_id(domain).ok_or_else(|| not_found(tester))
}

/// The category with this id, if it is one of the domain.
fn category(tester: &Tester, of: &str, category: &str) -> Result<(Domain, Category), Failure> {
    let of = domain(tester, of)?;
    let found = of.categories().find(|known| known.id() == category);
    found.map(|category| (of, category)).ok_or_else(|| not_found(tester))
}

/// A row of a path, with where it comes from. One that is somebody else’s is not there.
async fn row_of(
    shared: &Shared,
    tester: &Tester,
    (domain, of, row): (&str, &str, &str),
) -> Result<(Domain, Category, RowId, RowOrigin), Failure> {
    let (domain, category) = category(tester, domain, of)?;
    let id: RowId = row.parse().map_err(|_| not_found(tester))?;
    let turn = turn(shared, tester).await?;
    let origin = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.row_origin(caller, category, id)
        })
        .await?;
    Ok((domain, category, id, origin.ok_or_else(|| not_found(tester))?))
}

pub(in crate::app) use csv::table as csv_table;

pub(in crate::app) fn not_found(tester: &Tester) -> Failure {
    Failure::not_found(&tester.shell("", Section::Data))
}

/// Path of the page of a category.
pub(in crate::app) fn path(domain: Domain, category: Category) -> String {
    format!("/data/{}/{}", domain.id(), category.id())
}
