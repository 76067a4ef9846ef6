//! The preview's answers: the pages of the latest version, made when they are asked for, the information a writer gets about them, and the
//! stream of events of later ones.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::http::{encoded, kind_of, path_of, refused_method, send_file, with_tag};
use super::page_info::{FRAGMENTS, PageInspector};
use super::publisher::Publisher;
use super::site_version::{SiteResponse, SiteVersion};
use super::{comparison, fixes, preview, request_guard};
use crate::source::SitePath;

type Shared = State<Arc<Publisher>>;

/// The preview's own files.
const FILES: &[(&str, &str, &str)] = &[
    (
        "/_hjelp/morph.js",
        "text/javascript",
        include_str!("assets/morph.js"),
    ),
    (
        "/_hjelp/preview.js",
        "text/javascript",
        include_str!("assets/preview.js"),
    ),
    (
        "/_hjelp/preview.css",
        "text/css",
        include_str!("assets/preview.css"),
    ),
    (
        "/_hjelp/overlay.css",
        "text/css",
        include_str!("assets/overlay.css"),
    ),
    (
        "/_hjelp/side.js",
        "text/javascript",
        include_str!("assets/side.js"),
    ),
    (
        "/_hjelp/side.css",
        "text/css",
        include_str!("assets/side.css"),
    ),
];

/// The routes of the latest version.
pub(super) fn router(publisher: Arc<Publisher>) -> Router {
    let private = Router::new()
        .route("/_hjelp/about", get(about))
        .route("/_hjelp/target", get(target))
        .route("/_hjelp/fix", post(fix))
        .route_layer(middleware::from_fn_with_state(
            publisher.clone(),
            with_token,
        ));
    let mut router = private
        .route("/_hjelp/events", get(events))
        .route("/_hjelp/side", get(beside))
        .route("/_hjelp/fragment/{*path}", get(fragment));
    for (path, kind, text) in FILES {
        let file = move |headers: HeaderMap| async move {
            with_tag(
                StatusCode::OK,
                &format!("{kind}; charset=utf-8"),
                text.as_bytes().to_vec(),
                &headers,
            )
        };
        router = router.route(path, get(file));
    }
    router.fallback(page).with_state(publisher)
}

/// Streams events of later versions, for as long as the browser listens.
async fn events(State(publisher): Shared) -> Response {
    let signals = WatchStream::new(publisher.signals()).map(|signal| {
        let text = serde_json::to_string(&signal).unwrap_or_default();
        Ok::<_, Infallible>(
            Event::default()
                .data(text)
                .retry(Duration::from_millis(300)),
        )
    });
    Sse::new(signals)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// What the script asks for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
    #[serde(default)]
    anchor: String,
    #[serde(default)]
    id: String,
    left: Option<String>,
    right: Option<String>,
    width: Option<u16>,
}

/// Refuses requests without the token of this run, which only its own pages have.
async fn with_token(State(publisher): Shared, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get("x-hjelp-token")
        .and_then(|token| token.to_str().ok());
    match request_guard::is_token(given, &publisher.token) {
        true => next.run(request).await,
        false => (
            StatusCode::FORBIDDEN,
            "The preview was started anew: load the page again.\n",
        )
            .into_response(),
    }
}

