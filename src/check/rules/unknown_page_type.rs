//! `unknown-page-type`: YAML files among the pages whose first line names a type without a page.

use std::collections::BTreeMap;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::site::Site;
use crate::site::suggest::nearest;
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::Body;

use super::misspelled_key::landing_kind;

pub(super) const RULE: Rule = Rule {
    code: Code::UnknownPageType,
    docs: include_str!("../docs/unknown-page-type.md"),
    run: Some(run),
};

const TYPES: [&str; 10] = [
    "Category",
    "SubCategory",
    "Landing",
    "Hub",
    "Tutorial",
    "FAQ",
    "Module",
    "ModuleUnit",
    "LearningPath",
    "Architecture",
];

fn run(checker: &mut Checker<'_>) {
    check_left_out(checker);
    check_untyped(checker);
    let site = checker.site;
    // Reference documentation comes in thousands of generated files: one problem for each type says the same.
    let mut by_type: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
    for (id, linked) in site.documents() {
        let Body::Data(data) = &linked.document.body else {
            continue;
        };
        let Some(mime) = &data.mime else {
            continue;
        };
        // Xref maps are data for references, not pages.
        if &**mime == "XRefMap" || site.own_template(id).is_some() || !is_among_pages(site, id) {
            continue;
        }
        by_type.entry(mime).or_default().push(id);
    }
    for (mime, files) in by_type {
        let Some(id) = files.first() else {
            continue;
        };
        let source = site.source(*id);
        // DocFX chooses the processor of a YAML file by its first line alone (DocFX spec 1).
        let first_line = source.text.lines().next().unwrap_or("");
        let span = Span::new(0, first_line.len());
        let message = match files.len() {
            1 => message!("unknown page type `{mime}`; the file is left out", mime),
            count => message!(
                "unknown page type `{mime}`; {count} files are left out",
                mime,
                count
            ),
        };
        let problem = Diagnostic::new(Code::UnknownPageType, &source.path, span, message);
        // Nothing that an author could correct.
        if is_generated(site, *id) {
            let help = "Its entries in tables of contents are shown as text. Publish the reference with the tool that generated it, and exclude these files in the configuration.";
            checker.report(problem.help(help));
            continue;
        }
        checker.report(match nearest(mime, TYPES) {
            Some(suggestion) => problem.help(message!("Did you mean `{suggestion}`?", suggestion)),
            None => {
                let types = TYPES.map(|name| format!("`{name}`")).join(", ");
                problem.help(message!(
                    "Use one of {types}, or add a template `templates/{mime}.html`.",
                    types,
                    mime
                ))
            }
        });
    }
}

/// Reports files that `content` of a `docfx.json` lists although nothing is made of them, once for each kind: as DocFX does, and because a page
/// that is called `.markdown` is missing without a word otherwise.
fn check_left_out(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut by_kind: BTreeMap<String, Vec<&SitePath>> = BTreeMap::new();
    let texts = site.sources.texts().iter().map(|source| &source.path);
    for path in texts.chain(site.sources.assets().keys()) {
        if site.config.lists_in_vain(path) {
            let kind = format!("`.{}`", path.extension());
            by_kind.entry(kind).or_default().push(path);
        }
    }
    for (kind, files) in by_kind {
        let Some(first) = files.first() else {
            continue;
        };
        let message = match files.len() {
            1 => message!(
                "`content` lists this file, but {kind} makes no page; it is left out",
                kind
            ),
            count => message!(
                "`content` lists this file, but {kind} makes no page; {count} such files are left out",
                kind,
                count
            ),
        };
        let problem = Diagnostic::new(Code::UnknownPageType, first, Span::default(), message);
        checker.report(
            problem
                .with_level(Level::Note)
                .help("Pages are called `.md` or `.yml`. List files to copy under `resource`."),
        );
    }
}

/// Reports YAML pages of a `docfx.json` that don't state their type, once.
fn check_untyped(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut untyped = Vec::new();
    for (id, linked) in site.documents() {
        if let Body::Data(data) = &linked.document.body
            && data.mime.is_none()
            && site.config.publish.docfx_outputs
            && is_among_pages(site, id)
            && landing_kind(&data.root).is_none()
        {
            untyped.push(id);
        }
    }
    let Some(first) = untyped.first() else {
        return;
    };
    let message = match untyped.len() {
        1 => "`content` lists this file, but its first line states no type; it is left out".into(),
        count => message!(
            "`content` lists this file, but its first line states no type; {count} such files are left out",
            count
        ),
    };
    let path = &site.source(*first).path;
    let problem = Diagnostic::new(Code::UnknownPageType, path, Span::default(), message);
    checker.report(
        problem
            .with_level(Level::Note)
            .help("Begin it with a line such as `### YamlMime:Landing`, or exclude it."),
    );
}

fn is_generated(site: &Site, id: SourceId) -> bool {
    match site.linked(id).map(|linked| &linked.document.body) {
        Some(Body::Data(data)) => data.reference.is_some(),
        _ => false,
    }
}

fn is_among_pages(site: &Site, id: SourceId) -> bool {
    match site.placed(&site.source(id).path) {
        Some(placed) => placed.kind == FileKind::Pages,
        None => false,
    }
}
