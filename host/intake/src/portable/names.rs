//! Names of members, which other programs unpack into folders.

/// Longest name made of a file's own name, in characters.
const LONGEST: usize = 80;

/// A file's name as the last part of a member's name: without folders, and with letters, digits, `.`, `-` and
/// `_` only. It may be empty.
pub fn safe_name(file: &str) -> String {
    let own = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut name = String::new();
    for c in own.chars().map(|c| if is_kept(c) { c } else { '-' }) {
        let is_mark = matches!(c, '-' | '.');
        match name.chars().last() {
            // No hidden file.
            None if is_mark => {}
            // No "..", and no run of dashes. A dot ends one: the kind of the file follows it.
            Some('-') if c == '.' => {
                name.pop();
                name.push('.');
            }
            Some('-' | '.') if is_mark => {}
            _ => name.push(c),
        }
    }
    // The end of a long name says of what kind the file is.
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let ending = ending.filter(|ending| ending.chars().count() <= 8).map(|ending| format!(".{ending}"));
    let ending = ending.unwrap_or_default();
    let stem = name.strip_suffix(&ending).unwrap_or(&name);
    let short: String = stem.chars().take(LONGEST - ending.chars().count()).collect();
    format!("{short}{ending}").trim_end_matches(['.', '-']).to_owned()
}

/// Whether a member's name is one that we write.
pub(crate) fn is_safe(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(is_kept);
    name.chars().count() <= 2 * LONGEST && name.split('/').all(is_part)
}

fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        for (file, name) in [
            ("facture.pdf", "facture.pdf"),
            ("Relevé n° 3 (mars).pdf", "Relevé-n-3-mars.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\x.exe", "x.exe"),
            ("C:\\Users\\me\\a b.txt", "a-b.txt"),
            ("..", ""),
            (".bashrc", "bashrc"),
            ("a\u{202e}fdp.exe", "a-fdp.exe"),
            ("a\0b", "a-b"),
            ("", ""),
            ("x.", "x"),
            ("a..b", "a.b"),
        ] {
            let made = safe_name(file);
            assert_eq!(made, name, "{file:?}");
            assert!(made.is_empty() || is_safe(&made), "{made:?}");
        }
        let long = safe_name(&format!("{}.pdf", "é".repeat(300)));
        assert!(long.chars().count() == LONGEST && long.ends_with("é.pdf"), "{long}");
        assert!(is_safe(&format!("papers/0001-{long}")));
        for bad in ["", "/x", "x/", "a//b", "../x", "a/../b", "a\\b", "a b", ".x", "a/.x", "C:x", "a\n"] {
            assert!(!is_safe(bad), "{bad:?}");
        }
    }
}
