//! Selection of a person's own rows: days, holder, and words.

pub(crate) use mesinfos_vault::folded;

use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, Column, Field, FieldKind, Period, Reach, Unit};
use mesinfos_vault::ChunkSummary;

use super::own_rows::value;

/// Which of a person's own rows of a category to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowFilter {
    /// Local days of the rows. Rows without a date are selected only if it is unbounded.
    pub period: Period,
    /// Name of the holder of the rows; `None` for all.
    pub holder: Option<String>,
    /// Words that a row contains, separated by spaces: each of them in one of its texts, or at the start of
    /// an amount or date. Case and accents do not matter. Empty for all rows.
    pub text: String,
}

/// How many rows of a chunk a filter selects, as far as the index tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    None,
    /// Only the rows can tell.
    Unknown,
    All,
}

/// A filter, ready to select rows of a category.
pub(crate) struct RowSieve {
    category: Category,
    filter: RowFilter,
    words: Vec<Word>,
    lang: Lang,
}

/// A word that is searched for.
struct Word {
    /// Without case and accents.
    folded: String,
    /// As the start of a number in ASCII; `None` if it has no digit.
    number: Option<String>,
}

/// What a batch's column says about a word.
enum Found {
    /// By code of a term or of a list.
    Codes(Vec<bool>),
    /// Each text has to be looked at.
    Texts,
    /// Each number has to be written.
    Numbers(&'static Field),
}

impl RowSieve {
    pub(crate) fn new(filter: &RowFilter, category: Category, lang: Lang) -> RowSieve {
        let words = filter.text.split_whitespace().map(|word| Word {
            folded: folded(word),
            number: word.contains(|c: char| c.is_ascii_digit()).then(|| word.replace(',', ".")),
        });
        RowSieve { category, filter: filter.clone(), words: words.collect(), lang }
    }

    /// Whether rows are selected by their days alone.
    pub(crate) fn is_by_days(&self) -> bool {
        self.words.is_empty() && self.filter.holder.is_none()
    }

    pub(crate) fn fit(&self, chunk: ChunkSummary) -> Fit {
        let period = &self.filter.period;
        let whole = match chunk.days {
            None if *period == Period::ALL => Fit::All,
            None => return Fit::None,
            Some((first, last)) => {
                let is_after = period.until.is_some_and(|until| first >= until);
                let is_before = period.from.is_some_and(|from| last < from);
                if is_after || is_before {
                    return Fit::None;
                }
                if period.contains(first) && period.contains(last) { Fit::All } else { Fit::Unknown }
            }
        };
        if self.is_by_days() { whole } else { Fit::Unknown }
    }

    /// Indexes of the selected rows of a batch, in its order.
    pub(crate) fn rows(&self, batch: &Batch) -> Vec<usize> {
        let (schema, period) = (batch.schema(), &self.filter.period);
        let words: Vec<(&Word, Vec<(usize, Found)>)> =
            self.words.iter().map(|word| (word, self.columns(batch, word))).collect();
        let is_wanted = |row: &usize| {
            let is_in = batch.day(*row).map_or(*period == Period::ALL, |day| period.contains(day));
            let holder = self.filter.holder.as_deref();
            is_in
                && holder.is_none_or(|holder| batch.text(schema.holder, *row) == Some(holder))
                && words.iter().all(|(word, columns)| self.contains(batch, *row, word, columns))
        };
        (0..batch.rows()).filter(is_wanted).collect()
    }

    /// The columns that may contain a word.
    fn columns(&self, batch: &Batch, word: &Word) -> Vec<(usize, Found)> {
        let fields = self.category.schema().fields.iter().enumerate();
        let found = fields.filter(|(_, field)| field.reach != Reach::Host).filter_map(|(index, field)| {
            let found = match (batch.column(index), field.kind) {
                (Column::Absent, _) => return None,
                (Column::Terms { values, .. }, _) => {
                    Found::Codes(values.iter().map(|term| word.is_in(term)).collect())
                }
                (_, FieldKind::Code(codes)) => {
                    Found::Codes(codes.iter().map(|code| word.is_in(code.name(self.lang))).collect())
                }
                (_, FieldKind::Text) => Found::Texts,
                (_, FieldKind::Date) => Found::Numbers(field),
                (_, FieldKind::Integer) if field.unit == Unit::MinorUnits => Found::Numbers(field),
                _ => return None,
            };
            let is_possible = match &found {
                Found::Codes(codes) => codes.contains(&true),
                Found::Texts => true,
                Found::Numbers(_) => word.number.is_some(),
            };
            is_possible.then_some((index, found))
        });
        found.collect()
    }

