//! Facts that EDF, MAIF and Enedis hold about the person, the household and the home.

use super::SPEC;
use super::document::{Doc, Done, Out, day_in_france};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use mesinfos_model::category::profile::{self, row};
use mesinfos_model::{Category, Cell};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-profile-json",
    fr: "Profil du foyer du pilote MesInfos (JSON)",
    en: "Household profile of the MesInfos pilot (JSON)",
    origin: "MesInfos: EDF, MAIF, Enedis",
    categories: &[Category::Profile],
    looks_for: "a JSON array with a customer of EDF or Enedis, a member, household, home or means \
                of payment of MAIF, or an energy profile of a home",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        kind(&["client"], &["clientId", "numeroAcc"], &[], edf_client),
        kind(&["home"], &["housingType", "principalHeatingSystemType"], &[], energy_profile),
        kind(&["home"], &["home"], &["\"natureLieu\""], insured_homes),
        kind(&["home"], &["natureLieu", "nombrePieces"], &[], insured_home),
        kind(&["foyer"], &["foyer"], &["\"membres\""], household),
        kind(&["foyer"], &["membres", "address"], &[], household),
        kind(&["societaire", "client"], &["societaire"], &["\"profession\"", "\"referenceClient\""], member),
        kind(&["client"], &["referenceClient", "profession"], &[], member),
        kind(&["vehicle"], &["immatriculation", "dateMiseEnCirculation"], &[], vehicle),
        kind(&["paymentterms"], &["paymentterms"], &["\"modePaiement\""], means_of_payment),
        kind(&["enediscustomer"], &["customer_id", "identity"], &["\"natural_person\""], enedis_customer),
        kind(&["enediscustomer"], &["customer_id", "usage_point_address"], &[], enedis_address),
        kind(&["enediscustomer"], &["usage_points"], &["\"power_subscribed\""], enedis_points),
    ],
};

const fn kind(
    doc_types: &'static [&'static str],
    members: &'static [&'static str],
    pieces: &'static [&'static str],
    read: fn(&Doc<'_>, &mut Out<'_, '_>) -> Done,
) -> Kind {
    Kind { doc_types, members, pieces, read }
}

