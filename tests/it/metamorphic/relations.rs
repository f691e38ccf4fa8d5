//! What must stay and what must change, for each app.
//!
//! A figure that no rule names keeps its value, unless the change itself says otherwise:
//!
//! - dates, and years in texts, move with the rows;
//! - when amounts are doubled, amounts are doubled;
//! - without a category, a figure that rests on it alone goes. One that rests on others too may change;
//! - with a second holder of a category, a figure that rests on it may change;
//! - with rows in another currency, amounts stay, and those of the other currency may come.
//!
//! The rules are the exceptions. Each has a reason.

use super::figures::{Figure, Figures};
use super::transformation::{Transformation, years_later};
use mesinfos_model::Category;
use std::collections::{BTreeMap, BTreeSet};

/// What a figure does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// It keeps its value; its date or year moves with the rows.
    Stays,
    /// The same, if it was there: others may come.
    StaysOrComes,
    /// The same, or it is no longer there.
    StaysOrGoes,
    /// It is twice as much, to its last decimal.
    Doubles,
    /// It is twice as much, to so many of its last decimals.
    DoublesNear(i64),
    /// It is there, and not less. Others may come.
    Grows,
    /// It is there, and not more; or it is no longer there.
    Shrinks,
    /// It is no longer there, or no longer known.
    Goes,
    /// It was not there, and is now.
    Comes,
    /// It may have any value, or not be there.
    Changes,
}

/// Changes of the data that a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Under {
    /// Both moves of dates, or that of one year only.
    Later,
    Year,
    Doubled,
    /// A second holder of this category, or of any that the figure rests on.
    Second(Category),
    SecondOfAny,
    /// With rows of this category in another currency.
    Foreign(Category),
    /// Without this category, or any that the figure rests on.
    Without(Category),
    WithoutAny,
}

impl Under {
    fn is_of(self, change: Transformation) -> bool {
        match (self, change) {
            (Under::Later, Transformation::Cycle | Transformation::Year)
            | (Under::Year, Transformation::Year)
            | (Under::Doubled, Transformation::Doubled)
            | (Under::SecondOfAny, Transformation::Second(_))
            | (Under::WithoutAny, Transformation::Without(_)) => true,
            (Under::Second(of), Transformation::Second(is))
            | (Under::Foreign(of), Transformation::Foreign(is))
            | (Under::Without(of), Transformation::Without(is)) => of == is,
            _ => false,
        }
    }
}

/// An exception.
#[derive(Debug)]
#[allow(dead_code, reason = "the reason is for readers, and for the list of rules")]
pub(super) struct Rule {
    /// Path of the figures; `*` is any text.
    pub(super) at: &'static str,
    pub(super) under: Under,
    pub(super) then: Relation,
    pub(super) why: &'static str,
}

/// Relations of one app.
pub(super) struct Table {
    pub(super) app: &'static str,
    /// What figures rest on, by path: the first that fits. Others rest on what the app requires.
    pub(super) rests: &'static [(&'static str, &'static [Category])],
    /// The first rule that fits counts.
    pub(super) rules: &'static [Rule],
}

const fn rule(under: Under, at: &'static str, then: Relation, why: &'static str) -> Rule {
    Rule { at, under, then, why }
}

/// Whether a path is one of these: `*` is any text.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|path| {
            rest.is_empty()
                || path.char_indices().map(|(at, _)| at).chain([path.len()]).any(|at| fits(rest, &path[at..]))
        }),
    }
}

/// The text with its years moved: 2025, and 02/25 of a month.
fn later(text: &str, years: i32) -> String {
    if years == 0 {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let (mut moved, mut at) = (String::new(), 0);
    while at < text.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            let next = text[at..].chars().next().unwrap();
            moved.push(next);
            at += next.len_utf8();
            continue;
        }
        let word = &text[at..at + digits];
        let number: i32 = word.parse().unwrap_or(0);
        let is_month = digits == 2
            && at >= 3
            && bytes[at - 1] == b'/'
            && bytes[at - 2].is_ascii_digit()
            && bytes[at - 3].is_ascii_digit()
            && bytes.get(at + 2) != Some(&b'/')
            && (at == 3 || bytes[at - 4] != b'/');
        if digits == 4 && (1900..2200).contains(&number) {
            moved.push_str(&(number + years).to_string());
        } else if is_month {
            moved.push_str(&format!("{:02}", (number + years) % 100));
        } else {
            moved.push_str(word);
        }
        at += digits;
    }
    moved
}

