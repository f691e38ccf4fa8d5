//! Contracts of EDF and MAIF, their coverage, and claims.

use super::SPEC;
use super::document::{Doc, Done, Out, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::number::scaled;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::contracts::{self, kind, premium_period, row, status};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-contracts-json",
    fr: "Contrats et sinistres du pilote MesInfos (JSON)",
    en: "Contracts and claims of the MesInfos pilot (JSON)",
    origin: "MesInfos: EDF, MAIF",
    categories: &[Category::Contracts],
    looks_for: "a JSON array of contracts of EDF (with \"pdl\" and \"contractSubcategory1\") or \
                MAIF (\"contrat\" with \"formuleBase\"), or of claims with docType \
                \"InsuranceClaim\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        Kind {
            doc_types: &["contract"],
            members: &["vendor", "number", "pdl"],
            pieces: &["\"contractSubcategory1\""],
            read: energy_contract,
        },
        Kind {
            doc_types: &["contract"],
            members: &["contrat"],
            pieces: &["\"formuleBase\""],
            read: insurance_contracts,
        },
        // The same, with one document per contract.
        Kind {
            doc_types: &["contract"],
            members: &["societaire", "formuleBase"],
            pieces: &[],
            read: insurance_contract,
        },
        Kind { doc_types: &["insuranceclaim"], members: &[], pieces: &["\"ref\""], read: claim },
    ],
};

/// A contract of EDF. Its point of delivery and its address are not kept.
fn energy_contract(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let number = doc.needed("number")?;
    let status = match doc.text("status").as_deref() {
        Some("CONTRAT_ACTIF") => Some(status::ACTIVE),
        Some(status) if status.contains("RESILI") => Some(status::ENDED),
        _ => None,
    };
    out.push(
        Category::Contracts,
        &[
            (contracts::HOLDER, doc.text("vendor").as_deref().unwrap_or("EDF").into()),
            (contracts::ROW, row::CONTRACT.into()),
            (contracts::CONTRACT, number.as_str().into()),
            (contracts::START, doc.day("start")?.into()),
            (contracts::END, doc.day("end")?.into()),
            (contracts::KIND, kind::ENERGY.into()),
            (contracts::PRODUCT, doc.text("name").as_deref().into()),
            (contracts::PLAN, doc.text("contractSubcategory1").as_deref().into()),
            (contracts::STATUS, status.into()),
            (contracts::POWER, doc.text("power").and_then(|power| volt_amperes(&power)).into()),
            (contracts::NUMBER, number.as_str().into()),
        ],
    )
}

/// Volt-amperes of a text such as "6 kVA".
fn volt_amperes(power: &str) -> Option<i64> {
    scaled(power.strip_suffix("kVA")?, 3)
}

/// Contracts of MAIF. A contract has no number, only the member's number and a name such as "NOR" for a
/// home or "VAM" for a vehicle.
fn insurance_contracts(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    for contract in doc.parts("contrat") {
        let done = insurance_contract(&contract, out);
        out.part(done)?;
    }
    Ok(())
}

fn insurance_contract(contract: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let (homes, vehicles) = (contract.parts("objects.lieu"), contract.parts("objects.vehicule"));
    let says = |field: &str| contract.text(field).is_some_and(|text| says_health(&text));
    let kind = match (homes.is_empty(), vehicles.is_empty()) {
        (false, true) => kind::HOME,
        (true, false) => kind::VEHICLE,
        // Only its name says what a contract without a thing is for.
        _ if says("name") || says("formuleBase") => kind::HEALTH,
        _ => kind::OTHER,
    };
    let member = contract.text("societaire");
    let start = contract.day("startDate")?;
    let price = contract.euros("montantTarifTtc")?;
    let objects = homes.iter().chain(&vehicles);
    let objects: Vec<_> = objects.map(|object| (address(object), object.text(PLATE))).collect();
    let (product, plan) = (contract.text("formuleBase"), contract.text("name"));
    let id = contract_id(member.as_deref(), kind);
    let id = out.insured.id(id, &(start, &product), &(&plan, price, objects));
    out.push(
        Category::Contracts,
        &[
            (contracts::HOLDER, "MAIF".into()),
            (contracts::ROW, row::CONTRACT.into()),
            (contracts::CONTRACT, id.as_deref().into()),
            (contracts::START, start.into()),
            (contracts::KIND, kind.into()),
            (contracts::PRODUCT, product.as_deref().into()),
            (contracts::PLAN, plan.as_deref().into()),
            (contracts::PREMIUM, price.into()),
            (contracts::PREMIUM_PERIOD, price.map(|_| premium_period::YEAR).into()),
            (contracts::CURRENCY, price.map(|_| "EUR").into()),
            (contracts::NUMBER, member.as_deref().into()),
        ],
    )?;
    let covered_since = match contract.part("objects") {
        Some(objects) => objects.day("startDate")?.or(start),
        None => start,
    };
    let homes = homes.iter().map(|home| (kind::HOME, "Lieu", home));
    let vehicles = vehicles.iter().map(|vehicle| (kind::VEHICLE, "Véhicule", vehicle));
    for (kind, what, object) in homes.chain(vehicles) {
        out.push(
            Category::Contracts,
            &[
                (contracts::HOLDER, "MAIF".into()),
                (contracts::ROW, row::COVERED.into()),
                (contracts::CONTRACT, id.as_deref().into()),
                (contracts::START, covered_since.into()),
                (contracts::KIND, kind.into()),
                (contracts::COVERED, what.into()),
                (contracts::PLACE_NAME, address(object).as_deref().into()),
                (contracts::PLATE, object.text(PLATE).as_deref().into()),
            ],
        )?;
    }
    Ok(())
}

