//! Texts as QR codes (ISO/IEC 18004).

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code, so that cameras find it.
const QUIET: i32 = 4;

fn code(text: &str) -> Option<QrCode> {
    QrCode::encode_text(text, QrCodeEcc::Medium).ok()
}

/// A text as a QR code (ISO/IEC 18004), dark on light in every theme, so that cameras read it.
pub(crate) fn qr(text: &str, label: &str) -> Option<Markup> {
    let code = code(text)?;
    let (size, quiet) = (code.size(), QUIET);
    let whole = size + 2 * quiet;
    let mut dark = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                dark.push_str(&format!("M{} {}h1v1h-1z", x + quiet, y + quiet));
            }
        }
    }
    Some(html! {
        svg.qr role="img" aria-label=(label) viewBox=(format!("0 0 {whole} {whole}")) shape-rendering="crispEdges" {
            rect width=(whole) height=(whole) fill="#fff" {}
            path d=(dark) fill="#000" {}
        }
    })
}

/// A text as a QR code in characters, two modules in one: light on the dark ground that most terminals have, and
/// readable on a light one too, because the quiet ground is drawn. `None` for a text that is too long.
pub fn qr_in_text(text: &str) -> Option<String> {
    let code = code(text)?;
    let is_dark = |x: i32, y: i32| code.get_module(x, y);
    let mut lines = String::new();
    for y in (-QUIET..code.size() + QUIET).step_by(2) {
        for x in -QUIET..code.size() + QUIET {
            lines.push(match (is_dark(x, y), is_dark(x, y + 1)) {
                (true, true) => ' ',
                (true, false) => '▄',
                (false, true) => '▀',
                (false, false) => '█',
            });
        }
        lines.push('\n');
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_of_the_same_code() {
        let text = qr_in_text("http://192.168.1.5:7381/join/0ab1cd2e").unwrap();
        let side = text.lines().next().unwrap().chars().count();
        assert!(
            text.lines().all(|line| line.chars().count() == side) && text.lines().count() == side.div_ceil(2)
        );
        // The dark modules of the characters are those of the drawing.
        let dark = text.chars().map(|c| match c {
            ' ' => 2,
            '▄' | '▀' => 1,
            _ => 0,
        });
        let drawn = qr("http://192.168.1.5:7381/join/0ab1cd2e", "x").unwrap().into_string();
        assert_eq!(dark.sum::<usize>(), drawn.matches("h1v1h-1z").count());
        assert!(qr_in_text(&"x".repeat(5_000)).is_none());
    }
}
