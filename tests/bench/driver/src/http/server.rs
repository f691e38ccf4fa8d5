//! The servers, each in a separate process: this program, started with `serve KIND FOLDER`.

use crate::work::Work;
use crate::{native, ours};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use mesinfos_platform::Platform;
use mesinfos_platform::credentials::{Credentials, TokenScope};
use mesinfos_vault::Vault;
use mesinfos_web::Hosts;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

/// A server, stopped on drop.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    pub(crate) token: String,
}

impl Server {
    pub(crate) fn start(kind: &str, folder: &Path) -> Server {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["serve", kind])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (address, token) = line.trim().split_once(' ').unwrap();
        Server { address: address.to_owned(), token: token.to_owned(), child }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Serves until it is killed. The first printed line contains its address and its token.
pub(crate) fn serve(kind: &str, folder: &Path) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let doors = Credentials::open(folder).unwrap();
        let (_, token) = doors.create_token("bench", TokenScope::All, 1).unwrap();
        println!("{address} {token}");
        match kind {
            "bare" => axum::serve(listener, bare(folder)).await.unwrap(),
            "native" => axum::serve(listener, natively(folder)).await.unwrap(),
            _ => {
                let platform = Platform::open(folder, &ours::isolation(kind == "apart")).unwrap();
                mesinfos_web::serve(
                    listener,
                    mesinfos_web::router(
                        Arc::new(platform),
                        doors,
                        Hosts::new(address, &[]),
                        Arc::new(mesinfos_web::NoLives),
                    ),
                )
                .await
                .unwrap();
            }
        }
    });
}

/// The part of a request that the peers parse.
#[derive(Deserialize)]
struct Asked {
    person: String,
}

fn bare(folder: &Path) -> Router {
    let view = Bytes::from(std::fs::read(folder.join("view.json")).unwrap());
    let handler = move |State(view): State<Bytes>, Json(asked): Json<Asked>| async move {
        std::hint::black_box(asked.person);
        ([(header::CONTENT_TYPE, "application/json")], view)
    };
    Router::new().route("/api/runs", post(handler)).with_state(view)
}

fn natively(folder: &Path) -> Router {
    let vault = Arc::new(native::vault(folder));
    let handler = |State(vault): State<Arc<Vault>>, Json(asked): Json<Asked>| async move {
        let computed = tokio::task::spawn_blocking(move || {
            let person = vault.person(&asked.person).unwrap();
            let answer = native::compute(&person, Work::Plans);
            serde_json::json!({ "numbers": answer.numbers, "texts": answer.texts })
        });
        Json(computed.await.unwrap()).into_response()
    };
    Router::new().route("/api/runs", post(handler)).with_state(vault)
}
