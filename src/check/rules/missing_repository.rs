//! `missing-repository`: files that the publishing service takes from another repository, which is not here. One problem for each repository
//! instead of one for each file.

use std::collections::BTreeSet;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::repository::OtherRepository;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::{BrokenReason, Site, Target};
use crate::source::SitePath;

pub(super) const RULE: Rule = Rule {
    code: Code::MissingRepository,
    docs: include_str!("../docs/missing-repository.md"),
    run: Some(run),
};

/// The repository that a missing file would be in; nothing if it would be in this one, or if that repository is here.
pub(super) fn repository_of<'a>(
    site: &'a Site,
    reason: &BrokenReason,
) -> Option<&'a OtherRepository> {
    let BrokenReason::Missing(missing) = reason else {
        return None;
    };
    let mut repositories = site.config.other_repositories.iter();
    repositories.find(|other| {
        if other.has_originals {
            !missing.is_outside()
        } else {
            missing.starts_with(&other.folder) && !is_here(site, &other.folder)
        }
    })
}

/// True if some file of the folder was read, so that another one is really missing there.
fn is_here(site: &Site, folder: &SitePath) -> bool {
    let texts = site.sources.texts().iter().map(|source| &source.path);
    texts
        .chain(site.sources.assets().keys())
        .any(|path| path.starts_with(folder))
}

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    if site.config.other_repositories.is_empty() {
        return;
    }
    let mut missing: Vec<BTreeSet<&SitePath>> =
        vec![BTreeSet::new(); site.config.other_repositories.len()];
    for resolved in checker.references() {
        let Target::Broken(reason) = resolved.target else {
            continue;
        };
        let found = repository_of(site, reason);
        for (number, other) in site.config.other_repositories.iter().enumerate() {
            if let BrokenReason::Missing(path) = reason
                && found.is_some_and(|found| std::ptr::eq(found, other))
            {
                missing[number].insert(path);
            }
        }
    }
    for (other, paths) in site.config.other_repositories.iter().zip(missing) {
        if !paths.is_empty() {
            checker.report(problem_of(other, paths.len()));
        }
    }
}

fn problem_of(other: &OtherRepository, count: usize) -> Diagnostic {
    let count = match count {
        1 => "1 file".into(),
        count => message!("{count} files", count),
    };
    let OtherRepository { folder, url, .. } = other;
    let (message, help) = if other.has_originals {
        (
            message!(
                "{count} used here can only be in the repository of the original language: `{url}`",
                count,
                url
            ),
            "Clone it next to this one, and name it: `hjelp build --with ../CLONE`.".into(),
        )
    } else {
        (
            message!(
                "{count} used here can only be in another repository: `{url}`",
                count,
                url
            ),
            message!("Clone it to `{folder}`, or name it in no page.", folder),
        )
    };
    Diagnostic::new(
        Code::MissingRepository,
        &other.stated_in,
        other.span,
        message,
    )
    .help(help)
}
