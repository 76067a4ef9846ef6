//! `broken-include`, `include-cycle` and `include-too-large`: includes that show nothing.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::{BrokenReason, Site, Target};
use crate::syntax::RefKind;

use super::fix::missing_fix;
use super::{Check, Suggestions, chain_of};

pub(super) const CHECK: Check = Check {
    codes: &[
        Code::BrokenInclude,
        Code::IncludeCycle,
        Code::IncludeTooLarge,
    ],
    about: "An included file or code file does not exist, includes itself, or grows beyond measure.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in suggestions.references() {
        if !matches!(reference.kind, RefKind::Include | RefKind::Snippet) {
            continue;
        }
        let Target::Broken(why) = target else {
            continue;
        };
        let typed = &reference.target;
        let (code, message) = match why {
            BrokenReason::Missing(missing) => (
                Code::BrokenInclude,
                format!("`{typed}` cannot be included: there is no file `{missing}`"),
            ),
            BrokenReason::LeavesRoot => (
                Code::BrokenInclude,
                format!("`{typed}` leads out of the site"),
            ),
            BrokenReason::Unreadable(found) => {
                (Code::BrokenInclude, format!("`{found}` cannot be read"))
            }
            BrokenReason::NotPublished(found) | BrokenReason::Folder(found) => {
                let wanted = if reference.kind == RefKind::Include {
                    "Markdown"
                } else {
                    "text"
                };
                (
                    Code::BrokenInclude,
                    format!("`{typed}` cannot be included: `{found}` is no {wanted} file"),
                )
            }
            BrokenReason::NotAPath if typed.is_empty() => {
                (Code::BrokenInclude, "no file is named here".to_owned())
            }
            BrokenReason::NotAPath => (
                Code::BrokenInclude,
                format!("`{typed}` cannot be included: it is no path relative to this file"),
            ),
            BrokenReason::Cycle(chain) => (
                Code::IncludeCycle,
                format!("the file includes itself: {}", chain_of(chain)),
            ),
            BrokenReason::TooLarge => (
                Code::IncludeTooLarge,
                format!("`{typed}` and all it includes would be too large for a page"),
            ),
            BrokenReason::UnknownUid => continue,
        };
        let problem = Diagnostic::new(code, &site.source(id).path, reference.target_span, message)
            .with_level(Level::Error);
        let meant = if let BrokenReason::Missing(missing) = why {
            suggestions
                .suggest(id, missing)
                .map(|meant| (missing, meant))
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
                BrokenReason::Cycle(_) => "Take one of these includes away.",
                BrokenReason::TooLarge => "Include less, or make pages of it.",
                _ => "Correct the path, which is seen from this file, or take the directive away.",
            }),
        };
        problems.push(suggestions.reached(id, problem));
    }
}
