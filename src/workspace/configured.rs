//! Sources -> the same sources with their configuration. This is the only place that reads a configuration, once per run.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::fs;
use std::io;
use std::path::Path;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::source::{SitePath, Source, Sources};

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

    /// The same for the files of the folder `root`: with the configuration file `config`, if it is elsewhere, and with the files unpacked
    /// that are in archives of xref maps. Fails if one of these files can't be read.
    pub fn of_folder(root: &Path, config: Option<&Path>, mut sources: Sources) -> io::Result<Self> {
        if let Some(config) = config {
            let path = SitePath::new("hjelp.yml").unwrap_or_else(|_| SitePath::root());
            sources = sources.with_text(Source::from_bytes(path, fs::read(config)?));
        }
        let ConfiguredSources { sources, config } = Self::new(sources);
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
}
