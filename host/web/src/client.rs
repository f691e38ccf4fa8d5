//! The client of an API request.

use crate::slots::SlotOwner;
use std::sync::Arc;

/// Client, identified by the id of its token.
#[derive(Debug, Clone)]
pub(crate) struct Client(Arc<str>);

impl Client {
    /// The bearer of the token with this id.
    pub(crate) fn new(token: &str) -> Client {
        Client(token.into())
    }

    /// Id of the token.
    pub(crate) fn token(&self) -> &str {
        &self.0
    }

    /// Holder of a slot for a person. `person` is empty if the request is about nobody.
    pub(crate) fn slot_owner(&self, person: &str) -> SlotOwner {
        SlotOwner { client: Arc::clone(&self.0), person: person.to_owned() }
    }
}
