//! A page that is being planned, in one language, and its neighbours in the site: the examples it follows.

use jiff::civil::Date;

use crate::site::Site;
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

/// A page that is being planned, in one language.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    pub(super) site: &'a Site,
    pub(super) path: &'a SitePath,
    /// The folder of its language, else the folder of the pages.
    pub(super) top: &'a SitePath,
    /// What the front matter calls its language.
    pub(super) language: &'a str,
    pub(super) title: &'a str,
    pub(super) today: Date,
}

impl Draft<'_> {
    /// The pages in the same folder, or if there are none, those in and below the nearest folder above that has any.
    pub(super) fn neighbours(&self) -> Vec<SourceId> {
        let mut pages = Vec::new();
        for id in self.site.sources.ids() {
            if self.is_article(id) {
                pages.push((id, &self.site.source(id).path));
            }
        }
        let mut folder = self.path.parent();
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

    /// True for the source of a page. Fragments have front matter of another kind, if any.
    pub(super) fn is_article(&self, id: SourceId) -> bool {
        let Some(linked) = self.site.linked(id) else {
            return false;
        };
        matches!(linked.document.body, Body::Article(_))
            && self.site.translation_set_of(id).is_some()
    }

    /// The line ends that most neighbours have. A file with others than the rest would be a diff of all its lines after the first save.
    pub(super) fn line_end(&self, neighbours: &[SourceId]) -> &'static str {
        let mut dos = 0;
        for id in neighbours {
            dos += usize::from(self.site.source(*id).text.contains("\r\n"));
        }
        if dos * 2 > neighbours.len() {
            "\r\n"
        } else {
            "\n"
        }
    }
}
