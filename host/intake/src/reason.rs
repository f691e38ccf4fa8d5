//! Reasons why a row, the rest of a file or a file cannot be read: a closed list, independent of
//! language.
//!
//! The texts here are English, for logs and developers. The texts for people are in `host/words`, keyed
//! by the name of each reason, and a test there fails if one is missing.

use crate::counts::OrdinalKind;
use crate::display_text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares the reasons. A reason with parts gets a constructor, which keeps only the displayable portion
/// of each part.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $(= $make:ident { $($part:ident),+ })? => $words:literal,)*) => {
        /// The reason why something cannot be read. The parts are texts of the file, or examples.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each says what it is in its words")]
        pub enum Reason {
            $($(#[$doc])* $name $({ $($part: String),+ })?,)*
        }

        impl Reason {
            /// The name of each reason, and of its parts.
            pub const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$((stringify!($name), &[$($(stringify!($part)),+)?])),*];

            $($(
                pub(crate) fn $make($($part: impl AsRef<str>),+) -> Reason {
                    Reason::$name { $($part: display_text::part($part.as_ref())),+ }
                }
            )?)*

            /// Its name, one of [`Reason::ALL`].
            pub fn name(&self) -> &'static str {
                match self {
                    $(Reason::$name { .. } => stringify!($name),)*
                }
            }

            /// Its parts, by name.
            pub fn parts(&self) -> Vec<(&'static str, &str)> {
                match self {
                    $(Reason::$name $({ $($part),+ })? => vec![$($((stringify!($part), $part.as_str())),+)?],)*
                }
            }

            /// The same reason with each part passed through `clean`. The process that reads hostile
            /// files may be compromised, so texts in its reasons must not be trusted.
            #[must_use]
            pub fn cleaned(self, clean: impl Fn(&str) -> String) -> Reason {
                match self {
                    $(Reason::$name $({ $($part),+ })? => Reason::$name $({ $($part: clean(&$part)),+ })?,)*
                }
            }
        }

        impl fmt::Display for Reason {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Reason::$name $({ $($part),+ })? => write!(f, $words $(, $($part = $part),+)?),)*
                }
            }
        }
    };
}

