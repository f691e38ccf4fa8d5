//! Requests to a server: plain HTTP to this machine, and HTTPS through `curl`, which every system of an author has.
//!
//! A token never crosses a network in the open: without TLS, only addresses of this machine are asked.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::shared::shown;
use mesinfos_words::cli::Cli;
use std::io::{Read, Write};
use std::net::{IpAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use zeroize::Zeroizing;

/// Time for one read or write.
const PATIENCE: Duration = Duration::from_secs(120);

/// Largest answer, in bytes. A bundle of the log takes 256 entries of 3 500 bytes.
const LARGEST: u64 = 4 << 20;

/// A server, by its address.
#[derive(Debug, Clone)]
pub(crate) struct Remote {
    base: String,
    token: Option<Zeroizing<String>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Remote {
    /// A server at an address such as `https://infos.example`.
    pub(crate) fn new(url: &str) -> Result<Remote> {
        Remote::at(url, is_this_machine)
    }

    /// The server of an event, which may be at a number of the local network without TLS: its tokens are worth nothing
    /// elsewhere.
    pub(crate) fn of_event(url: &str) -> Result<Remote> {
        Remote::at(url, |host| is_this_machine(host) || is_local(host))
    }

    /// A server. Without TLS, only where `is_near`.
    fn at(url: &str, is_near: impl Fn(&str) -> bool) -> Result<Remote> {
        let base = url.trim_end_matches('/');
        let is_plain =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | '[' | ']' | '_');
        let is_url = base.starts_with("http://") || base.starts_with("https://");
        if !is_url || !base.chars().all(is_plain) {
            return Err(Failure::said(Cli::NotAUrl { url }));
        }
        if let Some(host) = base.strip_prefix("http://")
            && !is_near(host)
        {
            return Err(Failure::said(Cli::NotEncrypted { url }));
        }
        Ok(Remote { base: base.to_owned(), token: None })
    }

    /// The same server, asked with the token in a file.
    pub(crate) fn with_token(self, file: &Path) -> Result<Remote> {
        let token = std::fs::read_to_string(file).doing(Cli::Reading { path: &shown(file) })?;
        let token = Zeroizing::new(token);
        let is_token = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let text = token.trim();
        if text.is_empty() || !is_token(text) {
            return Err(Failure::said(Cli::NotAToken { path: &shown(file) }));
        }
        Ok(Remote { token: Some(Zeroizing::new(text.to_owned())), ..self })
    }

    /// Its host name, as in the header of a request.
    pub(crate) fn host(&self) -> Option<String> {
        host_of(&self.base)
    }

    /// Sends a request. `path` begins with a slash.
    pub(crate) fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let url = format!("{}{path}", self.base);
        let asked = match self.base.strip_prefix("http://") {
            Some(host) => self.plain(host, method, path, kind, body),
            None => self.curl(&url, method, kind, body),
        };
        asked.doing(Cli::Asking { url: &url })
    }

    /// The body of a successful answer to GET.
    pub(crate) fn get(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self.ask("GET", path, "", &[])?;
        match answer.status {
            200 => Ok(answer.body),
            status => {
                let url = format!("{}{path}", self.base);
                Err(Failure::said(Cli::Answered { url: &url, status: u64::from(status) }))
            }
        }
    }

    fn plain(
        &self,
        host: &str,
        method: &str,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let (authority, prefix) =
            host.split_once('/').map_or((host, String::new()), |(host, prefix)| (host, format!("/{prefix}")));
        let with_port = if has_port(authority) { authority.to_owned() } else { format!("{authority}:80") };
        let none = || std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
        // A name of this machine stands for no other address.
        let address = with_port.to_socket_addrs()?.find(|found| found.ip().is_loopback()).ok_or_else(none)?;
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let mut head = Zeroizing::new(format!(
            "{method} {prefix}{path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        ));
        if !kind.is_empty() {
            head.push_str(&format!("content-type: {kind}\r\n"));
        }
        if let Some(token) = &self.token {
            head.push_str("authorization: Bearer ");
            head.push_str(token);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.take(LARGEST).read_to_end(&mut answer)?;
        read_answer(&answer).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))
    }

    /// Asks through `curl`. The token and the body go through pipes, where no other process sees them.
    fn curl(&self, url: &str, method: &str, kind: &str, body: &[u8]) -> std::io::Result<Answer> {
        let folder = tempfile::tempdir()?;
        let sent = folder.path().join("body");
        std::fs::write(&sent, body)?;
        let mut settings = Zeroizing::new(String::new());
        if let Some(token) = &self.token {
            settings.push_str("header = \"Authorization: Bearer ");
            settings.push_str(token);
            settings.push_str("\"\n");
        }
        if !kind.is_empty() {
            settings.push_str(&format!("header = \"Content-Type: {kind}\"\n"));
        }
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--include", "--proto", "=https", "--http1.1"]);
        command.args(["--max-time", "300", "--max-filesize", &LARGEST.to_string(), "--request", method]);
        if method != "GET" {
            command.arg("--data-binary").arg(format!("@{}", sent.display()));
        }
        command
            .args(["--config", "-", url])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(settings.as_bytes())?;
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(std::io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        let mut answer = &output.stdout[..];
        // A server may first say "100 Continue".
        while answer.starts_with(b"HTTP/1.1 100") {
            let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
            answer = end.map_or(&[][..], |end| &answer[end + 4..]);
        }
        read_answer(answer).ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))
    }
}

