//! Forms with files (`multipart/form-data`, RFC 7578), part by part, in bounded memory.
//!
//! Written here because the library that axum uses (`multer`) takes from the body whatever is there before it
//! looks at it: a fast sender makes it hold the body, or a header of any length. This reader holds one piece
//! of the body, and what may be the start of a boundary.

use crate::errors::ApiError;
use crate::limits;
use crate::transfer::Incoming;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use memchr::memmem;

/// Maximum size of the headers of a part, in bytes. A file name has at most 255 bytes on most systems.
const HEADERS: usize = 8 << 10;

/// Maximum length of a boundary (RFC 2046, section 5.1.1).
const BOUNDARY: usize = 70;

/// Maximum length of the spaces after a boundary, in bytes.
const PADDING: usize = 256;

/// A form that arrives part by part.
pub(crate) struct Form {
    incoming: Incoming,
    /// Line end, two hyphens, and the boundary.
    delimiter: memmem::Finder<'static>,
    /// Bytes that arrived and were not given yet.
    held: Vec<u8>,
    size: u64,
    at: At,
}

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// In the content of a part, or in the text before the first one.
    Content,
    /// After a boundary.
    Boundary,
    /// After the last boundary.
    End,
}

/// The start of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Name of the field.
    pub(crate) name: String,
    /// Name of the file, without folders; `None` if the part is not a file.
    pub(crate) file: Option<String>,
}

impl Form {
    /// A form with these headers.
    ///
    /// # Errors
    /// The body, if the headers announce no form with files.
    pub(crate) fn new(headers: &HeaderMap, body: Body) -> Result<Form, Body> {
        match headers.get(header::CONTENT_TYPE).and_then(|kind| boundary(kind.as_bytes())) {
            Some(boundary) => Ok(Form {
                incoming: Incoming::new(body),
                delimiter: memmem::Finder::new(&[b"\r\n--", &boundary[..]].concat()).into_owned(),
                // The first boundary may stand at the start of the body.
                held: b"\r\n".to_vec(),
                size: 0,
                at: At::Content,
            }),
            None => Err(body),
        }
    }

    /// The next part, after the rest of the current one. `None` after the last.
    ///
    /// # Errors
    /// If the body is not a form, is truncated, too large or too slow.
    pub(crate) async fn part(&mut self) -> Result<Option<Part>, ApiError> {
        while self.piece().await?.is_some() {}
        if self.at == At::End {
            return Ok(None);
        }
        // Two hyphens after the last boundary; else spaces, and the headers of a part.
        self.hold(2).await?;
        if self.held.starts_with(b"--") {
            self.at = At::End;
            return Ok(None);
        }
        let padding = self.line_end(PADDING).await?;
        if self.held[..padding].iter().any(|byte| !matches!(byte, b' ' | b'\t')) {
            return Err(unfit());
        }
        self.held.drain(..padding + 2);
        let mut part = None;
        let mut room = HEADERS;
        loop {
            let length = self.line_end(room).await?;
            room -= length;
            let line: Vec<u8> = self.held.drain(..length + 2).take(length).collect();
            if line.is_empty() {
                break;
            }
            part = part.or_else(|| disposition(&line));
        }
        self.at = At::Content;
        part.map(Some).ok_or_else(unfit)
    }

    /// The next piece of the content of the current part. `None` at its end.
    ///
    /// # Errors
    /// As [`Form::part`].
    pub(crate) async fn piece(&mut self) -> Result<Option<Vec<u8>>, ApiError> {
        let length = self.delimiter.needle().len();
        while self.at == At::Content {
            if let Some(end) = self.delimiter.find(&self.held) {
                let content: Vec<u8> = self.held.drain(..end + length).take(end).collect();
                self.at = At::Boundary;
                return Ok(if content.is_empty() { None } else { Some(content) });
            }
            // The last bytes may be the start of a boundary.
            let sure = self.held.len().saturating_sub(length - 1);
            if sure > 0 {
                return Ok(Some(self.held.drain(..sure).collect()));
            }
            self.more().await?;
        }
        Ok(None)
    }

    /// The rest of the body.
    pub(crate) fn into_rest(self) -> Body {
        self.incoming.into_rest()
    }

    /// Reads until at least `length` bytes are held.
    async fn hold(&mut self, length: usize) -> Result<(), ApiError> {
        while self.held.len() < length {
            self.more().await?;
        }
        Ok(())
    }

    /// Reads until a line end is held, and returns its position, at most `most`.
    async fn line_end(&mut self, most: usize) -> Result<usize, ApiError> {
        loop {
            match memmem::find(&self.held, b"\r\n") {
                Some(end) if end <= most => return Ok(end),
                None if self.held.len() <= most + 1 => self.more().await?,
                _ => return Err(unfit()),
            }
        }
    }

