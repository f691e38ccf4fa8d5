//! Messages: a variant of an enum with arguments, and a text of the same name in the Fluent file of each
//! language.
//!
//! Callers construct a variant, so no key can be misspelt and no argument forgotten. A test (`catalogue.rs`)
//! checks that the files contain exactly these messages and arguments, so no text is missing at run time.
//!
//! Typography is applied here, not in the files: in French, a plain space before `: ; ? !` and inside
//! guillemets becomes a no-break space, and numbers are grouped by language.

use crate::digits::whole;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use mesinfos_model::view::Lang;
use mesinfos_runtime::spacing::marks;
use std::borrow::Cow;
use unic_langid::LanguageIdentifier;

/// Messages of one file in one language.
pub(crate) struct Texts(FluentBundle<FluentResource>);

/// Arguments of a message, by name.
pub(crate) type Arguments<'a> = Vec<(&'static str, FluentValue<'a>)>;

impl Texts {
    /// Parses a file.
    pub(crate) fn new(lang: Lang, file: &str) -> Texts {
        // Both codes are valid identifiers.
        let language: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Terminals may show the isolation marks around arguments as boxes.
        bundle.set_use_isolating(false);
        match lang {
            Lang::Fr => {
                bundle.set_formatter(Some(|value, _| number(value, Lang::Fr)));
                bundle.set_transform(Some(marks));
            }
            Lang::En => bundle.set_formatter(Some(|value, _| number(value, Lang::En))),
        }
        // A test finds errors in a file. The rest of the file still works.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
        Texts(bundle)
    }

    /// A message without arguments. `None` if the key is unknown.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        Some(self.0.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }

    /// A formatted message, or its key if it is missing.
    pub(crate) fn get(&self, variant: &str, arguments: Arguments<'_>) -> String {
        let key = key(variant);
        let Some(pattern) = self.0.get_message(&key).and_then(|message| message.value()) else {
            return key;
        };
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        self.0.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

/// Key of a variant: `NoSuchPerson` is `no-such-person`.
pub(crate) fn key(variant: &str) -> String {
    let mut key = String::with_capacity(variant.len() + 4);
    for (at, c) in variant.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            key.push('-');
        }
        key.push(c.to_ascii_lowercase());
    }
    key
}

/// Type of an argument.
pub(crate) trait Argument<'a> {
    /// The argument as a Fluent value.
    fn value(self) -> FluentValue<'a>;
}

impl<'a> Argument<'a> for &'a str {
    fn value(self) -> FluentValue<'a> {
        FluentValue::String(Cow::Borrowed(self))
    }
}

/// Largest number passed to Fluent. Fluent uses floats, which are exact up to here, and panics on some
/// numbers longer than 64 bits.
const MOST: u64 = 1 << 53;

/// Counts, capped at [`MOST`].
impl<'a> Argument<'a> for u64 {
    fn value(self) -> FluentValue<'a> {
        FluentValue::from(self.min(MOST))
    }
}

/// Numbers that only select a plural form.
impl<'a> Argument<'a> for f64 {
    fn value(self) -> FluentValue<'a> {
        let most = 1e15;
        FluentValue::from(if self.is_finite() { self.clamp(-most, most) } else { most })
    }
}

fn number(value: &FluentValue<'_>, lang: Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(whole(number.value, lang)),
        _ => None,
    }
}

/// Declares the messages of a file.
macro_rules! messages {
    ($(#[$doc:meta])* $visible:vis enum $name:ident $(<$life:lifetime>)? in $file:literal {
        $($variant:ident $({ $($argument:ident: $type:ty),* $(,)? })?,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq)]
        #[allow(missing_docs, reason = "each is the message of that name in the Fluent files")]
        $visible enum $name $(<$life>)? {
            $($variant $({ $($argument: $type),* })?,)*
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The message in a language.
            #[must_use]
            $visible fn to(self, lang: mesinfos_model::view::Lang) -> String {
                let (variant, arguments): (&str, $crate::message::Arguments<'_>) = match self {
                    $(Self::$variant $({ $($argument),* })? => (
                        stringify!($variant),
                        vec![$($((stringify!($argument), $crate::message::Argument::value($argument))),*)?],
                    ),)*
                };
                $crate::message::texts!($file, lang).get(variant, arguments)
            }

            #[cfg(test)]
            pub(crate) const FILE: $crate::file::File = $crate::file::File {
                name: $file,
                texts: [$crate::message::file!("fr", $file), $crate::message::file!("en", $file)],
                messages: &[$((stringify!($variant), &[$($(stringify!($argument)),*)?])),*],
            };
        }
    };
}

/// Text of a file.
macro_rules! file {
    ($lang:literal, $file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/", $lang, "/", $file, ".ftl"))
    };
}

/// Messages of a file in a language, parsed on first use.
macro_rules! texts {
    ($file:literal, $lang:expr) => {{
        use mesinfos_model::view::Lang;
        use std::sync::LazyLock;
        use $crate::message::Texts;
        static FR: LazyLock<Texts> =
            LazyLock::new(|| Texts::new(Lang::Fr, $crate::message::file!("fr", $file)));
        static EN: LazyLock<Texts> =
            LazyLock::new(|| Texts::new(Lang::En, $crate::message::file!("en", $file)));
        let texts: &'static Texts = match $lang {
            Lang::Fr => &FR,
            Lang::En => &EN,
        };
        texts
    }};
}

pub(crate) use {file, messages, texts};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_names_of_variants() {
        assert_eq!(key("NoSuchPerson"), "no-such-person");
        assert_eq!(key("Word"), "word");
    }

    #[test]
    fn numbers_and_plurals_are_those_of_the_language() {
        let text = "rows = { $rows ->\n    [one] { $rows } ligne : { $of }\n   *[other] { $rows } lignes : { $of }\n}\n";
        let fr = Texts::new(Lang::Fr, text);
        let rows = |count: u64| fr.get("Rows", vec![("rows", count.value()), ("of", "\u{202e}a".value())]);
        assert_eq!(rows(0), "0 ligne\u{A0}: \u{202e}a", "an argument is as it is");
        assert_eq!(rows(12_345), "12\u{202F}345 lignes\u{A0}: \u{202e}a");
        assert_eq!(rows(1_000_000), "1\u{202F}000\u{202F}000 lignes\u{A0}: \u{202e}a");
        let en = Texts::new(Lang::En, text);
        assert_eq!(en.get("Rows", vec![("rows", 0_u64.value()), ("of", "a".value())]), "0 lignes : a");
        assert_eq!(
            en.get("Rows", vec![("rows", 4_000_u64.value()), ("of", "a".value())]),
            "4,000 lignes : a"
        );
        assert_eq!(en.get("NotThere", Vec::new()), "not-there");
        // No number causes a panic.
        for odd in [f64::NAN, f64::INFINITY, f64::MIN, 1e300, 1.5] {
            assert!(!en.get("Rows", vec![("rows", odd.value()), ("of", "a".value())]).is_empty());
        }
        assert!(!rows(u64::MAX).is_empty());
    }
}
