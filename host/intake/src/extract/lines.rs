//! Lines of text from characters with a place on a page.

/// A character with its place: `x` to the right and `y` upwards, in units of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Distance to the place of the next character of its word.
    pub(super) advance: f64,
    /// Height of the font.
    pub(super) size: f64,
    pub(super) text: String,
}

/// Share of the height of a font by which the characters of a line may lie apart.
const LINE: f64 = 0.45;

/// Gap between two words, as a share of the height of the font.
const WORD: f64 = 0.18;

/// Gap between two columns, which is written as two spaces.
const COLUMN: f64 = 1.5;

/// The text of a page: lines from top to bottom, each from left to right. Characters without a finite place are
/// left out.
pub(super) fn text(mut placed: Vec<Placed>) -> String {
    placed.retain(|one| [one.x, one.y, one.advance, one.size].iter().all(|number| number.is_finite()));
    placed.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut text = String::new();
    let mut rest = &mut placed[..];
    while let Some(first) = rest.first() {
        let (top, size) = (first.y, first.size.abs().max(1.0));
        let count = rest.iter().take_while(|one| top - one.y <= size * LINE).count().max(1);
        let (line, below) = rest.split_at_mut(count);
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        write(line, &mut text);
        rest = below;
    }
    text
}

fn write(line: &[Placed], text: &mut String) {
    let start = text.len();
    let mut end: Option<f64> = None;
    for one in line {
        let size = one.size.abs().max(1.0);
        let gap = end.map_or(0.0, |end| one.x - end);
        let has_space = text[start..].is_empty() || text.ends_with(' ');
        if gap > size * COLUMN {
            text.push_str(if has_space { " " } else { "  " });
        } else if gap > size * WORD && !has_space {
            text.push(' ');
        }
        text.extend(
            one.text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()),
        );
        end = Some(one.x + one.advance);
    }
    let kept = start + text[start..].trim_end().len();
    text.truncate(kept);
    if kept > start {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word(x: f64, y: f64, letters: &str) -> Vec<Placed> {
        let at = |(n, c): (i32, char)| Placed {
            x: x + 6.0 * f64::from(n),
            y,
            advance: 6.0,
            size: 10.0,
            text: c.to_string(),
        };
        (0..).zip(letters.chars()).map(at).collect()
    }

    #[test]
    fn lines_are_read_from_the_top_and_words_from_the_left() {
        let placed = [
            word(200.0, 700.0, "1,50"),
            word(10.0, 699.0, "PAIN"),
            word(40.0, 701.0, "BIO"),
            word(10.0, 720.0, "MAGASIN"),
        ];
        assert_eq!(text(placed.concat()), "MAGASIN\nPAIN BIO  1,50\n");
        assert_eq!(text(Vec::new()), "");
        assert_eq!(text(word(0.0, 0.0, "  a \u{1}")), "  a\n");
    }

    proptest! {
        #[test]
        fn any_places_make_a_text(numbers in prop::collection::vec(any::<[f64; 4]>(), 0..40)) {
            let placed = numbers.into_iter().map(|[x, y, advance, size]| Placed {
                x, y, advance, size, text: "é".to_owned(),
            });
            text(placed.collect());
        }
    }
}
