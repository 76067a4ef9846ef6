//! One state of the content -> the next one, made by the same steps as from scratch: what comes out the same is shared. Errors keep the last
//! good state: authors go on reading while they type something that can't be used.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::configured::{ConfiguredSources, SiteOptions};
use super::snapshot::Snapshot;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk::{self, ChangedPaths, ScanError, SourceFolder};
use crate::source::{SitePath, Sources};

/// A configuration that several snapshots share, or why it cannot be used.
type ReadConfig = Result<Arc<Config>, Vec<Diagnostic>>;

/// A folder with content, and the latest snapshot of it.
pub struct Workspace {
    folder: SourceFolder,
    options: SiteOptions,
    /// For a preview: elements of articles carry the position of their source.
    positions: bool,
    state: WorkspaceState,
}

/// What there is to show at one moment.
#[derive(Clone)]
pub struct WorkspaceState {
    /// The files as they are now.
    pub sources: Arc<Sources>,
    /// The latest snapshot that could be made; nothing if there never was one.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Why the snapshot is not made from all of the sources: a configuration or a template that can't be used. The last usable one is used
    /// instead.
    pub setup_problems: Vec<Diagnostic>,
    /// Why the folder could not be read the last time.
    pub read_error: Option<String>,
}

impl Workspace {
    /// Reads the folder `root`, except the folders in `skip`. With `positions` the elements of pages carry the position of their source.
    pub fn open(
        root: &Path,
        options: SiteOptions,
        skip: Vec<SitePath>,
        positions: bool,
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
            options,
            positions,
            state,
        };
        workspace.rebuild();
        Ok(workspace)
    }

    /// What there is to show now.
    pub fn state(&self) -> &WorkspaceState {
        &self.state
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    /// The configuration file, if it is elsewhere.
    pub fn config(&self) -> Option<&Path> {
        self.options.config.as_deref()
    }

    /// Finds out which files have changed, without reading them.
    pub fn detect_changes(&mut self) -> ChangedPaths {
        self.folder.poll()
    }

    /// Reads what changed and makes the next snapshot. False if nothing is different.
    pub fn refresh(&mut self, changes: &ChangedPaths) -> bool {
        match self.folder.refresh(changes) {
            // A configuration elsewhere, or a packed map, may have changed all the same.
            Ok(false)
                if self.state.read_error.is_none()
                    && self.options.config.is_none()
                    && !self.has_maps() =>
            {
                false
            }
            Ok(_) => self.rebuild(),
            Err(error) => self.fail(error.to_string()),
        }
    }

    /// Keeps the last state, with the reason why there is no new one. False if that is known.
    fn fail(&mut self, reason: String) -> bool {
        let reason = Some(reason);
        if self.state.read_error == reason {
            return false;
        }
        self.state.read_error = reason;
        true
    }

    /// True if the content, or a file of it, can't be read for a reason that may pass by itself.
    pub fn may_recover(&self) -> bool {
        self.state.read_error.is_some() || disk::has_passing_errors(&self.state.sources)
    }

    /// True if there are files among the changes that are published as they are. What is in them is not part of a snapshot.
    pub fn has_assets_in(&self, changes: &ChangedPaths) -> bool {
        let ChangedPaths::Paths(paths) = changes else {
            return false;
        };
        paths.iter().any(|path| self.is_asset(path))
    }

    fn is_asset(&self, path: &Path) -> bool {
        let Some(relative) = self.folder.relative(path) else {
            return false;
        };
        match relative.to_str().map(SitePath::new) {
            Some(Ok(path)) => self.state.sources.assets().contains_key(&path),
            _ => false,
        }
    }

    fn has_maps(&self) -> bool {
        match &self.state.snapshot {
            Some(snapshot) => !snapshot.site.config.publish.xref_maps.is_empty(),
            None => false,
        }
    }

    /// The configuration, if nothing that it depends on is different in what was last read.
    fn known_config(&self) -> Option<Arc<Config>> {
        // A configuration elsewhere is not watched.
        if !self.state.setup_problems.is_empty() || self.options.config.is_some() {
            return None;
        }
        let site = &self.state.snapshot.as_ref()?.site;
        let (before, now) = (&site.sources, self.folder.sources());
        // Maps that are unpacked for it are not there when a folder has just been read.
        if !site.config.publish.xref_maps.is_empty() || !has_same_paths(before, now) {
            return None;
        }
        // Nor are published files around the site.
        let mut mappings = site.config.mappings.iter();
        if mappings.any(|mapping| mapping.from.is_outside()) || !self.options.with.is_empty() {
            return None;
        }
        for path in &site.config.files {
            if path.is_outside() {
                continue;
            }
            let id = before.find(path.as_str())?;
            if before.get(id) != now.get(now.find(path.as_str())?) {
                return None;
            }
        }
        Some(site.config.clone())
    }

    /// The sources as they are now, with their configuration. It is read again only if it may be different.
    fn configured(&self) -> io::Result<(Sources, ReadConfig)> {
        let sources = self.folder.sources().clone();
        if let Some(config) = self.known_config() {
            let root = self.folder.root();
            let sources = ConfiguredSources::with_known_config(root, &config, sources);
            // What is around the site is not watched, but read with every change in it.
            return Ok((sources.reuse_texts(&self.state.sources), Ok(config)));
        }
        let ConfiguredSources { sources, config } =
            ConfiguredSources::of_folder(self.folder.root(), &self.options, sources)?;
        let config = config.map(|mut config| {
            // Authors want to see how far the translations are; readers of the published site may not.
            config.translations.dashboard |= self.positions;
            Arc::new(config)
        });
        Ok((sources, config))
    }

    /// Makes the next snapshot; false if it would be the same.
    fn rebuild(&mut self) -> bool {
        let (sources, config) = match self.configured() {
            Ok((sources, config)) => (Arc::new(sources), config),
            Err(error) => return self.fail(format!("the configuration can't be read: {error}")),
        };
        let was_unreadable = self.state.read_error.take().is_some();
        // A copy of the pointer: the state is replaced below while parts of the old snapshot are still read.
        let before = self.state.snapshot.clone();
        if before.is_some() && sources == self.state.sources {
            return was_unreadable;
        }
        let mut setup_problems = Vec::new();
        let config = match config {
            Ok(config) => Some(config),
            Err(problems) => {
                setup_problems = problems;
                before.as_ref().map(|before| before.site.config.clone())
            }
        };
        if let Some(config) = config {
            let before = before.as_deref();
            let mut snapshot = Snapshot::assemble(sources.clone(), config, before, &|_| ());
            snapshot.context.source_positions = self.positions;
            setup_problems.extend(snapshot.fall_back_to_theme_of(before));
            self.state.snapshot = Some(Arc::new(snapshot));
        }
        sort(&mut setup_problems);
        self.state.setup_problems = setup_problems;
        self.state.sources = sources;
        true
    }
}

/// True if both have the same files in the folder of the site.
fn has_same_paths(before: &Sources, now: &Sources) -> bool {
    let inside = |path: &&SitePath| !path.is_outside();
    let texts = before.texts().iter().map(|source| &source.path);
    let (assets, unreadable) = (before.assets().keys(), before.unreadable().keys());
    texts
        .filter(inside)
        .eq(now.texts().iter().map(|source| &source.path))
        && assets.filter(inside).eq(now.assets().keys())
        && unreadable.filter(inside).eq(now.unreadable().keys())
}