reasons! {
    // Values.
    NotADate = not_a_date { text, example } => "\"{text}\" is not a date like {example}",
    NotAnInstant = not_an_instant { text, example } => "\"{text}\" is not an instant like {example}",
    NotATime = not_a_time { text, example } => "\"{text}\" is not a time like {example}",
    NotAPeriod = not_a_period { text, example } => "\"{text}\" is not a period like {example}",
    NotAYear = not_a_year { text, example } => "\"{text}\" is not a year like {example}",
    NotARate = not_a_rate { text, example } => "\"{text}\" is not a rate like {example}",
    NotAStep = not_a_step { text, example } => "\"{text}\" is no step like {example}",
    NotMilliseconds = not_milliseconds { text } => "\"{text}\" is no date: milliseconds since 1970 were expected",
    NotUtcSeconds = not_utc_seconds { text } => "{text} is no time in UTC seconds",
    NotSeconds = not_seconds { text } => "\"{text}\" is no number of seconds",
    NotAnAmount = not_an_amount { text } => "\"{text}\" is not an amount",
    NotAnAmountAs = not_an_amount_as { text, example } => "\"{text}\" is not an amount like {example}",
    NotAnAmountOf = not_an_amount_of { text, currency } => "\"{text}\" is not an amount of {currency}",
    NotACurrency = not_a_currency { text } => "\"{text}\" is not a currency like EUR",
    NotANumber = not_a_number { text } => "\"{text}\" is not a number",
    NotANumberOf = not_a_number_of { text, unit } => "\"{text}\" is not a number of {unit}",
    NotAWholeNumberOf = not_a_whole_number_of { text, unit } => "\"{text}\" is not a whole number of {unit}",
    NotAQuantity = not_a_quantity { text } => "\"{text}\" is not a quantity",
    TooManyDecimals = too_many_decimals { text, digits } => "\"{text}\" is not a number with at most {digits} decimals",
    NotOneOf = not_one_of { text, expected } => "\"{text}\" is none of {expected}",
    OutOfBounds = out_of_bounds { text } => "{text} is out of all bounds",
    NotDegrees = not_degrees { latitude, longitude } => "\"{latitude}\", \"{longitude}\" is no position in degrees",
    NotOnEarth = not_on_earth { latitude, longitude } => "{latitude}, {longitude} is not on Earth",
    DateOutOfBounds => "the date is out of all bounds",
    DateOutOfYears => "the date is not between the years 1 and 9999",
    NoSuchDate = no_such_date { text } => "\"{text}\" is not a date that can be",
    WholeNumberExpected => "a whole number is expected",
    WholeSecondsExpected => "a whole number of seconds is expected",
    SecondsOrDateExpected => "seconds since 1970 or a date are expected",
    StepExpected => "a step of 1 minute to 1 hour, like PT30M is expected",
    DurationExpected => "a duration of 1 second to 400 days is expected",
    HundredThousandthsExpected => "a whole number of 1/100000 of the currency is expected",
    LatitudeExpected => "it is no number of degrees between -90 and 90",
    LongitudeExpected => "it is no number of degrees between -180 and 180",
    Negative => "it is negative",
    SignOfItsOwn = sign_of_its_own { text } => "\"{text}\" has a sign of its own",
    NoTimeBetween = no_time_between { from, until } => "from {from} until {until} is no time",
    EndNotAfterStart => "it is not after \"start\"",
    OutsideThePeriod = outside_the_period { number } => "reading {number} is not within the period",

    // Missing values.
    Missing => "it is missing",
    NoDate => "there is no date",
    NoTime => "there is no time",
    NoAmount => "there is no amount",
    NoName => "there is no name",
    NoPageAddress => "there is no address",
    NoPosition => "there is no position",
    NoPositionAs = no_position_as { example } => "there is no position such like {example}",
    NoOrderNumber => "there is no order number",
    NoValue => "the line has no cell for the value",
    NoStart => "neither the reading nor its block has a start",
    NoUsageColumn => "the table has no column for it",
    NoReadingType => "there is no ReadingType for this block, so its unit is not known",
    NoBillCurrency => "a bill without a currency that is known has no amount",
    NoMeasureType => "there is no type of what was measured",
    NoWorkoutType => "there is no kind of workout",
    NoResourceType => "it has no type: ExplanationOfBenefit or Coverage is expected",
    NoTransactionType => "the kind of transaction is missing",
    NoAchievement => "there is no \"achievement\" in it",
    NoAgreementNumber => "an agreement needs a number",
    NoAccountNumber => "an account needs a number",
    NoLocationAddress => "a service location needs an address",
    NoMeterNumber => "a meter needs a number, a type or a form",
    NobodyNamed => "the card has no name, telephone number or e-mail address",
    NoSuchPage = no_such_page { table } => "there is no page with this key in {table}",
    NoReadings => "there are no readings under the header",
    NoStatement => "there is no statement of an account in the file",
    NoMovements => "there are no movements of an account in the file, only lists",
    NoReadingsNorBill => "the file holds neither readings (IntervalBlock) nor a bill (UsageSummary with an amount)",
    NoCustomerData => "the file holds no agreement, account, customer, service location or meter that says anything",

    // Unexpected form, or unusable here.
    OddForm = odd_form { why } => "it is not of the form that is expected here: {why}",
    Columns = columns { expected, found } => "{expected} columns are expected, not {found}",
    OutsideATable => "a row outside of a table",
    TwoAmounts => "one of two amounts is expected, not both",
    FeeTooLarge => "the fee is too large",
    InformationOnly => "\"INFO\": the entry is for information and books nothing",
    BankError = bank_error { answer } => "the bank answered with an error instead of a statement: {answer}",
    Investment => "movements of investments are no bank movements",
    NotEnergy = not_energy { what } => "\"{what}\" is not energy: it is not imported",
    NotActiveEnergy = not_active_energy { physical, found, expected } =>
        "{physical} in {found} is not active energy in {expected}: it is not imported",
    MeasureNotImported = measure_not_imported { physical, unit } =>
        "{physical} in {unit} is not imported: PA in W, EA in Wh by day or PMA in VA is",
    UnitNotImported = unit_not_imported { unit } => "the unit {unit} is neither energy, gas nor water: it is not imported",
    VolumeOfSomething => "a volume that is neither gas nor water is not imported",
    NotAFactor = not_a_factor { power } => "10^{power} is no factor of this standard",
    UnknownStatement = unknown_statement { text } => "\"{text}\" is no statement whose unit is known",
    StateTwice => "there is a state of this register for the same time already",
    StatesUnordered => "the states are not in the order of time",
    RegisterLower => "the register is lower than the one before: the meter was changed?",
    RegisterBack = register_back { low, high } => "the register goes from {low} to {high}: the meter was changed?",
    OnlyState => "the only state of a register: a difference needs two",
    SignedToken => "a credential as a signed token (JWT) is not read: only one in JSON is",
    NoClaimIn = no_claim_in { kind } => "\"{kind}\" holds no claim: ExplanationOfBenefit or Coverage is expected",
    NotPaid = not_paid { purpose } => "\"{purpose}\" is no claim: nothing was paid",
    MixedCurrencies = mixed_currencies { currency } => "there are amounts of {currency} beside others",
    NoTripNorStay => "neither a trip, nor a stay, nor a path",
    PlannedRoute => "a route is a plan of a way, not one that was gone: it is not imported",
    MarkOnAMap => "a waypoint without a time is a mark on the map: it is not imported",
    OutsideASegment => "the point is in no segment of a track",
    SegmentWithoutTime => "no point of the segment has a time: it is not known when it was",
    UnknownTransaction = unknown_transaction { text } => "\"{text}\" is no kind of transaction that is known",
    UnknownJourney = unknown_journey { text } => "\"{text}\" is no journey or payment that is known",
    UnknownCall = unknown_call { text } => "\"{text}\" is no kind of call or message that is known",
    UnknownDirection = unknown_direction { text } => "\"{text}\" does not say whether it came in or went out",
    Draft => "a draft was never sent: it is not imported",
    NotSentYet => "the message was waiting to be sent: it is not imported",
    NotSent => "the message could not be sent: it is not imported",
    NotAnObject => "a document is an object of JSON",
    UnexpectedKind = unexpected_kind { kind } => "a document of the kind \"{kind}\" is not expected in this file",
    UnexpectedDocument => "a document without docType whose members are of no kind that is expected in this file",
    CardNotEnded => "the card does not end before the next one begins",

    // Files.
    EmptyFile => "the file is empty",
    NoFormat => "no format knows this file",
    TooLargeToKeep = too_large_to_keep { mebibytes } => "a file over {mebibytes} MiB is not kept",
    NoBankHeader => "there is no header of a bank that is known here",
    NoColumn = no_column { name } => "the header has no column \"{name}\"",
    ColumnsNeeded = columns_needed { names } => "the columns {names} are expected",
    NotJson = not_json { why } => "no valid JSON: {why}",
    NotXml = not_xml { why } => "no valid XML: {why}",
    NotCsv = not_csv { why } => "no valid CSV: {why}",
    NotAnArchive = not_an_archive { why } => "not a whole ZIP archive: {why}",
    NotAWorkbook = not_a_workbook { why } => "not a whole workbook of readings: {why}",
    NoGasTable => "the workbook has no table of gas readings of GRDF",
    NothingKnown = nothing_known { files } => "none of its {files} files has rows of a format that is known",
    ArchiveInArchive => "an archive in an archive is not read: unpack it first",
    NoBrowserTables => "an SQLite database without the visits of Chrome, Firefox or Safari",
    DatabaseUnreadable = database_unreadable { why } => "the database cannot be read: {why}",
    DatabaseTooFull => "the database holds more than its size allows",
    DatabaseStuck => "the database keeps SQLite at work without giving anything",
    EndsBefore = ends_before { tag } => "the file ends before {tag}",
    EndsWithin = ends_within { element } => "the file ends within <{element}>",
    EndsWithinAnElement => "the file ends within an element",
    EndsWithinACard = ends_within_a_card { line } => "the file ends within the card of line {line}",
    SecondRoot => "a second root element",
    EndTooMany => "an end too many",
    WrongEnd = wrong_end { name, open } => "</{name}> ends <{open}>",
    UnknownEntity = unknown_entity { name } => "the entity &{name}; is not known",
    BadAttribute = bad_attribute { element, why } => "<{element}>: {why}",
    DocumentType => "a document type declaration (<!DOCTYPE) with entities or another file is not accepted: \
                     it can make a small file huge",
}

