//! Tests with an honest reader, and with readers taken over by a hostile file.

use super::message::{Fault, FileSummary, PIECE, ReaderMessage, RejectedSummary};
use super::reader;
use super::*;
use crate::memory::{self, Chance};
use mesinfos_intake::mapped::{CurrencyColumn, DateOrder, DecimalMark, Mapping, RowKind, ValueColumns};
use mesinfos_intake::{Extent, OrdinalKind, Reason};
use mesinfos_model::category::bank;
use mesinfos_model::{BatchBuilder, Cell, RowTrace};

/// Three rows. The date of the second does not exist.
const STATEMENT: &str = "Date,Type,Merchant/Description,Debit/Credit,Balance\n\
    23/07/2024,VIS,Shop,-£12.50,+£100.00\n31/02/2024,VIS,Ghost,-£1.00,+£99.00\n\
    24/07/2024,CR,Wages,+£1200.00,+£1300.00\n";

/// What the sink received.
#[derive(Debug, Default, PartialEq)]
struct Came {
    batches: Vec<Batch>,
    pieces: Vec<(i64, Vec<u8>)>,
}

impl Sink for Came {
    fn rows(&mut self, batch: Batch) -> Result<(), SinkError> {
        self.batches.push(batch);
        Ok(())
    }

    fn piece(&mut self, position: i64, bytes: &[u8]) -> Result<(), SinkError> {
        match self.pieces.last_mut() {
            Some((last, all)) if *last == position => all.extend_from_slice(bytes),
            _ => self.pieces.push((position, bytes.to_vec())),
        }
        Ok(())
    }
}

/// Result of reading a file in a runner that behaves as `says`.
fn read(
    file: File<'_>,
    spent: Duration,
    sink: &mut dyn Sink,
    says: impl FnOnce(UnixStream) + Send,
) -> Result<Vec<FileRead>, IntakeError> {
    let (ours, theirs) = UnixStream::pair().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || says(theirs));
        let spent = || Some(spent);
        let mut reading = ReadSession::new("file", &ours, file, sink, &spent);
        reading.patience = Duration::from_millis(500);
        let began = Instant::now();
        let done = reading.until_done();
        drop(ours);
        assert!(began.elapsed() < Duration::from_secs(5), "it is not waited for: {:?}", began.elapsed());
        done
    })
}

/// How the reading of a one-kilobyte file ends if the runner behaves as `says`.
fn ends(says: impl FnOnce(UnixStream) + Send) -> String {
    let mut file = &[b'x'; 1_000][..];
    match read(File::Stream(&mut file), Duration::ZERO, &mut Came::default(), says) {
        Ok(_) => "read".to_owned(),
        Err(IntakeError::Exhausted { .. }) => "exhausted".to_owned(),
        Err(IntakeError::Incredible { what, .. }) => what.to_owned(),
        Err(other) => other.to_string(),
    }
}

/// Sends these messages, and then reads until the host hangs up.
fn says(all: Vec<Vec<u8>>) -> impl FnOnce(UnixStream) {
    move |mut socket| {
        for words in all {
            let _ = socket.write_all(&words);
        }
        socket.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        while socket.read(&mut [0; 4_096]).is_ok_and(|n| n > 0) {}
    }
}

fn frame(told: &ReaderMessage) -> Vec<u8> {
    protocol::frame(told).unwrap()
}

fn rows_of(batch: &Batch) -> Vec<u8> {
    let columns = protocol::shapes(batch);
    protocol::with_columns(
        &ReaderMessage::Rows { category: batch.category(), rows: batch.rows(), columns },
        batch,
    )
    .unwrap()
}

fn file(rows: u64, rejected: u64) -> Vec<u8> {
    // More lines than are kept, of more characters than a file of this size has.
    summary(rows, rejected, (u64::MAX, (1..=1_000).collect()))
}

fn summary(rows: u64, rejected: u64, unreadable: (u64, Vec<u64>)) -> Vec<u8> {
    let (file, format) = ("file".to_owned(), "midata-csv".to_owned());
    let raw = None;
    frame(&ReaderMessage::File(FileSummary {
        file,
        member: 0,
        format,
        rows,
        rejected,
        unreadable,
        raw,
        withheld: Vec::new(),
    }))
}

