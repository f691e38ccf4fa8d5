//! Claims as FHIR JSON: CMS Blue Button 2.0 (originally STU3) and CARIN Blue Button (R4).
//!
//! A file is one resource, one entry of a bundle (`{"fullUrl", "resource"}`), an array of resources, or a
//! bundle, whose entries stream. `ExplanationOfBenefit` yields a claim and its lines, `Coverage` an item;
//! the people and organisations that a search includes yield nothing.
//!
//! The two versions differ in names: a line's `service` became `productOrService`, and the totals of
//! `benefitBalance` became `total`. The meaning of an amount is in the code of its category: a short code
//! (`submitted`), words (`Submitted Charge Amount`) or a variable's URL, of which the last segment
//! counts. The currency is in `currency`, `code` or `system`, or missing: US dollars. Amounts may be on
//! lines only. A line with revenue code 0001 is the sum of the others, and is left out.

use super::entry::{Entry, Money, rounded, thousandths};
use crate::error::FormatError;
use crate::fault;
use crate::format::Format;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, RECORD, bounded, elements};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::health::{kind, row};
use mesinfos_model::money::{exponent, is_code};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The `fhir-claims` format.
pub(crate) struct FhirClaims;

static ABOUT: FormatInfo = FormatInfo {
    id: "fhir-claims",
    fr: "Remboursements FHIR (Blue Button 2.0, CARIN)",
    en: "FHIR claims (Blue Button 2.0, CARIN)",
    origin: "CMS Blue Button 2.0…",
    categories: &[Category::Health],
    looks_for: "JSON with a \"resourceType\" of FHIR: ExplanationOfBenefit, Coverage, or a bundle of them",
    spec: "https://hl7.org/fhir/us/carin-bb/",
    counts: OrdinalKind::Entries,
};

/// Resources that accompany claims, and contain none.
const COMPANIONS: &[&str] = &[
    "Patient",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "RelatedPerson",
    "Location",
    "OperationOutcome",
];

/// Meaning of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Charged,
    Allowed,
    /// Paid by the insurer, to any recipient: these add up.
    Paid,
    /// The total payable by the insurer.
    Benefit,
    /// Paid by the person.
    PaidByPatient,
    /// A part of the person's share: these add up.
    Share,
    /// The total payable by the person, or the part beside their shares.
    Liability,
}

/// Categories of amounts: FHIR and CARIN codes, then CMS words and variables; in lower case.
static CATEGORIES: &[(&str, Role)] = &[
    ("submitted", Role::Charged),
    ("eligible", Role::Allowed),
    ("benefit", Role::Benefit),
    ("paidtoprovider", Role::Paid),
    ("paidtopatient", Role::Paid),
    ("paidbypatient", Role::PaidByPatient),
    ("deductible", Role::Share),
    ("copay", Role::Share),
    ("coinsurance", Role::Share),
    ("memberliability", Role::Liability),
    ("submitted charge amount", Role::Charged),
    ("allowed charge amount", Role::Allowed),
    ("provider payment amount", Role::Paid),
    ("payment amount to beneficiary", Role::Paid),
    ("beneficiary deductible amount", Role::Share),
    ("nch beneficiary part b deductible amount", Role::Share),
    ("coinsurance amount", Role::Share),
    ("clm_tot_chrg_amt", Role::Charged),
    ("line_sbmtd_chrg_amt", Role::Charged),
    ("rev_cntr_tot_chrg_amt", Role::Charged),
    ("nch_carr_clm_sbmtd_chrg_amt", Role::Charged),
    ("tot_rx_cst_amt", Role::Charged),
    ("line_alowd_chrg_amt", Role::Allowed),
    ("nch_carr_clm_alowd_amt", Role::Allowed),
    ("line_nch_pmt_amt", Role::Benefit),
    ("rev_cntr_pmt_amt_amt", Role::Benefit),
    ("clm_pmt_amt", Role::Benefit),
    ("line_prvdr_pmt_amt", Role::Paid),
    ("line_bene_pmt_amt", Role::Paid),
    ("nch_clm_prvdr_pmt_amt", Role::Paid),
    ("nch_clm_bene_pmt_amt", Role::Paid),
    ("ptnt_pay_amt", Role::PaidByPatient),
    ("line_bene_ptb_ddctbl_amt", Role::Share),
    ("line_coinsrnc_amt", Role::Share),
    ("carr_clm_cash_ddctbl_apld_amt", Role::Share),
];

