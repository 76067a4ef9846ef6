//! `broken-link` and `missing-image`: links and pictures that lead nowhere.

use crate::diagnostic::Diagnostic;
use crate::site::{Site, Target, Why, split_address};
use crate::syntax::RefKind;

use super::fix::missing_fix;
use super::{Check, Places};

pub(super) const CHECK: Check = Check {
    codes: &["broken-link", "missing-image", "broken-landing-link", "broken-redirect"],
    about: "A link, picture, landing-page link or redirect leads to a file that does not exist or is not published.",
    run,
};

/// What to do about a path that leads out of the site.
const OUTSIDE: &str = "A path is relative to the file it stands in; there is one `../` too many.";

fn run(site: &Site, places: &Places, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in places.references() {
        let (code, noun) = match reference.kind {
            RefKind::Link | RefKind::HtmlHref => ("broken-link", "the link"),
            RefKind::Image | RefKind::HtmlSrc | RefKind::LandingImage => ("missing-image", "the picture"),
            RefKind::Landing => ("broken-landing-link", "the link"),
            RefKind::RedirectTo => ("broken-redirect", "the redirect"),
            _ => continue,
        };
        let Target::Broken(why) = target else { continue };
        let path = &site.source(id).path;
        let typed = &reference.target;
        let message = match why {
            Why::Missing(missing) => format!("{noun} `{typed}` leads nowhere: there is no file `{missing}`"),
            Why::NotPublished(found) => format!("{noun} `{typed}` leads to `{found}`, which is no part of the site"),
            Why::Folder(folder) => format!("{noun} `{typed}` leads to the folder `{folder}`, which has no index page"),
            Why::LeavesRoot => format!("{noun} `{typed}` leads out of the site"),
            Why::Unreadable(found) => format!("{noun} `{typed}` leads to `{found}`, which cannot be read"),
            Why::UnknownUid | Why::Cycle(_) | Why::TooLarge | Why::NoPath => continue,
        };
        let mut problem = Diagnostic::error(code, path, reference.target_span, message);
        if let Why::Missing(missing) | Why::NotPublished(missing) = why
            && let Some(meant) = places.suggest(id, missing)
            && meant != split_address(typed).0
        {
            problem = problem.help(format!("Did you mean `{meant}{}`?", split_address(typed).1));
            problem = missing_fix(problem, site.source(id), reference, missing, &meant);
        } else if matches!(why, Why::LeavesRoot) {
            let within = places.within(id, split_address(typed).0).map(|path| format!("Did you mean `{path}{}`?", split_address(typed).1));
            problem = problem.help(within.unwrap_or_else(|| OUTSIDE.to_owned()));
        }
        if !reference.span.contains(reference.target_span) && reference.span.start < reference.target_span.start {
            problem = problem.label(path, reference.span, "used here");
        }
        problems.push(places.reached(id, problem));
    }
}
