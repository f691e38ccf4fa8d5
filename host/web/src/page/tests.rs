//! Reports as rendered for a browser.

use super::{Chrome, STYLE, shell, view};
use mesinfos_model::sample;
use mesinfos_model::view::*;
use mesinfos_words::Word;

fn chrome(text: &dyn Fn(&str) -> String) -> Chrome {
    Chrome {
        app_name: text("Conso"),
        app_version: text("1.2.0"),
        lang: Lang::Fr,
        receipt: Some(text("r-1")),
        reads: vec![text("Factures d’énergie (12)")],
    }
}

fn page(lang: Lang, text: &dyn Fn(&str) -> String) -> String {
    let body = view(&sample::view(lang, text), &chrome(text));
    shell(&text("Titre"), lang, body).into_string()
}

/// Tags of a page, without angle brackets. Texts are escaped, so every `<` starts a tag.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(tag))
}

#[test]
fn every_block_is_drawn_in_both_languages() {
    for lang in [Lang::Fr, Lang::En] {
        let page = page(lang, &str::to_owned);
        for kind in [
            "<ul>",
            "<ol>",
            "class=\"check\"",
            "class=\"notice",
            "class=\"timeline\"",
            "<dl",
            "<caption>Vos factures",
            "<progress",
            "<figcaption><strong>Consommation",
            "<figcaption><strong>Répartition",
            "<figcaption><strong>Calendrier",
            "<figcaption><strong>Heures",
            "class=\"advice\"",
            "<caption>Trois offres",
            "class=\"recommended\"",
            "class=\"limits\"",
        ] {
            assert!(page.contains(kind), "{kind} in {lang:?}");
        }
        assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\">", lang.code())));
        assert!(page.contains(&Word::Limits.to(lang)) && page.contains(&Word::HowComputed.to(lang)));
        // Two tables belong to no chart: the invoices and the comparison.
        let tables = page.matches("</table></div>").count();
        assert_eq!(page.matches("<figure>").count(), tables - 2, "each chart has its table");
    }
}

#[test]
fn a_report_never_becomes_markup() {
    let hostile = |text: &str| {
        format!("<script>alert(1)</script>\"'><a href=\"javascript:x\" onload=y style='z'>{text}&amp;")
    };
    let page = page(Lang::Fr, &hostile);
    let calm = self::page(Lang::Fr, &str::to_owned);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;"));
    assert!(!page.contains("<script") && !page.contains("<a "));
    // Same tags as for a harmless report, apart from attribute values.
    let bare = |tag: &str| -> String { tag.split('"').step_by(2).collect::<Vec<_>>().join("\"") };
    let (with, without): (Vec<_>, Vec<_>) =
        (tags(&page).map(bare).collect(), tags(&calm).map(bare).collect());
    assert_eq!(with, without);
}

#[test]
fn no_page_has_scripts_or_inline_styles() {
    for tag in tags(&page(Lang::Fr, &str::to_owned)) {
        assert!(!tag.starts_with("script") && !tag.starts_with("style"), "{tag}");
        let names = tag.split('"').step_by(2).flat_map(|part| part.split_whitespace().skip(1));
        for name in names.chain(tag.split("\" ").skip(1)) {
            assert!(!name.starts_with("style=") && !name.starts_with("on"), "{tag}");
        }
    }
    assert!(!STYLE.contains("@import") && !STYLE.contains("url("));
}

#[test]
fn a_small_page_looks_like_this() {
    let small = View {
        headline: "Rien & <rien>.".to_owned(),
        headline_figure: None,
        period: None,
        pages: vec![Page {
            title: "P".to_owned(),
            icon: Icon::None,
            sections: vec![Section {
                title: None,
                layout: Layout::Stack,
                blocks: vec![Block::Paragraph(Paragraph(vec![
                    Piece::Plain("Total ".to_owned()),
                    Piece::Val(Value::Money(Money {
                        amount: Decimal { mantissa: 1_250, scale: 2 },
                        currency: "EUR".to_owned(),
                    })),
                ]))],
            }],
        }],
        limits: Vec::new(),
        ..sample::view(Lang::Fr, &str::to_owned)
    };
    let chrome = Chrome { reads: Vec::new(), receipt: None, ..chrome(&str::to_owned) };
    assert_eq!(
        view(&small, &chrome).into_string(),
        "<main><header class=\"chrome\"><p class=\"brand\">Résultat de Conso</p>\
         <p class=\"soft\">version 1.2.0</p></header>\
         <article class=\"result\" lang=\"fr\"><h1>Votre électricité</h1>\
         <p class=\"headline\">Rien &amp; &lt;rien&gt;.</p>\
         <section class=\"stack\"><p>Total <span class=\"value\">12,50\u{A0}€</span></p></section>\
         </article><footer class=\"chrome\"><h2>Données lues</h2>\
         <p>Aucune donnée n’a été lue.</p></footer></main>"
    );
}
