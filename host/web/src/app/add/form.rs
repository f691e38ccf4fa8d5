//! The form that adds files, and the formats that are recognised.

use super::imports::list;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{
    Icon, Section, chosen, crumbs, drop_zone, icon, more, section, section_with, tinted,
};
use crate::app::visitor::Tester;
use crate::limits;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::{FormatInfo, abouts};
use mesinfos_words::page::{Add as Words, Data, Letters};

/// Imports listed under the form.
const RECENT: usize = 3;

/// The page.
pub(crate) async fn page(tester: Tester) -> Result<Response, Failure> {
    let lang = tester.lang();
    let past = tester.run(|platform, caller| platform.past_imports(caller)).await?;
    let title = Words::Title.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &Words::Crumb.to(lang), lang))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
        }
        (form(tester.visitor.account.sample.is_some(), lang))
        @if !past.is_empty() {
            @let recent = &past[..past.len().min(RECENT)];
            (section_with(
                "recent",
                &Words::Imports.to(lang),
                html! { a href="/imports" { (Words::SeeImports.to(lang)) } },
                list(&Words::Recent.to(lang), recent, lang),
            ))
        }
        (ask(lang))
        (formats(lang))
    };
    Ok(tester.page(&title, Section::Data, body))
}

/// The other way to data: to ask for it.
fn ask(lang: Lang) -> Markup {
    section_with(
        "ask",
        &Letters::AskTitle.to(lang),
        html! { a href="/letters" { (Letters::Title.to(lang)) } },
        html! {
            p { (Letters::AskLead.to(lang)) }
            p.row { a.btn href="/letters/new" { (icon(Icon::Mail)) (Letters::Write.to(lang)) } }
        },
    )
}

/// The form: files of the device, or a picture that a phone takes.
pub(crate) fn form(is_sample: bool, lang: Lang) -> Markup {
    html! {
        form.flow method="post" action="/add" enctype="multipart/form-data" data-progress {
            (progress(lang))
            (drop_zone(
                ("files", html! { input #files type="file" name="file" multiple; }),
                Icon::FileUp,
                (&Words::Drop.to(lang), &Words::DropWhy.to(lang)),
                lang,
            ))
            label.btn.quiet.pick-file {
                (icon(Icon::FileText)) span { (Words::Photo.to(lang)) }
                input type="file" name="file" accept="image/*" capture="environment";
            }
            (chosen(lang))
            div.row {
                button.btn.pri type="submit" { (icon(Icon::Plus)) (Words::Send.to(lang)) }
                (keep_button("", lang))
            }
            p.soft.small { (Words::KeepWhy.to(lang)) }
            p.soft.small { (Words::Waiting.to(lang)) }
            @if is_sample {
                @let size = mesinfos_words::size(limits::SAMPLE_FILE_BYTES, lang);
                p.soft.small { (Words::SampleLimit { size: &size, files: limits::SAMPLE_FILES as u64 }.to(lang)) }
            }
        }
    }
}

/// The steps of an upload under way, which a script shows and moves.
fn progress(lang: Lang) -> Markup {
    let steps = [
        ("receiving", Words::StepReceiving),
        ("reading", Words::StepReading),
        ("storing", Words::StepStoring),
    ];
    html! {
        div.flow-s data-steps hidden {
            ol.rail.three { @for (id, words) in steps { li data-step=(id) { (words.to(lang)) } } }
            progress max="1000" value="0" aria-label=(Words::Sending.to(lang)) {}
            p.soft.small role="status" data-file=(Words::FileNumber.to(lang)) {}
            p.soft.small { (Words::StayHere.to(lang)) }
        }
    }
}

/// The button that keeps the files of its form as documents.
fn keep_button(class: &str, lang: Lang) -> Markup {
    html! {
        button class=(format!("btn {class}").trim_end()) type="submit" formaction="/add?as=document" {
            (icon(Icon::Folder)) (Words::Keep.to(lang))
        }
    }
}

/// A form that keeps one file as a document.
pub(crate) fn keep(lang: Lang) -> Markup {
    html! {
        form.flow-s method="post" action="/add?as=document" enctype="multipart/form-data" {
            label.field {
                span { (Words::ChooseAgain.to(lang)) }
                input type="file" name="file" required;
            }
            button.btn type="submit" { (icon(Icon::Folder)) (Words::KeepThis.to(lang)) }
        }
        p.soft.small { (Words::KeepWhy.to(lang)) }
    }
}

/// The formats that are recognised, by domain.
fn formats(lang: Lang) -> Markup {
    let all: Vec<&FormatInfo> = abouts();
    let groups = groups(&all);
    section(
        "formats",
        &Words::Formats { formats: all.len() as u64 }.to(lang),
        html! {
            p { (Words::FormatsWhy.to(lang)) }
            ul.list.wrap {
                @for (domain, formats) in groups {
                    @if !formats.is_empty() {
                        li data-d=[domain.map(Domain::id)] {
                            (tinted(domain.map_or(Icon::Layers, Domain::icon)))
                            div {
                                strong {
                                    @match domain {
                                        Some(domain) => (domain.name(lang)),
                                        None => (Words::SeveralDomains.to(lang)),
                                    }
                                }
                                (more(&Words::FormatCount { formats: formats.len() as u64 }.to(lang), html! {
                                    ul.limits {
                                        @for about in formats {
                                            li {
                                                (about.name(lang))
                                                @if !about.origin.is_empty() {
                                                    " " span.soft.small { (Words::Origin { holders: about.origin }.to(lang)) }
                                                }
                                            }
                                        }
                                    }
                                }))
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Formats by the domain of what they mainly have; without a domain, those that may have rows of any category, such as
/// archives. Each format is in one group: the groups add up to all formats.
fn groups<'a>(all: &[&'a FormatInfo]) -> Vec<(Option<Domain>, Vec<&'a FormatInfo>)> {
    let domain = |about: &FormatInfo| match about.categories {
        categories if categories.len() == Category::ALL.len() => None,
        categories => categories.first().map(|category| Domain::of(*category)),
    };
    let groups = Domain::ALL.into_iter().map(Some).chain([None]);
    groups
        .map(|group| (group, all.iter().copied().filter(|about| domain(about) == group).collect()))
        .collect()
}

/// Whether a person with this number of imports can add no more: only in a sample life.
pub(crate) fn is_full(is_sample: bool, imports: usize) -> bool {
    is_sample && imports >= limits::SAMPLE_FILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_told() {
        let page = formats(Lang::Fr).into_string();
        for about in abouts() {
            let is_told = page.contains(&html! { (about.name(Lang::Fr)) }.into_string());
            assert!(is_told, "{}", about.id);
        }
        let all = abouts();
        let told: usize = groups(&all).iter().map(|(_, formats)| formats.len()).sum();
        assert_eq!(told, all.len(), "the groups add up to what the title says");
    }

    #[test]
    fn the_form_works_without_a_script() {
        let form = form(true, Lang::Fr).into_string();
        assert!(form.contains("method=\"post\" action=\"/add\" enctype=\"multipart/form-data\""));
        assert!(form.contains("type=\"submit\"") && form.contains("formaction=\"/add?as=document\""));
        assert_eq!(form.matches("name=\"file\"").count(), 2);
        assert!(form.contains("2\u{a0}Mo") && form.contains("60"), "{form}");
    }

    #[test]
    fn a_sample_life_takes_so_many_files() {
        assert!(!is_full(true, limits::SAMPLE_FILES - 1) && is_full(true, limits::SAMPLE_FILES));
        assert!(!is_full(false, usize::MAX));
    }
}
