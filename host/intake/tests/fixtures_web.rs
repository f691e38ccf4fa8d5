//! Real files of browsing, contacts and purchases, checked against numbers counted independently of the
//! importer.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{Read, Totals, read_file};
use mesinfos_model::category::browsing::transition::{LINK, REDIRECT, RELOAD, TYPED};
use mesinfos_model::category::purchases::status::{BOUGHT, CANCELLED};
use mesinfos_model::category::{browsing, purchases, social};
use mesinfos_model::{Batch, Category};
use std::path::PathBuf;

/// Folder of the real files; `None` if there is none, which the test reports.
fn fixtures() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures");
    let folder = std::env::var_os("MESINFOS_FIXTURES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Imports a file that holds one category.
fn import(file: &str) -> Option<(Read, Batch)> {
    let bytes = std::fs::read(fixtures()?.join(file)).unwrap();
    let mut batches = Vec::new();
    let mut reads = read_file(file, &mut &bytes[..], &mut |batch| {
        batches.push(batch);
        Ok(())
    })
    .unwrap();
    assert_eq!((reads.len(), batches.len()), (1, 1), "{file}");
    Some((reads.remove(0), batches.remove(0)))
}

/// First and last time of the rows that have one.
fn period(batch: &Batch) -> Option<(i64, i64)> {
    let times = || (0..batch.rows()).filter_map(|row| batch.time(row));
    times().min().zip(times().max())
}

fn texts(batch: &Batch, field: usize) -> Vec<&str> {
    (0..batch.rows()).map(|row| batch.text(field, row).unwrap_or_default()).collect()
}

fn integers(batch: &Batch, field: usize) -> Vec<Option<i64>> {
    (0..batch.rows()).map(|row| batch.integer(field, row)).collect()
}

#[test]
fn histories() {
    // File, format, rows, first and last time, and how many sites.
    let expected = [
        ("browser/chrome.sqlite", "browser-database", 6, (1_610_864_175, 1_617_260_347), 2),
        ("browser/firefox.sqlite", "browser-database", 4, (1_593_250_194, 1_593_250_205), 2),
        ("browser/firefox_mobile_legacy.sqlite", "browser-database", 3, (1_586_566_489, 1_593_279_241), 2),
        ("browser/merged_dump.json", "browserexport-json", 1, (1_600_133_363, 1_600_133_363), 1),
        ("authored/takeout_BrowserHistory.json", "chrome-takeout-json", 2, (1_475_312_348, 1_475_398_748), 2),
        (
            "google-myactivity/Search_My Activity.json",
            "google-my-activity-json",
            2,
            (1_559_230_634, 1_559_230_638),
            2,
        ),
        (
            "google-myactivity/Maps_My Activity.json",
            "google-my-activity-json",
            2,
            (1_559_193_417, 1_559_193_436),
            2,
        ),
        (
            "google-myactivity/Google_Play_Books_My Activity.json",
            "google-my-activity-json",
            1,
            (1_544_306_747, 1_544_306_747),
            1,
        ),
    ];
    for (file, format, rows, times, sites) in expected {
        let Some((read, batch)) = import(file) else { return };
        assert_eq!(
            (read.about.id, read.rows, read.rejected_count),
            (format, rows, 0),
            "{file}: {:?}",
            read.rejected
        );
        assert_eq!((batch.category(), period(&batch)), (Category::Browsing, Some(times)), "{file}");
        let mut found = texts(&batch, browsing::SITE);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), sites, "{file}");
        for url in texts(&batch, browsing::URL) {
            assert!(url.starts_with("http") && !url.contains(['?', '#']), "{file}");
        }
    }
}

