//! A page or heading with another title -> the link texts and the names in tables of contents that repeat the old one, in its own language.

use crate::refactor::typed_text::{TitleChange, replace_words};
use crate::site::address::AddressParts;
use crate::site::{Site, Target};
use crate::source::edit::Edit;
use crate::source::{LineIndex, SourceId, percent};
use crate::syntax::{RefKind, Reference};

use super::request::RenameRequest;

/// What becomes of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RepeatedWords {
    /// They are changed.
    Follow,
    /// Their places are listed for the author.
    Listed,
}

impl RepeatedWords {
    pub fn of(follow: bool) -> RepeatedWords {
        match follow {
            true => RepeatedWords::Follow,
            false => RepeatedWords::Listed,
        }
    }
}

/// The references to a page, or to one of its headings.
pub(super) struct Repeats<'a> {
    pub site: &'a Site,
    pub request: &'a RenameRequest,
    pub page: SourceId,
    pub anchor: Option<&'a str>,
}

impl Repeats<'_> {
    /// Adds the edits of the words that were the old title, or notes where they are.
    pub fn add(
        &self,
        change: TitleChange<'_>,
        words: RepeatedWords,
        edits: &mut Vec<Edit>,
        notes: &mut Vec<String>,
    ) {
        // Other languages have a title of their own.
        let language = self.site.linked(self.page).and_then(|page| page.locale);
        for (from, linked) in self.site.documents() {
            let is_own = linked.locale == language && self.request.includes(linked.locale);
            if !is_own {
                continue;
            }
            let source = self.site.source(from);
            for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
                if !self.leads_here(from, reference, target) {
                    continue;
                }
                let Some(edit) = replace_words(source, reference, change) else {
                    continue;
                };
                match words {
                    RepeatedWords::Follow => edits.push(edit),
                    RepeatedWords::Listed => {
                        let start = edit.location.span.start as usize;
                        let line = LineIndex::new(&source.text)
                            .position(&source.text, start)
                            .line;
                        let old = change.old[1];
                        notes.push(format!(
                            "{}:{line}: the text `{old}` is the old heading; `--texts` changes it",
                            source.path
                        ));
                    }
                }
            }
        }
    }

    fn leads_here(&self, from: SourceId, reference: &Reference, target: &Target) -> bool {
        if matches!(reference.kind, RefKind::RedirectFrom | RefKind::RedirectTo) {
            return false;
        }
        let fragment = AddressParts::of(&reference.target).fragment;
        let names = percent::decode(fragment.trim_start_matches('#'));
        let is_anchor = match self.anchor {
            Some(anchor) => names == anchor,
            None => fragment.is_empty(),
        };
        let is_page = match target {
            Target::SamePage => from == self.page,
            Target::Page { set, .. } => self.site.translation_set_of(self.page) == Some(*set),
            _ => false,
        };
        is_anchor && is_page
    }
}
