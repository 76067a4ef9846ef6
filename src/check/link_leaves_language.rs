//! `link-leaves-language`: links to a page in another language that exists in the author's own.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::address::split_address;
use crate::site::{Site, Target};
use crate::syntax::RefKind;

use super::fix::address_fix;
use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::LinkLeavesLanguage],
    about: "A link insists on another language, although the page has been translated.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in suggestions.references() {
        let links = matches!(
            reference.kind,
            RefKind::Link | RefKind::HtmlHref | RefKind::Landing | RefKind::Toc
        );
        let (
            Target::Page {
                set,
                locale: Some(other),
            },
            true,
        ) = (target, links)
        else {
            continue;
        };
        let Some(own) = site.linked(id).and_then(|linked| linked.locale) else {
            continue;
        };
        let Some((_, translation)) = site
            .translation_set(*set)
            .variants
            .iter()
            .find(|(locale, _)| *locale == own)
        else {
            continue;
        };
        // A page that links to its own other versions means it.
        if site.translation_set_of(id) == Some(*set) {
            continue;
        }
        let source = site.source(id);
        let name = |locale| &site.config.locales.get(locale).folder;
        let (path, tail) = split_address(&reference.target);
        let message = format!(
            "the link `{}` leads from `{}` to `{}`",
            reference.target,
            name(own),
            name(*other)
        );
        let right = site
            .source(*translation)
            .path
            .relative_to(&source.path.parent());
        let problem = Diagnostic::new(
            Code::LinkLeavesLanguage,
            &source.path,
            reference.target_span,
            message,
        )
        .help(format!("Link to the translation: `{right}{tail}`."));
        let is_file = path.ends_with(".md") || path.ends_with(".yml");
        // An id is translated with its heading, so a link to a place on the page may need more.
        let problem = if is_file {
            address_fix(problem, source, reference, &right, tail.is_empty())
        } else {
            problem
        };
        problems.push(suggestions.reached(id, problem));
    }
}
