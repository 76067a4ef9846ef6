//! Two revisions of a site -> a problem for each address of the earlier one that leads nowhere in the later one, with a fix where the page or
//! the heading is still there under another name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::site::pages::Origin;
use crate::site::{Page, Site};
use crate::source::edit::Edit;
use crate::source::{SitePath, SourceId, Span, percent};

use super::compare::{LostAddress, compare};
use super::model::{PublishedAddresses, PublishedPage};
use super::redirect_from::{ListedAddress, RedirectList};
use super::renames::renames;

/// The problems, in the order of the earlier addresses.
pub fn lost_addresses(before: &Site, after: &Site) -> Vec<Diagnostic> {
    let old = PublishedAddresses::of(before);
    let changes = compare(&old, &PublishedAddresses::of(after));
    // Renames are found by comparing lines of all new and lost files: only if there is a use for
    // them.
    if changes.lost.is_empty() {
        return Vec::new();
    }
    let finder = LostFinder {
        before,
        after,
        old: &old,
        renames: renames(&before.sources, &after.sources),
        pages: pages_by_path(after),
    };
    let mut problems = Vec::new();
    for lost in &changes.lost {
        problems.extend(match lost {
            LostAddress::Page(path) => finder.page(path),
            LostAddress::Anchor(path, id) => finder.anchor(path, id),
            LostAddress::Uid(uid) => finder.uid(uid),
        });
    }
    problems
}

/// The pages of the site by their source, each in its own language.
fn pages_by_path(site: &Site) -> BTreeMap<&SitePath, &Page> {
    let mut pages = BTreeMap::new();
    for page in site.pages() {
        // A page in place of a translation is made of the same file, and would hide the file's own
        // page.
        if page.origin == Origin::Translated {
            pages.insert(site.path(page.source), page);
        }
    }
    pages
}

struct LostFinder<'a> {
    before: &'a Site,
    after: &'a Site,
    old: &'a PublishedAddresses,
    renames: BTreeMap<SitePath, SitePath>,
    pages: BTreeMap<&'a SitePath, &'a Page>,
}

