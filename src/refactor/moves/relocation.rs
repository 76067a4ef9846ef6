//! Which path each file of a site has after a move. Knows paths only: neither what is in the files nor who refers to them.

use std::collections::BTreeMap;

use crate::config::LocalizedPath;
use crate::site::Site;
use crate::source::SitePath;

/// The index pages that a link to a folder can mean.
const INDEX_NAMES: [&str; 2] = ["index.md", "index.yml"];

/// In place of a language in the path of a picture. A control character, because no path has one.
const ANY_FOLDER: &str = "\u{1}";

/// Old paths with their new ones.
#[derive(Debug, Default)]
pub struct Relocation {
    /// Every file that moves.
    files: BTreeMap<SitePath, SitePath>,
    /// Every folder that moves with all that is in it.
    folders: BTreeMap<SitePath, SitePath>,
    /// By root and path below the folder of any language: where the file is then.
    localized: BTreeMap<(SitePath, String), LocalizedPath>,
    /// By the path of a picture without its language: one of the new paths.
    media: BTreeMap<SitePath, SitePath>,
}

impl Relocation {
    pub(super) fn add_file(&mut self, site: &Site, from: &SitePath, to: &SitePath) {
        let config = &site.config;
        if let (Some(old), Some(new)) = (config.localized_path(from), config.localized_path(to)) {
            self.localized.insert((old.root, old.rest), new);
        }
        if let Some(media) = config.translations.media(from)
            && let Some(path) = media.in_folder(ANY_FOLDER)
        {
            self.media.insert(path, to.clone());
        }
        self.files.insert(from.clone(), to.clone());
    }

    pub(super) fn add_folder(&mut self, from: SitePath, to: SitePath) {
        self.folders.insert(from, to);
    }

    /// The files that move, with their new paths, in the order of the old ones.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &SitePath)> {
        self.files.iter()
    }

    /// True if nothing moves.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// True if a file moves away from `path`.
    pub fn moves(&self, path: &SitePath) -> bool {
        self.files.contains_key(path)
    }

    /// The path that the file at `path` has afterwards.
    pub fn path_after<'p>(&'p self, path: &'p SitePath) -> &'p SitePath {
        self.files.get(path).unwrap_or(path)
    }

    /// Where the file that is published at `output` will be published; `source` is the file.
    pub(super) fn output_after(
        &self,
        site: &Site,
        source: &SitePath,
        output: &SitePath,
    ) -> Option<SitePath> {
        let new = self.new_path(site, source)?;
        let placed = site.config.map_file(&new)?.output;
        // With `outputFileName`, a page is published under that name wherever it is.
        if source.stem() != output.stem() {
            return placed.parent().join(output.file_name()).ok();
        }
        match output.has_extension("html") && !new.has_extension("html") {
            true => placed.parent().join(&format!("{}.html", new.stem())).ok(),
            false => Some(placed),
        }
    }

    /// The path to write where `path` was meant: that of a file which moves, of its folder, or of its counterpart in a language in which it
    /// does not exist yet, whose readers get another language's. Nothing if `path` stays right.
    pub fn new_path(&self, site: &Site, path: &SitePath) -> Option<SitePath> {
        if let Some(new) = self.files.get(path) {
            return Some(new.clone());
        }
        if site.sources.contains(path.as_str()) {
            return None;
        }
        if let Some(new) = self.folders.get(path) {
            return Some(new.clone());
        }
        self.of_folder(path)
            .or_else(|| self.of_counterpart(site, path))
    }

    /// A link to a folder means its index page. If only that moves, the link has to name what it meant.
    fn of_folder(&self, path: &SitePath) -> Option<SitePath> {
        for name in INDEX_NAMES {
            let Ok(index) = path.join(name) else {
                continue;
            };
            let Some(new) = self.files.get(&index) else {
                continue;
            };
            return Some(match INDEX_NAMES.contains(&new.file_name()) {
                true => new.parent(),
                false => new.clone(),
            });
        }
        None
    }

    /// The path of a file that moves in other languages, in the language of `path`.
    fn of_counterpart(&self, site: &Site, path: &SitePath) -> Option<SitePath> {
        let config = &site.config;
        if let Some(wanted) = config.localized_path(path)
            && let Some(to) = self.localized.get(&(wanted.root, wanted.rest))
        {
            return below(to, &config.locales.get(wanted.locale).folder);
        }
        let wanted = config.translations.media(path)?;
        let folder = &config.locales.get(wanted.locale).folder;
        let to = self.media.get(&wanted.in_folder(ANY_FOLDER)?)?;
        config.translations.media(to)?.in_folder(folder)
    }
}

/// The path that `localized` has in the language with this folder.
pub(super) fn below(localized: &LocalizedPath, folder: &str) -> Option<SitePath> {
    localized.root.join(folder).ok()?.join(&localized.rest).ok()
}
