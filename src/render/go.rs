//! `go/`: the page that finds a page by its id, `go/?id=follow-ups&lang=nb`, for programs that open help. Its script asks one small file for
//! the id; without a script the page is a list of all ids.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::site::{PageId, Site};
use crate::source::{SitePath, SourceId};

use super::RenderContext;
use super::helpmap::{followed, stem};
use super::page::frame;
use super::view::{self, Letter, Link, Listed, View};
use crate::site::href::Base;

const FOLDER: &str = "go";
/// So many ids share a file, if they are spread evenly.
const SHARE: usize = 60;

/// Where the page is written; nothing for a site without uids.
pub(super) fn path(site: &Site) -> Option<SitePath> {
    site.uids().next().filter(|_| site.config.outputs.helpmap)?;
    SitePath::new(FOLDER).ok()?.join("index.html").ok()
}

/// How many files the ids are spread over.
fn spread(site: &Site) -> usize {
    (site.uids().count() / SHARE).max(1)
}

/// Where such a file is written.
pub(super) fn ids_path(number: usize) -> Option<SitePath> {
    SitePath::new(FOLDER)
        .ok()?
        .join(&format!("ids-{number}.js"))
        .ok()
}

/// The file an id is in. `templates/assets/go.js` counts the same way.
fn bucket(id: &str, spread: usize) -> usize {
    id.encode_utf16()
        .fold(7_usize, |sum, unit| (sum * 31 + usize::from(unit)) % 65_521)
        % spread
}

/// Ids that share a file, and the pages they are of.
pub(super) type Ids = Arc<[(Box<str>, SourceId)]>;

/// All ids, file by file. Which one an id is in is asked once for each id, and not once more for each file.
pub(super) fn shared(site: &Site) -> Vec<Ids> {
    let spread = spread(site);
    let mut files = vec![Vec::new(); spread];
    for (uid, source) in site.uids() {
        let id = stem(site, uid, source);
        let other = Some(&*id).filter(|id| *id != uid);
        for name in std::iter::once(uid).chain(other) {
            files[bucket(name, spread)].push((Box::from(name), source));
        }
    }
    files.into_iter().map(Arc::from).collect()
}

/// The addresses of the ids in one file, by language.
pub(super) fn ids(site: &Site, names: &Ids) -> String {
    let base = Base::Folder(path(site).map_or(SitePath::root(), |path| path.parent()));
    let mut ids: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for (name, source) in names.iter() {
        let Some(set) = site
            .translation_set_of(*source)
            .filter(|_| !ids.contains_key(&**name))
        else {
            continue;
        };
        let address = |locale| {
            let page = site.page(followed(site, site.version_for(set, locale)?.page())?);
            Some((
                site.config.locales.get(locale).tag.as_str(),
                base.address(&page.output, ""),
            ))
        };
        ids.insert(
            &**name,
            site.config.locales.ids().filter_map(address).collect(),
        );
    }
    ids.retain(|_, addresses| !addresses.is_empty());
    let default = &site.config.locales.get(site.config.locales.default()).tag;
    let (ids, default) = (
        serde_json::to_string(&ids).unwrap_or_default(),
        serde_json::to_string(default).unwrap_or_default(),
    );
    format!("hjelpGo({ids},{default});\n")
}

/// The page: a list of all ids in the default language.
pub(super) fn view(site: &Site, context: &RenderContext, output: &SitePath) -> View {
    let locale = site.config.locales.default();
    let language = site.config.locales.get(locale);
    let base = Base::Folder(output.parent());
    let mut ids: BTreeMap<String, PageId> = BTreeMap::new();
    for (uid, source) in site.uids() {
        let shown = site
            .translation_set_of(source)
            .and_then(|set| followed(site, site.version_for(set, locale)?.page()));
        if let Some(shown) = shown {
            ids.entry(stem(site, uid, source).into_owned())
                .or_insert(shown);
        }
    }
    let entry = |(id, page): (String, PageId)| {
        let page = site.page(page);
        let written = site.text_locale(page);
        let lang = (written != locale).then(|| site.config.locales.get(written).tag.clone());
        let title = site.title(page.source).to_owned();
        Listed {
            text: id,
            keyword: true,
            links: vec![Link {
                text: title,
                url: Some(base.address(&page.output, "")),
                lang,
                external: false,
            }],
        }
    };
    let entries = ids.into_iter().map(entry).collect();
    let page = view::Page {
        kind: "go",
        title: context.catalog.text(locale, "go", &[]).into_owned(),
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        letters: vec![Letter {
            letter: spread(site).to_string(),
            entries,
        }],
        ..view::Page::default()
    };
    View {
        template: "go.html".into(),
        output: output.clone(),
        locale: locale.index(),
        frame: frame(site, locale, &base, None),
        page,
    }
}
