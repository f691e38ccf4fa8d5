//! Release archives: the program, its apps, manual pages, completions, licences and bill of materials.
//!
//! The layout is that of `cargo xtask install`, so the program finds its apps wherever the archive is unpacked. Nobody
//! compiles the platform to write an app.

use crate::{Done, EXAMPLES, components, folders, root, run, supply, target};
use std::path::{Path, PathBuf};
use std::process::Command;

const USAGE: &str = "usage: cargo xtask dist [--target TRIPLE] [--out DIR]";

/// Files of the checkout that an archive has, below `share/doc/mesinfos`.
const PAPERS: [&str; 5] = ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Shells, with the place of their completions below `share`.
const SHELLS: [(&str, &str); 3] = [
    ("bash", "bash-completion/completions/mesinfos"),
    ("zsh", "zsh/site-functions/_mesinfos"),
    ("fish", "fish/vendor_completions.d/mesinfos.fish"),
];

/// Builds `<out>/mesinfos-<version>-<triple>.tar.gz`, and writes `<out>/SHA256SUMS` over all archives there. An archive
/// for this machine is unpacked and tried.
///
/// # Errors
/// What is wrong, for whoever called it.
pub(crate) fn dist(options: &[&str]) -> Done {
    let (mut triple, mut out) = (None, target().join("dist"));
    let mut rest = options;
    while let [name, value, after @ ..] = rest {
        match *name {
            "--target" => triple = Some((*value).to_owned()),
            "--out" => out = PathBuf::from(*value),
            _ => return Err(USAGE.to_owned()),
        }
        rest = after;
    }
    if !rest.is_empty() {
        return Err(USAGE.to_owned());
    }
    let here = host()?;
    let triple = triple.unwrap_or_else(|| here.clone());
    let version = version()?;
    // The program of this machine writes its manual and completions, and builds the apps: they are the same everywhere.
    run("cargo", &["build", "--locked", "-p", "mesinfos-cli"])?;
    components("debug", EXAMPLES)?;
    run("cargo", &["build", "--locked", "--profile", "dist", "-p", "mesinfos-cli", "--target", &triple])?;
    crate::languages::playground()?;
    supply::sbom()?;

    let name = format!("mesinfos-{version}-{triple}");
    let stage = out.join(&name);
    let _ = std::fs::remove_dir_all(&stage);
    fill(&stage, &target().join(&triple).join("dist/mesinfos"))?;
    let archive = out.join(format!("{name}.tar.gz"));
    pack(&out, &name, &archive)?;
    std::fs::remove_dir_all(&stage).map_err(|error| failed(&stage, &error))?;
    if triple == here {
        tried(&out, &name, &archive)?;
    }
    sums(&out)?;
    eprintln!("{}", archive.display());
    Ok(())
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// The triple of this machine.
fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(ToOwned::to_owned).ok_or_else(|| "rustc does not say its host".to_owned())
}

/// The version of the workspace.
fn version() -> Result<String, String> {
    let path = root().join("Cargo.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
    let line = text.lines().find_map(|line| line.strip_prefix("version = \""));
    line.map(|line| line.trim_end_matches('"').to_owned()).ok_or_else(|| failed(&path, &"no version"))
}

/// Writes the contents of an archive.
fn fill(stage: &Path, program: &Path) -> Done {
    let copy = |from: &Path, to: &Path| -> Done {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
        std::fs::copy(from, to).map(drop).map_err(|error| failed(from, &error))
    };
    copy(program, &stage.join("bin/mesinfos"))?;
    for id in folders(EXAMPLES.0)? {
        let file = format!("{id}.wasm");
        copy(&target().join(EXAMPLES.1).join(&file), &stage.join("share/mesinfos/apps").join(&file))?;
    }
    copy(&target().join("playground.wasm"), &stage.join("share/mesinfos/playground.wasm"))?;
    let papers = stage.join("share/doc/mesinfos");
    for paper in PAPERS {
        copy(&root().join(paper), &papers.join(paper))?;
    }
    copy(&target().join("mesinfos.cdx.json"), &papers.join("mesinfos.cdx.json"))?;
    let here = target().join("debug/mesinfos");
    let manual = stage.join("share/man/man1");
    run(&here.to_string_lossy(), &["--lang", "en", "man", "--out", &manual.to_string_lossy()])?;
    for (shell, place) in SHELLS {
        let output = Command::new(&here).args(["--lang", "en", "completions", shell]).output();
        let output = output.map_err(|error| failed(&here, &error))?;
        let path = stage.join("share").join(place);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
        std::fs::write(&path, output.stdout).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// Packs a folder. Names are sorted, times are those of the last commit, and owners are nobody's, so that the archive
/// follows from its files.
fn pack(out: &Path, name: &str, archive: &Path) -> Done {
    let stamp = std::env::var("SOURCE_DATE_EPOCH").or_else(|_| {
        let output = Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root()).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    });
    let stamp = stamp.ok().filter(|stamp| !stamp.is_empty()).unwrap_or_else(|| "0".to_owned());
    let packed = Command::new("tar")
        .args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=go=rX,u+rw,a-s"])
        .arg(format!("--mtime=@{stamp}"))
        .args(["--use-compress-program=gzip -9n", "-cf"])
        .arg(archive)
        .arg("-C")
        .args([out, Path::new(name)])
        .status()
        .map_err(|error| format!("tar: {error}"))?;
    if packed.success() { Ok(()) } else { Err(format!("{}: tar failed", archive.display())) }
}

/// Unpacks an archive, and runs its program without a toolchain: it finds its apps, and gives the views of the sample
/// people.
fn tried(out: &Path, name: &str, archive: &Path) -> Done {
    let place = out.join(".tried");
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place).map_err(|error| failed(&place, &error))?;
    let (place_text, archive_text) = (place.to_string_lossy(), archive.to_string_lossy());
    run("tar", &["-xzf", &archive_text, "-C", &place_text])?;
    let data = place.join("data");
    let program = place.join(name).join("bin/mesinfos");
    eprintln!("$ {} demo --once", program.display());
    let output = Command::new(&program)
        .env_clear()
        .env("HOME", &place)
        .env("PATH", "/nonexistent")
        .args(["--lang", "en", "demo", "--once", "--data"])
        .arg(&data)
        .output()
        .map_err(|error| failed(&program, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() || !text.contains("Budget") {
        return Err(format!("the program of the archive fails: {}", String::from_utf8_lossy(&output.stderr)));
    }
    std::fs::remove_dir_all(&place).map_err(|error| failed(&place, &error))
}

/// Writes the SHA-256 of every archive in a folder, as `sha256sum --check` reads it.
fn sums(out: &Path) -> Done {
    let entries = std::fs::read_dir(out).map_err(|error| failed(out, &error))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut archives: Vec<String> = names.filter(|name| name.ends_with(".tar.gz")).collect();
    archives.sort();
    let output = Command::new("sha256sum").args(&archives).current_dir(out).output();
    let output = output.map_err(|error| format!("sha256sum: {error}"))?;
    let path = out.join("SHA256SUMS");
    std::fs::write(&path, output.stdout).map_err(|error| failed(&path, &error))
}
