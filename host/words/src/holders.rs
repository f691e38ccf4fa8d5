//! Texts about the data holders of the register.

use crate::message::texts;
use mesinfos_model::Holder;
use mesinfos_model::view::Lang;

/// How people download their data from a holder themselves; `None` if they cannot, or it is not known.
pub fn download(holder: &Holder, lang: Lang) -> Option<String> {
    holder.has_download.then(|| texts!("holders", lang).find(holder.id)).flatten()
}

/// The file, with the holders that need a text.
#[cfg(test)]
pub(crate) fn file() -> crate::file::File {
    let with_download = mesinfos_model::HOLDERS.iter().filter(|holder| holder.has_download);
    crate::file::File {
        name: "holders",
        texts: [crate::message::file!("fr", "holders"), crate::message::file!("en", "holders")],
        messages: with_download.map(|holder| (holder.id, &[][..])).collect::<Vec<_>>().leak(),
    }
}
