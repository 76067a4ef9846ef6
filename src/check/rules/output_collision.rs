//! `output-collision`: two sources that produce the same file.

use std::collections::BTreeMap;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{SitePath, Span};
use crate::syntax::Body;

pub(super) const RULE: Rule = Rule {
    code: Code::OutputCollision,
    docs: include_str!("../docs/output-collision.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for collision in checker.site.collisions() {
        let message = message!(
            "the page would be written to `{output}`, which is already used by `{published}`",
            output = collision.output,
            published = collision.published
        );
        // The name of the file is wrong, not a place in its text.
        let file = Span::default();
        let problem = Diagnostic::new(Code::OutputCollision, &collision.dropped, file, message)
            .label(&collision.published, file, "this page is published")
            .help("Rename one of the files.");
        checker.report(problem);
    }
    check_tocs(checker);
    check_copies(checker);
}

/// Reports files that are copied to the address of another file or of a page.
fn check_copies(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut used: BTreeMap<SitePath, &SitePath> = BTreeMap::new();
    for id in site.page_ids() {
        let page = site.page(id);
        used.insert(page.output.clone(), &site.source(page.source).path);
    }
    let texts = site.sources.texts().iter().map(|source| &source.path);
    // In the order in which they are copied: of two files the first one is published.
    for path in texts.chain(site.sources.assets().keys()) {
        let Some(placed) = site.placed(path) else {
            continue;
        };
        if placed.kind != FileKind::Assets {
            continue;
        }
        let Some(first) = used.get(&placed.output) else {
            used.insert(placed.output, path);
            continue;
        };
        let message = message!(
            "the file would be copied to `{output}`, where `{first}` is already",
            output = placed.output,
            first
        );
        let file = Span::default();
        let problem = Diagnostic::new(Code::OutputCollision, path, file, message)
            .label(first, file, "this file is published")
            .help("Rename one of the files, or give one of the folders another `dest`.");
        checker.report(problem);
    }
}

/// Reports each `toc.md` that is not used, as there is a `toc.yml` for the same folder.
fn check_tocs(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut used: BTreeMap<SitePath, &SitePath> = BTreeMap::new();
    let mut dropped = Vec::new();
    for (id, linked) in site.documents() {
        let path = &site.source(id).path;
        let Body::Toc(_) = linked.document.body else {
            continue;
        };
        let Some(output) = site.output_of(path) else {
            continue;
        };
        if path.has_extension("yml") {
            used.insert(output.parent(), path);
        } else {
            dropped.push((output.parent(), path));
        }
    }
    for (folder, path) in dropped {
        let Some(toc) = used.get(&folder) else {
            continue;
        };
        let message = message!(
            "the table of contents is not used, because there is `{toc}`",
            toc
        );
        let file = Span::default();
        let problem = Diagnostic::new(Code::OutputCollision, path, file, message)
            .label(toc, file, "this table of contents is used")
            .help("Move its entries there, and remove it.");
        checker.report(problem);
    }
}