/// Code systems by the end of their URL.
static SYSTEMS: &[(&str, &str)] = &[
    ("sid/icd-9-cm", "ICD-9-CM"),
    ("sid/icd-10-cm", "ICD-10-CM"),
    ("go/cpt", "CPT"),
    ("HCPCS", "HCPCS"),
    ("MedHCPCSGenInfo/index.html", "HCPCS"),
    ("HCPCSReleaseCodeSets", "HCPCS"),
    ("sid/ndc", "NDC"),
    ("ada.org/cdt", "CDT"),
    ("RevenueCodes", "NUBC revenue code"),
    ("rev_cntr", "NUBC revenue code"),
];

impl Format for FhirClaims {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let is_type = |name: &str| type_at(head.text(), name);
        head.is_json_with(&["\"resourceType\""])
            && (is_type("ExplanationOfBenefit")
                || is_type("Coverage")
                || is_type("Bundle")
                || COMPANIONS.iter().any(|c| is_type(c)))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = input.head.text();
        if text.trim_start().starts_with('[') {
            return elements(input.text(), &[], &mut |n, raw| resource(n, raw, true, rows));
        }
        if has_entries(text) {
            return elements(input.text(), &["entry"], &mut |n, raw| resource(n, raw, true, rows));
        }
        // A single resource is one record, bounded like an entry of a bundle.
        let text = input.string(RECORD)?;
        bounded(&text)?;
        resource(1, &text, false, rows)
    }
}

/// Whether any `"resourceType"` has this name.
fn type_at(text: &str, name: &str) -> bool {
    text.split("\"resourceType\"").skip(1).any(|after| {
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        value
            .and_then(|value| value.strip_prefix('"'))
            .and_then(|value| value.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('"'))
    })
}

