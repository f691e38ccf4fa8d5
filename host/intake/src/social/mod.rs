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

/// Characters of a text.
fn characters(text: &str) -> Option<i64> {
    i64::try_from(text.chars().count()).ok()
}