/// Whether a figure is what it was.
fn stays(was: &Figure, is: &Figure, years: i32) -> bool {
    match (was, is) {
        // A year of a text may be that of a law, which does not move.
        (Figure::Text(was), Figure::Text(is)) => is == was || *is == later(was, years),
        (Figure::Date(was), Figure::Date(is)) => {
            was.day().map(|day| years_later(day, years)) == is.day() || years == 0 && was == is
        }
        (Figure::Drawn(was, unit), Figure::Drawn(is, of)) => {
            unit == of && (was - is).abs() <= 1e-9 * was.abs().max(1.0)
        }
        _ => was == is,
    }
}

/// Whether an amount is twice what it was. Each was rounded once, or is so many of its last decimals apart.
fn doubles(was: &Figure, is: &Figure, near: i64) -> bool {
    match (was, is) {
        (Figure::Written(was, scale, unit), Figure::Written(is, of, currency)) => {
            (scale, unit) == (of, currency) && (was * 2 - is).abs() <= near
        }
        (Figure::Drawn(was, unit), Figure::Drawn(is, of)) => {
            // Points are drawn from cents.
            unit == of && (was * 2.0 - is).abs() <= 0.010_001 * near as f64 + 1e-9 * was.abs()
        }
        (was, is) => was == is && was.number().is_none(),
    }
}

impl Table {
    fn rests(&self, path: &str, required: &[Category]) -> BTreeSet<Category> {
        let named =
            self.rests.iter().find(|(at, _)| fits(at, path)).map(|(_, on)| on.iter().copied().collect());
        named.unwrap_or_else(|| required.iter().copied().collect())
    }

    /// The relation of a figure, and the rule that gives it.
    fn relation(
        &self,
        change: Transformation,
        path: &str,
        is_money: bool,
        required: &[Category],
    ) -> (Relation, Option<usize>) {
        let on = self.rests(path, required);
        let rests = match change {
            Transformation::Second(category)
            | Transformation::Foreign(category)
            | Transformation::Without(category) => on.contains(&category),
            _ => true,
        };
        let ruled = self.rules.iter().position(|rule| rule.under.is_of(change) && fits(rule.at, path));
        if let Some(rule) = ruled.filter(|_| rests) {
            return (self.rules[rule].then, Some(rule));
        }
        let usual = match change {
            Transformation::Doubled if is_money => Relation::Doubles,
            // Amounts of two currencies are never added.
            Transformation::Foreign(_) if is_money => Relation::StaysOrComes,
            Transformation::Second(_) | Transformation::Foreign(_) if rests => Relation::Changes,
            Transformation::Without(_) if rests && on.len() == 1 => Relation::Goes,
            Transformation::Without(_) if rests => Relation::Changes,
            _ => Relation::Stays,
        };
        (usual, None)
    }

