//! Tests that the files of both languages contain exactly the declared messages and arguments.

use crate::file::File;
use crate::message::key;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// All files. A test finds missing ones.
fn files() -> Vec<File> {
    vec![
        crate::archive::Readme::FILE,
        crate::audit::Audit::FILE,
        crate::cli::Cli::FILE,
        crate::consent::Consent::FILE,
        crate::date::Dates::FILE,
        crate::error::Platform::FILE,
        crate::event::Event::FILE,
        crate::health::Health::FILE,
        crate::holders::file(),
        crate::identity::Identity::FILE,
        crate::intake::Intake::FILE,
        crate::intake::REASONS,
        crate::letter::Letters::FILE,
        crate::notice::Lines::FILE,
        crate::number::Noun::FILE,
        crate::outcome::Runtime::FILE,
        crate::page::About::FILE,
        crate::page::Account::FILE,
        crate::page::Add::FILE,
        crate::page::Apps::FILE,
        crate::page::Amend::FILE,
        crate::page::Blocks::FILE,
        crate::page::Playground::FILE,
        crate::page::Compare::FILE,
        crate::page::Consent::FILE,
        crate::page::Data::FILE,
        crate::page::Dictionary::FILE,
        crate::page::Documents::FILE,
        crate::page::Domains::FILE,
        crate::page::Evidence::FILE,
        crate::page::Export::FILE,
        crate::page::Failures::FILE,
        crate::page::Files::FILE,
        crate::page::Home::FILE,
        crate::page::Journal::FILE,
        crate::page::Letters::FILE,
        crate::page::Measures::FILE,
        crate::page::Notices::FILE,
        crate::page::Passkeys::FILE,
        crate::page::Proof::FILE,
        crate::page::Purposes::FILE,
        crate::page::Receipts::FILE,
        crate::page::Rejects::FILE,
        crate::page::Releases::FILE,
        crate::page::Results::FILE,
        crate::page::Roles::FILE,
        crate::page::Settings::FILE,
        crate::page::Shell::FILE,
        crate::page::SignIn::FILE,
        crate::page::Start::FILE,
        crate::page::Tables::FILE,
        crate::page::Timeline::FILE,
        crate::page::Updates::FILE,
        crate::page::Withheld::FILE,
        crate::page::Workbench::FILE,
        crate::report::Report::FILE,
        crate::scope::Model::FILE,
        crate::state::Events::FILE,
        crate::system::System::FILE,
        crate::vault::Store::FILE,
        crate::vault::Vault::FILE,
        crate::view::Around::FILE,
        crate::view::Word::FILE,
    ]
}

/// Messages that must be the same in both languages.
const SAME: &[(&str, &str)] = &[
    ("audit", "by"),
    ("audit", "item"),
    ("notice", "category"),
    ("page-add", "format-count"),
    ("page-add", "format-head"),
    ("page-consent", "version"),
    ("page-data", "take-parquet"),
    ("page-measures", "months"),
    ("page-measures", "volume"),
    ("page-tables", "litre"),
    ("page-tables", "role-date"),
    ("page-releases", "licence"),
    ("page-releases", "signature"),
    ("page-settings", "pause"),
    ("page-shell", "journal"),
    ("page-workbench", "milliseconds"),
    ("page-workbench", "seconds"),
    ("state", "invalidated"),
    ("cli", "built"),
    ("cli", "check-head"),
    ("cli", "document"),
    ("cli", "hint-chmod"),
    ("cli", "hint-grant"),
    ("cli", "hint-resume"),
    ("cli", "store-server"),
    ("event", "code"),
    ("event", "jury"),
    ("intake", "messages"),
    ("model", "grain-raw"),
    ("model", "values-date"),
    ("model", "values-instant"),
    ("view", "date"),
    ("view", "direction-flat"),
    ("view", "effort"),
    ("view", "total"),
    ("view", "version"),
];

/// A message in a file: its arguments, and its text with selectors as the library serialises it.
struct Found {
    arguments: BTreeSet<String>,
    text: String,
}

fn parsed(name: &str, text: &str) -> BTreeMap<String, Found> {
    let resource =
        fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name.to_owned();
                assert!(message.attributes.is_empty(), "{name}: {key} has attributes");
                let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{name}: {key} has no text"));
                let mut arguments = BTreeSet::new();
                of_pattern(pattern, &mut arguments, &format!("{name}: {key}"));
                let alone = Message { comment: None, ..message };
                let text =
                    fluent_syntax::serializer::serialize(&Resource { body: vec![Entry::Message(alone)] });
                assert!(
                    found.insert(key.clone(), Found { arguments, text }).is_none(),
                    "{name}: {key} is there twice"
                );
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => panic!("{name}: {entry:?}"),
        }
    }
    found
}

