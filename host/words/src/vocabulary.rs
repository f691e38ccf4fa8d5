//! Words for codes that holders give in fields of free text, where the code belongs to a closed vocabulary. The vault
//! and its exports keep the code; anything else is a holder's own words and stays as it is.

use mesinfos_model::Category;
use mesinfos_model::view::Lang;

/// A code, and what it means in French and English.
type Term = (&'static str, [&'static str; 2]);

/// Terms of a field. `holder` limits them to one holder, whose own codes they are.
struct Vocabulary {
    category: Category,
    field: &'static str,
    holder: Option<&'static str>,
    /// Whether people know the code itself, which then follows its meaning.
    with_code: bool,
    terms: &'static [Term],
}

const fn of(category: Category, field: &'static str, terms: &'static [Term]) -> Vocabulary {
    Vocabulary { category, field, holder: None, with_code: false, terms }
}

const ALL: [Vocabulary; 12] = [
    // HL7 v3 `ActStatus`, and the states of FHIR R4 for medication, immunization, appointment, encounter, observation
    // and condition.
    of(
        Category::Health,
        "status",
        &[
            ("aborted", ["interrompu", "broken off"]),
            ("active", ["en cours", "active"]),
            ("amended", ["corrigé", "amended"]),
            ("arrived", ["sur place", "arrived"]),
            ("booked", ["pris", "booked"]),
            ("cancelled", ["annulé", "cancelled"]),
            ("completed", ["terminé", "completed"]),
            ("corrected", ["corrigé", "corrected"]),
            ("draft", ["ébauche", "draft"]),
            ("entered-in-error", ["saisi par erreur", "entered in error"]),
            ("final", ["définitif", "final"]),
            ("finished", ["terminé", "finished"]),
            ("fulfilled", ["honoré", "fulfilled"]),
            ("held", ["en attente", "held"]),
            ("in-progress", ["en cours", "in progress"]),
            ("inactive", ["inactif", "inactive"]),
            ("intended", ["prévu", "planned"]),
            ("normal", ["normal", "normal"]),
            ("noshow", ["manqué", "missed"]),
            ("not-done", ["non fait", "not done"]),
            ("not-taken", ["non pris", "not taken"]),
            ("nullified", ["retiré", "nullified"]),
            ("obsolete", ["remplacé", "replaced"]),
            ("on-hold", ["suspendu", "on hold"]),
            ("pending", ["en attente", "pending"]),
            ("planned", ["prévu", "planned"]),
            ("preliminary", ["provisoire", "preliminary"]),
            ("proposed", ["proposé", "proposed"]),
            ("recurrence", ["de retour", "back again"]),
            ("registered", ["enregistré", "registered"]),
            ("relapse", ["rechute", "relapse"]),
            ("remission", ["en rémission", "in remission"]),
            ("resolved", ["guéri", "resolved"]),
            ("stopped", ["arrêté", "stopped"]),
            ("suspended", ["suspendu", "suspended"]),
        ],
    ),
    // UCUM.
    of(
        Category::Health,
        "unit",
        &[
            ("/min", ["par minute", "per minute"]),
            ("[degF]", ["°F", "°F"]),
            ("[in_i]", ["pouces", "inches"]),
            ("[lb_av]", ["livres", "pounds"]),
            ("Cel", ["°C", "°C"]),
            ("mm[Hg]", ["mm Hg", "mm Hg"]),
        ],
    ),
    // Slots of the tariffs of Enedis.
    Vocabulary {
        with_code: true,
        ..of(
            Category::Energy,
            "tariff",
            &[
                ("BASE", ["toutes heures", "all hours"]),
                ("HC", ["heures creuses", "off-peak hours"]),
                ("HCB", ["heures creuses, saison basse", "off-peak hours, low season"]),
                ("HCH", ["heures creuses, saison haute", "off-peak hours, high season"]),
                ("HP", ["heures pleines", "peak hours"]),
                ("HPB", ["heures pleines, saison basse", "peak hours, low season"]),
                ("HPH", ["heures pleines, saison haute", "peak hours, high season"]),
            ],
        )
    },
    Vocabulary {
        holder: Some("EDF"),
        ..of(
            Category::Contracts,
            "plan",
            &[
                ("OPTION_BASE", ["option Base", "flat rate"]),
                ("OPTION_HPHC", ["option Heures creuses", "off-peak rate"]),
                ("OPTION_TEMPO", ["option Tempo", "Tempo rate"]),
            ],
        )
    },
    Vocabulary {
        holder: Some("MAIF"),
        ..of(
            Category::Contracts,
            "plan",
            &[
                ("NOR", ["contrat d’habitation", "home contract"]),
                ("SANTE", ["contrat de santé", "health contract"]),
                ("VAM", ["contrat de véhicule", "vehicle contract"]),
            ],
        )
    },
    // Activities of Google Timeline, on Android (`IN_BUS`) and on iOS (`in bus`).
    of(
        Category::Mobility,
        "label",
        &[
            ("BOATING", ["bateau", "boat"]),
            ("CATCHING_POKEMON", ["chasse aux Pokémon", "catching Pokémon"]),
            ("CYCLING", ["vélo", "bicycle"]),
            ("EXITING_VEHICLE", ["descente d’un véhicule", "getting out of a vehicle"]),
            ("FLYING", ["avion", "plane"]),
            ("HIKING", ["randonnée", "hike"]),
            ("HORSEBACK_RIDING", ["cheval", "horse"]),
            ("IN_BUS", ["bus", "bus"]),
            ("IN_CABLECAR", ["téléphérique", "cable car"]),
            ("IN_FERRY", ["ferry", "ferry"]),
            ("IN_FUNICULAR", ["funiculaire", "funicular"]),
            ("IN_GONDOLA_LIFT", ["télécabine", "gondola lift"]),
            ("IN_PASSENGER_VEHICLE", ["voiture", "car"]),
            ("IN_RAIL_VEHICLE", ["train", "train"]),
            ("IN_ROAD_VEHICLE", ["véhicule routier", "road vehicle"]),
            ("IN_SUBWAY", ["métro", "underground"]),
            ("IN_TAXI", ["taxi", "taxi"]),
            ("IN_TRAIN", ["train", "train"]),
            ("IN_TRAM", ["tramway", "tram"]),
            ("IN_VEHICLE", ["véhicule", "vehicle"]),
            ("IN_WHEELCHAIR", ["fauteuil roulant", "wheelchair"]),
            ("KAYAKING", ["kayak", "kayak"]),
            ("KITESURFING", ["kitesurf", "kitesurfing"]),
            ("MOTORCYCLING", ["moto", "motorcycle"]),
            ("ON_BICYCLE", ["vélo", "bicycle"]),
            ("ON_FOOT", ["à pied", "on foot"]),
            ("PARAGLIDING", ["parapente", "paragliding"]),
            ("ROWING", ["aviron", "rowing"]),
            ("RUNNING", ["course à pied", "running"]),
            ("SAILING", ["voile", "sailing"]),
            ("SKATEBOARDING", ["planche à roulettes", "skateboard"]),
            ("SKATING", ["patins", "skating"]),
            ("SKIING", ["ski", "skiing"]),
            ("SLEDDING", ["luge", "sledge"]),
            ("SNOWBOARDING", ["planche à neige", "snowboard"]),
            ("SNOWMOBILE", ["motoneige", "snowmobile"]),
            ("SNOWSHOEING", ["raquettes", "snowshoes"]),
            ("STILL", ["immobile", "still"]),
            ("SURFING", ["surf", "surfing"]),
            ("SWIMMING", ["natation", "swimming"]),
            ("TILTING", ["téléphone en main", "phone in hand"]),
            ("UNKNOWN", ["activité inconnue", "unknown activity"]),
            ("UNKNOWN_ACTIVITY_TYPE", ["activité inconnue", "unknown activity"]),
            ("WALKING", ["à pied", "on foot"]),
            ("WALKING_NORDIC", ["marche nordique", "Nordic walking"]),
        ],
    ),
    of(
        Category::Bills,
        "method",
        &[
            ("CARTE", ["carte", "card"]),
            ("CHEQUE", ["chèque", "cheque"]),
            ("ESPECES", ["espèces", "cash"]),
            ("PRELEVEMENT", ["prélèvement", "direct debit"]),
            ("VIREMENT", ["virement", "transfer"]),
        ],
    ),
    // States of loans and of enrolments in the file of the National Student Loan Data System.
    of(
        Category::Education,
        "status",
        &[
            ("DEFERRED", ["différé", "deferred"]),
            ("FORBEARANCE", ["report accordé", "forbearance"]),
            ("FULL_TIME", ["à plein temps", "full time"]),
            ("GRADUATED", ["diplômé", "graduated"]),
            ("HALF_TIME", ["à mi-temps", "half time"]),
            ("IN_GRACE_PERIOD", ["délai avant remboursement", "grace period"]),
            ("IN_REPAYMENT", ["en remboursement", "in repayment"]),
            ("IN_SCHOOL_OR_GRACE_PERIOD", ["pas encore à rembourser", "in school or grace period"]),
            ("LESS_THAN_HALF_TIME", ["moins d’un mi-temps", "less than half time"]),
            ("PAID_IN_FULL", ["remboursé", "paid in full"]),
            ("revoked", ["révoqué", "revoked"]),
            ("WITHDRAWN", ["abandonné", "withdrawn"]),
        ],
    ),
    of(
        Category::Education,
        "loan-type",
        &[
            (
                "DIRECT_STAFFORD_SUBSIDIZED",
                ["Direct Stafford, intérêts payés pendant les études", "Direct Stafford, subsidised"],
            ),
            (
                "DIRECT_STAFFORD_UNSUBSIDIZED",
                ["Direct Stafford, intérêts dus dès le début", "Direct Stafford, unsubsidised"],
            ),
            ("DIRECT_SUBSIDIZED", ["Direct, intérêts payés pendant les études", "Direct, subsidised"]),
            ("DIRECT_UNSUBSIDIZED", ["Direct, intérêts dus dès le début", "Direct, unsubsidised"]),
        ],
    ),
    of(
        Category::Education,
        "rate-kind",
        &[("FIXED", ["fixe", "fixed"]), ("VARIABLE", ["variable", "variable"])],
    ),
    // ESPI `ServiceCategory` of customers.
    of(
        Category::Profile,
        "kind",
        &[
            ("commercial", ["professionnel", "commercial"]),
            ("industrial", ["industriel", "industrial"]),
            ("residential", ["particulier", "residential"]),
        ],
    ),
    // IANA media types.
    of(
        Category::Documents,
        "media-type",
        &[
            ("application/msword", ["document Word", "Word document"]),
            ("application/octet-stream", ["fichier", "file"]),
            ("application/pdf", ["PDF", "PDF"]),
            ("application/vnd.oasis.opendocument.text", ["document OpenDocument", "OpenDocument text"]),
            (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                ["document Word", "Word document"],
            ),
            ("application/zip", ["archive ZIP", "ZIP archive"]),
            ("image/gif", ["image GIF", "GIF picture"]),
            ("image/heic", ["photographie HEIC", "HEIC photograph"]),
            ("image/jpeg", ["image JPEG", "JPEG picture"]),
            ("image/png", ["image PNG", "PNG picture"]),
            ("image/tiff", ["image TIFF", "TIFF picture"]),
            ("image/webp", ["image WebP", "WebP picture"]),
            ("text/calendar", ["agenda", "calendar"]),
            ("text/csv", ["tableau CSV", "CSV table"]),
            ("text/html", ["page web", "web page"]),
            ("text/plain", ["texte", "text"]),
            ("text/vcard", ["fiche de contact", "contact card"]),
        ],
    ),
];

