//! A folder with a finished site -> HTTP responses, as a static host would give them. It doesn't know the content the site was built from,
//! and adds nothing to its pages.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::http::{encoded, path_of, refused_method, send_file};
use crate::source::SitePath;

/// The routes of the finished site in `folder`.
pub(super) fn router(folder: PathBuf) -> Router {
    Router::new().fallback(file).with_state(folder)
}

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    /// The folder's address, which ends in `/`.
    Folder(SitePath),
    /// The site's own page for that, if there is one.
    Nothing(Option<PathBuf>),
}

async fn file(
    State(folder): State<PathBuf>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = refused_method(&method) {
        return refusal;
    }
    let path = path_of(uri.path());
    match path.map_or(Found::Nothing(None), |path| {
        find(&folder, &path, uri.path().ends_with('/'))
    }) {
        Found::File(file) => send_file(file, method, uri, headers).await,
        Found::Folder(path) => (
            StatusCode::MOVED_PERMANENTLY,
            [(header::LOCATION, format!("/{}/", encoded(&path)))],
        )
            .into_response(),
        Found::Nothing(None) => (StatusCode::NOT_FOUND, "404\n").into_response(),
        Found::Nothing(Some(page)) => match tokio::fs::read(page).await {
            Ok(bytes) => {
                let kind = HeaderValue::from_static("text/html; charset=utf-8");
                (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, kind)], bytes).into_response()
            }
            Err(_) => (StatusCode::NOT_FOUND, "404\n").into_response(),
        },
    }
}

/// Looks for `path` below `folder`. Names that begin with a dot are not served, and nothing outside is reached, not even by a symbolic link.
fn find(folder: &Path, path: &SitePath, is_folder: bool) -> Found {
    let is_hidden = path
        .segments()
        .any(|name| name.starts_with('.') && name != ".well-known");
    let inside = |file: PathBuf| Some(file).filter(|file| is_inside(file, folder));
    let wanted = folder.join(path.as_str());
    if is_hidden {
        return Found::Nothing(notice(folder));
    }
    if wanted.is_dir() {
        return match inside(wanted.join("index.html")) {
            Some(index) if is_folder || path.is_root() => Found::File(index),
            Some(_) => Found::Folder(path.clone()),
            None => Found::Nothing(notice(folder)),
        };
    }
    match inside(wanted).filter(|_| !is_folder) {
        Some(file) => Found::File(file),
        None => Found::Nothing(notice(folder)),
    }
}

fn is_inside(file: &Path, folder: &Path) -> bool {
    file.is_file()
        && file
            .canonicalize()
            .is_ok_and(|file| file.starts_with(folder))
}

/// The page for addresses that are not found.
fn notice(folder: &Path) -> Option<PathBuf> {
    Some(folder.join("404.html")).filter(|page| is_inside(page, folder))
}
