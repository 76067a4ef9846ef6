//! `broken-link` and `missing-image`: links and pictures that lead nowhere.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::address::split_address;
use crate::site::{BrokenReason, Site, Target};
use crate::syntax::RefKind;

use super::fix::missing_fix;
use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[
        Code::BrokenLink,
        Code::MissingImage,
        Code::BrokenLandingLink,
        Code::BrokenRedirect,
    ],
    about: "A link, picture, landing-page link or redirect leads to a file that does not exist or is not published.",
    run,
};

/// What to do about a path that leads out of the site.
const OUTSIDE: &str = "A path is relative to the file it stands in; there is one `../` too many.";

/// What to do about a path when nothing is like it.
fn advice(why: &BrokenReason, is_picture: bool) -> Option<&'static str> {
    match why {
        BrokenReason::Missing(_) if is_picture => {
            Some("Correct the path, which is seen from this file, or add the picture.")
        }
        BrokenReason::Missing(_) => {
            Some("Correct the path, which is seen from this file, or take the link away.")
        }
        BrokenReason::NotPublished(_) => Some(
            "Name a file that is published, or add this one to `content` in the configuration.",
        ),
        BrokenReason::Folder(_) => Some("Name a page in it, or give it an `index.md`."),
        BrokenReason::LeavesRoot => Some(OUTSIDE),
        _ => None,
    }
}

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in suggestions.references() {
        let (code, noun) = match reference.kind {
            RefKind::Link | RefKind::HtmlHref => (Code::BrokenLink, "the link"),
            RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage => {
                (Code::MissingImage, "the picture")
            }
            RefKind::Landing => (Code::BrokenLandingLink, "the link"),
            RefKind::RedirectTo => (Code::BrokenRedirect, "the redirect"),
            _ => continue,
        };
        let Target::Broken(why) = target else {
            continue;
        };
        let path = &site.source(id).path;
        let typed = &reference.target;
        let message = match why {
            BrokenReason::Missing(missing) => {
                format!("{noun} `{typed}` leads nowhere: there is no file `{missing}`")
            }
            BrokenReason::NotPublished(found) => {
                format!("{noun} `{typed}` leads to `{found}`, which is no part of the site")
            }
            BrokenReason::Folder(folder) => {
                format!("{noun} `{typed}` leads to the folder `{folder}`, which has no index page")
            }
            BrokenReason::LeavesRoot => format!("{noun} `{typed}` leads out of the site"),
            BrokenReason::Unreadable(found) => {
                format!("{noun} `{typed}` leads to `{found}`, which cannot be read")
            }
            BrokenReason::UnknownUid
            | BrokenReason::Cycle(_)
            | BrokenReason::TooLarge
            | BrokenReason::NotAPath => continue,
        };
        let mut problem =
            Diagnostic::new(code, path, reference.target_span, message).with_level(Level::Error);
        let (typed_path, tail) = split_address(typed);
        let meant = match why {
            BrokenReason::Missing(missing) | BrokenReason::NotPublished(missing) => suggestions
                .suggest(id, missing)
                .filter(|meant| meant != typed_path),
            BrokenReason::LeavesRoot => suggestions.within(id, typed_path).map(str::to_owned),
            _ => None,
        };
        if let Some(meant) = &meant {
            problem = problem.help(format!("Did you mean `{meant}{tail}`?"));
        } else if let Some(advice) = advice(why, code == Code::MissingImage) {
            problem = problem.help(advice);
        }
        if let (BrokenReason::Missing(missing) | BrokenReason::NotPublished(missing), Some(meant)) =
            (why, &meant)
        {
            problem = missing_fix(problem, site.source(id), reference, missing, meant);
        }
        if !reference.span.contains(reference.target_span)
            && reference.span.start < reference.target_span.start
        {
            problem = problem.label(path, reference.span, "used here");
        }
        problems.push(suggestions.reached(id, problem));
    }
}