    async fn more(&mut self) -> Result<(), ApiError> {
        let piece = self.incoming.next().await?.ok_or_else(ApiError::broken_off)?;
        self.size += piece.len() as u64;
        if self.size > limits::FILE_BYTES {
            return Err(ApiError::too_large(limits::FILE_BYTES));
        }
        self.held.extend_from_slice(&piece);
        Ok(())
    }
}

fn unfit() -> ApiError {
    ApiError::bad("the form is not as expected".to_owned())
}

/// The boundary in a content type of forms with files.
fn boundary(kind: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(kind).ok()?;
    let (kind, parameters) = text.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim())
    })?;
    let boundary = boundary.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(boundary);
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let is_sound = (1..=BOUNDARY).contains(&boundary.len()) && boundary.bytes().all(is_one);
    (is_sound && !boundary.ends_with(' ')).then(|| boundary.as_bytes().to_vec())
}

/// Name and file of a part, from its `Content-Disposition`. `None` for another header, and for one that is
/// not as browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm").
fn disposition(line: &[u8]) -> Option<Part> {
    let line = String::from_utf8_lossy(line);
    let (name, value) = line.split_once(':')?;
    if !name.trim().eq_ignore_ascii_case("content-disposition") {
        return None;
    }
    let mut rest = value.trim_start().strip_prefix("form-data")?;
    let (mut name, mut file) = (None, None);
    while let Some((parameter, after)) =
        rest.trim_start().strip_prefix(';').and_then(|rest| rest.split_once('='))
    {
        let (value, after) = if let Some(quoted) = after.strip_prefix('"') {
            quoted.split_once('"')?
        } else {
            let end = after.find([';', ' ', '\t']).unwrap_or(after.len());
            after.split_at(end)
        };
        match parameter.trim() {
            "name" => name = name.or_else(|| Some(unescaped(value))),
            "filename" => file = file.or_else(|| Some(file_name(&unescaped(value)).to_owned())),
            _ => {}
        }
        rest = after;
    }
    Some(Part { name: name?, file })
}