/// Whether there is an array `entry`, the mark of a bundle, wherever its own type is.
fn has_entries(text: &str) -> bool {
    text.split("\"entry\"").skip(1).any(|after| {
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        value.is_some_and(|value| value.starts_with('['))
    })
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Typed {
    resource_type: Option<String>,
}

#[derive(Deserialize, Default)]
struct Coding {
    system: Option<String>,
    code: Option<String>,
    display: Option<String>,
}

#[derive(Deserialize, Default)]
struct Concept {
    #[serde(default)]
    coding: Vec<Coding>,
    text: Option<String>,
}

#[derive(Deserialize, Default)]
struct Reference {
    display: Option<String>,
}

#[derive(Deserialize, Default)]
struct Period {
    start: Option<String>,
    end: Option<String>,
}

#[derive(Deserialize)]
struct Identifier {
    value: Option<String>,
}

#[derive(Deserialize)]
struct Amount {
    value: Option<Box<RawValue>>,
    currency: Option<String>,
    code: Option<String>,
    system: Option<String>,
}

#[derive(Deserialize)]
struct Quantity {
    value: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adjudication {
    /// STU3 calls it `type` in a balance.
    #[serde(alias = "type")]
    category: Option<Concept>,
    #[serde(alias = "allowedMoney")]
    amount: Option<Amount>,
}

#[derive(Deserialize)]
struct Balance {
    #[serde(default)]
    financial: Vec<Adjudication>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Diagnosis {
    diagnosis_codeable_concept: Option<Concept>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(alias = "service")]
    product_or_service: Option<Concept>,
    revenue: Option<Concept>,
    serviced_date: Option<String>,
    serviced_period: Option<Period>,
    quantity: Option<Quantity>,
    #[serde(default)]
    adjudication: Vec<Adjudication>,
}

#[derive(Deserialize)]
struct Payment {
    amount: Option<Amount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claim {
    id: Option<String>,
    #[serde(default)]
    identifier: Vec<Identifier>,
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    sub_type: Option<Concept>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    billable_period: Option<Period>,
    insurer: Option<Reference>,
    provider: Option<Reference>,
    #[serde(default)]
    diagnosis: Vec<Diagnosis>,
    #[serde(default)]
    item: Vec<Item>,
    #[serde(default)]
    total: Vec<Adjudication>,
    #[serde(default)]
    adjudication: Vec<Adjudication>,
    #[serde(default)]
    benefit_balance: Vec<Balance>,
    payment: Option<Payment>,
    /// The charge, in STU3.
    total_cost: Option<Amount>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Grouping {
    sub_group: Option<String>,
    sub_plan: Option<String>,
}

#[derive(Deserialize)]
struct Class {
    #[serde(rename = "type")]
    kind: Option<Concept>,
    value: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Coverage {
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Concept>,
    period: Option<Period>,
    #[serde(default)]
    payor: Vec<Reference>,
    #[serde(default)]
    class: Vec<Class>,
    grouping: Option<Grouping>,
}

/// The problem in a resource or a line: the field, and the reason.
type Wrong = (&'static str, Reason);

/// Reads one resource, or an entry that wraps one. With `among`, the companions of claims are skipped.
fn resource(n: u64, raw: &str, among: bool, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let inner = match serde_json::from_str::<Wrapped<'_>>(raw) {
        Ok(wrapped) => wrapped.resource.map_or(raw, RawValue::get),
        // A single truncated resource is a truncated file.
        Err(error) if !among => return Err(FormatError::broken(n, fault::json(&error))),
        Err(_) => raw,
    };
    let kind = serde_json::from_str::<Typed>(inner).ok().and_then(|typed| typed.resource_type);
    let kind = kind.as_deref().unwrap_or_default();
    let read = match kind {
        "ExplanationOfBenefit" => serde_json::from_str(inner).map(|claim| push_claim(n, inner, &claim, rows)),
        "Coverage" => serde_json::from_str(inner).map(|cover| push_coverage(n, inner, &cover, rows)),
        // A bundle without entries, or an entry of a search without results.
        "Bundle" => return Ok(()),
        kind if among && COMPANIONS.contains(&kind) => return Ok(()),
        kind => {
            let reason = match kind {
                "" => Reason::NoResourceType,
                kind => Reason::no_claim_in(kind),
            };
            rows.reject(n, Some("resourceType"), reason);
            return Ok(());
        }
    };
    match read {
        Ok(pushed) => pushed,
        Err(error) => {
            rows.reject(n, Some(kind), fault::record(&error));
            Ok(())
        }
    }
}

/// The insurer, or nothing if it is not named. CMS does not name itself as the insurer.
fn holder<'a>(raw: &str, named: Option<&'a str>) -> &'a str {
    let is_cms = raw.contains("bluebutton.cms.gov") || raw.contains("bluebutton.cms.hhs.gov");
    named.filter(|name| !name.is_empty()).unwrap_or(if is_cms { "Medicare" } else { "" })
}

/// Statuses of an explanation of benefit that counts for nothing
/// (https://hl7.org/fhir/R4B/valueset-explanationofbenefit-status.html).
const NOT_IN_FORCE: &[&str] = &["cancelled", "draft", "entered-in-error"];

fn push_claim(n: u64, raw: &str, claim: &Claim, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    if let Some(purpose) = claim.purpose.as_deref().filter(|purpose| *purpose != "claim") {
        rows.reject(n, Some("use"), Reason::not_paid(purpose));
        return Ok(());
    }
    if let Some(status) = claim.status.as_deref().filter(|status| NOT_IN_FORCE.contains(status)) {
        rows.reject(n, Some("status"), Reason::not_in_force(status));
        return Ok(());
    }
    let display = |reference: &Option<Reference>| reference.as_ref().and_then(|r| r.display.clone());
    let (insurer, provider) = (display(&claim.insurer), display(&claim.provider));
    let number = claim.id.as_deref().or(claim.identifier.iter().find_map(|i| i.value.as_deref()));
    let codes: Vec<&str> = claim.diagnosis.iter().filter_map(diagnosis).collect();
    let codes = codes.join(" ");
    let common = Entry {
        holder: holder(raw, insurer.as_deref()),
        claim: number,
        kind: kind(claim),
        provider: provider.as_deref(),
        status: claim.status.as_deref(),
        ..Entry::default()
    };
    let period = claim.billable_period.as_ref();
    let of_claim = period.map_or(Ok((None, None)), |period| days(period, "billablePeriod"));
    let of_claim = of_claim.and_then(|(on, until)| {
        let diagnoses = Some(codes.as_str()).filter(|codes| !codes.is_empty());
        Ok(Entry { row: row::CLAIM, on, until, diagnoses, money: total(claim)?, ..common })
    });
    let on = match of_claim {
        Ok(entry) => {
            entry.push(rows, n)?;
            entry.on
        }
        Err((field, reason)) => {
            rows.reject(n, Some(field), reason);
            None
        }
    };
    for item in claim.item.iter().filter(|item| !is_sum(item)) {
        match line(item, on, common) {
            Ok(entry) => entry.push(rows, n)?,
            Err((field, reason)) => rows.reject(n, Some(field), reason),
        }
    }
    Ok(())
}

fn diagnosis(diagnosis: &Diagnosis) -> Option<&str> {
    diagnosis.diagnosis_codeable_concept.as_ref()?.coding.iter().find_map(|coding| coding.code.as_deref())
}

/// Whether a line is the sum of the others.
fn is_sum(item: &Item) -> bool {
    let codes = item.revenue.iter().flat_map(|revenue| &revenue.coding);
    codes.into_iter().any(|coding| coding.code.as_deref() == Some("0001"))
}

fn line<'a>(item: &'a Item, on: Option<i64>, claim: Entry<'a>) -> Result<Entry<'a>, Wrong> {
    let (from, until) = match (&item.serviced_date, &item.serviced_period) {
        (Some(date), _) => (Some(day(date, "servicedDate")?), None),
        (None, Some(period)) => days(period, "servicedPeriod")?,
        (None, None) => (None, None),
    };
    let coded = |concept: &'a Option<Concept>| concept.as_ref().and_then(coding);
    let what = coded(&item.product_or_service).or(coded(&item.revenue));
    let words = item.product_or_service.as_ref().and_then(|what| what.text.as_deref());
    let quantity = item.quantity.as_ref().and_then(|quantity| quantity.value.as_deref());
    Ok(Entry {
        row: row::CLAIM_LINE,
        on: from.or(on),
        until,
        label: what.and_then(|what| what.display.as_deref()).or(words),
        code_system: what.and_then(|what| what.system.as_deref()).map(system),
        code: what.and_then(|what| what.code.as_deref()),
        quantity: quantity.and_then(|value| thousandths(value.get())),
        money: money(item.adjudication.iter())?,
        ..claim
    })
}

/// The first meaningful code: "not applicable" is a code, too.
fn coding(concept: &Concept) -> Option<&Coding> {
    concept.coding.iter().find(|coding| {
        coding.code.is_some()
            && !coding.system.as_deref().is_some_and(|system| system.ends_with("data-absent-reason"))
    })
}

fn system(address: &str) -> &str {
    SYSTEMS.iter().find(|(end, _)| address.ends_with(end)).map_or(address, |(_, name)| *name)
}

/// Kind of a claim, from CARIN and FHIR codes, or CMS's claim type number.
fn kind(claim: &Claim) -> i64 {
    let codings = [&claim.kind, &claim.sub_type].into_iter().flatten().flat_map(|concept| &concept.coding);
    let mut codes = codings.filter_map(|coding| coding.code.as_deref());
    codes
        .find_map(|code| match code.to_ascii_lowercase().as_str() {
            "professional" | "carrier" | "71" | "72" | "81" | "82" => Some(kind::PROFESSIONAL),
            "institutional" | "inpatient" | "outpatient" | "inpatient-facility" | "outpatient-facility" => {
                Some(kind::INSTITUTIONAL)
            }
            "10" | "20" | "30" | "40" | "50" | "60" | "61" | "62" | "63" | "64" => Some(kind::INSTITUTIONAL),
            "pharmacy" | "pde" => Some(kind::PHARMACY),
            "oral" => Some(kind::DENTAL),
            "vision" => Some(kind::VISION),
            _ => None,
        })
        .unwrap_or(kind::OTHER)
}

/// Amounts of a whole claim: its totals, else its adjudication, else its balances.
fn total(claim: &Claim) -> Result<Money<'_>, Wrong> {
    let balances = claim.benefit_balance.iter().flat_map(|balance| &balance.financial);
    let mut money = match (claim.total.is_empty(), claim.adjudication.is_empty()) {
        (false, _) => money(claim.total.iter())?,
        (true, false) => money(claim.adjudication.iter())?,
        (true, true) => money(balances)?,
    };
    if money.charged.is_none()
        && let Some((value, currency)) = claim.total_cost.as_ref().map(read_amount).transpose()?.flatten()
        && money.currency.is_none_or(|other| other == currency)
    {
        money.charged = Some(value);
        money.currency = Some(currency);
    }
    if money.paid.is_none()
        && let Some(amount) = claim.payment.as_ref().and_then(|payment| payment.amount.as_ref())
        && let Some((value, currency)) = read_amount(amount)?
    {
        money.paid = Some(value);
        money.currency = money.currency.or(Some(currency));
    }
    Ok(money)
}

/// Combines the amounts of one claim or line.
fn money<'a>(adjudications: impl Iterator<Item = &'a Adjudication>) -> Result<Money<'a>, Wrong> {
    let mut sums: [(Role, Option<i64>); 7] = [
        (Role::Charged, None),
        (Role::Allowed, None),
        (Role::Paid, None),
        (Role::Benefit, None),
        (Role::PaidByPatient, None),
        (Role::Share, None),
        (Role::Liability, None),
    ];
    let mut currency = None;
    for adjudication in adjudications {
        let Some(role) = adjudication.category.as_ref().and_then(role) else { continue };
        let Some((value, own)) = adjudication.amount.as_ref().map(read_amount).transpose()?.flatten() else {
            continue;
        };
        if *currency.get_or_insert(own) != own {
            return Err(("currency", Reason::mixed_currencies(own)));
        }
        for (_, sum) in sums.iter_mut().filter(|(other, _)| *other == role) {
            let adds_up = matches!(role, Role::Paid | Role::Share);
            *sum = match *sum {
                Some(before) if adds_up => Some(before.saturating_add(value)),
                Some(before) => Some(before),
                None => Some(value),
            };
        }
    }
    let of = |role| sums.iter().find(|(other, _)| *other == role).and_then(|(_, sum)| *sum);
    Ok(Money {
        charged: of(Role::Charged),
        allowed: of(Role::Allowed),
        paid: of(Role::Paid).or(of(Role::Benefit)),
        patient: of(Role::PaidByPatient).or(of(Role::Share)).or(of(Role::Liability)),
        currency,
    })
}

