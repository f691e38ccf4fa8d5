//! Settings of the server in a file: `mesinfos.toml` in the data folder, or the file that `--config` names.
//!
//! A flag overrides the file. The file is as private as its folder and contains no secret.

use crate::failure::{Doing, Failure, Result};
use crate::language::lang;
use crate::log::LogArg;
use crate::shared::shown;
use crate::wall::IsolationArg;
use clap::ValueEnum;
use mesinfos_web::Contact;
use mesinfos_words::cli::Cli;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::net::Ipv6Addr;
use std::path::Path;
use toml::{Spanned, Value};

/// Default port, if neither a flag nor a file names one.
pub(crate) const PORT: u16 = 7380;

/// Size limit of a settings file, in bytes: a page of settings takes a few hundred.
const LARGEST: u64 = 64 << 10;

/// Name of the settings file in a data folder.
const FILE: &str = "mesinfos.toml";

/// Settings of the server. `None` for a setting missing from the file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    /// Port on 127.0.0.1.
    pub(crate) port: Option<u16>,
    /// Names of the server besides those of this machine.
    pub(crate) host_names: Vec<String>,
    /// Whom people ask.
    pub(crate) contact: Option<Contact>,
    /// Format of the log.
    pub(crate) log: Option<LogArg>,
    /// Where apps run.
    pub(crate) isolation: Option<IsolationArg>,
}

/// Keys of the file.
const KEYS: [&str; 5] = ["contact", "host-names", "isolation", "log", "port"];

impl Config {
    /// Reads the file named on the command line, else the one in the data folder, if it exists.
    pub(crate) fn read(named: Option<&Path>, folder: &Path) -> Result<Config> {
        let usual = folder.join(FILE);
        let path = named.unwrap_or(&usual);
        let name = shown(path);
        let file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => {
                return Ok(Config::default());
            }
            file => file.doing(Cli::Reading { path: &name })?,
        };
        let mut text = String::new();
        file.take(LARGEST + 1).read_to_string(&mut text).doing(Cli::Reading { path: &name })?;
        if text.len() as u64 > LARGEST {
            return Err(Failure::said(Cli::ConfigTooLarge { path: &name, most: LARGEST >> 10 }));
        }
        Config::parse(&text).map_err(|fault| fault.told(&name, &text))
    }

    fn parse(text: &str) -> std::result::Result<Config, Fault> {
        let table: Vec<(Spanned<String>, Spanned<Value>)> = toml::from_str::<Table>(text)
            .map_err(|error| Fault { at: error.span().map_or(0, |span| span.start), key: None })?
            .0;
        let mut config = Config::default();
        for (key, value) in table {
            let wrong = || Fault { at: value.span().start, key: Some(key.get_ref().clone()) };
            let value = value.get_ref();
            match key.get_ref().as_str() {
                "port" => {
                    let port = value.as_integer().and_then(|port| u16::try_from(port).ok());
                    config.port = Some(port.ok_or_else(wrong)?);
                }
                "host-names" => {
                    let names = value.as_array().ok_or_else(wrong)?;
                    let name =
                        |name: &Value| name.as_str().filter(|name| is_host_name(name)).map(ToOwned::to_owned);
                    let names: Option<Vec<String>> = names.iter().map(name).collect();
                    config.host_names = names.ok_or_else(wrong)?;
                }
                "contact" => {
                    let contact = value.as_str().and_then(|text| text.parse().ok());
                    config.contact = Some(contact.ok_or_else(wrong)?);
                }
                "log" => config.log = Some(choice(value).ok_or_else(wrong)?),
                "isolation" => config.isolation = Some(choice(value).ok_or_else(wrong)?),
                _ => return Err(Fault { at: key.span().start, key: Some(key.get_ref().clone()) }),
            }
        }
        Ok(config)
    }
}