fn of_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>, at: &str) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => of_inline(inline, arguments, at),
                Expression::Select { selector, variants } => {
                    of_inline(selector, arguments, at);
                    variants.iter().for_each(|variant| of_pattern(&variant.value, arguments, at));
                }
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>, at: &str) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } => {}
        other => panic!("{at}: {other:?} is not for these files"),
    }
}

#[test]
fn each_message_stands_in_both_languages_with_its_arguments_and_no_other_does() {
    for file in files() {
        let [fr, en] = file.texts.map(|text| parsed(file.name, text));
        let keys: BTreeSet<String> = file.messages.iter().map(|(variant, _)| key(variant)).collect();
        for (lang, found) in [("fr", &fr), ("en", &en)] {
            let there: BTreeSet<String> = found.keys().cloned().collect();
            let (unused, missing): (Vec<_>, Vec<_>) =
                (there.difference(&keys).collect(), keys.difference(&there).collect());
            assert!(unused.is_empty(), "{lang}/{}.ftl: nobody uses {unused:?}", file.name);
            assert!(missing.is_empty(), "{lang}/{}.ftl lacks {missing:?}", file.name);
        }
        for (variant, arguments) in file.messages {
            let key = key(variant);
            let expected: BTreeSet<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            assert_eq!(fr[&key].arguments, expected, "fr/{}.ftl: {key}", file.name);
            assert_eq!(en[&key].arguments, expected, "en/{}.ftl: {key}", file.name);
        }
    }
}

#[test]
fn no_text_is_the_same_in_both_languages_but_those_that_have_to_be() {
    let mut same = BTreeSet::new();
    for file in files() {
        let [fr, en] = file.texts.map(|text| parsed(file.name, text));
        for (key, found) in &fr {
            if en.get(key).is_some_and(|english| english.text == found.text) {
                same.insert((file.name, key.clone()));
            }
        }
    }
    let expected: BTreeSet<_> = SAME.iter().map(|(file, key)| (*file, (*key).to_owned())).collect();
    assert_eq!(same, expected, "a text that was not translated, or an entry of this list that is too many");
}

/// File of the command's help. Its keys are tested in the command's crate.
const HELP: [&str; 2] = [crate::message::file!("fr", "help"), crate::message::file!("en", "help")];

#[test]
fn help_stands_in_both_languages() {
    let [fr, en] = HELP.map(|text| parsed("help", text));
    let keys = |found: &BTreeMap<String, Found>| found.keys().cloned().collect::<Vec<String>>();
    assert_eq!(keys(&fr), keys(&en));
    for (key, found) in fr.iter().chain(&en) {
        assert!(found.arguments.is_empty(), "{key}");
    }
    let same: Vec<_> = fr.iter().filter(|(key, found)| en[*key].text == found.text).collect();
    assert!(same.is_empty(), "{:?}", same.iter().map(|(key, _)| key).collect::<Vec<_>>());
    let mut listed = crate::help::keys();
    listed.sort_unstable();
    assert_eq!(listed, keys(&en));
}

#[test]
fn every_file_of_the_folder_is_used() {
    let mut used: BTreeSet<String> = files().iter().map(|file| format!("{}.ftl", file.name)).collect();
    used.insert("help.ftl".to_owned());
    for lang in ["fr", "en"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(lang);
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(there, used, "{lang}");
    }
}

#[test]
fn texts_have_the_typography_of_their_language() {
    let help = File { name: "help", texts: HELP, messages: &[] };
    for file in files().into_iter().chain([help]) {
        for (lang, text) in ["fr", "en"].into_iter().zip(file.texts) {
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            for line in lines {
                let at = format!("{lang}/{}.ftl: {line}", file.name);
                // No-break spaces are inserted when a message is formatted: they are invisible in a file.
                assert!(!line.contains(['\u{A0}', '\u{202F}']), "{at}");
                assert!(!line.contains("..."), "{at}: an ellipsis is \"…\"");
                assert!(lang == "en" || !line.contains('\''), "{at}: an apostrophe is \"’\"");
                for mark in [":", ";", "?", "!"] {
                    let glued = line.match_indices(mark).any(|(at, _)| {
                        let (before, after) = (line[..at].chars().next_back(), line[at + 1..].chars().next());
                        before.is_some_and(char::is_alphabetic) && after.is_none_or(|after| after == ' ')
                    });
                    assert!(lang == "en" || !glued, "{at}: a space is missing before \"{mark}\"");
                }
            }
        }
    }
}
