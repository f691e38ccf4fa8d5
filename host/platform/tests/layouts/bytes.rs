//! Files that are no text: workbooks and a browser's database.

use super::{Entry, Layout};
use std::io::Write as _;

/// Layouts of files that are no text.
pub(crate) const BYTES: &[Layout] = &[
    Layout::of("enedis-xlsx").bytes(enedis).corrected(),
    Layout::of("grdf-xlsx").bytes(grdf).corrected(),
    Layout::of("browser-database").bytes(chrome),
];

/// A workbook of one sheet. Cells are texts or, if they can be read as such, numbers; the number of a meter, which begins
/// with zeros, is a text.
fn workbook(sheet: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let mut cells = String::new();
    for (row, values) in rows.iter().enumerate() {
        let row = row + 1;
        cells += &format!("<row r=\"{row}\">");
        for (column, value) in ('A'..).zip(values) {
            if value.is_empty() {
                continue;
            }
            cells += &if value.parse::<f64>().is_ok() && !value.starts_with("00") {
                format!("<c r=\"{column}{row}\"><v>{value}</v></c>")
            } else {
                format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
            };
        }
        cells += "</row>";
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of_documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let of_packages = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{of_packages}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{of_documents}\"><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{of_packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{of_documents}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn enedis(entries: &[Entry]) -> Vec<u8> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut rows =
        vec![texts(&["Identifiant PRM", "00000000000042"]), Vec::new(), texts(&["Date", "Valeur (en kWh)"])];
    rows.extend(entries.iter().map(|entry| vec![entry.value("dmy of its own"), entry.value("kwh")]));
    workbook("Export Consommation Quotidienne", &rows)
}

fn grdf(entries: &[Entry]) -> Vec<u8> {
    let at = |cells: &[(usize, &str)]| {
        let mut row = vec![String::new(); 9];
        cells.iter().for_each(|(column, text)| row[*column] = (*text).to_owned());
        row
    };
    let mut rows = vec![
        at(&[(1, "Données informatives et détaillées")]),
        at(&[(2, "N° PCE :"), (4, "00000000000003")]),
        at(&[
            (1, "Date de relevé"),
            (4, "Volume consommé (m3)"),
            (5, "Energie consommée (kWh)"),
            (8, "Qualification du relevé"),
        ]),
    ];
    for entry in entries {
        let (day, amount) = (entry.value("dmy of its own"), entry.value("amount"));
        rows.push(at(&[(1, &day), (4, "7"), (5, &amount), (8, "Mesuré")]));
    }
    workbook("Releves", &rows)
}

/// A copy of the history of Chrome.
fn chrome(entries: &[Entry]) -> Vec<u8> {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database
        .execute_batch(
            "CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT, title TEXT, last_visit_time INTEGER);
             CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, from_visit INTEGER, transition INTEGER);",
        )
        .unwrap();
    for (id, entry) in entries.iter().enumerate() {
        let id = i64::try_from(id).unwrap() + 1;
        let address = format!("https://www.example.org/?q={}", entry.number % 3);
        // Microseconds since 1601.
        let at = (entry.hour() + 11_644_473_600) * 1_000_000;
        database.execute("INSERT INTO urls VALUES (?1, ?2, ?3, 0)", (id, address, entry.label())).unwrap();
        database.execute("INSERT INTO visits VALUES (?1, ?1, ?2, 0, 0)", (id, at)).unwrap();
    }
    database.serialize("main").unwrap().to_vec()
}
