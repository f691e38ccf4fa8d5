//! Command-line help and usage errors in the person's language.

use crate::args::Args;
use crate::hints::word;
use crate::verbs::Verb;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser};
use mesinfos_model::view::Lang;
use mesinfos_wire::Problem;
use mesinfos_words::cli::Cli;
use mesinfos_words::help::{help, placeholder};
use std::ffi::OsString;

/// Parses the command line of this process.
///
/// # Errors
/// Those of clap, which include requests for help and version.
pub(crate) fn parse(lang: Lang) -> Result<Args, clap::Error> {
    let matches = command(lang).try_get_matches_from(arguments(std::env::args_os()))?;
    Args::from_arg_matches(&matches)
}

/// Rewrites `help VERB` as `VERB --help`: clap's own help subcommand is in English only.
fn arguments(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = given.collect();
    if let Some(at) = verb_at(&all)
        && all[at] == "help"
    {
        all.remove(at);
        all.push("--help".into());
    }
    all
}

/// Index of the verb: the first argument that is neither an option nor an option's value.
fn verb_at(arguments: &[OsString]) -> Option<usize> {
    let command = Args::command();
    let takes_value = |option: &str| {
        let mut known = command.get_arguments().filter(|argument| argument.get_action().takes_values());
        known.any(|argument| argument.get_long() == Some(option))
    };
    let mut is_value = false;
    for (at, argument) in arguments.iter().enumerate().skip(1) {
        let argument = argument.to_string_lossy();
        if is_value {
            is_value = false;
        } else if argument.starts_with('-') {
            is_value = argument.strip_prefix("--").is_some_and(takes_value);
        } else {
            return Some(at);
        }
    }
    None
}

/// Whether a command line asks for JSON, so that its usage error is printed as a problem document.
pub(crate) fn wants_json(given: impl Iterator<Item = OsString>) -> bool {
    given.skip(1).take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

/// The clap command with all texts in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let flag = |name: &'static str, short, action| {
        let words = help(&format!("any-{name}"), lang).unwrap_or_default();
        Arg::new(name).short(short).long(name).action(action).global(true).help(words)
    };
    // The help of clap's own flags is in English only.
    let command = Args::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help))
        .arg(flag("version", 'V', ArgAction::Version));
    speaking(command, "mesinfos", lang)
}

/// Sets the texts of a command and its subcommands. `path` is the prefix of their keys.
fn speaking(command: Command, path: &str, lang: Lang) -> Command {
    let usage = Cli::HelpUsage { usage: "{usage}" }.to(lang);
    let prefix = if path == "mesinfos" { "" } else { path };
    command
        .about(help(path, lang).unwrap_or_default())
        .disable_help_subcommand(true)
        .help_template(format!("{{about-with-newline}}\n{usage}\n\n{{all-args}}"))
        .subcommand_help_heading(Cli::HelpCommands.to(lang))
        .mut_args(|argument| worded(argument, prefix, lang))
        .mut_subcommands(|sub| {
            let name = sub.get_name();
            let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}-{name}") };
            speaking(sub, &path, lang)
        })
}

/// Formats the headings of a help text for the language: French has a space before a colon.
pub(crate) fn spaced(help: &str, lang: Lang) -> String {
    let is_heading = |line: &&str| {
        line.strip_suffix(':').is_some_and(|heading| heading.chars().all(char::is_alphanumeric))
    };
    let line = |line: &str| match Some(line).filter(is_heading) {
        Some(heading) => {
            format!("{}\n", Cli::HelpHeading { heading: heading.trim_end_matches(':') }.to(lang))
        }
        None => format!("{line}\n"),
    };
    help.lines().map(line).collect()
}

/// Parses a `run` command line that asks for help and names an app, without its help flags.
pub(crate) fn of_run(given: impl Iterator<Item = OsString>) -> Option<Args> {
    let arguments: Vec<OsString> =
        arguments(given).into_iter().filter(|argument| argument != "--help" && argument != "-h").collect();
    // Help works without `--person`: supply a name if it is missing.
    let anybody = || arguments.iter().cloned().chain(["--person", "nobody"].map(OsString::from));
    let args = Args::try_parse_from(&arguments).or_else(|_| Args::try_parse_from(anybody())).ok()?;
    matches!(args.verb, Verb::Run(_)).then_some(args)
}