/// A value without the escapes that browsers write.
fn unescaped(value: &str) -> String {
    value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// A name without the folders that some browsers send with it.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, StatusCode};
    use http_body_util::channel::Channel;
    use std::io;

    const KIND: &str = "multipart/form-data; boundary=----x";

    fn headers(kind: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))])
    }

    /// Parts of a form with their content, its bytes arriving in pieces of `size`.
    async fn read(form: &[u8], size: usize) -> Result<Vec<(Part, Vec<u8>)>, StatusCode> {
        let (mut sender, body) = Channel::<axum::body::Bytes, io::Error>::new(1);
        let pieces: Vec<Vec<u8>> = form.chunks(size).map(<[u8]>::to_vec).collect();
        tokio::spawn(async move {
            for piece in pieces {
                let _ = sender.send_data(piece.into()).await;
            }
        });
        let Ok(mut form) = Form::new(&headers(KIND), Body::new(body)) else { panic!("not a form") };
        let mut parts = Vec::new();
        while let Some(part) = form.part().await.map_err(|error| error.status())? {
            let mut content = Vec::new();
            while let Some(piece) = form.piece().await.map_err(|error| error.status())? {
                assert!(!piece.is_empty());
                content.extend(piece);
            }
            parts.push((part, content));
        }
        Ok(parts)
    }

    fn part(name: &str, file: Option<&str>, content: &[u8]) -> (Part, Vec<u8>) {
        (Part { name: name.to_owned(), file: file.map(str::to_owned) }, content.to_vec())
    }

    const FORM: &[u8] = b"------x\r\nContent-Disposition: form-data; name=\"as\"\r\n\r\ndocument\r\n\
        ------x\r\ncontent-type: text/csv\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\a\\relev\xc3\xa9 %22x%22.csv\"\r\n\r\n\
        a;b\r\n1;2\r\n------\r\n-----x\r\n--\r\n\r\n\r\n------x \t\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n------x--\r\nafter";

    #[tokio::test]
    async fn parts_are_the_same_however_they_arrive() {
        let expected = vec![
            part("as", None, b"document"),
            part("file", Some("relevé \"x\".csv"), b"a;b\r\n1;2\r\n------\r\n-----x\r\n--\r\n\r\n"),
            part("file", Some(""), b""),
        ];
        for size in 1..FORM.len() + 1 {
            assert_eq!(read(FORM, size).await.as_ref(), Ok(&expected), "{size}");
        }
        let with_text_before = [b"ignored\r\n", FORM].concat();
        assert_eq!(read(&with_text_before, 5).await, Ok(expected));
        assert_eq!(read(b"------x--", 4).await, Ok(Vec::new()));
    }

    #[tokio::test]
    async fn a_part_that_nobody_reads_is_passed_over() {
        let body = Body::from(FORM);
        let Ok(mut form) = Form::new(&headers(KIND), body) else { panic!("not a form") };
        let mut names = Vec::new();
        while let Some(part) = form.part().await.ok().unwrap() {
            names.push(part.name);
        }
        assert_eq!(names, ["as", "file", "file"]);
        assert!(form.part().await.ok().unwrap().is_none(), "the end stays the end");
    }

    #[tokio::test]
    async fn what_is_not_a_form_is_refused() {
        let head = "Content-Disposition: form-data; name=\"a\"";
        for form in [
            "".to_owned(),
            "text".to_owned(),
            "------y\r\n".to_owned(),
            "------x".to_owned(),
            "------x\r\n".to_owned(),
            "------x-\r\n".to_owned(),
            format!("------xy\r\n{head}\r\n\r\nv\r\n------x--"),
            format!("------x\r\n{head}\r\n\r\nv"),
            format!("------x\r\n{head}\r\n\r\nv\r\n------x"),
            format!("------x\r\n{head}\r\n"),
            "------x\r\nContent-Type: text/plain\r\n\r\nv\r\n------x--".to_owned(),
            "------x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nv\r\n------x--".to_owned(),
            "------x\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nv\r\n------x--".to_owned(),
            "------x\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n------x--".to_owned(),
        ] {
            assert_eq!(read(form.as_bytes(), 7).await, Err(StatusCode::BAD_REQUEST), "{form:?}");
        }
    }

    #[tokio::test]
    async fn headers_and_padding_are_bounded() {
        let of = |padding: usize, header: usize| {
            let (padding, header) = (" ".repeat(padding), "x".repeat(header));
            format!(
                "------x{padding}\r\nX: {header}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n------x--"
            )
        };
        let expected = vec![part("a", None, b"v")];
        assert_eq!(read(of(PADDING, HEADERS - 100).as_bytes(), 1_000).await, Ok(expected));
        for (padding, header) in [(PADDING + 1, 1), (0, HEADERS), (0, 10 << 20)] {
            assert_eq!(read(of(padding, header).as_bytes(), 1_000).await, Err(StatusCode::BAD_REQUEST));
        }
        let many = "A: b\r\n".repeat(HEADERS);
        let many = format!("------x\r\n{many}\r\nv\r\n------x--");
        assert_eq!(read(many.as_bytes(), 1_000).await, Err(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn what_is_held_does_not_grow_with_the_body() {
        let (mut sender, body) = Channel::<axum::body::Bytes, io::Error>::new(1);
        tokio::spawn(async move {
            let head = b"------x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n";
            let _ = sender.send_data(head.to_vec().into()).await;
            for _ in 0..512 {
                // Each piece ends like the start of a boundary.
                let _ = sender.send_data([&[b'x'; 8_186][..], b"\r\n----"].concat().into()).await;
            }
            let _ = sender.send_data(b"\r\n------x--\r\n".to_vec().into()).await;
        });
        let Ok(mut form) = Form::new(&headers(KIND), Body::new(body)) else { panic!("not a form") };
        form.part().await.ok().unwrap().unwrap();
        let mut size = 0;
        while let Some(piece) = form.piece().await.ok().unwrap() {
            size += piece.len();
            assert!(form.held.len() <= 8_192 + 16 && form.held.capacity() <= 64 << 10);
        }
        assert_eq!(size, 512 * 8_192);
    }

    #[test]
    fn boundaries_are_those_of_the_standard() {
        let of = |kind: &str| boundary(kind.as_bytes()).map(|found| String::from_utf8(found).unwrap());
        assert_eq!(of("multipart/form-data; boundary=abc").as_deref(), Some("abc"));
        assert_eq!(of("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b\"").as_deref(), Some("a b"));
        let long = format!("multipart/form-data; boundary={}", "a".repeat(BOUNDARY));
        assert_eq!(of(&long).map(|found| found.len()), Some(BOUNDARY));
        for none in [
            "",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=\"a \"",
            "multipart/form-data; boundary=a\u{e9}",
            "multipart/form-data; boundary=a\"b",
            "multipart/mixed; boundary=a",
            "application/x-www-form-urlencoded; boundary=a",
            &format!("{long}a"),
        ] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(boundary(b"multipart/form-data; boundary=\xff"), None);
    }
}