/// Whether the name of a contract says that it is of health: "SANTE", "Assurance Santé Sérénité".
fn says_health(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.into_iter().any(|word| matches!(word.as_str(), "sante" | "santé" | "mutuelle"))
}

const PLATE: &str = "immatriculationVehicule";

/// Address of a home that is insured.
fn address(object: &Doc<'_>) -> Option<String> {
    object.joined(&["address.street", "address.postCode", "address.city"], " ")
}

/// Id shared by a member's contracts of one kind and the claims under them. The member's number occurs as
/// "1234567" and as "1234567N".
fn contract_id(member: Option<&str>, kind: i64) -> Option<String> {
    let digits: String = member?.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| format!("{digits}/{kind}"))
}

/// A claim; its time has neither zone nor seconds.
fn claim(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let reference = doc.needed("ref")?;
    let Some(on) = doc.day("timestamp")? else { return wrong("timestamp", Reason::Missing) };
    let kind = match doc.text("type").as_deref() {
        Some("Habitation") => kind::HOME,
        Some("Véhicule" | "Vehicule") => kind::VEHICLE,
        _ => kind::OTHER,
    };
    let id = contract_id(doc.text("societaire").as_deref(), kind);
    out.push(
        Category::Contracts,
        &[
            (contracts::HOLDER, "MAIF".into()),
            (contracts::ROW, row::CLAIM.into()),
            (contracts::CONTRACT, id.as_deref().into()),
            (contracts::START, on.into()),
            (contracts::KIND, kind.into()),
            (contracts::COVERED, doc.text("natureLieu").as_deref().into()),
            (contracts::PLACE_NAME, doc.text("lieuSurvenance").as_deref().into()),
            (contracts::PLATE, doc.text("immatriculationVehicule").as_deref().into()),
            (contracts::NUMBER, reference.as_str().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn contracts_what_they_cover_and_claims() {
        let file = r#"[
          {"vendor":"EDF","number":"12","name":"Tarif Bleu","start":"2013-03-01","end":null,
           "status":"CONTRAT_ACTIF","pdl":"1","power":"6 kVA","contractSubcategory1":"OPTION_BASE"},
          {"contrat":[{"societaire":"1234567","name":"VAM","formuleBase":"VAM Pacte","montantTarifTtc":312.5,
           "startDate":"2013-04-12T00:00:00","objects":{"vehicule":[{"immatriculationVehicule":"AA-123-BB"}]}},
           {"societaire":"1234567","name":"NOR","formuleBase":"RAQVAM","montantTarifTtc":"beaucoup"}]},
          {"docType":"InsuranceClaim","type":"Véhicule","societaire":"1234567N","timestamp":"2015-07-20T19:00",
           "ref":"F1","lieuSurvenance":"A6"},
          {"docType":"InsuranceClaim","timestamp":"hier","ref":"F2"}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-contracts-json", 4, 2)
        );
        let batch = &batches[0];
        assert_eq!(batch.integer(contracts::POWER, 0), Some(6_000));
        assert_eq!(batch.integer(contracts::PREMIUM, 1), Some(31_250));
        assert_eq!(batch.text(contracts::PLATE, 2), Some("AA-123-BB"));
        assert_eq!(batch.text(contracts::CONTRACT, 1), batch.text(contracts::CONTRACT, 3));
        assert_eq!(batch.text(contracts::NUMBER, 3), Some("F1"));
    }

    #[test]
    fn a_contract_of_health_is_known_by_its_name() {
        let of = |name: &str, formula: &str| {
            let file = format!(
                r#"[{{"contrat":[{{"societaire":"1","name":"{name}","formuleBase":"{formula}","startDate":"2022-03-01T00:00:00"}}]}}]"#
            );
            read_all(file.as_bytes()).unwrap().1[0].integer(contracts::KIND, 0)
        };
        assert_eq!(of("SANTE", "Assurance Santé Sérénité"), Some(kind::HEALTH));
        assert_eq!(of("X", "Mutuelle des familles"), Some(kind::HEALTH));
        assert_eq!(of("X", "Protection juridique"), Some(kind::OTHER));
    }

    #[test]
    fn contracts_without_a_number_are_two_if_they_differ() {
        let home = |street: &str, price: u32| {
            format!(
                r#"{{"societaire":"1234567","name":"NOR","formuleBase":"RAQVAM","startDate":"2013-04-12T00:00:00",
                "montantTarifTtc":{price},"objects":{{"lieu":[{{"address":{{"street":"{street}","city":"Niort"}}}}]}}}}"#
            )
        };
        let (lilacs, roses) = (home("1 rue des Lilas", 200), home("2 rue des Roses", 200));
        // The first twice, and once as a document of its own.
        let file = format!("[{{\"contrat\":[{lilacs},{roses},{lilacs}]}},{lilacs}]");
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (8, 0), "{:?}", reads[0].rejected);
        let ids: Vec<_> = (0..8).map(|row| batches[0].text(contracts::CONTRACT, row)).collect();
        let one = format!("1234567/{}", kind::HOME);
        let other = format!("{one}/2");
        let expected = [&one, &one, &other, &other, &one, &one, &one, &one];
        assert_eq!(ids, expected.map(|id| Some(id.as_str())));
    }
}
