//! The timeline over HTTP: what two holders tell of one thing, at the edges of a page.

use crate::http::Server;
use crate::pages::{Browser, upload_as};
use crate::support::Data;

fn payment(day: u32, amount: &str) -> String {
    format!(
        r#"{{"docType":"bankoperation","date":"2025-07-{day:02}T00:00:00.000Z","amount":-{amount},
            "raw":"CB {day} {amount}","title":"CB {day} {amount}","bankAccount":"a"}}"#
    )
}

fn receipt(day: u32, amount: &str) -> String {
    format!(
        r#"{{"docType":"Receipt","receiptId":"r{day}-{amount}","timestamp":"2025-07-{day:02}T10:00:00.000Z",
            "paidAmount":{amount},"origin":"Shop {day}"}}"#
    )
}

/// A person with these bank rows and receipts.
fn with<'a>(server: &'a Server, payments: &[String], receipts: &[String]) -> Browser<'a> {
    let alice = Browser::operator(server).invite("tester", "alice");
    for (name, documents) in [("bank.json", payments), ("receipts.json", receipts)] {
        if !documents.is_empty() {
            let status = upload_as(&alice, name, format!("[{}]", documents.join(",")).as_bytes()).status;
            assert!([200, 303].contains(&status), "{name}: {status}");
        }
    }
    alice
}

fn moments(page: &str) -> usize {
    page.matches("class=\"card moment\"").count()
}

#[test]
fn an_event_and_its_payment_are_one_moment() {
    let data = Data::new();
    let server = Server::on(&data);
    let alice = with(&server, &[payment(12, "30.00"), payment(20, "7.00")], &[receipt(11, "30.00")]);
    assert_eq!(moments(&alice.get("/timeline?month=2025-07").text()), 1);
}

#[test]
fn what_is_before_the_page_counts_too() {
    let data = Data::new();
    let server = Server::on(&data);
    // Seven days are on a page: 14 to 20 July. The payment of the 14th fits a receipt of that day, and one of the day
    // before, which is on the next page.
    let payments: Vec<String> =
        (15..=20).map(|day| payment(day, &format!("{day}.50"))).chain([payment(14, "30.00")]).collect();
    let alice = with(&server, &payments, &[receipt(14, "30.00"), receipt(13, "30.00")]);
    let page = alice.get("/timeline?month=2025-07").text();
    assert_eq!(moments(&page), 0, "two rows fit");
    assert!(page.contains("Cb 14 30.00") || page.contains("CB 14 30.00"), "{page}");
    assert_eq!(moments(&alice.get("/timeline?month=2025-07&until=2025-07-14").text()), 0);
}

#[test]
fn a_payment_of_an_earlier_page_stays_a_line() {
    let data = Data::new();
    let server = Server::on(&data);
    let payments: Vec<String> =
        (15..=20).map(|day| payment(day, &format!("{day}.50"))).chain([payment(14, "30.00")]).collect();
    let alice = with(&server, &payments, &[receipt(13, "30.00")]);
    let page = alice.get("/timeline?month=2025-07").text();
    assert!(moments(&page) == 0 && (page.contains("Cb 14 30.00") || page.contains("CB 14 30.00")), "{page}");
    assert_eq!(moments(&alice.get("/timeline?month=2025-07&until=2025-07-14").text()), 1);
}

#[test]
fn a_day_with_more_rows_than_are_opened_links_nothing() {
    let data = Data::new();
    let server = Server::on(&data);
    let many: Vec<String> =
        (100..220).map(|cents| payment(12, &format!("{}.{:02}", cents / 100, cents % 100))).collect();
    let payments = [many, vec![payment(12, "30.00"), payment(25, "40.00")]].concat();
    let alice = with(&server, &payments, &[receipt(11, "30.00"), receipt(24, "40.00")]);
    assert_eq!(moments(&alice.get("/timeline?month=2025-07").text()), 1, "that of the 24th");
}

#[test]
fn a_domain_is_shown_where_it_has_rows() {
    let data = Data::new();
    let server = Server::on(&data);
    let later = payment(12, "9.00").replace("2025-07", "2025-09");
    let alice = with(&server, &[later], &[receipt(11, "30.00")]);
    let page = alice.get("/timeline?month=2025-09&domain=purchases").text();
    assert!(page.contains("Juillet 2025") && page.contains("Shop 11"), "{page}");
}
