//! Where a block stands in a view.

use mesinfos_model::view::{Block, View};
use std::fmt;
use std::str::FromStr;

/// Place of a block: indices from 0 of its page, of its section in the page, and of itself in the section.
/// Written "0-2-1", which needs no escape in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    /// Index of the page.
    pub(crate) page: usize,
    /// Index of the section in the page.
    pub(crate) section: usize,
    /// Index of the block in the section.
    pub(crate) block: usize,
}

impl Address {
    /// The block at this place. `None` if the view has none there.
    pub(crate) fn find(self, view: &View) -> Option<&Block> {
        view.pages.get(self.page)?.sections.get(self.section)?.blocks.get(self.block)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.page, self.section, self.block)
    }
}

/// A text that is not the address of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Address, NoAddress> {
        let index = |part: &str| {
            // Digits only: `parse` accepts a sign.
            let is_plain = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| part.parse().ok()).flatten()
        };
        let parts: Vec<Option<usize>> = text.splitn(4, '-').map(index).collect();
        match parts[..] {
            [Some(page), Some(section), Some(block)] => Ok(Address { page, section, block }),
            _ => Err(NoAddress),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let at = Address { page: 1, section: 0, block: 12 };
        assert_eq!(at.to_string(), "1-0-12");
        assert_eq!("1-0-12".parse(), Ok(at));
        for wrong in ["", "1", "1-2", "1-2-3-4", "-1-2-3", "+1-2-3", "1-2-", "a-b-c", "1-2-99999", "1--2"] {
            assert_eq!(wrong.parse::<Address>(), Err(NoAddress), "{wrong}");
        }
    }
}
