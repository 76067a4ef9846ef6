//! Sources -> the same sources with their configuration. This is the only place that reads a configuration, once per run.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::outside::OutsideFinder;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, FoldersAround, NamedFolders, WantedNames};
use crate::source::{SitePath, Source, Sources};

/// What is known of a site besides its folder.
#[derive(Debug, Clone, Default, Hash)]
pub struct SiteOptions {
    /// A configuration file elsewhere.
    pub config: Option<PathBuf>,
    /// The folders of docsets that hold the same pages in other languages.
    pub with: Vec<PathBuf>,
}

/// Sources together with the configuration that is among them.
pub struct ConfiguredSources {
    /// What the authors wrote.
    pub sources: Sources,
    /// The configuration, or why it cannot be used.
    pub config: Result<Config, Vec<Diagnostic>>,
}

impl ConfiguredSources {
    /// Reads the configuration of `sources`.
    pub fn new(sources: Sources) -> Self {
        let config = config::read(&sources);
        ConfiguredSources { sources, config }
    }

    /// The same for the files of the folder `root`: with the configuration file `config`, if it is elsewhere, with what they refer to around
    /// the folder, and with the files unpacked that are in archives of xref maps. Fails if one of these files can't be read.
    pub fn of_folder(root: &Path, options: &SiteOptions, mut sources: Sources) -> io::Result<Self> {
        if let Some(config) = &options.config {
            let path = SitePath::new("hjelp.yml").unwrap_or_else(|_| SitePath::root());
            sources = sources.with_text(Source::from_bytes(path, fs::read(config)?));
        }
        let mut configured = Self::at(root, options, sources);
        if let Ok(config) = &configured.config {
            let hidden = hidden_files(root, config);
            if !hidden.texts().is_empty() || !hidden.assets().is_empty() {
                // Which languages there are follows from the files.
                configured = Self::at(root, options, configured.sources.merge(hidden));
            }
        }
        let ConfiguredSources { sources, config } = configured;
        let sources = match &config {
            Ok(config) => with_redirections(sources, config),
            Err(_) => sources,
        };
        // Only the configuration tells an archive of xref maps from a download. What is in it is no page of the site, so that the
        // configuration stays the same when it is unpacked.
        let maps = match &config {
            Ok(config) => config.publish.xref_maps.as_slice(),
            Err(_) => &[],
        };
        Ok(ConfiguredSources {
            sources: disk::unpack(root, sources, maps),
            config,
        })
    }

    /// The sources with what they refer to around the folder `root`.
    fn at(root: &Path, options: &SiteOptions, sources: Sources) -> Self {
        match folders_around(root, options, &sources) {
            Some(around) => Self::with_files_around(&around, sources),
            None => Self::new(sources),
        }
    }

    /// The sources of the folder `root`, whose configuration is known to be `config`, with what they refer to around the folder.
    pub(super) fn with_known_config(root: &Path, config: &Config, sources: Sources) -> Sources {
        let sources = sources.merge(hidden_files(root, config));
        let Some(around) = folders_around(root, &SiteOptions::default(), &sources) else {
            return with_redirections(sources, config);
        };
        let settings = around.read(config::repository::files_above(
            around.surroundings(),
            &SitePath::root(),
        ));
        let sources = sources.with_surroundings(around.surroundings().clone());
        let sources = with_listed_redirections(&around, sources.merge(settings));
        with_redirections(with_quoted_files(&around, config, sources), config)
    }

