//! Outcomes of runs, reasons for refusing an app, and errors of runner processes.

use crate::message::messages;
use crate::names;
use crate::number::{binary_size, size};
use mesinfos_model::view::Lang;
use mesinfos_runtime::limits::MAX_COMPONENT;
use mesinfos_runtime::manifest::purposes;
use mesinfos_runtime::{
    Complexity, Expected, FieldProblem, Forbidden, ManifestError, Outcome, Problem, ShapeProblem,
};

messages! {
    /// Messages about the runtime and runners.
    pub(crate) enum Runtime<'a> in "runtime" {
        Completed,
        NeedsData { categories: &'a str },
        NeedsSomeData,
        BadAnswer { param: &'a str, expected: &'a str },
        Declined { reason: &'a str },
        NotGranted { categories: &'a str },
        Trapped,
        TimedOut { seconds: u64 },
        OutOfMemory { memory: &'a str },
        StackOverflow,
        TooManyCalls,
        TooManyRows,
        TooManyHandles,
        OutputTooLarge,
        InvalidView { at: &'a str, problem: &'a str },
        EndedWithItsGrant,
        Unavailable,
        Incompatible,
        CodeCompleted,
        CodeNeedsData,
        CodeBadAnswer,
        CodeDeclined,
        CodeNotGranted,
        CodeStopped,
        CodeTrapped,
        CodeTimedOut,
        CodeOutOfMemory,
        CodeStackOverflow,
        CodeTooManyCalls,
        CodeTooManyRows,
        CodeTooManyHandles,
        CodeOutputTooLarge,
        CodeInvalidView,
        CodeWithdrawn,
        CodeUnavailable,
        CodeIncompatible,
        ExpectedNumber { found: &'a str },
        ExpectedBetween { min: &'a str, max: &'a str },
        ExpectedYesOrNo { found: &'a str },
        ExpectedOneOf { found: &'a str, known: &'a str },
        ExpectedDate { found: &'a str },
        ExpectedOtherDate,
        ExpectedOtherKind,
        ExpectedNothing,
        ExpectedParameter { known: &'a str },
        ComponentTooLarge { size: &'a str, most: &'a str },
        TooComplex { what: &'a str, found: u64, most: u64 },
        NotWasm,
        NotAComponent { why: &'a str },
        CoreModule,
        ForbiddenImport { import: &'a str, why: &'a str },
        UnknownVersion { import: &'a str, served: &'a str },
        UnknownFunction { function: &'a str, import: &'a str },
        NoApp,
        OtherType { function: &'a str },
        NotUtf8,
        Composed,
        Imitation { field: &'a str, problem: &'a str },
        Undeclared { id: &'a str },
        Unused { id: &'a str },
        NoManifest,
        SeveralManifests { count: u64 },
        MalformedManifest { why: &'a str },
        ManifestLine { line: u64, problem: &'a str },
        UnknownKey { found: &'a str, known: &'a str },
        UnknownKeyMeant { found: &'a str, meant: &'a str, known: &'a str },
        UnknownValue { found: &'a str, known: &'a str },
        UnknownValueMeant { found: &'a str, meant: &'a str, known: &'a str },
        MissingKey { key: &'a str },
        MissingFrench,
        WrongType { found: &'a str, expected: &'a str },
        TypeText,
        TypeNumber,
        TypeBoolean,
        TypeTable,
        TypeList,
        NotToml { why: &'a str },
        ManifestField { field: &'a str, problem: &'a str },
        ComplexFunctionSize,
        ComplexLocals,
        ComplexFunctionWeight,
        ComplexLoops,
        ComplexDepth,
        ComplexModules,
        ComplexTypes,
        ComplexFunctions,
        ComplexTableElements,
        ComplexWeight,
        ComplexItems,
        ComplexParts,
        ComplexForeign,
        ForbiddenNotOurs,
        ForbiddenNoCategory,
        ForbiddenNetwork,
        ForbiddenFiles,
        ForbiddenKeeping,
        ForbiddenNotServed,
        FieldId { found: &'a str },
        FieldVersion { found: &'a str },
        FieldPurpose { found: &'a str, known: &'a str },
        FieldLength { most: u64 },
        FieldHidden,
        FieldNames,
        FieldTwice { id: &'a str },
        FieldNoMonths,
        FieldImitates,
        FieldImitatesHolder { holder: &'a str },
        RunnerSystem { what: &'a str, why: &'a str },
        RunnerBroken { why: &'a str },
    }
}

/// An outcome as a sentence.
pub fn outcome(outcome: &Outcome, lang: Lang) -> String {
    match outcome {
        Outcome::Completed => Runtime::Completed.to(lang),
        Outcome::NeedsData(categories) if categories.is_empty() => Runtime::NeedsSomeData.to(lang),
        Outcome::NeedsData(categories) => {
            Runtime::NeedsData { categories: &names::categories(categories, lang) }.to(lang)
        }
        Outcome::BadAnswer { param, message } => {
            Runtime::BadAnswer { param, expected: &expected(message, lang) }.to(lang)
        }
        Outcome::Declined(reason) => Runtime::Declined { reason }.to(lang),
        Outcome::NotGranted(categories) => {
            Runtime::NotGranted { categories: &names::categories(categories, lang) }.to(lang)
        }
        Outcome::Trapped => Runtime::Trapped.to(lang),
        Outcome::TimedOut { seconds } => Runtime::TimedOut { seconds: *seconds }.to(lang),
        Outcome::OutOfMemory { mebibytes } => {
            Runtime::OutOfMemory { memory: &binary_size((*mebibytes as u64) << 20, lang) }.to(lang)
        }
        Outcome::StackOverflow => Runtime::StackOverflow.to(lang),
        Outcome::TooManyCalls => Runtime::TooManyCalls.to(lang),
        Outcome::TooManyRows => Runtime::TooManyRows.to(lang),
        Outcome::TooManyHandles => Runtime::TooManyHandles.to(lang),
        Outcome::OutputTooLarge => Runtime::OutputTooLarge.to(lang),
        Outcome::InvalidView { path, problem, near: _ } => {
            Runtime::InvalidView { at: path, problem }.to(lang)
        }
        Outcome::Withdrawn => Runtime::EndedWithItsGrant.to(lang),
        Outcome::Unavailable(_) => Runtime::Unavailable.to(lang),
        Outcome::Incompatible(_) => Runtime::Incompatible.to(lang),
    }
}

/// An outcome in a few words, by its code. An unknown code is returned unchanged.
pub fn outcome_of_code(code: &str, lang: Lang) -> String {
    match code {
        "completed" => Runtime::CodeCompleted,
        "needs-data" => Runtime::CodeNeedsData,
        "bad-answer" => Runtime::CodeBadAnswer,
        "declined" => Runtime::CodeDeclined,
        "not-granted" => Runtime::CodeNotGranted,
        "stopped" => Runtime::CodeStopped,
        "trapped" => Runtime::CodeTrapped,
        "timed-out" => Runtime::CodeTimedOut,
        "out-of-memory" => Runtime::CodeOutOfMemory,
        "stack-overflow" => Runtime::CodeStackOverflow,
        "too-many-calls" => Runtime::CodeTooManyCalls,
        "too-many-rows" => Runtime::CodeTooManyRows,
        "too-many-handles" => Runtime::CodeTooManyHandles,
        "output-too-large" => Runtime::CodeOutputTooLarge,
        "invalid-view" => Runtime::CodeInvalidView,
        "withdrawn" => Runtime::CodeWithdrawn,
        "unavailable" => Runtime::CodeUnavailable,
        "incompatible" => Runtime::CodeIncompatible,
        unknown => return unknown.to_owned(),
    }
    .to(lang)
}

/// The values a parameter accepts, as a sentence.
pub fn expected(expected: &Expected, lang: Lang) -> String {
    match expected {
        // The app's own text, in the requested language.
        Expected::Said(words) => words.clone(),
        Expected::Number(found) => Runtime::ExpectedNumber { found }.to(lang),
        Expected::Between { min, max } => {
            // These ends were formatted from numbers.
            let [min, max] = [min, max].map(|end| crate::number::ascii(end, lang));
            Runtime::ExpectedBetween { min: &min, max: &max }.to(lang)
        }
        Expected::YesOrNo(found) => Runtime::ExpectedYesOrNo { found }.to(lang),
        Expected::OneOf { found, known } => {
            Runtime::ExpectedOneOf { found, known: &known.join(", ") }.to(lang)
        }
        Expected::Date(found) => Runtime::ExpectedDate { found }.to(lang),
        Expected::OtherDate => Runtime::ExpectedOtherDate.to(lang),
        Expected::OtherKind => Runtime::ExpectedOtherKind.to(lang),
        Expected::Nothing => Runtime::ExpectedNothing.to(lang),
        Expected::Parameter(known) => Runtime::ExpectedParameter { known: &known.join(", ") }.to(lang),
    }
}

/// Why a component is refused, as part of a sentence.
pub fn problem(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::TooLarge { size: bytes } => {
            let (size, most) = (size(*bytes as u64, lang), size(MAX_COMPONENT as u64, lang));
            Runtime::ComponentTooLarge { size: &size, most: &most }.to(lang)
        }
        Problem::TooComplex { what, found, most } => {
            Runtime::TooComplex { what: &complexity(*what, lang), found: *found, most: *most }.to(lang)
        }
        Problem::NotWasm => Runtime::NotWasm.to(lang),
        Problem::NotAComponent(why) => Runtime::NotAComponent { why }.to(lang),
        Problem::CoreModule => Runtime::CoreModule.to(lang),
        Problem::ForbiddenImport { import, why } => {
            Runtime::ForbiddenImport { import, why: &forbidden(*why, lang) }.to(lang)
        }
        Problem::UnknownVersion { import, served } => Runtime::UnknownVersion { import, served }.to(lang),
        Problem::UnknownFunction { import, function } => {
            Runtime::UnknownFunction { function, import }.to(lang)
        }
        Problem::NoApp => Runtime::NoApp.to(lang),
        Problem::OtherType { function } => Runtime::OtherType { function }.to(lang),
        Problem::NotUtf8 => Runtime::NotUtf8.to(lang),
        Problem::Composed => Runtime::Composed.to(lang),
        Problem::Manifest(error) => manifest_error(error, lang),
        Problem::Imitation { field, problem } => {
            Runtime::Imitation { field, problem: &field_problem(problem, lang) }.to(lang)
        }
        Problem::Undeclared { category } => Runtime::Undeclared { id: category.id() }.to(lang),
        Problem::Unused { category } => Runtime::Unused { id: category.id() }.to(lang),
    }
}

/// Why a manifest is invalid, as part of a sentence.
pub fn manifest_error(error: &ManifestError, lang: Lang) -> String {
    match error {
        ManifestError::Missing => Runtime::NoManifest.to(lang),
        ManifestError::Several(count) => Runtime::SeveralManifests { count: *count as u64 }.to(lang),
        ManifestError::Malformed(why) => Runtime::MalformedManifest { why }.to(lang),
        ManifestError::Shape { line, span: _, problem } => {
            Runtime::ManifestLine { line: *line as u64, problem: &shape_problem(problem, lang) }.to(lang)
        }
        ManifestError::Field { field, problem } => {
            Runtime::ManifestField { field, problem: &field_problem(problem, lang) }.to(lang)
        }
    }
}

/// What the text of a manifest has, and a manifest does not, as part of a sentence.
fn shape_problem(problem: &ShapeProblem, lang: Lang) -> String {
    match problem {
        ShapeProblem::UnknownKey { found, known } => {
            let known = &known.join(", ");
            match problem.meant() {
                Some(meant) => Runtime::UnknownKeyMeant { found, meant, known }.to(lang),
                None => Runtime::UnknownKey { found, known }.to(lang),
            }
        }
        ShapeProblem::UnknownValue { found, known } => {
            let known = &known.join(", ");
            match problem.meant() {
                Some(meant) => Runtime::UnknownValueMeant { found, meant, known }.to(lang),
                None => Runtime::UnknownValue { found, known }.to(lang),
            }
        }
        ShapeProblem::MissingKey(key) if key == "fr" => Runtime::MissingFrench.to(lang),
        ShapeProblem::MissingKey(key) => Runtime::MissingKey { key }.to(lang),
        ShapeProblem::WrongType { found, expected } => {
            Runtime::WrongType { found: &toml_type(found, lang), expected: &toml_type(expected, lang) }
                .to(lang)
        }
        ShapeProblem::Syntax(why) => Runtime::NotToml { why }.to(lang),
    }
}

/// A type as the TOML reader names it, in words; its own name if it is none of those of a manifest.
fn toml_type(named: &str, lang: Lang) -> String {
    let of = |words: &[&str]| words.iter().any(|word| named.contains(word));
    match named {
        _ if of(&["string"]) => Runtime::TypeText.to(lang),
        _ if of(&["boolean"]) => Runtime::TypeBoolean.to(lang),
        _ if of(&["integer", "float", "u16", "u32", "number"]) => Runtime::TypeNumber.to(lang),
        _ if of(&["sequence", "array"]) => Runtime::TypeList.to(lang),
        _ if of(&["struct", "map", "table"]) => Runtime::TypeTable.to(lang),
        other => other.to_owned(),
    }
}

fn field_problem(problem: &FieldProblem, lang: Lang) -> String {
    match problem {
        FieldProblem::Id(found) => Runtime::FieldId { found }.to(lang),
        FieldProblem::Version(found) => Runtime::FieldVersion { found }.to(lang),
        FieldProblem::Purpose(found) => Runtime::FieldPurpose { found, known: &purposes() }.to(lang),
        FieldProblem::Length(most) => Runtime::FieldLength { most: *most as u64 }.to(lang),
        FieldProblem::Hidden => Runtime::FieldHidden.to(lang),
        FieldProblem::Names => Runtime::FieldNames.to(lang),
        FieldProblem::Twice(category) => Runtime::FieldTwice { id: category.id() }.to(lang),
        FieldProblem::NoMonths => Runtime::FieldNoMonths.to(lang),
        FieldProblem::Imitates => Runtime::FieldImitates.to(lang),
        FieldProblem::ImitatesHolder(holder) => Runtime::FieldImitatesHolder { holder }.to(lang),
    }
}

fn complexity(complexity: Complexity, lang: Lang) -> String {
    match complexity {
        Complexity::FunctionSize => Runtime::ComplexFunctionSize,
        Complexity::Locals => Runtime::ComplexLocals,
        Complexity::FunctionWeight => Runtime::ComplexFunctionWeight,
        Complexity::Loops => Runtime::ComplexLoops,
        Complexity::Depth => Runtime::ComplexDepth,
        Complexity::Modules => Runtime::ComplexModules,
        Complexity::Types => Runtime::ComplexTypes,
        Complexity::Functions => Runtime::ComplexFunctions,
        Complexity::TableElements => Runtime::ComplexTableElements,
        Complexity::Weight => Runtime::ComplexWeight,
        Complexity::Items => Runtime::ComplexItems,
        Complexity::Parts => Runtime::ComplexParts,
        Complexity::Foreign => Runtime::ComplexForeign,
    }
    .to(lang)
}

fn forbidden(forbidden: Forbidden, lang: Lang) -> String {
    match forbidden {
        Forbidden::NotOurs => Runtime::ForbiddenNotOurs,
        Forbidden::NoCategory => Runtime::ForbiddenNoCategory,
        Forbidden::Network => Runtime::ForbiddenNetwork,
        Forbidden::Files => Runtime::ForbiddenFiles,
        Forbidden::Keeping => Runtime::ForbiddenKeeping,
        Forbidden::NotServed => Runtime::ForbiddenNotServed,
    }
    .to(lang)
}

/// Why runner processes are unavailable.
#[cfg(target_os = "linux")]
pub fn runner_error(error: &mesinfos_runner::RunnerError, lang: Lang) -> String {
    use mesinfos_runner::RunnerError;
    match error {
        RunnerError::System { what, why } => Runtime::RunnerSystem { what, why }.to(lang),
        RunnerError::Broken(error) => {
            Runtime::RunnerBroken { why: &crate::system::system(error, lang) }.to(lang)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};
    use mesinfos_model::Category;

    #[test]
    fn every_code_has_its_words() {
        for code in Outcome::CODES {
            for lang in [Fr, En] {
                assert_ne!(outcome_of_code(code, lang), *code);
            }
        }
        assert_eq!(outcome_of_code("of-a-later-version", Fr), "of-a-later-version");
    }

    #[test]
    fn outcomes_name_what_is_missing() {
        let needs = Outcome::NeedsData(vec![Category::Bank, Category::Energy]);
        assert_eq!(
            outcome(&needs, Fr),
            "L’application a besoin de données qui ne sont pas là\u{A0}: opérations bancaires, relevés d’énergie."
        );
        let bad = Outcome::BadAnswer {
            param: "bill".to_owned(),
            message: Expected::Between { min: "0.5".to_owned(), max: "1200".to_owned() },
        };
        assert_eq!(
            outcome(&bad, Fr),
            "Le réglage «\u{A0}bill\u{A0}» ne convient pas\u{A0}: il faut un nombre de 0,5 à 1\u{202F}200."
        );
        assert!(outcome(&Outcome::TimedOut { seconds: 5 }, En).contains("longer than 5 seconds"));
        assert!(outcome(&Outcome::OutOfMemory { mebibytes: 64 }, Fr).contains("64\u{A0}Mio"));
    }

    #[test]
    fn problems_say_what_an_author_has_to_change() {
        let undeclared = problem(&Problem::Undeclared { category: Category::Bank }, Fr);
        assert!(undeclared.contains("[[reads]] avec category = \"bank\""), "{undeclared}");
        let error = ManifestError::Field {
            field: "app.purpose".to_owned(),
            problem: FieldProblem::Purpose("x".to_owned()),
        };
        assert!(manifest_error(&error, En).contains("energy-saving"));
    }
}
