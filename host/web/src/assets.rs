//! Files that pages load: the style sheet, the scripts, the fonts, the icon. They are embedded in the program.
//!
//! Their path contains a version computed from all of them, so that a browser keeps them for a year and still
//! loads the new ones after an update.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::LazyLock;

/// An embedded file.
#[derive(Debug, Hash)]
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal is $media_type:literal,)*) => {
        static ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            media_type: $media_type,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $name)),
        }),*];
    };
}

assets! {
    "app.css" is "text/css; charset=utf-8",
    "app.js" is "text/javascript; charset=utf-8",
    "charts.js" is "text/javascript; charset=utf-8",
    "plot.js" is "text/javascript; charset=utf-8",
    "logo.svg" is "image/svg+xml",
    "fonts/atkinson.woff2" is "font/woff2",
    "fonts/bricolage.woff2" is "font/woff2",
    "fonts/figtree.woff2" is "font/woff2",
    "fonts/jetbrains.woff2" is "font/woff2",
}

/// Version of all files: a hash without cryptographic strength, which only tells two releases apart.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    ASSETS.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
});

/// The style sheet.
pub(crate) fn style_sheet() -> &'static str {
    include_str!("../assets/app.css")
}

/// Path of a file.
pub(crate) fn path(name: &str) -> String {
    debug_assert!(ASSETS.iter().any(|asset| asset.name == name), "{name} is not embedded");
    format!("/assets/{}/{name}", *VERSION)
}

/// The files in gzip, by name, without fonts, which are compressed already. Pages are not compressed: they have personal
/// data beside what a request says, and the size of the answer would tell of both.
static PACKED: LazyLock<BTreeMap<&'static str, Vec<u8>>> = LazyLock::new(|| {
    let texts = ASSETS.iter().filter(|asset| !asset.media_type.starts_with("font/"));
    texts.filter_map(|asset| Some((asset.name, gzip(asset.bytes).ok()?))).collect()
});

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

/// Whether a request takes gzip. A weight of 0 refuses it.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| {
            let (name, weight) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| weight.trim().parse::<f32>().unwrap_or(0.0))
        });
        is_gzip && weight.is_none_or(|weight| weight > 0.0)
    })
}

/// Answers with a file. Another version is not found: its page was made by another release.
pub(crate) async fn asset(headers: HeaderMap, Path((version, name)): Path<(String, String)>) -> Response {
    let found = ASSETS.iter().find(|asset| asset.name == name && version == *VERSION);
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    let common = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    match PACKED.get(asset.name).filter(|_| takes_gzip(&headers)) {
        Some(packed) => (common, [(header::CONTENT_ENCODING, "gzip")], packed.as_slice()).into_response(),
        None => (common, asset.bytes).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_and_the_scripts_load_only_embedded_files() {
        let text = |name: &str| {
            let asset = ASSETS.iter().find(|asset| asset.name == name).unwrap();
            String::from_utf8(asset.bytes.to_vec()).unwrap()
        };
        let sheet = text("app.css");
        let loaded: Vec<&str> =
            sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert_eq!(loaded.len(), 4);
        for name in loaded {
            assert!(ASSETS.iter().any(|asset| asset.name == name), "{name}");
        }
        assert!(!sheet.contains("@import") && !sheet.contains("//"));
        for script in ["app.js", "charts.js"] {
            // The name space of SVG is a name, not an address.
            let script_text = text(script).replace("http://www.w3.org/2000/svg", "");
            assert!(!script_text.contains("http"), "{script} names another server");
            assert!(!text(script).contains("innerHTML"), "{script}");
        }
    }

    #[tokio::test]
    async fn another_version_is_not_found() {
        let get =
            |version: &str, name: &str| asset(HeaderMap::new(), Path((version.to_owned(), name.to_owned())));
        let found = get(&VERSION, "app.css").await;
        assert_eq!(found.status(), StatusCode::OK);
        assert!(found.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        for (version, name) in [("0", "app.css"), (&*VERSION, "other.css"), (&*VERSION, "../src/lib.rs")] {
            assert_eq!(get(version, name).await.status(), StatusCode::NOT_FOUND);
        }
        assert!(path("app.css").ends_with("/app.css"));
    }

    #[tokio::test]
    async fn a_file_is_the_same_in_gzip_and_smaller() {
        let get = |coding: &str, name: &str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, coding.parse().unwrap())]);
            asset(headers, Path((VERSION.clone(), name.to_owned())))
        };
        for of in ASSETS {
            for coding in ["gzip", "br;q=1.0, GZIP;q=0.5", "deflate, gzip"] {
                let answer = get(coding, of.name).await;
                let is_packed = answer.headers().contains_key(header::CONTENT_ENCODING);
                assert_eq!(is_packed, !of.name.ends_with("woff2"), "{}", of.name);
                let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
                if is_packed {
                    let mut plain = Vec::new();
                    std::io::copy(&mut flate2::read::GzDecoder::new(&body[..]), &mut plain).unwrap();
                    assert_eq!(plain, of.bytes);
                    assert!(body.len() < of.bytes.len());
                } else {
                    assert_eq!(&body[..], of.bytes);
                }
            }
        }
        for coding in
            ["", "br", "gzip;q=0", "gzip; q=0.0, br", "*;q=0", "gzip;Q=0", "gzip ; q = 0", "gzip;x=1;q=0"]
        {
            let answer = get(coding, "app.css").await;
            assert!(!answer.headers().contains_key(header::CONTENT_ENCODING), "{coding}");
            assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        }
    }
}
