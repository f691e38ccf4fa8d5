//! Personal items: calendar events, tasks, notes, photographs, albums, files.

use super::SPEC;
use super::document::{Doc, Done, Out, day_in_france, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::documents::{self, kind};

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-documents-json",
    fr: "Agenda, tâches, photos et fichiers du pilote MesInfos (JSON)",
    en: "Calendar, tasks, photographs and files of the MesInfos pilot (JSON)",
    origin: "MesInfos: Cozy",
    categories: &[Category::Documents],
    looks_for: "a JSON array of documents with docType \"event\", \"Tasky\", \"note\", \"photo\" \
                or \"album\", or of files and albums of Cozy",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[
        Kind {
            doc_types: &["event"],
            members: &[],
            pieces: &["\"start\""],
            read: |doc, out| paper(doc, out, &EVENT),
        },
        Kind {
            doc_types: &["tasky", "task"],
            members: &[],
            pieces: &["\"description\""],
            read: |doc, out| paper(doc, out, &TASK),
        },
        Kind {
            doc_types: &["note"],
            members: &[],
            pieces: &["\"content\""],
            read: |doc, out| paper(doc, out, &NOTE),
        },
        Kind {
            doc_types: &["photo"],
            members: &[],
            pieces: &["\"binary\""],
            read: |doc, out| paper(doc, out, &PHOTO),
        },
        Kind {
            doc_types: &["album"],
            members: &[],
            pieces: &["\"thumbsrc\""],
            read: |doc, out| paper(doc, out, &ALBUM),
        },
        // Before albums, which a file may name.
        Kind { doc_types: &["file", "files"], members: &["dir_id", "name", "type"], pieces: &[], read: file },
        Kind {
            doc_types: &["albums"],
            members: &["created_at", "name"],
            pieces: &["\"io.cozy.photos.albums\""],
            read: |doc, out| paper(doc, out, &NEW_ALBUM),
        },
    ],
};

/// Names of the fields in a kind of item.
struct Paper {
    /// Code of its kind.
    kind: i64,
    on: &'static str,
    name: &'static str,
    body: &'static str,
    /// An array whose first text is its calendar or list.
    folder: &'static str,
}

static EVENT: Paper =
    Paper { kind: kind::EVENT, on: "start", name: "description", body: "details", folder: "tags" };
static TASK: Paper =
    Paper { kind: kind::TASK, on: "completionDate", name: "description", body: "", folder: "tags" };
static NOTE: Paper =
    Paper { kind: kind::NOTE, on: "lastModificationDate", name: "title", body: "content", folder: "tags" };
static PHOTO: Paper =
    Paper { kind: kind::PHOTO, on: "date", name: "title", body: "description", folder: "tags" };
static ALBUM: Paper =
    Paper { kind: kind::OTHER, on: "date", name: "title", body: "description", folder: "tags" };
static NEW_ALBUM: Paper =
    Paper { kind: kind::OTHER, on: "created_at", name: "name", body: "", folder: "tags" };

/// An item. The location of a photograph is not kept.
fn paper(doc: &Doc<'_>, out: &mut Out<'_, '_>, paper: &Paper) -> Done {
    let on = match doc.text(paper.on) {
        None => None,
        Some(text) => match day_in_france(&text) {
            None => {
                return wrong(paper.on, Reason::not_a_date(text, "2014-09-26, 2014-09-26T08:00:00.000Z"));
            }
            day => day,
        },
    };
    out.push(
        Category::Documents,
        &[
            (documents::HOLDER, "Cozy".into()),
            (documents::ON, on.into()),
            (documents::KIND, paper.kind.into()),
            (documents::NAME, doc.text(paper.name).as_deref().into()),
            (documents::FOLDER, doc.texts(paper.folder).first().map(String::as_str).into()),
            (documents::BODY, doc.text(paper.body).as_deref().into()),
        ],
    )
}

/// A file; a folder yields no row.
fn file(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    if doc.text("type").is_some_and(|kind| kind == "directory") {
        return Ok(());
    }
    let created = doc.needed("created_at")?;
    let Some(on) = day_in_france(&created) else {
        return wrong("created_at", Reason::not_an_instant(created, "2017-05-12T16:54:44Z"));
    };
    let media_type = doc.text("mime");
    let is_image = media_type.as_deref().is_some_and(|mime| mime.starts_with("image/"));
    out.push(
        Category::Documents,
        &[
            (documents::HOLDER, "Cozy".into()),
            (documents::ON, on.into()),
            (documents::KIND, if is_image { kind::PHOTO } else { kind::OTHER }.into()),
            (documents::MEDIA_TYPE, media_type.as_deref().into()),
            (documents::SIZE, doc.number("size", 0)?.into()),
            (documents::NAME, doc.text("name").as_deref().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn papers_of_every_kind() {
        let file = r#"[
          {"docType":"event","start":"2014-09-26T08:00:00.000Z","description":"Réunion","tags":["travail"]},
          {"docType":"event","start":"2014-09-266","description":"Réunion"},
          {"docType":"Tasky","description":"À faire","completionDate":null,"order":8.9e+307},
          {"docType":"photo","title":"a.jpg","description":"undefined","binary":{}},
          {"type":"io.cozy.photos.albums","name":"Album","created_at":"2017-09-12T07:26:45.571Z"},
          {"type":"directory","name":"d","dir_id":"r","created_at":"2017-03-28T08:54:23.875814982Z"},
          {"type":"file","name":"a.pdf","dir_id":"r","mime":"application/pdf","size":"12",
           "created_at":"2017-03-28T22:54:23.875814982Z","referenced_by":[{"type":"io.cozy.photos.albums"}]}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-documents-json", 5, 1)
        );
        let all = |field: usize| (0..5).map(|row| batches[0].integer(field, row)).collect::<Vec<_>>();
        assert_eq!(
            all(documents::KIND),
            [kind::EVENT, kind::TASK, kind::PHOTO, kind::OTHER, kind::OTHER].map(Some)
        );
        assert_eq!(all(documents::SIZE)[4], Some(12));
        assert_eq!(batches[0].text(documents::BODY, 2), None);
        // The day after in France.
        assert_eq!(all(documents::ON)[4], Some(17_254));
    }
}