/// Role of a category. CMS codes it by a variable, and by a FHIR code that several variables share: the variable decides,
/// also if it is none of ours, else parts of a sum would be added to it.
fn role(category: &Concept) -> Option<Role> {
    let codes = || category.coding.iter().filter_map(|coding| coding.code.as_deref());
    let known = |code: &str| {
        // The URL of a variable ends with its name.
        let end = code.rsplit('/').next().unwrap_or(code).to_ascii_lowercase();
        CATEGORIES.iter().find(|(name, _)| *name == end).map(|(_, role)| *role)
    };
    match codes().find(|code| code.contains("/variables/")) {
        Some(variable) => known(variable),
        None => codes().find_map(known),
    }
}

/// An amount in minor units, and its currency; `None` without a value.
fn read_amount(amount: &Amount) -> Result<Option<(i64, &str)>, Wrong> {
    let Some(value) = amount.value.as_deref().map(RawValue::get).filter(|value| *value != "null") else {
        return Ok(None);
    };
    let said = [&amount.currency, &amount.code, &amount.system];
    let currency =
        said.into_iter().filter_map(|text| text.as_deref()).find(|text| is_code(text)).unwrap_or("USD");
    match rounded(value, u32::from(exponent(currency))) {
        Some(minor) => Ok(Some((minor, currency))),
        None => Err(("amount", Reason::not_an_amount_of(value, currency))),
    }
}

