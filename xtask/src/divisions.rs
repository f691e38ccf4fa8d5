//! Divisions of amounts that the example apps show. `/` cuts; `mesinfos_sdk::numbers::scaled` rounds.

use crate::Done;

/// Calls that make a shown value of a number.
const SHOWN: [&str; 7] = [
    "view::quantity(",
    "view::tenths(",
    "view::hundredths(",
    "view::price_of(",
    "Money::new(",
    "Energy(",
    "euros(",
];

/// Apps that still cut.
pub(crate) const CUTS: [&str; 2] = ["mobilite", "parcours"];

/// Whether an app is as [`CUTS`] says; `found` are the divisions in its code.
pub(crate) fn verdict(app: &str, found: &[String]) -> Done {
    match (CUTS.contains(&app), found) {
        (false, [first, ..]) => Err(format!(
            "example-apps/{app} cuts a shown amount: \"{first}\" (use mesinfos_sdk::numbers::scaled, which rounds)"
        )),
        (true, []) => Err(format!(
            "example-apps/{app} cuts no shown amount any more: take it out of CUTS (xtask/src/divisions.rs)"
        )),
        _ => Ok(()),
    }
}

/// Calls of [`SHOWN`] with a bare division in their arguments, in code without comments.
pub(crate) fn divisions(code: &str) -> Vec<String> {
    let starts = SHOWN.iter().flat_map(|call| code.match_indices(call));
    let calls = starts.filter_map(|(at, call)| arguments(code.get(at..)?, call.len()));
    calls.filter(|call| without_texts(call).contains('/')).map(str::to_owned).collect()
}

/// A call, from its name to the end of its arguments, which begin at `open`.
fn arguments(text: &str, open: usize) -> Option<&str> {
    let mut depth = 1;
    for (at, c) in text.get(open..)?.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(..=open + at);
        }
    }
    None
}

/// Code without what is between quotes.
fn without_texts(code: &str) -> String {
    code.split('"').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_of_what_is_shown_are_found() {
        let found = |code| divisions(code).len();
        assert_eq!(found("view::quantity(seconds / 60, Unit::Minute)"), 1);
        assert_eq!(found("Some(euros(\n    of(a) / 12,\n))"), 1);
        assert_eq!(found("view::quantity(scaled(seconds, 1, 60), Unit::Minute); let x = a / 2;"), 0);
        assert_eq!(found("view::figure(Icon::Home, \"kWh / m²\", euros(cents))"), 0);
        assert_eq!(found("euros(words(\"a/b\"))"), 0);
    }

    #[test]
    fn the_list_of_apps_that_cut_stays_true() {
        let one = ["euros(a / 2)".to_owned()];
        assert!(verdict("budget", &one).is_err() && verdict("budget", &[]).is_ok());
        assert!(verdict(CUTS[0], &one).is_ok() && verdict(CUTS[0], &[]).is_err());
    }
}
