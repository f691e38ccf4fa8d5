//! Formats of contacts and messages.

mod contact;
mod facebook_friends;
mod facebook_messages;
mod facebook_text;
mod jcard;
mod vcard;
mod whatsapp;

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &vcard::VCard,
    &jcard::JCard,
    &facebook_friends::FacebookFriends,
    &facebook_messages::FacebookMessages,
    &whatsapp::WhatsAppChat,
];

/// Codes of [`mesinfos_model::category::social::ROW`].
const CONTACT: i64 = 0;
const MESSAGE: i64 = 1;

/// Codes of [`mesinfos_model::category::social::CHANNEL`].
const CHAT: i64 = 2;
const NETWORK: i64 = 4;
const ADDRESS_BOOK: i64 = 5;

/// Codes of [`mesinfos_model::category::social::DIRECTION`].
const IN: i64 = 0;
const OUT: i64 = 1;

/// Characters of a text.
fn characters(text: &str) -> Option<i64> {
    i64::try_from(text.chars().count()).ok()
}
