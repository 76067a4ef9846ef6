//! `broken-toc-entry`: entries of a toc that lead nowhere.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{BrokenReason, Site, Target};
use crate::syntax::RefKind;

use super::{Check, Suggestions, chain_of};

pub(super) const CHECK: Check = Check {
    codes: &[Code::BrokenTocEntry, Code::TocCycle],
    about: "An entry of a toc leads to a page, toc or uid that does not exist.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in suggestions.references() {
        if !matches!(
            reference.kind,
            RefKind::Toc | RefKind::TocLink | RefKind::TocUid
        ) {
            continue;
        }
        let Target::Broken(why) = target else {
            continue;
        };
        let typed = &reference.target;
        let (message, meant) = match why {
            BrokenReason::Missing(missing) => (
                format!("`{typed}` leads nowhere: there is no file `{missing}`"),
                suggestions.suggest(id, missing),
            ),
            BrokenReason::NotPublished(found) => (
                format!("`{typed}` leads to `{found}`, which is no part of the site"),
                None,
            ),
            BrokenReason::Folder(folder) => (
                format!(
                    "`{typed}` leads to the folder `{folder}`, which has neither a toc nor an index page"
                ),
                None,
            ),
            BrokenReason::UnknownUid => (
                format!("no page has the uid `{typed}`"),
                suggestions.nearest_uid(typed).map(str::to_owned),
            ),
            BrokenReason::LeavesRoot => (format!("`{typed}` leads out of the site"), None),
            BrokenReason::Unreadable(found) => (format!("`{found}` cannot be read"), None),
            BrokenReason::NotAPath => continue,
            BrokenReason::TooLarge => (
                format!("`{typed}` and all it unfolds would be too large for a toc"),
                None,
            ),
            BrokenReason::Cycle(chain) => {
                let message = format!("the toc unfolds itself: {}", chain_of(chain));
                let problem = Diagnostic::new(
                    Code::TocCycle,
                    &site.source(id).path,
                    reference.target_span,
                    message,
                );
                problems.push(
                    problem.help(
                        "Link to a page of that toc, or to its folder with a `/` at the end.",
                    ),
                );
                continue;
            }
        };
        let problem = Diagnostic::new(
            Code::BrokenTocEntry,
            &site.source(id).path,
            reference.target_span,
            message,
        );
        problems.push(match (meant, why) {
            (Some(meant), _) => problem.help(format!("Did you mean `{meant}`?")),
            (None, BrokenReason::UnknownUid) => problem
                .help("Write the `uid` that stands in the front matter of the page you mean."),
            (None, BrokenReason::Folder(_)) => {
                problem.help("Name a page in it, or give it a `toc.yml` or an `index.md`.")
            }
            (None, BrokenReason::TooLarge) => {
                problem.help("Unfold less, or link to a page of that toc.")
            }
            (None, _) => problem
                .help("Correct the path, which is seen from this toc, or take the entry away."),
        });
    }
}
