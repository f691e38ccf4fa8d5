//! A letter as PDF: A4, selectable text, tagged (PDF/UA-1), with its title and language.
//!
//! The address of the holder stands where the window of a French envelope is.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Identifier, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use mesinfos_words::letter::LetterText;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::num::NonZeroU16;

static REGULAR: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/figtree-regular.ttf"));
static BOLD: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/figtree-semibold.ttf"));

// Lengths in points, 1/72 inch.
const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 70.0;
const SIZE: f32 = 10.5;
const LEADING: f32 = 15.0;
/// Between paragraphs.
const GAP: f32 = 9.0;
/// Left edge and top of the holder's address: 105 mm and 50 mm.
const WINDOW: (f32, f32) = (297.6, 141.7);
/// Room for a signature.
const SIGNATURE: f32 = 42.0;

/// Why there is no PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPdf {
    /// The font does not have a character of the letter.
    Character,
    /// The library refused the document.
    Refused,
}

/// The PDF of a letter.
pub(crate) fn pdf(text: &LetterText) -> Result<Vec<u8>, NoPdf> {
    let (regular, bold) = (Face::new(REGULAR)?, Face::new(BOLD)?);
    let blocks = blocks(text, &regular, &bold)?;
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|_| NoPdf::Refused)?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let lang = text.lang.code().to_owned();
    document.set_metadata(
        Metadata::new().title(text.subject.clone()).language(lang.clone()).creator("MesInfos".to_owned()),
    );
    let mut tags: Vec<TagGroup> = blocks.iter().map(|block| block.tag(&text.subject)).collect();
    let mut subject = (0, 0.0);
    for (number, lines) in pages(&blocks).iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(NoPdf::Refused)?;
        let mut page: Page<'_> = document.start_page_with(settings);
        let mut surface = page.surface();
        for line in lines {
            let block = &blocks[line.block];
            if block.is_subject && line.line == 0 {
                subject = (number, line.y - LEADING);
            }
            tags[line.block].push(draw(&mut surface, block, line));
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    let there = XyzDestination::new(subject.0, Point::from_xy(MARGIN, subject.1));
    outline.push_child(OutlineNode::new(text.subject.clone(), there));
    document.set_outline(outline);
    let mut tree = TagTree::new().with_lang(Some(lang));
    tags.into_iter().for_each(|tag| tree.push(tag));
    document.set_tag_tree(tree);
    document.finish().map_err(|_| NoPdf::Refused)
}

/// Whether the fonts have every character of a letter.
pub(crate) fn can_write(text: &LetterText) -> bool {
    let faces = Face::new(REGULAR).and_then(|regular| Ok((regular, Face::new(BOLD)?)));
    let Ok((regular, bold)) = faces else { return false };
    text.all().all(|line| regular.glyphs(line).is_ok()) && bold.glyphs(&text.subject).is_ok()
}

/// A font, and the widths of its characters.
struct Face {
    font: Font,
    of: FontRef<'static>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Result<Face, NoPdf> {
        let font = Font::new(bytes.to_vec().into(), 0).ok_or(NoPdf::Refused)?;
        Ok(Face { font, of: FontRef::new(bytes).map_err(|_| NoPdf::Refused)? })
    }

    /// A glyph for each character, with widths in ems. There is no kerning and no joining of letters.
    fn glyphs(&self, text: &str) -> Result<Vec<KrillaGlyph>, NoPdf> {
        let (characters, metrics) =
            (self.of.charmap(), self.of.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let em = self.font.units_per_em();
        let glyph = |(at, c): (usize, char)| {
            // A narrow no-break space, which the font lacks, looks like a wide one.
            let narrow = (c == '\u{202f}').then_some('\u{a0}');
            let id = characters.map(narrow.unwrap_or(c)).ok_or(NoPdf::Character)?;
            let wide = metrics.advance_width(id).unwrap_or_default() / em;
            let range = at..at + c.len_utf8();
            Ok(KrillaGlyph::new(GlyphId::new(id.to_u32()), wide, 0.0, 0.0, 0.0, range, None))
        };
        text.char_indices().map(glyph).collect()
    }

    /// The lines of a text in a column. A line that is broken at a space ends in it; a word longer than the column is
    /// broken where it must be.
    fn wrapped(&self, text: &str, wide: f32) -> Result<Vec<String>, NoPdf> {
        let glyphs = self.glyphs(text)?;
        let mut lines = Vec::new();
        // Beginning of the line, its width so far, and the same after its last space.
        let (mut start, mut width) = (0, 0.0);
        let mut space: Option<(usize, f32)> = None;
        for ((at, c), glyph) in text.char_indices().zip(&glyphs) {
            let own = glyph.x_advance * SIZE;
            while c != ' ' && at > start && width + own > wide {
                let (end, before) = space.take().unwrap_or((at, width));
                lines.push(text[start..end].to_owned());
                start = end;
                width -= before;
            }
            width += own;
            if c == ' ' {
                space = Some((at + 1, width));
            }
        }
        lines.push(text[start..].to_owned());
        Ok(lines)
    }
}

