//! Parts of pages: a function for each component of the design (`docs/design.md`).

mod confirm;
mod files;
mod icon;
mod qr;
mod ring;
mod shell;
mod small;

pub(crate) use confirm::{Question, confirm, is_sure};
pub(crate) use files::{chosen, drop_zone};
pub(crate) use icon::{Icon, icon, tinted};
pub(crate) use qr::qr;
pub use qr::qr_in_text;
pub(crate) use ring::{Known, Year, ring};
pub(crate) use shell::{Section, Shell, Stands, Who, document};
pub(crate) use small::{
    badge, capital, crumbs, empty, figure, list_table, meter, more, note, note_with, paused_note,
    paused_title, portrait, publisher, section, section_with, table_region,
};