/// Runs `work` with the latest version on a thread that may block.
async fn inspect(
    publisher: Arc<Publisher>,
    from: SocketAddr,
    work: impl FnOnce(&PageInspector<'_>) -> serde_json::Value + Send + 'static,
) -> Response {
    let inspect = tokio::task::spawn_blocking(move || {
        let version = publisher.latest();
        work(&PageInspector {
            version: &version,
            editor: &publisher.editor,
            is_near: from.ip().to_canonical().is_loopback(),
        })
        .to_string()
    });
    match inspect.await {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn about(
    State(publisher): Shared,
    Query(asked): Query<Asked>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
) -> Response {
    inspect(publisher, from, move |reader| reader.about(&asked.page)).await
}

async fn target(
    State(publisher): Shared,
    Query(asked): Query<Asked>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
) -> Response {
    let anchor = crate::source::percent::decode_path(&asked.anchor).into_owned();
    inspect(publisher, from, move |reader| {
        reader.target(&asked.page, &anchor)
    })
    .await
}

/// Fixes a problem of the latest version.
async fn fix(
    State(publisher): Shared,
    Query(asked): Query<Asked>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
) -> Response {
    if !from.ip().to_canonical().is_loopback() {
        return (
            StatusCode::FORBIDDEN,
            "Content is repaired from the machine it lies on only.\n",
        )
            .into_response();
    }
    match tokio::task::spawn_blocking(move || fixes::apply_fix(&publisher.latest(), &asked.id))
        .await
    {
        Ok(Ok(())) => ([(header::CONTENT_TYPE, "application/json")], "{}").into_response(),
        Ok(Err(why)) => (StatusCode::CONFLICT, why).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Two languages of a page.
async fn beside(State(publisher): Shared, Query(asked): Query<Asked>) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let version = publisher.latest();
        let page = version.page_of(&path_of(&asked.page)?, asked.page.ends_with('/'))?;
        let wanted = comparison::Asked {
            page,
            left: asked.left.as_deref(),
            right: asked.right.as_deref(),
            width: asked.width,
        };
        comparison::page(
            &version,
            &wanted,
            &preview::about(&publisher, &version, Some(page)),
        )
    });
    match made.await {
        Ok(Some(bytes)) => ([(header::CONTENT_TYPE, HTML)], bytes).into_response(),
        _ => {
            (StatusCode::NOT_FOUND, "Say `page`, which is the address of a page, `left` and `right`, which are languages it is there in.\n")
                .into_response()
        }
    }
}

/// A fragment by itself.
async fn fragment(State(publisher): Shared, uri: Uri, headers: HeaderMap) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let version = publisher.latest();
        let path = path_of(uri.path().strip_prefix(FRAGMENTS)?)?;
        preview::fragment(&publisher, &version, &path)
    });
    match made.await {
        Ok(Some(bytes)) => with_tag(StatusCode::OK, HTML, bytes, &headers),
        _ => (StatusCode::NOT_FOUND, "There is no such fragment.\n").into_response(),
    }
}

async fn page(State(publisher): Shared, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(refusal) = refused_method(&method) {
        return refusal;
    }
    let Some(path) = path_of(uri.path()) else {
        return (StatusCode::NOT_FOUND, "There is no such address.\n").into_response();
    };
    let is_folder = uri.path().ends_with('/');
    // Rendering a page takes a moment, in which other requests must be answered, too.
    let made = tokio::task::spawn_blocking(move || answer(&publisher, &path, is_folder)).await;
    match made {
        Ok(Made::Response(status, kind, bytes)) => with_tag(status, &kind, bytes, &headers),
        Ok(Made::File(file)) => send_file(file, method, uri, headers).await,
        Ok(Made::Redirect(to)) => {
            (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
        }
        Err(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The page could not be made.\n",
        )
            .into_response(),
    }
}

enum Made {
    Response(StatusCode, String, Vec<u8>),
    File(PathBuf),
    Redirect(String),
}

const HTML: &str = "text/html; charset=utf-8";

fn answer(publisher: &Publisher, path: &SitePath, is_folder: bool) -> Made {
    let version = publisher.latest();
    let about = |version: &SiteVersion| {
        preview::about(publisher, version, version.page_of(path, is_folder))
    };
    let html = |status, bytes| {
        Made::Response(
            status,
            HTML.to_owned(),
            preview::inject(bytes, &about(&version)),
        )
    };
    match version.answer(path, is_folder) {
        SiteResponse::Page(bytes) => html(StatusCode::OK, bytes),
        SiteResponse::Bytes(bytes) => Made::Response(StatusCode::OK, kind_of(path), bytes),
        SiteResponse::File(file) => Made::File(file),
        SiteResponse::Elsewhere(path) => Made::Redirect(format!("/{}/", encoded(&path))),
        SiteResponse::Nothing(Some(bytes)) => html(StatusCode::NOT_FOUND, bytes),
        SiteResponse::Nothing(None) => html(StatusCode::NOT_FOUND, preview::stand_in("404", "")),
        SiteResponse::Failed(problem) => html(
            StatusCode::INTERNAL_SERVER_ERROR,
            preview::stand_in(&problem.message, ""),
        ),
        SiteResponse::NoSite => html(
            StatusCode::INTERNAL_SERVER_ERROR,
            preview::stand_in("hjelp", ""),
        ),
    }
}