/// Whether a text is a host name (RFC 952, RFC 1123), an IPv4 address or an IPv6 address in brackets
/// (RFC 3986, section 3.2.2), without a port.
pub(crate) fn is_host_name(text: &str) -> bool {
    if let Some(address) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let is_inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (1..=63).contains(&label.len())
            && label.bytes().all(is_inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// The choice of a closed list named by a text.
fn choice<T: ValueEnum>(value: &Value) -> Option<T> {
    T::from_str(value.as_str()?, false).ok()
}

/// Choices of a closed list, as written in the file.
fn choices<T: ValueEnum>() -> Vec<String> {
    let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    names.map(|value| value.get_name().to_owned()).collect()
}

/// An error in a settings file, and its position.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    /// Byte offset in the text.
    at: usize,
    /// Key that is unknown or has a wrong value. `None` if the text is not TOML.
    key: Option<String>,
}

impl Fault {
    fn told(&self, path: &str, text: &str) -> Failure {
        let before = text.get(..self.at).unwrap_or(text);
        let line = 1 + before.matches('\n').count() as u64;
        let Some(key) = self.key.as_deref() else {
            return Failure::said(Cli::ConfigNotToml { path, line });
        };
        let expected = match key {
            "port" => Cli::ConfigPort.to(lang()),
            "contact" => Cli::ConfigContact.to(lang()),
            "host-names" => Cli::ConfigNames.to(lang()),
            "log" => Cli::ConfigOneOf { known: &choices::<LogArg>().join(", ") }.to(lang()),
            "isolation" => Cli::ConfigOneOf { known: &choices::<IsolationArg>().join(", ") }.to(lang()),
            _ => return Failure::said(Cli::ConfigNoKey { path, line, key, known: &KEYS.join(", ") }),
        };
        Failure::said(Cli::ConfigWrong { path, line, key, expected: &expected })
    }
}

/// A TOML table with the positions of its keys and values, in the order of the text.
struct Table(Vec<(Spanned<String>, Spanned<Value>)>);

impl<'de> serde::Deserialize<'de> for Table {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Table, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Table;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Table, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Table(entries))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::Lang;
    use serde_json::json;

    #[test]
    fn every_key_is_read() {
        let text = "# ours\nport = 80\nhost-names = [\"a.example\", \"b\"]\nlog = \"json\"\n\
                    contact = \"help@a.example\"\n\
                    isolation = \"in-process\"\n";
        let config = Config {
            port: Some(80),
            host_names: vec!["a.example".to_owned(), "b".to_owned()],
            contact: "help@a.example".parse().ok(),
            log: Some(LogArg::Json),
            isolation: Some(IsolationArg::InProcess),
        };
        assert_eq!(Config::parse(text), Ok(config));
        assert_eq!(Config::parse(""), Ok(Config::default()));
    }

    #[test]
    fn host_names_are_names_alone() {
        let long = format!("{}.example", "a".repeat(63));
        for name in
            ["a", "mesinfos.example.org", "192.168.1.2", "[::1]", "xn--bcher-kva.example", "a_b", &long]
        {
            assert!(is_host_name(name), "{name}");
        }
        let too_long = ["a"; 127].join(".") + ".b";
        for other in [
            "",
            ".",
            "a..b",
            "a.",
            "-a",
            "a-",
            "a b",
            "http://a",
            "a:80",
            "a/b",
            "a\nb",
            "*.a",
            "é.fr",
            "::1",
            "[::1]:80",
            "[a]",
            &"a".repeat(64),
            &too_long,
        ] {
            assert!(!is_host_name(other), "{other}");
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, "#".repeat(64 << 10)).unwrap();
        assert_eq!(Config::read(None, folder.path()).unwrap(), Config::default());
        std::fs::write(&path, "#".repeat((64 << 10) + 1)).unwrap();
        let refused = Config::read(None, folder.path()).unwrap_err().words(Lang::En);
        assert!(refused.contains("larger than 64"), "{refused}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, key) in [
            ("port = 70000", 1, Some("port")),
            ("\nport = \"80\"", 2, Some("port")),
            ("host-names = \"a\"", 1, Some("host-names")),
            ("host-names = [1]", 1, Some("host-names")),
            ("host-names = [\"a.example\", \"https://a.example\"]", 1, Some("host-names")),
            ("contact = \"http://a.example\"", 1, Some("contact")),
            ("log = \"xml\"", 1, Some("log")),
            ("log = \"off\"\n\nisolation = true", 3, Some("isolation")),
            ("log = \"off\"\nprot = 80", 2, Some("prot")),
            ("log = \"off\"\n[serve]\nport = 80", 2, Some("serve")),
            ("log = \"off\"\nport 80", 2, None),
        ] {
            let fault = Config::parse(text).unwrap_err();
            assert_eq!(fault.key.as_deref(), key, "{text}");
            let said = fault.told("f.toml", text).words(Lang::En);
            assert!(said.contains("f.toml") && said.contains(&format!("line {line}")), "{text}: {said}");
        }
    }

    /// The schema of the file, for editors, agrees with the parser.
    #[test]
    fn the_schema_is_what_is_read() {
        let about = |key: &str| {
            let of = |verb: &str| mesinfos_words::help::help(&format!("{verb}-{key}"), Lang::En);
            of("serve").or_else(|| of("any"))
        };
        let text = |known: Vec<String>| json!({ "type": "string", "enum": known });
        let mut properties = serde_json::Map::new();
        for key in KEYS {
            let mut schema = match key {
                "port" => json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX, "default": PORT }),
                "contact" => json!({ "type": "string" }),
                "host-names" => json!({ "type": "array", "items": { "type": "string" } }),
                "log" => text(choices::<LogArg>()),
                _ => text(choices::<IsolationArg>()),
            };
            schema["description"] = about(key).into();
            properties.insert(key.to_owned(), schema);
        }
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "mesinfos.toml of a data folder: settings of the server",
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        let expected = format!("{schema:#}\n");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mesinfos.schema.json");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), expected, "run this test with BLESS=1");
    }
}
