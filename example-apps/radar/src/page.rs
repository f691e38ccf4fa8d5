//! The view of the data: one function per section.

use crate::found::Found;
use crate::sources::{SOURCES, Source, Words};
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Level, Section, Unit, rich};
use mesinfos_sdk::{Context, Date, Value};

/// Number of months in the map of existing data.
const MONTHS: i32 = 24;
/// Age in days at which monthly data is old.
const OLD: i32 = 62;
/// Maximum number of missing months listed.
const GAPS: usize = 60;

const SHORT_MONTHS: [Words; 12] = [
    ("janv.", "Jan"),
    ("févr.", "Feb"),
    ("mars", "Mar"),
    ("avr.", "Apr"),
    ("mai", "May"),
    ("juin", "Jun"),
    ("juil.", "Jul"),
    ("août", "Aug"),
    ("sept.", "Sep"),
    ("oct.", "Oct"),
    ("nov.", "Nov"),
    ("déc.", "Dec"),
];

/// Data for the sections.
pub(crate) struct Page<'a> {
    pub(crate) ctx: &'a Context,
    pub(crate) there: Vec<(&'a Source, &'a Found)>,
    pub(crate) missing: Vec<&'a Source>,
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Page<'_> {
    fn t(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.ctx.t(fr, en)
    }

    fn words(&self, (fr, en): Words) -> &'static str {
        self.ctx.t(fr, en)
    }

    /// Gaps in the categories with data expected every month.
    fn all_gaps(&self) -> Vec<(&Source, Date)> {
        let monthly = self.there.iter().filter(|(source, _)| source.monthly);
        monthly
            .flat_map(|(source, found)| found.gaps(self.ctx.today).into_iter().map(|month| (*source, month)))
            .collect()
    }

    /// The last day with data, if newer data is expected.
    fn old(&self, source: &Source, found: &Found) -> Option<Date> {
        let (_, last) = found.days(self.ctx.today)?;
        (source.monthly && self.ctx.today - last > OLD).then_some(last)
    }

    pub(crate) fn in_short(&self) -> Section {
        let rows = self.there.iter().map(|(_, found)| found.rows).sum();
        let mut holders: Vec<&String> =
            self.there.iter().flat_map(|(_, found)| found.holders.keys()).collect();
        holders.sort_unstable();
        holders.dedup();
        let days = || self.there.iter().filter_map(|(_, found)| found.days(self.ctx.today));
        let mut figures = vec![
            view::figure(
                Icon::Search,
                self.t("Lignes de données", "Rows of data"),
                view::quantity(rows, Unit::None),
            )
            .note(self.t(
                "Un ticket et chacun de ses articles font des lignes, comme un contrat et ce qu’il couvre.",
                "A receipt and each of its items are rows, and so are a contract and what it covers.",
            )),
            view::figure(
                Icon::People,
                self.t("Organismes qui les ont données", "Organisations that gave it"),
                view::quantity(count(holders.len()), Unit::None),
            ),
        ];
        let oldest = days().map(|(first, _)| first).min();
        figures
            .extend(oldest.map(|on| {
                view::figure(Icon::Calendar, self.t("Date la plus ancienne", "Earliest date"), on)
            }));
        let newest = days().map(|(_, last)| last).max();
        figures.extend(
            newest.map(|on| view::figure(Icon::Clock, self.t("Date la plus récente", "Latest date"), on)),
        );
        let gaps = self.all_gaps().len();
        if gaps > 0 {
            let value = view::quantity(count(gaps), Unit::Month);
            let note = self.t(
                "Les mois sans données entre le premier et le dernier jour d’une catégorie.",
                "Months without data between the first and the last day of a category.",
            );
            figures.push(view::figure(Icon::Bell, self.t("Mois vides", "Empty months"), value).note(note));
        }
        let whole = f64::from(u8::try_from(SOURCES.len()).unwrap_or(0));
        let there = f64::from(u8::try_from(self.there.len()).unwrap_or(0));
        let label = self.t("Catégories avec des données", "Categories with data");
        let ring = Block::Progress(vec![view::progress(label, there, whole, Unit::None, None)]);
        view::section(self.t("En bref", "In short"), vec![ring, Block::KeyFigures(figures)])
    }

    pub(crate) fn what_is_there(&self) -> Section {
        let columns = [
            (self.t("Catégorie", "Category"), ColumnKind::Text),
            (self.t("Lignes de données", "Rows of data"), ColumnKind::Number),
            (self.t("Première date", "First date"), ColumnKind::Date),
            (self.t("Dernière date", "Last date"), ColumnKind::Date),
            (self.t("Données par", "Given by"), ColumnKind::Text),
        ];
        let rows = self.there.iter().map(|(source, found)| {
            let days = found.days(self.ctx.today);
            let mut holders: Vec<(&str, i64)> =
                found.holders.iter().map(|(name, rows)| (name.as_str(), *rows)).collect();
            holders.sort_by_key(|(_, rows)| -rows);
            let named = if holders.len() > 5 { 4 } else { 5 };
            let names: Vec<&str> = holders.iter().take(named).map(|(name, _)| *name).collect();
            let more = match holders.len() - names.len() {
                0 => String::new(),
                more => format!("{}{more}{}", self.t(" et ", " and "), self.t(" autres", " others")),
            };
            vec![
                self.words(source.name).into(),
                view::quantity(found.rows, Unit::None),
                days.map_or(Value::Missing, |(first, _)| first.into()),
                days.map_or(Value::Missing, |(_, last)| last.into()),
                Value::Text(names.join(", ") + &more),
            ]
        });
        let table = view::table(self.t("Par catégorie", "By category"), &columns, rows.collect());
        view::section(self.t("Ce qui est là", "What is there"), vec![table])
    }

    /// Number of days with data, by month.
    pub(crate) fn map(&self) -> Option<Section> {
        let today = self.ctx.today;
        let days_of = |found: &Found, month: Date| found.days_of(month, today);
        // The month of yesterday: one that begins today has no data yet.
        let newest = today.plus_days(-1).month_start();
        let months: Vec<Date> = (1 - MONTHS..=0).map(|back| newest.plus_months(back)).collect();
        let shown: Vec<&(&Source, &Found)> = self
            .there
            .iter()
            .filter(|(_, found)| months.iter().any(|month| days_of(found, *month) > 0))
            .collect();
        if shown.is_empty() {
            return None;
        }
        let cells = shown.iter().flat_map(|(_, found)| {
            months.iter().map(|month| match days_of(found, *month) {
                0 => None,
                days => u8::try_from(days).ok().map(f64::from),
            })
        });
        let map = view::heatmap(
            self.t("Jours couverts, mois par mois", "Days covered, month by month"),
            self.t("Une case vide est un mois sans données.", "An empty cell is a month without data."),
            shown.iter().map(|(source, _)| self.words(source.name).to_owned()).collect(),
            months.iter().map(|month| self.short_month(*month)).collect(),
            Unit::Day,
            cells.collect(),
        );
        Some(view::section(self.t("Les deux dernières années", "The last two years"), vec![map]))
    }

    /// A month, for the head of a narrow column: "févr. 2024", "Feb 2024".
    fn short_month(&self, month: Date) -> String {
        let (fr, en) = SHORT_MONTHS[usize::from(month.month().clamp(1, 12) - 1)];
        format!("{}\u{a0}{}", self.t(fr, en), month.year())
    }

    pub(crate) fn gaps(&self) -> Option<Section> {
        let mut blocks = Vec::new();
        for (source, found) in &self.there {
            if let Some(last) = self.old(source, found) {
                let words = self.t(
                    "Il n’y a rien depuis le {}. Qui a la suite : ",
                    "There is nothing since {}. Who holds the rest: ",
                );
                let body = rich(&format!("{words}{}.", self.words(source.holders)), vec![last.into()]);
                blocks.push(notice(self.words(source.name), body));
            }
        }
        let rows: Vec<Vec<Value>> = self
            .all_gaps()
            .into_iter()
            .take(GAPS)
            .map(|(source, month)| {
                vec![self.words(source.name).into(), view::month(month), self.words(source.holders).into()]
            })
            .collect();
        if !rows.is_empty() {
            let columns = [
                (self.t("Catégorie", "Category"), ColumnKind::Text),
                (self.t("Mois", "Month"), ColumnKind::Text),
                (self.t("Qui les a", "Who holds it"), ColumnKind::Text),
            ];
            blocks.push(view::table(self.t("Mois sans données", "Months without data"), &columns, rows));
        }
        (!blocks.is_empty())
            .then(|| view::section(self.t("Où vos données s’interrompent", "Where data stops"), blocks))
    }

    pub(crate) fn missing(&self) -> Option<Section> {
        let why = self.t(
            "Chacune de ces catégories est vide dans votre coffre, ou vous ne l’avez pas donnée à Radar : lui ne voit pas la différence. La page de ce résultat dit ce que vous n’avez pas donné.",
            "Each of these categories is empty in your vault, or you did not grant it to Radar, which cannot tell the difference. The page of this result says what you did not grant.",
        );
        let blocks: Vec<Block> = self
            .missing
            .iter()
            .map(|source| {
                let holders = self.t("Qui l’a : ", "Who holds it: ");
                let words = format!("{holders}{}. {}", self.words(source.holders), self.words(source.ask));
                view::notice(Level::Info, self.words(source.name), &words)
            })
            .collect();
        let title = self.t(
            "Ce que Radar n’a pas vu, et à qui le demander",
            "What Radar did not see, and whom to ask for it",
        );
        (!blocks.is_empty())
            .then(|| view::section(title, std::iter::once(view::paragraph(why)).chain(blocks).collect()))
    }

    pub(crate) fn rights(&self) -> Section {
        let law = self.t(
            "L’article 15 du RGPD vous donne accès à tout ce qu’un organisme sait de vous ; l’article 20 vous rend, dans un format lisible par une machine, ce que vous lui avez fourni. La demande est gratuite, et l’organisme doit répondre sous un mois (deux mois de plus si la demande est complexe ; article 12). Sans réponse, vous pouvez adresser une plainte à la CNIL.",
            "Article 15 of the GDPR gives you access to everything an organisation knows about you; article 20 gives you back, in a machine-readable format, what you provided to it. Asking is free, and the organisation must answer within a month (two months more if the request is complex; article 12). If it does not, you can complain to your data protection authority (in France, the CNIL).",
        );
        let letter = self.t(
            "Texte à recopier : « Bonjour, au titre des articles 15 et 20 du RGPD, je vous demande une copie de toutes les données à caractère personnel que vous détenez sur moi, dans un format structuré, couramment utilisé et lisible par machine (CSV ou JSON), ainsi que leurs finalités, leurs destinataires et leur durée de conservation. »",
            "Text to copy: “Under articles 15 and 20 of the GDPR, please send me a copy of all personal data that you hold about me, in a structured, commonly used and machine-readable format (CSV or JSON), with its purposes, recipients and retention period.”",
        );
        let blocks = vec![view::paragraph(law), view::paragraph(letter)];
        view::section(self.t("Comment demander", "How to ask"), blocks)
    }
}

/// A notice with values in its text.
fn notice(title: &str, body: Vec<view::Piece>) -> Block {
    let mut block = view::notice(Level::Info, title, "");
    if let Block::Notice(notice) = &mut block {
        notice.body = body;
    }
    block
}
