//! Who acts, where nothing is said of it.

use mesinfos_consent::{Act, Actor, Channel};

/// The person at her own command line: whoever acts, where nothing else is said.
pub(crate) const AT_THE_COMMAND_LINE: Act = Act { actor: Actor::Person, channel: Channel::Cli };
