//! Views as they are drawn for a browser.

mod golden;
mod hostile;
mod html;

use super::{Address, Context, Filled, Pages, chosen, notes, parameters, report};
use html::Node;
use mesinfos_model::sample;
use mesinfos_model::view::*;
use mesinfos_words::{self as words, Word};

/// A context with everything that a caller may give.
fn context<'a>(app: &'a str, csv: &'a dyn Fn(Address) -> String) -> Context<'a> {
    Context {
        app,
        icon: Icon::Energy,
        domain: Some("energy"),
        lang: Lang::Fr,
        read: "52 608 relevés lus",
        is_trial: false,
        pages: Pages::All,
        csv: Some(csv),
        evidence: None,
    }
}

fn path(at: Address) -> String {
    format!("/results/1/{at}.csv")
}

fn decimal(mantissa: i64, scale: u8) -> Decimal {
    Decimal { mantissa, scale }
}

/// One parameter of each kind, and of each way to choose.
fn settings(text: &dyn Fn(&str) -> String) -> Vec<Param> {
    let param = |id: &str, label: &str, control| Param {
        id: text(id),
        label: text(label),
        help: Some(text("Laissez vide si vous ne savez pas")),
        control,
    };
    let choices = |count: u8, label: &str| {
        let choice = |at| Choice { id: text(&format!("c{at}")), label: text(&format!("{label}{at}")) };
        Control::Choice(ChoiceField { choices: (1..=count).map(choice).collect(), initial: text("c1") })
    };
    let date = |year| Date { year, month: 1, day: 31 };
    vec![
        param("power", "Puissance", choices(3, "kVA ")),
        param("hours", "Début des heures creuses", choices(5, "22 h – 6 h, ")),
        param("city", "Ville", choices(9, "Ville ")),
        param(
            "price",
            "Votre prix du kWh",
            Control::Number(NumberField {
                min: decimal(-15, 1),
                max: decimal(10_000, 4),
                step: decimal(1, 4),
                initial: decimal(1_952, 4),
                unit: QuantityUnit::None,
                currency: Some("EUR".to_owned()),
            }),
        ),
        param("heating", "Chauffage électrique", Control::Toggle(true)),
        param(
            "since",
            "Depuis",
            Control::Date(DateField { min: Some(date(2020)), max: Some(date(2025)), initial: None }),
        ),
        param(
            "until",
            "Jusqu’au",
            Control::Date(DateField { min: None, max: None, initial: Some(date(2025)) }),
        ),
    ]
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[test]
fn every_block_is_drawn_in_both_languages() {
    for lang in [Lang::Fr, Lang::En] {
        let view = sample::view(lang, &str::to_owned);
        let drawn = report(&view, &context("Conso", &path), None).into_string();
        for kind in [
            "<p dir=\"auto\">",
            "<ul class=\"limits\">",
            "<ol class=\"numbered\">",
            "<ul class=\"checked\">",
            "<div class=\"note flow-s t-accent\">",
            "<div class=\"note flow-s t-bad\">",
            "<ol class=\"thread\">",
            "<dl class=\"figs\">",
            "<svg class=\"spark\"",
            "<table",
            "<progress",
            "<figure class=\"fig\" role=\"figure\"",
            "data-chart=\"{&quot;kind&quot;:&quot;bar&quot;",
            "&quot;kind&quot;:&quot;line&quot;",
            "&quot;kind&quot;:&quot;area&quot;",
            "&quot;kind&quot;:&quot;stacked-bar&quot;",
            "&quot;kind&quot;:&quot;parts&quot;",
            "&quot;kind&quot;:&quot;calendar&quot;",
            "&quot;kind&quot;:&quot;heatmap&quot;",
            "<ul class=\"adv\">",
            "class=\"best\"",
        ] {
            assert!(drawn.contains(kind), "{kind} in {lang:?}");
        }
        for word in [Word::Limits, Word::HowComputed, Word::SeeData, Word::Disclosure, Word::Advised] {
            assert!(drawn.contains(&word.to(lang)), "{word:?} in {lang:?}");
        }
    }
}

/// A phone shows one part at a time: a long page begins with links to all of them, by addresses of the host's own.
#[test]
fn a_long_page_begins_with_its_contents() {
    let drawn = |titles: &[Option<&str>]| {
        let mut view = sample::view(Lang::Fr, &str::to_owned);
        let section = |title: &Option<&str>| Section {
            title: title.map(str::to_owned),
            layout: Layout::Stack,
            blocks: Vec::new(),
        };
        view.pages.truncate(1);
        view.pages[0].sections = titles.iter().map(section).collect();
        report(&view, &context("Conso", &path), None).into_string()
    };
    let long = drawn(&[Some("Un"), None, Some("<b>\" id=x"), Some("#trois"), Some("Quatre")]);
    for id in ["part-1-1", "part-1-3", "part-1-4", "part-1-5"] {
        assert_eq!(long.matches(&format!("href=\"#{id}\"")).count(), 1, "{id}");
        assert_eq!(long.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(!long.contains("part-1-2") && !long.contains("<b>\"") && long.contains("4 parties"), "{long}");
    let short = drawn(&[Some("Un"), None]);
    assert!(!short.contains("part-1-") && !short.contains("toc"), "{short}");
}

#[test]
fn each_chart_has_its_table_and_its_file() {
    let drawn = report(&sample::view(Lang::Fr, &str::to_owned), &context("Conso", &path), None);
    let page = html::parse(&drawn.into_string());
    let figures = page.all("figure");
    assert_eq!(figures.len(), 7);
    for figure in figures {
        assert_eq!(figure.all("table").len(), 1);
        assert!(!figure.all("figcaption")[0].all("strong")[0].text().is_empty());
        let files: Vec<&str> = figure.all("a").iter().map(|link| link.attribute("href").unwrap()).collect();
        assert!(files.len() == 1 && files[0].starts_with("/results/1/1-0-"), "{files:?}");
        assert_eq!(figure.all("details").len(), 1);
    }
}

#[test]
fn the_drawing_has_the_numbers_of_the_table() {
    let view = sample::view(Lang::Fr, &str::to_owned);
    let page = html::parse(&report(&view, &context("Conso", &path), None).into_string());
    let bars = &page.all("figure")[0];
    let spec = bars.all("mi-chart")[0].attribute("data-chart").unwrap();
    let spec: serde_json::Value = serde_json::from_str(spec).unwrap();
    let points = spec["series"][0]["points"].as_array().unwrap();
    let cells: Vec<String> = bars.all("td").into_iter().map(Node::text).collect();
    assert_eq!(points.len(), cells.len());
    for (point, cell) in points.iter().zip(&cells) {
        assert_eq!(words::chart_point(point.as_f64(), QuantityUnit::Kwh, None, Lang::Fr), *cell);
    }
}

#[test]
fn tabs_are_links_that_work_without_scripts() {
    let view = sample::view(Lang::Fr, &str::to_owned);
    let shown = |pages| {
        let context = Context { pages, ..context("Conso", &path) };
        html::parse(&report(&view, &context, None).into_string())
    };
    let second = shown(Pages::One(1));
    let links: Vec<_> = second.all("nav")[0]
        .all("a")
        .iter()
        .map(|link| (link.attribute("href").unwrap().to_owned(), link.attribute("aria-current").is_some()))
        .collect();
    assert_eq!(links, [("?page=1".to_owned(), false), ("?page=2".to_owned(), true)]);
    assert_eq!(second.all("figure").len(), 7);
    assert_eq!(shown(Pages::One(0)).all("figure").len(), 0);
    // An index that is too high is the last page.
    assert_eq!(shown(Pages::One(9)).all("figure").len(), 7);
    let all = shown(Pages::All);
    assert!(all.all("nav").is_empty());
    assert_eq!((all.all("h1").len(), all.all("figure").len()), (1, 7));
    assert_eq!(Pages::named(None), Pages::One(0));
    assert_eq!(Pages::named(Some("2")), Pages::One(1));
    for odd in ["0", "1", "-1", "x", "", "99999999999999999999999999"] {
        assert_eq!(Pages::named(Some(odd)), Pages::One(0), "{odd}");
    }
}

#[test]
fn headings_never_skip_a_level() {
    for pages in [Pages::All, Pages::One(0), Pages::One(1)] {
        for has_titles in [true, false] {
            let mut view = sample::view(Lang::Fr, &str::to_owned);
            if !has_titles {
                for section in view.pages.iter_mut().flat_map(|page| &mut page.sections) {
                    section.title = None;
                }
            }
            let context = Context { pages, ..context("Conso", &path) };
            let form = parameters(&settings(&str::to_owned), &Filled::default(), "/runs", Lang::Fr);
            let page = html::parse(&report(&view, &context, Some(form)).into_string());
            let mut above = 0;
            for heading in page.headings() {
                assert!(heading <= above + 1, "h{heading} after h{above}");
                above = heading;
            }
            assert_eq!(page.all("h1").len(), 1);
        }
    }
}

#[test]
fn another_language_is_marked_and_the_host_speaks_that_of_the_page() {
    let view = sample::view(Lang::En, &str::to_owned);
    let context = Context { pages: Pages::One(0), ..context("Conso", &path) };
    let form = parameters(&settings(&str::to_owned), &Filled::default(), "/runs", Lang::Fr);
    let drawn = report(&view, &context, Some(form)).into_string();
    let page = html::parse(&drawn);
    let body = page.all("div").into_iter().find(|div| div.attribute("class") == Some("res-b")).unwrap();
    assert_eq!(body.attribute("lang"), Some("en"));
    assert!(body.text().contains("What the app could not do"));
    assert!(page.all("nav")[0].all("a").iter().all(|link| link.attribute("lang") == Some("en")));
    assert!(drawn.contains("<strong><bdi>Résultat\u{A0}: Conso</bdi></strong>"));
    assert_eq!(page.all("form")[0].attribute("lang"), Some("fr"));
    let same = report(&sample::view(Lang::Fr, &str::to_owned), &context, None).into_string();
    assert!(!same.contains("lang="));
}

#[test]
fn regions_have_different_names() {
    let mut view = sample::view(Lang::Fr, &|_| "Même titre".to_owned());
    let tables: Vec<Block> = view.pages[0].sections[1].blocks.clone();
    view.pages[0].sections[0].blocks.extend(tables);
    let page = html::parse(&report(&view, &context("Conso", &path), None).into_string());
    let regions: Vec<&str> = page
        .all("div")
        .iter()
        .filter(|div| div.attribute("role") == Some("region"))
        .map(|div| div.attribute("aria-label").unwrap())
        .collect();
    let different: std::collections::BTreeSet<&&str> = regions.iter().collect();
    assert!(regions.len() > 8 && different.len() == regions.len(), "{regions:?}");
}

#[test]
fn the_last_rows_of_a_long_table_are_folded_away() {
    let table = |rows: u8| {
        let mut view = sample::view(Lang::Fr, &str::to_owned);
        view.pages.truncate(1);
        view.pages[0].sections = vec![Section {
            title: None,
            layout: Layout::Stack,
            blocks: vec![Block::Table(Table {
                title: "Factures".to_owned(),
                columns: vec![Column { label: "Nom".to_owned(), kind: ColumnKind::Text }],
                cells: (0..rows).map(|row| Value::Text(format!("ligne {row}"))).collect(),
            })],
        }];
        html::parse(&report(&view, &context("Conso", &path), None).into_string())
    };
    let rows = |page: &Node| page.all("tbody").iter().map(|body| body.all("tr").len()).collect::<Vec<_>>();
    assert_eq!(rows(&table(15)), [15]);
    assert_eq!(rows(&table(16)), [12, 4]);
    let long = table(100);
    assert_eq!(rows(&long), [12, 88]);
    assert_eq!(long.all("summary")[0].text(), "Les 88 lignes suivantes");
    assert_eq!(long.all("a").len(), 1);
    assert!(table(5).all("a").is_empty());
    assert!(table(0).text().contains("Rien à montrer ici."));
}

#[test]
fn a_caller_without_files_has_no_links_to_them() {
    let view = sample::view(Lang::Fr, &str::to_owned);
    let drawn = report(&view, &Context { csv: None, ..context("Conso", &path) }, None).into_string();
    // Only those of the contents stay within the page.
    let links = drawn.split("<a ").skip(1).map(|link| link.split('>').next().unwrap());
    assert!(links.into_iter().all(|link| link.contains("href=\"#part-")), "{drawn}");
}

#[test]
fn a_form_shows_what_was_chosen_and_what_does_not_fit() {
    let params = settings(&str::to_owned);
    let sent = [
        pair("p.power", "c2"),
        pair("p.price", " 1 000,5 "),
        pair("p.heating", "false"),
        pair("p.since", "2019-12-31"),
        pair("p.until", ""),
        pair("p.unknown", "1"),
        pair("csrf", "x"),
    ];
    let filled = chosen(&params, &sent, Lang::Fr).unwrap_err();
    let errors: Vec<(&str, &str)> =
        filled.errors.iter().map(|(id, sentence)| (id.as_str(), sentence.as_str())).collect();
    assert_eq!(
        errors,
        [
            ("price", "il faut un nombre de −1,5 à 1."),
            ("since", "cette date sort de la période que l’application accepte."),
            ("until", "indiquez une date, par exemple 2024-05-31."),
        ]
    );
    let form = html::parse(&parameters(&params, &filled, "/runs", Lang::Fr).into_string());
    let checked = |form: &Node| {
        let inputs = form.all("input").into_iter().filter(|input| input.attribute("checked").is_some());
        inputs.map(|input| input.attribute("value").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(checked(&form), ["c2", "c1"]);
    let price =
        form.all("input").into_iter().find(|input| input.attribute("name") == Some("p.price")).unwrap();
    assert_eq!(
        (price.attribute("value"), price.attribute("aria-invalid")),
        (Some(" 1 000,5 "), Some("true"))
    );
    assert!(form.text().contains("il faut un nombre de −1,5 à 1."));
    assert_eq!(form.all("p")[0].attribute("role"), Some("alert"));
    assert_eq!(form.all("button")[0].attribute("type"), Some("submit"));
    // What was not sent has its initial value.
    let plain = parameters(&params, &Filled::default(), "/runs", Lang::Fr).into_string();
    assert!(plain.contains("value=\"0,1952\"") && plain.contains("value=\"2025-01-31\""));
    assert_eq!(checked(&html::parse(&plain)), ["c1", "c1", "true"]);
    assert_eq!(parameters(&[], &Filled::default(), "/runs", Lang::Fr).into_string(), "");
}

#[test]
fn answers_are_what_a_run_takes() {
    let params = settings(&str::to_owned);
    let sent = [
        pair("p.price", "\u{2212}1,5"),
        pair("p.heating", "false"),
        pair("p.heating", "true"),
        pair("p.since", ""),
        pair("p.until", "2024-02-29"),
        pair("p.city", "c9"),
        pair("price", "3"),
    ];
    let answers = chosen(&params, &sent, Lang::Fr).unwrap();
    let expected = [("city", "c9"), ("price", "-1,5"), ("heating", "true"), ("until", "2024-02-29")];
    assert_eq!(answers, expected.map(|(id, text)| pair(id, text)));
    assert_eq!(chosen(&params, &[], Lang::Fr), Ok(Vec::new()));
    for (name, wrong) in [
        ("p.price", ""),
        ("p.price", "1e3"),
        ("p.price", "1.0001"),
        ("p.price", "NaN"),
        ("p.heating", "perhaps"),
        ("p.city", "c10"),
        ("p.city", ""),
        ("p.until", "2024-02-30"),
        ("p.until", "soon"),
    ] {
        let filled = chosen(&params, &[pair(name, wrong)], Lang::En).unwrap_err();
        assert_eq!(filled.errors.len(), 1, "{name} {wrong}");
        assert_eq!(filled.answers, [pair(&name[2..], wrong)]);
    }
}

#[test]
fn a_message_repeats_little_of_what_was_sent() {
    let params = settings(&str::to_owned);
    let long = format!("\u{202E}{}", "9x".repeat(10_000));
    let filled = chosen(&params, &[pair("p.price", &long)], Lang::Fr).unwrap_err();
    let sentence = &filled.errors["price"];
    assert!(sentence.chars().count() < 80 && !sentence.contains('\u{202E}'), "{sentence}");
}
