//! One state of the content, as it is served: an address -> what a browser gets. Everything is made when it is first asked for.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::locale::LocaleId;
use crate::render::{self, Output};
use crate::site::PageId;
use crate::source::SitePath;
use crate::workspace::{Snapshot, WorkspaceState};

/// Files that are ready, by where they are.
type Files = FxHashMap<SitePath, Vec<u8>>;

/// One state of the content.
pub(super) struct SiteVersion {
    /// Counts from one.
    pub(super) number: u64,
    state: WorkspaceState,
    root: PathBuf,
    files: OnceLock<FxHashMap<SitePath, File>>,
    searches: OnceLock<Vec<OnceLock<Files>>>,
    problems: OnceLock<Arc<Vec<Diagnostic>>>,
}

/// The source of a file of the site that is not a page.
enum File {
    Made(Output),
    Ready(Vec<u8>),
    Copy(SitePath),
    /// A folder of the search of a language.
    Search(LocaleId),
}

/// What is at an address.
pub(super) enum SiteResponse {
    /// A page.
    Page(Vec<u8>),
    /// A file from memory.
    Bytes(Vec<u8>),
    /// A file of the content, as it is on disk.
    File(PathBuf),
    /// A redirect.
    Elsewhere(SitePath),
    /// Not found, with the page for readers of that language.
    Nothing(Option<Vec<u8>>),
    /// A page that can't be made, and why.
    Failed(Box<Diagnostic>),
    /// There is no site yet.
    NoSite,
}

impl std::ops::Deref for SiteVersion {
    type Target = WorkspaceState;

    fn deref(&self) -> &WorkspaceState {
        &self.state
    }
}

impl SiteVersion {
    pub(super) fn new(number: u64, state: WorkspaceState, root: &Path) -> Self {
        let (files, searches, problems) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        SiteVersion {
            number,
            state,
            root: root.into(),
            files,
            searches,
            problems,
        }
    }

    /// The folder of the content.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// True once the problems are known.
    pub(super) fn has_problems(&self) -> bool {
        self.problems.get().is_some()
    }

    /// The page at an address below the top of the site.
    pub(super) fn page_of(&self, path: &SitePath, is_folder: bool) -> Option<PageId> {
        self.page_at(&file_of(path, is_folder))
    }

    /// Why a page can't be made, if it can't.
    pub(super) fn failure(&self, page: PageId) -> Option<Box<Diagnostic>> {
        let snapshot = self.snapshot.as_ref()?;
        snapshot
            .render(&render::page_output(&snapshot.site, page))
            .err()
    }

    /// Everything wrong with the content. The first to ask waits until it is found out.
    pub(super) fn problems(&self) -> Arc<Vec<Diagnostic>> {
        let all = || {
            let found = self
                .snapshot
                .as_ref()
                .map(|snapshot| snapshot.problems())
                .unwrap_or_default();
            let mut all: Vec<Diagnostic> =
                self.setup_problems.iter().chain(&found).cloned().collect();
            crate::diagnostic::sort(&mut all);
            Arc::new(all)
        };
        self.problems.get_or_init(all).clone()
    }

    /// The page that is written to `path`.
    fn page_at(&self, path: &SitePath) -> Option<PageId> {
        let site = &self.snapshot.as_ref()?.site;
        site.config
            .locales
            .ids()
            .find_map(|locale| site.page_at(locale, path))
    }

    /// What is at `path`, below the top of the site.
    pub(super) fn answer(&self, path: &SitePath, is_folder: bool) -> SiteResponse {
        let Some(snapshot) = self.snapshot.as_deref() else {
            return SiteResponse::NoSite;
        };
        let path = file_of(path, is_folder);
        if let Some(page) = self.page_at(&path) {
            return made(snapshot, &render::page_output(&snapshot.site, page));
        }
        if let Some(bytes) = snapshot.context.theme.file(&path) {
            return SiteResponse::Bytes(bytes.to_vec());
        }
        match self.files(snapshot).get(&path) {
            Some(File::Made(output)) => made(snapshot, output),
            Some(File::Ready(bytes)) => SiteResponse::Bytes(bytes.clone()),
            Some(File::Copy(from)) => self.copy(from),
            Some(File::Search(_)) | None => self.otherwise(snapshot, &path),
        }
    }

    /// A file of the content, if it is still within the content: a symbolic link may have come since.
    fn copy(&self, from: &SitePath) -> SiteResponse {
        let file = self.root.join(from.as_str());
        match (file.canonicalize(), self.root.canonicalize()) {
            (Ok(file), Ok(root)) if file.starts_with(&root) => SiteResponse::File(file),
            _ => SiteResponse::Nothing(None),
        }
    }

    fn otherwise(&self, snapshot: &Snapshot, path: &SitePath) -> SiteResponse {
        if let Some(bytes) = self.search(snapshot, path) {
            return SiteResponse::Bytes(bytes.to_vec());
        }
        let index = path.join("index.html").ok();
        if index.is_some_and(|index| {
            self.page_at(&index).is_some() || self.files(snapshot).contains_key(&index)
        }) {
            return SiteResponse::Elsewhere(path.clone());
        }
        let site = &snapshot.site;
        let folder = path.segments().next().unwrap_or("");
        let locale = site
            .config
            .locales
            .by_folder(folder)
            .unwrap_or_else(|| site.config.locales.default());
        let not_found = render::not_found_output(locale);
        match not_found.map(|output| made(snapshot, &output)) {
            Some(SiteResponse::Page(bytes)) => SiteResponse::Nothing(Some(bytes)),
            _ => SiteResponse::Nothing(None),
        }
    }

    fn files(&self, snapshot: &Snapshot) -> &FxHashMap<SitePath, File> {
        let list = || {
            let plan = snapshot.plan();
            let mut files = FxHashMap::default();
            for output in plan.outputs {
                files.insert(output.path.clone(), File::Made(output));
            }
            files.extend(
                plan.ready
                    .into_iter()
                    .map(|file| (file.path, File::Ready(file.bytes))),
            );
            files.extend(
                plan.copies
                    .into_iter()
                    .map(|(from, to)| (to, File::Copy(from))),
            );
            files.extend(
                plan.searches
                    .into_iter()
                    .map(|(locale, folder)| (folder, File::Search(locale))),
            );
            files
        };
        self.files.get_or_init(list)
    }

    /// A file of the search of a language, all of which are made when the first is asked for.
    fn search(&self, snapshot: &Snapshot, path: &SitePath) -> Option<&[u8]> {
        let Some(File::Search(locale)) = self.files(snapshot).get(&path.parent()) else {
            return None;
        };
        let languages = self.searches.get_or_init(|| {
            snapshot
                .site
                .config
                .locales
                .ids()
                .map(|_| OnceLock::new())
                .collect()
        });
        let all = || {
            snapshot
                .search(*locale)
                .into_iter()
                .map(|file| (file.path, file.bytes))
                .collect()
        };
        languages
            .get(locale.index())?
            .get_or_init(all)
            .get(path)
            .map(Vec::as_slice)
    }
}

/// The file an address names: a folder's is its index.
fn file_of(path: &SitePath, is_folder: bool) -> SitePath {
    match is_folder || path.is_root() {
        true => path.join("index.html").unwrap_or_else(|_| path.clone()),
        false => path.clone(),
    }
}

fn made(snapshot: &Snapshot, output: &Output) -> SiteResponse {
    match snapshot.render(output) {
        Ok(file) if file.path.has_extension("html") => SiteResponse::Page(file.bytes),
        Ok(file) => SiteResponse::Bytes(file.bytes),
        Err(problem) => SiteResponse::Failed(problem),
    }
}
