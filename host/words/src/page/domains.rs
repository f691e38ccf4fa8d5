//! Names of the domains of a person's life.

use crate::message::messages;

messages! {
    /// Names of domains.
    pub enum Domains in "page-domains" {
        Money,
        Energy,
        Travel,
        Purchases,
        Phone,
        Digital,
        Papers,
        Health,
        AboutMoney,
        AboutEnergy,
        AboutTravel,
        AboutPurchases,
        AboutPhone,
        AboutDigital,
        AboutPapers,
        AboutHealth,
    }
}
