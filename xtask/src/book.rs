//! The book: the pages of `docs` as mdBook builds them, and the check that it has all of them.
//!
//! mdBook gets a copy of the pages. In the copy, links to files that are not pages of the book lead to the repository,
//! and each decision is a chapter below the list of decisions.

use crate::{Done, links, root, run, target};
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// Folder of the pages, and the page that lists them.
const PAGES: &str = "docs";
const SUMMARY: &str = "SUMMARY.md";

/// Pages that are chapters without a line of their own in the summary: they follow their list.
const DECISIONS: &str = "decisions";

/// Pictures for the review of pages: not part of the book.
const PICTURES: &str = "screens";

/// Files of the web app with which the drawings of blocks are shown.
const ASSETS: [&str; 3] = ["app.css", "charts.js", "plot.js"];

/// Version that the book was last built with.
const VERSION: &str = "0.5.4";

/// Builds the book.
pub(crate) fn book() -> Done {
    if !Command::new("mdbook").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Err(format!(
            "mdbook is needed to build the book. Install it: cargo install --locked mdbook --version {VERSION}"
        ));
    }
    let copy = target().join("book/pages");
    if copy.exists() {
        std::fs::remove_dir_all(&copy).map_err(|error| format!("{}: {error}", copy.display()))?;
    }
    let repository = repository(&read(&root().join("Cargo.toml"))?)?;
    for file in files(&root().join(PAGES))? {
        let (from, to) = (root().join(PAGES).join(&file), copy.join(&file));
        make_parent(&to)?;
        if !is_page(&file) {
            std::fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
            continue;
        }
        let text = led(&file, &read(&from)?, &repository);
        let text = if file == SUMMARY { with_decisions(&text)? } else { text };
        std::fs::write(&to, text).map_err(|error| format!("{}: {error}", to.display()))?;
    }
    for name in ASSETS {
        let (from, to) = (root().join("host/web/assets").join(name), copy.join("assets").join(name));
        make_parent(&to)?;
        std::fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    let built = target().join("book/html");
    run("mdbook", &["build", &copy.to_string_lossy(), "--dest-dir", &built.to_string_lossy()])?;
    eprintln!("{}", built.join("index.html").display());
    Ok(())
}

/// One sentence for each page that the summary lacks or has twice.
pub(crate) fn unlisted(root: &Path) -> Result<Vec<String>, String> {
    let pages = files(&root.join(PAGES))?;
    Ok(missing(&pages, &read(&root.join(PAGES).join(SUMMARY))?))
}

fn missing(files: &[String], summary: &str) -> Vec<String> {
    let listed: Vec<&str> = links::links(summary).collect();
    let chapters = files.iter().filter(|file| is_page(file) && *file != SUMMARY && !is_decision(file));
    let told = |page: &String| match listed.iter().filter(|link| *link == page).count() {
        1 => None,
        0 => Some(format!("{PAGES}/{SUMMARY} has no chapter {page}")),
        _ => Some(format!("{PAGES}/{SUMMARY} has the chapter {page} twice")),
    };
    chapters.filter_map(told).collect()
}

fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "md")
}

/// Whether a file is one decision; their list is a chapter like others.
fn is_decision(file: &str) -> bool {
    file.strip_prefix(DECISIONS).is_some_and(|rest| rest != "/README.md")
}

/// The summary, with a chapter for each decision below their list.
fn with_decisions(summary: &str) -> Result<String, String> {
    let folder = root().join(PAGES);
    let mut out = String::with_capacity(summary.len() * 2);
    for line in summary.lines() {
        let _ = writeln!(out, "{line}");
        if !line.contains("(decisions/README.md)") {
            continue;
        }
        for file in files(&folder)?.iter().filter(|file| is_decision(file)) {
            let text = read(&folder.join(file))?;
            let title = text.lines().next().unwrap_or_default().trim_start_matches("# ");
            let _ = writeln!(out, "  - [{title}]({file})");
        }
    }
    Ok(out)
}

