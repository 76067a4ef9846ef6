//! A path and a title -> a new page in one or several languages: its file with the front matter its neighbours have, and its entry in the
//! table of contents that they stand in. What is there already is never changed but for that entry.

mod front_matter;
mod toc;

use jiff::civil::Date;

use crate::config::{Config, FileKind, LocalizedPath};
use crate::diagnostic::Fix;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::percent;
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

/// The page an author wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// Where, below a language folder or as seen from the folder of `hjelp.yml`; `.md` may be left out.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// In which languages; if none is said, in the one the path names, else in the default one.
    pub locales: Vec<LocaleId>,
    /// The day that its front matter says.
    pub today: Date,
}

/// A file to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where.
    pub path: SitePath,
    /// What it says.
    pub text: String,
}

/// What is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The files to make.
    pub files: Vec<NewFile>,
    /// The changes of files that are there.
    pub fixes: Vec<Fix>,
    /// Pages for which no table of contents was found to enter them in.
    pub outside: Vec<SitePath>,
}

/// Why it can't be done, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way, in lower case without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Everything it takes to make the page, or why there can't be one.
pub fn new_page(site: &Site, wanted: &NewPage) -> Result<Change, Refusal> {
    let title = wanted.title.trim();
    if title.is_empty() || title.contains(['\n', '\r']) {
        return Err(refusal(
            "a page needs a title, on one line",
            "say it after `--title`",
        ));
    }
    let mut change = Change::default();
    for (locale, path) in paths(site, wanted)? {
        if site.sources.contains(path.as_str()) {
            return Err(refusal(
                format!("there is a file `{path}` already"),
                "choose another path",
            ));
        }
        if site
            .config
            .map_file(&path)
            .is_none_or(|placed| placed.kind != FileKind::Pages)
        {
            return Err(refusal(
                format!("`{path}` would be no page of the site"),
                "choose a path below a folder that `content` names",
            ));
        }
        let neighbours = neighbours(site, &path);
        let end = line_end(site, &neighbours);
        let mut text = front_matter::write(site, &path, locale, title, wanted.today, &neighbours);
        text.push_str(&format!("# {}\n", escaped(title)));
        change.files.push(NewFile {
            path: path.clone(),
            text: text.replace('\n', end),
        });
        match toc::entry(site, &path, title) {
            Some(fix) => change.fixes.push(fix),
            // Where a language has no toc of its own, that of another one stands in and has the page already.
            None => change.outside.push(path),
        }
    }
    Ok(change)
}

fn refusal(message: impl Into<String>, help: impl Into<String>) -> Refusal {
    Refusal {
        message: message.into(),
        help: help.into(),
    }
}

/// The languages the page is wanted in, each with the path it gets there.
fn paths(site: &Site, wanted: &NewPage) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
    let config = &site.config;
    let typed = wanted.path.trim().replace('\\', "/");
    let outside = || {
        refusal(
            format!("`{typed}` leads out of the site"),
            "name a path below the folder of `hjelp.yml`",
        )
    };
    let whole = SitePath::new(&typed).map_err(|_| outside())?;
    if whole.is_root() || typed.ends_with('/') {
        return Err(refusal(
            format!("`{typed}` names no file"),
            "write a path like `sales/invoices.md`",
        ));
    }
    let whole = if whole.extension().is_empty() {
        SitePath::new(&format!("{whole}.md")).map_err(|_| outside())?
    } else {
        whole
    };
    if !whole.has_extension("md") {
        return Err(refusal(
            format!("`{typed}` is no Markdown file"),
            "let the path end in `.md`",
        ));
    }
    let (root, named, rest) = match (config.localized_path(&whole), config.localized.first()) {
        (Some(LocalizedPath { root, locale, rest }), _) => (root, Some(locale), rest),
        (None, Some(_)) if config.map_file(&whole).is_some() => return alone(site, wanted, whole),
        (None, Some(root)) => (root.clone(), None, whole.to_string()),
        (None, None) => return alone(site, wanted, in_content(config, whole)),
    };
    let locales = match wanted.locales.as_slice() {
        [] => vec![named.unwrap_or_else(|| config.locales.default())],
        some => some.to_vec(),
    };
    let one = |locale: LocaleId| {
        let folder = root
            .join(&config.locales.get(locale).folder)
            .map_err(|_| outside())?;
        Ok((
            locale,
            folder
                .join(&percent::literal(&rest))
                .map_err(|_| outside())?,
        ))
    };
    locales.into_iter().map(one).collect()
}

/// A page that lies in no language folder exists once.
fn alone(
    site: &Site,
    wanted: &NewPage,
    path: SitePath,
) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
    let locale = site
        .config
        .map_file(&path)
        .and_then(|placed| placed.locale)
        .unwrap_or_else(|| site.config.locales.default());
    match wanted.locales.iter().find(|other| **other != locale) {
        Some(_) => Err(refusal(
            format!("`{path}` lies in no language folder, so it exists once"),
            "leave out the languages",
        )),
        None => Ok(vec![(locale, path)]),
    }
}

/// A path below the only folder with pages needn't name that folder.
fn in_content(config: &Config, path: SitePath) -> SitePath {
    let is_page = |path: &SitePath| {
        config
            .map_file(path)
            .is_some_and(|placed| placed.kind == FileKind::Pages)
    };
    let below = config
        .mappings
        .iter()
        .filter(|mapping| mapping.kind == FileKind::Pages);
    let mut below =
        below.filter_map(|mapping| mapping.from.join(&percent::literal(path.as_str())).ok());
    if is_page(&path) {
        path
    } else {
        below.find(is_page).unwrap_or(path)
    }
}

/// The pages in the same folder, or if there are none, those in and below the nearest folder above that has any.
fn neighbours(site: &Site, path: &SitePath) -> Vec<SourceId> {
    let is_article = |id: SourceId| {
        let body = site.linked(id).map(|linked| &linked.document.body);
        matches!(body, Some(Body::Article(_))) && site.translation_set_of(id).is_some()
    };
    let pages: Vec<SourceId> = site.sources.ids().filter(|id| is_article(*id)).collect();
    let mut folder = path.parent();
    let same: Vec<SourceId> = pages
        .iter()
        .copied()
        .filter(|id| site.source(*id).path.parent() == folder)
        .collect();
    if !same.is_empty() {
        return same;
    }
    loop {
        let near: Vec<SourceId> = pages
            .iter()
            .copied()
            .filter(|id| site.source(*id).path.starts_with(&folder))
            .collect();
        if !near.is_empty() || folder.is_root() {
            return near;
        }
        folder = folder.parent();
    }
}

/// How lines end among the neighbours.
fn line_end(site: &Site, neighbours: &[SourceId]) -> &'static str {
    let dos = neighbours
        .iter()
        .filter(|id| site.source(**id).text.contains("\r\n"))
        .count();
    if dos * 2 > neighbours.len() {
        "\r\n"
    } else {
        "\n"
    }
}

/// A title as the words of a heading: signs that would be markup stay signs.
fn escaped(title: &str) -> String {
    title
        .chars()
        .flat_map(|sign| {
            "\\`*_[]<#"
                .contains(sign)
                .then_some('\\')
                .into_iter()
                .chain([sign])
        })
        .collect()
}
