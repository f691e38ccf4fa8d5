//! OpenAPI document of the API: the descriptions at the handlers plus the responses common to all
//! operations.

use mesinfos_wire::{Problem, problem};
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, HeaderBuilder, OpenApi as Document, Ref, RefOr, Response};
use utoipa::{Modify, OpenApi};

/// Responses that any request may receive before it reaches its handler.
const ALWAYS: &[(&str, &str)] = &[
    ("400", "The request is malformed, or its body is truncated: nothing was done"),
    ("401", "The token is missing or not valid"),
    ("403", "The token does not allow this: it is for deposits, or for metrics"),
    ("408", "The body arrived too slowly: nothing was done"),
    ("413", "The body is too large: nothing was done"),
    ("421", "The server does not answer under the host name of the request"),
    ("500", "The platform or its disk failed"),
    ("507", "The disk of the server is full: nothing was done"),
    ("503", "Busy: nothing was done; retry after Retry-After seconds"),
];

/// Name of the security scheme.
const BEARER: &str = "bearer";

/// Top-level information of the document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "MesInfos",
        description = "Personal data, and apps that compute over it without keeping any. Errors are problem details (RFC 9457). A request that is not HTTP (400) or whose head is too large (431) is answered without a body, and the connection is closed."
    ),
    components(schemas(Problem)),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
pub(crate) struct Frame;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let about = "A token created by the operator: for everything, or for deposits (plus this document and the formats).";
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about)).build();
        document.components.get_or_insert_default().add_security_scheme(BEARER, SecurityScheme::Http(scheme));
    }
}

/// Completes the document collected from the routes.
pub(crate) fn whole(mut document: Document) -> Document {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete, &mut item.patch];
        operations.into_iter().flatten().for_each(finish);
    }
    document
}

/// Adds the common responses, and a problem body to each error response.
fn finish(operation: &mut Operation) {
    let all = &mut operation.responses.responses;
    for (status, about) in ALWAYS {
        let response = || RefOr::T(ResponseBuilder::new().description(*about).build());
        all.entry((*status).to_owned()).or_insert_with(response);
    }
    for (status, response) in all {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            problem(status, response);
        }
    }
}

fn problem(status: &str, response: &mut Response) {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    response.content.insert(problem::MEDIA_TYPE.to_owned(), body.into());
    let (name, about, kind) = match status {
        "401" => ("WWW-Authenticate", "Authentication scheme: Bearer", Type::String),
        "503" => ("Retry-After", "Seconds to wait before a retry, if the server is busy", Type::Integer),
        _ => return,
    };
    let schema = ObjectBuilder::new().schema_type(kind);
    let header = HeaderBuilder::new().schema(Some(schema)).description(Some(about)).build();
    response.headers.insert(name.to_owned(), header.into());
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use std::path::Path;

    fn document() -> Value {
        serde_json::from_str(crate::openapi()).unwrap()
    }

    /// `docs/openapi.json` equals the served document. `BLESS=1` rewrites it.
    #[test]
    fn the_document_is_as_it_was_looked_at() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
        let text = format!("{}\n", crate::openapi());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let looked_at = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(looked_at == text, "docs/openapi.json differs: BLESS=1 writes it anew");
    }

    #[test]
    fn every_answer_says_what_is_in_it() {
        let document = document();
        let mut operations = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            assert!(path.starts_with("/api/"), "{path}");
            for (method, operation) in item.as_object().unwrap() {
                operations += 1;
                for (status, answer) in operation["responses"].as_object().unwrap() {
                    let about = answer["description"].as_str().unwrap();
                    assert!(!about.is_empty(), "{method} {path} {status}");
                    let content = answer["content"].as_object().unwrap();
                    let has_schema = content.iter().all(|(media_type, body)| {
                        body["schema"].is_object() || media_type == "application/octet-stream"
                    });
                    assert!(!content.is_empty() && has_schema, "{method} {path} {status}");
                    let is_problem = content.contains_key(mesinfos_wire::problem::MEDIA_TYPE);
                    assert_eq!(is_problem, status.starts_with(['4', '5']), "{method} {path} {status}");
                }
                for always in super::ALWAYS {
                    assert!(operation["responses"][always.0].is_object(), "{method} {path} {}", always.0);
                }
            }
        }
        assert_eq!(operations, 28);
    }

    #[test]
    fn what_is_named_is_there_once() {
        let document = document();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        let mut named: Vec<&str> = text
            .split("\"#/components/schemas/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        named.sort_unstable();
        named.dedup();
        let there: Vec<&str> = schemas.keys().map(String::as_str).collect();
        let mut missing = named.clone();
        missing.retain(|name| !there.contains(name));
        assert_eq!(missing, Vec::<&str>::new());
        let mut unused = there;
        unused.retain(|name| !named.contains(name));
        assert_eq!(unused, Vec::<&str>::new());
    }
}
