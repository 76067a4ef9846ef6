//! `unnamed-toc-entry` and `needless-fragment`: entries of a toc that say too little or too much.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::source::SourceId;
use crate::syntax::Body;
use crate::syntax::toc::TocEntry;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnnamedTocEntry, Code::NeedlessFragment],
    about: "An entry of a toc has no name and no page to take it from, or adds `?` or `#` to the path of a toc.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        if let Body::Toc(toc) = &linked.document.body {
            all(site, id, &toc.entries, problems);
        }
    }
}

fn all(site: &Site, toc: SourceId, entries: &[TocEntry], problems: &mut Vec<Diagnostic>) {
    let path = &site.source(toc).path;
    for entry in entries {
        let target = entry
            .href
            .or(entry.uid)
            .or(entry.topic())
            .or(entry.toc_href)
            .and_then(|id| site.reference(toc, id));
        let nameless = entry.name.is_none() && entry.display.is_none();
        if nameless
            && matches!(
                target,
                None | Some((_, Target::External | Target::SamePage | Target::Asset(_)))
            )
        {
            problems.push(
                Diagnostic::new(
                    Code::UnnamedTocEntry,
                    path,
                    entry.span,
                    "the entry has no name, and no page to take one from",
                )
                .help("Add `name:` with what the reader should see."),
            );
        }
        if let Some((reference, Target::Toc(_))) = target
            && !split_address(&reference.target).1.is_empty()
        {
            let (kept, lost) = split_address(&reference.target);
            let message = format!("`{lost}` behind a toc leads nowhere");
            problems.push(
                Diagnostic::new(Code::NeedlessFragment, path, reference.target_span, message)
                    .help(format!("Write only `{kept}`.")),
            );
        }
        all(site, toc, &entry.children, problems);
    }
}
