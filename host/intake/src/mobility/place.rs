//! Positions on Earth (WGS 84), in 1/10 000 000 degree, and distances between them.

/// A position on Earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GeoPoint {
    pub(super) latitude: i64,
    pub(super) longitude: i64,
}

const E7: f64 = 1e7;
const MOST_NORTH: i64 = 900_000_000;
const MOST_EAST: i64 = 1_800_000_000;

/// Mean radius of Earth in metres (IUGG).
const RADIUS: f64 = 6_371_008.8;

impl GeoPoint {
    /// Position from 1/10 000 000 degree; `None` if it is not on Earth. Some Google files store the
    /// number as 32 unsigned bits, so southern and western values are 2^32 too large.
    pub(super) fn of_e7(latitude: i64, longitude: i64) -> Option<GeoPoint> {
        let signed =
            |value: i64, most: i64| if value > most { value.checked_sub(1 << 32) } else { Some(value) };
        let (latitude, longitude) = (signed(latitude, MOST_NORTH)?, signed(longitude, MOST_EAST)?);
        let is_on_earth =
            (-MOST_NORTH..=MOST_NORTH).contains(&latitude) && (-MOST_EAST..=MOST_EAST).contains(&longitude);
        is_on_earth.then_some(GeoPoint { latitude, longitude })
    }

    /// Position from decimal degrees in text, each optionally with a degree sign.
    pub(super) fn of_degrees(latitude: &str, longitude: &str) -> Option<GeoPoint> {
        let e7 = |text: &str| rounded(text.trim().trim_end_matches('°').parse::<f64>().ok()? * E7);
        let (latitude, longitude) = (e7(latitude)?, e7(longitude)?);
        // Text carries a sign, so an excessive value is an error.
        (latitude.abs() <= MOST_NORTH && longitude.abs() <= MOST_EAST)
            .then_some(GeoPoint { latitude, longitude })
    }

    /// Position from a pair in text: "geo:45.76,4.83" (RFC 5870), "45.76°, 4.83°", "45.76, 4.83".
    pub(super) fn of_pair(text: &str) -> Option<GeoPoint> {
        let text = text.trim();
        let text = text.strip_prefix("geo:").unwrap_or(text);
        // In a geo URI, an altitude and parameters may follow.
        let text = text.split(';').next()?;
        let mut numbers = text.split(',');
        GeoPoint::of_degrees(numbers.next()?, numbers.next()?)
    }

    /// Distance to another position in metres, along the great circle (haversine formula).
    pub(super) fn metres_to(self, other: GeoPoint) -> f64 {
        let (north, other_north) = (radians(self.latitude), radians(other.latitude));
        let (high, wide) =
            ((other_north - north) / 2.0, (radians(other.longitude) - radians(self.longitude)) / 2.0);
        let chord = high.sin().powi(2) + north.cos() * other_north.cos() * wide.sin().powi(2);
        2.0 * RADIUS * chord.sqrt().min(1.0).asin()
    }
}

#[allow(clippy::cast_precision_loss, reason = "a position is under 2^53")]
fn radians(e7: i64) -> f64 {
    (e7 as f64 / E7).to_radians()
}

/// Nearest whole number; `None` if it is too large to be exact.
pub(super) fn rounded(value: f64) -> Option<i64> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and within 2^53")]
    (value.is_finite() && value.abs() <= MOST).then(|| value.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_of_every_spelling() {
        let lyon = Some(GeoPoint { latitude: 457_640_000, longitude: 48_357_000 });
        for text in
            ["geo:45.764,4.8357", "45.7640°, 4.8357°", " 45.764,4.8357 ", "geo:45.764,4.8357,170;u=35"]
        {
            assert_eq!(GeoPoint::of_pair(text), lyon, "{text}");
        }
        assert_eq!(
            GeoPoint::of_degrees("45.2735188510", "-13.7142099626"),
            GeoPoint::of_e7(452_735_189, -137_142_100)
        );
        for bad in ["", "45.7", "geo:", "91,0", "0,181", "x,y", "NaN,1", "1e400,1", "45;4"] {
            assert_eq!(GeoPoint::of_pair(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_without_a_sign_are_mended() {
        let west = Some(GeoPoint { latitude: 376_955_289, longitude: -1_219_287_261 });
        assert_eq!(GeoPoint::of_e7(376_955_289, -1_219_287_261), west);
        assert_eq!(GeoPoint::of_e7(376_955_289, 3_075_680_035), west);
        assert_eq!(GeoPoint::of_e7(4_294_967_296 - 10, 5).map(|p| p.latitude), Some(-10));
        assert_eq!(GeoPoint::of_e7(-900_000_001, 0), None);
        assert_eq!(GeoPoint::of_e7(0, 2_000_000_000), None);
        assert_eq!(GeoPoint::of_e7(i64::MIN, i64::MAX), None);
    }

    #[test]
    fn distances_are_those_of_the_formula() {
        let at = |latitude, longitude| GeoPoint { latitude, longitude };
        // One degree of a great circle.
        assert_eq!(rounded(at(0, 0).metres_to(at(0, 10_000_000))), Some(111_195));
        assert_eq!(rounded(at(0, 0).metres_to(at(0, MOST_EAST))), Some(20_015_114));
        assert_eq!(rounded(at(5, 5).metres_to(at(5, 5))), Some(0));
        assert_eq!(rounded(f64::NAN).or(rounded(f64::INFINITY)).or(rounded(1e16)), None);
    }
}
