//! A new page on a site without any table of contents -> a first one, with the pages there are and the new one. Doesn't know how an entry is
//! added to one that exists.

use crate::source::SitePath;
use crate::source::yaml::scalar::scalar;
use crate::syntax::Body;

use super::draft::Draft;
use super::plan::NewFile;

/// A table of contents with more entries than this wants an order that only its author knows.
const MOST_PAGES: usize = 50;

/// The table of contents; nothing if the site has one: languages without one of their own show that of another.
pub(super) fn file(draft: &Draft<'_>) -> Option<NewFile> {
    if has_toc(draft) {
        return None;
    }
    let mut entries = pages(draft);
    if entries.len() > MOST_PAGES {
        return None;
    }
    entries.push((draft.path.clone(), draft.title.to_owned()));
    entries.sort_by_key(|(path, _)| {
        // The start page first, then by path.
        let is_start = path.stem() == "index" && path.parent() == *draft.top;
        (!is_start, path.clone())
    });
    let mut text = String::new();
    for (path, title) in entries {
        let href = path.relative_to(draft.top);
        text.push_str(&format!(
            "- name: {}\n  href: {}\n",
            scalar(&title),
            scalar(&href)
        ));
    }
    Some(NewFile {
        path: draft.top.join("toc.yml").ok()?,
        text: text.replace('\n', draft.line_end(&draft.neighbours())),
    })
}

fn has_toc(draft: &Draft<'_>) -> bool {
    for id in draft.site.sources.ids() {
        if let Some(linked) = draft.site.linked(id)
            && matches!(linked.document.body, Body::Toc(_))
        {
            return true;
        }
    }
    false
}

/// The pages below the folder of the language, with their titles.
fn pages(draft: &Draft<'_>) -> Vec<(SitePath, String)> {
    let mut pages = Vec::new();
    for id in draft.site.sources.ids() {
        let path = &draft.site.source(id).path;
        if path.starts_with(draft.top) && draft.is_article(id) {
            pages.push((path.clone(), draft.site.title(id).to_owned()));
        }
    }
    pages
}