    fn contains(&self, batch: &Batch, row: usize, word: &Word, columns: &[(usize, Found)]) -> bool {
        columns.iter().any(|(index, found)| match found {
            Found::Codes(codes) => {
                code(batch.column(*index), row).is_some_and(|code| codes.get(code) == Some(&true))
            }
            Found::Texts => batch.text(*index, row).is_some_and(|text| word.is_in(text)),
            Found::Numbers(field) => {
                let written = value(batch, *index, field, row, self.lang);
                written.zip(word.number.as_deref()).is_some_and(|(written, number)| {
                    written.starts_with(number) || written.trim_start_matches('-').starts_with(number)
                })
            }
        })
    }
}

impl Word {
    fn is_in(&self, text: &str) -> bool {
        // A word of which nothing is seen is in no text.
        !self.folded.is_empty() && folded(text).contains(&self.folded)
    }
}

/// The code of a row in a column of terms or of a list. A missing one has no place in the list.
fn code(column: &Column, row: usize) -> Option<usize> {
    match column {
        Column::Terms { codes, .. } => codes.get(row).map(|&code| code as usize),
        Column::U8(codes) => codes.get(row).map(|&code| usize::from(code)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::category::bank;
    use mesinfos_model::{BatchBuilder, Day};

    fn batch() -> Batch {
        let mut rows = BatchBuilder::new(Category::Bank);
        let mut row = |holder: &str, day: i64, cents: i64, label: &str, party: &str| {
            rows.push(&[
                (bank::HOLDER, holder.into()),
                (bank::BOOKED_ON, day.into()),
                (bank::AMOUNT, cents.into()),
                (bank::CURRENCY, "EUR".into()),
                (bank::KIND, 0_i64.into()),
                (bank::LABEL, label.into()),
                (bank::COUNTERPARTY, party.into()),
            ]);
        };
        row("Rives", 20_000, -6_137, "INTERMARCHÉ Lyon", "");
        row("Rives", 20_001, -1_200, "CB CAFÉ de l’Œuvre", "Café");
        row("Nord", 20_002, 250_000, "Salaire", "Société Élan");
        row("", 20_003, -61, "", "");
        rows.finish()
    }

    fn selected(filter: &RowFilter) -> Vec<usize> {
        RowSieve::new(filter, Category::Bank, Lang::Fr).rows(&batch())
    }

    fn text(text: &str) -> Vec<usize> {
        selected(&RowFilter { text: text.to_owned(), ..RowFilter::default() })
    }

    #[test]
    fn words_are_found_in_texts_codes_amounts_and_dates() {
        assert_eq!(text(""), [0, 1, 2, 3]);
        assert_eq!(text("intermarche"), [0]);
        assert_eq!(text("  cafe\tCB "), [1], "each word, in any of the texts");
        assert_eq!(text("elan"), [2]);
        assert_eq!(text("élan salaire"), [2]);
        assert_eq!(text("élan café"), Vec::<usize>::new());
        assert_eq!(text("carte"), [0, 1, 2, 3], "the name of a code");
        assert_eq!(text("61,37"), [0]);
        assert_eq!(text("-61.37"), [0]);
        assert_eq!(text("2500"), [2]);
        assert_eq!(text("1.37"), Vec::<usize>::new(), "an amount begins with it");
        assert_eq!(text("2024-10-0"), [0, 1, 2, 3]);
        assert_eq!(text("2024-10-05"), [1]);
        assert_eq!(text("eur"), [0, 1, 2, 3]);
        assert_eq!(text("'"), [1], "apostrophes are one");
        for nothing in ["%", "_", "*", ".*", "\0", "zzz", "\u{301}x"] {
            assert_eq!(text(nothing), Vec::<usize>::new(), "{nothing:?}");
        }
    }

    #[test]
    fn holders_and_days_are_exact() {
        let of =
            |holder: &str| selected(&RowFilter { holder: Some(holder.to_owned()), ..RowFilter::default() });
        assert_eq!((of("Rives"), of("Nord"), of("rives")), (vec![0, 1], vec![2], vec![]));
        assert_eq!(of(""), Vec::<usize>::new(), "a row without a holder is nobody's");
        let days = |from, until| Period { from: Some(Day(from)), until: Some(Day(until)) };
        let period = |period| selected(&RowFilter { period, ..RowFilter::default() });
        assert_eq!(period(days(20_001, 20_003)), [1, 2]);
        assert_eq!(period(days(20_004, 20_009)), Vec::<usize>::new());
        assert_eq!(period(days(20_003, 20_001)), Vec::<usize>::new(), "an empty period");
    }

    #[test]
    fn the_index_tells_what_need_not_be_opened() {
        let chunk = |days: Option<(i32, i32)>| ChunkSummary {
            import: 1,
            rows: 9,
            days: days.map(|(first, last)| (Day(first), Day(last))),
        };
        let period = Period { from: Some(Day(10)), until: Some(Day(20)) };
        let days = RowSieve::new(&RowFilter { period, ..RowFilter::default() }, Category::Bank, Lang::Fr);
        let fits =
            [(0, 9), (20, 22), (10, 19), (9, 12), (12, 20), (0, 40)].map(|of| days.fit(chunk(Some(of))));
        assert_eq!(fits, [Fit::None, Fit::None, Fit::All, Fit::Unknown, Fit::Unknown, Fit::Unknown]);
        assert_eq!(days.fit(chunk(None)), Fit::None);
        let all = RowSieve::new(&RowFilter::default(), Category::Bank, Lang::Fr);
        assert_eq!((all.fit(chunk(None)), all.fit(chunk(Some((1, 2))))), (Fit::All, Fit::All));
        let word = RowFilter { text: "a".to_owned(), period, ..RowFilter::default() };
        let word = RowSieve::new(&word, Category::Bank, Lang::Fr);
        assert_eq!(
            (word.fit(chunk(Some((12, 13)))), word.fit(chunk(Some((1, 2))))),
            (Fit::Unknown, Fit::None)
        );
    }
}
