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
            "Espace client, rubrique des opérations, « Télécharger » ou « Exporter » (CSV, OFX). Le site ne remonte souvent qu’à quelques mois : demandez le reste (article 15).",
            "Customer area, list of transactions, “Download” or “Export” (CSV, OFX). The site often goes back only a few months: ask for the rest (article 15).",
        ),
        monthly: true,
    },
    Source {
        id: "purchases",
        name: ("Achats", "Purchases"),
        holders: (
            "les enseignes dont vous utilisez la carte de fidélité et les boutiques en ligne",
            "the shops whose loyalty cards you use, and online shops",
        ),
        ask: (
            "Espace fidélité, rubrique des tickets de caisse ; boutique en ligne, « Demander mes données ». Demandez le détail des tickets, ligne par ligne (articles 15 et 20).",
            "Loyalty account, list of receipts; online shop, “Request my data”. Ask for itemised receipts (articles 15 and 20).",
        ),
        monthly: true,
    },
    Source {
        id: "bills",
        name: ("Factures", "Bills"),
        holders: (
            "vos fournisseurs (énergie, téléphone, internet, eau, assurance)",
            "your providers (energy, phone, internet, water, insurance)",
        ),
        ask: (
            "Espace client, « Mes factures ». Une machine lit mal un PDF : demandez les montants dans un format structuré (article 20).",
            "Customer area, “My bills”. Machines read PDFs badly: ask for the amounts in a structured format (article 20).",
        ),
        monthly: false,
    },
    Source {
        id: "contracts",
        name: ("Contrats", "Contracts"),
        holders: (
            "vos assureurs, vos fournisseurs d’énergie et votre opérateur",
            "your insurers, energy suppliers and phone provider",
        ),
        ask: (
            "Espace client, « Mes contrats ». Demandez les garanties, les prix et les sinistres à la personne chargée de la protection des données (article 15).",
            "Customer area, “My contracts”. Ask the data protection officer for cover, prices and claims (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "telecom",
        name: ("Téléphone", "Phone"),
        holders: ("votre opérateur mobile ou votre téléphone", "your mobile provider or your phone"),
        ask: (
            "Espace client, « Suivi conso » ou facture détaillée. Demandez vite le détail des appels : l’opérateur ne le garde qu’un an environ (article 15). Un téléphone Android peut aussi exporter ses appels et ses messages.",
            "Customer area, usage or itemised bill. Ask soon for the list of calls: providers keep it for about a year only (article 15). An Android phone can also export its calls and messages.",
        ),
        monthly: true,
    },
    Source {
        id: "energy",
        name: ("Énergie", "Energy"),
        holders: (
            "Enedis (électricité), GRDF (gaz) ou le gestionnaire de réseau de votre commune",
            "Enedis (electricity), GRDF (gas) or the grid company of your town",
        ),
        ask: (
            "Compte client Enedis : autorisez l’enregistrement par demi-heure, puis téléchargez vos mesures. Espace client GRDF : vos consommations, « Exporter ».",
            "Enedis customer account: allow half-hourly recording, then download your readings. GRDF customer area: your consumption, “Export”.",
        ),
        monthly: true,
    },
    Source {
        id: "water",
        name: ("Eau", "Water"),
        holders: (
            "votre service des eaux (la régie de votre commune, Veolia, Suez ou Saur)",
            "your water company (your town’s own, Veolia, Suez or Saur)",
        ),
        ask: (
            "Espace client, « Ma consommation » : jour par jour si le compteur est relevé à distance, sinon à chaque relevé (articles 15 et 20).",
            "Customer area, “My consumption”: day by day if the meter is read remotely, otherwise at each reading (articles 15 and 20).",
        ),
        monthly: false,
    },
    Source {
        id: "mobility",
        name: ("Déplacements", "Travel"),
        holders: (
            "votre téléphone (vos trajets), votre réseau de transport ou vos applications de sport",
            "your phone (its timeline), your transport network or your sports apps",
        ),
        ask: (
            "Téléphone Android : réglages de localisation, « Vos trajets », « Exporter ». Réseau de transport : demandez vite vos validations, elles sont gardées peu de temps (article 15).",
            "Android phone: location settings, Timeline, “Export”. Transport network: ask soon for the record of your card, which is kept for a short time (article 15).",
        ),
        monthly: true,
    },
    Source {
        id: "health",
        name: ("Santé", "Health"),
        holders: (
            "l’Assurance Maladie, « Mon espace santé » ou votre complémentaire santé",
            "French health insurance (Assurance Maladie), “Mon espace santé” or your top-up health insurance",
        ),
        ask: (
            "Compte ameli : relevés de remboursements. « Mon espace santé » : vos documents, à télécharger. Complémentaire santé : décomptes de votre espace client.",
            "Ameli account: statements of refunds. “Mon espace santé”: your documents, to download. Top-up insurance: statements in the members’ area.",
        ),
        monthly: false,
    },
    Source {
        id: "education",
        name: ("Études", "Education"),
        holders: (
            "vos écoles et universités, ou le service public des diplômes",
            "your schools and universities, or the French public service for diplomas",
        ),
        ask: (
            "Service public « diplome.gouv.fr » : attestations. Espace numérique de l’établissement : notes et relevés ; service de la scolarité : tout votre dossier (article 15).",
            "Public service “diplome.gouv.fr”: certificates. The school’s online workspace: marks; its registry: your whole file (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "browsing",
        name: ("Navigation", "Browsing"),
        holders: ("votre navigateur ou votre moteur de recherche", "your browser or your search engine"),
        ask: (
            "L’historique est un fichier du navigateur, sur votre ordinateur. Google : « Télécharger vos données » (Takeout).",
            "Your history is a file of the browser, on your computer. Google: “Download your data” (Takeout).",
        ),
        monthly: true,
    },
    Source {
        id: "social",
        name: ("Contacts et messages", "Contacts and messages"),
        holders: (
            "votre carnet d’adresses, vos messageries ou vos réseaux sociaux",
            "your address book, your messaging apps or your social networks",
        ),
        ask: (
            "Carnet d’adresses : « Exporter » (vCard). Réseaux sociaux : « Télécharger vos informations », en JSON. Messageries : « Exporter la discussion ».",
            "Address book: “Export” (vCard). Social networks: “Download your information”, as JSON. Messaging apps: “Export chat”.",
        ),
        monthly: false,
    },
    Source {
        id: "profile",
        name: ("Foyer", "Household"),
        holders: (
            "les organismes avec lesquels vous avez un contrat (assureur, fournisseur d’énergie, banque)",
            "the organisations you have a contract with (insurer, energy supplier, bank)",
        ),
        ask: (
            "Espace client, « Mes informations ». Demandez ce que chaque organisme sait de votre foyer et de votre logement (article 15).",
            "Customer area, “My details”. Ask what each organisation knows about your household and home (article 15).",
        ),
        monthly: false,
    },
    Source {
        id: "documents",
        name: ("Documents", "Documents"),
        holders: (
            "les impôts, votre employeur, vos assureurs ou votre coffre-fort numérique",
            "the tax office, your employer, your insurers or your digital safe",
        ),
        ask: (
            "Espace particulier des impôts, rubrique « Documents » ; coffre-fort de l’employeur : bulletins de paie ; « Tout télécharger », s’il est proposé.",
            "Personal account at the tax office, “Documents”; your employer’s digital safe: payslips; “Download all”, if offered.",
        ),
        monthly: false,
    },
];
