//! Education: badges (Open Badges 3), and the repayment table of a student loan.

use super::{SampleFile, file};
use crate::calendar::french;
use crate::life::{Life, Record};
use crate::text::{Object, array, comma};

/// First aid and digital skills, which people of all ages pass.
const BADGES: [(&str, &str); 2] =
    [("Croix-Rouge française", "PSC1 - Premiers secours"), ("Pix", "Compétences numériques")];

pub(super) fn badges(life: &Life, _: &Record) -> Vec<SampleFile> {
    file("open-badges.json", array(credentials(life)))
}

/// Only the first badge.
pub(crate) fn badge(life: &Life, _: &Record) -> Vec<SampleFile> {
    file("open-badges.json", array(credentials(life).take(1)))
}

fn credentials(life: &Life) -> impl Iterator<Item = Object> {
    let badge = move |(years, (issuer, name)): (i16, &(&str, &str))| {
        let achievement = Object::new()
            .list("type", ["\"Achievement\""])
            .text("name", name)
            .text("achievementType", "Certificate")
            .text("description", name)
            .object("criteria", &Object::new().text("narrative", "Épreuve réussie."));
        let subject =
            Object::new().list("type", ["\"AchievementSubject\""]).object("achievement", &achievement);
        Object::new()
            .list(
                "@context",
                [
                    "\"https://www.w3.org/ns/credentials/v2\"",
                    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"",
                ],
            )
            .text("id", &format!("urn:uuid:{}-{years}", life.key))
            .list("type", ["\"VerifiableCredential\"", "\"OpenBadgeCredential\""])
            .object("issuer", &Object::new().list("type", ["\"Profile\""]).text("name", issuer))
            .text("validFrom", &format!("{}-06-15T00:00:00Z", life.from.year() - years))
            .object("credentialSubject", &subject)
    };
    (1..).zip(&BADGES).map(badge)
}

/// The repayment table of a student loan, as of the end of the life.
pub(super) fn loan(life: &Life, _: &Record) -> Vec<SampleFile> {
    let Some(loan) = life.loan else { return Vec::new() };
    let mut text = format!(
        "TABLEAU D'AMORTISSEMENT\r\nType de prêt;Prêt étudiant\r\nPrêteur;{}\r\nNuméro de prêt;{:011}\r\n\
         Emprunteur;{} {}\r\nMontant du prêt;{} €\r\nTaux débiteur fixe;{} %\r\n\
         Durée;{} mois, dont {} mois de différé partiel\r\nDate de mise à disposition;{}\r\nÉdité le;{}\r\n\r\n\
         N°;Date d'échéance;Échéance;Capital amorti;Intérêts;Assurance;Capital restant dû\r\n",
        loan.lender,
        life.key % 100_000_000_000,
        life.first,
        life.family,
        comma(loan.lent),
        comma(loan.rate),
        loan.months,
        loan.deferred,
        french(loan.start),
        french(life.until),
    );
    for due in loan.instalments() {
        let parts = [due.payment(), due.principal, due.interest, due.insurance, due.remaining].map(comma);
        text += &format!("{};{};{}\r\n", due.number, french(due.due), parts.join(";"));
    }
    file("pret-etudiant.csv", text)
}