/// The part of a file that a rejection concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// One row.
    Row,
    /// Everything after the imported rows.
    Rest,
    /// A member of an archive, and the ordinal of the error in it; 0 for the file as a whole.
    File {
        /// What `ordinal` counts.
        counts: OrdinalKind,
        /// Line or entry of the error.
        ordinal: u64,
    },
}

/// A quantity that is over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Excess {
    /// Bytes of the file.
    File,
    /// Bytes of one record.
    Record,
    /// Cells in a line.
    Cells,
    /// Values in one entry.
    Values,
    /// Depth of nested elements.
    Nesting,
    /// Memory of an element with its content.
    Element,
    /// Attributes of an element.
    Attributes,
    /// Members of an archive.
    Files,
    /// The list of members of an archive.
    FileList,
    /// Unpacked size of a packed file.
    Unpacked,
    /// Unpacked size of a workbook part.
    WorkbookPart,
    /// Size of an unpacked workbook.
    Workbook,
    /// Shared strings of a workbook.
    WorkbookTexts,
    /// Pages of a history.
    Pages,
    /// Registers of meters.
    Registers,
    /// Resources of a feed.
    Resources,
    /// Length of an address in a feed.
    Address,
    /// Length of all addresses in a feed.
    Addresses,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Excess::File => "the file",
            Excess::Record => "a single record of the file",
            Excess::Cells => "the number of cells in a line",
            Excess::Values => "the number of values in an entry",
            Excess::Nesting => "the nesting of elements",
            Excess::Element => "an element with all that is in it",
            Excess::Attributes => "the number of attributes of an element",
            Excess::Files => "the number of files in the archive",
            Excess::FileList => "the list of its files",
            Excess::Unpacked => "what a packed file becomes",
            Excess::WorkbookPart => "what a part of the workbook becomes",
            Excess::Workbook => "the unpacked workbook",
            Excess::WorkbookTexts => "the number of texts in the workbook",
            Excess::Pages => "the number of pages in the history",
            Excess::Registers => "the number of registers in the file",
            Excess::Resources => "the number of resources in the feed",
            Excess::Address => "an address in the feed",
            Excess::Addresses => "the addresses in the feed",
        })
    }
}

