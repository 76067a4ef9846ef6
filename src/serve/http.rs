//! What the servers of the preview and of a finished site have in common: the accept loop, the request guard, addresses, files.

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use super::request_guard;
use crate::source::SitePath;
use crate::source::percent::{self, decode_path};

/// Serves `router` until Ctrl-C is pressed.
pub(super) fn serve(listener: TcpListener, router: Router) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = router
            .layer(middleware::from_fn(guarded))
            .into_make_service_with_connect_info::<std::net::SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        let ended = told_to_end().await;
        // Event streams to browsers have no end of their own.
        server.abort();
        ended
    });
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}

/// Waits for Ctrl-C, or for the system's signal to terminate.
async fn told_to_end() -> std::io::Result<()> {
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
    let mut response = match request_guard::is_meant(request.headers()) {
        true => next.run(request).await,
        false => (
            StatusCode::FORBIDDEN,
            "This preview answers only to addresses of this machine, and not to other sites.\n",
        )
            .into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::X_FRAME_OPTIONS,
        HeaderValue::from_static("SAMEORIGIN"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// The response to methods that don't read.
pub(super) fn refused_method(method: &Method) -> Option<Response> {
    let reads = method == Method::GET || method == Method::HEAD;
    (!reads).then(|| {
        (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
        )
            .into_response()
    })
}

/// The path of an address below the top of the site; nothing for one that no file can have.
pub(super) fn path_of(address: &str) -> Option<SitePath> {
    let text = decode_path(address);
    let is_odd =
        |char: char| char.is_control() || char == '\\' || char == char::REPLACEMENT_CHARACTER;
    if text.contains(is_odd) || text.split('/').any(|name| name == ".." || name == ".") {
        return None;
    }
    SitePath::new(&text).ok()
}

/// A path as an address has it, without the first `/`.
pub(super) fn encoded(path: &SitePath) -> String {
    let encode = |name| percent::encode(name, percent::DRIVE_OR_NAME);
    path.segments().map(encode).collect::<Vec<_>>().join("/")
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

/// A response with an entity tag, so that a browser need not get it twice.
pub(super) fn with_tag(
    status: StatusCode,
    kind: &str,
    bytes: Vec<u8>,
    asked: &HeaderMap,
) -> Response {
    let tag = format!("\"{:032x}\"", xxh3_128(&bytes));
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    if status == StatusCode::OK
        && known.is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        })
    {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    (
        status,
        [(header::CONTENT_TYPE, kind.to_owned()), (header::ETAG, tag)],
        Body::from(bytes),
    )
        .into_response()
}

/// A file from disk, or the part of it that was asked for.
pub(super) async fn send_file(
    file: PathBuf,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let kind = SitePath::new(&file.to_string_lossy())
        .ok()
        .and_then(|path| HeaderValue::from_str(&kind_of(&path)).ok());
    let mut request = Request::new(Body::empty());
    (
        *request.method_mut(),
        *request.uri_mut(),
        *request.headers_mut(),
    ) = (method, uri, headers);
    match tower_http::services::ServeFile::new(file)
        .try_call(request)
        .await
    {
        Ok(response) => {
            let mut response = response.map(Body::new);
            if let Some(kind) = kind.filter(|_| response.status().is_success()) {
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            response
        }
        Err(_) => (StatusCode::NOT_FOUND, "The file has just gone.\n").into_response(),
    }
}
