//! `link-to-redirect`, `redirect-loop`, `redirect-chain`, `shadowed-redirect` and `redirect-leaves-language`: moved pages, and what leads
//! to them.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::pages::Origin;
use crate::site::{Page, PageId, PageKind, PageVersion, Site, Target};
use crate::source::SitePath;
use crate::syntax::{RefId, RefKind};

use super::{Check, Suggestions, chain_of};

pub(super) const CHECK: Check = Check {
    codes: &[
        Code::LinkToRedirect,
        Code::RedirectLoop,
        Code::RedirectChain,
        Code::ShadowedRedirect,
        Code::RedirectLeavesLanguage,
    ],
    about: "Moved pages that are still linked to, that send readers in circles or from one to the next, or whose old address is taken.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    links(site, suggestions, problems);
    for id in site
        .page_ids()
        .filter(|id| site.page(*id).origin == Origin::Translated)
    {
        if site.page(id).kind == PageKind::Redirect {
            chain(site, id, problems);
            languages(site, id, problems);
        }
    }
    shadowed(site, problems);
}

fn links(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, reference, target, _) in suggestions.references() {
        let links = matches!(
            reference.kind,
            RefKind::Link | RefKind::HtmlHref | RefKind::Landing | RefKind::Toc | RefKind::Uid
        );
        let (Target::Page { set, locale }, true) = (target, links) else {
            continue;
        };
        let reader = locale
            .or_else(|| site.linked(id)?.locale)
            .unwrap_or_else(|| site.config.locales.default());
        let Some(shown) = site
            .version_for(*set, reader)
            .map(PageVersion::page)
            .filter(|page| site.page(*page).kind == PageKind::Redirect)
        else {
            continue;
        };
        let source = site.source(id);
        let message = format!("`{}` leads to a page that has moved", reference.target);
        let problem = Diagnostic::new(
            Code::LinkToRedirect,
            &source.path,
            reference.target_span,
            message,
        );
        let way = way(site, shown);
        let end = way
            .last()
            .filter(|end| site.page(**end).kind != PageKind::Redirect)
            .map(|end| &site.source(site.page(*end).source).path);
        let outside = || {
            let last = way
                .last()
                .filter(|last| site.redirect_target(**last).is_none())?;
            let linked = site.linked(site.page(*last).source)?;
            linked
                .document
                .front_matter
                .text("redirect_url")
                .map(str::to_owned)
        };
        let to = end
            .map(|end| end.relative_to(&source.path.parent()))
            .or_else(outside);
        problems.push(suggestions.reached(
            id,
            match to {
                Some(to) => problem.help(format!("Link to where it is now: `{to}`.")),
                None => problem,
            },
        ));
    }
}

/// The pages readers come by, from `start` on: the last one leads no further within the site, or back to one of those before.
fn way(site: &Site, start: PageId) -> Vec<PageId> {
    let mut way = vec![start];
    let mut at = start;
    while let Some((_, next)) = site.redirect_target(at) {
        way.push(next);
        if way[..way.len() - 1].contains(&next) {
            break;
        }
        at = next;
    }
    way
}

fn chain(site: &Site, id: PageId, problems: &mut Vec<Diagnostic>) {
    let way = way(site, id);
    let Some((reference, next)) = site.redirect_target(id) else {
        return;
    };
    let Some((reference, _)) = site.reference(site.page(id).source, reference) else {
        return;
    };
    let path_of = |page: &PageId| site.source(site.page(*page).source).path.clone();
    let (typed, span) = (&reference.target, reference.target_span);
    let Some((last, before)) = way.split_last() else {
        return;
    };
    if before.contains(last) {
        let circle = chain_of(&way.iter().map(path_of).collect::<Vec<_>>());
        let problem = Diagnostic::new(
            Code::RedirectLoop,
            &path_of(&id),
            span,
            format!("`{typed}` sends readers in a circle: {circle}"),
        );
        problems.push(problem.help("Let one of these pages lead to a page that is there."));
    } else if site.page(next).kind == PageKind::Redirect {
        let message = format!("`{typed}` leads to a page that has moved in turn");
        let problem = Diagnostic::new(Code::RedirectChain, &path_of(&id), span, message);
        let end = way
            .iter()
            .rev()
            .find(|page| site.page(**page).kind != PageKind::Redirect)
            .map(path_of);
        problems.push(match end {
            Some(end) => problem.help(format!(
                "Lead to where it ends: `{}`.",
                end.relative_to(&path_of(&id).parent())
            )),
            None => problem.help("Lead to where the other page leads."),
        });
    }
}

/// A redirect to another language, although there is a page in the reader's own.
fn languages(site: &Site, id: PageId, problems: &mut Vec<Diagnostic>) {
    let page = site.page(id);
    let Some((reference, _)) = site.redirect_target(id) else {
        return;
    };
    let Some((
        reference,
        Target::Page {
            set,
            locale: Some(locale),
        },
    )) = site.reference(page.source, reference)
    else {
        return;
    };
    let path = &site.source(page.source).path;
    let name = |locale| &site.config.locales.get(locale).folder;
    let message = format!(
        "`{}` leads from `{}` to `{}`",
        reference.target,
        name(page.locale),
        name(*locale)
    );
    let problem = Diagnostic::new(
        Code::RedirectLeavesLanguage,
        path,
        reference.target_span,
        message,
    );
    problems.push(match own_version(site, page, *set) {
        Some(own) => problem.help(format!("Lead to the translation: `{}`.", own.relative_to(&path.parent()))),
        None => problem.help("Lead to the path in the same language: what is shown there until it is translated is up to the site."),
    });
}

fn own_version(
    site: &Site,
    page: &Page,
    set: crate::site::pages::TranslationSetId,
) -> Option<SitePath> {
    let own = site
        .translation_set(set)
        .variants
        .iter()
        .find(|(locale, _)| *locale == page.locale)?;
    Some(site.source(own.1).path.clone())
}

/// Old addresses at which there is a page, or from which another page redirects already.
fn shadowed(site: &Site, problems: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<SitePath, (PageId, bool)> = site
        .page_ids()
        .map(|id| (site.page(id).output.clone(), (id, true)))
        .collect();
    for id in site.page_ids() {
        for (reference, old) in site.former_outputs(id) {
            let Some(&(other, is_page)) = taken.get(&old) else {
                taken.insert(old, (id, false));
                continue;
            };
            let page = site.page(id);
            if page.origin == Origin::Translated {
                report(site, page, reference, site.page(other), is_page, problems);
            }
        }
    }
}

fn report(
    site: &Site,
    page: &Page,
    reference: RefId,
    other: &Page,
    is_page: bool,
    problems: &mut Vec<Diagnostic>,
) {
    let Some((reference, _)) = site.reference(page.source, reference) else {
        return;
    };
    let (path, other) = (
        &site.source(page.source).path,
        &site.source(other.source).path,
    );
    let typed = &reference.target;
    let message = match (is_page, path == other) {
        (_, true) => format!("`{typed}` is where this page is, or is said twice"),
        (true, _) => format!("nothing leads here from `{typed}`: the page `{other}` is there"),
        (false, _) => format!("nothing leads here from `{typed}`: it leads to `{other}` already"),
    };
    let problem = Diagnostic::new(Code::ShadowedRedirect, path, reference.target_span, message);
    problems.push(problem.help("Take the line away, or the page that is in its place."));
}
