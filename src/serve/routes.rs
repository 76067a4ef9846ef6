//! The preview's answers: requests -> the pages of the latest version, made when they are asked for, the information a writer gets about them,
//! and the stream of events of later ones. What the answers consist of, the other files know.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::Value;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::comparison::Comparison;
use super::connections::Peer;
use super::http::{HTML, MemoryResponse, kind_of, moved_to, refused_method, send_file};
use super::page_info::PageInspector;
use super::page_links::FRAGMENTS;
use super::preview::{Preview, stand_in};
use super::publisher::Publisher;
use super::request_path::RequestPath;
use super::site_version::SiteResponse;
use super::{fixes, request_guard};
use crate::source::SitePath;
use crate::source::percent::decode_path;

/// What the preview's own pages may load: its own files, and pages of the site in frames.
const OWN_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
    base-uri 'none'; form-action 'none'";

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
    // Pages need no token: a browser asks for them by itself. What shows paths of this machine, or writes, does.
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
        .route("/_hjelp/side", get(side_by_side))
        .route("/_hjelp/fragment/{*path}", get(fragment));
    for (path, kind, text) in FILES {
        let file = move |headers: HeaderMap| async move {
            let response = MemoryResponse {
                status: StatusCode::OK,
                kind: format!("{kind}; charset=utf-8"),
                bytes: text.as_bytes().to_vec(),
            };
            response.with_tag(&headers)
        };
        router = router.route(path, get(file));
    }
    router.fallback(page).with_state(publisher)
}

/// Refuses requests without the token of this run, which only its own pages have.
async fn with_token(State(publisher): Shared, request: Request, next: Next) -> Response {
    if has_token(request.headers(), &publisher.token) {
        return next.run(request).await;
    }
    // A page from before a restart, still open in a browser, has the token of that run.
    let why = "The preview has been restarted: reload the page.\n";
    (StatusCode::FORBIDDEN, why).into_response()
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let Some(given) = headers.get("x-hjelp-token") else {
        return false;
    };
    request_guard::is_token(given.as_bytes(), token)
}

