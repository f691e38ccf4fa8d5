//! Words for what a payment was for, which every app files alike (`spending` of the SDK). A person who corrects where a
//! bank files a payment chooses among them.

use mesinfos_model::view::Lang;

/// In French and English.
const PURPOSES: [[&str; 2]; 20] = [
    ["Logement", "Housing"],
    ["Énergie", "Energy"],
    ["Eau", "Water"],
    ["Courses", "Groceries"],
    ["Restaurants", "Restaurants"],
    ["Carburant", "Fuel"],
    ["Borne de recharge", "Charging"],
    ["Péage et parking", "Parking"],
    ["Transports", "Transport"],
    ["Avion", "Flights"],
    ["Voiture", "Vehicle"],
    ["Téléphone", "Phone"],
    ["Assurances", "Insurance"],
    ["Santé", "Health"],
    ["École", "School"],
    ["Loisirs", "Leisure"],
    ["Achats", "Shopping"],
    ["Impôts", "Taxes"],
    ["Retrait d’espèces", "Cash"],
    ["Épargne", "Savings"],
];

/// The words, as a person writes them.
pub fn purposes(lang: Lang) -> impl Iterator<Item = &'static str> {
    PURPOSES.iter().map(move |[fr, en]| lang.of(*fr, *en))
}