#[test]
fn ways_and_words_of_histories() {
    let Some((_, chrome)) = import("browser/chrome.sqlite") else { return };
    assert_eq!(integers(&chrome, browsing::TRANSITION), [LINK, TYPED, LINK, TYPED, LINK, LINK].map(Some));
    let (_, firefox) = import("browser/firefox.sqlite").unwrap();
    assert_eq!(integers(&firefox, browsing::TRANSITION), [LINK, LINK, REDIRECT, TYPED].map(Some));
    let (_, mobile) = import("browser/firefox_mobile_legacy.sqlite").unwrap();
    assert_eq!(integers(&mobile, browsing::TRANSITION), [LINK, LINK, RELOAD].map(Some));
    let (_, search) = import("google-myactivity/Search_My Activity.json").unwrap();
    assert_eq!(texts(&search, browsing::QUERY), ["", "\"myactivity\" google export"]);
    assert_eq!(texts(&search, browsing::SITE), ["webapps.stackexchange.com", "www.google.com"]);
    assert_eq!(
        integers(&search, browsing::KIND),
        [Some(browsing::kind::VISIT), Some(browsing::kind::SEARCH)]
    );
    let (_, takeout) = import("authored/takeout_BrowserHistory.json").unwrap();
    assert_eq!(integers(&takeout, browsing::TRANSITION), [Some(LINK), Some(REDIRECT)]);
    assert_eq!(texts(&takeout, browsing::URL), ["https://www.example.org/", "https://banque.example/compte"]);
}

#[test]
fn address_books() {
    // File, format, cards, telephone numbers, e-mail addresses, and cards with a date of their last change.
    let expected = [
        ("vcard/John_Doe_ANDROID.vcf", "vcard", 6, 7, 4, 0),
        ("vcard/John_Doe_BLACK_BERRY.vcf", "vcard", 1, 1, 0, 0),
        ("vcard/John_Doe_EVOLUTION.vcf", "vcard", 1, 2, 1, 1),
        ("vcard/John_Doe_GMAIL.vcf", "vcard", 1, 2, 1, 0),
        ("vcard/John_Doe_IPHONE.vcf", "vcard", 1, 7, 1, 0),
        ("vcard/gmail-list.vcf", "vcard", 3, 0, 3, 0),
        ("vcard/gmail-single.vcf", "vcard", 1, 2, 1, 0),
        ("vcard/outlook-2003.vcf", "vcard", 1, 0, 1, 1),
        ("vcard/rfc2426-example.vcf", "vcard", 2, 4, 3, 0),
        ("vcard/rfc6350-example.vcf", "vcard", 1, 2, 1, 0),
        ("vcard/jcard-example.json", "jcard", 1, 2, 1, 0),
        ("authored/facebook_friends.json", "facebook-friends-json", 2, 0, 0, 2),
    ];
    for (file, format, cards, phones, emails, dated) in expected {
        let Some((read, batch)) = import(file) else { return };
        assert_eq!(
            (read.about.id, read.rows, read.rejected_count),
            (format, cards, 0),
            "{file}: {:?}",
            read.rejected
        );
        let words =
            |field| texts(&batch, field).iter().map(|text| text.split_whitespace().count()).sum::<usize>();
        assert_eq!((words(social::PHONES), words(social::EMAILS)), (phones, emails), "{file}");
        assert_eq!((0..batch.rows()).filter(|&row| batch.time(row).is_some()).count(), dated, "{file}");
        assert!(texts(&batch, social::PERSON).iter().all(|person| !person.is_empty()), "{file}");
    }
}

