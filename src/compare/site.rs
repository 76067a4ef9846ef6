//! Two built sites -> their comparison, page by page and map by map.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::article::Article;
use super::built_site::{BuiltSite, is_toc, is_xref_map};
use super::by_design::{Reason, without_design};
use super::difference::{Example, Shape, Shapes, differences};
use super::maps::{MapChanges, toc_changes, uid_changes};
use super::page::BuiltPage;
use super::place::Place;

/// Files and folders that DocFX's templates add.
const TEMPLATE_FILES: [&str; 8] = [
    "manifest.json",
    "index.json",
    "search-stopwords.json",
    "favicon.ico",
    "logo.svg",
    "xrefmap.json",
    "search.html",
    "toc.pdf",
];
const TEMPLATE_FOLDERS: [&str; 3] = ["styles/", "fonts/", "public/"];

/// What is otherwise in the new site.
#[derive(Debug, Default, Serialize)]
pub struct Comparison {
    /// How many pages of the old site were compared.
    pub pages: usize,
    /// How many of their articles are the same.
    pub same: usize,
    /// How many are the same but for what is by design.
    pub same_by_design: usize,
    /// Those that differ, each with its patterns.
    pub differing: Vec<PageChange>,
    /// The differences by shape, the most frequent first.
    pub shapes: Vec<Shape>,
    /// What hjelp does otherwise on purpose, and on how many pages or entries.
    pub by_design: BTreeMap<Reason, usize>,
    /// Addresses of the old site without a file in the new one.
    pub lost_addresses: Vec<Place>,
    /// Anchors of articles that are not on the new page.
    pub lost_anchors: Vec<Place>,
    /// Pages with another title.
    pub titles: Vec<Place>,
    /// Entries of tables of contents.
    pub toc_entries: Vec<Place>,
    /// How many entries were compared.
    pub compared_toc_entries: usize,
    /// Uids of xref maps.
    pub uids: Vec<Place>,
    /// How many uids were compared.
    pub compared_uids: usize,
}

/// A page whose article differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageChange {
    /// Its path.
    pub page: String,
    /// The patterns of its differences.
    pub patterns: Vec<String>,
}

impl Comparison {
    /// The number of things a team has to look at: by design is not among them.
    pub fn count(&self) -> usize {
        self.differing.len()
            + self.lost_addresses.len()
            + self.lost_anchors.len()
            + self.titles.len()
            + self.toc_entries.len()
            + self.uids.len()
    }

    fn note(&mut self, reasons: &[Reason]) {
        for reason in reasons {
            *self.by_design.entry(*reason).or_default() += 1;
        }
    }

    fn add_maps(&mut self, path: &str, found: MapChanges) {
        self.note(&found.reasons);
        if is_toc(path) {
            self.compared_toc_entries += found.compared;
            self.toc_entries.extend(found.changes);
        } else {
            self.compared_uids += found.compared;
            self.uids.extend(found.changes);
        }
    }
}

impl BuiltSite {
    /// True if there is a file at an address, as seen from the file at `from`.
    pub(super) fn has_address(&self, from: &str, address: &str) -> bool {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        let path = address.split(['?', '#']).next().unwrap_or(address);
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => _ = parts.pop(),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        // Pages exported as Markdown are in the places of sources, which DocFX links to where a page is missing.
        !path.ends_with(".md") && (self.has(&path) || self.has(&format!("{path}/index.html")))
    }
}

/// What is found on one page.
struct PageResult {
    page: String,
    new: Option<BuiltPage>,
    old: BuiltPage,
    reasons: Vec<Reason>,
    differences: Vec<(String, Example)>,
    is_same: bool,
}

/// Compares the site that was built before with the one that is built now.
pub fn compare(old: &BuiltSite, new: &BuiltSite) -> Comparison {
    let without_dest = old.without_dest(new);
    let old = without_dest.as_ref().unwrap_or(old);
    let mut comparison = Comparison::default();
    lost_addresses(old, new, &mut comparison);
    // Pages are independent of each other, and reading them is nearly all of the work.
    let results: Vec<PageResult> = old
        .pages()
        .into_par_iter()
        .map(|(path, html)| page_result(path, html, new))
        .collect();
    let mut shapes = Shapes::default();
    for result in results {
        add_page(result, &mut shapes, &mut comparison);
    }
    comparison.shapes = shapes.sorted();
    for path in old.paths() {
        let Some(text) = old.text(path) else {
            continue;
        };
        if is_toc(path) {
            comparison.add_maps(path, toc_changes(path, text, new.text(path), new));
        } else if is_xref_map(path) {
            comparison.add_maps(path, uid_changes(path, text, new.text(path)));
        }
    }
    comparison
}