    /// What does not hold between the figures of two runs.
    pub(super) fn violations(
        &self,
        change: Transformation,
        required: &[Category],
        was: &Result<Figures, String>,
        is: &Result<Figures, String>,
        needed: &mut BTreeMap<usize, usize>,
    ) -> Vec<String> {
        let (was, is) = match (was, is) {
            (Ok(was), Ok(is)) => (was, is),
            (Err(was), Err(is)) if was == is => return Vec::new(),
            // Another category may be enough for an app that requires none.
            (Err(_), Ok(_)) if matches!(change, Transformation::Second(_)) => return Vec::new(),
            (Ok(_), Err(is)) if matches!(change, Transformation::Without(_)) && is == "needs-data" => {
                return Vec::new();
            }
            (was, is) => {
                let code = |end: &Result<Figures, String>| {
                    end.as_ref().map_or_else(Clone::clone, |_| "completed".to_owned())
                };
                return vec![format!("outcome: was {}, is {}", code(was), code(is))];
            }
        };
        if change == Transformation::English {
            return languages(was, is);
        }
        let same_order = matches!(
            change,
            Transformation::Split
                | Transformation::Overlap
                | Transformation::Twice
                | Transformation::Reorder
                | Transformation::Stranger
                | Transformation::LeftOut(_)
        );
        let years = change.years();
        let now = is.by_path();
        let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
        for (path, before) in &was.all {
            let moved = later(path, years);
            let found = now.get_key_value(moved.as_str()).or_else(|| now.get_key_value(path.as_str()));
            met.extend(found.map(|(path, _)| *path));
            let after = found.map(|(_, figure)| *figure);
            let (relation, rule) = self.relation(change, path, before.is_money(), required);
            let is_usual = after.is_some_and(|after| match change {
                Transformation::Doubled if before.is_money() => doubles(before, after, 1),
                _ => stays(before, after, years),
            });
            if let Some(rule) = rule.filter(|_| !is_usual) {
                *needed.entry(rule).or_default() += 1;
            }
            let stays = |after| stays(before, after, years);
            let holds = match (relation, after) {
                (Relation::Changes, _)
                | (Relation::Goes, None | Some(Figure::Missing))
                | (Relation::StaysOrGoes | Relation::Shrinks, None) => true,
                (Relation::Stays | Relation::StaysOrComes | Relation::StaysOrGoes, Some(after)) => {
                    stays(after)
                }
                (Relation::Doubles, Some(after)) => doubles(before, after, 1),
                (Relation::DoublesNear(near), Some(after)) => doubles(before, after, near),
                (Relation::Grows, Some(after)) => before.number() <= after.number(),
                (Relation::Shrinks, Some(after)) => before.number() >= after.number(),
                (Relation::Goes | Relation::Comes, Some(_)) | (_, None) => false,
            };
            if !holds {
                wrong.push(format!("{path}: {relation:?}: was {before:?}, is {after:?}"));
            }
        }
        for (path, figure) in &is.all {
            if met.contains(path.as_str()) {
                continue;
            }
            let (relation, rule) = self.relation(change, path, figure.is_money(), required);
            // What is new because a category is missing rests on it.
            if [Relation::Changes, Relation::Grows, Relation::StaysOrComes, Relation::Comes]
                .contains(&relation)
            {
                if let Some(rule) = rule {
                    *needed.entry(rule).or_default() += 1;
                }
            } else {
                wrong.push(format!("{path}: {relation:?}: is new: {figure:?}"));
            }
        }
        for rule in self.rules.iter().filter(|rule| rule.then == Relation::Comes && rule.under.is_of(change))
        {
            if !is.all.iter().any(|(path, _)| fits(rule.at, path)) {
                wrong.push(format!("{}: Comes: is not there", rule.at));
            }
        }
        if wrong.is_empty() && same_order && was.all != is.all {
            let at = was.all.iter().zip(&is.all).find(|(was, is)| was != is);
            wrong.push(format!("shown in another order: {at:?}"));
        }
        wrong
    }
}

/// The same numbers and dates in both languages, and as many texts.
fn languages(was: &Figures, is: &Figures) -> Vec<String> {
    let count = |figures: &Figures| {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for (_, figure) in &figures.all {
            let figure = match figure {
                Figure::Text(_) => "a text".to_owned(),
                figure => format!("{figure:?}"),
            };
            *counts.entry(figure).or_default() += 1;
        }
        counts
    };
    let (was, is) = (count(was), count(is));
    let all: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    all.into_iter()
        .filter(|figure| was.get(*figure) != is.get(*figure))
        .map(|figure| {
            format!("{figure}: {:?} times in French, {:?} in English", was.get(figure), is.get(figure))
        })
        .collect()
}

use Category::{
    Bank, Bills, Browsing, Contracts, Documents, Education, Energy, Health, Mobility, Profile, Purchases,
    Social, Telecom, Water,
};
use Relation::{
    Changes, Comes, Doubles, DoublesNear, Goes, Grows, Shrinks, Stays, StaysOrComes, StaysOrGoes,
};
use Under::{Doubled, Foreign, Later, Second, SecondOfAny, Without, WithoutAny, Year};

/// Why figures of offers, tariffs and factors stay when amounts are doubled.
const OURS: &str = "prices that the app brings, on what was used: no amount of the rows is in them";

