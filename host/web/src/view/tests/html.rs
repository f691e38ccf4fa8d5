//! A strict reader of the HTML that views are drawn in.
//!
//! It accepts less than a browser: a tag is `<name a="…" b>` in lower case, attributes are in double quotes,
//! no `<` or bare `&` stands in a text or in an attribute, elements are closed in order. What it accepts, a
//! browser reads in the same way, so what is proved of its tree holds in a browser.

use std::collections::BTreeMap;

/// Elements that have no content.
const VOID: [&str; 2] = ["input", "br"];

/// An element, or the root of a part of a page.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Child>,
}

#[derive(Debug)]
pub(super) enum Child {
    Element(Node),
    Text(String),
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Elements below with this name, in order.
    pub(super) fn all(&self, name: &str) -> Vec<&Node> {
        self.elements().into_iter().filter(|node| node.name == name).collect()
    }

    /// All elements below, in order.
    pub(super) fn elements(&self) -> Vec<&Node> {
        let mut all = Vec::new();
        for child in &self.children {
            if let Child::Element(node) = child {
                all.push(node);
                all.extend(node.elements());
            }
        }
        all
    }

    /// Levels of the headings below, in order.
    pub(super) fn headings(&self) -> Vec<u8> {
        let level = |node: &&Node| match node.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        self.elements().iter().filter_map(level).collect()
    }

    pub(super) fn text(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Child::Element(node) => node.text(),
                Child::Text(text) => text.clone(),
            })
            .collect()
    }
}

/// Reads a part of a page.
///
/// # Panics
/// If it is not as strict as this module asks for.
pub(super) fn parse(page: &str) -> Node {
    let mut open = vec![Node::default()];
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut open);
        let tag;
        (tag, rest) = tag_of(&rest[at + 1..]);
        if let Some(name) = tag.strip_prefix('/') {
            let node = open.pop().unwrap();
            assert_eq!(node.name, name, "closed in order");
            open.last_mut().unwrap().children.push(Child::Element(node));
            continue;
        }
        let is_closed = tag.ends_with('/');
        let node = element(tag.strip_suffix('/').unwrap_or(tag));
        if is_closed || VOID.contains(&node.name.as_str()) {
            open.last_mut().unwrap().children.push(Child::Element(node));
        } else {
            open.push(node);
        }
    }
    text(rest, &mut open);
    assert_eq!(open.len(), 1, "all are closed");
    open.pop().unwrap()
}

fn text(text: &str, open: &mut [Node]) {
    assert!(!text.contains('>'), "{text}");
    if !text.is_empty() {
        open.last_mut().unwrap().children.push(Child::Text(decoded(text)));
    }
}

/// The inside of a tag, and what follows it. A `>` in quotes does not end it.
fn tag_of(rest: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&rest[..at], &rest[at + 1..]),
            '<' => panic!("a tag in a tag: {rest:.80}"),
            _ => {}
        }
    }
    panic!("a tag that does not end: {rest:.80}")
}

fn element(tag: &str) -> Node {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && name.as_bytes()[0].is_ascii_alphabetic()
    };
    let (name, mut rest) = tag.trim_end().split_once(' ').unwrap_or((tag.trim_end(), ""));
    assert!(is_name(name) && name.bytes().all(|b| !b.is_ascii_uppercase()), "{tag:.80}");
    let mut node = Node { name: name.to_owned(), ..Node::default() };
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let attribute = &rest[..end];
        assert!(is_name(attribute), "{tag:.200}");
        let value;
        if let Some(quoted) = rest[end..].strip_prefix("=\"") {
            let close = quoted.find('"').unwrap();
            value = decoded(&quoted[..close]);
            rest = &quoted[close + 1..];
            assert!(rest.is_empty() || rest.starts_with(' '), "{tag:.200}");
        } else {
            assert!(!rest[end..].starts_with('='), "without quotes: {tag:.200}");
            value = String::new();
            rest = &rest[end..];
        }
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        assert!(node.attributes.insert(attribute.to_owned(), value).is_none(), "twice: {tag:.200}");
    }
    node
}

/// A text with the four references that maud writes.
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').unwrap_or_else(|| panic!("a bare ampersand: {rest:.40}"));
        plain.push(match &rest[..end] {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => panic!("&{other:.40};"),
        });
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    plain
}

#[test]
fn what_is_not_strict_is_refused() {
    let read = |page: &str| std::panic::catch_unwind(|| parse(page).elements().len()).ok();
    assert_eq!(read("<p class=\"a\">1 &lt; 2</p><br>"), Some(2));
    assert_eq!(read("<svg><path d=\"M0 0\" /></svg>"), Some(2));
    for odd in [
        "<p",
        "<p>",
        "<p></b>",
        "<P></P>",
        "<p class=a></p>",
        "<p class='a'></p>",
        "<p class=\"a\"b></p>",
        "<p a=\"1\" a=\"2\"></p>",
        "<p>&</p>",
        "<p>&nbsp;</p>",
        "<p>></p>",
        "<p title=\"<b>\"></p>",
        "<p \"></p>",
        "<!-- -->",
        "<p/ onload=\"x\">",
    ] {
        assert_eq!(read(odd), None, "{odd}");
    }
}
