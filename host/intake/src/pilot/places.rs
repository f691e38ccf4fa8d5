//! Positions of a telephone as seen by the operator's network, every 15 or 30 minutes.

use super::SPEC;
use super::document::{Doc, Done, Out, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::phone;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::mobility;

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-position-json",
    fr: "Géolocalisation du pilote MesInfos (JSON)",
    en: "Positions of the MesInfos pilot (JSON)",
    origin: "MesInfos: Orange",
    categories: &[Category::Mobility],
    looks_for: "a JSON array of documents with docType \"fr.orange.geopoint\" or \"GeolocationLog\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[Kind { doc_types: &["geopoint", "geolocationlog"], members: &[], pieces: &[], read: point }],
};

/// A position; `radius` is in metres. A telephone that was off has no position, which is not an error.
fn point(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let (at, offset) = doc.instant("timestamp")?;
    if doc.text("latitude").is_none() && doc.text("longitude").is_none() {
        return Ok(());
    }
    let Some(latitude) = doc.degrees("latitude", 90) else {
        return wrong("latitude", Reason::LatitudeExpected);
    };
    let Some(longitude) = doc.degrees("longitude", 180) else {
        return wrong("longitude", Reason::LongitudeExpected);
    };
    let line = doc.text("msisdn").and_then(|number| phone::normal(&number));
    out.push(
        Category::Mobility,
        &[
            (mobility::HOLDER, "Orange".into()),
            (mobility::ROW, mobility::row::POINT.into()),
            (mobility::SOURCE, line.as_deref().into()),
            (mobility::AT, at.into()),
            (mobility::UTC_OFFSET, offset.into()),
            (mobility::LATITUDE, latitude.into()),
            (mobility::LONGITUDE, longitude.into()),
            (mobility::ACCURACY, doc.number("radius", 0)?.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn a_telephone_that_is_off_has_no_position() {
        let file = r#"[
          {"docType":"fr.orange.geopoint","timestamp":"2016-09-01T08:00:45.000Z","msisdn":"33612345678",
           "latitude":48.8661,"longitude":2.37083,"radius":339},
          {"docType":"fr.orange.geopoint","timestamp":"2016-09-01T08:30:45.000Z","latitude":null,
           "longitude":null,"radius":null,"deviceState":"OFF"},
          {"docType":"fr.orange.geopoint","timestamp":"2016-09-01T09:00:45.000Z","latitude":91,"longitude":2}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-position-json", 1, 1)
        );
        assert_eq!(batches[0].integer(mobility::LATITUDE, 0), Some(488_661_000));
        assert_eq!(batches[0].integer(mobility::ACCURACY, 0), Some(339));
    }
}