impl LostFinder<'_> {
    fn page(&self, path: &str) -> Option<Diagnostic> {
        let page = self.old.pages.get(path)?;
        if page.fallback && self.is_consequence(page) {
            return None;
        }
        let source = SitePath::new(&page.source).ok()?;
        let message = message!("the published address `/{path}` leads nowhere now", path);
        if let Some((id, page)) = self.successor(&source) {
            let typed = former_address(path, &page.output);
            let place = self.after.path(id);
            let problem = Diagnostic::new(Code::AddressLost, place, Span::at(0), message);
            let Some(edit) = self.redirect(id, &typed) else {
                return Some(problem.help(message!(
                    "`{source}` is `{place}` now. Put a page with `redirect_url` at its old path.",
                    source,
                    place
                )));
            };
            let fix = Fix {
                title: message!("add `redirect_from: {typed}`", typed),
                safe: true,
                edits: vec![edit],
            };
            return Some(Diagnostic {
                fix: Some(fix),
                ..problem.help(message!("`{source}` is `{place}` now. Write `redirect_from: {typed}` in its front matter.", source, place, typed))
            });
        }
        let why = match self.after.sources.contains(source.as_str()) {
            true => "is not published there any more",
            false => "was removed",
        };
        let problem = Diagnostic::new(Code::AddressLost, &source, Span::at(0), message);
        Some(problem.help(message!("`{source}` {why}. Write `redirect_from: /{path}` in the front matter of the page that replaces it.", source, why, path)))
    }

    /// True for a page in place of a translation whose original has lost its own address: one redirect is for all languages.
    fn is_consequence(&self, page: &PublishedPage) -> bool {
        let Ok(source) = SitePath::new(&page.source) else {
            return false;
        };
        !self.pages.contains_key(&source)
    }

    /// The file that an earlier file is now.
    fn successor(&self, source: &SitePath) -> Option<(SourceId, &Page)> {
        let path = self.renames.get(source).unwrap_or(source);
        let page = self.pages.get(path)?;
        Some((page.source, page))
    }

    fn redirect(&self, id: SourceId, typed: &str) -> Option<Edit> {
        let list = RedirectList {
            source: self.after.source(id),
            front_matter: &self.after.linked(id)?.document.front_matter,
        };
        // Only articles have front matter.
        list.source.path.has_extension("md").then(|| {
            list.add(&ListedAddress {
                from: typed.to_owned(),
                anchor: None,
            })
        })
    }

    fn anchor(&self, path: &str, id: &str) -> Option<Diagnostic> {
        let page = self.old.pages.get(path)?;
        let source = SitePath::new(&page.source).ok()?;
        // What the original lost, its readers in other languages lost with it.
        if page.fallback {
            return None;
        }
        // Where another page replaces this one, its author has decided what readers get.
        let (new, _) = self.successor(&source)?;
        let message = message!(
            "the published anchor `#{id}` of `/{path}` is gone",
            id,
            path
        );
        let place = self.after.path(new);
        let Some(heading) = self.heading(&source, new, id) else {
            let problem = Diagnostic::new(Code::AddressLost, place, Span::at(0), message);
            return Some(problem.help(message!("Write `<a id=\"{id}\"></a>` where the text is now, so that links to it go on working.", id)));
        };
        let written = message!("<a id=\"{id}\"></a>", id);
        let fix = Fix {
            title: message!("keep `#{id}`", id),
            safe: true,
            edits: vec![Edit::new(
                place,
                // Behind the `#`, in front of which the line would be no heading any more.
                Span::at(heading.start as usize),
                &*written,
            )],
        };
        let problem = Diagnostic::new(Code::AddressLost, place, heading, message);
        Some(Diagnostic {
            fix: Some(fix),
            ..problem.help(message!(
                "Write `{written}` in front of the heading's text.",
                written
            ))
        })
    }

    /// The text of the heading that has another id now, if there is no doubt which it is: the same number of headings, and only this one is new
    /// at its place.
    fn heading(&self, source: &SitePath, new: SourceId, id: &str) -> Option<Span> {
        let old = self.before.sources.find(source.as_str())?;
        let (before, after) = (self.before.headings(old), self.after.headings(new));
        let at = before.iter().position(|heading| heading.id == id)?;
        let now = after.get(at)?;
        let is_new = before.len() == after.len()
            && before[at].level == now.level
            && !before.iter().any(|heading| heading.id == now.id);
        if !is_new {
            return None;
        }
        // By its id, as included headings are in other files.
        let document = self.after.linked(new)?.document;
        let mut anchors = document.anchors.iter();
        let anchor = anchors.find(|anchor| anchor.heading.is_some() && *anchor.id == *now.id)?;
        let text = anchor.span.of(&self.after.source(new).text);
        let marker = text.len() - text.trim_start_matches('#').trim_start().len();
        // A heading underlined with `=` or `-` has no marker, and begins with its text.
        let start = anchor.span.start as usize + marker;
        Some(Span::new(start, anchor.span.end as usize))
    }

    fn uid(&self, uid: &str) -> Option<Diagnostic> {
        let old = self.before.uid(uid)?;
        let source = self.before.path(old);
        let message = message!("the published uid `{uid}` is gone", uid);
        let place = match self.successor(source) {
            Some((id, _)) => self.after.path(id),
            None => source,
        };
        let problem = Diagnostic::new(Code::AddressLost, place, Span::at(0), message);
        Some(problem.help(
            "Programs and other sites open pages by it. Write it in the page that replaces the old one.",
        ))
    }
}

/// The former path as `redirect_from` has it in a page that is published at `new`: relative, so that it is right for all languages.
fn former_address(path: &str, new: &SitePath) -> String {
    match SitePath::new(path) {
        Ok(path) => percent::literal_path(&path.relative_to(&new.parent())),
        Err(_) => format!("/{path}"),
    }
}
