//! Modes from the activity names that apps and devices write.
//!
//! Names differ between exports: Google writes `IN_PASSENGER_VEHICLE` on Android and "in passenger
//! vehicle" on iOS, Strava "E-Bike Ride" in its tables and `EBikeRide` in its files. Only their letters
//! and digits are compared.

use mesinfos_model::category::mobility::mode::{
    BIKE, BUS, CAR, FERRY, METRO, MOTORCYCLE, OTHER, PLANE, RUN, TRAIN, TRAM, UNKNOWN, WALK,
};

/// Names of each mode: Google's `activityType`s (all of them, by the schema at
/// <https://github.com/CarlosBergillos/LocationHistoryFormat>, and those that only phones write), and the
/// activity types of Strava and Garmin. All other names are [`OTHER`].
static NAMES: &[(i64, &[&str])] = &[
    (
        WALK,
        &[
            "walking",
            "on foot",
            "walk",
            "hiking",
            "hike",
            "walking nordic",
            "catching pokemon",
            "snowshoeing",
            "snowshoe",
            // Strava in other languages: German, French, Spanish, Italian, Dutch, Portuguese.
            "spaziergang",
            "wanderung",
            "gehen",
            "marche",
            "randonnée",
            "caminata",
            "senderismo",
            "camminata",
            "escursione",
            "wandeling",
            "wandelen",
            "caminhada",
            "trilha",
        ],
    ),
    (
        RUN,
        &[
            "running",
            "run",
            "jogging",
            "trail run",
            "trail running",
            "street running",
            "lauf",
            "laufen",
            "traillauf",
            "course à pied",
            "trail",
            "carrera",
            "carrera de trail",
            "corsa",
            "corsa trail",
            "hardlopen",
            "hardloopsessie",
            "corrida",
        ],
    ),
    (
        BIKE,
        &[
            "cycling",
            "on bicycle",
            "in bicycle",
            "biking",
            "ride",
            "mountain bike ride",
            "gravel ride",
            "e bike ride",
            "e mountain bike ride",
            "velomobile",
            "road biking",
            "mountain biking",
            "gravel cycling",
            "bicycle",
            "bike",
            "radfahrt",
            "radfahren",
            "mountainbike fahrt",
            "gravel fahrt",
            "e bike fahrt",
            "vélo",
            "sortie à vélo",
            "sortie vélo",
            "vtt",
            "sortie vtt",
            "gravel",
            "sortie gravel",
            "vélo électrique",
            "bicicleta",
            "bicicleta de montaña",
            "bicicletta",
            "ciclismo",
            "pedalata",
            "fietsrit",
            "fietsen",
            "pedalada",
        ],
    ),
    (
        CAR,
        &[
            "in passenger vehicle",
            "in car",
            "driving",
            "in taxi",
            "in rideshare",
            "in four wheeler vehicle",
            // Types of tracks in GPX.
            "car",
            "taxi",
            "voiture",
            "auto",
        ],
    ),
    (
        MOTORCYCLE,
        &[
            "motorcycle",
            "motorcycling",
            "motorbike",
            "in motorcycle",
            "on motorcycle",
            "in two wheeler vehicle",
        ],
    ),
    (BUS, &["in bus", "bus", "coach"]),
    (TRAM, &["in tram", "in light rail", "tram", "light rail"]),
    (METRO, &["in subway", "subway", "metro", "métro"]),
    (TRAIN, &["in train", "in rail vehicle", "train", "rail"]),
    (FERRY, &["in ferry", "in boat", "ferry", "boat", "boating", "sailing", "sail"]),
    (PLANE, &["flying", "in airplane", "in plane", "airplane", "plane", "flight"]),
    // "In vehicle" fits several modes; "still" is not a movement.
    (
        UNKNOWN,
        &[
            "",
            "unknown",
            "unknown activity type",
            "in vehicle",
            "in road vehicle",
            "exiting vehicle",
            "still",
            "tilting",
        ],
    ),
];

/// Code of `mode` for an activity name.
pub(super) fn of(name: &str) -> i64 {
    // Old Strava files have numbers instead of names.
    if name.bytes().any(|byte| byte.is_ascii_digit()) {
        return UNKNOWN;
    }
    let is_it = |known: &&str| letters(known).eq(letters(name));
    NAMES.iter().find(|(_, names)| names.iter().any(is_it)).map_or(OTHER, |(mode, _)| *mode)
}

fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_letters() {
        assert_eq!([of("IN_PASSENGER_VEHICLE"), of("in passenger vehicle")], [CAR, CAR]);
        assert_eq!([of("E-Bike Ride"), of("EBikeRide"), of("CYCLING")], [BIKE, BIKE, BIKE]);
        assert_eq!([of("IN_SUBWAY"), of("IN_TRAM"), of("IN_TRAIN"), of("IN_BUS")], [METRO, TRAM, TRAIN, BUS]);
        assert_eq!(
            [of("FLYING"), of("IN_FERRY"), of("RUNNING"), of("MOTORCYCLING")],
            [PLANE, FERRY, RUN, MOTORCYCLE]
        );
        assert_eq!(
            [of("IN_VEHICLE"), of("UNKNOWN_ACTIVITY_TYPE"), of(""), of("9"), of("STILL")],
            [UNKNOWN; 5]
        );
        assert_eq!(
            [of("car"), of("Bus"), of("train"), of("taxi"), of("metro")],
            [CAR, BUS, TRAIN, CAR, METRO]
        );
        assert_eq!([of("Radfahrt"), of("Course à pied"), of("Wandeling")], [BIKE, RUN, WALK]);
        assert_eq!([of("SKIING"), of("IN_CABLECAR"), of("Virtual Ride"), of("tomorrow's word")], [OTHER; 4]);
    }
}
