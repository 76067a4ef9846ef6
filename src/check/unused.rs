//! `orphan-page`, `unused-include` and `unused-image`: what readers never get to see.

use rustc_hash::FxHashSet;

use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::navigation::NavLink;
use crate::site::pages::Origin;
use crate::site::{PageKind, Site, Target};
use crate::source::yaml::YamlNode;
use crate::source::{SitePath, Span};
use crate::syntax::{Body, is_document};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::OrphanPage, Code::UnusedInclude, Code::UnusedImage],
    about: "A page is in no table of contents, or a text to be included or a picture is used by no page.",
    run,
};

const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    orphans(site, problems);
    includes(site, problems);
    pictures(site, problems);
}

/// Pages that stand beside a table of contents, but in none.
fn orphans(site: &Site, problems: &mut Vec<Diagnostic>) {
    let homes: FxHashSet<_> = site
        .config
        .locales
        .ids()
        .filter_map(|locale| site.home(locale))
        .collect();
    let listed: FxHashSet<_> = site
        .navigations()
        .flat_map(|tree| &tree.entries)
        .filter_map(|entry| match &entry.link {
            Some(NavLink::Page(shown, _)) => Some(site.page(shown.page()).translation_set),
            _ => None,
        })
        .collect();
    for id in site.page_ids() {
        let page = site.page(id);
        // Landing pages are where a part of the site begins; readers come to them by other ways.
        let own = page.origin == Origin::Translated
            && matches!(page.kind, PageKind::Article | PageKind::Tutorial);
        let beside = site
            .navigation(id)
            .is_some_and(|(tree, entry)| entry.is_none() && !tree.entries.is_empty());
        let hidden = site.linked(page.source).is_some_and(|linked| {
            let front = &linked.document.front_matter;
            front.flag("index") == Some(false) || front.flag("_noindex") == Some(true)
        });
        if own
            && beside
            && !hidden
            && !homes.contains(&id)
            && !listed.contains(&page.translation_set)
        {
            let path = &site.source(page.source).path;
            let toc = site
                .navigation(id)
                .map_or("", |(tree, _)| site.source(tree.toc).path.as_str());
            let problem = Diagnostic::new(
                Code::OrphanPage,
                path,
                Span::default(),
                "the page is in no table of contents",
            );
            problems.push(problem.help(format!("Add it to `{toc}`, or remove it.")));
        }
    }
}

/// Texts that lie where others are included from, and are not.
fn includes(site: &Site, problems: &mut Vec<Diagnostic>) {
    let shelves: FxHashSet<SitePath> = site
        .documents()
        .filter(|(id, _)| !site.includers(*id).is_empty())
        .map(|(id, _)| site.source(id).path.parent())
        .collect();
    for (id, linked) in site.documents() {
        let path = &site.source(id).path;
        let named = path
            .segments()
            .any(|folder| matches!(folder, "includes" | "_includes" | "include"));
        let unused = matches!(linked.document.body, Body::Article(_))
            && !site.is_used(id)
            && site.placed(path).is_none();
        if unused && (named || shelves.contains(&path.parent())) && in_content(site, path) {
            let problem = Diagnostic::new(
                Code::UnusedInclude,
                path,
                Span::default(),
                "no page includes this file",
            );
            problems.push(problem.help("Remove it, or include it somewhere."));
        }
    }
}

/// True if the file lies in one of the folders the site is made of.
fn in_content(site: &Site, path: &SitePath) -> bool {
    site.config
        .mappings
        .iter()
        .any(|mapping| path.starts_with(&mapping.from))
}

fn pictures(site: &Site, problems: &mut Vec<Diagnostic>) {
    let mut used: FxHashSet<&SitePath> = site.config.theme.logo.iter().collect();
    let mut named: FxHashSet<&str> = FxHashSet::default();
    for (_, linked) in site.documents() {
        used.extend(linked.targets.iter().filter_map(|target| {
            if let Target::Asset(path) = target {
                Some(path)
            } else {
                None
            }
        }));
        linked
            .document
            .front_matter
            .entries
            .iter()
            .for_each(|entry| words(&entry.value, &mut named));
    }
    // Style sheets, scripts and data name pictures in their own ways; a file's name is enough to leave it alone.
    for source in site
        .sources
        .texts()
        .iter()
        .filter(|source| !source.path.has_extension("md") && !is_prose(&source.path))
    {
        named.extend(
            source
                .text
                .split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '-' | '_'))
                .filter(|word| is_picture(word)),
        );
    }
    for path in site
        .sources
        .assets()
        .keys()
        .chain(site.sources.texts().iter().map(|source| &source.path))
    {
        let published = || {
            site.placed(path)
                .is_some_and(|placed| placed.kind == FileKind::Assets)
        };
        let special = path.stem().starts_with("favicon") || path.stem() == "logo";
        if is_picture(path.file_name())
            && !special
            && !used.contains(path)
            && !named.contains(path.file_name())
            && published()
        {
            let problem = Diagnostic::new(
                Code::UnusedImage,
                path,
                Span::default(),
                "no page shows this picture",
            );
            problems.push(problem.help("Remove it, or show it somewhere."));
        }
    }
}

/// YAML pages say their pictures as references; other YAML says who knows what.
fn is_prose(path: &SitePath) -> bool {
    is_document(path) && path.file_name() == "toc.yml"
}

fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        PICTURES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

fn words<'a>(node: &'a YamlNode, named: &mut FxHashSet<&'a str>) {
    named.extend(
        node.text()
            .and_then(|text| text.rsplit(['/', '\\']).next())
            .filter(|name| is_picture(name)),
    );
    node.items().iter().for_each(|item| words(item, named));
    node.entries()
        .iter()
        .for_each(|entry| words(&entry.value, named));
}
