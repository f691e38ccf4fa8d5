//! What stands in the way of an account form: its words, tied to the fields that they are about.

use crate::app::parts::note_with;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::PlatformError;
use mesinfos_platform::identity::IdentityError;

/// Id of the words on the page.
const ID: &str = "wrong";

/// A field of an account form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Typed {
    Name,
    /// The password of the account.
    Password,
    NewPassword,
    /// A recovery code, or that of an invitation.
    Code,
}

/// What stands in the way of a form.
#[derive(Debug, Clone)]
pub(crate) struct Wrong {
    words: String,
    about: &'static [Typed],
}

impl Wrong {
    /// Words about no field in particular.
    pub(crate) fn words(words: String) -> Wrong {
        Wrong { words, about: &[] }
    }

    /// Words about some fields.
    pub(crate) fn about(words: String, about: &'static [Typed]) -> Wrong {
        Wrong { words, about }
    }

    /// Whether the words are about a field.
    pub(crate) fn is_at(&self, field: Typed) -> bool {
        self.about.contains(&field)
    }

    /// An error that the person can mend, in words. Which of two fields is wrong is not said where it would help to
    /// guess: both are marked.
    pub(crate) fn of(error: IdentityError, lang: Lang) -> Wrong {
        let about: &[Typed] = match error {
            IdentityError::NoSuchSignIn => &[Typed::Name, Typed::Password, Typed::Code],
            IdentityError::Unfit(_) => &[Typed::NewPassword],
            IdentityError::NameTaken | IdentityError::NotALoginName(_) => &[Typed::Name],
            IdentityError::NotACode(_) | IdentityError::NoSuchInvitation => &[Typed::Code],
            _ => &[],
        };
        Wrong { words: mesinfos_words::error(&PlatformError::from(error), lang), about }
    }
}

/// The words, which screen readers say at once.
pub(crate) fn told(wrong: Option<&Wrong>) -> Markup {
    html! { @if let Some(wrong) = wrong { (note_with(ID, &wrong.words)) } }
}

/// `aria-invalid` of a field.
pub(crate) fn invalid(wrong: Option<&Wrong>, field: Typed) -> Option<&'static str> {
    wrong.is_some_and(|wrong| wrong.is_at(field)).then_some("true")
}

/// `aria-describedby` of a field: the words about it.
pub(crate) fn why(wrong: Option<&Wrong>, field: Typed) -> Option<&'static str> {
    invalid(wrong, field).map(|_| ID)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_tied_to_the_words_about_them() {
        let wrong = Wrong::of(IdentityError::NameTaken, Lang::En);
        let of = |field| (invalid(Some(&wrong), field), why(Some(&wrong), field));
        assert_eq!(of(Typed::Name), (Some("true"), Some(ID)));
        assert_eq!(of(Typed::NewPassword), (None, None));
        assert_eq!(invalid(None, Typed::Name), None);
        let page = told(Some(&Wrong::words("<b>".to_owned()))).into_string();
        assert!(page.contains("id=\"wrong\"") && page.contains("role=\"alert\"") && !page.contains("<b>"));
    }

    #[test]
    fn a_wrong_sign_in_marks_both_fields() {
        let wrong = Wrong::of(IdentityError::NoSuchSignIn, Lang::Fr);
        for field in [Typed::Name, Typed::Password] {
            assert_eq!(invalid(Some(&wrong), field), Some("true"), "{field:?}");
        }
        assert_eq!(invalid(Some(&wrong), Typed::NewPassword), None);
    }
}
