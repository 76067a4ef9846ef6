//! `missing-xref-map`: references to uids that are those of other sites, whose xref maps are not here. One problem for each map or namespace, as
//! documentation of an API has thousands of such references.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::checker::{Checker, ResolvedReference};
use crate::check::rule::Rule;
use crate::check::unknown_uid::{Elsewhere, elsewhere};
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;
use crate::site::address::split_address;
use crate::source::{FileSpan, Message};
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::MissingXrefMap,
    docs: include_str!("../docs/missing-xref-map.md"),
    run: Some(run),
};

/// The references that one problem is about.
#[derive(Default)]
struct Uses {
    count: usize,
    uids: BTreeSet<String>,
    first: Option<FileSpan>,
}

impl Uses {
    fn add(&mut self, checker: &Checker<'_>, resolved: ResolvedReference<'_>, uid: &str) {
        self.count += 1;
        self.uids.insert(uid.to_owned());
        if self.first.is_none() {
            self.first = Some(FileSpan {
                path: checker.site.source(resolved.id).path.clone(),
                span: resolved.reference.target_span,
            });
        }
    }

    fn counted(&self) -> Message {
        let references = match self.count {
            1 => "1 reference".into(),
            count => message!("{count} references", count),
        };
        match self.uids.len() {
            1 => references,
            uids => message!("{references} to {uids} uids", references, uids),
        }
    }
}

fn run(checker: &mut Checker<'_>) {
    let mut in_maps = Uses::default();
    let mut by_namespace: BTreeMap<String, Uses> = BTreeMap::new();
    for resolved in checker.references() {
        let kind = resolved.reference.kind;
        if !matches!(kind, RefKind::Uid | RefKind::TocUid)
            || !matches!(resolved.target, Target::Broken(_))
        {
            continue;
        }
        let (uid, _) = split_address(&resolved.reference.target);
        match elsewhere(checker.suggestions, uid) {
            Some(Elsewhere::MissingMap) => in_maps.add(checker, resolved, uid),
            // The API in a table of contents is the site's own.
            Some(Elsewhere::Api(namespace)) if kind == RefKind::Uid => {
                let uses = by_namespace.entry(namespace).or_default();
                uses.add(checker, resolved, uid);
            }
            _ => {}
        }
    }
    if in_maps.count > 0 {
        report_maps(checker, &in_maps);
    }
    for (namespace, uses) in by_namespace {
        let Some(first) = &uses.first else { continue };
        let message = message!(
            "the uids of `{namespace}` are in no xref map: {counted} without a link",
            namespace,
            counted = uses.counted()
        );
        let problem = Diagnostic::new(Code::MissingXrefMap, &first.path, first.span, message);
        checker.report(problem.help(
            "Name the xref map of that API under `xref`, and run `hjelp xref fetch`. Until then readers see the names without links.",
        ));
    }
}

fn report_maps(checker: &mut Checker<'_>, uses: &Uses) {
    let site = checker.site;
    for map in &site.config.publish.remote_maps {
        if map.is_here {
            continue;
        }
        let message = message!(
            "this xref map was not downloaded: {counted} may be in it",
            counted = uses.counted()
        );
        let FileSpan { path, span } = &map.location;
        let mut problem = Diagnostic::new(Code::MissingXrefMap, path, *span, message)
            .help("Run `hjelp xref fetch`. Until then readers see the names without links.");
        if let Some(first) = &uses.first {
            problem = problem.label(&first.path, first.span, "the first");
        }
        checker.report(problem);
    }
}
