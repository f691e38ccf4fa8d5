//! Qualifications, courses, marks and student loans.
//!
//! Written from the table of the category by `cargo xtask generate`.

use crate::data::{Terms, Texts, category, codes, day, long, money};
use crate::units::{Date, Money};

codes! {
    /// Kind of row.
    Row {
        /// Credential.
        Credential = 0,
        /// Course.
        Course = 1,
        /// Grade.
        Grade = 2,
        /// Enrolment.
        Enrolment = 3,
        /// Student loan.
        Loan = 4,
        /// Disbursement.
        Disbursement = 5,
        /// Grant.
        Grant = 6,
    }
}

codes! {
    /// Proof.
    Proof {
        /// Unsigned.
        None = 0,
        /// Signed.
        Present = 1,
    }
}

category! {
    Learning from crate::bindings::mesinfos::data::education;
    /// Data holder; who gave the data, e.g. a university.
    holder: Terms,
    /// Kind of row; 0 credential, 1 course, 2 grade, 3 enrolment, 4 student loan, 5 disbursement, 6
    /// grant.
    row: Vec<u8>,
    /// Start; days since 1970-01-01; of a credential, the day of the award.
    start: Vec<i32>,
    /// End; days since 1970-01-01.
    end: Vec<i32>,
    /// Title.
    title: Texts,
    /// Institution.
    institution: Terms,
    /// Level; number; level of the European Qualifications Framework, 1 to 8.
    level: Vec<i64>,
    /// Credits; thousandths; thousandths of a credit (ECTS in Europe).
    credits: Vec<i64>,
    /// Result.
    result: Texts,
    /// Proof; 0 unsigned, 1 signed; whether the file carries a signature; it is not verified here.
    proof: Vec<u8>,
    /// Loan; a pseudonym that holds within one run; the same for a loan and its disbursements.
    loan: Terms,
    /// Type of loan.
    loan_type: Terms,
    /// Amount disbursed; minor units of the currency (cents).
    amount: Vec<i64>,
    /// Outstanding principal; minor units of the currency (cents).
    principal: Vec<i64>,
    /// Outstanding interest; minor units of the currency (cents).
    interest: Vec<i64>,
    /// Scheduled payment; minor units of the currency (cents).
    payment: Vec<i64>,
    /// Currency; ISO 4217 code, three letters.
    currency: Terms,
    /// Interest rate; 1/100 per cent a year.
    rate: Vec<i64>,
    /// Type of rate.
    rate_kind: Terms,
    /// Status.
    status: Terms,
    /// Status since; days since 1970-01-01.
    status_on: Vec<i32>,
    /// Servicer.
    servicer: Terms,
    /// Description.
    description: Texts,
    /// Address of evidence; empty unless the person gave this very field.
    evidence: Texts,
}

/// The rows of `period`, from the oldest to the newest.
#[must_use]
pub fn entries(period: Period) -> Rows {
    all(period)
}

impl Learning {
    /// Data holder; who gave the data, e.g. a university.
    #[must_use]
    pub fn holder(&self) -> Option<&str> {
        self.page.holder().get(self.index)
    }

    /// Kind of row; 0 credential, 1 course, 2 grade, 3 enrolment, 4 student loan, 5 disbursement, 6
    /// grant.
    #[must_use]
    pub fn row(&self) -> Option<Row> {
        Row::get(self.page.row(), self.index)
    }

    /// Start; days since 1970-01-01; of a credential, the day of the award.
    #[must_use]
    pub fn start(&self) -> Option<Date> {
        day(self.page.start(), self.index)
    }

    /// End; days since 1970-01-01.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        day(self.page.end(), self.index)
    }

    /// Title.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.page.title().get(self.index)
    }

    /// Institution.
    #[must_use]
    pub fn institution(&self) -> Option<&str> {
        self.page.institution().get(self.index)
    }

    /// Level; number; level of the European Qualifications Framework, 1 to 8.
    #[must_use]
    pub fn level(&self) -> Option<i64> {
        long(self.page.level(), self.index)
    }

    /// Credits; thousandths; thousandths of a credit (ECTS in Europe).
    #[must_use]
    pub fn credits(&self) -> Option<i64> {
        long(self.page.credits(), self.index)
    }

    /// Result.
    #[must_use]
    pub fn result(&self) -> Option<&str> {
        self.page.result().get(self.index)
    }

    /// Proof; 0 unsigned, 1 signed; whether the file carries a signature; it is not verified here.
    #[must_use]
    pub fn proof(&self) -> Option<Proof> {
        Proof::get(self.page.proof(), self.index)
    }

    /// Loan; a pseudonym that holds within one run; the same for a loan and its disbursements.
    #[must_use]
    pub fn loan(&self) -> Option<&str> {
        self.page.loan().get(self.index)
    }

    /// Type of loan.
    #[must_use]
    pub fn loan_type(&self) -> Option<&str> {
        self.page.loan_type().get(self.index)
    }

    /// Amount disbursed; minor units of the currency (cents).
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        money(self.page.amount(), self.page.currency(), self.index)
    }

    /// Outstanding principal; minor units of the currency (cents).
    #[must_use]
    pub fn principal(&self) -> Option<Money> {
        money(self.page.principal(), self.page.currency(), self.index)
    }

    /// Outstanding interest; minor units of the currency (cents).
    #[must_use]
    pub fn interest(&self) -> Option<Money> {
        money(self.page.interest(), self.page.currency(), self.index)
    }

    /// Scheduled payment; minor units of the currency (cents).
    #[must_use]
    pub fn payment(&self) -> Option<Money> {
        money(self.page.payment(), self.page.currency(), self.index)
    }

    /// Currency; ISO 4217 code, three letters.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.page.currency().get(self.index)
    }

    /// Interest rate; 1/100 per cent a year.
    #[must_use]
    pub fn rate(&self) -> Option<i64> {
        long(self.page.rate(), self.index)
    }

    /// Type of rate.
    #[must_use]
    pub fn rate_kind(&self) -> Option<&str> {
        self.page.rate_kind().get(self.index)
    }

    /// Status.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.page.status().get(self.index)
    }

    /// Status since; days since 1970-01-01.
    #[must_use]
    pub fn status_on(&self) -> Option<Date> {
        day(self.page.status_on(), self.index)
    }

    /// Servicer.
    #[must_use]
    pub fn servicer(&self) -> Option<&str> {
        self.page.servicer().get(self.index)
    }

    /// Description.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.page.description().get(self.index)
    }

    /// Address of evidence; empty unless the person gave this very field.
    #[must_use]
    pub fn evidence(&self) -> Option<&str> {
        self.page.evidence().get(self.index)
    }
}
