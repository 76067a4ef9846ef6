//! A page that goes, and the one that replaces it -> where its old addresses lead, each in one hop: `redirect_from` of the new page, or
//! `redirects.yml` for what that can't say (an anchor, a page in YAML, no page at all).

use std::collections::{BTreeMap, BTreeSet};

use crate::addresses::redirect_from::{ListedAddress, RedirectList};
use crate::refactor::listed_redirects::ListedRedirect;
use crate::refactor::refusal::Refusal;
use crate::site::{PageId, Site};
use crate::source::edit::Edit;
use crate::source::{SitePath, SourceId, percent};

use super::retired::{Retired, Successor};

/// The redirects of a page that goes.
pub(super) struct Redirects<'a> {
    site: &'a Site,
    retired: &'a Retired,
    /// By the file that lists them: a page that is shown in several languages has one list.
    lists: BTreeMap<SourceId, BTreeSet<String>>,
    /// What `redirects.yml` lists.
    listed: BTreeSet<SitePath>,
    /// What led to a page at whose address another language's version is shown then, with the file of that.
    kept: BTreeMap<SourceId, BTreeSet<SitePath>>,
    /// How many pages have old addresses now.
    pub count: usize,
}

impl<'a> Redirects<'a> {
    pub fn of(
        site: &'a Site,
        retired: &'a Retired,
        successor: Option<&Successor>,
    ) -> Result<Self, Refusal> {
        let mut all = Redirects {
            site,
            retired,
            lists: BTreeMap::new(),
            listed: BTreeSet::new(),
            kept: BTreeMap::new(),
            count: 0,
        };
        for id in site.page_ids() {
            let page = site.page(id);
            if page.translation_set == all.retired.set && all.retired.contains(page.source) {
                all.add(id, successor)?;
            }
        }
        Ok(all)
    }

    fn add(&mut self, id: PageId, successor: Option<&Successor>) -> Result<(), Refusal> {
        let page = self.site.page(id);
        if let Some(version) = self.retired.shown_instead(self.site, page.locale) {
            for older in self.site.former_outputs(id) {
                // Sections of another language's version have other ids.
                if older.path != page.output {
                    self.kept.entry(version).or_default().insert(older.path);
                }
            }
            return Ok(());
        }
        self.count += 1;
        let mut own = vec![(page.output.clone(), None)];
        // Those that led to the old page lead to the new one, not by way of the old one.
        for older in self.site.former_outputs(id) {
            if older.path != page.output {
                own.push((older.path, older.fragment));
            }
        }
        let new = match successor {
            Some(successor) => Some(successor.page(self.site, page.locale).ok_or_else(|| {
                Refusal::new(
                    format!("nothing replaces `/{}`", page.output),
                    "name a page that readers of all its languages get",
                )
            })?),
            None => None,
        };
        let in_front_matter = new.filter(|_| successor.is_some_and(|new| new.anchor.is_none()));
        for (path, fragment) in own {
            match in_front_matter.map(|id| self.site.page(id)) {
                // Only articles have front matter.
                Some(new) if self.site.path(new.source).has_extension("md") => {
                    let mut from = former(&path, &new.output);
                    if let Some(fragment) = fragment {
                        from.push('#');
                        from.push_str(&fragment);
                    }
                    if path != new.output {
                        self.lists.entry(new.source).or_default().insert(from);
                    }
                }
                // The address as a whole leads to one place, with all its sections.
                _ => _ = self.listed.insert(path),
            }
        }
        Ok(())
    }

    /// The entries of `redirects.yml`.
    pub fn entries(&self, successor: Option<&Successor>) -> Vec<ListedRedirect> {
        let mut entries = Vec::new();
        if !self.listed.is_empty() {
            let path = successor.and_then(|successor| successor.path(self.site, None));
            let anchor = successor.and_then(|successor| successor.anchor.clone());
            entries.push(ListedRedirect {
                from: self.listed.iter().cloned().collect(),
                to: path.map(|path| (path, anchor)),
            });
        }
        for (version, from) in &self.kept {
            entries.push(ListedRedirect {
                from: from.iter().cloned().collect(),
                to: Some((self.site.path(*version).clone(), None)),
            });
        }
        entries
    }

    /// The edits of the pages that replace it.
    pub fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (id, froms) in &self.lists {
            let Some(linked) = self.site.linked(*id) else {
                continue;
            };
            let list = RedirectList {
                source: self.site.source(*id),
                front_matter: &linked.document.front_matter,
            };
            let mut values = Vec::new();
            for from in froms {
                values.push(ListedAddress {
                    from: from.clone(),
                    anchor: None,
                });
            }
            edits.push(list.add_all(&values));
        }
        edits
    }
}

/// An old address as the page at `new` lists it: relative, so that it is right for all languages.
fn former(old: &SitePath, new: &SitePath) -> String {
    let relative = percent::literal_path(&old.relative_to(&new.parent()));
    match relative.strip_suffix(".html") {
        Some(stem) => format!("{stem}.md"),
        None => relative,
    }
}
