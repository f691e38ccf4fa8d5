//! Request bodies held in memory, with limits on size and time.

use crate::app::failure::Failure;
use crate::app::parts::Shell;
use crate::app::preferences::Preferences;
use crate::client::Client;
use crate::errors::ApiError;
use crate::{Shared, limits};
use axum::Extension;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use std::time::Duration;

/// The body of a request that was buffered, for who answers without reading it.
#[derive(Debug, Clone)]
pub(crate) struct Whole(pub(crate) Bytes);

/// Buffers a JSON body.
pub(crate) async fn small(request: Request, next: Next) -> Response {
    whole(request, next, limits::JSON_BYTES).await.into_response()
}

/// Buffers a form. Errors are rendered as a page.
pub(crate) async fn form(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let preferences = Preferences::of(&parts);
    let done = whole(Request::from_parts(parts, body), next, limits::JSON_BYTES).await;
    done.unwrap_or_else(|error| Failure::unread(&error, &Shell::outside("", preferences, "")).into_response())
}

/// Buffers an app.
pub(crate) async fn app(
    State(shared): State<Shared>,
    Extension(client): Extension<Client>,
    request: Request,
    next: Next,
) -> Response {
    let Some(slot) = shared.slots.apps.take(&client.slot_owner("")) else {
        drain(request.into_body()).await;
        return ApiError::busy(
            "too many apps are being uploaded: nothing was done, try again in a few seconds",
        )
        .into_response();
    };
    let done = whole(request, next, limits::APP_BYTES).await;
    drop(slot);
    done.into_response()
}

async fn whole(request: Request, next: Next, most: usize) -> Result<Response, ApiError> {
    let (head, body) = request.into_parts();
    if announced(&head.headers).is_some_and(|length| length > most as u64) {
        drain(body).await;
        return Err(ApiError::too_large(most as u64));
    }
    match tokio::time::timeout(limits::BODY, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => {
            let mut request = Request::from_parts(head, Body::from(bytes.clone()));
            request.extensions_mut().insert(Whole(bytes));
            Ok(next.run(request).await)
        }
        Ok(Err(error)) if is_limit(&error) => Err(ApiError::too_large(most as u64)),
        Ok(Err(_)) => Err(ApiError::broken_off()),
        Err(_) => Err(ApiError::too_slow()),
    }
}

/// The `Content-Length` of a request, if present and valid.
pub(crate) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads and discards a body, within limits, so that the sender can receive the response.
pub(crate) async fn drain(body: Body) {
    take(body, limits::DRAINED, limits::BODY).await;
}

/// [`drain`] with lower limits, for unauthenticated senders.
pub(crate) async fn refuse(body: Body) {
    take(body, limits::REFUSED_BYTES, limits::REFUSED).await;
}

async fn take(mut body: Body, most: u64, longest: Duration) {
    let taken = async {
        let mut size = 0;
        while let Some(Ok(frame)) = body.frame().await {
            size += frame.data_ref().map_or(0, |data| data.len() as u64);
            if size > most {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(longest, taken).await;
}

fn is_limit(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = error.source();
    }
    false
}