fn push_coverage(n: u64, raw: &str, cover: &Coverage, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let payor = cover.payor.iter().find_map(|payor| payor.display.as_deref());
    let days = cover.period.as_ref().map_or(Ok((None, None)), |period| days(period, "period"));
    let (on, until) = match days {
        Ok(days) => days,
        Err((field, reason)) => {
            rows.reject(n, Some(field), reason);
            return Ok(());
        }
    };
    let label = coverage_label(cover);
    Entry {
        holder: holder(raw, payor),
        on,
        until,
        kind: kind::COVERAGE,
        label: label.as_deref(),
        provider: payor,
        status: cover.status.as_deref(),
        ..Entry::default()
    }
    .push(rows, n)
}

/// Name of the plan, else its classes ("Medicare Part A"), else the kind of insurance.
fn coverage_label(cover: &Coverage) -> Option<String> {
    let is_plan = |class: &&Class| {
        class.kind.iter().flat_map(|kind| &kind.coding).any(|coding| coding.code.as_deref() == Some("plan"))
    };
    let plan = cover.class.iter().find(is_plan).or(cover.class.first());
    if let Some(name) = plan.and_then(|class| class.name.clone()) {
        return Some(name);
    }
    // CMS writes the group and the plan; in STU3, as a grouping.
    let grouping = cover.grouping.iter().flat_map(|grouping| [&grouping.sub_group, &grouping.sub_plan]);
    let values = cover.class.iter().map(|class| &class.value).chain(grouping);
    let values: Vec<&str> = values.filter_map(|value| value.as_deref()).collect();
    if !values.is_empty() {
        return Some(values.join(" "));
    }
    let kind = cover.kind.as_ref()?;
    let coding = coding(kind);
    let words = coding.and_then(|coding| coding.display.clone()).or(kind.text.clone());
    words.or_else(|| coding.and_then(|coding| coding.code.clone()))
}

