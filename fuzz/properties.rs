//! Properties of every input, however broken: nothing panics, every reported location is within the text, every output is text.
//! Used by the fuzzing targets, by `tests/properties.rs` and by `tests/robustness.rs`.

use hjelp::config::Globs;
use hjelp::config::glob::{Glob, Options};
use hjelp::exchange;
use hjelp::source::edit::combine_edits;
use hjelp::source::{SitePath, Source, Sources, Span};
use hjelp::syntax::toc::TocEntry;
use hjelp::syntax::tree::NodeKind;
use hjelp::syntax::{self, Body, Document, Tree};
use hjelp::workspace::{Snapshot, dialect};

fn source(path: &str, text: &str) -> Source {
    Source::from_text(
        SitePath::new(path).unwrap_or_else(|_| SitePath::root()),
        text,
    )
}

/// A file of this name, alone and in a site with a page it can lead to.
pub fn document(path: &str, text: &str) {
    let own = source(path, text);
    examine(&own, &syntax::parse(&own));
    build(Sources::new(
        vec![own, source("content/no/b.md", "---\nuid: side\n---\n# B\n")],
        [],
        [],
    ));
}

/// A configuration of this name, over a small site.
pub fn configuration(path: &str, text: &str) {
    let files = [
        (path, text),
        ("content/no/a.md", "# A\n"),
        ("docs/en/b.md", "# B\n"),
        ("docs/toc.yml", "- name: B\n  href: en/b.md\n"),
    ];
    build(Sources::new(
        files.map(|(path, text)| source(path, text)).into(),
        [],
        [],
    ));
}

/// A page with problems: the fixed page is text that is read again, and no fix is offered for other bytes than those of the page.
pub fn fixes(text: &str) {
    let files = [("content/no/a.md", text), ("content/no/b.md", "# B\n")];
    let sources = Sources::new(files.map(|(path, text)| source(path, text)).into(), [], []);
    let Ok(snapshot) = Snapshot::new(sources) else {
        return;
    };
    let problems = snapshot.problems();
    let fixes: Vec<_> = problems
        .iter()
        .filter_map(|problem| problem.fix.as_ref())
        .collect();
    let sources = &snapshot.site.sources;
    let combined = combine_edits(fixes.iter().map(|fix| fix.edits.as_slice()), sources);
    assert!(combined.applied + combined.skipped == fixes.len());
    for file in combined.files {
        let before = sources.find(file.path.as_str()).map(|id| sources.get(id));
        assert!(before.is_some(), "{}", file.path);
        document(file.path.as_str(), &String::from_utf8_lossy(&file.after));
    }
}

/// A map of another site's uids, and a page that uses it.
pub fn xrefmap(text: &str) {
    let config =
        "{ \"build\": { \"content\": [{ \"files\": \"**/*.md\" }], \"xref\": [\"map.yml\"] } }";
    let page = "# A\n\n@side <xref:side> [x](xref:a.b?text=c)\n";
    let files = [("docfx.json", config), ("map.yml", text), ("a.md", page)];
    build(Sources::new(
        files.map(|(path, text)| source(path, text)).into(),
        [],
        [],
    ));
}

/// A pattern in the first line, and a path in the second: the quick way to match says what the exact one says.
pub fn glob(text: &str) {
    let (pattern, path) = text.split_once('\n').unwrap_or((text, "a/b.md"));
    let path = SitePath::new(path).map_or_else(|_| "a/b.md".to_owned(), |path| path.to_string());
    let exact = Glob::new(pattern, Options::default()).map(|glob| glob.matches(&path));
    let quick = Globs::with(&[pattern], Options::default()).map(|globs| globs.matches(&path));
    if let (Ok(exact), Ok(quick)) = (exact, quick)
        && !pattern.starts_with('!')
    {
        assert_eq!(exact, quick, "{pattern:?} {path:?}");
    }
}

/// What came back from translators: if it is read at all, nothing that it puts into a page damages that.
pub fn xliff(text: &str) {
    let Ok(returned) = exchange::read_xliff(text) else {
        return;
    };
    let files = [
        ("content/en/a.md", "# A\n\nb `c` **d**\n"),
        ("content/no/a.md", "# A\n\nb `c` **d**\n"),
        ("content/en/b.md", "# B\n"),
    ];
    let sources = Sources::new(files.map(|(path, text)| source(path, text)).into(), [], []);
    let Ok(snapshot) = Snapshot::new(sources) else {
        return;
    };
    let Ok(locale) = exchange::target_locale(&snapshot.site, &returned) else {
        return;
    };
    let followed = hjelp::translation::followed::FollowedOriginals::new();
    let context = exchange::context::ExchangeContext {
        site: &snapshot.site,
        dialect: dialect(&snapshot.site.config).0,
        locale,
        followed: &followed,
    };
    let import = exchange::import(
        context,
        &returned,
        exchange::import::ImportOptions::default(),
    );
    for file in import.files {
        let text = String::from_utf8(file.bytes().to_vec()).unwrap();
        assert!(
            file.is_new() || text.matches('`').count() >= 2 && text.contains("**"),
            "{text}"
        );
    }
}

