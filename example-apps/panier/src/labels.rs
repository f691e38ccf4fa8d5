//! Labels on products, by their words on receipts, with what each certifies: the text in force in 2026.
//! None is scored: they certify different things.

use mesinfos_sdk::words::fold;

/// A label.
pub(crate) struct Label {
    /// Whole words, each of which identifies the label; consecutive words are separated by a space.
    words: &'static [&'static str],
    pub(crate) name: (&'static str, &'static str),
    /// Certified property, and the text that defines it.
    pub(crate) certifies: (&'static str, &'static str),
}

pub(crate) const LABELS: &[Label] = &[
    Label {
        words: &["BIO", "AB", "BIOLOGIQUE", "BIOLOGIQUES", "ORGANIC"],
        name: ("Agriculture biologique (AB, feuille verte)", "Organic farming (AB, green leaf)"),
        certifies: (
            "Ni engrais ni pesticides de synthèse, ni OGM ; 95 % au moins d’ingrédients agricoles bio. Règlement (UE) 2018/848.",
            "No synthetic fertiliser or pesticide, no GMOs; at least 95% of farm ingredients are organic. Regulation (EU) 2018/848.",
        ),
    },
    Label {
        words: &["LABEL ROUGE"],
        name: ("Label rouge", "Label Rouge"),
        certifies: (
            "Une qualité supérieure à celle du produit courant, goût compris ; ce n’est pas un label écologique. Code rural, art. L641-1.",
            "Better quality than the ordinary product, taste included; it is not an environmental label. French Code rural, art. L641-1.",
        ),
    },
    Label {
        words: &["AOP", "AOC", "IGP", "PDO", "PGI"],
        name: ("AOP, AOC, IGP", "PDO, PGI"),
        certifies: (
            "Une origine et un savoir-faire ; ce n’est pas un label écologique. Règlement (UE) 2024/1143.",
            "An origin and a traditional method; it is not an environmental label. Regulation (EU) 2024/1143.",
        ),
    },
    Label {
        words: &["EQUITABLE", "FAIRTRADE", "HAVELAAR", "FAIR TRADE"],
        name: ("Commerce équitable", "Fair trade"),
        certifies: (
            "Un engagement d’au moins trois ans, un prix qui couvre les coûts, un montant pour des projets collectifs. Loi n° 2005-882, art. 60.",
            "A commitment of at least three years, a price that covers costs, a sum for community projects. French law 2005-882, art. 60.",
        ),
    },
    Label {
        words: &["MSC"],
        name: ("MSC, pêche durable", "MSC, sustainable fishing"),
        certifies: (
            "Des stocks en bon état, un impact limité, une pêcherie gérée. Référentiel Pêcheries du Marine Stewardship Council.",
            "Healthy stocks, limited impact, a managed fishery. Marine Stewardship Council Fisheries Standard.",
        ),
    },
    Label {
        words: &["ASC"],
        name: ("ASC, élevage de poissons", "ASC, farmed fish"),
        certifies: (
            "Un élevage aquatique suivi : eau, aliments, conditions de travail. Référentiels de l’Aquaculture Stewardship Council.",
            "A monitored fish farm: water, feed, working conditions. Aquaculture Stewardship Council standards.",
        ),
    },
    Label {
        words: &["HVE"],
        name: ("Haute valeur environnementale", "High environmental value (HVE)"),
        certifies: (
            "Des seuils de biodiversité, d’engrais et d’eau pour toute l’exploitation ; les pesticides restent permis. Code rural, art. L611-6.",
            "Thresholds for biodiversity, fertiliser and water, for the whole farm; pesticides are still allowed. French Code rural, art. L611-6.",
        ),
    },
    Label {
        words: &["ECOLABEL"],
        name: ("Écolabel européen", "EU Ecolabel"),
        certifies: (
            "Un impact réduit sur tout le cycle de vie, pour des produits non alimentaires. Règlement (CE) n° 66/2010.",
            "Less impact over the whole life cycle, for products other than food. Regulation (EC) No 66/2010.",
        ),
    },
    Label {
        words: &["FSC", "PEFC"],
        name: ("FSC, PEFC", "FSC, PEFC"),
        certifies: (
            "Du bois ou du papier de forêts gérées durablement, ou recyclé. Référentiels du FSC et du PEFC.",
            "Wood or paper from sustainably managed forests, or recycled. FSC and PEFC standards.",
        ),
    },
];

/// Labels identified by the words of a receipt, as indices into [`LABELS`].
pub(crate) fn labels(label: &str) -> Vec<usize> {
    let folded = fold(label);
    let said: Vec<&str> = folded.split(' ').collect();
    let tells = |words: &&str| {
        let words: Vec<&str> = words.split(' ').collect();
        said.windows(words.len()).any(|some| some == words)
    };
    (0..LABELS.len()).filter(|i| LABELS[*i].words.iter().any(&tells)).collect()
}
