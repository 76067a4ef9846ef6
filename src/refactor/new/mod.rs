//! A path and a title -> a new page in one or several languages: its file, with the front matter its neighbours have, and its entry in their
//! table of contents. Nothing else of an existing file changes.

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
    /// Its title.
    pub title: String,
    /// Its languages; without any, the one the path names, else the default one.
    pub locales: Vec<LocaleId>,
    /// The date in its front matter.
    pub today: Date,
}

/// A file to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where.
    pub path: SitePath,
    /// Its text.
    pub text: String,
}

/// What makes the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPagePlan {
    /// The files to make.
    pub files: Vec<NewFile>,
    /// The edits of existing files.
    pub fixes: Vec<Fix>,
    /// Pages that no table of contents was found for.
    pub outside: Vec<SitePath>,
}

/// Why there cannot be such a page, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way, in lower case without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Plans the page that is `wanted`. Fails if the path or the title cannot be used.
pub fn new_page(site: &Site, wanted: &NewPage) -> Result<NewPagePlan, Refusal> {
    let title = wanted.title.trim();
    if title.is_empty() || title.contains(['\n', '\r']) {
        return Err(refusal(
            "a page needs a title, on one line",
            "say it after `--title`",
        ));
    }
    let mut change = NewPagePlan::default();
    for (locale, path) in paths(site, wanted)? {
        if site.sources.contains(path.as_str()) {
            return Err(refusal(
                format!("there is a file `{path}` already"),
                "choose another path",
            ));
        }
        if !is_page(&site.config, &path) {
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
            format!("`{typed}` is outside the site"),
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

/// A page outside of language folders exists once.
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

/// The path below the folder of `content`, which authors need not type.
fn in_content(config: &Config, path: SitePath) -> SitePath {
    if is_page(config, &path) {
        return path;
    }
    for mapping in &config.mappings {
        if mapping.kind != FileKind::Pages {
            continue;
        }
        if let Ok(below) = mapping.from.join(&percent::literal(path.as_str()))
            && is_page(config, &below)
        {
            return below;
        }
    }
    path
}

fn is_page(config: &Config, path: &SitePath) -> bool {
    match config.map_file(path) {
        Some(mapped) => mapped.kind == FileKind::Pages,
        None => false,
    }
}

/// The pages in the same folder, or if there are none, those in and below the nearest folder above that has any.
fn neighbours(site: &Site, path: &SitePath) -> Vec<SourceId> {
    let mut pages = Vec::new();
    for id in site.sources.ids() {
        if is_article(site, id) {
            pages.push((id, &site.source(id).path));
        }
    }
    let mut folder = path.parent();
    let mut near = Vec::new();
    for (id, page) in &pages {
        if page.parent() == folder {
            near.push(*id);
        }
    }
    while near.is_empty() {
        for (id, page) in &pages {
            if page.starts_with(&folder) {
                near.push(*id);
            }
        }
        if folder.is_root() {
            break;
        }
        folder = folder.parent();
    }
    near
}

fn is_article(site: &Site, id: SourceId) -> bool {
    let Some(linked) = site.linked(id) else {
        return false;
    };
    matches!(linked.document.body, Body::Article(_)) && site.translation_set_of(id).is_some()
}

/// The line ends that most neighbours have.
fn line_end(site: &Site, neighbours: &[SourceId]) -> &'static str {
    let mut dos = 0;
    for id in neighbours {
        dos += usize::from(site.source(*id).text.contains("\r\n"));
    }
    if dos * 2 > neighbours.len() {
        "\r\n"
    } else {
        "\n"
    }
}

/// A title as the text of a heading: characters that would be markup are escaped.
fn escaped(title: &str) -> String {
    let mut out = String::new();
    for char in title.chars() {
        if "\\`*_[]<#".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}
