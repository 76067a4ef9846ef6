//! The preview's answers: the pages of the latest edition, made when they are asked for, and the stream that tells of later ones.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::board::Board;
use super::edition::Answer;
use super::http::{encoded, kind_of, path_of, refused_method, send_file, with_tag};
use super::preview;
use crate::source::SitePath;

type Shared = State<Arc<Board>>;

/// What answers for the latest edition.
pub(super) fn router(board: Arc<Board>) -> Router {
    Router::new()
        .route("/_hjelp/events", get(events))
        .route("/_hjelp/preview.js", get(|headers: HeaderMap| async move { own("text/javascript", preview::SCRIPT, &headers) }))
        .route("/_hjelp/preview.css", get(|headers: HeaderMap| async move { own("text/css", preview::STYLE, &headers) }))
        .fallback(page)
        .with_state(board)
}

/// A file of the preview itself.
fn own(kind: &str, text: &'static str, headers: &HeaderMap) -> Response {
    with_tag(StatusCode::OK, &format!("{kind}; charset=utf-8"), text.as_bytes().to_vec(), headers)
}

/// Tells of later editions, from now on and for as long as the browser listens.
async fn events(State(board): Shared) -> Response {
    let signals = WatchStream::new(board.signals()).map(|signal| {
        let text = serde_json::to_string(&signal).unwrap_or_default();
        Ok::<_, Infallible>(Event::default().data(text).retry(Duration::from_millis(300)))
    });
    Sse::new(signals).keep_alive(KeepAlive::default()).into_response()
}

async fn page(State(board): Shared, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(refusal) = refused_method(&method) {
        return refusal;
    }
    let Some(path) = path_of(uri.path()) else { return (StatusCode::NOT_FOUND, "There is no such address.\n").into_response() };
    let is_folder = uri.path().ends_with('/');
    // Making a page takes a moment in which others want to be answered too.
    let made = tokio::task::spawn_blocking(move || answer(&board, &path, is_folder)).await;
    match made {
        Ok(Made::Response(status, kind, bytes)) => with_tag(status, &kind, bytes, &headers),
        Ok(Made::File(file)) => send_file(file, method, uri, headers).await,
        Ok(Made::Redirect(to)) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made.\n").into_response(),
    }
}

enum Made {
    Response(StatusCode, String, Vec<u8>),
    File(PathBuf),
    Redirect(String),
}

const HTML: &str = "text/html; charset=utf-8";

fn answer(board: &Board, path: &SitePath, is_folder: bool) -> Made {
    let edition = board.latest();
    let run = board.signals().borrow().run;
    let about = preview::about(&board.token, run, edition.number);
    let html = |status, bytes| Made::Response(status, HTML.to_owned(), preview::inject(bytes, &about));
    match edition.answer(path, is_folder) {
        Answer::Page(bytes) => html(StatusCode::OK, bytes),
        Answer::Bytes(bytes) => Made::Response(StatusCode::OK, kind_of(path), bytes),
        Answer::File(file) => Made::File(file),
        Answer::Elsewhere(path) => Made::Redirect(format!("/{}/", encoded(&path))),
        Answer::Nothing(Some(bytes)) => html(StatusCode::NOT_FOUND, bytes),
        Answer::Nothing(None) => html(StatusCode::NOT_FOUND, preview::stand_in("404")),
        Answer::Failed(problem) => html(StatusCode::INTERNAL_SERVER_ERROR, preview::stand_in(&problem.message)),
        Answer::NoSite => html(StatusCode::INTERNAL_SERVER_ERROR, preview::stand_in("hjelp")),
    }
}
