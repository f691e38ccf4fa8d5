//! Papers over HTTP: kept, read in a process of their own, found by their words, made into purchases, removed.

use crate::http::Server;
use crate::pages::{Browser, upload_as};
use crate::support::Data;

/// A PDF file with these lines.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("BT /F 10 Tf 14 TL 40 780 Td");
    for line in lines {
        content.push_str(&format!(" ({line}) Tj T*"));
    }
    content.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let start = file.len();
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(
        format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    file
}

const RECEIPT: &[&str] = &[
    "BOULANGERIE MARTIN",
    "14/03/2025 08:12",
    "BAGUETTE TRADITION 1,30",
    "CROISSANT 2 X 1,20 2,40",
    "TOTAL 3,70",
    "CB 3,70",
];

#[test]
fn a_paper_is_read_found_and_removed() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    assert!(alice.get("/documents").text().contains("Aucun papier"));
    let hostile = "<img src=x onerror=alert(1)>.pdf";
    assert!(
        [200, 303].contains(
            &upload_as(&alice, hostile, &pdf(&["CONTRAT", "\\311lectricit\\351 verte <b>"])).status
        )
    );
    assert!([200, 303].contains(&upload_as(&alice, "ticket.pdf", &pdf(RECEIPT)).status));
    let list = alice.get("/documents").text();
    assert!(list.contains("&lt;img src=x") && !list.contains("<img src=x"));
    assert!(list.contains("/documents/2.0.1") && list.contains("texte non lu"));
    // Before they are read, only names are found.
    assert!(!alice.get("/documents?q=electricite").text().contains("/documents/1.0.1"));
    let read = alice.post("/documents/read", "");
    assert!(read.status == 200 && read.text().contains("ont été lus"), "{}", read.text());
    let found = alice.get("/documents?q=ELECTRICITE+verte").text();
    assert!(found.contains("/documents/1.0.1") && !found.contains("/documents/2.0.1"), "{found}");
    assert!(found.contains("Électricité verte &lt;b&gt;") && !found.contains("<b>"));
    let paper = alice.get("/documents/1.0.1").text();
    assert!(paper.contains("CONTRAT\nÉlectricité verte &lt;b&gt;"), "{paper}");
    let kind = alice.get("/documents?kind=contract").text();
    assert!(!kind.contains("/documents/2.0.1"));
    // The journal tells it.
    let journal = alice.get("/journal").text();
    assert!(journal.contains("Le texte du document") && journal.contains("ticket.pdf"), "{journal}");
    let file = alice.get("/documents/1.0.1/file");
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
    // It goes as a whole, with its text.
    assert_eq!(alice.post("/documents/1.0.1/remove", "sure=yes").status, 303);
    assert_eq!(alice.get("/documents/1.0.1").status, 404);
    assert!(!alice.get("/documents?q=verte").text().contains("/documents/1.0.1"));
    assert_eq!(alice.post("/journal/verify", "").status, 200);
}

