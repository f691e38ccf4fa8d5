//! Orders rows by their visible values only.
//!
//! Rows are ordered by their cells, the time first. A pseudonym has no order of its own, because the order
//! must not reveal the text behind it. Rows that differ only in pseudonyms are told apart by the other
//! cells with which each pseudonym occurs (colour refinement: Weisfeiler and Leman, 1968). If several rows
//! remain alike, one of them is put first and the others are refined again. Among many alike rows, and in
//! rare symmetries, a hash of the text decides, which reveals nothing about its alphabetical order.

use crate::batch::Batch;
use crate::category::{FieldKind, Reach};
use crate::column::Column;
use crate::scope::FieldSet;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Maximum number of alike rows distinguished one by one: each needs a refinement of all rows.
const ONE_BY_ONE: usize = 64;

/// Maximum number of rows for which that is done.
const FEW: usize = 4_096;

/// The rows in an order that depends only on the granted cells.
pub(crate) fn canonical(rows: Batch, fields: FieldSet) -> Batch {
    if rows.rows() < 2 {
        return rows;
    }
    let (plain, hidden) = parted(&rows, fields);
    let mut order: Vec<usize> = (0..rows.rows()).collect();
    order.sort_by(|&a, &b| compare(&rows, &plain, a, b));
    let same = |a: usize, b: usize| compare(&rows, &plain, a, b) == Ordering::Equal;
    let mut classes = if hidden.is_empty() { Vec::new() } else { ranks(&order, same) };
    if classes.iter().max().is_some_and(|last| last + 1 < rows.rows()) {
        let texts = numbered(&rows, &hidden);
        tell_apart(&texts, &mut classes);
        order.sort_by_cached_key(|&row| {
            let hashes = hidden.iter().map(|&field| hash(rows.text(field, row).unwrap_or("")));
            (classes[row], hashes.collect::<Vec<_>>())
        });
    }
    if order.is_sorted() { rows } else { rows.select(&order) }
}

/// The numbers of each row's pseudonyms, by column. A text has the same number in all columns.
fn numbered(rows: &Batch, hidden: &[usize]) -> Vec<Vec<Option<usize>>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |field: usize, row: usize| {
        let next = numbers.len();
        rows.text(field, row).map(|text| *numbers.entry(text).or_insert(next))
    };
    (0..rows.rows()).map(|row| hidden.iter().map(|&field| number(field, row)).collect()).collect()
}

/// Refines classes until rows of one class differ only in the numbering of their pseudonyms.
fn tell_apart(texts: &[Vec<Option<usize>>], classes: &mut Vec<usize>) {
    refine(texts, classes);
    if texts.len() > FEW {
        return;
    }
    for _ in 0..ONE_BY_ONE {
        let mut first: HashMap<usize, usize> = HashMap::new();
        let mut alike: Option<usize> = None;
        for (row, &class) in classes.iter().enumerate() {
            let other = *first.entry(class).or_insert(row);
            if texts[other] != texts[row] && alike.is_none_or(|found| class < classes[found]) {
                alike = Some(other);
            }
        }
        let Some(row) = alike else { return };
        // Rows with the same texts go with it.
        let chosen = texts[row].clone();
        let class = classes[row];
        let keys: Vec<(usize, bool)> =
            classes.iter().zip(texts).map(|(&own, texts)| (own, own == class && *texts != chosen)).collect();
        *classes = ranked(&keys);
        refine(texts, classes);
    }
}

/// Splits classes by the cells that occur with their rows' pseudonyms, until no class can be split.
fn refine(texts: &[Vec<Option<usize>>], classes: &mut Vec<usize>) {
    loop {
        let mut met: Vec<Vec<(usize, usize)>> = Vec::new();
        for (row, own) in texts.iter().enumerate() {
            for (column, text) in own.iter().enumerate().filter_map(|(column, text)| Some((column, (*text)?)))
            {
                if met.len() <= text {
                    met.resize(text + 1, Vec::new());
                }
                met[text].push((column, classes[row]));
            }
        }
        met.iter_mut().for_each(|company| company.sort_unstable());
        let company = ranked(&met);
        let keys: Vec<(usize, Vec<Option<usize>>)> = texts
            .iter()
            .zip(classes.iter())
            .map(|(own, &class)| (class, own.iter().map(|text| text.map(|text| company[text])).collect()))
            .collect();
        let finer = ranked(&keys);
        let done = finer.iter().max() == classes.iter().max();
        *classes = finer;
        if done {
            return;
        }
    }
}

/// The rank of each key. Equal keys have the same rank.
fn ranked<K: Ord>(keys: &[K]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| keys[a].cmp(&keys[b]));
    ranks(&order, |a, b| keys[a] == keys[b])
}

/// Granted fields: first those with plain cells, the time field leading; second the pseudonyms.
fn parted(rows: &Batch, fields: FieldSet) -> (Vec<usize>, Vec<usize>) {
    let schema = rows.schema();
    let granted = |i: &usize| fields.contains(*i) && schema.fields[*i].reach != Reach::Host;
    let is_hidden = |i: &usize| schema.fields[*i].kind == FieldKind::Pseudonym;
    let (hidden, plain): (Vec<usize>, Vec<usize>) =
        (0..schema.fields.len()).filter(granted).partition(is_hidden);
    let time = Some(schema.time).filter(granted);
    (time.into_iter().chain(plain.into_iter().filter(|&i| Some(i) != time)).collect(), hidden)
}

fn compare(rows: &Batch, plain: &[usize], a: usize, b: usize) -> Ordering {
    let each = plain.iter().map(|&field| match rows.column(field) {
        Column::Terms { .. } | Column::Text(_) => rows.text(field, a).cmp(&rows.text(field, b)),
        _ => rows.integer(field, a).cmp(&rows.integer(field, b)),
    });
    each.fold(Ordering::Equal, Ordering::then)
}

/// The class number of each row, given rows in an order in which each class is contiguous.
fn ranks(order: &[usize], same: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    let mut rank = 0;
    for pair in order.windows(2) {
        rank += usize::from(!same(pair[0], pair[1]));
        ranks[pair[1]] = rank;
    }
    ranks
}

/// FNV-1a, 64 bits (draft-eastlake-fnv). The same in every build, as replays require.
fn hash(text: &str) -> u64 {
    let each = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, each)
}
