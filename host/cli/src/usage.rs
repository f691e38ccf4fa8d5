//! Command-line help and usage errors in the person's language.

use crate::args::Args;
use crate::verbs::Verb;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser};
use mesinfos_model::view::Lang;
use mesinfos_words::cli::Cli;
use mesinfos_words::help::help;
use std::ffi::OsString;

/// Parses the command line of this process.
///
/// # Errors
/// Those of clap, which include requests for help and version.
pub(crate) fn parse(lang: Lang) -> Result<Args, clap::Error> {
    let matches = command(lang).try_get_matches()?;
    Args::from_arg_matches(&matches)
}

/// The clap command with all texts in `lang`.
fn command(lang: Lang) -> Command {
    let flag = |name: &'static str, short, action| {
        let words = help(&format!("any-{name}"), lang).unwrap_or_default();
        Arg::new(name).short(short).long(name).action(action).global(true).help(words)
    };
    // Help of clap's own flags is English only.
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
pub(crate) fn of_run(arguments: impl Iterator<Item = OsString>) -> Option<Args> {
    let arguments: Vec<OsString> =
        arguments.filter(|argument| argument != "--help" && argument != "-h").collect();
    // Help works without `--person`.
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

/// Explains a usage error, line by line. `None` if only clap's own message fits.
pub(crate) fn explained(error: &clap::Error, lang: Lang) -> Option<Vec<String>> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
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
    let close = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .map(text)
        .into_iter()
        .find(|close| !close.is_empty());
    let mut lines = vec![Cli::ErrorLine { code: "usage", words: &words }.to(lang)];
    lines.extend(close.map(|close| Cli::DidYouMean { close: &close }.to(lang)));
    // Arguments need not be UTF-8.
    let command = path(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()));
    lines.push(Cli::SeeHelp { command: &command }.to(lang));
    Some(lines)
}

/// Path of the verb on a command line, such as "mesinfos token create".
fn path(arguments: impl Iterator<Item = String>) -> String {
    let mut command = Args::command();
    let mut path = command.get_name().to_owned();
    for argument in arguments.filter(|argument| !argument.starts_with('-')) {
        let Some(sub) = command.find_subcommand(&argument).cloned() else { continue };
        path = format!("{path} {argument}");
        command = sub;
    }
    path
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

    #[test]
    fn help_is_in_the_language() {
        let mut french = command(Lang::Fr);
        let help = french.find_subcommand_mut("rows").unwrap().render_long_help().to_string();
        assert!(help.contains("Utilisation\u{A0}: ") && help.contains("(par défaut\u{A0}: 50)"), "{help}");
        assert!(!help.contains("default") && !help.contains("possible values"), "{help}");
    }

    #[test]
    fn what_was_not_understood_is_said_in_the_language() {
        let said = |line: &str| {
            let error = command(Lang::Fr).try_get_matches_from(line.split(' ')).unwrap_err();
            explained(&error, Lang::Fr).unwrap()[0].clone()
        };
        assert!(
            said("mesinfos rows --person a --limi 3").contains("«\u{A0}--limi\u{A0}» n’est pas une option")
        );
        assert!(said("mesinfos impor").contains("«\u{A0}impor\u{A0}» n’est pas une commande"));
        assert!(
            said("mesinfos imports").contains("Il manque\u{A0}: --person <PERSON>"),
            "{}",
            said("mesinfos imports")
        );
        assert!(said("mesinfos undo x --person a").contains("«\u{A0}x\u{A0}» ne convient pas pour <IMPORT>"));
        assert!(said("mesinfos --isolation no people").contains("Au choix\u{A0}: in-process, process"));
        let odd = <OsString as std::os::unix::ffi::OsStringExt>::from_vec(vec![0xff]);
        let words = ["mesinfos", "people", "--person"].map(OsString::from).into_iter().chain([odd]);
        let error = command(Lang::Fr).try_get_matches_from(words).unwrap_err();
        assert!(explained(&error, Lang::Fr).unwrap()[0].contains("UTF-8"));
    }

    #[test]
    fn help_instead_of_a_verb_has_the_spaces_of_the_language() {
        let error = command(Lang::Fr).try_get_matches_from(["mesinfos", "token"]).unwrap_err();
        assert!(
            explained(&error, Lang::Fr).is_none_or(|lines| !lines.iter().any(|line| line.ends_with("s:")))
        );
        let said = spaced(&error.render().to_string(), Lang::Fr);
        assert!(said.lines().all(|line| !line.ends_with("s:")), "{said}");
    }

    #[test]
    fn the_verb_that_is_named_is_found() {
        let path = |line: &str| path(line.split(' ').map(str::to_owned));
        assert_eq!(path("--json token create --scope all"), "mesinfos token create");
        assert_eq!(path("--nothing"), "mesinfos");
    }
}
