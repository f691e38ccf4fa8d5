//! Ids of grants and receipts.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{NoContext, Timestamp, Uuid};

/// The text that failed to parse as an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an id: a UUID is expected, such as 019ab0c1-7a4e-7cc3-8f10-3b6f0d2e9a51")]
pub struct NotAnId(pub String);

/// A UUID of version 7 (RFC 9562): the current second, then random bits.
fn new_v7(now: i64) -> Uuid {
    Uuid::new_v7(Timestamp::from_unix(NoContext, now.max(0).unsigned_abs(), 0))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new random id, created at `now` (UTC seconds). Ids sort by that second.
            pub fn new(now: i64) -> $name {
                $name(new_v7(now))
            }

            /// Id from its 16 bytes.
            pub fn from_bytes(bytes: [u8; 16]) -> $name {
                $name(Uuid::from_bytes(bytes))
            }

            /// The id as 16 bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<$name, NotAnId> {
                Uuid::parse_str(text).map($name).map_err(|_| NotAnId(text.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<$name, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id! {
    /// Id of a grant: a UUID of version 7.
    GrantId
}

id! {
    /// Id of a receipt: a UUID of version 7.
    ReceiptId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_their_second_and_differ() {
        let (a, b) = (GrantId::new(1_700_000_000), GrantId::new(1_700_000_000));
        assert_ne!(a, b);
        assert!(a < GrantId::new(1_700_000_001));
        assert_eq!(a.0.get_version_num(), 7);
        assert_eq!(a.0.get_timestamp().unwrap().to_unix().0, 1_700_000_000);
        assert_eq!(a.to_string().parse(), Ok(a));
        assert_eq!("x".parse::<GrantId>(), Err(NotAnId("x".into())));
    }
}
