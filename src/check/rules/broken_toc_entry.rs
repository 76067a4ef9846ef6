//! `broken-toc-entry` and `toc-cycle`: entries of a table of contents whose target is missing, or that include their own table of contents.

use std::collections::BTreeSet;

use crate::check::checker::{Checker, ResolvedReference};
use crate::check::content::chain_of;
use crate::check::rule::Rule;
use crate::check::unknown_uid::{Elsewhere, elsewhere};
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::address::split_address;
use crate::site::{BrokenReason, Site, Target};
use crate::source::SitePath;
use crate::syntax::{Body, RefKind};

use super::broken_xref::UID_HELP;

use super::missing_repository::repository_of;

pub(super) const RULE: Rule = Rule {
    code: Code::BrokenTocEntry,
    docs: include_str!("../docs/broken-toc-entry.md"),
    run: Some(run),
};

pub(super) const TOC_CYCLE: Rule =
    Rule::reported_elsewhere(Code::TocCycle, include_str!("../docs/toc-cycle.md"));

fn run(checker: &mut Checker<'_>) {
    let reference = GeneratedReference::of(checker.site);
    for resolved in checker.references() {
        if !matches!(
            resolved.reference.kind,
            RefKind::Toc | RefKind::TocLink | RefKind::TocUid
        ) {
            continue;
        }
        // That these pages are left out is reported once for all of them.
        if reference.has(resolved) {
            continue;
        }
        if let Some(problem) = problem_of(checker, resolved) {
            // Not `report_in`: a table of contents is not included in pages, so there is no include to name.
            checker.report(problem);
        }
    }
}

/// Files of generated reference, which become no pages, and the uids in them.
struct GeneratedReference<'a> {
    files: BTreeSet<&'a SitePath>,
    uids: BTreeSet<&'a str>,
}

impl<'a> GeneratedReference<'a> {
    fn of(site: &'a Site) -> Self {
        let mut reference = GeneratedReference {
            files: BTreeSet::new(),
            uids: BTreeSet::new(),
        };
        for (id, linked) in site.documents() {
            if let Body::Data(data) = &linked.document.body
                && let Some(uids) = &data.reference
            {
                reference.files.insert(&site.source(id).path);
                reference.uids.extend(uids.iter().map(|uid| &**uid));
            }
        }
        reference
    }

    /// True if an entry leads to one of these pages.
    fn has(&self, resolved: ResolvedReference<'_>) -> bool {
        match resolved.target {
            Target::Broken(BrokenReason::NotPublished(found)) => self.files.contains(found),
            Target::Broken(BrokenReason::UnknownUid) => {
                self.uids.contains(&*resolved.reference.target)
            }
            _ => false,
        }
    }
}

fn problem_of(checker: &Checker<'_>, resolved: ResolvedReference<'_>) -> Option<Diagnostic> {
    let ResolvedReference { id, reference, .. } = resolved;
    let Target::Broken(reason) = resolved.target else {
        return None;
    };
    // Reported by `missing-repository`, once for all files of that repository.
    if repository_of(checker.site, reason).is_some() {
        return None;
    }
    let typed = &reference.target;
    // Counted by `missing-xref-map`.
    if matches!(reason, BrokenReason::UnknownUid)
        && elsewhere(checker.suggestions, split_address(typed).0) == Some(Elsewhere::MissingMap)
    {
        return None;
    }
    let message = match reason {
        BrokenReason::Missing(missing) => message!("entry target not found: `{missing}`", missing),
        BrokenReason::NotPublished(found) => {
            message!("entry target is not published: `{found}`", found)
        }
        BrokenReason::Folder(folder) => message!(
            "entry target is a folder without a table of contents or an index page: `{folder}`",
            folder
        ),
        BrokenReason::UnknownUid => message!("no page has the uid `{typed}`", typed),
        BrokenReason::LeavesRoot => message!("entry target is outside the site: `{typed}`", typed),
        BrokenReason::Unreadable(found) => {
            message!("entry target cannot be read: `{found}`", found)
        }
        BrokenReason::TooLarge => {
            message!(
                "`{typed}` with the tables of contents it includes is too large",
                typed
            )
        }
        BrokenReason::Cycle(chain) => {
            message!(
                "the table of contents includes itself: {chain_of}",
                chain_of = chain_of(chain)
            )
        }
        BrokenReason::NotAPath => return None,
    };
    let code = match reason {
        BrokenReason::Cycle(_) => Code::TocCycle,
        _ => Code::BrokenTocEntry,
    };
    let suggestion = match reason {
        BrokenReason::Missing(missing) => checker.suggestions.path(id, missing),
        BrokenReason::UnknownUid => checker.suggestions.uid(typed).map(str::to_owned),
        _ => None,
    };
    let path = &checker.site.source(id).path;
    let problem = Diagnostic::new(code, path, reference.target_span, message);
    Some(match suggestion {
        Some(suggestion) => problem.help(message!("Did you mean `{suggestion}`?", suggestion)),
        None => problem.help(advice_for(reason)),
    })
}

fn advice_for(reason: &BrokenReason) -> &'static str {
    match reason {
        BrokenReason::UnknownUid => UID_HELP,
        BrokenReason::Folder(_) => {
            "Use a page in the folder, or add a `toc.yml` or an `index.md` to it."
        }
        BrokenReason::TooLarge => "Include less, or link to a page of that table of contents.",
        BrokenReason::Cycle(_) => {
            "Link to a page of that table of contents, or to its folder with a trailing `/`."
        }
        _ => "Correct the path, which is relative to this file, or remove the entry.",
    }
}
