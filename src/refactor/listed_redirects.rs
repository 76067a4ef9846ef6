//! Old addresses, and where they lead or that they are gone -> what is added to `redirects.yml`. For what front matter can't say: pages in YAML,
//! anchors, pages that are gone. Doesn't know why an address is old.

use crate::site::Site;
use crate::source::edit::{Edit, FileChange};
use crate::source::yaml::scalar::scalar;
use crate::source::{SitePath, Span, percent};
use crate::syntax::redirect_list::REDIRECTS_FILE;

use super::refusal::Refusal;

/// An entry of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ListedRedirect {
    /// Where pages were published.
    pub from: Vec<SitePath>,
    /// The file that readers get, with an anchor; none if there is none.
    pub to: Option<(SitePath, Option<String>)>,
}

/// What makes the file list them.
#[derive(Debug)]
pub(super) enum ListChange {
    /// It has others already.
    Append(Edit),
    /// It is new.
    Create(FileChange),
}

/// The change that lists `entries`, of which there is at least one.
pub(super) fn list(site: &Site, entries: &[ListedRedirect]) -> Result<ListChange, Refusal> {
    let Some(id) = site.sources.find(REDIRECTS_FILE) else {
        let path = SitePath::new(REDIRECTS_FILE).map_err(|_| unreadable())?;
        let bytes = written(entries, "\n").into_bytes();
        return Ok(ListChange::Create(FileChange::Create { path, bytes }));
    };
    let source = site.source(id);
    let text = &*source.text;
    // Other forms of a list have an end of their own, behind which nothing can be added.
    let is_block = text.lines().any(|line| line.starts_with("- "))
        && text
            .lines()
            .all(|line| line.starts_with(['-', ' ', '#', '\t']) || line.is_empty());
    if !is_block && !text.trim().is_empty() {
        return Err(unreadable());
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut added = written(entries, end);
    if !text.is_empty() && !text.ends_with('\n') {
        added.insert_str(0, end);
    }
    let edit = Edit::new(&source.path, Span::at(text.len()), added);
    Ok(ListChange::Append(edit))
}

fn unreadable() -> Refusal {
    Refusal::new(
        format!("`{REDIRECTS_FILE}` is no list with a `- ` in front of each entry"),
        "write it so first, or give `--no-redirect`",
    )
}

fn written(entries: &[ListedRedirect], end: &str) -> String {
    let mut out = String::new();
    for entry in entries {
        match entry.from.as_slice() {
            [one] => out.push_str(&format!("- from: {}{end}", address(one))),
            many => {
                out.push_str(&format!("- from:{end}"));
                for from in many {
                    out.push_str(&format!("  - {}{end}", address(from)));
                }
            }
        }
        match &entry.to {
            Some((path, anchor)) => {
                let mut to = percent::literal_path(path.as_str());
                if let Some(anchor) = anchor {
                    to.push('#');
                    to.push_str(anchor);
                }
                out.push_str(&format!("  to: {}{end}", scalar(&to)));
            }
            None => out.push_str(&format!("  gone: true{end}")),
        }
    }
    out
}

fn address(path: &SitePath) -> String {
    scalar(&percent::literal_path(path.as_str()))
}
