//! The register of data holders: organisations that people in France can ask for their data.
//!
//! One row for each. Texts about it, such as how to download the data, are in `host/words/messages`, by its id.
//! A row has an address only if the holder publishes it for this purpose; everybody else is written to at an address
//! that the person types.

use crate::Category;
use Category::{
    Bank, Bills, Browsing, Contracts, Documents, Education, Energy, Health, Mobility, Profile, Purchases,
    Social, Telecom, Water,
};

/// A data holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Id, in paths and in records of letters. Never changes.
    pub id: &'static str,
    /// Its name, as in the address of a letter.
    pub name: &'static str,
    /// Categories it can give. The first is its main one.
    pub categories: &'static [Category],
    /// Host name of the site where people have their account.
    pub site: &'static str,
    /// Whether people can download data from it themselves. If so, `host/words` has a text that says how.
    pub has_download: bool,
    /// Whether it holds the data for a public task. Portability (article 20(3) of the GDPR) does not apply to that.
    pub is_public: bool,
    /// Whether letters to it are in the person's own language: it serves people in many. The others are read in French.
    pub is_international: bool,
    /// Other names that people know it by, beside its name and its id.
    pub also: &'static [&'static str],
    /// Whether its name is also an ordinary word or a surname, which others may have in theirs.
    pub is_word: bool,
    /// Address for requests about personal data, in lines, without the name. Empty if unknown.
    pub address: &'static [&'static str],
    /// Day on which the row was last compared with what the holder publishes (ISO 8601). `None` if it was not: then
    /// it is common knowledge, and has no address.
    pub checked: Option<&'static str>,
}

impl Holder {
    const fn new(
        id: &'static str,
        name: &'static str,
        categories: &'static [Category],
        site: &'static str,
    ) -> Holder {
        Holder {
            id,
            name,
            categories,
            site,
            has_download: false,
            is_public: false,
            is_international: false,
            also: &[],
            is_word: false,
            address: &[],
            checked: None,
        }
    }

    const fn downloads(self) -> Holder {
        Holder { has_download: true, ..self }
    }

    const fn public(self) -> Holder {
        Holder { is_public: true, ..self }
    }

    const fn international(self) -> Holder {
        Holder { is_international: true, ..self }
    }

    const fn also(self, also: &'static [&'static str]) -> Holder {
        Holder { also, ..self }
    }

    const fn word(self) -> Holder {
        Holder { is_word: true, ..self }
    }

    const fn at(self, address: &'static [&'static str], checked: &'static str) -> Holder {
        Holder { address, checked: Some(checked), ..self }
    }

    /// The holder with an id.
    pub fn find(id: &str) -> Option<&'static Holder> {
        HOLDERS.iter().find(|holder| holder.id == id)
    }
}