/// Help key of an argument: its own, or the one shared by all verbs.
fn key(argument: &Arg, prefix: &str, lang: Lang) -> Option<String> {
    let id = argument.get_id().as_str().replace('_', "-");
    [format!("{prefix}-{id}"), format!("any-{id}")].into_iter().find(|key| help(key, lang).is_some())
}

fn worded(argument: Arg, prefix: &str, lang: Lang) -> Arg {
    let argument = with_placeholder(argument, lang);
    let Some(mut words) = key(&argument, prefix, lang).and_then(|key| help(&key, lang)) else {
        return argument;
    };
    if !argument.get_action().takes_values() {
        return argument.help(words);
    }
    let values: Vec<String> =
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        words = Cli::HelpValues { help: &words, values: &values.join(", ") }.to(lang);
    }
    let default: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() {
        words = Cli::HelpDefault { help: &words, value: &default.join(", ") }.to(lang);
    }
    argument.help(words).hide_default_value(true).hide_possible_values(true)
}

/// An argument with its placeholder in `lang`: `--person <PERSONNE>`.
fn with_placeholder(argument: Arg, lang: Lang) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    match name.and_then(|name| placeholder(&name, lang)) {
        Some(name) => argument.value_name(name),
        None => argument,
    }
}

/// A usage error in words.
pub(crate) struct Explained {
    /// Description of the error.
    pub(crate) words: String,
    /// Suggestions, and the command that shows the help.
    pub(crate) next: Vec<String>,
}

/// A usage error as JSON, in English as all JSON is.
pub(crate) fn problem(error: &clap::Error) -> Problem {
    // The error names placeholders in the language of the command that reported it.
    let english = parse(Lang::En).err();
    let error = english.as_ref().unwrap_or(error);
    match explained(error, Lang::En) {
        Some(Explained { words, next }) => Problem::usage(words).with_hint(Some(next.join("\n"))),
        None => {
            let words = error.render().to_string();
            Problem::usage(words.lines().next().unwrap_or_default().to_owned())
        }
    }
}

/// Explains a usage error. `None` if only clap's own message fits.
pub(crate) fn explained(error: &clap::Error, lang: Lang) -> Option<Explained> {
    let texts = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    };
    let text = |kind: ContextKind| texts(kind).join(", ");
    let option = &text(ContextKind::InvalidArg);
    let found = &text(ContextKind::InvalidValue);
    let known = &text(ContextKind::ValidValue);
    let other = &text(ContextKind::PriorArg);
    let words = match error.kind() {
        ErrorKind::UnknownArgument if option.starts_with('-') => {
            Cli::UnknownOption { found: option }.to(lang)
        }
        ErrorKind::UnknownArgument => Cli::NotExpected { found: option }.to(lang),
        ErrorKind::InvalidSubcommand => {
            Cli::UnknownVerb { found: &text(ContextKind::InvalidSubcommand) }.to(lang)
        }
        ErrorKind::MissingSubcommand => Cli::NoVerb.to(lang),
        ErrorKind::MissingRequiredArgument => Cli::Missing { what: option }.to(lang),
        ErrorKind::InvalidValue if found.is_empty() => Cli::NoValue { option }.to(lang),
        ErrorKind::InvalidValue if !known.is_empty() => Cli::BadValue { found, option, known }.to(lang),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Cli::BadValueOf { found, option }.to(lang),
        ErrorKind::TooManyValues => Cli::NotExpected { found }.to(lang),
        ErrorKind::ArgumentConflict if other.is_empty() || other == option => Cli::Twice { option }.to(lang),
        ErrorKind::ArgumentConflict => Cli::Together { option, other }.to(lang),
        ErrorKind::InvalidUtf8 => Cli::NotText.to(lang),
        _ => return None,
    };
    let typed: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let (path, command) = named(&typed);
    let odd = match error.kind() {
        ErrorKind::UnknownArgument => option.clone(),
        ErrorKind::InvalidSubcommand => text(ContextKind::InvalidSubcommand),
        _ => String::new(),
    };
    let close = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .map(|kind| texts(kind).into_iter().filter(|close| is_shown(close)).collect::<Vec<_>>().join(", "))
        .into_iter()
        .find(|close| !close.is_empty())
        .or_else(|| as_person(&odd, &command, &typed));
    let mut next = Vec::new();
    next.extend(close.map(|close| Cli::DidYouMean { close: &close }.to(lang)));
    next.push(Cli::SeeHelp { command: &path }.to(lang));
    Some(Explained { words, next })
}

