//! The name of a publisher: what nobody may call themselves, and what every page says about the name.

use crate::forge::reader;
use crate::http::Server;
use crate::lab::Lab;
use crate::pages::Browser;
use crate::support::{Data, app};
use mesinfos_platform::registry::{SecretKey, sign};
use mesinfos_platform::runtime::{Problem, inspect};

/// The forged app of a publisher.
fn of(publisher: &str) -> Vec<u8> {
    let forged = reader("forged", "(i32.const 64)");
    let manifest = forged.manifest().replacen("\"Forge\"", &format!("\"{publisher}\""), 1);
    let mut bytes = forged.bare();
    let section = wasm_encoder::CustomSection {
        name: mesinfos_platform::runtime::manifest::SECTION.into(),
        data: manifest.into_bytes().into(),
    };
    wasm_encoder::ComponentSection::append_to_component(&section, &mut bytes);
    bytes
}

#[test]
fn nobody_publishes_under_our_name_or_that_of_a_data_holder() {
    for (publisher, named) in [
        ("MesInfos", "plateforme"),
        ("МеsІnfоs", "plateforme"),
        ("Ameli", "Assurance Maladie"),
        ("Аmеlі", "Assurance Maladie"),
        ("Équipe EDF", "EDF"),
        ("0range", "Orange"),
    ] {
        let lab = Lab::new();
        let bytes = of(publisher);
        let problems = inspect(&bytes).problems;
        let [problem @ Problem::Imitation { field: "app.publisher", .. }] = &problems[..] else {
            panic!("{publisher}: {problems:?}")
        };
        let words = mesinfos_words::outcome::problem(problem, mesinfos_model::view::Lang::Fr);
        assert!(
            words.contains(named) && (words.contains("hoisissez-en un autre") || words.contains("votre nom")),
            "{words}"
        );
        assert_eq!(lab.platform.install(&bytes).map_or_else(|error| error.code(), |_| "done"), "refused");
    }
    for publisher in ["Jean Leclerc", "Équipe 7"] {
        Lab::new().platform.install(&of(publisher)).unwrap();
    }
}

#[test]
fn every_page_says_what_stands_behind_a_publisher_s_name() {
    const NAME: &str = "Atelier Exemple";
    let data = Data::new();
    let signed = data.path().join("signed.wasm");
    std::fs::write(
        &signed,
        sign(&std::fs::read(app("forfait")).unwrap(), &SecretKey::of_seed([1; 32]), None),
    )
    .unwrap();
    data.ok(&["install", signed.to_str().unwrap()]);
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let tester = operator.invite("tester", "alix");
    let (declared, behind) =
        ("nom déclaré, sans signature", "signée\u{a0}: chaque version vient du même auteur");
    let mut seen = 0;
    for (page, browser, is_signed) in [
        ("/apps/forfait", &tester, Some(true)),
        ("/apps/budget", &tester, Some(false)),
        ("/apps/forfait/proof", &tester, Some(true)),
        ("/apps/budget/proof", &tester, Some(false)),
        ("/apps", &tester, None),
        ("/operator/apps", &operator, None),
    ] {
        let answer = browser.get(page);
        assert_eq!(answer.status, 200, "{page}");
        let text = answer.text();
        // Each time the name is shown, what stands behind it follows.
        for after in text.split(NAME).skip(1) {
            seen += 1;
            let after: String = after.replace("</bdi>", "").chars().take(60).collect();
            let says = [declared, behind].map(|words| after.starts_with(&format!(" ({words})")));
            assert!(says[0] || says[1], "{page}: {after}");
            assert!(is_signed.is_none_or(|is_signed| says[usize::from(is_signed)]), "{page}: {after}");
        }
        assert!(text.contains(NAME), "{page}");
    }
    assert!(seen >= 10, "{seen}");
}