/// A page whose links to files outside of the book lead to the repository.
fn led(page: &str, text: &str, repository: &str) -> String {
    let folder = Path::new(PAGES).join(page).parent().map(Path::to_owned).unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("](").filter(|_| !is_code) {
            let end = after.find([')', ' ']).unwrap_or(after.len());
            let (link, then) = after.split_at(end);
            let _ = write!(out, "{before}](");
            match outside(&folder, link) {
                Some(path) => _ = write!(out, "{repository}/blob/HEAD/{path}"),
                // mdBook calls the first page of a folder `index`, but leaves links to it as they are.
                None if page != SUMMARY && !link.contains(':') => {
                    out.push_str(&link.replace("README.md", "index.md"));
                }
                None => out.push_str(link),
            }
            rest = then;
        }
        let _ = writeln!(out, "{rest}");
    }
    out
}

/// The path from the root that a link of a page leads to, if the book does not have it.
fn outside(folder: &Path, link: &str) -> Option<String> {
    if link.is_empty() || link.contains(':') || link.starts_with(['/', '#']) {
        return None;
    }
    let mut path = PathBuf::new();
    for part in folder.join(link).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            Component::Normal(part) => path.push(part),
            _ => {}
        }
    }
    let is_in_book = path.strip_prefix(PAGES).is_ok_and(|path| !path.starts_with(PICTURES));
    (!is_in_book).then(|| path.to_string_lossy().into_owned())
}

/// Address of the repository, from the manifest of the workspace.
fn repository(manifest: &str) -> Result<String, String> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("repository = "));
    Ok(line.ok_or("Cargo.toml has no repository")?.trim_matches('"').to_owned())
}

/// Files below a folder, as sorted paths from it, without the pictures.
fn files(folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Done {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder.join(prefix)).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if path == PICTURES {
            continue;
        }
        if folder.join(&path).is_dir() {
            collect(folder, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn make_parent(path: &Path) -> Done {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_a_chapter_is_told_and_so_is_one_with_two() {
        let files = ["a.md", "b/c.md", "b/d.txt", "decisions/0001-x.md", "decisions/README.md", SUMMARY];
        let files = files.map(str::to_owned);
        let summary = "# Summary\n\n- [A](a.md)\n- [Group]()\n  - [C](b/c.md)\n- [D](decisions/README.md)\n";
        assert!(missing(&files, summary).is_empty());
        assert_eq!(missing(&files, &summary.replace("(b/c.md)", "(a.md)")).len(), 2);
        assert_eq!(missing(&files, "# Summary\n").len(), 3);
    }

    #[test]
    fn links_that_leave_the_book_lead_to_the_repository() {
        let page = "[a](../errors.md#busy), [b](../../sdk/js), [c](https://x.org), [d](#e), [f](../screens/g.webp), [h](../gallery/README.md#x) end\n\
                    ```sh\n[b](../../sdk/js)\n```\n";
        let expected = "[a](../errors.md#busy), [b](https://r/blob/HEAD/sdk/js), [c](https://x.org), [d](#e), \
                        [f](https://r/blob/HEAD/docs/screens/g.webp), [h](../gallery/index.md#x) end\n```sh\n[b](../../sdk/js)\n```\n";
        assert_eq!(led("how-to/host.md", page, "https://r"), expected);
    }

    #[test]
    fn each_decision_is_a_chapter() {
        let summary = with_decisions("- [Decisions](decisions/README.md)\n- [Words](words.md)\n").unwrap();
        let (decisions, rest) = summary.split_once("- [Words]").unwrap();
        assert_eq!(rest, "(words.md)\n");
        assert!(
            decisions.contains("\n  - [0001. ") && decisions.contains("](decisions/0058-rows-for-no-app.md)")
        );
        assert!(!repository(&read(&root().join("Cargo.toml")).unwrap()).unwrap().is_empty());
    }
}
