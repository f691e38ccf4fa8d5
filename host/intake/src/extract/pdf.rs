//! The text of a PDF file (ISO 32000): the characters that its pages draw, in lines.
//!
//! `hayro-interpret` reads the file; pictures in it are not decoded, and characters in a picture are not
//! text. Hidden characters count: they are the text layer of a scan.

use super::LARGEST_TEXT;
use super::lines::{self, Placed};
use crate::error::FormatError;
use crate::reason::Reason;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

/// Pages that are read.
const PAGES: usize = 200;

/// Characters of a page that are read: a dense page has 10 000.
const CHARACTERS: usize = 100_000;

/// Units of a font per height of a line.
const UNITS: f64 = 1_000.0;

/// The text of a PDF file, and whether it has more.
///
/// # Errors
/// [`Reason::Locked`] if it needs a password; [`Reason::DamagedPdf`].
pub(super) fn text(bytes: Vec<u8>) -> Result<(String, bool), FormatError> {
    let pdf = Pdf::new(bytes).map_err(|error| {
        FormatError::broken(
            0,
            match error {
                LoadPdfError::Decryption(_) => Reason::Locked,
                LoadPdfError::Invalid => Reason::DamagedPdf,
            },
        )
    })?;
    let cache = InterpreterCache::new();
    let (mut text, mut is_cut) = (String::new(), pdf.pages().len() > PAGES);
    for page in pdf.pages().iter().take(PAGES) {
        let mut context = Context::new(
            Affine::IDENTITY,
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut drawn = Characters { placed: Vec::new(), is_cut: false };
        interpret_page(page, &mut context, &mut drawn);
        if !text.is_empty() {
            text.push('\n');
        }
        is_cut |= drawn.is_cut;
        text.push_str(&lines::text(drawn.placed));
        if text.len() > LARGEST_TEXT {
            text.truncate(text.floor_char_boundary(LARGEST_TEXT));
            is_cut = true;
            break;
        }
    }
    Ok((text, is_cut))
}

/// The characters that a page draws.
struct Characters {
    placed: Vec<Placed>,
    /// Whether the page draws more.
    is_cut: bool,
}

impl Device<'_> for Characters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                _ if self.placed.len() >= CHARACTERS => {
                    self.is_cut = true;
                    return;
                }
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text.chars().take(8).collect(),
                None => continue,
            };
            let at = props.transform * glyph.transform();
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let place = at * Point::ZERO;
            let span = |to: Point| (at * to) - place;
            self.placed.push(Placed {
                x: place.x,
                y: place.y,
                advance: span(Point::new(f64::from(advance.unwrap_or(500.0)), 0.0)).x,
                size: span(Point::new(0.0, UNITS)).hypot(),
                text,
            });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::super::tests::of;
    use super::super::{Content, MORE};

    /// A PDF file of pages with these lines, in a font that is not embedded.
    fn pdf(pages: &[&[&str]]) -> Vec<u8> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            String::new(),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        let mut kids = String::new();
        for lines in pages {
            let mut content = String::from("BT /F 10 Tf 12 TL 40 760 Td");
            for line in *lines {
                content.push_str(&format!(" ({line}) Tj T*"));
            }
            content.push_str(" ET");
            objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
                objects.len()
            ));
            kids.push_str(&format!("{} 0 R ", objects.len()));
        }
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut starts = Vec::new();
        for (number, object) in objects.iter().enumerate() {
            starts.push(file.len());
            file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", number + 1).as_bytes());
        }
        let table = file.len();
        file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
        for start in starts {
            file.extend_from_slice(format!("{start:010} 00000 n \n").as_bytes());
        }
        let end =
            format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
        file.extend_from_slice(end.as_bytes());
        file
    }

    fn text(file: &[u8]) -> String {
        String::from_utf8(of(Content::Text, file).unwrap()).unwrap()
    }

    /// The text of a file that has more.
    fn beginning(file: &[u8]) -> String {
        let text = of(Content::Text, file).unwrap();
        String::from_utf8(text.strip_suffix(MORE).unwrap().to_vec()).unwrap()
    }

    #[test]
    fn the_text_of_pages_is_read_in_lines() {
        let file = pdf(&[&["FACTURE", "Caf\\351 cr\\350me    2,50"], &["page 2"]]);
        assert_eq!(text(&file), "FACTURE\nCafé crème    2,50\n\npage 2\n");
        assert_eq!(text(&pdf(&[&[]])), "");
    }

    #[test]
    fn pages_and_characters_have_an_end() {
        let page: &[&str] = &["x"];
        let many = vec![page; super::PAGES + 20];
        assert_eq!(beginning(&pdf(&many)).matches('x').count(), super::PAGES);
        assert_eq!(text(&pdf(&many[..super::PAGES])).matches('x').count(), super::PAGES);
        let line = "x".repeat(1_000);
        let lines = vec![line.as_str(); super::CHARACTERS / 1_000 + 5];
        assert_eq!(beginning(&pdf(&[&lines])).matches('x').count(), super::CHARACTERS);
        let pages = vec![&lines[..90]; 15];
        assert!(beginning(&pdf(&pages)).len() <= super::LARGEST_TEXT);
    }

    #[test]
    fn a_page_that_draws_itself_ends() {
        let file = pdf(&[&["x"]]);
        let text = String::from_utf8(file).unwrap();
        let own = text.replace("/Font << /F 3 0 R >>", "/Font << /F 3 0 R >> /XObject << /X 4 0 R >>");
        let own = own
            .replace("BT /F 10", "/X Do BT /F 10")
            .replace("/Length", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length");
        let _ = of(Content::Text, own.as_bytes());
    }

    #[test]
    fn changed_files_end_in_a_text_or_an_error() {
        let file = pdf(&[&["FACTURE", "Total 12,30"], &["page 2"]]);
        for at in 0..file.len() {
            for bits in [0x01, 0x20, 0xff] {
                let mut changed = file.clone();
                changed[at] ^= bits;
                let _ = of(Content::Text, &changed);
            }
            let _ = of(Content::Text, &file[..at]);
        }
    }
}
