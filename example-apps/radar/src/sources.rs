//! The categories of the platform: holders of the data in France, and the usual places to find it.
//!
//! Places are those named by holders in their customer areas. They change, so each text describes what to
//! look for in place of giving an address.

/// A text in French and in English.
pub(crate) type Words = (&'static str, &'static str);

/// A category of data.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) id: &'static str,
    pub(crate) name: Words,
    /// Holders of the data.
    pub(crate) holders: Words,
    /// Where to find it, and how to request it.
    pub(crate) ask: Words,
    /// Whether data is expected every month, so that a month without rows is a gap.
    pub(crate) monthly: bool,
}

/// All categories, in reading order.
pub(crate) static SOURCES: [Source; 14] = [
    Source {
        id: "bank",
        name: ("Banque", "Bank"),
        holders: ("votre banque", "your bank"),
        ask: (
            "Espace client, rubrique des opérations, « Télécharger » ou « Exporter » (CSV, OFX). Le site ne remonte souvent que de quelques mois : le reste se demande (article 15).",
            "Customer area, list of movements, “Download” or “Export” (CSV, OFX). The site often goes back a few months only: ask for the rest (article 15).",
        ),
        monthly: true,
    },
    Source {
        id: "purchases",
        name: ("Achats", "Purchases"),
        holders: (
            "les enseignes dont vous avez la carte de fidélité, les boutiques en ligne",
            "the shops whose loyalty card you have, online shops",
        ),
        ask: (
            "Espace fidélité, rubrique des tickets de caisse ; boutique en ligne, « Demander mes données ». Demandez le détail des tickets, ligne par ligne (articles 15 et 20).",
            "Loyalty account, list of receipts; online shop, “Request my data”. Ask for the lines of receipts (articles 15 and 20).",
        ),
        monthly: true,
    },
    Source {
        id: "bills",
        name: ("Factures", "Bills"),
        holders: (
            "vos fournisseurs : énergie, téléphone, internet, eau, assurance",
            "your providers: energy, telephone, internet, water, insurance",
        ),
        ask: (
            "Espace client, « Mes factures ». Une machine lit mal un PDF : demandez les montants dans un format structuré (article 20).",
            "Customer area, “My bills”. Machines read PDF badly: ask for the amounts in a structured format (article 20).",
        ),
        monthly: false,
    },
    Source {
        id: "contracts",
        name: ("Contrats", "Contracts"),
        holders: (
            "vos assureurs, fournisseurs d’énergie et opérateurs",
            "your insurers, energy suppliers and operators",
        ),
        ask: (
            "Espace client, « Mes contrats ». Garanties, prix et sinistres se demandent au délégué à la protection des données (article 15).",
            "Customer area, “My contracts”. Ask the data protection officer for cover, price and claims (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "telecom",
        name: ("Téléphone", "Telephone"),
        holders: ("votre opérateur mobile, votre téléphone", "your mobile operator, your telephone"),
        ask: (
            "Espace client, « Suivi conso » ou facture détaillée ; le détail des appels se demande vite, l’opérateur ne le garde qu’un an environ (article 15). Un téléphone Android sait aussi exporter ses appels et ses messages.",
            "Customer area, use of the line or itemised bill; ask soon for the list of calls, operators keep it about a year (article 15). An Android telephone can also export its calls and messages.",
        ),
        monthly: true,
    },
    Source {
        id: "energy",
        name: ("Énergie", "Energy"),
        holders: (
            "Enedis (électricité), GRDF (gaz), ou le gestionnaire de réseau de votre commune",
            "Enedis (electricity), GRDF (gas), or the grid operator of your town",
        ),
        ask: (
            "Compte client Enedis : autorisez l’enregistrement par demi-heure, puis téléchargez vos mesures. Espace client GRDF : vos consommations, « Exporter ».",
            "Customer account of Enedis: allow half-hourly recording, then download your readings. Customer area of GRDF: your consumption, “Export”.",
        ),
        monthly: true,
    },
    Source {
        id: "water",
        name: ("Eau", "Water"),
        holders: (
            "votre service des eaux : la régie de votre commune, Veolia, Suez ou Saur",
            "your water service: the town’s, Veolia, Suez or Saur",
        ),
        ask: (
            "Espace client, « Ma consommation » : par jour si le compteur est relevé à distance, sinon à chaque relevé (articles 15 et 20).",
            "Customer area, “My consumption”: by the day if the meter is read from afar, else at each reading (articles 15 and 20).",
        ),
        monthly: false,
    },
    Source {
        id: "mobility",
        name: ("Déplacements", "Mobility"),
        holders: (
            "votre téléphone (vos trajets), votre réseau de transport, les applications de sport",
            "your telephone (its timeline), your transport network, sports apps",
        ),
        ask: (
            "Téléphone Android : réglages de localisation, « Vos trajets », « Exporter ». Réseau de transport : les validations se demandent, elles sont gardées peu de temps (article 15).",
            "Android telephone: location settings, Timeline, “Export”. Transport network: ask for the taps of your card, they are kept for a short time (article 15).",
        ),
        monthly: true,
    },
    Source {
        id: "health",
        name: ("Santé", "Health"),
        holders: (
            "l’Assurance Maladie, « Mon espace santé », votre complémentaire santé",
            "the health insurance (Assurance Maladie), “Mon espace santé”, your complementary insurance",
        ),
        ask: (
            "Compte ameli : relevés de remboursements. « Mon espace santé » : vos documents, à télécharger. Complémentaire : décomptes de l’espace adhérent.",
            "Ameli account: statements of what was paid back. “Mon espace santé”: your documents, to download. Complementary insurance: statements of the members’ area.",
        ),
        monthly: false,
    },
    Source {
        id: "education",
        name: ("Études", "Education"),
        holders: (
            "vos écoles et universités, le service public des diplômes",
            "your schools and universities, the public service of diplomas",
        ),
        ask: (
            "Service public « diplome.gouv.fr » : attestations. Espace numérique de l’établissement : notes et relevés ; scolarité : tout le dossier (article 15).",
            "Public service “diplome.gouv.fr”: certificates. Digital workspace of the school: marks; its office: the whole file (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "browsing",
        name: ("Navigation", "Browsing"),
        holders: ("votre navigateur, votre moteur de recherche", "your browser, your search engine"),
        ask: (
            "L’historique est un fichier du navigateur, sur votre ordinateur. Google : « Télécharger vos données » (Takeout).",
            "The history is a file of the browser, on your computer. Google: “Download your data” (Takeout).",
        ),
        monthly: true,
    },
    Source {
        id: "social",
        name: ("Contacts et messages", "Contacts and messages"),
        holders: (
            "votre carnet d’adresses, vos messageries et réseaux sociaux",
            "your address book, your messengers and social networks",
        ),
        ask: (
            "Carnet d’adresses : « Exporter » (vCard). Réseaux sociaux : « Télécharger vos informations », en JSON. Messageries : « Exporter la discussion ».",
            "Address book: “Export” (vCard). Social networks: “Download your information”, as JSON. Messengers: “Export chat”.",
        ),
        monthly: false,
    },
    Source {
        id: "profile",
        name: ("Foyer", "Household"),
        holders: (
            "tous ceux dont vous êtes client : assureur, énergie, banque",
            "all whose customer you are: insurer, energy, bank",
        ),
        ask: (
            "Espace client, « Mes informations ». Ce qu’ils savent de votre foyer et de votre logement se demande (article 15).",
            "Customer area, “My details”. Ask what they know of your household and home (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "documents",
        name: ("Documents", "Documents"),
        holders: (
            "les impôts, votre employeur, vos assureurs, votre coffre-fort numérique",
            "the tax office, your employer, your insurers, your digital safe",
        ),
        ask: (
            "Espace particulier des impôts, rubrique « Documents » ; coffre-fort de l’employeur : bulletins de paie ; « Télécharger tout » quand il existe.",
            "Personal area of the tax office, “Documents”; the employer’s digital safe: payslips; “Download all” where there is one.",
        ),
        monthly: false,
    },
];
