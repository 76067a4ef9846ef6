//! A move -> the files that it concerns in every language, with their new paths, or why it can't be made. Doesn't know who refers to them.

use std::collections::BTreeMap;

use crate::config::{Config, FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::refactor::refusal::Refusal;
use crate::site::Site;
use crate::source::SitePath;

use super::relocation::{Relocation, below};
use super::request::MoveRequest;

/// The files that move, in all languages.
pub(super) fn relocation(site: &Site, request: &MoveRequest) -> Result<Relocation, Refusal> {
    let finder = MoveFinder {
        site,
        to: destination(site, request)?,
        request,
        files: site_files(site),
    };
    let relocation = finder.relocation()?;
    expect_free(&finder.files, &relocation)?;
    expect_same_kind(&site.config, &relocation)?;
    Ok(relocation)
}

/// Every file of the site by its path in lower case.
fn site_files(site: &Site) -> BTreeMap<String, SitePath> {
    let sources = &site.sources;
    let texts = sources.texts().iter().map(|source| &source.path);
    let all = texts
        .chain(sources.assets().keys())
        .chain(sources.unreadable().keys());
    // In lower case, because paths that differ in case only are one file on Windows and macOS.
    let mut files = BTreeMap::new();
    for path in all {
        files.insert(path.as_str().to_lowercase(), path.clone());
    }
    files
}

/// The new path of what moves: as typed, or below the folder that was typed.
fn destination(site: &Site, request: &MoveRequest) -> Result<SitePath, Refusal> {
    let typed = &request.to;
    let Ok(path) = SitePath::new(typed) else {
        return Err(Refusal::new(
            format!("`{typed}` is outside the site"),
            "name a path below the folder of `hjelp.yml`",
        ));
    };
    let is_folder = typed.ends_with(['/', '\\']) || site.is_folder(&path) || path.is_root();
    if !is_folder {
        return Ok(path);
    }
    // A name can't lead out of the folder, and of the root itself there is none.
    Ok(path.join(request.from.file_name()).unwrap_or(path))
}

struct MoveFinder<'a> {
    site: &'a Site,
    request: &'a MoveRequest,
    to: SitePath,
    files: BTreeMap<String, SitePath>,
}

