//! Bodies that are held in memory: whole within their time, and no larger than they may be.

use crate::api::ApiError;
use crate::limits;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

/// A body of JSON or of a form.
pub(crate) async fn small(request: Request, next: Next) -> Response {
    whole(request, next, limits::JSON_BYTES).await
}

/// A body that is an app.
pub(crate) async fn app(request: Request, next: Next) -> Response {
    whole(request, next, limits::APP_BYTES).await
}

async fn whole(request: Request, next: Next, most: usize) -> Response {
    let (head, body) = request.into_parts();
    let announced =
        head.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > most as u64) {
        drain(body).await;
        return ApiError::too_large(most as u64).into_response();
    }
    match tokio::time::timeout(limits::BODY, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(error)) if is_limit(&error) => ApiError::too_large(most as u64).into_response(),
        Ok(Err(_)) => ApiError::broken_off().into_response(),
        Err(_) => ApiError::too_slow().into_response(),
    }
}

/// Takes a body that nobody wants, up to a size and for a while, so that its sender hears why.
pub(crate) async fn drain(mut body: Body) {
    let taken = async {
        let mut size = 0;
        while let Some(Ok(frame)) = body.frame().await {
            size += frame.data_ref().map_or(0, |data| data.len() as u64);
            if size > limits::DRAINED {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(limits::BODY, taken).await;
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
