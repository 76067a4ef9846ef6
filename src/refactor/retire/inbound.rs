//! Links to a page that goes -> the edits that lead them to the page that replaces it, or leave their text; or the list of their sentences, if
//! their author has to decide. Entries of tables of contents are another file's matter.

use crate::locale::LocaleId;
use crate::refactor::refusal::Refusal;
use crate::refactor::typed_address::{replace_address, replace_uid};
use crate::site::Site;
use crate::site::address::{Address, split_address};
use crate::source::edit::Edit;
use crate::source::{Source, SourceId, Span};
use crate::syntax::{Body, RefKind, Reference};

use super::lines::{line_at, shown};
use super::retired::{Retired, Successor};

/// How many sentences a refusal lists.
const MOST_SENTENCES: usize = 20;

/// The links.
pub(super) struct Inbound<'a> {
    pub site: &'a Site,
    pub retired: &'a Retired,
    pub successor: Option<&'a Successor>,
    pub unlink: bool,
}

impl Inbound<'_> {
    /// Adds the edits and returns how many there are.
    pub fn add_edits(
        &self,
        edits: &mut Vec<Edit>,
        notes: &mut Vec<String>,
    ) -> Result<usize, Refusal> {
        let mut left = Vec::new();
        let mut count = 0;
        for (from, linked) in self.site.documents() {
            let is_toc = matches!(linked.document.body, Body::Toc(_));
            if is_toc || self.retired.contains(from) {
                continue;
            }
            let source = self.site.source(from);
            for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
                if !self.retired.is_target(target) || reference.kind == RefKind::RedirectFrom {
                    continue;
                }
                match self.edits(from, source, reference) {
                    Some(found) => {
                        count += 1;
                        edits.extend(found);
                    }
                    None => left.push(shown(source, reference.span)),
                }
            }
        }
        if left.is_empty() {
            return Ok(count);
        }
        if self.successor.is_some() {
            // The proof finds those that lead nowhere.
            notes.extend(left);
            return Ok(count);
        }
        let leading = left.len();
        left.truncate(MOST_SENTENCES);
        Err(Refusal::new(
            format!("{leading} links lead to the page:\n  {}", left.join("\n  ")),
            "name the page that replaces it after `--to`, let `--unlink` leave their text, or change them first",
        ))
    }

    fn edits(&self, from: SourceId, source: &Source, reference: &Reference) -> Option<Vec<Edit>> {
        let Some(successor) = self.successor else {
            return if self.unlink {
                unlinked(source, reference)
            } else {
                None
            };
        };
        if matches!(reference.kind, RefKind::Uid | RefKind::UidShorthand) {
            return Some(vec![self.uid_edit(successor, source, reference)?]);
        }
        let path = self.new_address(successor, from, reference)?;
        let edit = replace_address(source, reference, &path, successor.anchor.as_deref())?;
        Some(vec![edit])
    }

    /// The path to write for a link, in the form it has.
    fn new_address(
        &self,
        successor: &Successor,
        from: SourceId,
        reference: &Reference,
    ) -> Option<String> {
        let site = self.site;
        let locale = self.named_language(from, reference);
        let new = successor.path(site, locale)?;
        let folder = site.path(from).parent();
        match Address::of(split_address(&reference.target).0) {
            Address::Relative(_) => Some(new.relative_to(&folder)),
            Address::SourceRooted(_) => {
                let home = &site.config.home_folder;
                match new.starts_with(home) {
                    true => Some(format!("~/{}", new.relative_to(home))),
                    false => Some(new.relative_to(&folder)),
                }
            }
            Address::Rooted(_) => {
                let locale = locale.unwrap_or(site.config.locales.default());
                let page = successor.page(site, locale)?;
                Some(format!("/{}", site.page(page).output))
            }
            Address::SamePage | Address::External => None,
        }
    }

    /// The language of the version that a link names: its own, or another that its author insists on.
    fn named_language(&self, from: SourceId, reference: &Reference) -> Option<LocaleId> {
        let own = self.site.folder_locale(from);
        let Address::Relative(path) = Address::of(split_address(&reference.target).0) else {
            return own;
        };
        let named = self.site.path(from).parent().join(&path).ok()?;
        match self.site.config.localized_path(&named) {
            Some(localized) => Some(localized.locale),
            None => own,
        }
    }

    /// A uid gives way to that of the page that replaces its page.
    fn uid_edit(
        &self,
        successor: &Successor,
        source: &Source,
        reference: &Reference,
    ) -> Option<Edit> {
        let mut new = None;
        for (uid, id) in self.site.uids() {
            if self.site.translation_set_of(id) == Some(successor.set) {
                new = Some(uid);
                break;
            }
        }
        replace_uid(source, reference, split_address(&reference.target).0, new?)
    }
}

/// The text of a Markdown link without the link, and without its definition: all links that use that lead to the page.
fn unlinked(source: &Source, reference: &Reference) -> Option<Vec<Edit>> {
    let span = reference.span;
    let typed = source.text.get(span.range())?;
    let is_link = matches!(reference.kind, RefKind::Link | RefKind::Uid);
    if !is_link || !typed.starts_with('[') {
        return None;
    }
    let address = reference.target_span;
    let is_inside = span.start <= address.start && address.end <= span.end;
    let end = match is_inside {
        true => typed[..(address.start - span.start) as usize].rfind("](")?,
        false => typed.rfind("][").or_else(|| typed.rfind(']'))?,
    };
    let start = span.start as usize + 1;
    let text = Span::new(start, span.start as usize + end).of(&source.text);
    let mut edits = vec![Edit::new(&source.path, span, text)];
    if !is_inside {
        let line = line_at(&source.text, address.start as usize);
        // In a quotation or over several lines, it is left for its author.
        if line.of(&source.text).trim_start().starts_with('[') {
            edits.push(Edit::new(&source.path, line, ""));
        }
    }
    Some(edits)
}