/// The register, by name.
pub const HOLDERS: &[Holder] = &[
    Holder::new("amazon", "Amazon", &[Purchases], "www.amazon.fr").downloads().international().word(),
    Holder::new("apple", "Apple", &[Health, Purchases], "privacy.apple.com")
        .downloads()
        .international()
        .word(),
    Holder::new("assurance-maladie", "Assurance Maladie", &[Health], "www.ameli.fr")
        .public()
        .also(&["Ameli", "CPAM"]),
    Holder::new("bnp-paribas", "BNP Paribas", &[Bank], "mabanque.bnpparibas").downloads(),
    Holder::new("boursobank", "BoursoBank", &[Bank], "www.boursobank.com").downloads(),
    Holder::new("bouygues-telecom", "Bouygues Telecom", &[Telecom, Bills], "www.bouyguestelecom.fr"),
    Holder::new("caf", "Caisse d’allocations familiales (Caf)", &[Profile, Documents], "www.caf.fr").public(),
    Holder::new("caisse-epargne", "Caisse d’Épargne", &[Bank], "www.caisse-epargne.fr").downloads(),
    Holder::new("carrefour", "Carrefour", &[Purchases], "www.carrefour.fr").word(),
    Holder::new("cic", "CIC", &[Bank], "www.cic.fr").downloads(),
    Holder::new("credit-agricole", "Crédit Agricole", &[Bank], "www.credit-agricole.fr").downloads(),
    Holder::new("credit-mutuel", "Crédit Mutuel", &[Bank], "www.creditmutuel.fr").downloads(),
    Holder::new("doctolib", "Doctolib", &[Health], "www.doctolib.fr"),
    Holder::new("edf", "EDF", &[Energy, Bills, Contracts], "particulier.edf.fr").downloads(),
    Holder::new("education-nationale", "Éducation nationale", &[Education], "educonnect.education.gouv.fr")
        .public(),
    Holder::new("enedis", "Enedis", &[Energy], "mon-compte-particulier.enedis.fr").downloads(),
    Holder::new("engie", "Engie", &[Energy, Bills, Contracts], "particuliers.engie.fr"),
    Holder::new("facebook", "Facebook", &[Social], "www.facebook.com").downloads().international(),
    Holder::new("france-travail", "France Travail", &[Profile, Documents], "www.francetravail.fr").public(),
    Holder::new("free", "Free", &[Telecom, Bills], "www.free.fr").word(),
    Holder::new("google", "Google", &[Browsing, Mobility], "takeout.google.com").downloads().international(),
    Holder::new("grdf", "GRDF", &[Energy], "monespace.grdf.fr").downloads(),
    Holder::new(
        "ile-de-france-mobilites",
        "Île-de-France Mobilités",
        &[Mobility],
        "www.iledefrance-mobilites.fr",
    )
    .public(),
    Holder::new("intermarche", "Intermarché", &[Purchases], "www.intermarche.com"),
    Holder::new("la-banque-postale", "La Banque Postale", &[Bank], "www.labanquepostale.fr").downloads(),
    Holder::new("leclerc", "E.Leclerc", &[Purchases], "www.e.leclerc").word(),
    Holder::new("linkedin", "LinkedIn", &[Social, Profile], "www.linkedin.com").downloads().international(),
    Holder::new("macif", "Macif", &[Contracts, Profile], "www.macif.fr"),
    Holder::new("maif", "MAIF", &[Contracts, Profile], "www.maif.fr"),
    Holder::new("mgen", "MGEN", &[Health, Contracts], "www.mgen.fr"),
    Holder::new("mon-espace-sante", "Mon espace santé", &[Health, Documents], "www.monespacesante.fr")
        .downloads()
        .public(),
    Holder::new("orange", "Orange Service Clients", &[Telecom, Bills], "www.orange.fr")
        .word()
        .at(&["Gestion des données personnelles", "33732 Bordeaux Cedex 9"], "2026-11-29"),
    Holder::new("revolut", "Revolut", &[Bank], "www.revolut.com").downloads().international(),
    Holder::new("sfr", "SFR", &[Telecom, Bills], "www.sfr.fr"),
    Holder::new("sncf", "SNCF", &[Mobility], "www.sncf-connect.com").at(
        &[
            "Direction numérique du groupe",
            "12 rue Jean-Philippe Rameau",
            "CS 80001",
            "93212 La Plaine Saint-Denis Cedex",
        ],
        "2026-11-29",
    ),
    Holder::new("societe-generale", "Société Générale", &[Bank], "www.sg.fr").downloads(),
    Holder::new("strava", "Strava", &[Mobility], "www.strava.com").downloads().international(),
    Holder::new("suez", "Suez", &[Water, Bills], "www.toutsurmoneau.fr").word(),
    Holder::new("uber", "Uber", &[Mobility], "www.uber.com").downloads().international().word(),
    Holder::new("veolia", "Veolia Eau", &[Water, Bills], "www.eau.veolia.fr"),
    Holder::new("whatsapp", "WhatsApp", &[Social], "www.whatsapp.com").downloads().international(),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;
    use crate::visible::is_hidden;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_is_complete_and_its_id_its_own() {
        let ids: BTreeSet<&str> = HOLDERS.iter().map(|holder| holder.id).collect();
        assert_eq!(ids.len(), HOLDERS.len());
        assert!(HOLDERS.iter().map(|holder| holder.id).is_sorted());
        for holder in HOLDERS {
            let is_id = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(holder.id.chars().all(is_id), "{}", holder.id);
            assert_eq!(Holder::find(holder.id), Some(holder));
            assert!(!holder.name.is_empty() && !holder.categories.is_empty(), "{}", holder.id);
            let is_site = |c: char| c.is_ascii_lowercase() || matches!(c, '.' | '-');
            assert!(holder.site.contains('.') && holder.site.chars().all(is_site), "{}", holder.site);
            let mut texts = holder.address.iter().chain([&holder.name]);
            assert!(texts.all(|text| !text.chars().any(is_hidden)), "{}", holder.id);
        }
        assert_eq!(Holder::find("nobody"), None);
    }

    #[test]
    fn an_address_was_compared_with_what_its_holder_publishes() {
        for holder in HOLDERS {
            assert!(holder.address.is_empty() || holder.checked.is_some(), "{}", holder.id);
            assert!(holder.checked.is_none_or(|day| day.parse::<Day>().is_ok()), "{}", holder.id);
        }
    }
}
