//! Elements of an XML file, one subtree at a time.
//!
//! Elements are identified by namespace and local name, never by prefix. A document type declaration that
//! only declares elements and attributes is skipped. One that declares an entity or names another file is
//! refused, and so is every entity except the five predefined by XML.

use super::depth::{DEPTH, refused, too_deep};
use super::guard::{Count, Guarded};
use super::tags::Tag;
use crate::error::FormatError;
use crate::reason::{Excess, Limit, Reason};
use crate::rows::MAX_TEXT;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::collections::HashSet;
use std::rc::Rc;

/// Longest document type declaration, in bytes. The longest known is Apple Health's, 10 KiB.
const DOCTYPE: usize = 64 << 10;

/// Most memory of one tree, in bytes: some 200 000 elements. The longest section of a health record has
/// half as many. One byte of a file may become thirty bytes of a tree, so a limit on the file's bytes
/// would not suffice.
const TREE: usize = 24 << 20;

/// Most attributes of an element. A message in a telephone backup has thirty.
const ATTRIBUTES: usize = 1_000;

/// Maximum number of names cached; beyond that, the cache is cleared. Formats have about a hundred.
const NAMES: usize = 1_000;

/// The elements of a file.
pub(crate) struct Xml<'a> {
    reader: NsReader<Guarded<'a>>,
    count: Rc<Count>,
    buffer: Vec<u8>,
    /// Local names of the open elements.
    open: Vec<Rc<str>>,
    names: Names,
    /// The element that began last is empty.
    is_empty: bool,
    ended: bool,
}

/// Result of [`Xml::step`].
pub(crate) enum Step {
    /// Start of an element: its name, line and attributes.
    Begins(Node),
    /// End of an element with this local name.
    Ends(Rc<str>),
}

/// An element with its whole content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Namespace URI; empty if it has none.
    pub(crate) ns: Rc<str>,
    /// Local name.
    pub(crate) name: Rc<str>,
    /// Line at which it begins.
    pub(crate) line: u64,
    /// Local names and values of its attributes; no value is longer than a cell.
    pub(crate) attributes: Vec<(Rc<str>, String)>,
    /// Its own text, trimmed, with pieces between elements joined by a space; not longer than a cell.
    pub(crate) text: String,
    /// Child elements.
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// First child with this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// Children with this name.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    /// Element at a path of names, the first one at each step.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// Text of the element at a path; `None` if there is no such element or it is empty.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(|node| node.text.as_str()).filter(|text| !text.is_empty())
    }

    /// Value of an attribute; `None` if it is missing or empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| &**other == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Visits this element and all its descendants, in file order.
    pub(crate) fn walk<'n>(&'n self, each: &mut dyn FnMut(&'n Node)) {
        each(self);
        for child in &self.children {
            child.walk(each);
        }
    }

    /// All text in it and its descendants, pieces joined by a space.
    pub(crate) fn whole_text(&self) -> String {
        let mut whole = String::new();
        self.walk(&mut |node| {
            if !node.text.is_empty() {
                if !whole.is_empty() {
                    whole.push(' ');
                }
                whole.push_str(&node.text);
            }
        });
        whole
    }
}