/// A FHIR date: a day, or an instant, of which the local day counts; a year or a month means its first
/// day.
fn day(text: &str, field: &'static str) -> Result<i64, Wrong> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    time::days(&whole, "ymd").ok_or_else(|| (field, Reason::not_a_date(text, "2020-12-31")))
}

fn days(period: &Period, field: &'static str) -> Result<(Option<i64>, Option<i64>), Wrong> {
    let read = |text: &Option<String>| text.as_deref().map(|text| day(text, field)).transpose();
    Ok((read(&period.start)?, read(&period.end)?))
}

#[cfg(test)]
mod tests {
    use crate::{Read, read_all};
    use mesinfos_model::category::health;
    use mesinfos_model::{Batch, Category, Day};

    fn read(text: &str) -> (Read, Batch) {
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.pop().unwrap_or_else(|| Batch::empty(Category::Health)))
    }

    fn amount(category: &str, value: &str) -> String {
        format!(
            r#"{{"category":{{"coding":[{{"code":"{category}"}}]}},"amount":{{"value":{value},"currency":"USD"}}}}"#
        )
    }

    fn claim(more: &str) -> String {
        format!(
            r#"{{"resourceType":"ExplanationOfBenefit","id":"e1","status":"active","use":"claim",
            "type":{{"coding":[{{"code":"oral"}}]}},"billablePeriod":{{"start":"2021-03-01","end":"2021-03-31T00:00:00-05:00"}},
            "insurer":{{"display":"Good Plan"}},"diagnosis":[{{"diagnosisCodeableConcept":{{"coding":[{{"code":"Z01.21"}}]}}}}]{more}}}"#
        )
    }

    #[test]
    fn a_claim_of_r4_with_its_totals_and_lines() {
        let (a, b, c, d) = (
            amount("submitted", "410"),
            amount("copay", "20.5"),
            amount("deductible", "1"),
            amount("benefit", "30.299999999999997"),
        );
        let line = amount("submitted", "190.00");
        let more = format!(
            r#","total":[{a},{b},{c},{d}],"item":[{{"productOrService":{{"coding":[{{"system":"http://www.ada.org/cdt","code":"D1110","display":"Cleaning"}}]}},
            "servicedDate":"2021-03-18","quantity":{{"value":1.5}},"adjudication":[{line}]}},
            {{"revenue":{{"coding":[{{"code":"0001"}}]}},"adjudication":[{line}]}}]"#
        );
        let (read, batch) = read(&claim(&more));
        assert_eq!((read.rows, read.rejected_count), (2, 0), "{:?}", read.rejected);
        assert_eq!(batch.integer(health::CHARGED, 0), Some(41_000));
        assert_eq!(batch.integer(health::PATIENT, 0), Some(2_150));
        assert_eq!(batch.integer(health::PAID, 0), Some(3_030));
        assert_eq!(batch.integer(health::ALLOWED, 0), None);
        assert_eq!(batch.integer(health::KIND, 0), Some(health::kind::DENTAL));
        assert_eq!(batch.text(health::DIAGNOSES, 0), Some("Z01.21"));
        assert_eq!(batch.integer(health::UNTIL, 0), Day::from_ymd(2021, 3, 31).map(|d| i64::from(d.0)));
        assert_eq!(
            (batch.text(health::CODE_SYSTEM, 1), batch.text(health::LABEL, 1)),
            (Some("CDT"), Some("Cleaning"))
        );
        assert_eq!(batch.integer(health::QUANTITY, 1), Some(1_500));
        assert_eq!(batch.day(1), Day::from_ymd(2021, 3, 18));
        assert_eq!(batch.text(health::CURRENCY, 1), Some("USD"));
    }

    #[test]
    fn a_claim_of_stu3_in_an_entry() {
        let text = r#"{"fullUrl":"https://x/v1","resource":{"resourceType":"ExplanationOfBenefit","id":"carrier-2",
            "type":{"coding":[{"system":"https://bluebutton.cms.gov/resources/variables/nch_clm_type_cd","code":"71"}]},
            "billablePeriod":{"start":"2015-04-01"},"insurance":{"coverage":{"reference":"Coverage/b"}},
            "payment":{"amount":{"value":0,"system":"USD"}},
            "item":[{"service":{"coding":[{"system":"https://www.cms.gov/Medicare/Coding/MedHCPCSGenInfo/index.html","code":"99203"}]},
            "adjudication":[{"category":{"coding":[{"code":"https://bluebutton.cms.gov/resources/variables/line_sbmtd_chrg_amt"}]},"amount":{"value":200,"system":"urn:std:iso:4217","code":"USD"}},
            {"category":{"coding":[{"code":"Coinsurance Amount"}]},"amount":{"value":1,"code":"USD"}},{"category":{"coding":[{"code":"Beneficiary Deductible Amount"}]},"amount":{"value":2}}]}],
            "benefitBalance":[{"financial":[{"type":{"coding":[{"code":"Submitted Charge Amount"}]},"allowedMoney":{"value":300,"system":"USD"}}]}]}}"#;
        let (read, batch) = read(text);
        assert_eq!((read.rows, read.rejected_count), (2, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::HOLDER, 0), Some("Medicare"));
        assert_eq!(
            (batch.integer(health::CHARGED, 0), batch.integer(health::PAID, 0)),
            (Some(30_000), Some(0))
        );
        assert_eq!(
            (batch.integer(health::CHARGED, 1), batch.integer(health::PATIENT, 1)),
            (Some(20_000), Some(300))
        );
        assert_eq!(batch.text(health::CODE_SYSTEM, 1), Some("HCPCS"));
        assert_eq!(batch.day(1), Day::from_ymd(2015, 4, 1));
    }

    #[test]
    fn a_bundle_streams_and_its_companions_are_passed_over() {
        let coverage = r#"{"resourceType":"Coverage","status":"active","period":{"start":"2020-01"},"class":[{"name":"A"},{"type":{"coding":[{"code":"plan"}]},"name":"B"}]}"#;
        let text = format!(
            r#"{{"id":"x","entry":[{{"resource":{}}},{{"resource":{coverage}}},{{"resource":{{"resourceType":"Patient"}}}},
            {{"resource":{{"resourceType":"Observation"}}}},{{"resource":{{"resourceType":"Coverage","period":{{"start":"2020-02-30"}}}}}}],"resourceType":"Bundle"}}"#,
            claim("")
        );
        let (read, batch) = read(&text);
        assert_eq!((read.rows, read.rejected_count), (2, 2));
        assert_eq!(read.rejected[0].line, Some(4));
        assert_eq!(batch.text(health::LABEL, 1), Some("B"));
        assert_eq!(batch.day(1), Day::from_ymd(2020, 1, 1));
        let cms = r#"{"resourceType":"Coverage","class":[{"value":"Medicare"},{"type":{"coding":[{"code":"plan"}]},"value":"Part A"}]}"#;
        assert_eq!(self::read(cms).1.text(health::LABEL, 0), Some("Medicare Part A"));
        // Rows before a break are kept.
        let cut = read_all(&text.as_bytes()[..text.find("\"Patient\"").unwrap()]).unwrap().0;
        assert_eq!((cut[0].rows, cut[0].rejected_count), (2, 1));
    }

    #[test]
    fn what_is_no_claim_or_no_money_is_rejected() {
        let reason =
            |text: &str| read(text).0.rejected.first().map(|r| r.reason.to_string()).unwrap_or_default();
        assert!(reason(r#"{"resourceType":"Patient","id":"1"}"#).contains("holds no claim"));
        assert!(
            reason(&claim("").replace("\"use\":\"claim\"", "\"use\":\"preauthorization\""))
                .contains("nothing was paid")
        );
        let bad = format!(r#","total":[{}]"#, amount("submitted", "1e400"));
        assert!(reason(&claim(&bad)).contains("is not an amount"));
        let mixed = amount("benefit", "1").replace("USD", "EUR");
        assert!(
            reason(&claim(&format!(r#","total":[{},{mixed}]"#, amount("submitted", "1"))))
                .contains("mixed with other currencies")
        );
        assert_eq!(reason(&claim(r#","item":{}"#)), "\"{…}\" is not what is expected there");
        assert!(read_all(&claim("").as_bytes()[..200]).is_err());
    }
}
