//! Readings of energy meters, one row for each interval of a series (ESPI `IntervalReading`).

use super::{CURRENCY_FIELD, Category, End, Firmness, Grain, Identity, Revision, Schema, Series, UTC_OFFSET_FIELD, Unit, codes, holder, instant, int, money, pseudonym, term};

codes! {
    commodity {
        ELECTRICITY = code("electricity", "électricité", "electricity"),
        GAS = code("gas", "gaz", "gas"),
        HEAT = code("heat", "chaleur", "heat"),
    }
    direction {
        CONSUMED = code("consumed", "consommée", "consumed"),
        PRODUCED = code("produced", "produite", "produced"),
        NET = code("net", "nette", "net"),
        TOTAL = code("total", "somme des deux", "total"),
    }
    quality {
        MEASURED = code("measured", "mesuré", "measured"),
        ESTIMATED = code("estimated", "estimé", "estimated"),
        VALIDATED = code("validated", "validé", "validated"),
        RAW = code("raw", "brut", "raw"),
        DERIVED = code("derived", "calculé", "derived"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "qui a donné ces relevés, p. ex. « Enedis »",
        "who gave the data, e.g. \"Enedis\"",
    ]),
    2: SERIES = pseudonym("series", ["série de relevés", "series of readings"]).about([
        "ce qu’un compteur mesure à un pas de temps donné (ESPI `MeterReading`). Deux séries peuvent couvrir la même période (demi-heures et jours d’un compteur) : ne pas les additionner sans vérifier",
        "what was measured by which meter at which step (ESPI `MeterReading`). Two series may cover the same time (half-hours and days of one meter): never add rows of different series without looking",
    ]),
    3: METER = pseudonym("meter", ["compteur", "meter"])
        .about(["le même pour toutes ses séries ; jamais son numéro", "the same for all its series; never its number"]),
    4: COMMODITY = codes("commodity", commodity::CODES, ["énergie", "commodity"]),
    5: DIRECTION = codes("direction", direction::CODES, ["consommée ou produite", "direction"]),
    6: START = instant("start", ["début", "start"]),
    7: UTC_OFFSET = UTC_OFFSET_FIELD,
    8: DURATION = int("duration", Unit::Seconds, ["durée", "duration"]).about([
        "de l’intervalle ; d’une ligne regroupée, le temps que couvrent ses relevés",
        "length of the interval; in a coarser grain, the seconds that readings cover",
    ]),
    9: ENERGY = int("energy", Unit::MilliwattHours, ["énergie mesurée", "energy"]).about([
        "de l’intervalle ; absente si seul un volume est donné",
        "of the interval (a mean power over half an hour gives half watt-hours); missing where the holder gives a volume only",
    ]),
    10: VOLUME = int("volume", Unit::Millilitres, ["volume de gaz", "volume of gas"])
        .about(["si le détenteur le donne", "where the holder gives one"]),
    11: QUALITY = codes("quality", quality::CODES, ["qualité du relevé", "quality"]),
    12: TARIFF = term("tariff", ["poste tarifaire", "price slot"])
        .about(["son nom chez le détenteur, p. ex. « HP »", "the holder’s name of the price slot, e.g. \"HP\""]),
    13: COST = money("cost", ["coût", "cost"]).about(["de l’intervalle", "what the interval cost"]),
    14: CURRENCY = CURRENCY_FIELD,
    15: PEAK = int("peak", Unit::VoltAmperes, ["puissance maximale", "peak power"])
        .about(["la plus forte de l’intervalle", "the highest of the interval"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Energy,
    version: 2,
    fields: FIELDS,
    time: START,
    end: Some(End::Seconds(DURATION)),
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Hourly, Grain::Daily, Grain::Monthly],
    series: Some(Series {
        series: SERIES,
        duration: DURATION,
        measured: METER,
        sums: &[ENERGY, VOLUME, COST],
        common: &[HOLDER, SERIES, METER, COMMODITY, DIRECTION, UTC_OFFSET],
        agreed: &[QUALITY, CURRENCY],
        sum_needs: Some((COST, CURRENCY)),
    }),
    identity: Identity::Set(&[SERIES, START, DURATION]),
    alike: None,
    parts: None,
    revision: Revision {
        values: &[ENERGY, VOLUME, QUALITY, COST, PEAK],
        names: &[],
        firmness: Some(Firmness {
            field: QUALITY,
            firm: &[quality::MEASURED, quality::VALIDATED],
            provisional: &[quality::ESTIMATED],
        }),
    },
    totals: &[(ENERGY, Some(DIRECTION)), (VOLUME, Some(DIRECTION))],
    fr: "relevés d’énergie",
    en: "energy readings",
    about_fr: "Relevés de compteurs d’énergie, une ligne par intervalle d’une série (ESPI `IntervalReading`).",
    about_en: "Readings of energy meters, one row for each interval of a series (ESPI `IntervalReading`).",
    sdk: ("MeterReading", "readings"),
};
