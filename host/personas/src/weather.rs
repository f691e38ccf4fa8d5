//! Temperatures: the monthly normals of a town, and daily deviations from them.

use crate::calendar::later;
use crate::random::Chance;
use jiff::civil::Date;

/// A town, and its mean temperatures from January to December in tenths of a degree.
///
/// Near the normals 1991-2020 of Météo-France at Nantes-Bouguenais, Lyon-Bron, Limoges-Bellegarde,
/// Lille-Lesquin and Marseille-Marignane. Not checked against a source: plausible, as they are 1.0 to 2.4
/// degrees above older means of the same towns, month by month (all but Limoges:
/// <https://fbertran.github.io/homepage/enseignement/Master1_2020/temperature.txt>).
pub(crate) struct Town {
    pub(crate) name: &'static str,
    pub(crate) postcode: &'static str,
    /// In 1/10^7 degrees.
    pub(crate) latitude: i64,
    pub(crate) longitude: i64,
    normals: [i64; 12],
}

pub(crate) static NANTES: Town = Town {
    name: "NANTES",
    postcode: "44000",
    latitude: 472_184_000,
    longitude: -15_536_000,
    normals: [66, 69, 95, 118, 151, 184, 203, 202, 174, 137, 96, 70],
};
pub(crate) static LYON: Town = Town {
    name: "LYON",
    postcode: "69007",
    latitude: 457_460_000,
    longitude: 48_420_000,
    normals: [41, 52, 90, 123, 163, 203, 226, 223, 179, 137, 81, 48],
};
pub(crate) static LIMOGES: Town = Town {
    name: "LIMOGES",
    postcode: "87000",
    latitude: 458_336_000,
    longitude: 12_611_000,
    normals: [46, 51, 81, 105, 141, 176, 196, 196, 162, 128, 79, 52],
};
pub(crate) static LILLE: Town = Town {
    name: "LILLE",
    postcode: "59000",
    latitude: 506_292_000,
    longitude: 30_573_000,
    normals: [40, 45, 73, 101, 135, 163, 186, 186, 157, 119, 76, 45],
};
pub(crate) static MARSEILLE: Town = Town {
    name: "MARSEILLE",
    postcode: "13005",
    latitude: 432_965_000,
    longitude: 53_698_000,
    normals: [75, 83, 114, 145, 188, 229, 255, 252, 211, 168, 115, 82],
};

/// Generator of a town's weather.
pub(crate) struct Weather<'t> {
    town: &'t Town,
    chance: Chance,
    /// Deviation of the last day from the normal, in tenths of a degree.
    apart: i64,
}

impl Weather<'_> {
    /// Weather of a town, the same for all its people.
    pub(crate) fn of(town: &Town, seed: u64) -> Weather<'_> {
        Weather { town, chance: Chance::of(seed, 0, town.name), apart: 0 }
    }

    /// The mean temperature of the next day, in tenths of a degree. Normals apply to the middle of months,
    /// with linear interpolation in between; deviations persist from day to day.
    pub(crate) fn next(&mut self, day: Date) -> i64 {
        let month = usize::try_from(later(day, -14).month()).unwrap_or(1) - 1;
        let since = i64::from((day - mid(later(day, -14))).get_days());
        let (from, to) = (self.town.normals[month], self.town.normals[(month + 1) % 12]);
        let normal = from + (to - from) * since.clamp(0, 31) / 31;
        self.apart = self.apart * 7 / 10 + self.chance.between(-28, 28);
        normal + self.apart
    }
}

/// The fifteenth of the month of a day.
fn mid(day: Date) -> Date {
    crate::calendar::on(day, 15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::days;
    use jiff::civil::date;

    #[test]
    fn winter_is_cold_and_a_year_is_near_its_normals() {
        let mut weather = Weather::of(&LYON, 1);
        let all: Vec<(Date, i64)> =
            days(date(2024, 1, 1), date(2025, 1, 1)).map(|day| (day, weather.next(day))).collect();
        let mean = |wanted: &dyn Fn(Date) -> bool| {
            let some: Vec<i64> = all.iter().filter(|(day, _)| wanted(*day)).map(|(_, t)| *t).collect();
            some.iter().sum::<i64>() / i64::try_from(some.len()).unwrap()
        };
        assert!((115..150).contains(&mean(&|_| true)));
        assert!(mean(&|day| day.month() == 1) < 80);
        assert!(mean(&|day| day.month() == 7) > 190);
    }
}
