//! Friends in Facebook's "download your information" (JSON): `{"friends_v2": [{name, timestamp}]}`,
//! formerly `{"friends": …}`. The timestamp is the start of the friendship, in seconds since 1970.

use super::facebook_text::repaired;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::social as s;
use serde::Deserialize;

pub(crate) struct FacebookFriends;

static ABOUT: FormatInfo = FormatInfo {
    id: "facebook-friends-json",
    fr: "Amis Facebook (JSON)",
    en: "Facebook friends (JSON)",
    origin: "Facebook",
    categories: &[Category::Social],
    looks_for: "a JSON object that begins with \"friends_v2\" or \"friends\", of \"name\" and \"timestamp\"",
    spec: "https://www.facebook.com/help/212802592074644",
    counts: OrdinalKind::Entries,
};

/// The member with the list, newest name first.
const LISTS: [&str; 2] = ["friends_v2", "friends"];

#[derive(Deserialize)]
struct Friend {
    name: Option<String>,
    timestamp: Option<i64>,
}

fn list(head: &Head) -> Option<&'static str> {
    let first = head.first_member()?;
    LISTS.into_iter().find(|name| *name == first)
}

impl Format for FacebookFriends {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().trim_start().starts_with('{')
            && head.is_json_with(&["\"name\"", "\"timestamp\""])
            && list(head).is_some()
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let list = list(input.head).unwrap_or(LISTS[0]);
        records(input.text(), &[list], rows, &mut push)
    }
}

fn push(friend: &Friend, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let name = repaired(friend.name.as_deref().unwrap_or_default());
    let name = name.trim();
    if name.is_empty() {
        rows.reject(ordinal, Some("name"), Reason::NoName);
        return Ok(());
    }
    rows.push(
        Category::Social,
        ordinal,
        &[
            (s::HOLDER, "Facebook".into()),
            (s::ROW, s::row::CONTACT.into()),
            (s::AT, friend.timestamp.filter(|&at| at > 0).into()),
            (s::CHANNEL, s::channel::NETWORK.into()),
            (s::PERSON, name.into()),
            (s::NAME, name.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::social as s;

    #[test]
    fn friends_of_both_ages() {
        for list in super::LISTS {
            let text = format!(
                r#"{{"{list}": [{{"name": "Andr\u00c3\u00a9", "timestamp": 1342345678}}, {{"name": "Jane"}},
                {{"name": " ", "timestamp": 1}}, {{"name": 5}}]}}"#
            );
            let (reads, batches) = read_all(text.as_bytes()).unwrap();
            assert_eq!(
                (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
                ("facebook-friends-json", 2, 2)
            );
            // Undated rows may come in any order.
            let row = (0..2).find(|&row| batches[0].text(s::NAME, row) == Some("André")).unwrap();
            assert_eq!(
                (batches[0].integer(s::AT, row), batches[0].integer(s::CHANNEL, row)),
                (Some(1_342_345_678), Some(s::channel::NETWORK))
            );
        }
    }
}
