//! Pages that move -> the edits of their front matter by which their old addresses redirect to them: `redirect_from`. Doesn't know the
//! references of other files.

use std::collections::BTreeMap;

use crate::addresses::redirect_from::{ListedAddress, RedirectList};
use crate::refactor::listed_redirects::ListedRedirect;
use crate::site::pages::Origin;
use crate::site::{PageId, PageKind, Site};
use crate::source::edit::Edit;
use crate::source::{SitePath, percent};

use super::relocation::Relocation;

/// The edits, and what can't be redirected by them.
#[derive(Debug, Default)]
pub(super) struct RedirectEdits {
    pub edits: Vec<Edit>,
    /// What `redirects.yml` lists: pages in YAML have no front matter.
    pub listed: Vec<ListedRedirect>,
    /// How many pages redirect from their old address.
    pub count: usize,
    pub notes: Vec<String>,
}

/// The edits that let the old addresses of pages redirect, and keep those that they have already.
pub(super) fn redirect_edits(site: &Site, relocation: &Relocation, adds: bool) -> RedirectEdits {
    let mut all = RedirectEdits::default();
    let mut listed: BTreeMap<&SitePath, Vec<SitePath>> = BTreeMap::new();
    for id in site.page_ids() {
        let page = site.page(id);
        let path = site.path(page.source);
        if !relocation.moves(path) {
            continue;
        }
        let is_redirect = page.kind == PageKind::Redirect;
        let is_article = path.has_extension("md");
        // In each language in which it is shown.
        if adds && !is_article && !is_redirect {
            listed.entry(path).or_default().push(page.output.clone());
        }
        // A page in place of a missing translation has no front matter of its own: it is that of
        // the original.
        if page.origin != Origin::Translated {
            continue;
        }
        let Some(moved) = MovedPage::new(site, relocation, id) else {
            continue;
        };
        if adds && is_redirect {
            all.notes.push(format!(
                "{}: the old address `/{}` is gone, as the page only redirects",
                relocation.path_after(path),
                page.output
            ));
        }
        let adds = adds && !is_redirect;
        all.count += usize::from(adds);
        moved.add_edits(adds && is_article, &mut all.edits);
    }
    for (path, from) in listed {
        all.listed.push(ListedRedirect {
            from,
            to: Some((relocation.path_after(path).clone(), None)),
        });
    }
    all
}

/// A page at its old and its new place.
struct MovedPage<'a> {
    list: RedirectList<'a>,
    /// The former addresses it has, as typed and as paths of the site.
    former: Vec<(ListedAddress, SitePath)>,
    old: &'a SitePath,
    new: SitePath,
}

impl<'a> MovedPage<'a> {
    fn new(site: &'a Site, relocation: &Relocation, id: PageId) -> Option<MovedPage<'a>> {
        let page = site.page(id);
        let document = site.linked(page.source)?.document;
        let mut former = Vec::new();
        for output in site.former_outputs(id) {
            let typed = document.refs.get(output.reference as usize)?;
            let listed = ListedAddress {
                from: typed.target.to_string(),
                anchor: output.anchor.map(|anchor| format!("#{anchor}")),
            };
            former.push((listed, output.path));
        }
        Some(MovedPage {
            list: RedirectList {
                source: site.source(page.source),
                front_matter: &document.front_matter,
            },
            former,
            old: &page.output,
            new: relocation.output_after(site, site.path(page.source), &page.output)?,
        })
    }

    fn add_edits(&self, adds: bool, edits: &mut Vec<Edit>) {
        let mut values = Vec::new();
        let mut is_changed = false;
        let mut has_old = false;
        for (listed, path) in &self.former {
            // A former id of the page itself is one wherever the page is.
            if listed.from.starts_with('#') {
                values.push(listed.clone());
                continue;
            }
            let (typed, id) = listed
                .from
                .split_at(listed.from.find('#').unwrap_or(listed.from.len()));
            has_old |= path == self.old && id.is_empty();
            // A page that moves back doesn't redirect from where it is.
            if *path == self.new && id.is_empty() {
                is_changed = true;
                continue;
            }
            let from = self.written(typed, path) + id;
            is_changed |= from != listed.from;
            let anchor = listed.anchor.clone();
            values.push(ListedAddress { from, anchor });
        }
        let added = ListedAddress {
            from: self.written(&format!("{}.md", self.old.stem()), self.old),
            anchor: None,
        };
        let adds = adds && !has_old;
        if is_changed {
            if adds {
                values.push(added);
            }
            edits.extend(self.list.replace(&values));
        } else if adds {
            edits.push(self.list.add(&added));
        }
    }

    /// The former address `path` as seen from the new place, in the form in which it is typed.
    fn written(&self, typed: &str, path: &SitePath) -> String {
        let stays = self.old.parent() == self.new.parent() && *path != *self.old;
        // An address from the top of the site, or of a whole URL, is the same from every folder.
        if stays || typed.starts_with('/') || typed.contains(':') {
            return typed.to_owned();
        }
        let relative = percent::literal_path(&path.relative_to(&self.new.parent()));
        let Some(stem) = relative.strip_suffix(".html") else {
            return relative;
        };
        if typed.ends_with('/')
            && let Some(folder) = stem.strip_suffix("index")
        {
            // Empty would be no address at all.
            return if folder.is_empty() {
                "./".to_owned()
            } else {
                folder.to_owned()
            };
        }
        // Authors type the file (`old.md`), the page (`old.html`) or no ending at all.
        match typed.rsplit('/').next().unwrap_or("").rsplit_once('.') {
            Some((_, extension)) => format!("{stem}.{extension}"),
            None => stem.to_owned(),
        }
    }
}