/// What a code means, if its field has a vocabulary that knows it. Of a code that no vocabulary knows, such as
/// `IN_HOT_AIR_BALLOON`, the words that it is made of: no page shows a code of a format. `holder` is who gave it.
pub(crate) fn meaning(
    category: Category,
    field: &str,
    holder: Option<&str>,
    code: &str,
    lang: Lang,
) -> Option<String> {
    let knows = |one: &&Vocabulary| {
        one.category == category && one.field == field && one.holder.is_none_or(|only| holder == Some(only))
    };
    let mut known = ALL.iter().filter(knows).flat_map(|one| one.terms.iter().map(move |term| (one, term)));
    let Some((vocabulary, (_, [fr, en]))) = known.find(|(_, (known, _))| is_same(known, code)) else {
        return spelt(category, field, code);
    };
    let meaning = lang.of(*fr, *en);
    Some(if vocabulary.with_code { format!("{meaning} ({code})") } else { meaning.to_owned() })
}

/// Whether two writings are of one code: `IN_BUS`, `in bus`.
fn is_same(known: &str, code: &str) -> bool {
    let letters =
        |text: &str| text.bytes().map(|byte| if byte == b'_' { b' ' } else { byte }).collect::<Vec<u8>>();
    letters(known).eq_ignore_ascii_case(&letters(code))
}