    /// The same with the files around the site that its configuration and its texts name.
    fn with_files_around(around: &FoldersAround, sources: Sources) -> Self {
        let mut sources = sources.with_surroundings(around.surroundings().clone());
        let mut settings =
            config::repository::files_above(around.surroundings(), &SitePath::root());
        for docset in around.docsets() {
            // All of it: what is missing in one language is taken from another, whether it is published or not.
            let files = around.read_folder(docset, &|_| true);
            sources = sources.merge(files);
            settings.extend(config::repository::files_above(
                around.surroundings(),
                docset,
            ));
        }
        settings.retain(|path| !sources.contains(path.as_str()));
        sources = sources.merge(around.read(BTreeSet::from_iter(settings)));
        let mut configured = Self::new(with_listed_redirections(around, sources));
        if let Ok(config) = &configured.config {
            let found = mapped_files(around, config);
            if !found.texts().is_empty() || !found.assets().is_empty() {
                // Which languages there are follows from the files.
                configured = Self::new(configured.sources.merge(found));
            }
        }
        if let Ok(config) = &configured.config {
            configured.sources = with_quoted_files(around, config, configured.sources);
        }
        configured
    }
}

/// The files that a scan leaves out by their names although the configuration publishes them: `.nojekyll`, `.well-known/**`, and all with
/// `"dot": true`. A scan can't know them, because the configuration is among what it reads.
fn hidden_files(root: &Path, config: &Config) -> Sources {
    if !config.publishes_hidden_files() {
        return Sources::default();
    }
    let wanted = WantedNames {
        may_be_in: &|folder| config.may_publish_hidden_in(folder),
        file: &|file| config.map_file(file).is_some(),
    };
    disk::scan_hidden(root, wanted)
}

/// What the site in the folder `root` may read: the folder that its configuration names, else its repository; and other docsets.
fn folders_around(root: &Path, options: &SiteOptions, sources: &Sources) -> Option<FoldersAround> {
    let stated = config::repository::folders_named(sources);
    let named = NamedFolders {
        top: stated.root.map(PathBuf::from),
        given: options.with.clone(),
        stated: stated.languages.into_iter().map(PathBuf::from).collect(),
    };
    FoldersAround::of(root, &named)
}

/// The sources with the files of redirections around the site that its publish configuration lists.
fn with_listed_redirections(around: &FoldersAround, sources: Sources) -> Sources {
    let mut files = config::redirections::redirection_files(&sources);
    files.retain(|path| path.is_outside() && !sources.contains(path.as_str()));
    sources.merge(around.read(BTreeSet::from_iter(files)))
}

/// The sources with a page for each redirection that a file lists.
fn with_redirections(sources: Sources, config: &Config) -> Sources {
    let pages = config::redirections::redirected_pages(&sources, config);
    sources.merge(Sources::new(pages, [], []))
}

/// The files of folders around the site that the configuration publishes.
fn mapped_files(around: &FoldersAround, config: &Config) -> Sources {
    let mut found = Sources::default();
    let mut folders = BTreeSet::new();
    for mapping in &config.mappings {
        if mapping.from.is_outside() && folders.insert(&mapping.from) {
            let wanted =
                |path: &SitePath| !found.contains(path.as_str()) && config.map_file(path).is_some();
            let files = around.read_folder(&mapping.from, &wanted);
            found = found.merge(files);
        }
    }
    found
}

/// The sources with the files around the site that these refer to, and those that these refer to in turn.
fn with_quoted_files(around: &FoldersAround, config: &Config, mut sources: Sources) -> Sources {
    let finder = OutsideFinder {
        surroundings: &config.surroundings,
        home: &config.home_folder,
    };
    let mut wanted: BTreeSet<SitePath> = sources
        .texts()
        .par_iter()
        .flat_map_iter(|source| finder.paths_in(source))
        .collect();
    let mut known = BTreeSet::new();
    // Each file is read once, so this ends.
    while !wanted.is_empty() {
        known.extend(wanted.iter().cloned());
        wanted.retain(|path| !sources.contains(path.as_str()));
        let found = around.read(std::mem::take(&mut wanted));
        for source in found.texts() {
            let paths = finder.paths_in(source);
            wanted.extend(paths.into_iter().filter(|path| !known.contains(path)));
        }
        sources = sources.merge(found);
    }
    sources
}
