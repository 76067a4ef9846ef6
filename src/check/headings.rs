//! `heading-skip`: headings that leave out a level, as the reader of a page meets them: also across the borders of what it includes.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::expand::Expanded;
use crate::source::{FileSpan, SourceId, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Tree};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::HeadingSkip],
    about: "A heading is more than one level below the one above; screen readers announce a gap.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for (id, linked) in site
        .documents()
        .filter(|(id, _)| site.translation_set_of(*id).is_some())
    {
        let mut reader = Reader {
            site,
            above: None,
            way: Vec::new(),
            told: &mut told,
            problems,
        };
        match &linked.document.body {
            Body::Article(tree) => reader.read(id, tree),
            Body::Tutorial(tutorial) => {
                for step in &tutorial.steps {
                    reader.above = None;
                    reader.read(id, &step.tree);
                }
            }
            _ => {}
        }
    }
}

struct Reader<'a> {
    site: &'a Site,
    /// The level of the heading above.
    above: Option<u8>,
    /// The includes on the way from the page, outermost first.
    way: Vec<FileSpan>,
    /// Headings that were told: a fragment is read in many pages.
    told: &'a mut BTreeSet<FileSpan>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, id: SourceId, tree: &Tree) {
        for event in self.site.expand(id, tree) {
            match event {
                Expanded::Enter(fragment) => self.way.push(FileSpan {
                    path: self.site.source(fragment.includer).path.clone(),
                    span: fragment.reference.span,
                }),
                Expanded::Leave => _ = self.way.pop(),
                Expanded::Node(node) => match node.node.kind {
                    // Within a line a heading is only words.
                    NodeKind::Heading(level, _) if !node.inline => {
                        self.heading(node.source, level, node.node.span);
                    }
                    _ => {}
                },
            }
        }
    }

    fn heading(&mut self, id: SourceId, level: u8, span: Span) {
        let above = self.above.replace(level);
        let Some(above) = above.filter(|above| level > above + 1) else {
            return;
        };
        let source = self.site.source(id);
        let first_line = span.of(&source.text).lines().next().unwrap_or("").len();
        let start = span.start as usize;
        let location = FileSpan {
            path: source.path.clone(),
            span: Span::new(start, start + first_line),
        };
        if self.told.insert(location.clone()) {
            let message = format!("a heading of level {level} follows one of level {above}");
            let problem = Diagnostic::new(Code::HeadingSkip, &source.path, location.span, message);
            let help = format!("Begin it with `{}`.", "#".repeat(usize::from(above) + 1));
            self.problems.push(
                Diagnostic {
                    includes: self.way.clone(),
                    ..problem
                }
                .help(help),
            );
        }
    }
}
