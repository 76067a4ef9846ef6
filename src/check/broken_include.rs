//! `broken-include`, `include-cycle` and `include-too-large`: includes that show nothing.

use crate::diagnostic::Diagnostic;
use crate::site::{Site, Target, Why};
use crate::syntax::RefKind;

use super::fix::missing_fix;
use super::{Check, Places, chain_of};

pub(super) const CHECK: Check = Check {
    codes: &["broken-include", "include-cycle", "include-too-large"],
    about: "An included file or code file does not exist, includes itself, or grows beyond measure.",
    run,
};

fn run(site: &Site, places: &Places, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in places.references() {
        if !matches!(reference.kind, RefKind::Include | RefKind::Snippet) {
            continue;
        }
        let Target::Broken(why) = target else {
            continue;
        };
        let typed = &reference.target;
        let (code, message) = match why {
            Why::Missing(missing) => (
                "broken-include",
                format!("`{typed}` cannot be included: there is no file `{missing}`"),
            ),
            Why::LeavesRoot => ("broken-include", format!("`{typed}` leads out of the site")),
            Why::Unreadable(found) => ("broken-include", format!("`{found}` cannot be read")),
            Why::NotPublished(found) | Why::Folder(found) => {
                let wanted = if reference.kind == RefKind::Include {
                    "Markdown"
                } else {
                    "text"
                };
                (
                    "broken-include",
                    format!("`{typed}` cannot be included: `{found}` is no {wanted} file"),
                )
            }
            Why::NoPath if typed.is_empty() => {
                ("broken-include", "no file is named here".to_owned())
            }
            Why::NoPath => (
                "broken-include",
                format!("`{typed}` cannot be included: it is no path relative to this file"),
            ),
            Why::Cycle(chain) => (
                "include-cycle",
                format!("the file includes itself: {}", chain_of(chain)),
            ),
            Why::TooLarge => (
                "include-too-large",
                format!("`{typed}` and all it includes would be too large for a page"),
            ),
            Why::UnknownUid => continue,
        };
        let problem =
            Diagnostic::error(code, &site.source(id).path, reference.target_span, message);
        let meant = if let Why::Missing(missing) = why {
            places.suggest(id, missing).map(|meant| (missing, meant))
        } else {
            None
        };
        let problem = match meant {
            Some((missing, meant)) => missing_fix(
                problem.help(format!("Did you mean `{meant}`?")),
                site.source(id),
                reference,
                missing,
                &meant,
            ),
            None => problem.help(match why {
                Why::Cycle(_) => "Take one of these includes away.",
                Why::TooLarge => "Include less, or make pages of it.",
                _ => "Correct the path, which is seen from this file, or take the directive away.",
            }),
        };
        problems.push(places.reached(id, problem));
    }
}