/// The words of a code in capitals, with an underscore between them. Only of fields that describe: a reference or a
/// number stays as it is.
fn spelt(category: Category, field: &str, code: &str) -> Option<String> {
    let schema = category.schema();
    let is_told = schema.index(field).is_some_and(|index| !NAMES.contains(&schema.fields[index].name));
    let is_code = code.contains('_') && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    (is_told && is_code).then(|| code.replace('_', " ").trim().to_lowercase())
}

/// Fields that name one thing, in which capitals and underscores may be a part of the name.
const NAMES: [&str; 9] =
    ["reference", "number", "name", "url", "query", "body", "plate", "evidence", "description"];

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};

    #[test]
    fn codes_are_said_in_words_and_other_texts_stay() {
        let of = |category, field, holder, code, lang| meaning(category, field, Some(holder), code, lang);
        let status = |code, lang| of(Category::Health, "status", "Mon espace santé", code, lang);
        assert_eq!(status("completed", Fr).as_deref(), Some("terminé"));
        assert_eq!(status("Completed", En).as_deref(), Some("completed"));
        assert_eq!(status("pris le matin", Fr), None);
        let plan = |holder, code| of(Category::Contracts, "plan", holder, code, Fr);
        assert_eq!(plan("EDF", "OPTION_BASE").as_deref(), Some("option Base"));
        assert_eq!(plan("MAIF", "NOR").as_deref(), Some("contrat d’habitation"));
        assert_eq!(plan("Norvège Assurances", "NOR"), None, "the code of another holder");
        let slot = of(Category::Energy, "tariff", "Enedis", "HC", Fr);
        assert_eq!(slot.as_deref(), Some("heures creuses (HC)"));
        let way = |code| of(Category::Mobility, "label", "Google", code, Fr);
        assert_eq!(way("IN_PASSENGER_VEHICLE").as_deref(), Some("voiture"));
        assert_eq!(way("in passenger vehicle").as_deref(), Some("voiture"));
        assert_eq!(way("Sortie du dimanche"), None);
    }

    #[test]
    fn a_code_that_nobody_knows_is_said_by_its_words() {
        let of = |category, field, code| meaning(category, field, None, code, Fr);
        assert_eq!(
            of(Category::Mobility, "label", "IN_HOT_AIR_BALLOON").as_deref(),
            Some("in hot air balloon")
        );
        assert_eq!(of(Category::Contracts, "plan", "OPTION_BASE").as_deref(), Some("option base"));
        assert_eq!(of(Category::Bank, "reference", "IN_BUS"), None);
        for said in ["CARTE MARCHE", "A_1", "PICARD", "_", ""] {
            assert_eq!(of(Category::Bank, "label", said).filter(|said| !said.is_empty()), None, "{said}");
        }
    }

    #[test]
    fn vocabularies_are_those_of_texts_and_each_code_is_there_once() {
        for one in &ALL {
            let schema = one.category.schema();
            let field = &schema.fields[schema.index(one.field).unwrap()];
            let is_text =
                matches!(field.kind, mesinfos_model::FieldKind::Term | mesinfos_model::FieldKind::Text);
            assert!(is_text, "{}.{}", one.category, one.field);
            let mut codes: Vec<String> = one.terms.iter().map(|(code, _)| code.to_lowercase()).collect();
            codes.sort();
            codes.dedup();
            assert_eq!(codes.len(), one.terms.len(), "{}.{}", one.category, one.field);
        }
    }
}
