//! Adding files and undoing imports, as a browser does.

use crate::app::data::testing::{Site, statement};
use crate::limits;
use axum::body::{Body, Bytes};
use axum::http::Method;
use http_body_util::channel::Channel;

#[tokio::test]
async fn a_file_is_added_told_and_undone() {
    let site = Site::new();
    let alice = site.tester("alice");
    assert!(alice.get("/add").await.text().contains("enctype=\"multipart/form-data\""));
    let file = statement("2025-01-01", 12);
    let added = alice.upload("/add", &[("relevé d’été.json", &file)]).await;
    assert_eq!((added.status, added.location()), (303, "/imports/1"));
    let page = alice.get("/imports/1").await.text();
    assert!(page.contains("relevé d’été.json") && page.contains("href=\"/data/money/bank\""));
    assert!(page.contains("12 lignes de ce fichier sont dans votre coffre"), "{page}");
    // The same file once more, with another, and a field in which nothing was chosen.
    let more = statement("2026-01-01", 2);
    let added = alice.upload("/add", &[("again.json", &file), ("more.json", &more), ("", b"")]).await;
    assert_eq!((added.status, added.location()), (303, "/imports?added=2,3"));
    // Each of them is told, with what came in, and where it leads.
    let told = alice.get(added.location()).await.text();
    assert!(told.contains("2 fichiers ajoutés") && told.contains("id=\"import-2\""), "{told}");
    assert!(told.contains("again.json") && told.contains("more.json") && told.contains("id=\"next\""));
    assert!(told.contains("href=\"/imports/2\"") && told.contains("href=\"/imports/3\""), "{told}");
    assert!(!told.contains("relevé d’été"), "the others are not");
    let other = site.tester("bruno").get(added.location()).await.text();
    assert!(!other.contains("more.json") && other.contains("Aucun fichier encore"), "{other}");
    let list = alice.get("/imports").await.text();
    assert_eq!(list.matches("/undo\"").count(), 3);
    assert!(alice.get("/imports/2").await.text().contains("n’a rien apporté de nouveau"));
    let asked = alice.post("/imports/1/undo", "").await;
    assert!(asked.status == 200 && asked.text().contains("relevé d’été.json"), "{}", asked.text());
    // The same file was added twice: its rows stay with the other one.
    assert!(asked.text().contains("ne retire aucune ligne") && asked.text().contains("12 lignes restent"));
    assert!(
        alice.get("/imports/1").await.text().contains("12 lignes de ce fichier sont dans votre coffre"),
        "nothing was done yet"
    );
    let undone = alice.post("/imports/1/undo", "sure=yes").await;
    assert!(undone.status == 200 && undone.text().contains("Aucune ligne de"), "{}", undone.text());
    assert!(alice.get("/data/money/bank").await.text().contains("14 lignes"));
    let undone = alice.post("/imports/2/undo", "sure=yes").await;
    assert!(undone.status == 200 && undone.text().contains("12 lignes de"), "{}", undone.text());
    assert!(alice.get("/data/money/bank").await.text().contains("2 lignes"));
    assert!(alice.get("/imports/1").await.text().contains("Annulé le"));
    // A second click.
    let again = alice.post("/imports/1/undo", "sure=yes").await;
    assert_eq!((again.status, again.location()), (303, "/imports/1"));
    let back = alice.upload("/add", &[("again.json", &file)]).await;
    assert_eq!(back.status, 303);
    assert!(alice.get("/data/money/bank").await.text().contains("14 lignes"));
}

