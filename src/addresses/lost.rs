//! Two revisions of a site -> a problem for each address of the earlier one that is not found in the later one, with a fix where the page or
//! the heading is still there under another name.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

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
        new_sections: OnceCell::new(),
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

/// Where a section is now.
struct SectionPlace {
    source: SourceId,
    /// Its id there, if it is another one.
    anchor: Option<String>,
    /// False if only its heading says that it is the same.
    is_certain: bool,
}

struct LostFinder<'a> {
    before: &'a Site,
    after: &'a Site,
    old: &'a PublishedAddresses,
    renames: BTreeMap<SitePath, SitePath>,
    pages: BTreeMap<&'a SitePath, &'a Page>,
    /// See [`LostFinder::find_new_sections`]: only an anchor that is not found on its page asks for them.
    new_sections: OnceCell<BTreeMap<String, Vec<(String, SourceId)>>>,
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
            let listed = ListedAddress {
                from: typed.clone(),
                anchor: None,
            };
            let Some(edit) = self.redirect(id, &listed) else {
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
        Some(problem.help(message!("`{source}` {why}. Write `redirect_from: /{path}` in the front matter of the page that replaces it. If none does, put a page with `gone: true` there.", source, why, path)))
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

    fn redirect(&self, id: SourceId, listed: &ListedAddress) -> Option<Edit> {
        let list = RedirectList {
            source: self.after.source(id),
            front_matter: &self.after.linked(id)?.document.front_matter,
        };
        // Only articles have front matter.
        list.source
            .path
            .has_extension("md")
            .then(|| list.add(listed))
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
            if let Some(section) = self.known_section(path, id) {
                return self.moved_section(path, id, section);
            }
            if let Some(source) = self.section_elsewhere(page, id) {
                let section = SectionPlace {
                    source,
                    anchor: None,
                    is_certain: false,
                };
                return self.moved_section(path, id, section);
            }
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

    /// Where the section was at the earlier revision, if it had moved before; a relative address in the front matter of a file in another folder
    /// is another one.
    fn known_section(&self, path: &str, id: &str) -> Option<SectionPlace> {
        let path = SitePath::new(path).ok()?;
        let former = self.before.former_addresses();
        let mut moved = former.moved_from(&path).iter();
        let moved = moved.find(|moved| *moved.id == *id)?;
        let holder = self.before.page(moved.to);
        let (source, _) = self.successor(self.before.path(holder.source))?;
        Some(SectionPlace {
            source,
            anchor: moved.anchor.as_ref().map(|anchor| format!("#{anchor}")),
            is_certain: true,
        })
    }

    /// The page in the same language that has a section with this id now and had none before, if it is the only one.
    fn section_elsewhere(&self, page: &PublishedPage, id: &str) -> Option<SourceId> {
        let sections = self.new_sections.get_or_init(|| self.find_new_sections());
        let mut found = None;
        for (locale, source) in sections.get(id)? {
            // Of two, nothing says which it is.
            if *locale == page.locale && found.replace(*source).is_some() {
                return None;
            }
        }
        found
    }

    /// The sections that pages have and didn't have before, by their ids.
    fn find_new_sections(&self) -> BTreeMap<String, Vec<(String, SourceId)>> {
        let mut earlier: BTreeMap<&SitePath, &SitePath> = BTreeMap::new();
        for (old, new) in &self.renames {
            earlier.insert(new, old);
        }
        let mut found: BTreeMap<String, Vec<(String, SourceId)>> = BTreeMap::new();
        for (path, page) in &self.pages {
            let old = earlier.get(path).unwrap_or(path);
            let mut known = BTreeSet::new();
            if let Some(old) = self.before.sources.find(old.as_str()) {
                known.extend(self.before.own_anchors(old));
            }
            let locale = self.after.config.locales.get(page.locale).tag.to_string();
            for heading in self.after.headings(page.source) {
                if !known.contains(&heading.id) {
                    let places = found.entry(heading.id).or_default();
                    places.push((locale.clone(), page.source));
                }
            }
        }
        found
    }

    /// The problem of a section that is at `section` now.
    fn moved_section(&self, path: &str, id: &str, section: SectionPlace) -> Option<Diagnostic> {
        let place = self.after.path(section.source);
        let page = self.pages.get(place)?;
        let address = former_address(path, &page.output);
        let typed = format!("{address}#{}", percent::literal(id));
        let message = message!(
            "the published anchor `#{id}` of `/{path}` is gone",
            id,
            path
        );
        let problem = Diagnostic::new(Code::AddressLost, place, Span::at(0), message);
        let problem = problem.help(message!(
            "The section is here now. Write `redirect_from: {typed}` in the front matter.",
            typed
        ));
        let listed = ListedAddress {
            from: typed.clone(),
            anchor: section.anchor,
        };
        let fix = self.redirect(section.source, &listed).map(|edit| Fix {
            title: message!("add `redirect_from: {typed}`", typed),
            // An equal heading may be about something else.
            safe: section.is_certain,
            edits: vec![edit],
        });
        Some(Diagnostic { fix, ..problem })
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
