//! `heading-skip`: headings that skip a level, in the order the reader of a page sees them, included files and all.

use std::collections::BTreeSet;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::site::expand::Expanded;
use crate::source::{FileSpan, SourceId, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Tree};

pub(super) const RULE: Rule = Rule {
    code: Code::HeadingSkip,
    docs: include_str!("../docs/heading-skip.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut outline = Outline {
        site,
        previous_level: None,
        includes: Vec::new(),
        reported: BTreeSet::new(),
        problems: Vec::new(),
    };
    for (id, linked) in site.documents() {
        if site.translation_set_of(id).is_none() {
            continue;
        }
        match &linked.document.body {
            Body::Article(tree) => outline.start_text(id, tree),
            Body::Structured(page) => outline.start_text(id, &page.tree),
            Body::Tutorial(tutorial) => {
                for step in &tutorial.steps {
                    outline.start_text(id, &step.tree);
                }
            }
            _ => {}
        }
    }
    checker.problems.append(&mut outline.problems);
}

/// Walks the headings of pages and of the files they include.
struct Outline<'a> {
    site: &'a Site,
    previous_level: Option<u8>,
    /// The include directives on the way from the page, outermost first.
    includes: Vec<FileSpan>,
    /// A fragment is read once for each page that includes it, but reported once.
    reported: BTreeSet<FileSpan>,
    problems: Vec<Diagnostic>,
}

impl Outline<'_> {
    fn start_text(&mut self, id: SourceId, tree: &Tree) {
        // A text may start at any level, because its title can come from the front matter.
        self.previous_level = None;
        self.read(id, tree);
    }

    fn read(&mut self, id: SourceId, tree: &Tree) {
        for event in self.site.expand(id, tree) {
            match event {
                Expanded::Enter(fragment) => {
                    let path = self.site.source(fragment.includer).path.clone();
                    let span = fragment.reference.span;
                    self.includes.push(FileSpan { path, span });
                }
                Expanded::Leave => _ = self.includes.pop(),
                Expanded::Node(node) => {
                    // In an inline include a heading is only text.
                    if let NodeKind::Heading(level, _) = node.node.kind
                        && !node.inline
                    {
                        self.heading(node.source, level, node.node.span);
                    }
                }
            }
        }
    }

    fn heading(&mut self, id: SourceId, level: u8, span: Span) {
        let Some(previous) = self.previous_level.replace(level) else {
            return;
        };
        // Upwards any number of levels may be closed at once.
        if level <= previous + 1 {
            return;
        }
        let source = self.site.source(id);
        // A setext heading (CommonMark 4.3) has two lines; its text is in the first.
        let first_line = span.of(&source.text).lines().next().unwrap_or("");
        let start = span.start as usize;
        let span = Span::new(start, start + first_line.len());
        let path = source.path.clone();
        if !self.reported.insert(FileSpan { path, span }) {
            return;
        }
        let message = message!(
            "a heading of level {level} follows one of level {previous}",
            level,
            previous
        );
        let marker = "#".repeat(usize::from(previous) + 1);
        let problem = Diagnostic::new(Code::HeadingSkip, &source.path, span, message);
        self.problems.push(Diagnostic {
            includes: self.includes.clone(),
            ..problem.help(message!("Start it with `{marker}`.", marker))
        });
    }
}