/// Why the dates of documents do not move with the rows.
const DATED: &str = "the day of a document that the app brings is no day of the rows";

/// Why what a tariff would cost changes when amounts are doubled.
const PRICED: &str =
    "some prices are a share of the amount, others are not, and tariffs are compared with what is paid";

/// Why a figure grows with a second holder.
const ADDED: &str = "what another holder gives is added";

/// Why a line may come or go with other data.
const LINES: &str = "a line is there if one of its cells is known";

/// Why figures of seven days change when the weekday of each day does.
const WEEKDAYS: &str = "weekdays move by one from year to year";

/// Why Tempo changes.
const TEMPO: &str = "a red day of Tempo is no Saturday and no Sunday, and others are compared with it";

/// The relations of each app.
pub(super) const TABLES: [Table; 12] = [
    Table {
        app: "assurances",
        rests: &[
            ("headline", &[Contracts, Bills, Bank]),
            ("limits*", &[Contracts, Bills, Bank]),
            ("Douze mois, par organisme*", &[Contracts, Bills, Bank]),
            ("Ce qui est vraiment payé*", &[Contracts, Bills, Bank]),
            ("En bref*", &[Contracts]),
            ("Le prix d’un an, par type*", &[Contracts]),
            ("Vos contrats*", &[Contracts]),
            ("Quand vous pouvez partir*", &[Contracts]),
            ("Les douze prochains mois*", &[Contracts]),
            ("advice*", &[Contracts]),
            ("*", &[Contracts, Bills, Bank]),
        ],
        rules: &[
            rule(Without(Contracts), "Douze mois* / Annoncé, par an", Goes, "only contracts say it"),
            rule(Without(Bills), "Douze mois* / Facturé", Goes, "only bills say it"),
            rule(Without(Bank), "Douze mois* / Débité", Goes, "only the bank says it"),
            rule(WithoutAny, "Douze mois*", StaysOrGoes, LINES),
            rule(Second(Bills), "Douze mois* / Facturé", Grows, ADDED),
            rule(Second(Bank), "Douze mois* / Débité", Grows, ADDED),
            rule(SecondOfAny, "Douze mois*", StaysOrComes, LINES),
            rule(
                Later,
                "Quand vous pouvez partir* / Résiliable à tout moment depuis",
                Changes,
                "a law came into force on its day",
            ),
            rule(Second(Contracts), "En bref*", Grows, ADDED),
            rule(Second(Contracts), "Le prix d’un an, par type / takeaway", StaysOrComes, ADDED),
            rule(Second(Contracts), "Le prix d’un an, par type*", Grows, ADDED),
            rule(Second(Contracts), "Vos contrats*", StaysOrComes, ADDED),
            rule(Second(Contracts), "Quand vous pouvez partir*", StaysOrComes, ADDED),
            rule(Second(Contracts), "Les douze prochains mois*", StaysOrComes, ADDED),
        ],
    },
    Table {
        app: "budget",
        rests: &[],
        rules: &[
            rule(
                Foreign(Bank),
                "limits / Les montants dans d’autres monnaies*",
                Comes,
                "amounts of two currencies are never added",
            ),
            rule(Doubled, "En bref / Revient chaque mois", DoublesNear(30), MEDIANS),
            rule(Doubled, "En bref / Ce mois-ci, prévu", DoublesNear(30), MEDIANS),
            rule(Doubled, "Ce mois-ci*", DoublesNear(30), MEDIANS),
            rule(
                Doubled,
                "Paiements récurrents / * / Par an",
                DoublesNear(12),
                "twelve times a median: its half cent counts twelve times",
            ),
            rule(
                Doubled,
                "advice / Vos abonnements* / money",
                DoublesNear(60),
                "a sum of years of recurring payments, see above",
            ),
        ],
    },
    Table {
        app: "comptes",
        rests: &[("Documents lus*", &[])],
        rules: &[
            rule(Later, "Ce que suppose chaque ligne / * / Plus ancien document daté", Changes, DATED),
            rule(Later, "Documents lus*", Changes, DATED),
            // Prices that the app brings, of which some follow amounts.
            rule(Doubled, "* / Compte et carte", Stays, OURS),
            rule(Doubled, "Le même usage, aux tarifs publiés*", Grows, PRICED),
            rule(Doubled, "Un an, à votre rythme*", Grows, PRICED),
            rule(Doubled, "advice*", Changes, PRICED),
            rule(Foreign(Bank), "limits / *", StaysOrComes, "amounts of two currencies are never added"),
        ],
    },
    Table {
        app: "conso",
        rests: &[],
        rules: &[
            rule(Doubled, "*", Stays, OURS),
            rule(Year, "Profil d’une journée*", Changes, WEEKDAYS),
            rule(Year, "* / Tempo*", Changes, TEMPO),
            rule(Year, "* / recommended", Changes, TEMPO),
            rule(Year, "En bref / Au tarif le moins cher*", Changes, TEMPO),
            rule(Year, "advice / Changez*", Changes, TEMPO),
        ],
    },
    Table {
        app: "empreinte",
        rests: &[
            ("headline", &[Energy, Mobility, Bank]),
            ("limits*", &[Energy, Mobility, Bank, Profile]),
            ("Facteurs d’émission*", &[]),
            ("D’où viennent les chiffres*", &[]),
            ("En bref, pour un an / Gaz*", &[Energy, Mobility, Bank]),
            ("En bref, pour un an / Payé*", &[Bank]),
            ("En bref, pour un an / Énergie du logement*", &[Energy, Profile]),
            ("En bref, pour un an / Ce que vous coûte un kWh*", &[Bank, Energy, Profile]),
            ("En bref, pour un an / Ce que vous coûte un kilomètre*", &[Bank, Mobility]),
            ("Gaz à effet de serre*", &[Energy, Mobility, Bank]),
            ("Poste par poste / Électricité*", &[Energy]),
            ("Poste par poste / Gaz*", &[Energy]),
            ("Poste par poste / Factures d’énergie*", &[Bank]),
            ("Poste par poste*", &[Mobility, Bank]),
            ("advice / Éteignez*", &[Energy]),
            ("*", &[Energy, Mobility, Bank, Profile]),
        ],
        rules: &[
            rule(
                Without(Profile),
                "En bref, pour un an / Énergie du logement*",
                Goes,
                "only the profile says the area and the people",
            ),
            rule(
                Without(Energy),
                "En bref, pour un an / Énergie du logement*",
                Goes,
                "only meters say the energy",
            ),
            rule(
                WithoutAny,
                "En bref, pour un an / Ce que vous coûte un kilomètre*",
                Goes,
                "a quotient of both",
            ),
            rule(
                Without(Bank),
                "En bref, pour un an / Ce que vous coûte un kWh*",
                Goes,
                "a quotient of both",
            ),
            rule(
                Without(Energy),
                "En bref, pour un an / Ce que vous coûte un kWh*",
                Goes,
                "a quotient of both",
            ),
            rule(
                Without(Profile),
                "En bref, pour un an / Ce que vous coûte un kWh*",
                StaysOrGoes,
                "without gas, the profile must say that heating is electric",
            ),
            rule(Without(Energy), "En bref, pour un an / Gaz* an", Shrinks, "a sum of items"),
            rule(Without(Mobility), "En bref, pour un an / Gaz* / note", Changes, "says the sum"),
            rule(Without(Energy), "Gaz à effet de serre, en un an / Électricité", Goes, "only meters say it"),
            rule(Without(Energy), "Gaz à effet de serre, en un an / Gaz", Goes, "only meters say it"),
            rule(
                WithoutAny,
                "Gaz à effet de serre, en un an / Électricité",
                StaysOrGoes,
                "one item is not drawn",
            ),
            rule(WithoutAny, "Gaz à effet de serre, en un an / Gaz", StaysOrGoes, "one item is not drawn"),
            rule(SecondOfAny, "Gaz à effet de serre, en un an / takeaway", Changes, "names the largest"),
            rule(
                Second(Mobility),
                "Gaz à effet de serre, en un an / Électricité",
                StaysOrComes,
                "one item is not drawn",
            ),
            rule(
                Second(Mobility),
                "Gaz à effet de serre, en un an / Gaz",
                StaysOrComes,
                "one item is not drawn",
            ),
            rule(Without(Bank), "Poste par poste / * / Payé (banque)", Goes, "only the bank says it"),
            rule(Without(Mobility), "Poste par poste / * / Quantité", Goes, "only trips say it"),
            rule(Without(Bank), "Poste par poste / * / Quantité", StaysOrGoes, LINES),
            rule(Without(Mobility), "Poste par poste / * / Payé (banque)", StaysOrGoes, LINES),
            rule(Second(Bank), "Poste par poste / * / Quantité", StaysOrComes, LINES),
            rule(Second(Mobility), "Poste par poste / * / Payé (banque)", StaysOrComes, LINES),
            rule(
                Doubled,
                "advice / Roulez* / carbon",
                DoublesNear(100),
                "of the fuel that was bought, to a kilogram",
            ),
            rule(Doubled, "headline", Changes, FUEL),
            rule(Doubled, "Gaz à effet de serre, en un an / takeaway", Changes, FUEL),
            rule(Doubled, "* / Voiture / Gaz émis", Changes, FUEL),
            rule(Doubled, "Gaz à effet de serre, en un an / Voiture", Changes, FUEL),
            rule(Doubled, "En bref, pour un an / Gaz*", Changes, FUEL),
            rule(Doubled, "advice / Éteignez*", Stays, OURS),
            rule(Doubled, "advice / Chauffez*", Stays, OURS),
            rule(
                Doubled,
                "En bref, pour un an / Ce que vous coûte un kilomètre*",
                Changes,
                "shown only from 5 to 30 cents",
            ),
        ],
    },
    Table {
        app: "forfait",
        rests: &[
            ("headline", &[]),
            ("limits*", &[Telecom, Bills, Contracts]),
            ("evidence / Payé*", &[Bills, Contracts]),
            ("En bref / Payé*", &[Bills, Contracts]),
            ("D’après vos mois passés / Exemple*", &[Telecom]),
            ("D’après vos mois passés / recommended", &[Telecom]),
            ("D’après vos mois passés*", &[Telecom, Bills, Contracts]),
            ("advice*", &[Telecom, Bills, Contracts]),
            ("notice*", &[Telecom, Bills, Contracts]),
            ("Vos factures*", &[Bills]),
            ("De quoi elles sont faites*", &[Bills]),
        ],
        rules: &[
            rule(Doubled, "D’après vos mois passés / Exemple*", Stays, OURS),
            rule(Doubled, "Prix du hors-forfait*", Stays, OURS),
            rule(Doubled, "advice / * / money", Grows, "what is paid is doubled, and the plan is not"),
            rule(Doubled, "advice / * / how / value / 1", Grows, "what is paid, of an advice that may come"),
            rule(Doubled, "advice*", StaysOrComes, "a plan may now cost less than what is paid"),
            rule(Doubled, "notice*", StaysOrGoes, "a plan may now cost less than what is paid"),
            rule(Second(Telecom), "limits*", Changes, "says that there are several lines"),
            rule(
                Second(Telecom),
                "*",
                Stays,
                "only the line that is used most is shown, and the other has fewer events",
            ),
        ],
    },
    Table {
        app: "fournisseurs",
        rests: &[
            ("headline", &[Energy]),
            ("limits*", &[Energy, Bills, Contracts]),
            ("evidence / Vous payez*", &[Energy, Bills, Contracts]),
            ("En bref / Vous payez*", &[Energy, Bills, Contracts]),
            ("Sur un an de vos relevés / Tarif Bleu*", &[Energy, Bills, Contracts]),
            ("Sur un an de vos relevés / Votre*", &[Energy, Bills, Contracts]),
            ("Sur un an de vos relevés / Ce que*", &[Energy, Bills, Contracts]),
            ("Un an, à votre rythme / Ce que*", &[Energy, Bills, Contracts]),
            ("Un an, à votre rythme / Tarif Bleu*", &[Energy, Bills, Contracts]),
            ("Un an, à votre rythme / Votre*", &[Energy, Bills, Contracts]),
            ("advice*", &[Energy, Bills, Contracts]),
            ("notice*", &[Energy, Bills, Contracts]),
        ],
        rules: &[
            rule(Doubled, "En bref / Vous payez*", Doubles, "what is paid"),
            rule(Doubled, "* / Tarif Bleu / yearly cost", Doubles, "what is paid"),
            rule(Doubled, "* / Votre* / yearly cost", Doubles, "what is paid"),
            rule(Doubled, "* / Ce que* / yearly cost", Doubles, "what is paid"),
            rule(Doubled, "advice / * / money", Grows, "what is paid is doubled, and offers are not"),
            rule(Doubled, "advice*", StaysOrComes, "an offer may now cost less than what is paid"),
            rule(Doubled, "notice*", Changes, "an offer may now cost less than what is paid"),
            rule(Doubled, "*", Stays, OURS),
            rule(Year, "*Week-end*", Changes, WEEKDAYS),
            rule(Year, "*week-end*", Changes, WEEKDAYS),
            rule(Later, "*Indexée sur le marché*", Changes, MARKET),
            rule(Later, "* / Années en tête", Changes, MARKET),
            rule(Later, "* / Pire écart avec la meilleure", Changes, MARKET),
            rule(Later, "* / recommended", Changes, MARKET),
            rule(Later, "En bref / L’offre la moins chère*", Changes, MARKET),
            rule(Later, "En bref / La plus sûre*", Changes, MARKET),
            rule(Later, "advice*", Changes, MARKET),
            rule(Later, "notice*", Changes, MARKET),
            rule(Later, "headline", Changes, MARKET),
            rule(Later, "* / pro*", Changes, MARKET),
            rule(
                Later,
                "La conseillée, la plus chère, la base fixe / Base fixe*",
                Stays,
                "the regulated price",
            ),
            rule(Later, "La conseillée*", Changes, MARKET),
            rule(Later, "La base fixe et la plus chère / Base fixe*", Stays, "the regulated price"),
            rule(Later, "La base fixe et la plus chère*", Changes, MARKET),
        ],
    },
    Table {
        app: "mobilite",
        rests: &[("limits*", &[Mobility, Profile]), ("advice*", &[Mobility, Profile])],
        rules: &[
            rule(Doubled, "advice*", Stays, OURS),
            rule(Year, "À quelle heure vous partez*", Changes, WEEKDAYS),
        ],
    },
    Table {
        app: "panier",
        rests: &[("limits*", &[Purchases, Bank]), ("Vos tickets et votre banque*", &[Purchases, Bank])],
        rules: &[
            rule(Without(Bank), "Vos tickets et votre banque*", Goes, "a quotient of both"),
            rule(Second(Bank), "Vos tickets et votre banque / * / target", Grows, ADDED),
            rule(
                Second(Bank),
                "Vos tickets et votre banque / * L’écart vient surtout*",
                Changes,
                "the cause that is named is that of the larger total",
            ),
            rule(Second(Bank), "Vos tickets et votre banque*", Stays, "what tickets say"),
            rule(Second(Purchases), "En bref / Dépensé en courses, en tout", Grows, ADDED),
            rule(Second(Purchases), "evidence*", Grows, ADDED),
        ],
    },
    Table {
        app: "parcours",
        rests: &[
            ("limits*", &[Education, Bank]),
            ("En bref / Reste à rembourser / note", &[Education, Bank]),
            ("En bref / Débité en douze mois*", &[Education, Bank]),
        ],
        rules: &[
            rule(Doubled, "Votre simulation / Total des intérêts*", DoublesNear(ROUNDED), LOANS),
            rule(Doubled, "Ce qui reste dû*", DoublesNear(ROUNDED), LOANS),
            rule(Doubled, "Durée du remboursement*", DoublesNear(ROUNDED), LOANS),
            rule(Second(Education), "En bref / Diplômes*", Grows, ADDED),
        ],
    },
    Table {
        app: "radar",
        rests: &[
            ("headline", ALL),
            ("limits*", ALL),
            ("En bref*", ALL),
            ("evidence*", ALL),
            ("* / Banque*", &[Bank]),
            ("* / Achats*", &[Purchases]),
            ("* / Factures*", &[Bills]),
            ("* / Contrats*", &[Contracts]),
            ("* / Téléphone*", &[Telecom]),
            ("* / Énergie*", &[Energy]),
            ("* / Eau*", &[Water]),
            ("* / Déplacements*", &[Mobility]),
            ("* / Santé*", &[Health]),
            ("* / Études*", &[Education]),
            ("* / Navigation*", &[Browsing]),
            ("* / Contacts et messages*", &[Social]),
            ("* / Foyer*", &[Profile]),
            ("* / Documents*", &[Documents]),
            ("*", &[]),
        ],
        rules: &[
            rule(SecondOfAny, "En bref / Lignes", Grows, ADDED),
            rule(SecondOfAny, "En bref / Sources", Grows, ADDED),
            rule(SecondOfAny, "En bref / Catégories présentes*", Stays, "the category was there"),
            rule(SecondOfAny, "Par catégorie / * / Lignes", Grows, ADDED),
            rule(SecondOfAny, "Par catégorie / * / Depuis", Stays, "the other holder’s rows are later"),
            rule(WithoutAny, "En bref / Lignes", Shrinks, "a sum over categories"),
            rule(WithoutAny, "En bref / Sources", Shrinks, "a count over categories"),
            rule(WithoutAny, "notice*", Changes, "says where to ask for what is missing"),
        ],
    },
    Table {
        app: "sante",
        rests: &[
            ("headline", &[]),
            ("notice*", &[]),
            ("limits*", &[Health, Contracts, Bills]),
            ("Vos contrats santé*", &[Contracts]),
            ("* / Remboursé par la complémentaire santé*", &[Health, Bills]),
            ("* / Reste à votre charge*", &[Health, Bills]),
            ("* / Reste après*", &[Health, Bills]),
            ("Année par année / takeaway", &[Health]),
            ("Année par année / Assurance*", &[Health]),
            ("Année par année*", &[Health, Bills]),
            ("Par type de soins / * / Complémentaire santé", &[Health, Bills]),
            ("Par type de soins / * / Reste", &[Health, Bills]),
            ("*", &[Health]),
        ],
        rules: &[
            rule(WithoutAny, "* / Remboursé par la complémentaire santé*", Goes, "a refund of care"),
            rule(Without(Health), "* / Reste à votre charge*", Goes, "only care says it"),
            rule(Without(Health), "Année par année*", Goes, "only care says it"),
            rule(Without(Health), "Par type de soins*", Goes, "only care says it"),
            rule(Without(Bills), "* / Complémentaire*", Goes, "only bills say it"),
            rule(Without(Health), "* / Reste après*", Goes, "only care says it"),
            rule(
                Without(Bills),
                "* / Reste à votre charge*",
                Changes,
                "without refunds, it is what the insurer left",
            ),
            rule(Without(Bills), "* / Reste", Grows, "refunds are not taken off"),
            rule(Second(Bills), "* / Remboursé par la complémentaire santé", Grows, ADDED),
            rule(Second(Bills), "* / Reste à votre charge", Shrinks, "more refunds are taken off"),
            rule(Second(Contracts), "Vos contrats santé*", StaysOrComes, ADDED),
            rule(Second(Health), "* / Facturé", Grows, ADDED),
            rule(Second(Health), "* / Payé par l’assurance", Grows, ADDED),
            rule(Second(Health), "En bref / Médicaments dans votre dossier", Grows, ADDED),
            rule(Second(Health), "Ce que dit le dossier / * / Fois", Grows, ADDED),
            rule(Second(Health), "Par type de soins / * / Nombre", Grows, ADDED),
            rule(Second(Health), "Par type de soins / * / Assurance", Grows, ADDED),
        ],
    },
];

/// All categories, for an app that counts them.
const ALL: &[Category] = Category::ALL;

/// Why figures that follow the market change when dates move.
const MARKET: &str = "one offer follows the prices of the months that were, and others are compared with it";

/// Cents by which figures of a loan may be apart: interest is rounded each month.
const ROUNDED: i64 = 240;

/// Why sums of usual payments may be some cents apart.
const MEDIANS: &str = "a sum of medians, each in whole cents as it is shown";

/// Why carbon may change when amounts are doubled.
const FUEL: &str = "without trips, carbon is that of the fuel that was bought";

const LOANS: &str = "interest and payments are whole cents, each month of up to twenty years";
