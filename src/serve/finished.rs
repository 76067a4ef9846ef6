//! A folder with a finished site -> HTTP responses, as a static host would give them. It doesn't know the content the site was built from,
//! and adds nothing to its pages.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::ServeError;
use super::http::{HTML, moved_to, refused_method, send_file};
use super::request_path::RequestPath;
use crate::source::SitePath;

/// The folder of a finished site.
#[derive(Clone)]
pub(super) struct FinishedSite {
    /// Canonical, so that paths below it can be recognized.
    folder: PathBuf,
}

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
enum FinishedFile {
    File(PathBuf),
    /// The folder's address, which ends in `/`.
    Redirect(SitePath),
    NotFound,
}

impl FinishedSite {
    /// The site in `folder`, if there is one.
    pub(super) fn open(folder: &Path) -> Result<Self, ServeError> {
        let Ok(folder) = folder.canonicalize() else {
            return Err(ServeError::NoSite);
        };
        if !folder.join("index.html").is_file() && !folder.join("404.html").is_file() {
            return Err(ServeError::NoSite);
        }
        Ok(FinishedSite { folder })
    }

    pub(super) fn router(self) -> Router {
        Router::new().fallback(respond).with_state(self)
    }

    /// Looks for the file that answers a request.
    fn find(&self, request: &RequestPath) -> FinishedFile {
        // Dot files hold private data: the state of the build, a repository, passwords. `.well-known` is public by RFC 8615.
        let is_hidden = request
            .path
            .segments()
            .any(|name| name.starts_with('.') && name != ".well-known");
        if is_hidden {
            return FinishedFile::NotFound;
        }
        let wanted = self.folder.join(request.path.as_str());
        if wanted.is_dir() {
            let index = wanted.join("index.html");
            if !self.has_file(&index) {
                return FinishedFile::NotFound;
            }
            if request.is_folder || request.path.is_root() {
                return FinishedFile::File(index);
            }
            // Without the `/` a browser would resolve the page's relative links from the folder above.
            return FinishedFile::Redirect(request.path.clone());
        }
        if request.is_folder || !self.has_file(&wanted) {
            return FinishedFile::NotFound;
        }
        FinishedFile::File(wanted)
    }

    /// True if `file` is a file within the folder: nothing outside is reached, not even by a symbolic link.
    fn has_file(&self, file: &Path) -> bool {
        if !file.is_file() {
            return false;
        }
        file.canonicalize()
            .is_ok_and(|file| file.starts_with(&self.folder))
    }

    /// The site's own page for addresses that are not found, as a static host answers with it.
    async fn not_found(&self) -> Response {
        let page = self.folder.join("404.html");
        if self.has_file(&page)
            && let Ok(bytes) = tokio::fs::read(page).await
        {
            return (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, HTML)], bytes).into_response();
        }
        (StatusCode::NOT_FOUND, "404\n").into_response()
    }
}

async fn respond(State(site): State<FinishedSite>, request: Request) -> Response {
    if let Some(refusal) = refused_method(request.method()) {
        return refusal;
    }
    // Such an address has no page of the site either: it may be an attack, and is answered in the shortest way.
    let Some(path) = RequestPath::parse(request.uri().path()) else {
        return (StatusCode::NOT_FOUND, "404\n").into_response();
    };
    match site.find(&path) {
        FinishedFile::File(file) => send_file(file, request).await,
        FinishedFile::Redirect(path) => moved_to(&path),
        FinishedFile::NotFound => site.not_found().await,
    }
}
