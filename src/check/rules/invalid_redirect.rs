//! `invalid-redirect`: entries of `redirects.yml` that can't be used. What is wrong with an entry by itself, `syntax` reports.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::Message;
use crate::syntax::Body;
use crate::syntax::redirect_list::EntryLanguages;

pub(super) const RULE: Rule = Rule {
    code: Code::InvalidRedirect,
    docs: include_str!("../docs/invalid-redirect.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        let Body::Redirects(list) = &linked.document.body else {
            continue;
        };
        for entry in &list.entries {
            let EntryLanguages::Listed(names) = &entry.languages else {
                continue;
            };
            for (name, span) in names {
                if site.config.locales.by_name(name).is_some() {
                    continue;
                }
                let message = message!("the site has no language `{name}`", name);
                let path = &site.source(id).path;
                let problem = Diagnostic::new(Code::InvalidRedirect, path, *span, message);
                checker.report(problem.help(help(site, name)));
            }
        }
    }
}

fn help(site: &Site, name: &str) -> Message {
    let locales = &site.config.locales;
    let mut folders = Vec::new();
    for id in locales.ids() {
        folders.push(locales.get(id).folder.as_str());
    }
    match nearest(name, folders.iter().copied()) {
        Some(near) => message!("Did you mean `{near}`?", near),
        None => message!(
            "Write one of its languages: {folders}.",
            folders = folders.join(", ")
        ),
    }
}