/// Limit of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// A count.
    Count(u64),
    /// Bytes.
    Bytes(u64),
    /// A multiple of the packed size.
    Times(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Count(count) => write!(f, "{count}"),
            Limit::Bytes(bytes) if *bytes < 1 << 20 => write!(f, "{} KiB", bytes >> 10),
            Limit::Bytes(bytes) => write!(f, "{} MiB", bytes >> 20),
            Limit::Times(times) => write!(f, "{times} times its size"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_its_name_its_parts_and_its_words() {
        let reason = Reason::not_a_date("12\u{1b}th", "2020-12-31");
        assert_eq!(reason.name(), "NotADate");
        assert_eq!(reason.parts(), [("text", "12\u{fffd}th"), ("example", "2020-12-31")]);
        assert_eq!(reason.to_string(), "\"12\u{fffd}th\" is not a date like 2020-12-31");
        let cleaned = reason.cleaned(|text| text.to_uppercase());
        assert_eq!(cleaned.parts()[0].1, "12\u{fffd}TH");
        assert!(Reason::ALL.contains(&("NotADate", &["text", "example"])));
        assert!(Reason::NoDate.parts().is_empty());
        let long = Reason::not_json("x".repeat(10_000));
        assert_eq!(long.parts()[0].1.chars().count(), display_text::LONGEST_PART);
    }

    #[test]
    fn limits_have_their_unit() {
        assert_eq!(Limit::Bytes(8 << 20).to_string(), "8 MiB");
        assert_eq!(Limit::Bytes(64 << 10).to_string(), "64 KiB");
        assert_eq!(Limit::Times(200).to_string(), "200 times its size");
        assert_eq!(Limit::Count(10_000).to_string(), "10000");
    }
}