/// Whether an authority, with a path after it or not, is this machine.
fn is_this_machine(host: &str) -> bool {
    let name = name_of(host);
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether a host is a number of a local network (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
fn is_local(host: &str) -> bool {
    match name_of(host).parse() {
        Ok(IpAddr::V4(four)) => four.is_private() || four.is_link_local(),
        Ok(IpAddr::V6(six)) => six.is_unique_local() || six.is_unicast_link_local(),
        Err(_) => false,
    }
}

/// The name or number in the authority of an address.
fn name_of(host: &str) -> &str {
    let authority = host.split('/').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn has_port(authority: &str) -> bool {
    authority.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']') && port.parse::<u16>().is_ok())
}

/// Status and body of an answer. A body in chunks (RFC 9112, section 7.1) is put together.
fn read_answer(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = &answer[end + 4..];
    let is_chunked = head.lines().filter_map(|line| line.split_once(':')).any(|(name, value)| {
        name.eq_ignore_ascii_case("transfer-encoding") && value.trim().eq_ignore_ascii_case("chunked")
    });
    let body = if is_chunked { chunks(body)? } else { body.to_vec() };
    Some(Answer { status, body })
}

fn chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend(body.get(..size)?);
        body = body.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

/// The answer of a server as a failure, or its body.
pub(crate) fn expect_done(answer: Answer, url: &str) -> Result<Vec<u8>> {
    if answer.status < 300 {
        return Ok(answer.body);
    }
    let problem: Option<mesinfos_wire::Problem> = serde_json::from_slice(&answer.body).ok();
    match problem.map(|problem| problem.detail) {
        Some(detail) => Err(Failure::other(mesinfos_model::visible::clean(&detail))),
        None => Err(Failure::said(Cli::Answered { url, status: u64::from(answer.status) })),
    }
}

/// The text of an answer.
pub(crate) fn text(bytes: Vec<u8>, url: &str) -> Result<String> {
    String::from_utf8(bytes).or_say(Cli::Answered { url, status: 200 })
}

/// The host name of an address, with its port unless it is the usual one, as in the `Host` of a request. `None` if it
/// has none.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let (rest, usual) = match url.strip_prefix("https://") {
        Some(rest) => (rest, ":443"),
        None => (url.strip_prefix("http://").unwrap_or(url), ":80"),
    };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.strip_suffix(usual).unwrap_or(host);
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.' | b'-' | b'[' | b']' | b'_');
    (!host.is_empty() && host.bytes().all(is_plain)).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_in_the_open_to_this_machine_only() {
        for url in ["http://localhost:7380", "http://127.0.0.1", "http://[::1]:80/a", "https://infos.example"]
        {
            assert!(Remote::new(url).is_ok(), "{url}");
        }
        for url in [
            "http://infos.example",
            "http://localhost.example",
            "http://127.0.0.1.example:80",
            "http://10.0.0.1",
            "ftp://localhost",
            "localhost",
            "https://infos.example\" -o x",
            "http://localhost@infos.example",
            "",
        ] {
            assert!(Remote::new(url).is_err(), "{url}");
        }
    }

    #[test]
    fn answers_are_read_whole_and_in_chunks() {
        let whole = read_answer(b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno").unwrap();
        assert_eq!((whole.status, whole.body), (404, b"no".to_vec()));
        let parts =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        assert_eq!(read_answer(parts).unwrap().body, b"abcd");
        for cut in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1\r\n\r\n"] {
            assert!(read_answer(cut.as_bytes()).is_none(), "{cut}");
        }
        assert!(read_answer(&parts[..parts.len() - 12]).is_none());
    }
}
