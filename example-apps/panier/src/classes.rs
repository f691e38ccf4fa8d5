//! Product classes: by the shop's shelf if it gives one, else by the words of the label.

use mesinfos_sdk::Lang;
use mesinfos_sdk::words::fold;

/// A class of products, and prefixes of words that identify it.
struct Class(&'static str, &'static str, &'static [&'static str]);

/// In search order: "glace" before "lait", "chat" before "viande".
const CLASSES: &[Class] = &[
    Class("Animaux", "Pets", &["ANIMAL", "ANIMAUX", "CROQUETTE", "LITIERE", "PATEE"]),
    Class("Bébé", "Baby", &["BEBE", "COUCHE", "PUERICULTURE"]),
    Class(
        "Hygiène et entretien",
        "Hygiene and cleaning",
        &[
            "HYGIENE",
            "BEAUTE",
            "ENTRETIEN",
            "DROGUERIE",
            "DENTIFRICE",
            "SHAMP",
            "SAVON",
            "GEL",
            "LESSIVE",
            "EPONGE",
            "MOUCHOIR",
            "ESSUIE",
            "PAPIER",
            "DEODORANT",
            "PARFUMERIE",
        ],
    ),
    Class("Surgelés", "Frozen food", &["SURGEL", "GLACE", "GLACIER"]),
    Class(
        "Boissons",
        "Drinks",
        &[
            "BOISSON", "LIQUIDES", "EAU", "EAUX", "JUS", "VIN", "BIERE", "SODA", "COLA", "CIDRE", "SIROP",
            "LIMONADE", "CAFE", "THE",
        ],
    ),
    Class(
        "Viande et poisson",
        "Meat and fish",
        &[
            "VIANDE",
            "BOUCHERIE",
            "CHARCUT",
            "POISSON",
            "MAREE",
            "VOLAILLE",
            "POULET",
            "BOEUF",
            "STEAK",
            "PORC",
            "JAMBON",
            "LARDON",
            "SAUCISS",
            "SAUMON",
            "THON",
            "CABILLAUD",
            "CREVETTE",
            "DINDE",
            "AGNEAU",
            "COLIN",
        ],
    ),
    Class(
        "Crèmerie et œufs",
        "Dairy and eggs",
        &[
            "CREMERIE",
            "LAITI",
            "LAIT",
            "YAOURT",
            "YAO",
            "FROMAGE",
            "BEURRE",
            "CREME",
            "OEUF",
            "COMTE",
            "EMMENTAL",
            "CAMEMBERT",
            "MOZZARELLA",
        ],
    ),
    Class(
        "Fruits et légumes",
        "Fruit and vegetables",
        &[
            "FRUIT",
            "LEGUME",
            "POMME",
            "BANANE",
            "ORANGE",
            "CITRON",
            "CLEMENTINE",
            "POIRE",
            "FRAISE",
            "RAISIN",
            "TOMATE",
            "CAROTTE",
            "SALADE",
            "COURGETTE",
            "OIGNON",
            "AVOCAT",
            "CONCOMBRE",
            "POIVRON",
            "POIREAU",
        ],
    ),
    Class(
        "Pain et pâtisserie",
        "Bread and pastry",
        &["BOULANG", "PATISS", "PAIN", "BAGUETTE", "BRIOCHE", "CROISSANT", "VIENNOIS"],
    ),
    Class(
        "Épicerie",
        "Dry goods",
        &[
            "EPICERIE",
            "PATE",
            "RIZ",
            "HUILE",
            "FARINE",
            "SUCRE",
            "SEL",
            "CHOCOLAT",
            "BISCUIT",
            "GATEAU",
            "CEREALE",
            "MUESLI",
            "CONFITURE",
            "MIEL",
            "CONSERVE",
            "SAUCE",
            "LENTILLE",
            "HARICOT",
            "COUSCOUS",
            "SOUPE",
            "CHIPS",
            "NUTELLA",
            "COMPOTE",
            "MOUTARDE",
            "SPAGHETTI",
        ],
    ),
];

/// Prefixes that count only as whole words, because longer words mean something else: "SEL" is not "SELLE".
const WHOLE: &[&str] = &[
    "EAU", "JUS", "VIN", "THE", "RIZ", "SEL", "GEL", "LAIT", "PAIN", "PATE", "CAFE", "YAO", "COLA", "MIEL",
    "THON", "PORC",
];

/// Class of a product: by the shop's shelf, else by the label, else the shelf in the shop's words. `None`
/// without any of them.
pub(crate) fn class(shelf: Option<&str>, label: &str, lang: Lang) -> Option<String> {
    let known = shelf.and_then(|shelf| told(shelf, lang)).or_else(|| told(label, lang));
    let own = || shelf.map(|shelf| shelf.split(" / ").next().unwrap_or(shelf).to_owned());
    known.map(str::to_owned).or_else(own)
}

fn told(text: &str, lang: Lang) -> Option<&'static str> {
    let folded = fold(text);
    let tells = |beginning: &str| {
        folded.split(' ').any(|word| {
            let bare = word.strip_suffix('S').unwrap_or(word);
            if WHOLE.contains(&beginning) {
                bare == beginning || word == beginning
            } else {
                word.starts_with(beginning)
            }
        })
    };
    let class = CLASSES.iter().find(|Class(.., words)| words.iter().any(|word| tells(word)))?;
    Some(match lang {
        Lang::Fr => class.0,
        Lang::En => class.1,
    })
}