#[tokio::test]
async fn rejected_rows_are_told_once() {
    let site = Site::new();
    let alice = site.tester("alice");
    let file = String::from_utf8(statement("2025-01-01", 3)).unwrap().replace("-1.5", "\"<b>x\"");
    let told = alice.upload("/add", &[("part.json", file.as_bytes())]).await;
    let page = told.text();
    assert!(told.status == 200 && page.contains("entrée 2") && page.contains("2 lignes nouvelles"), "{page}");
    assert!(page.contains("href=\"/imports/1\"") && !page.contains("<b>x"));
    let after = alice.get("/imports/1").await.text();
    assert!(after.contains("1 ligne écartée") && !after.contains("entrée 2"), "{after}");
    // Nothing of a file whose rows are all rejected.
    let file = file.replace("-0.5", "\"y\"").replace("-2.5", "\"z\"");
    let none = alice.upload("/add", &[("none.json", file.as_bytes())]).await;
    assert!(
        none.status == 422 && none.text().contains("Rien n’a été gardé") && none.text().contains("entrée 3")
    );
    assert_eq!(alice.get("/imports/2").await.status, 404);
}

#[tokio::test]
async fn an_unknown_file_is_kept_if_the_person_says_so() {
    let site = Site::new();
    let alice = site.tester("alice");
    let content = b"\x00\x01 no format knows this \xff";
    let told = alice.upload("/add", &[("odd.bak", content)]).await;
    let page = told.text();
    assert!(told.status == 422 && page.contains("n’a pas été reconnu"), "{page}");
    assert!(page.contains("action=\"/add?as=document\"") && alice.get("/imports/1").await.status == 404);
    let kept = alice.upload("/add?as=document", &[("odd.bak", content)]).await;
    assert_eq!((kept.status, kept.location()), (303, "/imports/1"), "{}", kept.text());
    let list = alice.get("/data/papers/documents").await.text();
    let row = list.split("href=\"/data/papers/documents/1.").nth(1).unwrap().split('"').next().unwrap();
    let row = format!("/data/papers/documents/1.{row}");
    assert!(alice.get(&row).await.text().contains(&format!("{row}/file")));
    let file = alice.get(&format!("{row}/file")).await;
    assert_eq!((file.status, file.body.as_slice()), (200, &content[..]));
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment;"));
    let bruno = site.tester("bruno");
    assert_eq!(bruno.get(&format!("{row}/file")).await.status, 404);
    // One of several is unknown: the others are stored.
    let good = statement("2025-01-01", 2);
    let both = alice.upload("/add", &[("good.json", &good), ("odd.bak", content)]).await;
    let page = both.text();
    assert!(
        both.status == 200 && page.contains("2 lignes nouvelles") && page.contains("n’a pas été reconnu"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_no_form_with_files_changes_nothing() {
    let site = Site::new();
    let alice = site.tester("alice");
    let empty = alice.upload("/add", &[]).await;
    assert!(empty.status == 400 && empty.text().contains("Aucun fichier n’est arrivé"));
    assert_eq!(alice.upload("/add", &[("", b"")]).await.status, 400);
    assert!(alice.upload("/add", &[("empty.csv", b"")]).await.status == 422);
    assert_eq!(alice.post("/add", "file=x").await.status, 400);
    for body in [
        "",
        "x",
        "--limit\r\n",
        "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncut",
    ] {
        assert_eq!(alice.upload_raw("/add", body).await.status, 400, "{body:?}");
    }
    // A field of another name is not a file of the form.
    let body =
        "--limit\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a\"\r\n\r\n[]\r\n--limit--";
    assert_eq!(alice.upload_raw("/add", body).await.status, 400);
    let kind = ("content-type", "multipart/form-data; boundary=limit");
    for site_of in ["cross-site", "same-site", "none"] {
        let headers = [("sec-fetch-site", site_of), kind];
        assert_eq!(alice.send(Method::POST, "/add", &headers, Body::from("--limit--")).await.status, 403);
    }
    assert_eq!(alice.send(Method::POST, "/add", &[kind], Body::from("--limit--")).await.status, 403);
    let file = statement("2025-01-01", 2);
    assert_eq!(site.nobody().upload("/add", &[("a.json", &file)]).await.status, 401);
    assert!(alice.get("/imports").await.text().contains("Aucun fichier encore"));
    let caller = alice.caller.as_ref().unwrap();
    assert!(site.platform.imports(caller).unwrap().is_empty());
}

#[tokio::test]
async fn a_form_and_a_sample_life_take_so_many_files() {
    let site = Site::new();
    let alice = site.tester("alice");
    let files: Vec<Vec<u8>> = (0..=66).map(|n| statement(&format!("19{:02}-01-01", n + 30), 1)).collect();
    let named: Vec<(&str, &[u8])> = files.iter().map(|file| ("a.json", file.as_slice())).collect();
    let told = alice.upload("/add", &named).await;
    assert!(told.status == 200 && told.text().contains("64 fichiers au plus"), "{}", told.status);
    let stored = |browser: &crate::app::data::testing::Browser<'_>| {
        site.platform.imports(browser.caller.as_ref().unwrap()).unwrap().len()
    };
    assert_eq!(stored(&alice), limits::FILES);
    let visitor = site.sample();
    let told = visitor.upload("/add", &named).await;
    assert!(told.status == 200 && told.text().contains("60 fichiers au plus"), "{}", told.status);
    assert_eq!(stored(&visitor), limits::SAMPLE_FILES);
    let full = visitor.upload("/add", &named[..1]).await;
    assert!(full.status == 403 && stored(&visitor) == limits::SAMPLE_FILES);
    let other = site.sample();
    let size = usize::try_from(limits::SAMPLE_FILE_BYTES).unwrap();
    let most = [statement("2025-01-01", 1), vec![b' '; size]].concat();
    let at_most = &most[..size];
    assert_eq!(other.upload("/add", &[("a.json", at_most)]).await.status, 303);
    let large = other.upload("/add", &[("a.json", &most[..size + 1])]).await;
    assert!(large.status == 413 && large.text().contains("2\u{a0}Mo") && stored(&other) == 1);
    assert_eq!(
        alice.upload("/add", &[("a.json", &most[..size + 1])]).await.status,
        303,
        "an account of one's own"
    );
}

#[tokio::test]
async fn a_file_that_arrives_after_its_session_is_not_added() {
    let site = Site::new();
    let alice = site.tester("alice");
    let caller = alice.caller.clone().unwrap();
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    let head = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n";
    let sending = async {
        sender.send_data(Bytes::from(head)).await.unwrap();
        assert_eq!(alice.post("/sign-out", "").await.status, 303);
        sender.send_data(Bytes::from(statement("2025-01-01", 3))).await.unwrap();
        sender.send_data(Bytes::from_static(b"\r\n--limit--\r\n")).await.unwrap();
        drop(sender);
    };
    let (answer, ()) = tokio::join!(alice.upload_raw("/add", Body::new(body)), sending);
    assert_eq!(answer.status, 401);
    assert!(site.platform.imports(&caller).unwrap().is_empty());
}

#[tokio::test]
async fn a_transfer_that_breaks_off_keeps_what_came_before() {
    let site = Site::new();
    let alice = site.tester("alice");
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    let part = |name: &str, content: &[u8]| {
        let head =
            format!("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        Bytes::from([head.as_bytes(), content, b"\r\n"].concat())
    };
    let sending = async {
        sender.send_data(part("whole.json", &statement("2025-01-01", 3))).await.unwrap();
        sender.send_data(part("cut.json", b"[{\"docType\"")).await.unwrap();
        sender.abort(std::io::Error::other("gone"));
    };
    let (answer, ()) = tokio::join!(alice.upload_raw("/add", Body::new(body)), sending);
    let page = answer.text();
    assert!(answer.status == 200 && page.contains("3 lignes nouvelles"), "{page}");
    assert!(page.contains("cut.json") && page.contains("interrompu"), "{page}");
    let caller = alice.caller.as_ref().unwrap();
    assert_eq!(site.platform.imports(caller).unwrap().len(), 1);
}
