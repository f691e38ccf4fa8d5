//! Radar: all of a person's data at a glance. For each category: existing data, missing data, its holders
//! in France, and the way to request it.
//!
//! It reads two columns of each category, the holder and the date of a row, and nothing of its content.
//! `sources` lists the holders, `found` counts, `page` shows the results.

mod found;
mod page;
mod sources;
#[cfg(test)]
mod whole;

use found::{Found, day, known};
use mesinfos_sdk::view::{self, Report};
use mesinfos_sdk::{
    Context, Failure, Period, app, bank, bills, browsing, contracts, documents, education, energy, health,
    mobility, profile, purchases, social, telecom, water,
};
use page::Page;
use sources::{SOURCES, Source};

app!(run: run);

/// Reads a category: its holders, and the days in one of its columns.
macro_rules! read {
    ($category:ident, $column:ident, $day:ident) => {{
        let mut found = Found::default();
        for page in $category::pages(Period::all()) {
            let page = page?;
            for row in 0..page.len() {
                let on = page.$column().get(row).copied().and_then($day);
                found.add(page.holder().get(row), on);
            }
        }
        found
    }};
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    // In the order of `SOURCES`.
    let found = [
        read!(bank, booked_on, known),
        read!(purchases, at, day),
        read!(bills, issued_on, known),
        read!(contracts, start, known),
        read!(telecom, at, day),
        read!(energy, start, day),
        read!(water, start, day),
        read!(mobility, at, day),
        read!(health, on, known),
        read!(education, start, known),
        read!(browsing, at, day),
        read!(social, at, day),
        read!(profile, since, known),
        read!(documents, on, known),
    ];
    if found.iter().all(|one| one.rows == 0) {
        return Err(Failure::NeedsData(SOURCES.iter().map(|source| source.id).collect()));
    }
    let all: Vec<(&Source, &Found)> = SOURCES.iter().zip(&found).collect();
    let (there, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, found)| found.rows > 0);
    let page = Page { ctx, there, missing: missing.into_iter().map(|(source, _)| source).collect() };
    let sections = [
        Some(page.in_short()),
        Some(page.what_is_there()),
        page.map(),
        page.gaps(),
        page.missing(),
        Some(page.rights()),
    ];
    let headline = ctx.t(
        "Vos données d’un coup d’œil : ce qui est là, ce qui manque et à qui le demander.",
        "Your data at a glance: what is there, what is missing and whom to ask for it.",
    );
    let sections = sections.into_iter().flatten().collect();
    Ok(view::report(ctx, "Radar", headline, sections)
        .limit(ctx.t(
            "Une catégorie que vous n’avez pas donnée à Radar lui apparaît comme une catégorie vide.",
            "A category that you did not grant to Radar looks like an empty one to it.",
        ))
        .limit(ctx.t(
            "Le contenu de vos données n’est pas lu, mais seulement qui les a données et leurs dates (à un jour près).",
            "The content of your data is not read, only who gave it and its dates (within a day).",
        )))
}