/// Makes everything that can be made of these files, and returns how many bytes that is.
pub fn build(sources: Sources) -> usize {
    let snapshot = match Snapshot::new(sources) {
        Ok(snapshot) => snapshot,
        Err((_, problems)) => {
            assert!(!problems.is_empty());
            return 0;
        }
    };
    for problem in snapshot.problems() {
        let id = snapshot.site.sources.find(problem.location.path.as_str());
        assert!(
            id.is_none_or(|id| fits(problem.location.span, &snapshot.site.source(id).text)),
            "{problem:?}"
        );
    }
    let plan = snapshot.plan();
    let pages = plan
        .outputs
        .iter()
        .map(|output| snapshot.render(output).unwrap());
    let written: Vec<_> = pages
        .inspect(|page| assert!(std::str::from_utf8(&page.bytes).is_ok()))
        .collect();
    let paths: std::collections::BTreeSet<_> = written.iter().map(|page| &page.path).collect();
    assert_eq!(paths.len(), written.len());
    written.iter().map(|page| page.bytes.len()).sum()
}

fn fits(span: Span, text: &str) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

/// Every place a document names is a place in its text.
pub fn examine(source: &Source, document: &Document) {
    let text = &*source.text;
    let check = |span: Span, what: &dyn std::fmt::Debug| {
        assert!(
            fits(span, text),
            "{span:?} of {what:?} is no place in {text:?}"
        )
    };
    check(document.front_matter.span, &"front matter");
    document.front_matter.entries.iter().for_each(|entry| {
        check(entry.key_span, entry);
        check(entry.value.span, entry);
    });
    document.refs.iter().for_each(|reference| {
        check(reference.span, reference);
        check(reference.target_span, reference);
    });
    document
        .anchors
        .iter()
        .for_each(|anchor| check(anchor.span, anchor));
    for problem in &document.problems {
        check(problem.location.span, problem);
        problem
            .labels
            .iter()
            .for_each(|label| check(label.location.span, problem));
        let edits = problem.fix.iter().flat_map(|fix| &fix.edits);
        edits.for_each(|edit| check(edit.location.span, problem));
    }
    match &document.body {
        Body::Article(tree) => examine_tree(text, document, tree),
        Body::Structured(page) => examine_tree(text, document, &page.tree),
        Body::Tutorial(tutorial) => tutorial.steps.iter().for_each(|step| {
            check(step.span, step);
            examine_tree(text, document, &step.tree);
        }),
        Body::Toc(toc) => {
            let mut entries: Vec<&TocEntry> = toc.entries.iter().collect();
            while let Some(entry) = entries.pop() {
                check(entry.span, entry);
                entries.extend(&entry.children);
            }
        }
        Body::Landing(_) | Body::Data(_) | Body::Redirects(_) => {}
    }
}

fn examine_tree(text: &str, document: &Document, tree: &Tree) {
    let mut ends = vec![tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        while ends.last().is_some_and(|&end| end <= at) {
            ends.pop();
        }
        let end = at + 1 + node.len as usize;
        assert!(
            ends.last().is_some_and(|&outer| end <= outer),
            "{node:?} reaches beyond what it is in: {text:?}"
        );
        ends.push(end);
        assert!(fits(node.span, text), "{node:?} is no place in {text:?}");
        match &node.kind {
            NodeKind::Heading(_, anchor) => {
                assert!((*anchor as usize) < document.anchors.len(), "{text:?}")
            }
            NodeKind::Link(id, _)
            | NodeKind::Image(id, _)
            | NodeKind::Xref(id)
            | NodeKind::Snippet(id, _)
            | NodeKind::Include { reference: id, .. } => {
                assert!((*id as usize) < document.refs.len(), "{text:?}");
            }
            NodeKind::Html(edits) => {
                let mut from = 0;
                for edit in edits {
                    assert!(
                        fits(edit.span, text)
                            && node.span.contains(edit.span)
                            && from <= edit.span.start,
                        "{edit:?} {node:?} {text:?}"
                    );
                    from = edit.span.end;
                }
            }
            _ => {}
        }
    }
}
