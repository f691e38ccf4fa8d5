//! Who sends a request to the API.

use crate::places::Holder;
use std::sync::Arc;

/// The token that a request bears, by its id.
#[derive(Debug, Clone)]
pub(crate) struct Client(Arc<str>);

impl Client {
    /// The bearer of a token of this id.
    pub(crate) fn new(token: &str) -> Client {
        Client(token.into())
    }

    /// The id of the token.
    pub(crate) fn token(&self) -> &str {
        &self.0
    }

    /// Who holds a place for a person, or for nobody.
    pub(crate) fn holder(&self, person: &str) -> Holder {
        Holder { client: Arc::clone(&self.0), person: person.to_owned() }
    }
}
