//! `redirect-leaves-language`: redirects that name a page in another language.

use crate::check::checker::Checker;
use crate::check::redirects::redirects;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;

pub(super) const RULE: Rule = Rule {
    code: Code::RedirectLeavesLanguage,
    docs: include_str!("../docs/redirect-leaves-language.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for id in redirects(site) {
        let page = site.page(id);
        let Some((reference, _)) = site.redirect_target(id) else {
            continue;
        };
        let Some((reference, Target::Page { set, locale })) =
            site.reference(page.source, reference)
        else {
            continue;
        };
        // Without a locale the target is the page in the language of the redirect.
        let Some(locale) = locale else {
            continue;
        };
        let path = &site.source(page.source).path;
        let locales = &site.config.locales;
        let message = message!(
            "`{target}` redirects from `{folder}` to `{folder2}`",
            target = reference.target,
            folder = locales.get(page.locale).folder,
            folder2 = locales.get(*locale).folder
        );
        let code = Code::RedirectLeavesLanguage;
        let problem = Diagnostic::new(code, path, reference.target_span, message);
        let variants = &site.translation_set(*set).variants;
        let own = variants.iter().find(|(locale, _)| *locale == page.locale);
        checker.report(match own {
            Some((_, own)) => {
                let own = site.source(*own).path.relative_to(&path.parent());
                problem.help(message!("Point to the translation: `{own}`.", own))
            }
            None => problem.help("Use the path in the same language: until it is translated, the page of the fallback language is shown there."),
        });
    }
}