/// A part of the letter.
struct Block<'a> {
    face: &'a Face,
    /// Each with its glyphs.
    lines: Vec<(String, Vec<KrillaGlyph>)>,
    x: f32,
    /// Space above it.
    above: f32,
    /// Its first line stands at this height or lower.
    from: f32,
    is_subject: bool,
}

impl Block<'_> {
    fn tag(&self, title: &str) -> TagGroup {
        if self.is_subject {
            return TagGroup::new(Tag::Hn(NonZeroU16::MIN, Some(title.to_owned())));
        }
        TagGroup::new(Tag::P)
    }
}

fn blocks<'a>(text: &LetterText, regular: &'a Face, bold: &'a Face) -> Result<Vec<Block<'a>>, NoPdf> {
    let block = |lines: &[String], face: &'a Face, x: f32, above: f32, from: f32| {
        let mut wrapped = Vec::new();
        for line in lines {
            for line in face.wrapped(line, PAGE.0 - MARGIN - x)? {
                let glyphs = face.glyphs(&line)?;
                wrapped.push((line, glyphs));
            }
        }
        Ok(Block { face, lines: wrapped, x, above, from, is_subject: false })
    };
    let one = std::slice::from_ref::<String>;
    let mut blocks = vec![
        block(&text.sender, regular, MARGIN, 0.0, MARGIN)?,
        block(&text.to, regular, WINDOW.0, GAP, WINDOW.1)?,
        block(one(&text.day), regular, WINDOW.0, 2.0 * GAP, 0.0)?,
        Block { is_subject: true, ..block(one(&text.subject), bold, MARGIN, 2.0 * GAP, 0.0)? },
    ];
    for paragraph in &text.paragraphs {
        blocks.push(block(one(paragraph), regular, MARGIN, GAP, 0.0)?);
    }
    blocks.push(block(one(&text.signature), regular, MARGIN, SIGNATURE, 0.0)?);
    Ok(blocks)
}

/// A line at its place: the block, the line in it, the height of its base line.
struct Placed {
    block: usize,
    line: usize,
    y: f32,
}

/// Lines by page.
fn pages(blocks: &[Block<'_>]) -> Vec<Vec<Placed>> {
    let mut pages = vec![Vec::new()];
    let mut y = 0.0_f32;
    for (number, block) in blocks.iter().enumerate() {
        y = (y + block.above).max(block.from);
        for line in 0..block.lines.len() {
            y += LEADING;
            if y > PAGE.1 - MARGIN {
                pages.push(Vec::new());
                y = MARGIN + LEADING;
            }
            if let Some(page) = pages.last_mut() {
                page.push(Placed { block: number, line, y });
            }
        }
    }
    pages
}

fn draw(surface: &mut Surface<'_>, block: &Block<'_>, placed: &Placed) -> Identifier {
    let (text, glyphs) = &block.lines[placed.line];
    let tagged = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    let start = Point::from_xy(block.x, placed.y);
    surface.draw_glyphs(start, glyphs, block.face.font.clone(), text, SIZE, false);
    surface.end_tagged();
    tagged
}
