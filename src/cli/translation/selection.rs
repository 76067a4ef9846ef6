//! The arguments that commands about translations share -> the site, and which of its files are selected.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit_status::CommandError;
use crate::cli::site_args::SiteArgs;
use crate::config::Globs;
use crate::site::Site;
use crate::source::SitePath;
use crate::translation::{TranslationPair, translation_pairs};

/// A folder with one of these is the root of a site.
const CONFIGURATIONS: [&str; 2] = ["hjelp.yml", "docfx.json"];

/// Which site, and which of its files.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Files, folders or patterns: only these pages. If the first one is a folder with `hjelp.yml` or `docfx.json`, it is the site
    #[arg(value_name = "[ROOT] PATHS")]
    paths: Vec<PathBuf>,

    /// A configuration in another place; its paths are relative to the site all the same
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// The selected files of a site.
#[derive(Debug)]
pub(super) struct Files {
    /// Files, and folders with all that is in them.
    paths: Vec<SitePath>,
    patterns: Globs,
    all: bool,
}

impl Selection {
    /// The site, and which of its files are selected.
    pub(super) fn resolve(&self) -> Result<(SiteArgs, Files), CommandError> {
        let (root, rest) = match self.paths.split_first() {
            // Any other folder is a part of the site in the current folder.
            Some((first, rest)) if self.is_root(first) => (first.as_path(), rest),
            _ => (Path::new("."), self.paths.as_slice()),
        };
        let root = SiteArgs::at(root, self.config.clone());
        let (mut paths, mut patterns) = (Vec::new(), Vec::new());
        for path in rest {
            // Shells complete paths from the current folder, which need not be the site.
            let inside = path.strip_prefix(&root.root).unwrap_or(path);
            let inside = inside.to_string_lossy();
            // Shells on Windows don't expand patterns, and quoted ones are never expanded.
            if inside.contains(['*', '?', '{']) {
                patterns.push(inside.replace('\\', "/"));
                continue;
            }
            paths.push(SitePath::new(&inside).map_err(|_| CommandError {
                message: format!("`{}` is outside of the site", path.display()),
                help: "give paths relative to the folder of the site, like `content/no`".into(),
            })?);
        }
        let patterns = Globs::new(&patterns).map_err(|error| CommandError {
            message: format!("invalid pattern: {error}"),
            help: "write it like `content/no/**/*.md`".into(),
        })?;
        let files = Files {
            paths,
            patterns,
            all: rest.is_empty(),
        };
        Ok((root, files))
    }

    fn is_root(&self, first: &Path) -> bool {
        has_configuration(first) || self.paths.len() == 1 && is_unconfigured_site(first)
    }
}

fn has_configuration(folder: &Path) -> bool {
    CONFIGURATIONS
        .iter()
        .any(|name| folder.join(name).is_file())
}

/// A folder with content can be a site without a configuration, if it isn't inside one.
fn is_unconfigured_site(folder: &Path) -> bool {
    folder.join("content").is_dir() && !has_configuration(Path::new("."))
}

impl Files {
    /// All files.
    pub(super) fn all() -> Files {
        Files {
            all: true,
            ..Files::of(Vec::new())
        }
    }

    /// Exactly these files.
    pub(super) fn of(paths: Vec<SitePath>) -> Files {
        Files {
            paths,
            patterns: Globs::default(),
            all: false,
        }
    }

    /// True if no files were named.
    pub(super) fn is_all(&self) -> bool {
        self.all
    }

    /// True if this file is selected.
    pub(super) fn contain(&self, path: &SitePath) -> bool {
        self.all
            || self.patterns.matches(path.as_str())
            || self
                .paths
                .iter()
                .any(|selected| selected == path || path.starts_with(selected))
    }

    /// True if the translation or its original is selected.
    pub(super) fn contain_pair(&self, site: &Site, pair: &TranslationPair) -> bool {
        let has_original = match pair.original {
            Some(original) => self.contain(&site.source(original).path),
            None => false,
        };
        has_original || self.contain(&pair.translation_path)
    }

    /// Fails if files were named and none of them is a page or fragment of the site, as the answer would be empty.
    pub(super) fn expect_texts(&self, site: &Site) -> Result<(), CommandError> {
        if self.all
            || translation_pairs(site)
                .iter()
                .any(|pair| self.contain_pair(site, pair))
        {
            return Ok(());
        }
        Err(CommandError {
            message: "no page or included file is among the given paths".into(),
            help: "name files or folders of the content, like `content/no`, or a pattern like `content/**/invoice*.md`".into(),
        })
    }
}
