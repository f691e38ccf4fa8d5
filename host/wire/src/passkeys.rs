//! Passkeys, between the pages and their script.

use serde::Serialize;

/// Options for the browser's `navigator.credentials` (Web Authentication, level 3).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PasskeyOptions {
    /// Comes back with the browser's answer.
    pub challenge: String,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`.
    pub options: serde_json::Value,
}

/// What stands in the way, in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasskeyRefused {
    /// A sentence.
    pub error: String,
}
