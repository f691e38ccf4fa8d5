//! Checks that files and folders named in Markdown pages exist, in links and in backticks.

use std::path::{Path, PathBuf};

/// Folders whose paths are checked in code spans.
const FOLDERS: &[&str] = &["docs/", "example-apps/", "host/", "sdk/", "tests/", "wit/", "xtask/"];

/// Not checked: it is about the past, so the files that it names may be gone.
const HISTORY: &str = "CHANGELOG.md";

/// Folders not checked: build output and fetched dependencies.
const OTHERS: &[&str] = &["target", "node_modules"];

/// One sentence for each broken name in a page of the repository.
pub(crate) fn broken(root: &Path) -> Result<Vec<String>, String> {
    let mut pages = Vec::new();
    collect(root, "", &mut pages)?;
    let mut wrong = Vec::new();
    for page in pages {
        let path = root.join(&page);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let gone = names(&page, &text).into_iter().filter(|name| !is_there(root, name));
        wrong.extend(gone.map(|name| format!("{page} names {name}, which does not exist")));
        let other = misnamed(&prose(&text));
        wrong.extend(other.into_iter().map(|(says, leads)| format!("{page} calls {leads} {says}")));
    }
    Ok(wrong)
}

/// Markdown pages below a folder, as paths from the root.
fn collect(root: &Path, folder: &str, pages: &mut Vec<String>) -> Result<(), String> {
    let path = root.join(folder);
    let entries = std::fs::read_dir(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        let Some(name) = entry.file_name().and_then(|name| name.to_str()) else { continue };
        let here = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if name.starts_with('.') || OTHERS.contains(&name) || entry.is_symlink() || here == HISTORY {
            continue;
        }
        if entry.is_dir() {
            collect(root, &here, pages)?;
        } else if entry.extension().is_some_and(|extension| extension == "md") {
            pages.push(here);
        }
    }
    Ok(())
}

/// Names in a page, as paths from the root that may contain "..".
fn names(page: &str, text: &str) -> Vec<String> {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prose = prose(text);
    let mut names: Vec<String> = links(&prose).map(|link| format!("{folder}/{link}")).collect();
    // Code spans may continue on the next line.
    for span in prose.split('`').skip(1).step_by(2) {
        let name = span.split_whitespace().next().unwrap_or_default();
        let name = name.split(':').next().unwrap_or_default();
        if FOLDERS.iter().any(|folder| name.starts_with(folder)) {
            names.extend(spelled_out(name));
        }
    }
    names
}

/// A page without its code blocks.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let mut prose = String::with_capacity(text.len());
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// Targets of links, except to the web and within the page.
pub(crate) fn links(prose: &str) -> impl Iterator<Item = &str> {
    let ends = prose.split("](").skip(1);
    let links = ends.filter_map(|rest| rest.split([')', ' ', '\n']).next());
    let links = links.filter(|link| !link.contains(':') && !link.starts_with('/'));
    links.filter_map(|link| link.split('#').next()).filter(|link| !link.is_empty())
}

/// Links whose text is the name of a source file other than their target: name and target.
fn misnamed(prose: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = prose;
    while let Some((before, after)) = rest.split_once("`](") {
        let says = before.rsplit('`').next().unwrap_or_default();
        let target = after.split([')', '#']).next().unwrap_or_default();
        let is_file = |name: &str| name.ends_with(".rs") && !name.contains(char::is_whitespace);
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        if is_file(says) && is_file(target) && last(says) != last(target) {
            found.push((says.to_owned(), target.to_owned()));
        }
        rest = after;
    }
    found
}

/// Expands a list in braces, as in "messages/{fr,en}/a.ftl", to several paths.
fn spelled_out(path: &str) -> Vec<String> {
    let parts = path.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((before, (list, after))) = parts else { return vec![path.to_owned()] };
    list.split(',').flat_map(|one| spelled_out(&format!("{before}{one}{after}"))).collect()
}

fn is_there(root: &Path, path: &str) -> bool {
    let mut known = root.to_owned();
    for part in path.trim_end_matches(['.', ',']).split('/') {
        match part {
            "" | "." => {}
            ".." => {
                known.pop();
            }
            part => {
                let next = known.join(part);
                if !next.exists() {
                    return is_placeholder(part);
                }
                known = next;
            }
        }
    }
    true
}

/// Whether a name is a placeholder: "*.rs", "NAME.rs", "fixtures_FAMILY.rs".
fn is_placeholder(part: &str) -> bool {
    let is_name = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
    let mut words = part.split(|c: char| !c.is_ascii_alphabetic());
    part.contains(['*', '<', '…']) || !part.ends_with(".md") && words.any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_links_and_in_backticks_are_found() {
        let page = "See [a\npage](../b.md#part), [the web](https://x.org), [here](#x), `host/a/src/b.rs` and `cargo\n\
                    xtask generate`, `host/words/{fr,en}/c.ftl`, `docs/x.md:12`, `b.rs`.\n\
                    ```sh\ncat host/none `host/none`\n```\n[d](d/)";
        let expected = [
            "docs/../b.md",
            "docs/d/",
            "host/a/src/b.rs",
            "host/words/fr/c.ftl",
            "host/words/en/c.ftl",
            "docs/x.md",
        ];
        assert_eq!(names("docs/a.md", page), expected);
    }

    #[test]
    fn a_link_is_called_as_its_file() {
        let page =
            "[`a.rs`](../x/a.rs), [`x/b.rs`](b.rs#l), [`old.rs`](new.rs), [`Type`](c.rs), [the `d`](e.rs)";
        assert_eq!(misnamed(page), [("old.rs".to_owned(), "new.rs".to_owned())]);
    }

    #[test]
    fn what_is_gone_is_told_and_what_stands_for_others_is_not() {
        let root = crate::root();
        for there in
            ["xtask/src/links.rs", "docs/../README.md", "docs/", "host/intake/src/*.rs", "/README.md"]
        {
            assert!(is_there(&root, there), "{there}");
        }
        assert!(is_there(&root, "wit/data/NAME.wit") && is_there(&root, "wit/released/VERSION/app"));
        for gone in ["xtask/src/link.rs", "host/none/src/*.rs", "docs/READMEE.md", "docs/none.md"] {
            assert!(!is_there(&root, gone), "{gone}");
        }
    }
}