/// Whether a suggestion names a verb that the help shows, or no verb.
fn is_shown(close: &str) -> bool {
    Args::command().find_subcommand(close).is_none_or(|verb| !verb.is_hide_set())
}

/// A `--person` option for an unexpected word, if the command takes one: "--person camille".
fn as_person(odd: &str, command: &Command, typed: &[String]) -> Option<String> {
    let names_person = |argument: &String| argument == "--person" || argument.starts_with("--person=");
    let is_about_person = command.get_arguments().any(|argument| argument.get_id().as_str() == "person")
        && command.get_positionals().next().is_none();
    let is_word = !odd.is_empty() && !odd.starts_with('-');
    (is_word && is_about_person && !typed.iter().any(names_person)).then(|| format!("--person {}", word(odd)))
}

/// The path of the verb named by the arguments, such as "mesinfos token create", and its command.
fn named(arguments: &[String]) -> (String, Command) {
    let mut command = Args::command();
    let mut path = command.get_name().to_owned();
    for argument in arguments.iter().filter(|argument| !argument.starts_with('-')) {
        let Some(sub) = command.find_subcommand(argument).cloned() else { continue };
        path = format!("{path} {argument}");
        command = sub;
    }
    (path, command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Collects every key that a command and its subcommands look up.
    fn keys(command: &Command, path: &str, found: &mut BTreeSet<String>) {
        let prefix = if path == "mesinfos" { "" } else { path };
        if !command.is_hide_set() {
            assert!(help(path, Lang::En).is_some(), "no help of {path}");
            found.insert(path.to_owned());
        }
        for argument in command.get_arguments() {
            let key = key(argument, prefix, Lang::En);
            found.insert(key.unwrap_or_else(|| panic!("no help of {} in {path}", argument.get_id())));
        }
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            keys(sub, &if prefix.is_empty() { name.to_owned() } else { format!("{prefix}-{name}") }, found);
        }
    }

    #[test]
    fn every_verb_and_argument_has_its_help_and_no_help_is_of_none() {
        let mut found = BTreeSet::new();
        keys(&command(Lang::En), "mesinfos", &mut found);
        let known: BTreeSet<String> = mesinfos_words::help::keys().into_iter().map(str::to_owned).collect();
        assert_eq!(found, known);
    }

    /// Lines of the help of a command, without the options that all commands have.
    fn own_help(path: &[&str], lang: Lang) -> String {
        let line = [&["mesinfos"], path, &["--help"]].concat();
        let help = command(lang).try_get_matches_from(line).unwrap_err();
        assert_eq!(help.kind(), ErrorKind::DisplayHelp, "{path:?}");
        let all = command(lang);
        let shared: Vec<String> = all
            .get_arguments()
            .filter(|argument| argument.is_global_set())
            .map(|argument| format!("--{}", argument.get_long().unwrap()))
            .collect();
        let is_own = |line: &&str| {
            let line = line.trim_start();
            let option =
                line.split(' ').find(|word| word.starts_with("--")).filter(|_| line.starts_with('-'));
            path.is_empty() || !option.is_some_and(|option| shared.iter().any(|one| one == option))
        };
        let help = spaced(&help.render().to_string(), lang);
        let lines: Vec<&str> = help.lines().filter(is_own).map(str::trim_end).collect();
        let help = lines.join("\n");
        // A heading under which nothing is left.
        let help = help.trim_end();
        let last = help.lines().last().unwrap_or_default();
        let is_empty = !path.is_empty() && !last.starts_with(' ') && last.ends_with(':');
        help.strip_suffix(last).filter(|_| is_empty).unwrap_or(help).trim_end().to_owned()
    }

    fn sections(command: &Command, path: &[&str], lang: Lang, page: &mut String) {
        let level = if path.len() < 2 { "##" } else { "###" };
        let name = [&["mesinfos"], path].concat().join(" ");
        page.push_str(&format!("{level} `{name}`\n\n```text\n{}\n```\n\n", own_help(path, lang)));
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            sections(sub, &[path, &[sub.get_name()]].concat(), lang, page);
        }
    }

    /// `docs/reference/command-line.md`, and the same in French. `cargo xtask generate` writes them (`BLESS=1`).
    #[test]
    fn the_page_of_the_command_line_is_the_help_of_every_verb() {
        let pages = [
            (
                Lang::En,
                "command-line.md",
                "# Command line\n\nThe help of each command, as `mesinfos COMMAND --help` prints it. (En français : \
                 [ligne-de-commande.md](ligne-de-commande.md).) The options of `mesinfos` itself go with every command.\n\n\
                 Results go to standard output, progress and remarks to standard error. Exit status 0: it was done. 1: it was \
                 not, and the last lines say why and what to do. 2: the command line is not valid.\n\n",
            ),
            (
                Lang::Fr,
                "ligne-de-commande.md",
                "# Ligne de commande\n\nL’aide de chaque commande, telle que `mesinfos COMMANDE --help` l’affiche. (In English: \
                 [command-line.md](command-line.md).) Les options de `mesinfos` vont avec toutes les commandes.\n\n\
                 Les résultats vont sur la sortie standard, la progression et les remarques sur la sortie d’erreur. Code de \
                 sortie 0 : c’est fait. 1 : ce n’est pas fait, et les dernières lignes disent pourquoi et que faire. 2 : la ligne \
                 de commande n’est pas valable.\n\n",
            ),
        ];
        for (lang, name, head) in pages {
            let mut page =
                format!("<!-- Written from the help of the command by `cargo xtask generate`. -->\n\n{head}");
            sections(&command(lang), &[], lang, &mut page);
            let page = format!("{}\n", page.trim_end());
            let file = format!("{}/../../docs/reference/{name}", env!("CARGO_MANIFEST_DIR"));
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&file, &page).unwrap();
            }
            let found = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(found == page, "{name} is not the help of the command: run `cargo xtask generate`");
            assert!(page.matches("\n## ").count() > 40, "{name}");
        }
    }

    #[test]
    fn help_is_in_the_language() {
        let mut french = command(Lang::Fr);
        let help = french.find_subcommand_mut("rows").unwrap().render_long_help().to_string();
        assert!(help.contains("Utilisation\u{A0}: ") && help.contains("(par défaut\u{A0}: 50)"), "{help}");
        assert!(!help.contains("default") && !help.contains("possible values"), "{help}");
        assert!(help.contains("--person <PERSONNE>") && help.contains("--period <PÉRIODE>"), "{help}");
    }

    /// Placeholders that are the same in both languages.
    const SAME: &[&str] =
        &["APP", "APP.wasm", "CSV", "DATE", "ID", "IMPORT", "JSON", "N", "PORT", "SHA256", "SHELL", "URL"];

    #[test]
    fn every_placeholder_is_in_the_language() {
        fn all(command: &Command, found: &mut BTreeSet<String>) {
            for argument in command.get_arguments().filter(|argument| argument.get_action().takes_values()) {
                found.extend(argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string));
            }
            command.get_subcommands().for_each(|sub| all(sub, found));
        }
        let mut english = BTreeSet::new();
        all(&Args::command(), &mut english);
        english.retain(|name| placeholder(name, Lang::Fr).is_none());
        assert_eq!(english.iter().map(String::as_str).collect::<Vec<_>>(), SAME);
    }

    #[test]
    fn help_is_a_word_too() {
        let of = |line: &str| {
            let all = arguments(line.split(' ').map(OsString::from));
            all.iter().map(|argument| argument.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("mesinfos help"), "mesinfos --help");
        assert_eq!(of("mesinfos help token create"), "mesinfos token create --help");
        assert_eq!(of("mesinfos --lang fr --json help rows"), "mesinfos --lang fr --json rows --help");
        assert_eq!(of("mesinfos --data=help people"), "mesinfos --data=help people");
        assert_eq!(of("mesinfos --data help people"), "mesinfos --data help people");
        assert_eq!(of("mesinfos import help"), "mesinfos import help");
    }

    #[test]
    fn what_is_suggested_can_be_typed() {
        assert!(!is_shown("runner") && is_shown("run") && is_shown("--person"));
        let person = |line: &str| {
            let typed: Vec<String> = line.split(' ').map(str::to_owned).collect();
            as_person("camille", &named(&typed).1, &typed)
        };
        for verb in ["people", "grants", "audit", "imports"] {
            assert_eq!(person(&format!("{verb} camille")).as_deref(), Some("--person camille"), "{verb}");
        }
        for line in ["grants camille --person paul", "rows bank camille", "apps camille"] {
            assert_eq!(person(line), None, "{line}");
        }
    }

    #[test]
    fn json_is_asked_for_before_the_command_line_is_understood() {
        let wants = |line: &str| wants_json(line.split(' ').map(OsString::from));
        assert!(wants("mesinfos --json nothing") && wants("mesinfos rows --limi 3 --json"));
        assert!(!wants("mesinfos rows") && !wants("mesinfos import -- --json"));
    }

    #[test]
    fn what_was_not_understood_is_said_in_the_language() {
        let said = |line: &str| {
            let error = command(Lang::Fr).try_get_matches_from(line.split(' ')).unwrap_err();
            explained(&error, Lang::Fr).unwrap().words
        };
        assert!(
            said("mesinfos rows --person a --limi 3").contains("«\u{A0}--limi\u{A0}» n’est pas une option")
        );
        assert!(said("mesinfos impor").contains("«\u{A0}impor\u{A0}» n’est pas une commande"));
        assert!(
            said("mesinfos imports").contains("Il manque\u{A0}: --person <PERSONNE>"),
            "{}",
            said("mesinfos imports")
        );
        assert!(said("mesinfos undo x --person a").contains("«\u{A0}x\u{A0}» ne convient pas pour <IMPORT>"));
        assert!(said("mesinfos --isolation no people").contains("Au choix\u{A0}: in-process, process"));
        let odd = <OsString as std::os::unix::ffi::OsStringExt>::from_vec(vec![0xff]);
        let words = ["mesinfos", "people", "--person"].map(OsString::from).into_iter().chain([odd]);
        let error = command(Lang::Fr).try_get_matches_from(words).unwrap_err();
        assert!(explained(&error, Lang::Fr).unwrap().words.contains("UTF-8"));
    }

    #[test]
    fn help_instead_of_a_verb_has_the_spaces_of_the_language() {
        let error = command(Lang::Fr).try_get_matches_from(["mesinfos", "token"]).unwrap_err();
        assert!(
            explained(&error, Lang::Fr)
                .is_none_or(|said| !said.words.lines().any(|line| line.ends_with("s:")))
        );
        let said = spaced(&error.render().to_string(), Lang::Fr);
        assert!(said.lines().all(|line| !line.ends_with("s:")), "{said}");
    }

    #[test]
    fn the_verb_that_is_named_is_found() {
        let path = |line: &str| named(&line.split(' ').map(str::to_owned).collect::<Vec<_>>()).0;
        assert_eq!(path("--json token create --scope all"), "mesinfos token create");
        assert_eq!(path("--nothing"), "mesinfos");
    }
}
