//! What the servers of the preview and of a finished site have in common: a router -> a running server, and responses with files, entity tags
//! and security headers. Doesn't know what is served.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use super::connections::{LimitedListener, Peer};
use super::request_guard;
use super::request_path::encoded;
use crate::source::SitePath;

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// Serves `router` until Ctrl-C is pressed.
pub(super) fn serve(listener: TcpListener, router: Router) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    // Two threads are enough to accept requests: pages are rendered on the threads for blocking work.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        let listener = LimitedListener::new(tokio::net::TcpListener::from_std(listener)?);
        let router = router
            .layer(middleware::from_fn(guarded))
            .into_make_service_with_connect_info::<Peer>();
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let ended = wait_for_end().await;
        // Event streams to browsers have no end of their own.
        server.abort();
        ended
    });
    // A page may be being rendered, which can't be interrupted; Ctrl-C must not seem to be ignored.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}

/// Waits for Ctrl-C, or for the system's signal to terminate.
async fn wait_for_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = end.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Refuses requests that the guard doesn't let through, and adds the security headers.
async fn guarded(request: Request, next: Next) -> Response {
    let mut response = if request_guard::is_meant(request.headers()) {
        next.run(request).await
    } else {
        let why =
            "This preview answers only to addresses of this machine, and not to other sites.\n";
        (StatusCode::FORBIDDEN, why).into_response()
    };
    let headers = response.headers_mut();
    // Content must not become a script because a browser guesses its type.
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // The preview shows its own pages in frames. Another site with such a frame could make a writer click on *Fix* unseen.
    headers.insert(
        header::X_FRAME_OPTIONS,
        HeaderValue::from_static("SAMEORIGIN"),
    );
    // An unpublished page must not be readable as an image or a script of another site.
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    // Everything may change with the next save. With an entity tag, to ask again is cheap.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// The response to methods that don't read.
pub(super) fn refused_method(method: &Method) -> Option<Response> {
    if method == Method::GET || method == Method::HEAD {
        return None;
    }
    let allowed = [(header::ALLOW, "GET, HEAD")];
    Some((StatusCode::METHOD_NOT_ALLOWED, allowed).into_response())
}

/// The redirect to a folder's address.
pub(super) fn moved_to(folder: &SitePath) -> Response {
    let address = format!("/{}/", encoded(folder));
    let location = [(header::LOCATION, address)];
    (StatusCode::MOVED_PERMANENTLY, location).into_response()
}

/// The media type of a file by its name.
pub(super) fn kind_of(path: &SitePath) -> String {
    let kind = mime_guess::from_path(path.as_str()).first_or_octet_stream();
    let is_text = kind.type_() == "text"
        || matches!(kind.subtype().as_str(), "json" | "javascript" | "xml")
        || kind.suffix().is_some();
    if is_text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    }
}

/// A response from memory.
pub(super) struct MemoryResponse {
    pub(super) status: StatusCode,
    /// The media type.
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
}

impl MemoryResponse {
    /// A page.
    pub(super) fn html(status: StatusCode, bytes: Vec<u8>) -> Self {
        MemoryResponse {
            status,
            kind: HTML.to_owned(),
            bytes,
        }
    }

    /// The response with an entity tag, or just "not modified" if a request with these headers has it already.
    pub(super) fn with_tag(self, asked: &HeaderMap) -> Response {
        let tag = format!("\"{:032x}\"", xxh3_128(&self.bytes));
        // A browser may have cached an error page, too, but "not modified" would turn it into a success.
        if self.status == StatusCode::OK && has_tag(asked, &tag) {
            return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
        }
        let headers = [(header::CONTENT_TYPE, self.kind), (header::ETAG, tag)];
        (self.status, headers, Body::from(self.bytes)).into_response()
    }
}

/// True if a request with these headers has what `tag` names (RFC 9110, section 13.1.2: compared without the mark of weak tags).
fn has_tag(asked: &HeaderMap, tag: &str) -> bool {
    let Some(known) = asked.get(header::IF_NONE_MATCH) else {
        return false;
    };
    let Ok(known) = known.to_str() else {
        return false;
    };
    known
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// A file from disk, or the part of it that `asked` wants.
pub(super) async fn send_file(file: PathBuf, asked: Request) -> Response {
    let kind = header_kind_of(&file);
    // Ranges and dates of files are the library's task: players of videos seek with them.
    let sent = tower_http::services::ServeFile::new(file).try_call(asked);
    let Ok(response) = sent.await else {
        // Removed between the look-up and now.
        return (StatusCode::NOT_FOUND, "The file no longer exists.\n").into_response();
    };
    let mut response = response.map(Body::new);
    if response.status().is_success()
        && let Some(kind) = kind
    {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// The media type of a file on disk, if its name has the form of a path of a site.
fn header_kind_of(file: &Path) -> Option<HeaderValue> {
    let path = SitePath::new(&file.to_string_lossy()).ok()?;
    HeaderValue::from_str(&kind_of(&path)).ok()
}
