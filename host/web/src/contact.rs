//! Whom people ask who have a question: an address that the operator sets.

use std::str::FromStr;

/// Longest address, in bytes.
const LONGEST: usize = 254;

/// An address of the operator: that of a mailbox, or of a page with TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact(String);

/// A text is no address that a page can link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAContact;

impl FromStr for Contact {
    type Err = NotAContact;

    fn from_str(text: &str) -> Result<Contact, NotAContact> {
        let address = text.strip_prefix("mailto:").unwrap_or(text);
        let is_plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\?&%#".contains(c);
        let is_page = address.strip_prefix("https://").is_some_and(|rest| !rest.is_empty());
        let is_mailbox = address.split_once('@').is_some_and(|(who, host)| {
            !who.is_empty()
                && host.contains('.')
                && !host.contains(['@', '/', ':'])
                && !who.contains([':', '/'])
        });
        let fits = address.len() <= LONGEST && address.chars().all(is_plain);
        if fits && (is_page || is_mailbox) { Ok(Contact(address.to_owned())) } else { Err(NotAContact) }
    }
}

impl Contact {
    /// The target of a link to it.
    pub(crate) fn link(&self) -> String {
        if self.0.starts_with("https://") { self.0.clone() } else { format!("mailto:{}", self.0) }
    }

    /// The address as people read it.
    pub(crate) fn shown(&self) -> &str {
        self.0.strip_prefix("https://").unwrap_or(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_a_mailbox_or_a_page_with_tls() {
        for (text, link) in [
            ("aide@infos.example", "mailto:aide@infos.example"),
            ("mailto:aide@infos.example", "mailto:aide@infos.example"),
            ("https://infos.example/aide", "https://infos.example/aide"),
        ] {
            assert_eq!(text.parse::<Contact>().unwrap().link(), link);
        }
        for other in [
            "",
            "aide",
            "@infos.example",
            "aide@infos",
            "http://infos.example",
            "https://",
            "javascript:alert(1)@x.y",
            "a@b.c?bcc=d@e.f",
            "a@b.c\r\nX: y",
            "a b@c.d",
            "https://a.example/\"><b>",
        ] {
            assert_eq!(other.parse::<Contact>(), Err(NotAContact), "{other:?}");
        }
    }
}
