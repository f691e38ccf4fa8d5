//! Writes the fuzzer's initial corpus: the samples of the tests by family, each prefixed with the byte that
//! selects the format of the family.

use mesinfos_intake::{FAMILIES, recognised_by};
use mesinfos_intake_fuzz::NAMES;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(here.join("../tests/samples"))? {
        let entry = entry?;
        let (name, bytes) = (entry.file_name(), std::fs::read(entry.path())?);
        for any in ["archive", "mapped"] {
            let any = here.join("corpus").join(any);
            std::fs::create_dir_all(&any)?;
            std::fs::write(any.join(&name), &bytes)?;
        }
        let Some(about) = recognised_by(&bytes).first().copied() else { continue };
        for (family, formats) in NAMES.iter().zip(FAMILIES) {
            let Some(index) = formats.iter().position(|format| format.about().id == about.id) else {
                continue;
            };
            let folder = here.join("corpus").join(family);
            std::fs::create_dir_all(&folder)?;
            let index = u8::try_from(index).unwrap_or_default();
            std::fs::write(folder.join(&name), [&[index][..], &bytes].concat())?;
        }
    }
    Ok(())
}
