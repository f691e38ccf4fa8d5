//! Purchases: groceries at the shop that issues receipts, and small ones elsewhere.

use crate::calendar::{at, days};
use crate::life::{Kind, Life, Line, Product, Receipt, Record};
use crate::prices::food;
use crate::random::Chance;

/// The shop that issues receipts.
pub(crate) const SHOP: &str = "Intermarché";

const fn product(label: &'static str, section: &'static str, family: &'static str, price: i64) -> Product {
    Product { label, section, family, price }
}

/// A typical French basket. Products and prices of 2023 are not checked against a source: plausible,
/// invented.
static PRODUCTS: [Product; 36] = [
    product("BAGUETTE TRADITION", "BOULANGERIE", "PAIN", 115),
    product("PAIN DE MIE COMPLET 500G", "BOULANGERIE", "PAIN", 189),
    product("LAIT DEMI ECREME 1L", "CREMERIE", "LAIT", 109),
    product("BEURRE DOUX 250G", "CREMERIE", "BEURRE", 265),
    product("YAOURT NATURE X8", "CREMERIE", "ULTRA FRAIS", 219),
    product("COMTE 12 MOIS 200G", "CREMERIE", "FROMAGE", 445),
    product("EMMENTAL RAPE 200G", "CREMERIE", "FROMAGE", 225),
    product("OEUFS PLEIN AIR X12", "CREMERIE", "OEUFS", 349),
    product("POMME GOLDEN 1KG", "FRUITS ET LEGUMES", "FRUITS", 249),
    product("BANANE 1KG", "FRUITS ET LEGUMES", "FRUITS", 199),
    product("ORANGE A JUS 2KG", "FRUITS ET LEGUMES", "FRUITS", 399),
    product("CAROTTE 1KG", "FRUITS ET LEGUMES", "LEGUMES", 159),
    product("TOMATE RONDE 1KG", "FRUITS ET LEGUMES", "LEGUMES", 299),
    product("POMME DE TERRE 2,5KG", "FRUITS ET LEGUMES", "LEGUMES", 349),
    product("SALADE BATAVIA", "FRUITS ET LEGUMES", "LEGUMES", 129),
    product("POULET FERMIER", "BOUCHERIE", "VOLAILLE", 990),
    product("STEAK HACHE 5% X2", "BOUCHERIE", "BOEUF", 459),
    product("ESCALOPE DE DINDE X2", "BOUCHERIE", "VOLAILLE", 429),
    product("JAMBON SUPERIEUR X4", "CHARCUTERIE", "JAMBON", 329),
    product("PAVE DE SAUMON X2", "POISSONNERIE", "POISSON", 799),
    product("CABILLAUD SURGELE 400G", "SURGELES", "POISSON", 649),
    product("LEGUMES POELEE 750G", "SURGELES", "LEGUMES", 319),
    product("PATES COQUILLETTES 500G", "EPICERIE SALEE", "PATES", 95),
    product("RIZ BASMATI 1KG", "EPICERIE SALEE", "RIZ", 289),
    product("LENTILLES VERTES 500G", "EPICERIE SALEE", "LEGUMES SECS", 189),
    product("HUILE D'OLIVE 75CL", "EPICERIE SALEE", "HUILES", 799),
    product("CONFITURE FRAISE 370G", "EPICERIE SUCREE", "CONFITURES", 219),
    product("CHOCOLAT NOIR 100G", "EPICERIE SUCREE", "CHOCOLAT", 189),
    product("CAFE MOULU 250G", "EPICERIE SUCREE", "CAFE", 369),
    product("BISCUITS PETIT BEURRE", "EPICERIE SUCREE", "BISCUITS", 145),
    product("EAU MINERALE 6X1,5L", "LIQUIDES", "EAUX", 279),
    product("JUS DE POMME 1L", "LIQUIDES", "JUS", 185),
    product("BIERE BLONDE 6X25CL", "LIQUIDES", "BIERES", 429),
    product("LESSIVE LIQUIDE 2L", "DROGUERIE", "ENTRETIEN", 799),
    product("PAPIER TOILETTE X12", "DROGUERIE", "PAPIER", 459),
    product("SHAMPOING 250ML", "HYGIENE", "CHEVEUX", 279),
];

/// Small shops: name on the statement, bank category, and range of amounts in cents.
const ELSEWHERE: [(&str, &str, i64, i64); 6] = [
    ("BOULANGERIE DU COIN", "Alimentation", 120, 890),
    ("CAFE DE LA PLACE", "Restaurants", 250, 980),
    ("RESTAURANT LE COMPTOIR", "Restaurants", 1_490, 4_200),
    ("LIBRAIRIE DES HALLES", "Loisirs", 790, 3_200),
    ("CINEMA LE ROYAL", "Loisirs", 750, 1_250),
    ("MAISON ET VETEMENTS", "Equipement", 1_500, 8_900),
];

pub(super) fn shop(life: &Life, seed: u64, record: &mut Record) {
    let mut chance = Chance::of(seed, life.key, "shop");
    let people = i64::try_from(life.household.len()).unwrap_or(1);
    for day in days(life.from, life.until) {
        let is_saturday = day.weekday().to_monday_one_offset() == 6;
        if is_saturday || chance.permille(90) {
            let minute = chance.between(9 * 60, 19 * 60);
            let lines = if is_saturday { 7 + 4 * people } else { 4 };
            let lines: Vec<Line> = (0..chance.between(lines / 2, lines))
                .map(|_| {
                    let product = chance.pick(&PRODUCTS);
                    let price = product.price * food(day.year()) / 1_000;
                    Line { product, quantity: if chance.permille(200) { 2 } else { 1 }, price }
                })
                .collect();
            let total: i64 = lines.iter().map(|line| line.price * line.quantity).sum();
            record.pay(0, day, -total, Kind::Card, &SHOP.to_uppercase(), "Alimentation");
            record.receipts.push(Receipt { at: at(day, minute), on: day, lines, returned: false, total });
        }
        // About 12 € each time.
        if chance.permille(life.pocket / 36) {
            let (who, shelf, low, high) = *chance.pick(&ELSEWHERE);
            record.pay(0, day, -chance.between(low, high), Kind::Card, who, shelf);
        }
    }
}
