//! A relocation -> the edits of all addresses that would lead elsewhere afterwards: those that lead to what moves, and the relative ones in
//! what moves. Doesn't know which files move why.

use crate::refactor::typed_address::replace_path;
use crate::site::address::{Address, split_address};
use crate::site::{LinkedDocument, Site, Target};
use crate::source::edit::Edit;
use crate::source::{SitePath, SourceId};
use crate::syntax::{RefId, RefKind, Reference};

use super::relocation::Relocation;

/// The edits, and the addresses that can't be edited.
#[derive(Debug, Default)]
pub(super) struct ReferenceEdits {
    /// One for each address; those of a reference link are in its definition and may come twice.
    pub edits: Vec<Edit>,
    /// What the author has to change by hand.
    pub notes: Vec<String>,
}

/// The edits that `relocation` makes necessary.
pub(super) fn reference_edits(site: &Site, relocation: &Relocation) -> ReferenceEdits {
    let mut all = ReferenceEdits::default();
    for (id, linked) in site.documents() {
        let document = MovedDocument {
            site,
            relocation,
            id,
            linked,
            from: site.path(id),
            to: relocation.path_after(site.path(id)),
        };
        document.add_edits(&mut all);
    }
    all.edits.sort();
    all.edits.dedup();
    all
}

/// A document, at its old and its new path.
struct MovedDocument<'a> {
    site: &'a Site,
    relocation: &'a Relocation,
    id: SourceId,
    linked: LinkedDocument<'a>,
    from: &'a SitePath,
    to: &'a SitePath,
}

impl MovedDocument<'_> {
    fn add_edits(&self, all: &mut ReferenceEdits) {
        for (number, reference) in self.linked.document.refs.iter().enumerate() {
            let Some(target) = self.linked.targets.get(number) else {
                continue;
            };
            let Some(path) = self.new_address(number as RefId, reference, target) else {
                continue;
            };
            let source = self.site.source(self.id);
            match replace_path(source, reference, &path) {
                Some(edit) => all.edits.push(edit),
                None => all.notes.push(format!(
                    "{}: write `{path}` instead of `{}`",
                    self.from, reference.target
                )),
            }
        }
    }

    /// The path to write for a reference; nothing if the typed one stays right.
    fn new_address(&self, id: RefId, reference: &Reference, target: &Target) -> Option<String> {
        // A uid is the same wherever its page is, and `redirect_from` is rewritten with the page
        // that has it.
        if matches!(
            reference.kind,
            RefKind::Uid | RefKind::UidShorthand | RefKind::TocUid | RefKind::RedirectFrom
        ) {
            return None;
        }
        match Address::of(split_address(&reference.target).0) {
            Address::SamePage | Address::External => None,
            Address::SourceRooted(path) => self.source_rooted(id, &path),
            Address::Relative(path) if self.is_published_path(reference, target, &path) => {
                self.relative_to_output(&path)
            }
            Address::Relative(path) => self.relative(id, &path, reference),
            Address::Rooted(path) => self.rooted(&path),
        }
    }

    /// The file that a reference names, in the case that the file has.
    fn named(&self, id: RefId, typed: SitePath) -> SitePath {
        for (mismatch, real) in self.linked.case_mismatches {
            if *mismatch == id {
                return real.clone();
            }
        }
        typed
    }

    fn source_rooted(&self, id: RefId, path: &str) -> Option<String> {
        let home = &self.site.config.home_folder;
        let named = self.named(id, home.join(path).ok()?);
        let new = self.relocation.new_path(self.site, &named)?;
        match new.starts_with(home) {
            true => Some(format!("~/{}", new.relative_to(home))),
            false => Some(new.relative_to(&self.to.parent())),
        }
    }

    fn relative(&self, id: RefId, path: &str, reference: &Reference) -> Option<String> {
        let named = self.named(id, self.from.parent().join(path).ok()?);
        let new = self.relocation.new_path(self.site, &named);
        let is_elsewhere = self.from.parent() != self.to.parent();
        if new.is_none() && !is_elsewhere {
            return None;
        }
        let new = new.unwrap_or(named);
        let mut written = new.relative_to(&self.to.parent());
        // An include, a table of contents and a picture are never the folder itself, which `` would be.
        if split_address(&reference.target).0.ends_with('/') && !written.is_empty() {
            written.push('/');
        }
        let unchanged = written == path || path.strip_prefix("./") == Some(&written);
        (!unchanged).then_some(written)
    }

    /// `redirect_url` may name the published page, as DocFX writes it as it is.
    fn is_published_path(&self, reference: &Reference, target: &Target, path: &str) -> bool {
        if reference.kind != RefKind::RedirectTo || !matches!(target, Target::Page { .. }) {
            return false;
        }
        match self.from.parent().join(path) {
            Ok(named) => !self.site.sources.contains(named.as_str()) && named.has_extension("html"),
            Err(_) => false,
        }
    }

    fn relative_to_output(&self, path: &str) -> Option<String> {
        let (from, to) = (output(self.site, self.from)?, output(self.site, self.to)?);
        let named = from.parent().join(path).ok()?;
        let new = self.new_output(&named).unwrap_or(named);
        let written = new.relative_to(&to.parent());
        (written != path).then_some(written)
    }

    fn rooted(&self, path: &str) -> Option<String> {
        let new = self.new_output(&SitePath::new(path).ok()?)?;
        Some(format!("/{new}"))
    }

    /// Where the file that is published at `output` will be.
    fn new_output(&self, output: &SitePath) -> Option<SitePath> {
        let source = self.site.published_at(output)?;
        self.relocation.output_after(self.site, source, output)
    }
}

/// Where the folder of a file is published: only its parent is meaningful.
fn output(site: &Site, path: &SitePath) -> Option<SitePath> {
    Some(site.config.map_file(path)?.output)
}
