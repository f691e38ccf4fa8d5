//! Education: badges (Open Badges 3), and a student loan of the United States (`MyStudentData.txt`).

use super::{SampleFile, file, some};
use crate::life::{Life, Record};
use crate::text::{Object, array, euros};

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

/// The loan for a year of studies in the United States, in repayment since.
pub(super) fn loan(life: &Life, _: &Record) -> Vec<SampleFile> {
    let Some((dollars, month)) = life.loan else { return Vec::new() };
    some("MyStudentData.txt", dollars == 0, || {
        let (all, month, first) = (euros(dollars), euros(month), life.first.to_uppercase());
        format!(
            "File Source:U.S. DEPARTMENT OF EDUCATION, NATIONAL STUDENT LOAN DATA SYSTEM (NSLDS)\n\
             File Request Date:01/02/2023 09:14:27\nStudent First Name:{first}\nStudent Last Name:{}\n\
             Loan Type:DIRECT STAFFORD UNSUBSIDIZED\nLoan Attending School Name:ANY STATE UNIVERSITY\n\
             Loan Date:08/24/2017\nLoan Amount:${all}\nLoan Disbursed Amount:${all}\n\
             Loan Outstanding Principal Balance:${}\nLoan Outstanding Principal Balance as of Date:12/31/2022\n\
             Loan Outstanding Interest Balance:$0\nLoan Interest Rate Type:FIXED\nLoan Interest Rate:4.45%\n\
             Loan Repayment Plan Scheduled Amount:${month}\nLoan Status:RP\nLoan Status Description:IN REPAYMENT\n\
             Loan Status Effective Date:02/01/2019\nLoan Disbursement Date:08/24/2017\nLoan Disbursement Amount:${all}\n",
            life.family.to_uppercase(),
            euros(dollars * 7 / 10)
        )
    })
}