/// Writes a row of texts: holder, kind of row, and the text of each field.
fn push(
    out: &mut Out<'_, '_>,
    holder: &str,
    row: i64,
    cells: &[(usize, Option<String>)],
    more: &[(usize, Cell<'_>)],
) -> Done {
    let mut all: Vec<(usize, Cell<'_>)> = vec![(profile::HOLDER, holder.into()), (profile::ROW, row.into())];
    all.extend(cells.iter().map(|(field, text)| (*field, text.as_deref().into())));
    all.extend_from_slice(more);
    out.push(Category::Profile, &all)
}

fn address(doc: &Doc<'_>, street: &[&str]) -> Option<String> {
    doc.joined(street, " ").map(|text| text.replace('\n', ", "))
}

/// A customer of EDF and the co-holder of the contract. Telephone numbers and e-mail addresses are not
/// kept.
fn edf_client(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let holder = doc.text("vendor").unwrap_or_else(|| "EDF".to_owned());
    push(
        out,
        &holder,
        row::ACCOUNT,
        &[
            (profile::ITEM, doc.text("clientId")),
            (profile::NAME, doc.text("name.formated")),
            (profile::ADDRESS, address(doc, &["address.formated"])),
            (profile::POSTCODE, doc.text("address.postcode")),
            (profile::NUMBER, doc.text("clientId")),
        ],
        &[],
    )?;
    let Some(name) = doc.text("coHolder.formated") else { return Ok(()) };
    let cells = [
        (profile::ITEM, doc.text("clientId")),
        (profile::ROLE, Some("cotitulaire".to_owned())),
        (profile::NAME, Some(name)),
    ];
    push(out, &holder, row::PERSON, &cells, &[])
}

/// The description of a home given to EDF for an estimate of its consumption.
fn energy_profile(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let hot_water = doc.text("sanitoryHotWaterType").map(|kind| format!("eau chaude : {kind}"));
    let low_energy = doc.is_true("isBBC").then(|| "BBC".to_owned());
    let detail = [doc.text("residenceType"), doc.text("occupationType"), hot_water, low_energy];
    let detail: Vec<String> = detail.into_iter().flatten().collect();
    push(
        out,
        &doc.text("origin").unwrap_or_else(|| "EDF".to_owned()),
        row::HOME,
        &[
            (profile::ITEM, doc.text("contractNumber")),
            (profile::KIND, doc.text("housingType")),
            (profile::HEATING, doc.text("principalHeatingSystemType")),
            (profile::DETAIL, (!detail.is_empty()).then(|| detail.join(", "))),
        ],
        &[
            (profile::SINCE, doc.text("beginTs").and_then(|text| day_in_france(&text)).into()),
            (profile::PEOPLE, doc.number("occupantsCount", 0)?.into()),
            (profile::AREA, doc.number("surface", 0)?.into()),
            (profile::BUILT, doc.number("constructionDate", 0)?.into()),
        ],
    )
}

/// Homes that MAIF insures.
fn insured_homes(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    doc.parts("home").iter().try_for_each(|home| insured_home(home, out))
}

/// An insured home. The number of rooms and the value of the furniture are ranges in words.
fn insured_home(home: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let furniture = home.text("patrimoineMobilier").map(|range| format!("mobilier : {range}"));
    let detail = [home.text("nombrePieces"), furniture, home.text("situationJuridiqueLieu")];
    let detail: Vec<String> = detail.into_iter().flatten().collect();
    push(
        out,
        "MAIF",
        row::HOME,
        &[
            (profile::ITEM, home.joined(&["societaire", "address.street", "address.postCode"], "/")),
            (profile::KIND, home.text("natureLieu")),
            (profile::DETAIL, (!detail.is_empty()).then(|| detail.join(", "))),
            (profile::ADDRESS, address(home, &["address.street", "address.postCode", "address.city"])),
            (profile::POSTCODE, home.text("address.postCode")),
            (profile::NUMBER, home.text("societaire")),
        ],
        &[],
    )
}

/// The household in MAIF's records, and each of its members.
fn household(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    // The holder's service nests this object; in the person's own data it is a separate document.
    let inner = doc.part("foyer");
    let foyer = inner.as_ref().unwrap_or(doc);
    let people = foyer.parts("membres");
    push(
        out,
        "MAIF",
        row::HOUSEHOLD,
        &[
            (profile::ITEM, foyer.text("name")),
            (profile::ADDRESS, address(foyer, &["address.street", "address.postCode", "address.city"])),
            (profile::POSTCODE, foyer.text("address.postCode")),
        ],
        &[(profile::PEOPLE, i64::try_from(people.len()).ok().into())],
    )?;
    for one in &people {
        let done = person(one, foyer.text("name"), out);
        out.part(done)?;
    }
    Ok(())
}

/// The member of MAIF.
fn member(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let inner = doc.part("societaire");
    let one = inner.as_ref().unwrap_or(doc);
    person(one, one.text("referenceClient"), out)
}

fn person(one: &Doc<'_>, item: Option<String>, out: &mut Out<'_, '_>) -> Done {
    // "13 Agent, employé", "3 Enfant à charge": the number is the insurer's code.
    let words = |text: String| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
    let birthday = one.day("birthdate")?;
    let birth_year = one.text("birthdate").and_then(|date| date.get(..4)?.parse::<i64>().ok());
    push(
        out,
        "MAIF",
        row::PERSON,
        &[
            (profile::ITEM, item),
            (profile::ROLE, one.text("quality").map(words)),
            (profile::OCCUPATION, one.text("profession").map(words)),
            (profile::DETAIL, one.text("familySituation")),
            (profile::NAME, one.joined(&["name.prefix", "name.given", "name.family"], " ")),
            (profile::NUMBER, one.text("referenceClient")),
        ],
        &[(profile::BIRTH_YEAR, birth_year.into()), (profile::BIRTHDAY, birthday.into())],
    )
}

/// A vehicle that MAIF insures; its driver is not kept.
fn vehicle(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let registered = doc.text("dateMiseEnCirculation");
    let built = registered.and_then(|date| date.get(..4)?.parse::<i64>().ok());
    push(
        out,
        "MAIF",
        row::VEHICLE,
        &[
            (profile::ITEM, doc.text("immatriculation")),
            (profile::MAKE, doc.text("marque")),
            (profile::MODEL, doc.text("famille")),
            (profile::DETAIL, doc.text("usageVehicule")),
            (profile::PLATE, doc.text("immatriculation")),
            (profile::NUMBER, doc.text("societaire")),
        ],
        &[(profile::BUILT, built.into())],
    )
}

/// Payment method of a MAIF member. The account paid from is not kept.
fn means_of_payment(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    push(
        out,
        "MAIF",
        row::ACCOUNT,
        &[
            (profile::ITEM, doc.text("paymentterms.societaire")),
            (profile::DETAIL, doc.text("paymentterms.modePaiement")),
            (profile::NUMBER, doc.text("paymentterms.societaire")),
        ],
        &[],
    )
}

fn enedis_customer(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let person = "identity.natural_person";
    let name = ["title", "name", "last_name"].map(|part| format!("{person}.{part}"));
    push(
        out,
        "Enedis",
        row::ACCOUNT,
        &[
            (profile::ITEM, doc.text("customer_id")),
            (profile::KIND, doc.text("segment")),
            (profile::NAME, doc.joined(&name.each_ref().map(String::as_str), " ")),
            (profile::NUMBER, doc.text("customer_id")),
        ],
        &[],
    )
}

fn enedis_address(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let Some(usage_point) = doc.part("usage_point_address") else { return Ok(()) };
    push(
        out,
        "Enedis",
        row::HOME,
        &[
            (profile::ITEM, doc.text("customer_id")),
            (
                profile::ADDRESS,
                address(&usage_point, &["street_number", "street", "locality", "zip", "city"]),
            ),
            (profile::POSTCODE, usage_point.text("zip")),
        ],
        &[],
    )
}

/// Points of delivery and their subscribed power, in kVA.
fn enedis_points(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    for point in doc.parts("usage_points") {
        let power = point.text("power_subscribed").map(|power| format!("{power} kVA"));
        push(
            out,
            "Enedis",
            row::DEVICE,
            &[
                (profile::ITEM, point.text("usage_point_id")),
                (profile::KIND, Some("point de livraison".to_owned())),
                (profile::DETAIL, power),
                (profile::NUMBER, point.text("usage_point_id")),
            ],
            &[],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::Batch;

    fn read(file: &str) -> (Batch, u64) {
        let (reads, mut batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(reads[0].about.id, "mesinfos-profile-json");
        (batches.remove(0), reads[0].rejected_count)
    }

    #[test]
    fn households_and_their_members() {
        let (batch, rejected) = read(
            r#"[{"foyer":{"name":"1-A","address":{"street":"2 RUE X","postCode":"69000","city":"LYON"},
            "membres":[{"name":{"given":"ANNE","family":"TEST"},"birthdate":"1972-03-18","quality":"Membre principal",
            "profession":"13 Agent, employé"},{"birthdate":"1972-13-18"}]}}]"#,
        );
        assert_eq!((batch.rows(), rejected), (2, 1));
        assert_eq!(batch.integer(profile::PEOPLE, 0), Some(2));
        assert_eq!(batch.integer(profile::BIRTH_YEAR, 1), Some(1972));
        assert_eq!(batch.text(profile::OCCUPATION, 1), Some("Agent, employé"));
        assert_eq!(batch.text(profile::NAME, 1), Some("ANNE TEST"));
    }

    #[test]
    fn documents_without_a_wrapper() {
        let (batch, rejected) = read(
            r#"[{"docType":"Client","name":{"given":"ANNE"},"birthdate":"1961-01-29","profession":"Agent","referenceClient":"1N"},
            {"docType":"Vehicle","immatriculation":"AA-123-BB","dateMiseEnCirculation":"2010-07-03","marque":"CLIO"},
            {"docType":"Home","natureLieu":"Maison","nombrePieces":"Une pièce","societaire":"1"},
            {"docType":"Foyer","name":"TEST LYON","address":{"city":"LYON"},"membres":[{"quality":"3 Enfant à charge"}]}]"#,
        );
        assert_eq!((batch.rows(), rejected), (5, 0));
        assert_eq!(batch.text(profile::KIND, 2), Some("Maison"));
        assert_eq!(batch.text(profile::ROLE, 4), Some("Enfant à charge"));
        assert_eq!(batch.integer(profile::BIRTH_YEAR, 0), Some(1961));
        assert_eq!(batch.integer(profile::BUILT, 1), Some(2010));
    }

    #[test]
    fn an_account_to_pay_from_is_never_kept() {
        let (batch, _) = read(
            r#"[{"paymentterms":{"rib":{"iban":"FR7630001007941234567890185"},"modePaiement":"Prélèvement",
            "societaire":"1"}}]"#,
        );
        assert_eq!(batch.text(profile::DETAIL, 0), Some("Prélèvement"));
        for field in 0..batch.schema().fields.len() {
            assert!(batch.text(field, 0).is_none_or(|text| !text.contains("FR76")));
        }
    }
}