impl<'a> Xml<'a> {
    pub(crate) fn new(input: Guarded<'a>) -> Xml<'a> {
        let count = input.count();
        let reader = NsReader::from_reader(input);
        Xml {
            reader,
            count,
            buffer: Vec::new(),
            open: Vec::new(),
            names: Names::default(),
            is_empty: false,
            ended: false,
        }
    }

    /// Next element with one of these local names, at any depth, with its whole content. Everything
    /// around and between is skipped. `None` at the end of the file.
    ///
    /// # Errors
    /// [`FormatError::Broken`] at invalid XML, at a refused document type declaration, and at a file that
    /// ends within an element.
    pub(crate) fn next(&mut self, names: &[&str]) -> Result<Option<Node>, FormatError> {
        loop {
            match self.step(names)? {
                Some(Step::Begins(node)) => return self.whole(node).map(Some),
                Some(Step::Ends(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// Moves to the next start or end of an element with one of these local names. The content of a
    /// started element can be taken with [`Xml::whole`] or [`Xml::tags`]; otherwise it is stepped
    /// through. An empty element has only a start. `None` at the end of the file.
    ///
    /// # Errors
    /// See [`Xml::next`].
    pub(crate) fn step(&mut self, names: &[&str]) -> Result<Option<Step>, FormatError> {
        loop {
            self.buffer.clear();
            self.count.next_record();
            self.is_empty = false;
            let mut left = TREE;
            let line = self.count.line();
            let event = self.reader.read_resolved_event_into(&mut self.buffer);
            let (ns, event) = event.map_err(|error| broken(line, error))?;
            match event {
                Event::Start(start) | Event::Empty(start) if self.ended => {
                    drop(start);
                    return Err(FormatError::broken(line, Reason::SecondRoot));
                }
                Event::Start(start) => {
                    if self.open.len() >= DEPTH {
                        return Err(too_deep());
                    }
                    let name = self.names.local(&start);
                    self.open.push(Rc::clone(&name));
                    if names.contains(&&*name) {
                        let node = self.names.node(&ns, &start, name, line, &mut left);
                        return node.map(|node| Some(Step::Begins(node)));
                    }
                }
                Event::Empty(start) => {
                    let name = self.names.local(&start);
                    if names.contains(&&*name) {
                        self.is_empty = true;
                        let node = self.names.node(&ns, &start, name, line, &mut left);
                        return node.map(|node| Some(Step::Begins(node)));
                    }
                }
                Event::End(_) => {
                    // There is one for each start: the library checks that they match.
                    if let Some(name) = self.open.pop().filter(|name| names.contains(&&**name)) {
                        return Ok(Some(Step::Ends(name)));
                    }
                }
                Event::DocType(_) if !self.open.is_empty() => return Err(refused(line)),
                Event::DocType(doctype) => accept(&doctype, line)?,
                Event::Eof if !self.open.is_empty() => {
                    let open = self.open.join("/");
                    return Err(FormatError::broken(line, Reason::ends_within(open)));
                }
                Event::Eof => {
                    self.ended = true;
                    return Ok(None);
                }
                _ => {}
            }
        }
    }

    /// The element whose start [`Xml::step`] returned, with its whole content.
    pub(crate) fn whole(&mut self, begun: Node) -> Result<Node, FormatError> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(begun);
        }
        self.open.pop();
        let depth = self.open.len();
        self.subtree(begun, depth)
    }

    /// Calls `each` with every tag in the element whose start [`Xml::step`] returned, without building a
    /// tree: about ten times as fast, for files that consist almost only of readings. Tags must match as
    /// everywhere; names have no namespace, text is raw (a numeric character reference stays `&#49;`),
    /// and attributes, comments and CDATA are skipped.
    pub(crate) fn tags(
        &mut self,
        each: &mut dyn FnMut(Tag<'_>) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(());
        }
        let depth = self.open.len();
        super::tags::read(self.reader.get_mut(), &self.count, depth, each)
    }

    /// Reads the whole content of a started element, up to its end.
    fn subtree(&mut self, root: Node, outside: usize) -> Result<Node, FormatError> {
        let mut open = vec![root];
        let mut text = String::new();
        let mut left = TREE;
        loop {
            self.buffer.clear();
            let line = self.count.line();
            let event = self.reader.read_resolved_event_into(&mut self.buffer);
            let (ns, event) = event.map_err(|error| broken(line, error))?;
            match event {
                Event::Start(start) => {
                    take_text(&mut open, &mut text, &mut left)?;
                    if open.len() + outside >= DEPTH {
                        return Err(too_deep());
                    }
                    let name = self.names.local(&start);
                    open.push(self.names.node(&ns, &start, name, line, &mut left)?);
                }
                Event::Empty(start) => {
                    take_text(&mut open, &mut text, &mut left)?;
                    let name = self.names.local(&start);
                    let child = self.names.node(&ns, &start, name, line, &mut left)?;
                    if let Some(parent) = open.last_mut() {
                        parent.children.push(child);
                    }
                }
                Event::End(_) => {
                    take_text(&mut open, &mut text, &mut left)?;
                    // There is one for each start: the library checks that they match.
                    let Some(mut done) = open.pop() else {
                        return Err(FormatError::broken(line, Reason::EndTooMany));
                    };
                    done.children.shrink_to_fit();
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Text(piece) => text.push_str(&piece),
                Event::CData(piece) => text.push_str(&piece),
                Event::GeneralRef(name) => text.push_str(&reference(&name, line)?),
                Event::DocType(_) => return Err(refused(line)),
                Event::Eof => {
                    let names: Vec<&str> = open.iter().map(|node| &*node.name).collect();
                    let within = names.join("/");
                    return Err(FormatError::broken(line, Reason::ends_within(within)));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

/// Moves the collected text to the innermost open element.
fn take_text(open: &mut [Node], text: &mut String, left: &mut usize) -> Result<(), FormatError> {
    let piece = text.trim();
    if let Some(node) = open.last_mut()
        && !piece.is_empty()
        && node.text.len() < MAX_TEXT
    {
        if !node.text.is_empty() {
            node.text.push(' ');
        }
        let piece = cut(piece, MAX_TEXT - node.text.len());
        take(left, piece.len())?;
        node.text.push_str(piece);
    }
    text.clear();
    // One long text must not make all later ones as large.
    text.shrink_to(MAX_TEXT);
    Ok(())
}

fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Takes `bytes` from the memory budget of a tree.
fn take(left: &mut usize, bytes: usize) -> Result<(), FormatError> {
    *left = left
        .checked_sub(bytes)
        .ok_or_else(|| FormatError::too_large(Excess::Element, Limit::Bytes(TREE as u64)))?;
    Ok(())
}

/// Names of elements, attributes and namespaces, each stored once.
#[derive(Default)]
struct Names {
    known: HashSet<Rc<str>>,
}

impl Names {
    fn of(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.known.get(name) {
            return Rc::clone(known);
        }
        if self.known.len() >= NAMES {
            self.known.clear();
        }
        let name: Rc<str> = name.into();
        self.known.insert(Rc::clone(&name));
        name
    }

    fn local(&mut self, start: &BytesStart<'_>) -> Rc<str> {
        self.of(start.local_name().as_ref())
    }

    /// A started element, with its attributes; `left` is the remaining memory budget of its tree.
    fn node(
        &mut self,
        ns: &ResolveResult<'_>,
        start: &BytesStart<'_>,
        name: Rc<str>,
        line: u64,
        left: &mut usize,
    ) -> Result<Node, FormatError> {
        let ns = match ns {
            ResolveResult::Bound(ns) => self.of(ns.as_ref()),
            _ => self.of(""),
        };
        take(left, size_of::<Node>())?;
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| FormatError::broken(line, Reason::bad_attribute(&name)))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            if attributes.len() >= ATTRIBUTES {
                return Err(FormatError::too_many(Excess::Attributes, ATTRIBUTES));
            }
            let key = self.of(attribute.key.local_name().as_ref());
            let value = quick_xml::escape::unescape(&attribute.value)
                .map_err(|_| FormatError::broken(line, Reason::bad_attribute(format!("{name} {key}"))))?;
            let value = cut(&value, MAX_TEXT);
            take(left, size_of::<(Rc<str>, String)>() + value.len())?;
            attributes.push((key, value.to_owned()));
        }
        // The excess capacity would take three times the memory that most elements need.
        attributes.shrink_to_fit();
        Ok(Node { ns, name, line, attributes, text: String::new(), children: Vec::new() })
    }
}

/// One of the five entities of XML, or a numeric character reference.
fn reference(name: &str, line: u64) -> Result<String, FormatError> {
    let reference = format!("&{name};");
    let known = quick_xml::escape::unescape(&reference).map(std::borrow::Cow::into_owned);
    known.map_err(|_| FormatError::broken(line, Reason::unknown_entity(name)))
}

fn broken(line: u64, error: quick_xml::Error) -> FormatError {
    match error {
        quick_xml::Error::Io(error) => FormatError::from(std::io::Error::new(error.kind(), error)),
        _ => FormatError::broken(line, Reason::NotXml),
    }
}

/// Accepts a document type declaration that cannot change the content: it declares no entity, names no
/// other file, and is short.
fn accept(doctype: &str, line: u64) -> Result<(), FormatError> {
    let text = doctype.to_ascii_uppercase();
    let before_subset = text.split('[').next().unwrap_or_default();
    let names_a_file = before_subset.split_whitespace().count() > 1;
    // A parameter entity ("%name;") is useless without its declaration.
    if doctype.len() > DOCTYPE || names_a_file || text.contains("<!ENTITY") {
        return Err(refused(line));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, names: &[&str]) -> (Vec<Node>, Option<FormatError>) {
        let mut xml = Xml::new(Guarded::new(Box::new(text.as_bytes())));
        let mut found = Vec::new();
        loop {
            match xml.next(names) {
                Ok(Some(node)) => found.push(node),
                Ok(None) => return (found, None),
                Err(stop) => return (found, Some(stop)),
            }
        }
    }

    #[test]
    fn subtrees_are_given_with_namespace_line_and_text() {
        let text = "<?xml version=\"1.0\"?>\n<x:a xmlns:x=\"urn:n\">\n<x:b k=\"1 &amp; 2\"> t &lt; <c/>u<![CDATA[&]]></x:b><x:b/></x:a>";
        let (found, stop) = all(text, &["b"]);
        assert!(stop.is_none());
        assert_eq!(found.len(), 2);
        let b = &found[0];
        assert_eq!((&*b.ns, b.line, b.text.as_str()), ("urn:n", 3, "t < u&"));
        assert_eq!((b.attribute("k"), b.children.len()), (Some("1 & 2"), 1));
    }

    #[test]
    fn what_is_before_a_break_is_given() {
        let (found, stop) = all("<a><b>1</b><b>2", &["b"]);
        assert_eq!(found.len(), 1);
        assert!(matches!(stop, Some(FormatError::Broken { .. })));
        assert!(all("<a><b></a>", &["b"]).1.is_some());
        assert!(all("<a>", &["b"]).1.is_some());
    }

    #[test]
    fn tags_are_given_without_a_tree_and_reading_goes_on_after_them() {
        let text = "<a xmlns='urn:a'><b xmlns='urn:b'><x:v q='>'>1</x:v><!-- > --><e/>\n</b><b/><c>2</c></a>";
        // Input split into pieces of every size.
        for piece in 1..=text.len() {
            let input = std::io::BufReader::with_capacity(piece, text.as_bytes());
            let mut xml = Xml::new(Guarded::new(Box::new(input)));
            let mut found = Vec::new();
            while let Some(step) = xml.step(&["b", "c"]).unwrap() {
                match step {
                    Step::Begins(node) if &*node.name == "b" => xml
                        .tags(&mut |tag| {
                            let text = String::from_utf8_lossy(tag.text).into_owned();
                            found.push(format!(
                                "{:?} {} {text:?}",
                                tag.kind,
                                String::from_utf8_lossy(tag.name)
                            ));
                            Ok(())
                        })
                        .unwrap(),
                    Step::Begins(node) => {
                        let node = xml.whole(node).unwrap();
                        found.push(format!("{} {} {}", node.ns, node.line, node.text));
                    }
                    Step::Ends(name) => found.push(format!("/{name}")),
                }
            }
            assert_eq!(
                found,
                ["Opens v \"\"", "Closes v \"1\"", "Empty e \"\"", "/b", "urn:a 2 2"],
                "in pieces of {piece}"
            );
        }
    }

    #[test]
    fn tags_that_do_not_fit_are_refused() {
        for bad in ["<a><b></c></a>", "<a><b>", "<a><b", "<a><b></a>", "<a><!DOCTYPE x></a>", "<a></b>"] {
            let mut xml = Xml::new(Guarded::new(Box::new(bad.as_bytes())));
            assert!(matches!(xml.step(&["a"]), Ok(Some(Step::Begins(_)))));
            let read = xml.tags(&mut |_| Ok(())).and_then(|()| xml.step(&["a"]).map(drop));
            assert!(matches!(read, Err(FormatError::Broken { .. })), "{bad}");
        }
        let deep = format!("<a>{}", "<b>".repeat(10_000));
        let mut xml = Xml::new(Guarded::new(Box::new(deep.as_bytes())));
        assert!(matches!(xml.step(&["a"]), Ok(Some(_))));
        assert!(matches!(xml.tags(&mut |_| Ok(())), Err(FormatError::TooLarge { .. })));
        let endless =
            std::io::Read::chain(&b"<a><b "[..], std::io::Read::take(std::io::repeat(b'>'), 1 << 26));
        let mut xml = Xml::new(Guarded::new(Box::new(std::io::BufReader::new(endless))));
        assert!(matches!(xml.step(&["a"]), Ok(Some(_))));
        assert!(xml.tags(&mut |_| Ok(())).is_err());
    }

    #[test]
    fn a_doctype_of_elements_and_attributes_is_passed_over() {
        for doctype in [
            "<!DOCTYPE a>",
            "<!DOCTYPE a [\n<!-- version > 11 -->\n<!ELEMENT a (b|c)*>\n<!ATTLIST a\n  k CDATA #IMPLIED\n>\n]>",
        ] {
            let (found, stop) = all(&format!("<?xml version=\"1.0\"?>\n{doctype}\n<a><b/></a>"), &["b"]);
            assert_eq!((found.len(), stop.is_none()), (1, true), "{doctype}");
        }
    }

    #[test]
    fn entities_and_depth_are_bounded() {
        for bomb in [
            "<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>",
            "<!DOCTYPE a [<!ELEMENT a ANY>\n<!entity % b \"x\">]><a/>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<!DOCTYPE a PUBLIC \"-//X//EN\" 'http://x/y.dtd' [<!ELEMENT a ANY>]><a/>",
            "<a><!DOCTYPE a></a>",
        ] {
            assert!(matches!(all(bomb, &["a"]).1, Some(FormatError::Broken { .. })), "{bomb}");
        }
        assert!(matches!(all("<a><!DOCTYPE a></a>", &["x"]).1, Some(FormatError::Broken { .. })));
        let long = format!("<!DOCTYPE a [<!-- {} -->]><a/>", "x".repeat(DOCTYPE));
        assert!(matches!(all(&long, &["a"]).1, Some(FormatError::Broken { .. })));
        assert!(all("<a>&b;</a>", &["a"]).1.is_some());
        let deep = "<a>".repeat(10_000);
        assert!(matches!(all(&deep, &["x"]).1, Some(FormatError::TooLarge { .. })));
        assert!(matches!(all(&deep, &["a"]).1, Some(FormatError::TooLarge { .. })));
    }
}
