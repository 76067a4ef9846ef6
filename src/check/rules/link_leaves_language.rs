//! `link-leaves-language`: links to a page in another language that has a translation in the language of the link.

use crate::check::address_fix::path_fix;
use crate::check::checker::{Checker, ResolvedReference};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;
use crate::site::address::split_address;
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::LinkLeavesLanguage,
    docs: include_str!("../docs/link-leaves-language.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for resolved in checker.references() {
        if let Some(problem) = problem_of(checker, resolved) {
            checker.report_in(resolved.id, problem);
        }
    }
}

fn problem_of(checker: &Checker<'_>, resolved: ResolvedReference<'_>) -> Option<Diagnostic> {
    let site = checker.site;
    let ResolvedReference { id, reference, .. } = resolved;
    // Images are shared between languages on purpose, and redirects have a rule of their own.
    if !matches!(
        reference.kind,
        RefKind::Link | RefKind::HtmlHref | RefKind::Landing | RefKind::Toc
    ) {
        return None;
    }
    let Target::Page {
        set,
        locale: Some(other),
    } = resolved.target
    else {
        return None;
    };
    // A page that links to its own translations does so on purpose.
    if site.translation_set_of(id) == Some(*set) {
        return None;
    }
    // Shared files belong to no language, so their links can leave none.
    let own = site.linked(id)?.locale?;
    let variants = &site.translation_set(*set).variants;
    let (_, translation) = variants.iter().find(|(locale, _)| *locale == own)?;
    let source = site.source(id);
    let locales = &site.config.locales;
    let message = message!(
        "`{target}` links from `{folder}` to `{folder2}`, although there is a translation",
        target = reference.target,
        folder = locales.get(own).folder,
        folder2 = locales.get(*other).folder
    );
    let translation = &site.source(*translation).path;
    let correct = translation.relative_to(&source.path.parent());
    let (path, tail) = split_address(&reference.target);
    let code = Code::LinkLeavesLanguage;
    let problem = Diagnostic::new(code, &source.path, reference.target_span, message).help(
        message!("Link to the translation: `{correct}{tail}`.", correct, tail),
    );
    if !path.ends_with(".md") && !path.ends_with(".yml") {
        return Some(problem);
    }
    // The id of a heading is translated with its text, so a link with a fragment may need another one.
    let is_safe = tail.is_empty();
    Some(path_fix(problem, source, reference, &correct).with_safe_fix(is_safe))
}
