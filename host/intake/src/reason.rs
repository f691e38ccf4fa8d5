//! Reasons why a row, the rest of a file or a file cannot be read: a closed list, independent of
//! language.
//!
//! The texts here are English, for logs and developers. The texts for people are in `host/words`, keyed
//! by the name of each reason, and a test there fails if one is missing.

use crate::display_text;
use crate::ordinal_kind::OrdinalKind;
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
    NotAStep = not_a_step { text, example } => "\"{text}\" is not a step like {example}",
    NotMilliseconds = not_milliseconds { text } => "\"{text}\" is not a date: milliseconds since 1970 are expected",
    NotUtcSeconds = not_utc_seconds { text } => "{text} is not a time in UTC seconds",
    NotSeconds = not_seconds { text } => "\"{text}\" is not a number of seconds",
    NotAnAmount = not_an_amount { text } => "\"{text}\" is not an amount",
    NotAnAmountAs = not_an_amount_as { text, example } => "\"{text}\" is not an amount like {example}",
    NotAnAmountOf = not_an_amount_of { text, currency } => "\"{text}\" is not an amount of {currency}",
    NotACurrency = not_a_currency { text } => "\"{text}\" is not a currency like EUR",
    NotANumber = not_a_number { text } => "\"{text}\" is not a number",
    NotANumberOf = not_a_number_of { text, unit } => "\"{text}\" is not a number of {unit}",
    NotAWholeNumberOf = not_a_whole_number_of { text, unit } => "\"{text}\" is not a whole number of {unit}",
    NotAQuantity = not_a_quantity { text } => "\"{text}\" is not a quantity",
    TooManyDecimals = too_many_decimals { text, digits } => "\"{text}\" is not a number with at most {digits} decimals",
    NotOneOf = not_one_of { text, expected } => "\"{text}\" is not one of the known values: {expected}",
    OutOfBounds = out_of_bounds { text } => "{text} is outside the possible range",
    NotDegrees = not_degrees { latitude, longitude } => "\"{latitude}\", \"{longitude}\" is not a position in degrees",
    NotOnEarth = not_on_earth { latitude, longitude } => "{latitude}, {longitude} is not on Earth",
    DateOutOfBounds => "the date is outside the possible range",
    DateOutOfYears => "the date is not between the years 1 and 9999",
    NoSuchDate = no_such_date { text } => "\"{text}\" is a date that does not exist",
    WholeNumberExpected => "a whole number is expected",
    WholeSecondsExpected => "a whole number of seconds is expected",
    SecondsOrDateExpected => "seconds since 1970 or a date are expected",
    StepExpected => "a step of 1 minute to 1 hour, like PT30M, is expected",
    DurationExpected => "a duration of 1 second to 400 days is expected",
    HundredThousandthsExpected => "a whole number of 1/100000 of the currency is expected",
    LatitudeExpected => "it is not a number of degrees between -90 and 90",
    LongitudeExpected => "it is not a number of degrees between -180 and 180",
    Negative => "it is negative",
    SignOfItsOwn = sign_of_its_own { text } => "\"{text}\" already has a sign",
    NoTimeBetween = no_time_between { from, until } => "no time passes between {from} and {until}",
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
    NoPositionAs = no_position_as { example } => "there is no position like {example}",
    NoOrderNumber => "there is no order number",
    NoValue => "the line has no cell for the value",
    NoStart => "neither the reading nor its block has a start",
    NoUsageColumn => "the table has no such column",
    NoReadingType => "there is no ReadingType for this block, so its unit is not known",
    StatementSum = statement_sum { balances, entries } =>
        "from the opening to the closing balance are {balances}, and the entries add up to {entries}: entries may be missing, or be there twice",
    NoCostCurrency = no_cost_currency { count } =>
        "the file does not name the currency of its costs, so they are not taken: {count} in all",
    NoBillCurrency => "a bill whose currency is not known has no amount",
    NoMeasureType => "the type of measurement is missing",
    NoWorkoutType => "the type of workout is missing",
    NoResourceType => "it has no type: ExplanationOfBenefit or Coverage is expected",
    NoTransactionType => "the kind of transaction is missing",
    NoAchievement => "there is no \"achievement\" in it",
    NoAgreementNumber => "an agreement needs a number",
    NoAccountNumber => "an account needs a number",
    NoLocationAddress => "a service location needs an address",
    NoMeterNumber => "a meter needs a number, a type or a form",
    NobodyNamed => "the card has no name, telephone number or e-mail address",
    NoSuchPage = no_such_page { table } => "no page has this key in {table}",
    NoReadings => "there are no readings under the header",
    NoInstalments => "there are no instalments under the header",
    NoStatement => "the file contains no account statement",
    NoMovements => "the file contains no account transactions, only lists",
    NoReadingsNorBill => "the file holds neither readings (IntervalBlock) nor a bill (UsageSummary with an amount)",
    NoCustomerData => "the file holds no agreement, account, customer, service location or meter with any information",

    // Unexpected form, or unusable here.
    OddForm = odd_form { why } => "it does not have the expected form: {why}",
    OddShape => "it does not have the expected form",
    NotExpected = not_expected { text } => "\"{text}\" is not what is expected there",
    NoMember = no_member { name } => "\"{name}\" is missing",
    MemberTwice = member_twice { name } => "\"{name}\" is there twice",
    Columns = columns { expected, found } => "{expected} columns are expected, not {found}",
    OutsideATable => "this row is outside a table",
    QuoteNotClosed => "a quotation mark opens and does not close",
    NotAMovement = not_a_movement { text } => "\"{text}\" is a balance or a total, not a movement",
    TwoAmounts => "one of two amounts is expected, not both",
    FeeTooLarge => "the fee is too large",
    InformationOnly => "\"INFO\": the entry is for information only and books nothing",
    BankError = bank_error { answer } => "the bank answered with an error instead of a statement: {answer}",
    Investment => "investment transactions are not bank transactions",
    NotEnergy = not_energy { what } => "\"{what}\" is not energy: it is not imported",
    NotActiveEnergy = not_active_energy { physical, found, expected } =>
        "{physical} in {found} is not active energy in {expected}: it is not imported",
    MeasureNotImported = measure_not_imported { physical, unit } =>
        "{physical} in {unit} is not imported; these are: PA in W, EA in Wh by day, PMA in VA",
    UnitNotImported = unit_not_imported { unit } => "the unit {unit} is not a unit of energy, gas or water: it is not imported",
    VolumeOfSomething => "a volume of neither gas nor water is not imported",
    NotAFactor = not_a_factor { power } => "10^{power} is not a multiplier of this standard",
    UnknownStatement = unknown_statement { text } => "\"{text}\" is a statement whose unit is not known",
    ReadingTwice => "another value was already read for the same time",
    BetweenSteps => "it is between two steps of the curve, so its interval is not known",
    StateTwice => "this register already has a state for the same time",
    StatesUnordered => "the states are not in chronological order",
    RegisterLower => "the register is lower than before: was the meter replaced?",
    RegisterBack = register_back { low, high } => "the register goes from {low} to {high}: was the meter replaced?",
    ReadingsOverlap => "it overlaps another reading: a reading covers less time, or there are several meters or registers",
    OtherDevice => "another device measured the same at this time: it counts once",
    OnlyState => "it is the only state of the register, and a difference needs two",
    SignedToken => "a credential in the form of a signed token (JWT) cannot be read: only JSON is supported",
    NoClaimIn = no_claim_in { kind } => "\"{kind}\" holds no claim: ExplanationOfBenefit or Coverage is expected",
    NotInForce = not_in_force { status } => "its status is \"{status}\": it counts for nothing",
    NotPaid = not_paid { purpose } => "\"{purpose}\" is not a claim: nothing was paid",
    MixedCurrencies = mixed_currencies { currency } => "amounts in {currency} are mixed with other currencies",
    NoTripNorStay => "it is not a trip, a stay or a path",
    PlannedRoute => "a route is a plan, not a completed trip: it is not imported",
    MarkOnAMap => "a waypoint without a time is only a mark on the map: it is not imported",
    OutsideASegment => "the point is not in a segment of a track",
    SegmentWithoutTime => "no point of the segment has a time, so its date is unknown",
    UnknownTransaction = unknown_transaction { text } => "\"{text}\" is not a known kind of transaction",
    UnknownJourney = unknown_journey { text } => "\"{text}\" is not a known journey or payment",
    UnknownCall = unknown_call { text } => "\"{text}\" is not a known kind of call or message",
    UnknownDirection = unknown_direction { text } => "\"{text}\" does not say whether it came in or went out",
    Draft => "a draft was never sent: it is not imported",
    NotSentYet => "the message was waiting to be sent: it is not imported",
    NotSent => "the message could not be sent: it is not imported",
    NotAnObject => "a document must be a JSON object",
    UnexpectedKind = unexpected_kind { kind } => "a document of the kind \"{kind}\" is not expected in this file",
    UnexpectedDocument => "this document has no docType and is not of a kind expected in this file",
    CardNotEnded => "the card does not end before the next one begins",

    // Files.
    EmptyFile => "the file is empty",
    OnlyHeader => "the file has only a line of column names, and no rows",
    NoFormat => "this file is not in a known format",
    FurtherUnknown = further_unknown { files } => "{files} further files are not in a known format",
    FurtherUnread = further_unread { files } => "{files} further files cannot be read",
    TooLargeToKeep = too_large_to_keep { mebibytes } => "a file over {mebibytes} MiB is not kept",
    NoBankHeader => "the header is not that of a known bank",
    NoColumn = no_column { name } => "the header has no column \"{name}\"",
    ColumnsNeeded = columns_needed { names } => "the columns {names} are expected",
    NotJson = not_json { line, column } => "it is not valid JSON: line {line}, character {column}",
    NotJsonLine = not_json_line { column } => "it is not valid JSON: character {column}",
    JsonCut = json_cut { line } => "it ends too early, in line {line}",
    NotXml => "it is not valid XML",
    NotAnArchive => "it is not a complete ZIP archive",
    PackedCut => "the packed content ends too early",
    PackedDamaged => "the packed content is damaged",
    PackingNotRead => "it is packed in a way that is not read",
    NotGzip => "it is not a complete file packed with gzip",
    PathNotRead = path_not_read { table } =>
        "the activity is in \"{table}\", and its path is in a format that is not read",
    NotAWorkbook => "it is not a complete workbook of readings",
    NotAStudentLoan = not_a_student_loan { title } =>
        "it is the repayment table of a loan, \"{title}\", that is not said to be a student loan: only student loans have a place today",
    LoanNotNamed =>
        "it is the repayment table of a loan that nothing says is a student loan: only student loans have a place today",
    NoGasTable => "the workbook has no table of gas readings of GRDF",
    NothingKnown = nothing_known { files } => "none of its {files} files has rows in a known format",
    ArchiveInArchive => "an archive inside an archive is not read: unpack it first",
    ArchiveVersion = archive_version { found, known } =>
        "the archive is of version {found}, and this program reads version {known}",
    UnknownTable = unknown_table { name, version } =>
        "version {version} of the table \"{name}\" is not known: the archive comes from a later program",
    ChangedMember => "it is not as the archive's list says: it was changed or truncated",
    NotInList = not_in_list { name } => "\"{name}\" is not in the archive's list",
    NotInArchive = not_in_archive { name } => "\"{name}\" is in the archive's list, but not in the archive",
    ListedTwice = listed_twice { name } => "\"{name}\" is in the archive's list twice",
    UnsafeName = unsafe_name { name } => "\"{name}\" is not a name that an archive may have",
    NoBrowserTables => "this SQLite database is not the history of Chrome, Firefox or Safari",
    DatabaseUnreadable => "the database cannot be read",
    DatabaseTooFull => "the database holds more than its size allows",
    NoCharacters => "this kind of file has no characters that can be read",
    DamagedPdf => "the PDF is damaged",
    Locked => "it is locked with a password: keep a copy without one",
    Unreadable => "it cannot be read",
    NotAPicture => "it is not a complete picture",
    OtherPicture => "it is not a picture in JPEG, PNG or WebP",
    PictureTooLarge = picture_too_large { millions } => "the picture has more than {millions} million pixels",
    DatabaseStuck => "the database keeps SQLite busy without returning anything",
    EndsBefore = ends_before { tag } => "the file ends before {tag}",
    EndsWithin = ends_within { element } => "the file ends within <{element}>",
    EndsWithinAnElement => "the file ends within an element",
    EndsWithinACard = ends_within_a_card { line } => "the file ends within the card of line {line}",
    SecondRoot => "there is a second root element",
    EndTooMany => "there is one end tag too many",
    WrongEnd = wrong_end { name, open } => "</{name}> closes <{open}>",
    UnknownEntity = unknown_entity { name } => "the entity &{name}; is not known",
    BadAttribute = bad_attribute { element } => "<{element}> has an attribute that cannot be read",
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
    /// Values of rows that are imported without them.
    Values,
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
    /// Changes of rows in another instance's archive.
    Changes,
    /// What a person shows to no app, in another instance's archive.
    Withheld,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Excess::File => "the size of the file",
            Excess::Record => "the size of a single record",
            Excess::Cells => "the number of cells in a line",
            Excess::Values => "the number of values in an entry",
            Excess::Nesting => "the nesting of elements",
            Excess::Element => "an element with all its contents",
            Excess::Attributes => "the number of attributes of an element",
            Excess::Files => "the number of files in the archive",
            Excess::FileList => "the list of its files",
            Excess::Unpacked => "the unpacked size of a file",
            Excess::WorkbookPart => "the unpacked size of a part of the workbook",
            Excess::Workbook => "the unpacked size of the workbook",
            Excess::WorkbookTexts => "the number of texts in the workbook",
            Excess::Pages => "the number of pages in the history",
            Excess::Registers => "the number of registers in the file",
            Excess::Resources => "the number of resources in the feed",
            Excess::Address => "an address in the feed",
            Excess::Addresses => "the addresses in the feed",
            Excess::Changes => "the number of changed rows and notes in the archive",
            Excess::Withheld => "what the archive says is shown to no app",
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
        let long = Reason::odd_form("x".repeat(10_000));
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
