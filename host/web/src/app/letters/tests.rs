//! Tests of letters: what is typed, on the page and in the PDF.

use super::{form, pdf, sheet};
use crate::app::form::Fields;
use mesinfos_model::Holder;
use mesinfos_model::view::Lang;
use mesinfos_platform::letters::{LetterDraft, Reminder, Right};
use mesinfos_words::letter::{LetterText, letter};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let form: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    Fields::read(form.join("&").as_bytes()).unwrap()
}

fn draft(pairs: &[(&str, &str)]) -> LetterDraft {
    form::draft(&fields(pairs), Lang::Fr, "2026-06-01".parse().unwrap())
}

fn full() -> LetterDraft {
    draft(&[
        ("holder", "edf"),
        ("name", "Zoé Łukasz-Şahin"),
        ("address", "12 rue des Œillets\r\n69003 Lyon"),
        ("reference", "n° 118 « maison »"),
        ("wanted", "mes consommations depuis 2023, à la demi-heure"),
        ("their-address", "1 place de l’Exemple\n75000 Paris"),
    ])
}

/// The text of a sheet as a browser would copy it: tags away, spaces alike.
fn text_of(sheet: &str) -> String {
    let article = sheet.split_once("<textarea").unwrap().0;
    let mut text = String::new();
    let mut is_tag = false;
    for c in article.chars() {
        match c {
            '<' => {
                is_tag = true;
                text.push(' ');
            }
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    words(&plain)
}

fn words(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{c}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What `pdftotext` reads in a PDF; `None` where it is not installed.
fn pdftotext(pdf: &[u8]) -> Option<String> {
    let command =
        Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = command.ok()?;
    child.stdin.take()?.write_all(pdf).ok()?;
    let output = child.wait_with_output().ok()?;
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_pdf_has_the_text_of_the_page() {
    for right in Right::ALL {
        for lang in [Lang::Fr, Lang::En] {
            let sent = "2026-03-31".parse().unwrap();
            for reminder in [
                None,
                Some(Reminder { sent, received: None, extended: false }),
                Some(Reminder { sent, received: None, extended: true }),
            ] {
                let text = letter(&LetterDraft { right, lang, reminder, ..full() });
                let page = text_of(&sheet::sheet(&text, lang).into_string());
                assert_eq!(page, words(&text.all().collect::<Vec<_>>().join(" ")));
                let pdf = pdf::pdf(&text).unwrap();
                // Without the tool, the library's own check of PDF/UA is what is left: `pdf` fails if it fails.
                if let Some(read) = pdftotext(&pdf) {
                    // Lines of two columns may be read in another order: the words are the same.
                    let mut both = [page, words(&read)]
                        .map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>());
                    both.iter_mut().for_each(|words| words.sort());
                    assert_eq!(both[0], both[1]);
                    for paragraph in &text.paragraphs {
                        assert!(words(&read).contains(&words(paragraph)), "{paragraph}\n{read}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_pdf_has_title_language_and_tags_and_no_active_part() {
    let text = letter(&full());
    let pdf = pdf::pdf(&text).unwrap();
    assert!(pdf.starts_with(b"%PDF-1."));
    let has = |part: &str| pdf.windows(part.len()).any(|window| window == part.as_bytes());
    assert!(has("/Lang (fr)") || has("/Lang(fr)"), "language");
    assert!(has("/MarkInfo") && has("/StructTreeRoot") && has("pdfuaid"), "tags");
    assert!(has("Objet"), "title");
    for not in ["/JavaScript", "/Launch", "/URI", "/EmbeddedFile", "/SubmitForm"] {
        assert!(!has(not), "{not}");
    }
    assert!(pdf.len() < 60_000, "{} bytes: the font is cut to what is used", pdf.len());
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "<script>alert(1)</script>\" onload=x \u{202e}txt.exe\u{0}\u{1b}]0;x\u{7} ) Tj /JS (x) endstream endobj";
    let typed = draft(&[
        ("their-name", hostile),
        ("their-address", hostile),
        ("name", hostile),
        ("address", hostile),
        ("reference", hostile),
        ("wanted", hostile),
        ("right", hostile),
        ("language", hostile),
        ("since", hostile),
    ]);
    assert_eq!((typed.right, typed.reminder), (Right::Both, None));
    let text = letter(&typed);
    let shown = sheet::sheet(&text, Lang::Fr).into_string();
    let form = form::fields(&typed, true, Lang::Fr).into_string() + &form::hidden(&typed).into_string();
    for page in [&shown, &form] {
        for not in ["<script", "\u{202e}", "\u{1b}", "\u{0}", "\" onload"] {
            assert!(!page.contains(not), "{not:?}: {page}");
        }
    }
    assert!(shown.contains("&lt;script&gt;"));
    assert_eq!(text_of(&shown), words(&text.all().collect::<Vec<_>>().join(" ")));
    let pdf = pdf::pdf(&text).unwrap();
    assert!(!pdf.windows(3).any(|window| window == b"/JS"), "the text is encoded");
    if let Some(read) = pdftotext(&pdf) {
        assert!(words(&read).contains("<script>alert(1)</script>"));
    }
}

#[test]
fn very_long_text_is_cut_and_takes_more_pages() {
    let long = "W".repeat(500_000);
    let lines = "WWWW WWWW\n".repeat(10_000);
    let text = letter(&draft(&[
        ("their-name", &long),
        ("their-address", &lines),
        ("name", &long),
        ("address", &lines),
        ("reference", &long),
        ("wanted", &long),
    ]));
    assert!(text.plain().chars().count() < 6_000, "{}", text.plain().chars().count());
    let pdf = pdf::pdf(&text).unwrap();
    let read = pdftotext(&pdf);
    // A line of one word is broken where the column ends, and loses nothing.
    assert!(read.is_none_or(|read| read.matches('W').count() == text.plain().matches('W').count()));
}

#[test]
fn a_character_that_the_font_lacks_is_told_and_not_left_out() {
    for name in ["Мария", "李小龙", "مريم", "👩"] {
        let text = letter(&draft(&[("holder", "edf"), ("name", name)]));
        assert!(!pdf::can_write(&text));
        assert_eq!(pdf::pdf(&text), Err(pdf::NoPdf::Character));
        assert!(sheet::sheet(&text, Lang::Fr).into_string().contains(name), "the page has it");
        let form = form::fields(&draft(&[("name", name)]), false, Lang::Fr).into_string();
        assert!(!form.contains("/letters/new/pdf") && form.contains("Imprimez cette page"));
    }
}

#[test]
fn a_form_comes_back_as_it_was() {
    let sent = "2026-03-31".parse().unwrap();
    for reminder in [None, Some(Reminder { sent, received: "2026-04-02".parse().ok(), extended: true })] {
        for holder in ["edf", ""] {
            let typed = draft(&[
                ("holder", holder),
                ("their-name", "Ma boulangerie & fils"),
                ("name", "\"Zoé\""),
                ("address", "a\nb"),
                ("their-address", "c\nd"),
                ("right", "portability"),
                ("language", "en"),
                ("wanted", "x"),
            ]);
            let before = LetterDraft { reminder, ..typed };
            let form = form::hidden(&before).into_string();
            let pairs: Vec<(String, String)> = form
                .split("<input ")
                .skip(1)
                .map(|input| {
                    let attribute = |name: &str| {
                        let rest = input.split_once(&format!("{name}=\"")).unwrap().1;
                        rest.split('"').next().unwrap().replace("&quot;", "\"").replace("&amp;", "&")
                    };
                    (attribute("name"), attribute("value"))
                })
                .collect();
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(draft(&pairs), before);
        }
    }
}

#[test]
fn an_address_of_the_register_is_proposed_and_another_may_be_typed() {
    let orange = Holder::find("orange").unwrap();
    assert_eq!(draft(&[("holder", "orange")]).to.address, orange.address);
    assert_eq!(draft(&[("holder", "orange"), ("their-address", "")]).to.address, Vec::<String>::new());
    let form = form::fields(&draft(&[("holder", "orange")]), true, Lang::Fr).into_string();
    assert!(form.contains("relevée le 29\u{a0}novembre 2026"), "{form}");
    let form = form::fields(&draft(&[("holder", "edf")]), true, Lang::Fr).into_string();
    assert!(form.contains("n’en inventons pas") && form.contains("particulier.edf.fr"));
    let caf = draft(&[("holder", "caf")]);
    assert_eq!(caf.right, Right::Access);
    assert!(form::fields(&caf, true, Lang::En).into_string().contains("public task"));
}

#[test]
fn the_plain_text_is_the_letter() {
    let text: LetterText = letter(&full());
    assert_eq!(words(&text.plain()), words(&text.all().collect::<Vec<_>>().join(" ")));
    let shown = sheet::sheet(&text, Lang::Fr).into_string();
    assert!(shown.contains("lang=\"fr\"") && shown.contains("<textarea id=\"plain\" hidden readonly"));
}
