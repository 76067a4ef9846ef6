//! One state of the content, as it is served: a path -> what a browser gets. Everything is made when it is first asked for. Doesn't know HTTP.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::request_path::RequestPath;
use crate::diagnostic::{self, Diagnostic};
use crate::locale::LocaleId;
use crate::render::{self, Output};
use crate::site::PageId;
use crate::source::SitePath;
use crate::workspace::{Snapshot, WorkspaceState};

/// Files that are ready, by their paths.
type ReadyFiles = FxHashMap<SitePath, Vec<u8>>;

/// One state of the content.
pub(super) struct SiteVersion {
    /// Counts from one.
    pub(super) number: u64,
    state: WorkspaceState,
    root: PathBuf,
    files: OnceLock<FxHashMap<SitePath, FileOrigin>>,
    /// The files of each language's search, in the order of the languages.
    searches: OnceLock<Vec<OnceLock<ReadyFiles>>>,
    problems: OnceLock<Arc<Vec<Diagnostic>>>,
}

/// Where a file of the site comes from that is not a page.
enum FileOrigin {
    /// Rendered when it is asked for.
    Rendered(Output),
    Ready(Vec<u8>),
    /// A file of the content.
    Copied(SitePath),
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
    /// A folder that was asked for without the `/` at its end.
    Redirect(SitePath),
    /// Not found, with the page for readers of that language.
    NotFound(Option<Vec<u8>>),
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
        SiteVersion {
            number,
            state,
            root: root.into(),
            files: OnceLock::new(),
            searches: OnceLock::new(),
            problems: OnceLock::new(),
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

    /// The page at an address.
    pub(super) fn page_of(&self, request: &RequestPath) -> Option<PageId> {
        self.page_at(&request.file())
    }

    /// Why a page can't be made, if it can't.
    pub(super) fn failure(&self, page: PageId) -> Option<Box<Diagnostic>> {
        let snapshot = self.snapshot.as_ref()?;
        let output = render::page_output(&snapshot.site, page);
        snapshot.render(&output).err()
    }

    /// Everything wrong with the content. The first to ask waits until it is found out.
    pub(super) fn problems(&self) -> Arc<Vec<Diagnostic>> {
        self.problems.get_or_init(|| self.check()).clone()
    }

    fn check(&self) -> Arc<Vec<Diagnostic>> {
        let mut all = self.setup_problems.clone();
        if let Some(snapshot) = &self.snapshot {
            // The copies in other languages stay problems of their own: each page of the preview shows what is wrong on it, and can fix it.
            all.extend(snapshot.problems());
        }
        diagnostic::sort(&mut all);
        Arc::new(all)
    }

    /// The page that is written to `path`.
    fn page_at(&self, path: &SitePath) -> Option<PageId> {
        let site = &self.snapshot.as_ref()?.site;
        for locale in site.config.locales.ids() {
            if let Some(page) = site.page_at(locale, path) {
                return Some(page);
            }
        }
        None
    }

    /// What is at an address.
    pub(super) fn answer(&self, request: &RequestPath) -> SiteResponse {
        let Some(snapshot) = self.snapshot.as_deref() else {
            return SiteResponse::NoSite;
        };
        let path = request.file();
        // The order is that of likelihood, too: for a page neither the list of files nor a search index has to be made.
        if let Some(page) = self.page_at(&path) {
            return rendered(snapshot, &render::page_output(&snapshot.site, page));
        }
        if let Some(bytes) = snapshot.context.theme.file(&path) {
            return SiteResponse::Bytes(bytes.to_vec());
        }
        match self.files(snapshot).get(&path) {
            Some(FileOrigin::Rendered(output)) => rendered(snapshot, output),
            Some(FileOrigin::Ready(bytes)) => SiteResponse::Bytes(bytes.clone()),
            Some(FileOrigin::Copied(from)) => self.copied(from),
            Some(FileOrigin::Search(_)) | None => self.search_or_missing(snapshot, &path),
        }
    }

    /// A file of the content.
    fn copied(&self, from: &SitePath) -> SiteResponse {
        // The file was within the content when the folder was read; a symbolic link to somewhere else may have replaced it since.
        let file = self.root.join(from.as_str());
        match (file.canonicalize(), self.root.canonicalize()) {
            (Ok(file), Ok(root)) if file.starts_with(&root) => SiteResponse::File(file),
            _ => SiteResponse::NotFound(None),
        }
    }

    fn search_or_missing(&self, snapshot: &Snapshot, path: &SitePath) -> SiteResponse {
        if let Some(bytes) = self.search_file(snapshot, path) {
            return SiteResponse::Bytes(bytes.to_vec());
        }
        if let Ok(index) = path.join("index.html")
            && (self.page_at(&index).is_some() || self.files(snapshot).contains_key(&index))
        {
            return SiteResponse::Redirect(path.clone());
        }
        let Some(output) = render::not_found_output(reader_locale(snapshot, path)) else {
            return SiteResponse::NotFound(None);
        };
        match rendered(snapshot, &output) {
            SiteResponse::Page(bytes) => SiteResponse::NotFound(Some(bytes)),
            _ => SiteResponse::NotFound(None),
        }
    }

    fn files(&self, snapshot: &Snapshot) -> &FxHashMap<SitePath, FileOrigin> {
        self.files.get_or_init(|| list_files(snapshot))
    }

    /// A file of the search of a language. All of that language are made when the first is asked for: they are parts of one index.
    fn search_file(&self, snapshot: &Snapshot, path: &SitePath) -> Option<&[u8]> {
        let Some(FileOrigin::Search(locale)) = self.files(snapshot).get(&path.parent()) else {
            return None;
        };
        let locales = &snapshot.site.config.locales;
        let languages = self
            .searches
            .get_or_init(|| locales.ids().map(|_| OnceLock::new()).collect());
        let files = languages
            .get(locale.index())?
            .get_or_init(|| build_search(snapshot, *locale));
        Some(files.get(path)?.as_slice())
    }
}

/// What a build would write besides pages.
fn list_files(snapshot: &Snapshot) -> FxHashMap<SitePath, FileOrigin> {
    let plan = snapshot.plan();
    let mut files = FxHashMap::default();
    for output in plan.outputs {
        files.insert(output.path.clone(), FileOrigin::Rendered(output));
    }
    for file in plan.ready {
        files.insert(file.path, FileOrigin::Ready(file.bytes));
    }
    for (from, to) in plan.copies {
        files.insert(to, FileOrigin::Copied(from));
    }
    for (locale, folder) in plan.searches {
        files.insert(folder, FileOrigin::Search(locale));
    }
    files
}

fn build_search(snapshot: &Snapshot, locale: LocaleId) -> ReadyFiles {
    let files = snapshot.search(locale).into_iter();
    files.map(|file| (file.path, file.bytes)).collect()
}

/// The language of the reader of a page that is not found: the one whose folder the address names.
fn reader_locale(snapshot: &Snapshot, path: &SitePath) -> LocaleId {
    let locales = &snapshot.site.config.locales;
    let folder = path.segments().next().unwrap_or("");
    match locales.by_folder(folder) {
        Some(locale) => locale,
        None => locales.default(),
    }
}

fn rendered(snapshot: &Snapshot, output: &Output) -> SiteResponse {
    match snapshot.render(output) {
        Ok(file) if file.path.has_extension("html") => SiteResponse::Page(file.bytes),
        Ok(file) => SiteResponse::Bytes(file.bytes),
        Err(problem) => SiteResponse::Failed(problem),
    }
}
