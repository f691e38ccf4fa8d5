//! Bills, contracts, household profiles and papers, in the formats of the MesInfos pilot.

use super::{SampleFile, file, some};
use crate::life::{Bill, Heating, Life, Record};
use crate::text::{Object, array, euros};

pub(crate) fn bills(_: &Life, record: &Record) -> Vec<SampleFile> {
    some("factures.json", !record.bills.iter().any(|bill| record.shows(bill.on)), || {
        let shown = record.bills.iter().enumerate().filter(|(_, bill)| record.shows(bill.on));
        array(shown.map(|(ordinal, bill)| bill_of(ordinal, bill)))
    })
}

fn bill_of(ordinal: usize, bill: &Bill) -> Object {
    let object = Object::new()
        .text("docType", "bill")
        .text("type", bill.service)
        .text("date", &format!("{}T12:00:00.000Z", bill.on))
        .text("vendor", bill.vendor)
        .text("plan", &bill.plan)
        .text("number", &format!("F{}{ordinal:05}", bill.on.year()))
        .raw("amount", euros(bill.cents.abs()));
    if bill.cents < 0 { object.raw("isRefund", true) } else { object }
}

/// Start of contracts: in the year before the life begins.
fn since(life: &Life) -> String {
    format!("{}-03-01", life.from.year() - 1)
}

pub(crate) fn energy_contract(life: &Life, _: &Record) -> Vec<SampleFile> {
    let contract = Object::new()
        .text("vendor", "EDF")
        .text("clientId", &life.key.to_string())
        .text("number", &format!("{:010}", life.key % 1_000_000_000))
        .text("name", "Tarif Bleu")
        .text("start", &since(life))
        .raw("end", "null")
        .text("status", "CONTRAT_ACTIF")
        .text("pdl", &format!("{:014}", 14_000_000_000_000 + life.key % 1_000_000_000))
        .text("energie", "Électricité")
        .text("power", "6 kVA")
        .text("contractSubcategory1", "OPTION_BASE");
    file("edf-contrat.json", array([contract]))
}

fn address(life: &Life) -> Object {
    let town = life.town;
    Object::new().text("street", life.street).text("postCode", town.postcode).text("city", town.name)
}

fn member(life: &Life) -> String {
    format!("{:07}", life.key % 10_000_000)
}

/// Insurance of the home, the vehicle, and health costs not covered by the Assurance Maladie.
pub(super) fn insurance(life: &Life, _: &Record) -> Vec<SampleFile> {
    let [home, vehicle, health] = life.premiums;
    let place = Object::new().object("address", &address(life));
    let of_vehicle = life.vehicle.map(|vehicle| {
        Object::new().list("vehicule", [Object::new().text("immatriculationVehicule", vehicle.plate)])
    });
    let contracts = [
        ("NOR", "RAQVAM Équilibre", home, Object::new().list("lieu", [place])),
        ("VAM", "VAM Différence", vehicle, of_vehicle.unwrap_or_default()),
        ("SANTE", "Assurance Santé Sérénité", health, Object::new()),
    ];
    let contracts = contracts.into_iter().filter(|(_, _, premium, _)| *premium > 0).map(
        |(name, plan, premium, objects)| {
            Object::new()
                .text("societaire", &member(life))
                .text("name", name)
                .text("formuleBase", plan)
                .raw("montantTarifTtc", euros(premium))
                .text("startDate", &format!("{}T00:00:00", since(life)))
                .object("objects", &objects)
        },
    );
    file("maif-contrats.json", array([Object::new().list("contrat", contracts)]))
}

pub(super) fn profile(life: &Life, _: &Record) -> Vec<SampleFile> {
    let name = |first: &str| Object::new().text("family", life.family).text("given", first);
    let members = life.household.iter().map(|member| {
        Object::new()
            .object("name", &name(member.name))
            .text("birthdate", member.birth)
            .text("quality", member.role)
    });
    let household = Object::new()
        .text("name", &format!("1-{}", member(life)))
        .object("address", &address(life))
        .list("membres", members);
    let person = Object::new()
        .object("name", &name(life.first))
        .text("birthdate", &life.birth.to_string())
        .text("profession", life.occupation)
        .text("referenceClient", &format!("{}N", member(life)));
    let vehicle = life.vehicle.map(|vehicle| {
        Object::new()
            .text("docType", "vehicle")
            .text("immatriculation", vehicle.plate)
            .text("dateMiseEnCirculation", vehicle.since)
            .text("marque", vehicle.make)
            .text("famille", vehicle.model)
            .text("societaire", &member(life))
    });
    let documents =
        [Object::new().object("foyer", &household), Object::new().object("societaire", &person), home(life)];
    file("profil.json", array(documents.into_iter().chain(vehicle)))
}

/// The home, as declared to EDF.
fn home(life: &Life) -> Object {
    let heating = if life.heating == Heating::Gas { "Gaz" } else { "Electricite" };
    Object::new()
        .text("beginTs", &format!("{}T09:00:00Z", since(life)))
        .text("housingType", "Appartement")
        .text("residenceType", "Principale")
        .raw("surface", life.area)
        .raw("occupantsCount", life.household.len())
        .text("principalHeatingSystemType", heating)
        .text("origin", "EDF")
}

/// Only the home.
pub(crate) fn household(life: &Life, _: &Record) -> Vec<SampleFile> {
    file("profil.json", array([home(life)]))
}

pub(crate) fn papers(_: &Life, record: &Record) -> Vec<SampleFile> {
    some("documents.json", !record.papers.iter().any(|paper| record.shows(paper.on)), || {
        array(record.papers.iter().filter(|paper| record.shows(paper.on)).map(|paper| {
            Object::new()
                .text("type", "file")
                .text("name", &paper.name)
                .text("dir_id", "papiers")
                .text("mime", "application/pdf")
                .text("class", "pdf")
                .text("size", &paper.bytes.to_string())
                .text("created_at", &format!("{}T10:00:00.000Z", paper.on))
        }))
    })
}
