//! The arguments all commands share that work on some pages of a site: which site, and which of its files.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit_status::CommandError;
use crate::cli::site_args::SiteArgs;
use crate::config::Globs;
use crate::site::Site;
use crate::source::{SitePath, SourceId};
use crate::translation::{TranslationPair, translation_pairs};

/// What makes a folder the root of a site.
const CONFIGURATIONS: [&str; 2] = ["hjelp.yml", "docfx.json"];

/// Which site, and which of its files.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Files, folders or patterns: only these pages. If the first one is a folder with `hjelp.yml` or `docfx.json`, it is the site
    #[arg(value_name = "[ROOT] PATHS")]
    paths: Vec<PathBuf>,

    /// A configuration that lies elsewhere; its paths are relative to the site all the same
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Which files of a site are meant.
#[derive(Debug)]
pub(super) struct Files {
    places: Vec<SitePath>,
    patterns: Globs,
    all: bool,
}

impl Selection {
    /// The site, and which of its files are meant.
    pub(super) fn resolve(&self) -> Result<(SiteArgs, Files), CommandError> {
        let is_root = |path: &&PathBuf| CONFIGURATIONS.iter().any(|name| path.join(name).is_file());
        let first = self
            .paths
            .first()
            .filter(|first| is_root(first) || self.paths.len() == 1 && self.has_site(first));
        let root = SiteArgs::at(
            first.map_or(Path::new("."), PathBuf::as_path),
            self.config.clone(),
        );
        let rest = &self.paths[usize::from(first.is_some())..];
        let (mut places, mut patterns) = (Vec::new(), Vec::new());
        for path in rest {
            let text = path.to_string_lossy();
            // Shells complete names from where their user stands, which need not be the site.
            let inside = path
                .strip_prefix(&root.root)
                .map_or(text.clone(), |inside| {
                    inside.to_string_lossy().into_owned().into()
                });
            if inside.contains(['*', '?', '{']) {
                patterns.push(inside.replace('\\', "/"));
                continue;
            }
            let place = SitePath::new(&inside).map_err(|_| CommandError {
                message: format!("`{}` lies outside the site", path.display()),
                help: "give paths as they are seen from the site's folder, like `content/no`"
                    .into(),
            })?;
            places.push(place);
        }
        let patterns = Globs::new(&patterns).map_err(|bad| CommandError {
            message: format!("the pattern can't be used: {bad}"),
            help: "write it like `content/no/**/*.md`".into(),
        })?;
        Ok((
            root,
            Files {
                places,
                patterns,
                all: rest.is_empty(),
            },
        ))
    }

    /// A folder can be a site without a configuration, if it has content and isn't inside one.
    fn has_site(&self, path: &Path) -> bool {
        path.join("content").is_dir()
            && !CONFIGURATIONS.iter().any(|name| Path::new(name).is_file())
    }
}

impl Files {
    /// Nothing but these files.
    pub(super) fn of(places: Vec<SitePath>) -> Files {
        Files {
            places,
            patterns: Globs::default(),
            all: false,
        }
    }

    /// True if nothing was said of files.
    pub(super) fn is_all(&self) -> bool {
        self.all
    }

    /// True if this file is meant.
    pub(super) fn take(&self, path: &SitePath) -> bool {
        self.all
            || self
                .places
                .iter()
                .any(|place| place == path || path.starts_with(place))
            || self.patterns.matches(path.as_str())
    }

    /// True if the translation is meant, or its original.
    pub(super) fn take_text(&self, site: &Site, text: &TranslationPair) -> bool {
        self.take(&text.translation_path)
            || text
                .original
                .is_some_and(|id: SourceId| self.take(&site.source(id).path))
    }

    /// Fails if files were named and none of them is a text of the site, as nothing would be said of them.
    pub(super) fn expect_texts(&self, site: &Site) -> Result<(), CommandError> {
        if self.all
            || translation_pairs(site)
                .iter()
                .any(|text| self.take_text(site, text))
        {
            return Ok(());
        }
        let message = "no page or included text is among the given paths".to_owned();
        Err(CommandError {
            message,
            help: "name files or folders of the content, like `content/no`, or a pattern like `content/**/invoice*.md`".into(),
        })
    }
}