impl MoveFinder<'_> {
    fn relocation(&self) -> Result<Relocation, Refusal> {
        let from = &self.request.from;
        if self.to.starts_with(from) {
            let help = "choose a path that is not the old one, nor below it";
            return Err(Refusal::new(
                format!("`{from}` can't move to `{}`", self.to),
                help,
            ));
        }
        let mut relocation = Relocation::default();
        let mut found = false;
        for (from, to) in self.in_languages()? {
            found |= self.add(&from, &to, &mut relocation);
        }
        if found {
            return Ok(relocation);
        }
        Err(Refusal::new(
            format!("there is no file or folder `{from}`"),
            "give its path as seen from the folder of `hjelp.yml`",
        ))
    }

    /// The old and the new path in each language. Outside of the folders of languages, a file exists once.
    fn in_languages(&self) -> Result<Vec<(SitePath, SitePath)>, Refusal> {
        let (config, from) = (&self.site.config, &self.request.from);
        let (old, new) = (config.localized_path(from), config.localized_path(&self.to));
        if let (Some(old), Some(new)) = (&old, &new) {
            return self.in_folders(old, new);
        }
        if old.is_some() && !self.is_media() {
            return Err(Refusal::new(
                format!("`{from}` is in a language folder, `{}` is not", self.to),
                "give a new path in the same language folder, so that its translations can follow",
            ));
        }
        if let (Some(old), Some(new)) = (
            config.translations.media(from),
            config.translations.media(&self.to),
        ) {
            let mut paths = Vec::new();
            for locale in self.locales() {
                let folder = &config.locales.get(locale).folder;
                if let (Some(from), Some(to)) = (old.in_folder(folder), new.in_folder(folder)) {
                    paths.push((from, to));
                }
            }
            return Ok(paths);
        }
        Ok(vec![(from.clone(), self.to.clone())])
    }

    fn in_folders(
        &self,
        old: &LocalizedPath,
        new: &LocalizedPath,
    ) -> Result<Vec<(SitePath, SitePath)>, Refusal> {
        if old.locale != new.locale {
            return Err(Refusal::new(
                format!(
                    "`{}` and `{}` are in different languages",
                    self.request.from, self.to
                ),
                "give a new path in the same language folder; its translations follow by themselves",
            ));
        }
        let mut paths = Vec::new();
        for locale in self.locales() {
            let folder = &self.site.config.locales.get(locale).folder;
            if let (Some(from), Some(to)) = (below(old, folder), below(new, folder)) {
                paths.push((from, to));
            }
        }
        Ok(paths)
    }

    fn is_media(&self) -> bool {
        let translations = &self.site.config.translations;
        translations.media(&self.request.from).is_some()
    }

    fn locales(&self) -> Vec<LocaleId> {
        match self.request.locales.as_slice() {
            [] => self.site.config.locales.ids().collect(),
            some => some.to_vec(),
        }
    }

    /// Adds the file at `from`, or all files below it. False if there is none.
    fn add(&self, from: &SitePath, to: &SitePath, relocation: &mut Relocation) -> bool {
        if self.files.get(&from.as_str().to_lowercase()) == Some(from) {
            relocation.add_file(self.site, from, to);
            return true;
        }
        if !self.site.is_folder(from) {
            return false;
        }
        for path in self.files.values() {
            if let Some(rest) = path.strip_prefix(from)
                && let Ok(new) = to.join(rest)
            {
                relocation.add_file(self.site, path, &new);
                add_folders(from, to, path, relocation);
            }
        }
        true
    }
}

/// Adds the folders between `from` and the file at `path`, which move with everything in them.
fn add_folders(from: &SitePath, to: &SitePath, path: &SitePath, relocation: &mut Relocation) {
    let mut folder = path.parent();
    while let Some(rest) = folder.strip_prefix(from) {
        if let Ok(new) = to.join(rest) {
            relocation.add_folder(folder.clone(), new);
        }
        if folder == *from {
            return;
        }
        folder = folder.parent();
    }
}

/// Fails if a new path is taken, also by a file that differs only in case: there it would be the same file on Windows and macOS.
fn expect_free(files: &BTreeMap<String, SitePath>, relocation: &Relocation) -> Result<(), Refusal> {
    for (_, to) in relocation.files() {
        if let Some(taken) = files.get(&to.as_str().to_lowercase())
            // A file that moves away makes room, as when only the case of its name changes.
            && !relocation.moves(taken)
        {
            return Err(Refusal::new(
                format!("there is a file `{taken}` already"),
                "choose another path, or move that file first",
            ));
        }
    }
    Ok(())
}

/// Fails if a page would be none any more, or the other way round.
fn expect_same_kind(config: &Config, relocation: &Relocation) -> Result<(), Refusal> {
    for (from, to) in relocation.files() {
        let (old, new) = (kind(config, from), kind(config, to));
        if old == new && from.extension().eq_ignore_ascii_case(to.extension()) {
            continue;
        }
        let message = match (old, new) {
            (Some(FileKind::Pages), _) => format!("`{to}` would be no page of the site"),
            (Some(FileKind::Assets), None) => format!("`{to}` would not be published"),
            (None, Some(_)) => format!("`{from}` is not published, but `{to}` would be"),
            _ => format!("`{from}` and `{to}` are files of different kinds"),
        };
        let help =
            "choose a path with the same ending, below a folder that `content` or `resource` names";
        return Err(Refusal::new(message, help));
    }
    Ok(())
}

fn kind(config: &Config, path: &SitePath) -> Option<FileKind> {
    Some(config.map_file(path)?.kind)
}
