//! One state of the content -> the next one. The same pieces as from scratch: what comes out the same is shared.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ConfiguredSources, Snapshot};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Level, sort};
use crate::disk::{ChangedPaths, ScanError, SourceFolder};
use crate::render::RenderContext;
use crate::source::{SitePath, Sources};

/// A folder with content, and what is made of it, again and again.
pub struct Workspace {
    folder: SourceFolder,
    /// A configuration that lies elsewhere.
    config: Option<PathBuf>,
    /// For a preview: elements of articles say where they were typed.
    places: bool,
    state: WorkspaceState,
}

/// What there is to see at one moment.
#[derive(Clone)]
pub struct WorkspaceState {
    /// What the authors wrote.
    pub sources: Arc<Sources>,
    /// The site: the latest that could be put together. Nothing if there never was one.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Why the site isn't made of all that the authors wrote: a configuration or a template that can't be used. The last one that could be
    /// stands in for it.
    pub setup_problems: Vec<Diagnostic>,
    /// Why the folder could not be read the last time, in words.
    pub read_error: Option<String>,
}

impl Workspace {
    /// Reads the folder `root`, except the folders in `skip`. With `places` pages say where their elements were typed.
    pub fn open(
        root: &Path,
        config: Option<&Path>,
        skip: Vec<SitePath>,
        places: bool,
    ) -> Result<Self, ScanError> {
        let folder = SourceFolder::open(root, skip)?;
        let state = WorkspaceState {
            sources: Arc::new(Sources::default()),
            snapshot: None,
            setup_problems: Vec::new(),
            read_error: None,
        };
        let mut workspace = Workspace {
            folder,
            config: config.map(Path::to_path_buf),
            places,
            state,
        };
        workspace.put_together();
        Ok(workspace)
    }

    /// What there is to see now.
    pub fn state(&self) -> &WorkspaceState {
        &self.state
    }

    /// Where the content lies.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    /// The configuration, if it lies elsewhere.
    pub fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Looks for what has changed, without reading it.
    pub fn detect_changes(&mut self) -> ChangedPaths {
        self.folder.look()
    }

    /// Reads what changed and puts the site together again. False if nothing is different.
    pub fn refresh(&mut self, changes: &ChangedPaths) -> bool {
        match self.folder.refresh(changes) {
            // A configuration elsewhere, or a packed map, may have changed all the same.
            Ok(false)
                if self.state.read_error.is_none() && self.config.is_none() && !self.has_maps() =>
            {
                false
            }
            Ok(_) => self.put_together(),
            Err(error) => {
                let told = Some(error.to_string());
                let news = self.state.read_error != told;
                self.state.read_error = told;
                news
            }
        }
    }

    /// True if files are among the changes that are published as they are; what they hold is nothing the site knows.
    pub fn has_files_in(&self, changes: &ChangedPaths) -> bool {
        let is_asset = |path: &PathBuf| {
            let below = self
                .folder
                .relative(path)
                .and_then(|below| SitePath::new(below.to_str()?).ok());
            below.is_some_and(|path| self.state.sources.assets().contains_key(&path))
        };
        matches!(changes, ChangedPaths::Paths(paths) if paths.iter().any(is_asset))
    }

    fn has_maps(&self) -> bool {
        self.state
            .snapshot
            .as_ref()
            .is_some_and(|snapshot| !snapshot.site.config.publish.xref_maps.is_empty())
    }

    /// The configuration, if nothing that it depends on is different in what was last read.
    fn known_config(&self) -> Option<Arc<Config>> {
        let before = self
            .state
            .snapshot
            .as_deref()
            .filter(|_| self.state.setup_problems.is_empty() && self.config.is_none())?;
        let config = &before.site.config;
        let now = self.folder.sources();
        let text = |sources: &Sources, path: &SitePath| {
            sources
                .find(path.as_str())
                .map(|id| sources.get(id).clone())
        };
        let is_same = |path: &SitePath| text(&before.site.sources, path) == text(now, path);
        // What is unpacked for it isn't there when a folder has just been read.
        let is_known = config.publish.xref_maps.is_empty()
            && before.site.has_same_paths(now)
            && config.files.iter().all(is_same);
        is_known.then(|| config.clone())
    }

    /// The sources as they are now, with their configuration. It is read again only if it may be different.
    fn configured(&self) -> io::Result<(Sources, Result<Arc<Config>, Vec<Diagnostic>>)> {
        let sources = self.folder.sources().clone();
        if let Some(config) = self.known_config() {
            return Ok((sources, Ok(config)));
        }
        let ConfiguredSources { sources, config } =
            ConfiguredSources::of_folder(self.folder.root(), self.config.as_deref(), sources)?;
        let config = config.map(|mut config| {
            // Authors want to see how far the translations are; readers of the published site may not.
            config.translations.dashboard |= self.places;
            Arc::new(config)
        });
        Ok((sources, config))
    }

    /// False if it is all as it was.
    fn put_together(&mut self) -> bool {
        let before = self.state.snapshot.as_deref();
        let (sources, config) = match self.configured() {
            Ok((sources, config)) => (Arc::new(sources), config),
            Err(error) => {
                let told = Some(format!("the configuration can't be read: {error}"));
                return std::mem::replace(&mut self.state.read_error, told.clone()) != told;
            }
        };
        let was_unread = self.state.read_error.take().is_some();
        if before.is_some() && sources == self.state.sources {
            return was_unread;
        }
        let mut setup_problems = Vec::new();
        let config = match config {
            Ok(config) => Some(config),
            Err(problems) => {
                setup_problems = problems;
                before.map(|before| before.site.config.clone())
            }
        };
        if let Some(config) = config {
            let mut snapshot = Snapshot::assemble(sources.clone(), config, before, &|_| ());
            snapshot.context.places = self.places;
            setup_problems.extend(keep_context(&mut snapshot, before));
            self.state.snapshot = Some(Arc::new(snapshot));
        }
        sort(&mut setup_problems);
        self.state.setup_problems = setup_problems;
        self.state.sources = sources;
        true
    }
}

/// With a template that can't be read, pages go on looking as they did. The answer is what is wrong.
fn keep_context(snapshot: &mut Snapshot, before: Option<&Snapshot>) -> Vec<Diagnostic> {
    let broken = |problem: &&Diagnostic| {
        problem.level == Level::Error && problem.code == Code::TemplateError
    };
    let setup_problems: Vec<Diagnostic> = snapshot
        .context_problems
        .iter()
        .filter(broken)
        .cloned()
        .collect();
    let Some(before) = before.filter(|before| {
        !setup_problems.is_empty() && before.site.config.locales == snapshot.site.config.locales
    }) else {
        return setup_problems;
    };
    let RenderContext { theme, catalog, .. } = &before.context;
    (snapshot.context.theme, snapshot.context.catalog) = (theme.clone(), catalog.clone());
    setup_problems
}