/// Streams events of later versions, for as long as the browser listens.
async fn events(State(publisher): Shared) -> Response {
    let signals = WatchStream::new(publisher.signals()).map(|signal| {
        let text = serde_json::to_string(&signal).unwrap_or_default();
        // After a restart of the preview the browser should be back before the writer looks at it.
        let event = Event::default()
            .data(text)
            .retry(Duration::from_millis(300));
        Ok::<_, Infallible>(event)
    });
    Sse::new(signals)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// What the preview's script asks for.
#[derive(Deserialize)]
struct ScriptQuery {
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

/// A request of the preview's script.
struct ScriptRequest {
    publisher: Arc<Publisher>,
    query: ScriptQuery,
    /// True for a browser on this machine.
    is_near: bool,
}

impl FromRequestParts<Arc<Publisher>> for ScriptRequest {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        publisher: &Arc<Publisher>,
    ) -> Result<Self, Response> {
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(IntoResponse::into_response)?;
        let from = parts.extensions.get::<ConnectInfo<Peer>>();
        // A socket for both protocols shows IPv4 addresses as `::ffff:127.0.0.1`.
        let is_near = from.is_some_and(|from| from.0.0.ip().to_canonical().is_loopback());
        Ok(ScriptRequest {
            publisher: publisher.clone(),
            query,
            is_near,
        })
    }
}

impl ScriptRequest {
    /// Answers with what `inspect` finds out about the latest version, on a thread that may block.
    async fn inspect(self, inspect: fn(&PageInspector<'_>, &ScriptQuery) -> Value) -> Response {
        let inspected = tokio::task::spawn_blocking(move || {
            let version = self.publisher.latest();
            let inspector = PageInspector {
                version: &version,
                editor: &self.publisher.editor,
                is_near: self.is_near,
            };
            inspect(&inspector, &self.query).to_string()
        });
        match inspected.await {
            Ok(text) => json(text),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// The page with the comparison that was asked for.
    fn compare(&self) -> Option<Vec<u8>> {
        let version = self.publisher.latest();
        let page = version.page_of(&RequestPath::parse(&self.query.page)?)?;
        let comparison = Comparison {
            snapshot: version.snapshot.as_deref()?,
            page,
            left: self.query.left.as_deref(),
            right: self.query.right.as_deref(),
            width: self.query.width,
        };
        let preview = Preview {
            publisher: &self.publisher,
            version: &version,
        };
        comparison.html(&preview.about(Some(page)))
    }
}

fn json(text: impl Into<axum::body::Body>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, text.into()).into_response()
}

async fn about(request: ScriptRequest) -> Response {
    request
        .inspect(|inspector, query| inspector.about(&query.page))
        .await
}

async fn target(request: ScriptRequest) -> Response {
    request
        .inspect(|inspector, query| {
            // The script sends the fragment as the link has it; the query's own encoding is gone already.
            inspector.target(&query.page, &decode_path(&query.anchor))
        })
        .await
}

/// Fixes a problem of the latest version.
async fn fix(request: ScriptRequest) -> Response {
    // With `--host` others may look; that doesn't let them write.
    if !request.is_near {
        let why = "Fixes are only applied for a browser on the machine with the content.\n";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let fixed = tokio::task::spawn_blocking(move || {
        fixes::apply_fix(&request.publisher.latest(), &request.query.id)
    });
    match fixed.await {
        Ok(Ok(())) => json("{}"),
        Ok(Err(why)) => (StatusCode::CONFLICT, why).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Two languages of a page.
async fn side_by_side(request: ScriptRequest) -> Response {
    let compared = tokio::task::spawn_blocking(move || request.compare());
    if let Ok(Some(bytes)) = compared.await {
        let headers = [
            (header::CONTENT_TYPE, HTML),
            (header::CONTENT_SECURITY_POLICY, OWN_PAGES),
        ];
        return (headers, bytes).into_response();
    }
    let why = "Give the address of a page as `page`, and two languages it exists in as `left` and `right`.\n";
    (StatusCode::NOT_FOUND, why).into_response()
}

/// A fragment by itself.
async fn fragment(State(publisher): Shared, uri: Uri, headers: HeaderMap) -> Response {
    let rendered = tokio::task::spawn_blocking(move || {
        let request = RequestPath::parse(uri.path().strip_prefix(FRAGMENTS)?)?;
        let preview = Preview {
            publisher: &publisher,
            version: &publisher.latest(),
        };
        preview.fragment(&request.path)
    });
    match rendered.await {
        Ok(Some(bytes)) => MemoryResponse::html(StatusCode::OK, bytes).with_tag(&headers),
        _ => (StatusCode::NOT_FOUND, "Fragment not found.\n").into_response(),
    }
}

async fn page(State(publisher): Shared, request: Request) -> Response {
    if let Some(refusal) = refused_method(request.method()) {
        return refusal;
    }
    let Some(path) = RequestPath::parse(request.uri().path()) else {
        return (StatusCode::NOT_FOUND, "Page not found.\n").into_response();
    };
    // Rendering a page takes a moment, in which other requests must be answered, too.
    let response = tokio::task::spawn_blocking(move || answer(&publisher, &path)).await;
    match response {
        Ok(PreviewResponse::Memory(response)) => response.with_tag(request.headers()),
        Ok(PreviewResponse::File(file)) => send_file(file, request).await,
        Ok(PreviewResponse::Redirect(folder)) => moved_to(&folder),
        Err(_) => {
            let why = "The page couldn't be rendered.\n";
            (StatusCode::INTERNAL_SERVER_ERROR, why).into_response()
        }
    }
}

/// What is at an address, with the preview in it if it is a page.
enum PreviewResponse {
    Memory(MemoryResponse),
    File(PathBuf),
    Redirect(SitePath),
}

fn answer(publisher: &Publisher, request: &RequestPath) -> PreviewResponse {
    let version = publisher.latest();
    let (status, page) = match version.answer(request) {
        SiteResponse::Bytes(bytes) => {
            return PreviewResponse::Memory(MemoryResponse {
                status: StatusCode::OK,
                kind: kind_of(&request.path),
                bytes,
            });
        }
        SiteResponse::File(file) => return PreviewResponse::File(file),
        SiteResponse::Redirect(folder) => return PreviewResponse::Redirect(folder),
        SiteResponse::Page(bytes) => (StatusCode::OK, bytes),
        SiteResponse::NotFound(Some(bytes)) => (StatusCode::NOT_FOUND, bytes),
        SiteResponse::NotFound(None) => (StatusCode::NOT_FOUND, stand_in("404")),
        // The status keeps the script from replacing the last good page in the browser.
        SiteResponse::Failed(problem) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            stand_in(&problem.message),
        ),
        SiteResponse::NoSite => (StatusCode::INTERNAL_SERVER_ERROR, stand_in("hjelp")),
    };
    let preview = Preview {
        publisher,
        version: &version,
    };
    let bytes = preview.inject(page, version.page_of(request));
    PreviewResponse::Memory(MemoryResponse::html(status, bytes))
}