#[test]
fn a_receipt_is_stored_once_confirmed_and_once_only() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    assert!([200, 303].contains(&upload_as(&alice, "ticket.pdf", &pdf(RECEIPT)).status));
    assert_eq!(alice.post("/documents/1.0.1/read", "").status, 303);
    let proposed = alice.get("/documents/1.0.1/receipt").text();
    for field in [
        "name=\"merchant\" value=\"BOULANGERIE MARTIN\"",
        "name=\"day\" value=\"2025-03-14\"",
        "name=\"time\" value=\"08:12\"",
        "name=\"label.2\" value=\"CROISSANT\"",
        "name=\"amount.2\" value=\"2,40\"",
        "name=\"total\" value=\"3,70\"",
    ] {
        assert!(proposed.contains(field), "{field}: {proposed}");
    }
    let form = |total: &str, act: &str| {
        format!(
            "merchant=Boulangerie&day=2025-03-14&time=08%3A12&label.1=BAGUETTE&amount.1=1,30&label.2=CROISSANT&quantity.2=2&amount.2=2,40&label.3=&amount.3=&total={total}&act={act}"
        )
    };
    // Checking stores nothing; a total that differs is not stored unless the person says so.
    let path = "/documents/1.0.1/receipt";
    assert_eq!(alice.post(path, &form("3,70", "check")).status, 200);
    assert_eq!(alice.post(path, &form("4,00", "confirm")).status, 422);
    assert_eq!(alice.post(path, &form("x", "confirm")).status, 422);
    assert_eq!(alice.post(path, "").status, 422);
    assert!(!alice.get("/data/purchases").text().contains("CROISSANT"));
    let added = alice.post(path, &form("3,70", "confirm"));
    assert_eq!((added.status, added.header("location")), (303, Some("/imports/2")), "{}", added.text());
    let rows = alice.get("/data/purchases/purchases").text();
    assert!(rows.contains("CROISSANT") && rows.contains("BAGUETTE") && rows.contains("3,70"), "{rows}");
    assert!(alice.get("/imports/2").text().contains("ticket.pdf"));
    // Her own paper is nobody who gave something back: two items, the receipt and the document.
    for page in ["/home", "/data"] {
        let page = alice.get(page).text();
        assert!(page.contains("4 lignes viennent de vos propres papiers"), "{page}");
        assert!(!page.contains("un organisme vous a rendu") && !page.contains("rendue"), "{page}");
    }
    // Each row leads back to the paper.
    assert!(alice.get("/data/purchases/purchases/2.0.2").text().contains("href=\"/documents/1.0.1\""));
    // Once only, until it is undone.
    assert_eq!(alice.post(path, &form("3,70", "confirm")).status, 422);
    assert_eq!(alice.get(path).header("location"), Some("/imports/2"));
    assert_eq!(alice.post("/imports/2/undo", "sure=yes").status, 200);
    assert!(!alice.get("/data/purchases/purchases").text().contains("CROISSANT"));
    // The person agrees to the difference that they were shown, and to no other.
    let differs = alice.post(path, &form("4,00", "confirm")).text();
    let shown = differs.split("name=\"anyway\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let other = alice.post(path, &format!("{}&anyway={shown}", form("5,00", "confirm")));
    assert_eq!(other.status, 422, "{}", other.text());
    assert_eq!(alice.post(path, &format!("{}&anyway={shown}", form("4,00", "confirm"))).status, 303);
    assert!(alice.get("/data/purchases/purchases").text().contains("4,00"));
    // Without its photograph, it is her own paper all the same: two items and the receipt.
    assert_eq!(alice.post("/documents/1.0.1/remove", "sure=yes").status, 303);
    for page in ["/home", "/data"] {
        let page = alice.get(page).text();
        assert!(page.contains("3 lignes viennent de vos propres papiers"), "{page}");
        assert!(!page.contains("un organisme vous a rendu") && !page.contains("rendue"), "{page}");
    }
}

#[test]
fn a_hostile_pdf_ends_in_a_page_and_the_next_one_is_read() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = Browser::operator(&server).invite("tester", "alice");
    let mut broken = pdf(RECEIPT);
    broken.truncate(60);
    assert!([200, 303].contains(&upload_as(&alice, "broken.pdf", &broken).status));
    assert!([200, 303].contains(&upload_as(&alice, "ticket.pdf", &pdf(RECEIPT)).status));
    let failed = alice.post("/documents/1.0.1/read", "");
    assert!(failed.status == 422 || failed.status == 303, "{}", failed.text());
    assert_eq!(alice.post("/documents/2.0.1/read", "").status, 303);
    assert!(alice.get("/documents/2.0.1").text().contains("CROISSANT"));
}

#[test]
fn the_picture_of_a_receipt_is_shown_to_its_person_and_nothing_else_is() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let png = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>";
    assert!([200, 303].contains(&upload_as(&alice, "ticket.png", png).status));
    assert!([200, 303].contains(&upload_as(&alice, "ticket.pdf", &pdf(RECEIPT)).status));
    let page = alice.get("/documents/1.0.1/receipt").text();
    let image = page.split("<img ").nth(1).unwrap().split('>').next().unwrap();
    assert!(image.contains("src=\"/documents/1.0.1/picture\"") && image.contains("ticket.png"), "{image}");
    assert!(page.find("<img ").unwrap() < page.find("name=\"merchant\"").unwrap(), "above the form");
    let picture = alice.get("/documents/1.0.1/picture");
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")));
    assert_eq!(picture.header("x-content-type-options"), Some("nosniff"));
    assert!(picture.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(picture.body, png);
    // A PDF stays a download; its text stands beside the form.
    assert_eq!(alice.get("/documents/2.0.1/picture").status, 404);
    assert_eq!(alice.post("/documents/2.0.1/read", "").status, 303);
    let page = alice.get("/documents/2.0.1/receipt").text();
    assert!(!page.contains("<img ") && page.contains("<pre class=\"words paper\""), "{page}");
    let bruno = operator.invite("tester", "bruno");
    for path in ["/documents/1.0.1/picture", "/documents/9.0.1/picture", "/documents/x/picture"] {
        assert_eq!(bruno.get(path).status, 404, "{path}");
    }
}
