//! Formats of contacts and messages.

mod contact;
mod facebook_friends;
mod facebook_messages;
mod facebook_text;
mod jcard;
mod vcard;
mod whatsapp;
mod whole_letters;

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &vcard::VCard,
    &jcard::JCard,
    &facebook_friends::FacebookFriends,
    &facebook_messages::FacebookMessages,
    &whatsapp::WhatsAppChat,
];

/// Number of characters in a text.
fn characters(text: &str) -> Option<i64> {
    i64::try_from(text.chars().count()).ok()
}