#[test]
fn what_contacts_say() {
    let Some((_, android)) = import("vcard/John_Doe_ANDROID.vcf") else { return };
    let names = ["", "", "Ñ Ñ Ñ Ñ Ñ", "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ", "Ñ Ñ Ñ Ñ", "ÑÑÑÑ"];
    assert_eq!(texts(&android, social::NAME), names);
    let people =
        ["john.doe@company.com", "jane.doe@company.com", "123456789", "123456", "123456", "55556666"];
    assert_eq!(texts(&android, social::PERSON), people);
    assert_eq!(texts(&android, social::GROUPS).iter().filter(|groups| **groups == "My Contacts").count(), 5);
    let (_, evolution) = import("vcard/John_Doe_EVOLUTION.vcf").unwrap();
    assert_eq!(texts(&evolution, social::NAME), ["Mr. John Richter, James Doe Sr."]);
    assert_eq!(texts(&evolution, social::ORGANISATION), ["IBM, Accounting, Dungeon"]);
    assert_eq!(
        (period(&evolution), integers(&evolution, social::BIRTHDAY)),
        (Some((1_330_954_374, 1_330_954_374)), vec![Some(3_733)])
    );
    let (_, iphone) = import("vcard/John_Doe_IPHONE.vcf").unwrap();
    assert_eq!(texts(&iphone, social::COUNTRY), ["United States of America"]);
    assert_eq!(
        (texts(&iphone, social::PERSON), integers(&iphone, social::BIRTHDAY)),
        (vec!["9055551234"], vec![Some(15_497)])
    );
    let (_, outlook) = import("vcard/outlook-2003.vcf").unwrap();
    assert_eq!(
        (texts(&outlook, social::NAME), texts(&outlook, social::PERSON)),
        (vec!["John Doe III"], vec!["jdoe@hotmail.com"])
    );
    let (_, jcard) = import("vcard/jcard-example.json").unwrap();
    assert_eq!(texts(&jcard, social::PHONES), ["+14182626501 +14186569254"]);
    assert_eq!(texts(&jcard, social::ADDRESS), ["Suite D2-630, 2875 Laurier, Quebec, QC, G1V 2M2, Canada"]);
    let (_, friends) = import("authored/facebook_friends.json").unwrap();
    assert_eq!(texts(&friends, social::NAME), ["André Lefèvre", "Jane Doe"]);
    assert_eq!(period(&friends), Some((1_342_345_678, 1_442_345_678)));
}

#[test]
fn receipts_and_orders() {
    // File, format, rows (lines and receipts), receipts, first and last time, and sums in minor units.
    type Sums = &'static [(&'static str, &'static str, i64)];
    let expected: [(_, _, _, _, _, Sums); 2] = [
        (
            "authored/migros_cumulus.csv",
            "migros-cumulus-csv",
            14,
            5,
            (1_628_502_237, 1_761_051_548),
            &[("line", "CHF", 3_185), ("receipt", "CHF", 3_185)],
        ),
        (
            "authored/amazon_Retail.OrderHistory.1.csv",
            "amazon-orders-csv",
            5,
            2,
            (1_646_418_127, 1_700_791_384),
            &[
                ("line", "EUR", 2_898),
                ("line", "USD", 113_554),
                ("receipt", "EUR", 2_898),
                ("receipt", "USD", 113_554),
            ],
        ),
    ];
    for (file, format, rows, receipts, times, sums) in expected {
        let Some((read, batch)) = import(file) else { return };
        assert_eq!(
            (read.about.id, read.rows, read.rejected_count),
            (format, rows, 0),
            "{file}: {:?}",
            read.rejected
        );
        assert_eq!(period(&batch), Some(times), "{file}");
        assert_eq!(
            integers(&batch, purchases::ROW)
                .iter()
                .filter(|row| **row == Some(purchases::row::RECEIPT))
                .count(),
            receipts,
            "{file}"
        );
        let mut totals = Totals::default();
        totals.add(&batch);
        let totals = totals.of(Category::Purchases);
        let mut found: Vec<_> =
            totals.iter().map(|total| (total.of, total.unit.as_str(), total.value)).collect();
        found.sort_unstable();
        assert_eq!(found, sums, "{file}");
    }
    let (_, amazon) = import("authored/amazon_Retail.OrderHistory.1.csv").unwrap();
    assert_eq!(
        integers(&amazon, purchases::STATUS),
        [BOUGHT, BOUGHT, CANCELLED, BOUGHT, CANCELLED].map(Some)
    );
    assert_eq!(texts(&amazon, purchases::GTIN)[..2], ["9782070360024", ""]);
}
