//! A server without a network, and browsers of testers, for tests of pages.

use crate::{Hosts, NoLives, router};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use mesinfos_model::Day;
use mesinfos_platform::consent::Channel;
use mesinfos_platform::credentials::Credentials;
use mesinfos_platform::identity::{Account, Password, Role, Token};
use mesinfos_platform::{Caller, Isolation, Platform};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

const HOST: &str = "localhost:7380";

/// A server on a folder of its own.
pub(in crate::app) struct Site {
    _folder: tempfile::TempDir,
    pub(in crate::app) platform: Arc<Platform>,
    router: Router,
}

/// A browser with a session; without one if the cookie is empty.
pub(in crate::app) struct Browser<'a> {
    site: &'a Site,
    cookie: String,
    /// The person of the session.
    pub(in crate::app) caller: Option<Caller>,
}

/// An answer.
pub(in crate::app) struct Answer {
    pub(in crate::app) status: u16,
    pub(in crate::app) headers: HeaderMap,
    pub(in crate::app) body: Vec<u8>,
}

impl Site {
    pub(in crate::app) fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let platform = Arc::new(Platform::open(folder.path(), &Isolation::InProcess).unwrap());
        let doors = Credentials::open(folder.path()).unwrap();
        let hosts = Hosts::new(HOST.replace("localhost", "127.0.0.1").parse().unwrap(), &[]);
        let router = router(Arc::clone(&platform), doors, hosts, Arc::new(NoLives));
        Site { _folder: folder, platform, router }
    }

    /// Somebody who accepted an invitation with a role.
    pub(in crate::app) fn invited(&self, role: Role, name: &str) -> Browser<'_> {
        let (identity, now) = (self.platform.identity(), self.platform.clock().now());
        let (code, _) = identity.invite(role, None, Duration::from_secs(60), now).unwrap();
        let password = Password::typed("trombone+verre+orage+lundi");
        let joined = identity.accept(&code, &name.parse().unwrap(), &password, "", now).unwrap();
        self.browser(&joined.account, &joined.token)
    }

    pub(in crate::app) fn tester(&self, name: &str) -> Browser<'_> {
        self.invited(Role::Tester, name)
    }

    /// Somebody who tries a sample life, which is empty here.
    pub(in crate::app) fn sample(&self) -> Browser<'_> {
        let (account, token) =
            self.platform.identity().sample("life", "", self.platform.clock().now()).unwrap();
        self.browser(&account, &token)
    }

    pub(in crate::app) fn nobody(&self) -> Browser<'_> {
        Browser { site: self, cookie: String::new(), caller: None }
    }

    fn browser(&self, account: &Account, token: &Token) -> Browser<'_> {
        let caller = self.platform.caller_of(account, Channel::Web, mesinfos_model::view::Lang::Fr).ok();
        Browser { site: self, cookie: format!("session={}", &*token.expose()), caller }
    }
}

impl Browser<'_> {
    pub(in crate::app) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("sec-fetch-site", "none")], Body::empty()).await
    }

    /// Sends a form without files.
    pub(in crate::app) async fn post(&self, path: &str, form: &str) -> Answer {
        let headers =
            [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, Body::from(form.to_owned())).await
    }

    /// Sends files as the form of the page does: names and contents.
    pub(in crate::app) async fn upload(&self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, content) in files {
            let head = format!(
                "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--limit--\r\n");
        self.upload_raw(path, body).await
    }

    pub(in crate::app) async fn upload_raw(&self, path: &str, body: impl Into<Body>) -> Answer {
        let headers =
            [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=limit")];
        self.send(Method::POST, path, &headers, body.into()).await
    }

    pub(in crate::app) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        request = request.header(header::ACCEPT_LANGUAGE, "fr").header(header::COOKIE, &self.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let service = TowerToHyperService::new(self.site.router.clone());
        let answer = service.call(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}

impl Answer {
    pub(in crate::app) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(in crate::app) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it leads.
    pub(in crate::app) fn location(&self) -> &str {
        self.header("location")
    }

    /// The page without what depends on its path or its reader.
    pub(in crate::app) fn main(&self) -> String {
        let text = self.text();
        let (_, main) = text.split_once("<main").unwrap();
        main.split("</main>").next().unwrap().to_owned()
    }
}

/// A file with one transaction a day from a day on, newest last, each with its number as label and euros.
pub(in crate::app) fn statement(first: &str, rows: i32) -> Vec<u8> {
    let first: Day = first.parse().unwrap();
    let mut text = String::from("[");
    for row in 0..rows {
        let (comma, day) = (if row > 0 { "," } else { "" }, Day(first.0 + row));
        write!(
            text,
            "{comma}{{\"docType\":\"bankoperation\",\"date\":\"{day}T00:00:00.000Z\",\"amount\":-{row}.5,\
             \"raw\":\"ACHAT {row}\",\"title\":\"ACHAT {row}\",\"bankAccount\":\"a\"}}"
        )
        .unwrap();
    }
    (text + "]").into_bytes()
}
