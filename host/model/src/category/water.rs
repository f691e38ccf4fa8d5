//! Readings of water meters, one row for each interval of a series.

use super::{CURRENCY_FIELD, Category, End, Firmness, Grain, Identity, Revision, Schema, Series, UTC_OFFSET_FIELD, Unit, codes, holder, instant, int, money, pseudonym};

codes! {
    quality {
        MEASURED = code("measured", "mesuré", "measured"),
        ESTIMATED = code("estimated", "estimé", "estimated"),
        DERIVED = code("derived", "calculé", "derived"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["distributeur d’eau", "water supplier"], [
        "qui a donné ces relevés, p. ex. « Veolia »",
        "who gave the data, e.g. \"Veolia\"",
    ]),
    2: SERIES = pseudonym("series", ["série de relevés", "series of readings"]).about([
        "deux séries peuvent couvrir la même période : ne pas les additionner sans vérifier",
        "two series may cover the same time: never add rows of different series without looking",
    ]),
    3: METER = pseudonym("meter", ["compteur", "meter"])
        .about(["le même pour toutes ses séries ; jamais son numéro", "the same for all its series; never its number"]),
    4: START = instant("start", ["début", "start"]),
    5: UTC_OFFSET = UTC_OFFSET_FIELD,
    6: DURATION = int("duration", Unit::Seconds, ["durée", "duration"]).about([
        "de l’intervalle ; d’une ligne regroupée, le temps que couvrent ses relevés",
        "length of the interval; in a coarser grain, the seconds that readings cover",
    ]),
    7: VOLUME = int("volume", Unit::Millilitres, ["volume", "volume"]),
    8: INDEX = int("index", Unit::Millilitres, ["index", "register"]).running()
        .about(["ce que le compteur affiche à la fin", "what the meter shows at the end"]),
    9: QUALITY = codes("quality", quality::CODES, ["qualité du relevé", "quality"]),
    10: COST = money("cost", ["coût", "cost"]).about(["de l’intervalle", "what the interval cost"]),
    11: CURRENCY = CURRENCY_FIELD,
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Water,
    version: 1,
    fields: FIELDS,
    time: START,
    end: Some(End::Seconds(DURATION)),
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Daily, Grain::Monthly],
    series: Some(Series {
        series: SERIES,
        duration: DURATION,
        measured: METER,
        sums: &[VOLUME, COST],
        common: &[HOLDER, SERIES, METER, UTC_OFFSET],
        agreed: &[QUALITY, CURRENCY],
        sum_needs: Some((COST, CURRENCY)),
    }),
    identity: Identity::Set(&[SERIES, START, DURATION]),
    alike: None,
    parts: None,
    revision: Revision {
        values: &[VOLUME, INDEX, QUALITY, COST],
        names: &[],
        firmness: Some(Firmness {
            field: QUALITY,
            firm: &[quality::MEASURED],
            provisional: &[quality::ESTIMATED],
        }),
    },
    totals: &[(VOLUME, None)],
    fr: "relevés d’eau",
    en: "water readings",
    about_fr: "Relevés de compteurs d’eau, une ligne par intervalle d’une série.",
    about_en: "Readings of water meters, one row for each interval of a series.",
    sdk: ("WaterReading", "readings"),
};
