//! Qualifications, courses, marks and student loans.

use super::{CURRENCY_FIELD, Category, End, Grain, Identity, Name, Parts, Revision, Schema, Unit, Within, codes, date, holder, int, money, pseudonym, term, text};

codes! {
    row {
        CREDENTIAL = code("credential", "diplôme ou badge", "credential"),
        COURSE = code("course", "cours", "course"),
        GRADE = code("grade", "note", "grade"),
        ENROLMENT = code("enrolment", "inscription", "enrolment"),
        LOAN = code("loan", "prêt étudiant", "student loan"),
        DISBURSEMENT = code("disbursement", "versement", "disbursement"),
        GRANT = code("grant", "bourse", "grant"),
        INSTALMENT = code("instalment", "échéance de prêt", "loan instalment"),
    }
    proof {
        NONE = code("none", "sans signature", "unsigned"),
        PRESENT = code("present", "signé", "signed"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "qui a donné ces données, p. ex. une université",
        "who gave the data, e.g. a university",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]),
    3: START = date("start", ["début", "start"])
        .about(["d’un diplôme, le jour où il a été délivré", "of a credential, the day of the award"]),
    4: END = date("end", ["fin", "end"]),
    5: TITLE = text("title", ["intitulé", "title"]),
    6: INSTITUTION = term("institution", ["établissement", "institution"]),
    7: LEVEL = int("level", Unit::Count, ["niveau", "level"])
        .about(["niveau du cadre européen des certifications (CEC), 1 à 8", "level of the European Qualifications Framework, 1 to 8"]),
    8: CREDITS = int("credits", Unit::Thousandths, ["crédits", "credits"])
        .about(["millièmes de crédit (ECTS en Europe)", "thousandths of a credit (ECTS in Europe)"]),
    9: RESULT = text("result", ["résultat", "result"]),
    10: PROOF = codes("proof", proof::CODES, ["signature", "proof"]).about([
        "dit si le fichier porte une signature ; elle n’est pas vérifiée ici",
        "whether the file carries a signature; it is not verified here",
    ]),
    11: LOAN = pseudonym("loan", ["prêt", "loan"])
        .about(["le même pour le prêt, ses versements et ses échéances", "the same for a loan, its disbursements and its instalments"]),
    12: LOAN_TYPE = term("loan-type", ["type de prêt", "type of loan"]),
    13: AMOUNT = money("amount", ["montant versé", "amount disbursed"]),
    14: PRINCIPAL = money("principal", ["capital restant", "outstanding principal"]),
    15: INTEREST = money("interest", ["intérêts restants", "outstanding interest"]),
    16: PAYMENT = money("payment", ["mensualité prévue", "scheduled payment"])
        .about(["assurance comprise", "with its insurance"]),
    17: CURRENCY = CURRENCY_FIELD,
    18: RATE = int("rate", Unit::BasisPoints, ["taux d’intérêt", "interest rate"]),
    19: RATE_KIND = term("rate-kind", ["type de taux", "type of rate"]),
    20: STATUS = term("status", ["état", "status"]),
    21: STATUS_ON = date("status-on", ["état depuis", "status since"]),
    22: SERVICER = term("servicer", ["gestionnaire", "servicer"]),
    23: DESCRIPTION = text("description", ["description", "description"]),
    24: EVIDENCE = text("evidence", ["adresse de la preuve", "address of evidence"]).named(),
    25: BALANCE_ON = date("balance-on", ["solde au", "balance on"])
        .about(["le jour du capital et des intérêts restants", "the day of the outstanding principal and interest"]),
    26: REMAINING = money("remaining", ["capital restant après l’échéance", "principal left after the instalment"]).running()
        .about(["d’après le tableau d’amortissement", "as the repayment table says"]),
    27: INSURANCE = money("insurance", ["dont assurance", "insurance included"])
        .about(["l’assurance de l’emprunteur, comprise dans la mensualité", "the borrower’s insurance, within the payment"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Education,
    version: 3,
    fields: FIELDS,
    time: START,
    end: Some(End::Day(END)),
    undated: true,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[ROW, START, TITLE, INSTITUTION, LOAN, LOAN_TYPE, AMOUNT, RESULT]),
    alike: None,
    parts: Some(Parts { of: LOAN, kind: ROW, sums: &[row::LOAN], parts: &[row::DISBURSEMENT, row::INSTALMENT] }),
    revision: Revision {
        values: &[END, LEVEL, CREDITS, PRINCIPAL, INTEREST, PAYMENT, RATE, STATUS, STATUS_ON, BALANCE_ON, REMAINING, INSURANCE],
        names: &[
            Name { required: &[LOAN], others: &[ROW, LOAN_TYPE, START], within: Within::Days },
            Name { required: &[TITLE, START], others: &[ROW, INSTITUTION], within: Within::Days },
        ],
        firmness: None,
    },
    totals: &[(AMOUNT, Some(ROW)), (PRINCIPAL, Some(ROW)), (INTEREST, Some(ROW))],
    fr: "formation",
    en: "education",
    about_fr: "Diplômes, cours, notes et prêts étudiants.",
    about_en: "Qualifications, courses, marks and student loans.",
    sdk: ("Learning", "entries"),
};
