//! Care, what it cost and who paid (FHIR `ExplanationOfBenefit`), and the items of a health record.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long, money};
use crate::units::{Date, Money};

codes! {
    /// Kind of row.
    Row {
        /// Claim.
        Claim = 0,
        /// Line of a claim.
        ClaimLine = 1,
        /// Item of the record.
        Item = 2,
    }
}

codes! {
    /// Kind.
    Kind {
        /// Professional.
        Professional = 0,
        /// Institutional.
        Institutional = 1,
        /// Pharmacy.
        Pharmacy = 2,
        /// Dental.
        Dental = 3,
        /// Vision.
        Vision = 4,
        /// Medication.
        Medication = 5,
        /// Allergy.
        Allergy = 6,
        /// Immunization.
        Immunization = 7,
        /// Problem.
        Problem = 8,
        /// Vital sign.
        Vital = 9,
        /// Laboratory result.
        LabResult = 10,
        /// Procedure.
        Procedure = 11,
        /// Appointment.
        Appointment = 12,
        /// Device.
        Device = 13,
        /// Encounter.
        Encounter = 14,
        /// Imaging.
        Imaging = 15,
        /// Activity.
        Activity = 16,
        /// Coverage.
        Coverage = 17,
        /// Other.
        Other = 18,
    }
}

category! {
    HealthEntry from crate::bindings::mesinfos::data::health;
    /// Data holder; who gave the data, e.g. "Medicare".
    holder: Terms,
    /// Kind of row; 0 claim, 1 line of a claim, 2 item of the record; a claim, one of its lines, or
    /// an item of the health record: never add them together.
    row: Vec<u8>,
    /// Claim; a pseudonym that holds within one run; the same for a claim and its lines.
    claim: Terms,
    /// Date; days since 1970-01-01; of the care, or of the item.
    on: Vec<i32>,
    /// End; days since 1970-01-01; the last day.
    until: Vec<i32>,
    /// Kind; 0 professional, 1 institutional, 2 pharmacy, 3 dental, 4 vision, 5 medication, 6
    /// allergy, 7 immunization, 8 problem, 9 vital sign, 10 laboratory result, 11 procedure, 12
    /// appointment, 13 device, 14 encounter, 15 imaging, 16 activity, 17 coverage, 18 other.
    kind: Vec<u8>,
    /// Label.
    label: Texts,
    /// Code system; e.g. "ICD-10", "CPT", "LOINC", "NDC".
    code_system: Terms,
    /// Code.
    code: Terms,
    /// Provider.
    provider: Terms,
    /// Quantity; thousandths.
    quantity: Vec<i64>,
    /// Charged; minor units of the currency (cents).
    charged: Vec<i64>,
    /// Allowed; minor units of the currency (cents).
    allowed: Vec<i64>,
    /// Paid by the insurer; minor units of the currency (cents).
    paid: Vec<i64>,
    /// Paid by the person; minor units of the currency (cents).
    patient: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Status.
    status: Terms,
    /// Value; as it is written, e.g. "120/80".
    value: Texts,
    /// Value as a number; thousandths; thousandths of `unit`.
    number: Vec<i64>,
    /// Unit; of `value` and `number` (UCUM where possible).
    unit: Terms,
    /// Dose.
    dose: Texts,
    /// Diagnoses; codes, with spaces between; empty unless the person gave this very field.
    diagnoses: Texts,
    /// Note; what the carer wrote; empty unless the person gave this very field.
    note: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn entries(period: Period) -> Rows {
    all(period)
}

impl HealthEntry {
    /// Data holder; who gave the data, e.g. "Medicare".
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 claim, 1 line of a claim, 2 item of the record; a claim, one of its lines, or
    /// an item of the health record: never add them together.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Claim; a pseudonym that holds within one run; the same for a claim and its lines.
    #[must_use]
    pub fn claim(&self) -> Option<&str> {
        self.page.claim().get(self.index)
    }

    /// Date; days since 1970-01-01; of the care, or of the item.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        day(self.page.on(), self.index)
    }

    /// End; days since 1970-01-01; the last day.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        day(self.page.until(), self.index)
    }

    /// Kind; 0 professional, 1 institutional, 2 pharmacy, 3 dental, 4 vision, 5 medication, 6
    /// allergy, 7 immunization, 8 problem, 9 vital sign, 10 laboratory result, 11 procedure, 12
    /// appointment, 13 device, 14 encounter, 15 imaging, 16 activity, 17 coverage, 18 other.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Kind::get(self.page.kind(), self.index)
    }

    /// Label.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.page.label().get(self.index)
    }

    /// Code system; e.g. "ICD-10", "CPT", "LOINC", "NDC".
    #[must_use]
    pub fn code_system(&self) -> Option<&str> {
        self.page.code_system().get(self.index)
    }

    /// Code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.page.code().get(self.index)
    }

    /// Provider.
    #[must_use]
    pub fn provider(&self) -> Option<&str> {
        self.page.provider().get(self.index)
    }

    /// Quantity; thousandths.
    #[must_use]
    pub fn quantity(&self) -> Option<i64> {
        long(self.page.quantity(), self.index)
    }

    /// Charged; minor units of the currency (cents).
    #[must_use]
    pub fn charged(&self) -> Option<Money> {
        money(self.page.charged(), self.page.currency(), self.index)
    }

    /// Allowed; minor units of the currency (cents).
    #[must_use]
    pub fn allowed(&self) -> Option<Money> {
        money(self.page.allowed(), self.page.currency(), self.index)
    }

    /// Paid by the insurer; minor units of the currency (cents).
    #[must_use]
    pub fn paid(&self) -> Option<Money> {
        money(self.page.paid(), self.page.currency(), self.index)
    }

    /// Paid by the person; minor units of the currency (cents).
    #[must_use]
    pub fn patient(&self) -> Option<Money> {
        money(self.page.patient(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Status.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.page.status().get(self.index)
    }

    /// Value; as it is written, e.g. "120/80".
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.page.value().get(self.index)
    }

    /// Value as a number; thousandths; thousandths of `unit`.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        long(self.page.number(), self.index)
    }

    /// Unit; of `value` and `number` (UCUM where possible).
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.page.unit().get(self.index)
    }

    /// Dose.
    #[must_use]
    pub fn dose(&self) -> Option<&str> {
        self.page.dose().get(self.index)
    }

    /// Diagnoses; codes, with spaces between; empty unless the person gave this very field.
    #[must_use]
    pub fn diagnoses(&self) -> Option<&str> {
        self.page.diagnoses().get(self.index)
    }

    /// Note; what the carer wrote; empty unless the person gave this very field.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.page.note().get(self.index)
    }
}