fn lost_addresses(old: &BuiltSite, new: &BuiltSite, comparison: &mut Comparison) {
    let mut lower_case: BTreeMap<String, &str> = BTreeMap::new();
    for path in new.paths() {
        lower_case.insert(path.to_lowercase(), path);
    }
    for path in old.paths() {
        if new.has(path) || is_toc(path) || is_xref_map(path) {
            continue;
        }
        if is_of_template(path) {
            comparison.note(&[Reason::Template]);
            continue;
        }
        let what = match lower_case.get(&path.to_lowercase()) {
            Some(other) => format!("only as `{other}`"),
            None => "gone".to_owned(),
        };
        comparison.lost_addresses.push(Place {
            page: path.to_owned(),
            what,
        });
    }
}

fn is_of_template(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // DocFX's menus are parts of pages, which its scripts load.
    name.eq_ignore_ascii_case("toc.html")
        || TEMPLATE_FOLDERS
            .iter()
            .any(|folder| path.starts_with(folder))
        // At the top only: in a folder, a page may have such a name.
        || TEMPLATE_FILES.contains(&path)
}

fn page_result(path: &str, html: &str, new: &BuiltSite) -> PageResult {
    let old_page = BuiltPage::read(html);
    let new_page = new.text(path).map(BuiltPage::read);
    let mut result = PageResult {
        page: path.to_owned(),
        new: new_page,
        old: old_page,
        reasons: Vec::new(),
        differences: Vec::new(),
        is_same: true,
    };
    let (Some(old_article), Some(new_page)) = (&result.old.article, &result.new) else {
        return result;
    };
    let nothing = Article::default();
    let new_article = new_page.article.as_ref().unwrap_or(&nothing);
    if old_article == new_article {
        return result;
    }
    result.is_same = false;
    let (old, new, reasons) = without_design(&old_article.pieces, &new_article.pieces, path);
    result.reasons = reasons;
    if old != new {
        result.differences = differences(&old, &new);
    }
    result
}

fn add_page(result: PageResult, shapes: &mut Shapes, comparison: &mut Comparison) {
    let PageResult { page, old, .. } = result;
    // Pages that only lead on have no article; a lost one is a lost address already.
    let Some(new) = result.new else { return };
    if old.is_redirect || old.article.is_none() {
        return;
    }
    comparison.pages += 1;
    comparison.note(&result.reasons);
    if result.is_same {
        comparison.same += 1;
    } else if result.differences.is_empty() {
        comparison.same_by_design += 1;
    } else {
        let patterns = shapes.add(&page, result.differences);
        comparison.differing.push(PageChange {
            page: page.clone(),
            patterns,
        });
    }
    // Anywhere on the new page will do: the browser looks for the id, not for the article.
    for anchor in lost_anchors(&old.anchors, &new.all_anchors) {
        comparison.lost_anchors.push(Place {
            page: page.clone(),
            what: format!("#{anchor}"),
        });
    }
    if !is_same_title(&old.title, &new.title) {
        let what = format!("`{}` instead of `{}`", new.title, old.title);
        comparison.titles.push(Place { page, what });
    }
}

fn lost_anchors<'a>(old: &'a BTreeSet<String>, new: &BTreeSet<String>) -> Vec<&'a str> {
    let mut lost = Vec::new();
    for anchor in old {
        // Scripts of DocFX's tabs make these; readers see no such address.
        if !new.contains(anchor) && !anchor.starts_with("tabpanel_") {
            lost.push(anchor.as_str());
        }
    }
    lost
}

/// The name of the site behind a title is set apart differently: `Page | Site`, `Page – Site`.
fn is_same_title(old: &str, new: &str) -> bool {
    let new_alone = title_alone(new, " – ");
    old == new || old == new_alone || title_alone(old, " | ") == new_alone
}

fn title_alone<'a>(title: &'a str, separator: &str) -> &'a str {
    match title.rsplit_once(separator) {
        Some((page, _)) => page.trim(),
        None => title.trim().trim_end_matches(separator.trim()).trim(),
    }
}