/// A bank row with these cells, and its position.
fn bank_row(cells: &[(usize, Cell<'_>)], position: i64) -> Batch {
    let mut rows = BatchBuilder::new(Category::Bank);
    let position = (Category::Bank.schema().position(), Cell::Int(position));
    rows.push_cells(cells.iter().copied().chain([position]));
    rows.finish()
}

fn good_row() -> Batch {
    bank_row(&[(bank::BOOKED_ON, Cell::Int(20_000)), (bank::AMOUNT, Cell::Int(-150))], 2)
}

#[test]
fn a_file_is_read_over_a_socket_as_it_is_here() {
    let long: String = (0..40_000).map(|i| format!("23/07/2024,VIS,Shop {i},-£12.50,+£100.00\n")).collect();
    let long = STATEMENT.to_owned() + &long;
    let paper = [&b"%PDF-1.4\n"[..], &[b' '; 300_000]].concat();
    let table = b"d;l;a;c\n13/01/2026;Shop;-5,20;1\n14/01/2026;Shop;x;1\n";
    let mapping = Mapping {
        version: 1,
        rows: RowKind::Bank,
        holder: "B".to_owned(),
        delimiter: ';',
        skip: 1,
        date: 1,
        date_order: DateOrder::DayFirst,
        time: None,
        label: vec![2],
        account: Some(4),
        in_cents: false,
        value: ValueColumns::Signed { column: 3 },
        decimal: DecimalMark::Comma,
        currency: Some(CurrencyColumn::Is("EUR".to_owned())),
        unit: None,
        every: None,
    };
    for (bytes, how) in [
        (STATEMENT.as_bytes(), ReadAs::Recognised),
        (long.as_bytes(), ReadAs::Recognised),
        (&paper, ReadAs::Recognised),
        (STATEMENT.as_bytes(), ReadAs::Document),
        // Fields that are there and fields that are not: the socket's form says nothing of which.
        (table, ReadAs::Table(Box::new(Mapping { account: None, ..mapping.clone() }))),
        (table, ReadAs::Table(Box::new(mapping))),
    ] {
        let mut here = Came::default();
        let input: &mut dyn std::io::BufRead = &mut &*bytes;
        let expected = mesinfos_intake::read_stream(&how, "file", input, &mut here);
        let mut there = Came::default();
        let mut stream = bytes;
        let reads = move |socket: UnixStream| reader::read(&socket, "file", &how, None).unwrap();
        let got = read(File::Stream(&mut stream), Duration::ZERO, &mut there, reads);
        assert_eq!(format!("{:?}", got.unwrap()), format!("{:?}", expected.unwrap()));
        assert!(here == there && !here.batches.is_empty());
    }
}

/// The content that a runner which behaves as `says` gives of a letter: at most 100 bytes of it.
fn content(says: impl FnOnce(UnixStream) + Send) -> Result<Vec<u8>, String> {
    let mut letter = "Chère Anne,\nmerci.\n".as_bytes();
    let mut taken = Taken { bytes: Vec::new(), most: 100 };
    let done = read(File::Stream(&mut letter), Duration::ZERO, &mut taken, says);
    done.map(|_| taken.bytes).map_err(|error| error.to_string())
}

#[test]
fn a_content_is_read_over_a_socket_within_its_bounds() {
    let honest = |socket: UnixStream| reader::extract(&socket, Content::Text, "file").unwrap();
    assert_eq!(content(honest).unwrap(), "Chère Anne,\nmerci.\n".as_bytes());
    let picture = |socket: UnixStream| reader::extract(&socket, Content::Pixels, "file").unwrap();
    assert!(content(picture).unwrap_err().contains("picture"));
    let piece = |bytes: &[u8]| {
        [frame(&ReaderMessage::Piece { position: 1, bytes: bytes.len() }), bytes.to_vec()].concat()
    };
    let end = || frame(&ReaderMessage::End(Ok(())));
    assert_eq!(content(says(vec![piece(b"ab"), piece(b"cd"), end()])).unwrap(), b"abcd");
    assert!(content(says(vec![piece(&[0; 60]), piece(&[0; 60]), end()])).is_err(), "too much");
    assert!(content(says(vec![rows_of(&good_row()), end()])).is_err(), "rows");
}

#[test]
fn errors_of_a_reader_are_those_of_reading_here() {
    for bytes in [&b"no format knows this"[..], b"", b"PK\x03\x04 no archive"] {
        let expected = mesinfos_intake::read_file("file", &mut &*bytes, &mut Came::default()).unwrap_err();
        let mut stream = bytes;
        let reads =
            move |socket: UnixStream| reader::read(&socket, "file", &ReadAs::Recognised, None).unwrap();
        let got = read(File::Stream(&mut stream), Duration::ZERO, &mut Came::default(), reads).unwrap_err();
        assert_eq!(got.to_string(), expected.to_string());
    }
    let mut broken = std::io::Read::chain(&b"Date,Type"[..], Broken);
    let reads = move |socket: UnixStream| drop(reader::read(&socket, "file", &ReadAs::Recognised, None));
    let got = read(File::Stream(&mut broken), Duration::ZERO, &mut Came::default(), reads).unwrap_err();
    assert!(got.to_string().contains("the upload broke off"), "{got}");
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the upload broke off"))
    }
}

#[test]
fn batches_that_cannot_be_are_refused() {
    assert_eq!(
        ends(says(vec![rows_of(&good_row()), file(1, 0), frame(&ReaderMessage::End(Ok(())))])),
        "read"
    );
    let rows = |rows, columns| frame(&ReaderMessage::Rows { category: Category::Bank, rows, columns });
    let fields = Category::Bank.schema().fields.len();
    let absent = || vec![Shape::Absent; fields];
    assert_eq!(ends(says(vec![rows(usize::MAX, absent())])), "a batch with too many rows");
    assert_eq!(ends(says(vec![rows(1, vec![Shape::I64; fields + 1])])), "a batch that is too large");
    let mut large = absent();
    large[bank::AMOUNT] = Shape::I64;
    assert_eq!(ends(says(vec![rows(usize::MAX, large)])), "a batch that is too large");
    let mut large = absent();
    large[bank::LABEL] = Shape::Text { utf8: usize::MAX };
    assert_eq!(ends(says(vec![rows(1, large)])), "a batch that is too large");
    // A type that does not match the field.
    assert_eq!(ends(says(vec![rows(1, vec![Shape::U8; fields]), vec![0; fields]])), "an invalid message");
    // An unknown category.
    let mut unknown = rows(1, Vec::new());
    unknown[5] = 99;
    assert_eq!(ends(says(vec![unknown])), "an invalid message");
    // Text that is not UTF-8.
    let row = bank_row(&[(bank::BOOKED_ON, Cell::Int(20_000)), (bank::LABEL, Cell::Text("LABEL"))], 2);
    let mut bytes = rows_of(&row);
    let label = bytes.windows(5).position(|window| window == b"LABEL").unwrap();
    bytes[label] = 0xff;
    assert_eq!(ends(says(vec![bytes])), "an invalid message");
    for (cells, position, what) in [
        (&[(bank::AMOUNT, Cell::Int(1))][..], 2, "a row without a date"),
        (&[(bank::BOOKED_ON, Cell::Int(5_000_000))], 2, "a date outside the years 1 to 9999"),
        (&[(bank::BOOKED_ON, Cell::Int(20_000))], -1, "a row without a position in the file"),
        (
            &[(bank::BOOKED_ON, Cell::Int(20_000))],
            mesinfos_model::Position { member: 150_001, ordinal: 1 }.packed(),
            "a row without a position in the file",
        ),
    ] {
        assert_eq!(ends(says(vec![rows_of(&bank_row(cells, position))])), what);
    }
    let text = "x".repeat(70_000);
    let long = bank_row(&[(bank::BOOKED_ON, Cell::Int(20_000)), (bank::LABEL, Cell::Text(&text))], 2);
    assert_eq!(ends(says(vec![rows_of(&long)])), "a text that is too long");
}

fn change_of(kind: RowChangeKind, rows: &Batch) -> Vec<u8> {
    let columns = protocol::shapes(rows);
    protocol::with_columns(&ReaderMessage::Change { kind, category: rows.category(), columns }, rows).unwrap()
}

#[test]
fn changes_of_rows_that_cannot_be_are_refused() {
    let two = Batch::concat(Category::Bank, &[good_row(), good_row()]);
    let none = Batch::empty(Category::Bank);
    let digest = Digest([7; 32]);
    let trace = |aliases| RowTrace {
        key: digest,
        identity: digest,
        month: 600,
        aliases: vec![digest; aliases],
        names: Vec::new(),
        given: None,
    };
    let corrected = || change_of(RowChangeKind::Corrected { at: 1 }, &two);
    let deleted = |position, aliases| {
        change_of(RowChangeKind::Deleted { at: 1, position, trace: trace(aliases) }, &none)
    };
    let note = |position| change_of(RowChangeKind::Noted { position, text: "x".to_owned() }, &none);
    let end = || frame(&ReaderMessage::End(Ok(())));
    assert_eq!(ends(says(vec![corrected(), deleted(2, 16), note(2), end()])), "read");
    assert_eq!(ends(says(vec![deleted(2, 17)])), "a trace that is too large");
    assert_eq!(ends(says(vec![deleted(-1, 0)])), "a change of an impossible row");
    assert_eq!(ends(says(vec![note(i64::MAX)])), "a change of an impossible row");
    let late = bank_row(&[(bank::BOOKED_ON, Cell::Int(5_000_000))], 2);
    let late = change_of(RowChangeKind::Superseded { at: 1 }, &late);
    assert_eq!(ends(says(vec![late])), "a date outside the years 1 to 9999");
    let mut large = vec![Shape::Absent; Category::Bank.schema().fields.len()];
    large[bank::LABEL] = Shape::Text { utf8: usize::MAX };
    let kind = || RowChangeKind::Superseded { at: 1 };
    let of = |columns| frame(&ReaderMessage::Change { kind: kind(), category: Category::Bank, columns });
    assert_eq!(ends(says(vec![of(large)])), "too many changes of rows");
    assert_eq!(ends(says(vec![of(Vec::new())])), "a batch that is too large");
    let forever = |words: Vec<u8>| move |mut socket: UnixStream| while socket.write_all(&words).is_ok() {};
    assert_eq!(ends(forever(note(2))), "too many changes of rows");
}

#[test]
fn there_is_an_end_to_all_that_a_reader_may_say() {
    let forever = |words: Vec<u8>| move |mut socket: UnixStream| while socket.write_all(&words).is_ok() {};
    let mut many = BatchBuilder::new(Category::Bank);
    for _ in 0..16_000 {
        let position = (Category::Bank.schema().position(), Cell::Int(2));
        many.push_cells([(bank::BOOKED_ON, Cell::Int(20_000)), (bank::AMOUNT, Cell::Int(1)), position]);
    }
    struct Nowhere;
    impl Sink for Nowhere {
        fn rows(&mut self, _: Batch) -> Result<(), SinkError> {
            Ok(())
        }
        fn piece(&mut self, _: i64, _: &[u8]) -> Result<(), SinkError> {
            Ok(())
        }
    }
    let piece = [frame(&ReaderMessage::Piece { position: 1, bytes: PIECE }), vec![0; PIECE]].concat();
    for words in [rows_of(&many.finish()), piece] {
        let mut file = &[b'x'; 1_000][..];
        let mut ended = None;
        let grown = memory::grown(|| {
            ended = Some(read(File::Stream(&mut file), Duration::ZERO, &mut Nowhere, forever(words)));
        });
        let error = ended.unwrap().unwrap_err().to_string();
        assert!(error.contains("more than the file can contain"), "{error}");
        assert!(grown < 32 << 20, "{grown} bytes");
    }
    assert_eq!(ends(forever(summary(0, 0, (0, Vec::new())))), "too many files");
    let rejected = || RejectedSummary {
        line: None,
        field: None,
        extent: Extent::Row,
        reason: Reason::OddForm { why: "x".repeat(100) },
    };
    let rejections = frame(&ReaderMessage::Rejected((0..1_000).map(|_| rejected()).collect()));
    let ended = ends(forever([summary(0, 0, (0, Vec::new())), rejections].concat()));
    assert!(["too many files", "exhausted"].contains(&&*ended), "{ended}");
    // Asks again and again without reading the answers.
    assert_eq!(ends(forever(frame(&ReaderMessage::More { at: 0 }))), "exhausted");
}

#[test]
fn who_is_gone_or_slow_or_takes_too_much_is_not_waited_for() {
    assert_eq!(ends(|_| ()), "exhausted", "gone");
    assert_eq!(ends(says(vec![frame(&ReaderMessage::More { at: 0 })])), "exhausted", "silence");
    let trickles = |mut socket: UnixStream| {
        let _ = socket.write_all(&1_000_u32.to_le_bytes());
        while socket.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    assert_eq!(ends(trickles), "exhausted", "a byte now and then");
    let mut file = &b"x"[..];
    let spent = allowance(1) + Duration::from_secs(1);
    let began = Instant::now();
    let busy = |mut socket: UnixStream| {
        while socket.write_all(&frame(&ReaderMessage::More { at: 0 })).is_ok() {
            let _ = socket.read(&mut [0; 4]);
        }
    };
    let error = read(File::Stream(&mut file), spent, &mut Came::default(), busy).unwrap_err();
    assert!(matches!(error, IntakeError::Exhausted { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_millis(450), "before the end of the host's patience");
}

/// A slow upload is not counted against the reader.
#[test]
fn a_file_that_comes_slowly_is_read() {
    struct Slow(std::vec::IntoIter<u8>);
    impl Read for Slow {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(10));
            let Some(byte) = self.0.next() else { return Ok(0) };
            into[0] = byte;
            Ok(1)
        }
    }
    let mut slow = Slow(STATEMENT.as_bytes().to_vec().into_iter());
    let reads = move |socket: UnixStream| reader::read(&socket, "file", &ReadAs::Recognised, None).unwrap();
    let read = read(File::Stream(&mut slow), Duration::ZERO, &mut Came::default(), reads).unwrap();
    assert_eq!((read[0].rows, read[0].rejected_count), (2, 1));
}

#[test]
fn documents_are_what_they_are_said_to_be() {
    let document = |sha256: &str, size: i64, position: i64| {
        let mut rows = BatchBuilder::new(Category::Documents);
        let last = (Category::Documents.schema().position(), Cell::Int(position));
        rows.push_cells([(documents::SHA256, Cell::Text(sha256)), (documents::SIZE, Cell::Int(size)), last]);
        rows_of(&rows.finish())
    };
    let piece = |position, bytes: &[u8]| {
        [frame(&ReaderMessage::Piece { position, bytes: bytes.len() }), bytes.to_vec()].concat()
    };
    let sha256 = Digest(Sha256::digest(b"abcd").into()).to_string();
    let end = || frame(&ReaderMessage::End(Ok(())));
    let whole = vec![piece(1, b"ab"), piece(1, b"cd"), document(&sha256, 4, 1), end()];
    assert_eq!(ends(says(whole)), "read");
    let lie = "a document that differs from its description";
    assert_eq!(ends(says(vec![piece(1, b"ab"), document(&sha256, 4, 1)])), lie, "cut");
    assert_eq!(ends(says(vec![piece(1, b"abcd"), document(&sha256, 5, 1)])), lie, "another size");
    assert_eq!(ends(says(vec![piece(1, b"abcd"), document(&sha256, 4, 2)])), lie, "another place");
    assert_eq!(ends(says(vec![document(&sha256, 4, 1)])), lie, "no bytes");
    let nothing = "an impossible piece of a document";
    assert_eq!(ends(says(vec![piece(1, b"")])), nothing);
    assert_eq!(ends(says(vec![piece(-1, b"x")])), nothing);
    assert_eq!(ends(says(vec![piece(1, &vec![0; PIECE + 1])])), nothing);
}

#[test]
fn counts_and_words_of_a_reader_are_not_believed() {
    let rejected = RejectedSummary {
        line: Some(7),
        field: Some("f\u{202e}".repeat(500)),
        extent: Extent::Row,
        reason: Reason::OddForm { why: "\x1b[2J".to_owned() + &"x".repeat(5_000) },
    };
    let all = vec![
        frame(&ReaderMessage::More { at: 0 }),
        rows_of(&good_row()),
        file(u64::MAX, u64::MAX),
        frame(&ReaderMessage::Rejected(vec![rejected])),
        frame(&ReaderMessage::End(Ok(()))),
    ];
    let mut bytes = &b"1234"[..];
    let reads = read(File::Stream(&mut bytes), Duration::ZERO, &mut Came::default(), says(all)).unwrap();
    assert_eq!((reads[0].rows, reads[0].rejected_count), (1, 4 * TAKEN_PER_BYTE));
    let unreadable = &reads[0].unreadable;
    assert_eq!((unreadable.count, unreadable.lines.len()), (4 * TAKEN_PER_BYTE, Unreadable::LINES));
    let told = &reads[0].rejected[0];
    let longest = REASON * 4;
    let reason = told.reason.parts()[0].1;
    assert!(reason.len() <= longest && !reason.contains('\x1b'), "{reason}");
    assert!(told.field.as_ref().is_some_and(|field| field.len() <= longest && !field.contains('\u{202e}')));
    let (file, format, unreadable) = (String::new(), "none".to_owned(), (0, Vec::new()));
    let unknown = FileSummary {
        file,
        member: 0,
        format,
        rows: 0,
        rejected: 0,
        unreadable,
        raw: None,
        withheld: Vec::new(),
    };
    assert_eq!(ends(says(vec![frame(&ReaderMessage::File(unknown))])), "an unknown format");
    assert_eq!(ends(says(vec![frame(&ReaderMessage::Rejected(Vec::new()))])), "a rejection without a file");
    let large = |raw: RawRows| {
        let (file, format, unreadable) = (String::new(), "midata-csv".to_owned(), (0, Vec::new()));
        let raw = Some(raw);
        frame(&ReaderMessage::File(FileSummary {
            file,
            member: 0,
            format,
            rows: 0,
            rejected: 0,
            unreadable,
            raw,
            withheld: Vec::new(),
        }))
    };
    let told = |withheld: Vec<String>| {
        let (file, format, unreadable) = (String::new(), "midata-csv".to_owned(), (0, Vec::new()));
        let raw = None;
        frame(&ReaderMessage::File(FileSummary {
            file,
            member: 0,
            format,
            rows: 0,
            rejected: 0,
            unreadable,
            raw,
            withheld,
        }))
    };
    for many in [vec![String::new(); MOST_WITHHELD + 1], vec!["x".repeat(LONGEST_WITHHELD + 1)]] {
        let what = "more about what is shown to no app than an archive may have";
        assert_eq!(ends(says(vec![told(many)])), what);
    }
    let raw = |above: &str, cell: &str, cells: usize| RawRows {
        delimiter: b';',
        above: above.to_owned(),
        rows: vec![(1, vec![cell.to_owned(); cells])],
    };
    for raw in [raw("", "", 500), raw("", &"x".repeat(50_000), 1), raw(&"x".repeat(50_000), "", 1)] {
        assert_eq!(ends(says(vec![large(raw)])), "rejected rows that are too large");
    }
    let all = vec![large(raw("a;b\n", "\x1b[2J\u{202e}x", 2)), frame(&ReaderMessage::End(Ok(())))];
    let mut bytes = &b"1234"[..];
    let reads = read(File::Stream(&mut bytes), Duration::ZERO, &mut Came::default(), says(all)).unwrap();
    assert_eq!(reads[0].raw.as_ref().unwrap().rows, [(1, vec!["[2Jx".to_owned(); 2])]);
    let reason = Reason::OddForm { why: "\x1b[2Jcanary".repeat(900) };
    let fault =
        Fault::Malformed { file: "another".to_owned(), counts: OrdinalKind::Lines, ordinal: 3, reason };
    let said = ends(says(vec![frame(&ReaderMessage::End(Err(fault)))]));
    assert!(
        said.starts_with("file, line 3: it does not have the expected form: [2Jcanary")
            && said.len() < 400
            && !said.contains('\x1b'),
        "{said}"
    );
}

/// Random changes to messages of a reader, as a hostile file could cause.
#[test]
fn any_words_end_in_rows_or_an_error_and_in_little_memory() {
    let rejected =
        RejectedSummary { line: Some(1), field: None, extent: Extent::Row, reason: Reason::NoDate };
    let words = [
        frame(&ReaderMessage::More { at: 0 }),
        rows_of(&good_row()),
        [frame(&ReaderMessage::Piece { position: 1, bytes: 3 }), b"abc".to_vec()].concat(),
        file(1, 1),
        frame(&ReaderMessage::Rejected(vec![rejected])),
        frame(&ReaderMessage::End(Ok(()))),
        frame(&ReaderMessage::End(Err(Fault::Unrecognised))),
    ];
    let mut chance = Chance::of(0x2545_f491_4f6c_dd1d);
    let mut reads = 0;
    let grown = memory::grown(|| {
        for _ in 0..memory::times(300, 100_000) {
            let bytes = chance.mutated(&words);
            let said = move |mut socket: UnixStream| drop(socket.write_all(&bytes));
            let mut file = &[b'x'; 1_000][..];
            let mut came = Came::default();
            reads += usize::from(read(File::Stream(&mut file), Duration::ZERO, &mut came, said).is_ok());
            assert!(came.batches.iter().all(|batch| mesinfos_intake::check(batch).is_ok()));
        }
    });
    assert!(reads > 0, "some of it is what a reader could say");
    assert!(grown < 24 << 20, "{grown} bytes");
}
