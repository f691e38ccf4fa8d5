//! A large population, with one year of bank, energy and telephone data per person.

use crate::life::{Charges, Heating, Life, Member, Plan};
use crate::weather::{LILLE, LIMOGES, LYON, MARSEILLE, NANTES, Town};
use crate::write::{Holder, SampleFile, daily, log, ofx};
use crate::{random::Chance, simulate, written};
use jiff::civil::date;

/// The simulated year.
const YEAR: i16 = 2025;

/// Towns in five climates.
static TOWNS: [&Town; 5] = [&LILLE, &NANTES, &LYON, &MARSEILLE, &LIMOGES];

const ONE: Member = Member { name: "Camille", birth: "1985-01-01", role: "Membre principal" };
const TWO: Member = Member { name: "Dominique", birth: "1984-01-01", role: "Conjoint" };
const CHILD: Member = Member { name: "Sasha", birth: "2014-01-01", role: "Enfant à charge" };

/// Households: of nine, four have one person, three have two, one has three and one four. Near INSEE’s census
/// of 2022 for most départements: 35 to 43 % of one person, 31 to 38 % of two (checked in
/// <https://www.insee.fr/fr/statistiques/2012714>).
static HOUSEHOLDS: [&[Member]; 9] = [
    &[ONE],
    &[ONE],
    &[ONE],
    &[ONE],
    &[ONE, TWO],
    &[ONE, TWO],
    &[ONE, TWO],
    &[ONE, TWO, CHILD],
    &[ONE, TWO, CHILD, CHILD],
];

/// Deciles of the standard of living, in cents a month, rounded. The first, the fifth and the ninth are those
/// of INSEE for 2022 (12 970, 24 330 and 43 840 € a year; checked in
/// <https://www.insee.fr/fr/statistiques/2491918>), the second and the third those of 2021 (checked in
/// <https://www.insee.fr/fr/statistiques/7941375?sommaire=7941491>), scaled to 2022 like the median. The
/// others are not checked against a source: plausible, between these.
const INCOMES: [i64; 9] = [108_000, 136_000, 161_000, 182_000, 203_000, 225_000, 252_000, 293_000, 365_000];

/// Ages: of twenty adults, four are under 30, six from 30 to 49, five from 50 to 64, five older. Rounded, and not checked
/// against a source.
static AGES: [Age; 20] = {
    use Age::{Elder, Middle, Older, Young};
    [
        Young, Young, Young, Young, Middle, Middle, Middle, Middle, Middle, Middle, Older, Older, Older,
        Older, Older, Elder, Elder, Elder, Elder, Elder,
    ]
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    Young,
    Middle,
    Older,
    Elder,
}

/// What distinguishes groups of people, each with its groups in the order of their ids.
pub const TRAITS: [(&str, &[&str]); 4] = [
    ("age", &["age-18-29", "age-30-49", "age-50-64", "age-65"]),
    ("income", &["income-1-low", "income-2-middle", "income-3-high"]),
    ("heating", &["electric", "gas"]),
    ("phone", &["by-the-minute", "unlimited"]),
];

/// Holders with data of each person.
static HOLDERS: [Holder; 3] = [ofx, daily, log];

/// A person in a population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    index: u64,
    seed: u64,
}

/// Persons 0 to `n` - 1. Each depends only on the seed and the number, so they can be generated in any
/// order and in several threads, and nothing is kept between them.
pub fn population(n: u64, seed: u64) -> impl ExactSizeIterator<Item = Person> {
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    (0..n).map(move |index| Person { index: index as u64, seed })
}

/// Days abroad of those who have one: in Switzerland, in London.
static ABROAD: [&[(&str, i64)]; 3] = [
    &[],
    &[("COOP BASEL 32,00 CHF", 3_392)],
    &[("TESCO LONDON 14,20 GBP", 1_665), ("TFL LONDON 8,90 GBP", 1_044)],
];

