//! Domains of a person's life: groups of categories with one colour and one icon everywhere.

use crate::app::parts::Icon;
use mesinfos_model::view::{Icon as AppIcon, Lang};
use mesinfos_model::{Category, Holder};
use mesinfos_words::page::Domains;

/// A domain. The order is that of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Domain {
    Money,
    Energy,
    Travel,
    Purchases,
    Phone,
    Digital,
    Papers,
    Health,
}

impl Domain {
    pub(crate) const ALL: [Domain; 8] = [
        Domain::Money,
        Domain::Energy,
        Domain::Travel,
        Domain::Purchases,
        Domain::Phone,
        Domain::Digital,
        Domain::Papers,
        Domain::Health,
    ];

    /// Its word in paths and in the style sheet (`data-d`).
    pub(crate) fn id(self) -> &'static str {
        match self {
            Domain::Money => "money",
            Domain::Energy => "energy",
            Domain::Travel => "travel",
            Domain::Purchases => "purchases",
            Domain::Phone => "phone",
            Domain::Digital => "digital",
            Domain::Papers => "papers",
            Domain::Health => "health",
        }
    }

    /// Number of its colour in the style sheet.
    pub(crate) fn colour(self) -> u8 {
        match self {
            Domain::Money => 1,
            Domain::Energy => 2,
            Domain::Travel => 3,
            Domain::Purchases => 4,
            Domain::Papers => 5,
            Domain::Phone => 6,
            Domain::Health => 7,
            Domain::Digital => 8,
        }
    }

    pub(crate) fn from_id(id: &str) -> Option<Domain> {
        Domain::ALL.into_iter().find(|domain| domain.id() == id)
    }

    /// The domain of a category.
    pub(crate) fn of(category: Category) -> Domain {
        match category.id() {
            "bank" | "bills" => Domain::Money,
            "energy" | "water" => Domain::Energy,
            "mobility" => Domain::Travel,
            "purchases" => Domain::Purchases,
            "telecom" => Domain::Phone,
            "health" => Domain::Health,
            "browsing" | "social" => Domain::Digital,
            // Contracts, household, school and documents. A test finds a category that nobody placed.
            _ => Domain::Papers,
        }
    }

    /// The domain of a holder of the register: that of its main category.
    pub(crate) fn of_holder(holder: &Holder) -> Domain {
        holder.categories.first().map_or(Domain::Papers, |category| Domain::of(*category))
    }

    /// Its categories.
    pub(crate) fn categories(self) -> impl Iterator<Item = Category> {
        Category::ALL.iter().copied().filter(move |category| Domain::of(*category) == self)
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Domain::Money => Icon::Wallet,
            Domain::Energy => Icon::Zap,
            Domain::Travel => Icon::Bike,
            Domain::Purchases => Icon::ShoppingBasket,
            Domain::Phone => Icon::Phone,
            Domain::Digital => Icon::Globe,
            Domain::Papers => Icon::Folder,
            Domain::Health => Icon::HeartPulse,
        }
    }

    /// The icon of an app whose manifest names none.
    pub(crate) fn icon_of_app(self) -> AppIcon {
        match self {
            Domain::Money => AppIcon::Money,
            Domain::Energy => AppIcon::Energy,
            Domain::Travel => AppIcon::Bike,
            Domain::Purchases => AppIcon::Cart,
            Domain::Phone => AppIcon::Phone,
            Domain::Digital => AppIcon::Internet,
            Domain::Papers => AppIcon::Contract,
            Domain::Health => AppIcon::Health,
        }
    }

    pub(crate) fn name(self, lang: Lang) -> String {
        self.words().to(lang)
    }

    fn words(self) -> Domains {
        match self {
            Domain::Money => Domains::Money,
            Domain::Energy => Domains::Energy,
            Domain::Travel => Domains::Travel,
            Domain::Purchases => Domains::Purchases,
            Domain::Phone => Domains::Phone,
            Domain::Digital => Domains::Digital,
            Domain::Papers => Domains::Papers,
            Domain::Health => Domains::Health,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_its_domain() {
        for domain in Domain::ALL {
            assert_eq!(Domain::from_id(domain.id()), Some(domain));
            assert!(domain.categories().next().is_some(), "{domain:?} is empty");
        }
        let papers: Vec<&str> = Domain::Papers.categories().map(|category| category.id()).collect();
        assert_eq!(papers, ["contracts", "education", "profile", "documents"], "place the new category");
    }
}
