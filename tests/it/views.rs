//! Validation of views: a view that is too long or too wide, or has values that are not numbers, is refused
//! in both sandboxes; texts that are too long or contain hidden characters are shown in readable form.

use crate::lab::{Lab, PEOPLE};
use crate::support::{app, me};
use mesinfos_model::view::View;
use mesinfos_model::visible::is_hidden;
use mesinfos_platform::runtime::limits;
use mesinfos_platform::{PlatformError, RunInput};

fn run(lab: &Lab, name: &str) -> Result<View, String> {
    let params = vec![("attack".to_owned(), "view".to_owned()), ("view".to_owned(), name.to_owned())];
    let input = RunInput { params };
    match lab.platform.run(&me(PEOPLE[0]), "misbehave", &input) {
        Ok(output) => Ok(output.view),
        Err(PlatformError::Ended { outcome, .. }) => Err(format!("{}: {outcome}", outcome.code())),
        Err(other) => panic!("{name}: {other}"),
    }
}

#[test]
fn a_view_is_shown_as_it_can_be_read_or_not_at_all() {
    for lab in [Lab::new(), Lab::apart()] {
        lab.install(&std::fs::read(app("hostile-apps/misbehave")).unwrap());
        for name in [
            "pages",
            "sections",
            "blocks",
            "pieces",
            "rows",
            "columns",
            "points",
            "series",
            "all-points",
            "labels",
            "nan",
            "infinite",
            "beyond",
            "no-date",
            "digits",
            "currency",
            "no-pages",
        ] {
            let refused = run(&lab, name).expect_err(name);
            assert!(refused.starts_with("invalid-view: "), "{name}: {refused}");
        }
        assert!(run(&lab, "plain").is_ok());
        let long = run(&lab, "long").unwrap();
        assert_eq!(long.title.chars().count(), limits::view::TITLE);
        assert_eq!(long.headline.chars().count(), limits::view::HEADLINE);
        let all = serde_json::to_string(&long).unwrap();
        assert!(all.len() < 2 * limits::view::PIECE, "{} bytes", all.len());
        let hidden = run(&lab, "hidden").unwrap();
        assert_eq!(hidden.headline, "a[31mbcdefghij");
        let all = serde_json::to_string(&hidden).unwrap();
        assert!(!all.chars().any(is_hidden) && !all.contains("\\u"), "{all}");
    }
}