/// Fees of a bank: three of ten people pay none. Invented, in the range of French tariffs of 2025.
fn charges(chance: &mut Chance) -> Option<Charges> {
    if chance.permille(300) {
        return None;
    }
    Some(Charges {
        quarter: chance.between(0, 3) * 210,
        card: (chance.between(39, 52) * 100, i8::try_from(chance.between(1, 12)).unwrap_or(1)),
        second_card: 0,
        abroad: chance.pick::<&[(&str, i64)]>(&ABROAD),
        abroad_rate: chance.between(200, 290),
        cheques: if chance.permille(250) { &[(0, 9, 16, 3_000), (0, 12, 10, 5_000)] } else { &[] },
        until: YEAR,
    })
}

impl Person {
    /// Id of the person: "p000042".
    pub fn id(&self) -> String {
        format!("p{:06}", self.index)
    }

    /// The group of the person in each of [`TRAITS`]. An income is low in the first three deciles and high in the last three.
    pub fn groups(&self) -> [(&'static str, &'static str); 4] {
        let life = self.life();
        let age = match self.age() {
            Age::Young => "age-18-29",
            Age::Middle => "age-30-49",
            Age::Older => "age-50-64",
            Age::Elder => "age-65",
        };
        let income = match life.income.0 {
            // Between the third decile and the fourth, and between the sixth and the seventh.
            ..171_500 => "income-1-low",
            171_500..238_500 => "income-2-middle",
            _ => "income-3-high",
        };
        let heating = if life.heating == Heating::Electric { "electric" } else { "gas" };
        let phone = if life.plan.included.is_some() { "by-the-minute" } else { "unlimited" };
        [("age", age), ("income", income), ("heating", heating), ("phone", phone)]
    }

    fn age(&self) -> Age {
        *Chance::of(self.seed, self.index, "age").pick(&AGES)
    }

    /// Files of the person.
    pub fn files(&self) -> impl Iterator<Item = SampleFile> + use<> {
        let life = self.life();
        let record = simulate::simulate(&life, self.seed);
        written(life, record, HOLDERS.iter())
    }

    fn life(&self) -> Life {
        let mut chance = Chance::of(self.seed, self.index, "person");
        let income = *chance.pick(&INCOMES) * chance.between(90, 110) / 100;
        // Homes heated by electricity: 37.2 % (SDES, « Les énergies de chauffage des ménages en France
        // métropolitaine », of 2020, checked); all others are simulated with gas, which heats only 35.8 %.
        let heating = if chance.permille(370) { Heating::Electric } else { Heating::Gas };
        let minutes = chance.permille(150);
        let (born, occupation, payer) = match self.age() {
            Age::Young => (1999, "Employée", "SALAIRE"),
            Age::Middle => (1985, "Employée", "SALAIRE"),
            Age::Older => (1968, "Employée", "SALAIRE"),
            Age::Elder => (1952, "Retraitée", "CARSAT RETRAITE"),
        };
        Life {
            key: self.index,
            first: "Camille",
            family: "Exemple",
            birth: date(born, 1, 1),
            occupation,
            household: chance.pick::<&[Member]>(&HOUSEHOLDS),
            town: chance.pick::<&Town>(&TOWNS),
            street: "1 RUE DES LILAS",
            area: chance.between(28, 120),
            from: date(YEAR, 1, 1),
            until: date(YEAR + 1, 1, 1),
            income: (income, payer),
            second_income: None,
            // 22 to 34 % of income.
            housing: (income * chance.between(22, 34) / 100, "LOYER"),
            heating,
            heat: chance.between(35, 160),
            base: chance.between(50, 180),
            sharing: 1,
            plan: Plan {
                vendor: "Orange",
                name: if minutes { "2 h" } else { "Illimité" },
                month: if minutes { 799 } else { chance.between(1_099, 2_499) },
                included: minutes.then_some(7_200),
                minute: 35,
            },
            premiums: [chance.between(800, 2_400) * 12, 0, chance.between(2_500, 9_000) * 12],
            vehicle: None,
            commute: None,
            train: 0,
            pass: false,
            loan: None,
            care: chance.between(1, 10),
            pocket: income / 9,
            calls: chance.between(2, 9),
            visits: 0,
            charges: charges(&mut Chance::of(self.seed, self.index, "charges")),
            silent: None,
        }
    }
}
