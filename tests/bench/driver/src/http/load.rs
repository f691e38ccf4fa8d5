//! The load: persistent connections, each with one request under way.

use super::server::Server;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Results of a server under load.
#[derive(Default)]
pub(crate) struct Load {
    times: Vec<Duration>,
    took: Duration,
    /// Responses with status "busy".
    pub(crate) refused: usize,
}

impl Load {
    pub(crate) fn add(&mut self, turn: Load) {
        self.times.extend(turn.times);
        self.took += turn.took;
        self.refused += turn.refused;
    }

    /// Views per second.
    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// Percentile of the response times: `part` of the views took at most this long.
    pub(crate) fn percentile(&self, part: f64) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get((times.len() as f64 * part) as usize).or(times.last()).copied().unwrap_or_default()
    }
}

/// Requests the views of people in turn, for the given time.
pub(crate) fn turn(server: &Server, long: Duration, connections: usize, people: usize) -> Load {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let started = Instant::now();
        let end = started + long;
        let all: Vec<_> = (0..connections)
            .map(|first| {
                let (address, token) = (server.address.clone(), server.token.clone());
                let people = (first..).step_by(connections).map(move |i| i % people);
                tokio::spawn(connection(address, token, people, end))
            })
            .collect();
        let mut load = Load::default();
        for connection in all {
            load.add(connection.await.unwrap());
        }
        load.took = started.elapsed();
        load
    })
}

async fn connection(
    address: String,
    token: String,
    people: impl Iterator<Item = usize>,
    end: Instant,
) -> Load {
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut load = Load::default();
    let mut answer = Vec::new();
    for person in people {
        if Instant::now() >= end {
            break;
        }
        let body = format!(r#"{{"person":"{}","app":"plans","lang":"en"}}"#, super::name(person));
        let request = format!(
            "POST /api/runs HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let started = Instant::now();
        stream.write_all(request.as_bytes()).await.unwrap();
        match receive(&mut stream, &mut answer).await {
            200 => load.times.push(started.elapsed()),
            503 => load.refused += 1,
            status => panic!("{status}: {}", String::from_utf8_lossy(&answer)),
        }
    }
    load
}

/// Reads one response and returns its status.
async fn receive(stream: &mut TcpStream, answer: &mut Vec<u8>) -> u16 {
    answer.clear();
    let mut whole = usize::MAX;
    while answer.len() < whole {
        assert!(stream.read_buf(answer).await.unwrap() > 0, "the server closed the connection");
        if whole == usize::MAX
            && let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
            let (_, length) = head.split_once("content-length:").expect("a length is told");
            let digits: String = length.trim_start().chars().take_while(char::is_ascii_digit).collect();
            whole = end + 4 + digits.parse::<usize>().unwrap();
        }
    }
    String::from_utf8_lossy(&answer[9..12]).parse().unwrap()
}
