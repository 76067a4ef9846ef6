//! `hjelp-disable` comments: removes the problems they suppress, and reports comments that suppress nothing or name an unknown code. Doesn't
//! know the configuration.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::source::{LineIndex, SitePath, Source, Span};
use crate::syntax::Document;
use crate::syntax::tree::{HtmlReplacement, NodeKind};

use super::content::trees;
use super::external;
use super::rules::unknown_code::unknown_code;

/// The problems that no comment suppresses, and those with the comments themselves.
pub(super) fn without_suppressed(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&SitePath, Suppressions> = BTreeMap::new();
    let mut left = Vec::new();
    for (id, linked) in site.documents() {
        let source = site.source(id);
        // Nearly all files have no such comment, and searching their text is far faster than walking their trees.
        if site.is_used(id) && source.text.contains("hjelp-disable") {
            let suppressions = Suppressions::of(source, linked.document, &mut left);
            files.insert(&source.path, suppressions);
        }
    }
    for problem in problems {
        let is_suppressed = match files.get_mut(&problem.location.path) {
            Some(suppressions) => suppressions.suppress(&problem),
            None => false,
        };
        if !is_suppressed {
            left.push(problem);
        }
    }
    // After all problems: a comment counts as unused only when every check has reported.
    for (path, suppressions) in files {
        for suppression in suppressions.all {
            if !suppression.is_used && !suppression.is_for_external_links() {
                left.push(suppression.unused(path));
            }
        }
    }
    left
}

/// A part of a file in which one code, or every code, is disabled.
struct Suppression {
    comment: Span,
    /// `None` for every code.
    code: Option<Code>,
    bytes: Span,
    /// True if an `hjelp-enable` below can end it.
    is_open: bool,
    is_used: bool,
}

impl Suppression {
    fn covers(&self, problem: &Diagnostic) -> bool {
        let at = problem.location.span.start;
        self.is_for(problem.code) && self.bytes.start <= at && at < self.bytes.end
    }

    fn is_for(&self, code: Code) -> bool {
        match self.code {
            Some(own) => own == code,
            None => true,
        }
    }

    /// External links are requested on demand only, so that most runs can't show whether the comment is used.
    fn is_for_external_links(&self) -> bool {
        match self.code {
            Some(code) => external::CODES.contains(&code),
            None => false,
        }
    }

    fn unused(&self, path: &SitePath) -> Diagnostic {
        let message = match self.code {
            Some(code) => message!("this comment suppresses no `{code}`", code),
            None => "this comment suppresses no problem".into(),
        };
        Diagnostic::new(Code::UnusedDisable, path, self.comment, message).help("Remove it.")
    }
}

/// What the comments of one file suppress.
struct Suppressions {
    all: Vec<Suppression>,
}

impl Suppressions {
    fn of(source: &Source, document: &Document, problems: &mut Vec<Diagnostic>) -> Suppressions {
        let lines = LineIndex::new(&source.text);
        let mut suppressions = Suppressions { all: Vec::new() };
        for span in comments(document) {
            let comment = Comment {
                source,
                lines: &lines,
                span,
            };
            suppressions.read(&comment, problems);
        }
        suppressions
    }

    /// True if the problem is suppressed. Every suppression that covers it counts as used.
    fn suppress(&mut self, problem: &Diagnostic) -> bool {
        let mut is_suppressed = false;
        for suppression in &mut self.all {
            // No early return: of two comments that cover a problem, neither may be reported as unused.
            if suppression.covers(problem) {
                suppression.is_used = true;
                is_suppressed = true;
            }
        }
        is_suppressed
    }

    fn read(&mut self, comment: &Comment<'_>, problems: &mut Vec<Diagnostic>) {
        let Some((directive, names)) = comment.directive() else {
            return;
        };
        if directive == "enable" {
            self.enable(comment, &names);
            return;
        }
        // A directive of a newer version is an ordinary comment here.
        let Some(bytes) = comment.range_of(directive) else {
            return;
        };
        let is_open = directive == "disable";
        let mut codes = Vec::new();
        for name in &names {
            match Code::from_name(name) {
                Some(code) => codes.push(Some(code)),
                None => {
                    let path = &comment.source.path;
                    problems.push(unknown_code(path, comment.span_of(name), name));
                }
            }
        }
        if names.is_empty() {
            codes.push(None);
        }
        for code in codes {
            self.all.push(Suppression {
                comment: comment.span,
                code,
                bytes,
                is_open,
                is_used: false,
            });
        }
    }

    /// Ends the open suppressions of these codes, or all.
    fn enable(&mut self, comment: &Comment<'_>, names: &[&str]) {
        for suppression in &mut self.all {
            let is_named = match suppression.code {
                Some(code) => names.contains(&code.name()),
                None => false,
            };
            if suppression.is_open && (names.is_empty() || is_named) {
                suppression.is_open = false;
                suppression.bytes.end = comment.span.start;
            }
        }
    }
}

/// A comment in a Markdown text.
struct Comment<'a> {
    source: &'a Source,
    lines: &'a LineIndex,
    span: Span,
}

impl<'a> Comment<'a> {
    fn text(&self) -> &'a str {
        self.span.of(&self.source.text)
    }

    /// The directive without `hjelp-`, and the codes it names.
    fn directive(&self) -> Option<(&'a str, Vec<&'a str>)> {
        let inner = self.text().strip_prefix("<!--")?.strip_suffix("-->")?;
        let mut words = inner.split([' ', '\t', '\n', '\r', ',']).filter(is_word);
        let directive = words.next()?.strip_prefix("hjelp-")?;
        Some((directive, words.collect()))
    }

    /// The bytes in which a directive suppresses problems; `None` for an unknown one. One byte more than the text has, because problems may
    /// be at its very end.
    fn range_of(&self, directive: &str) -> Option<Span> {
        let text = &self.source.text;
        let (start, end) = (self.span.start as usize, self.span.end as usize);
        let line = match directive {
            "disable" => return Some(Span::new(end, text.len() + 1)),
            "disable-file" => return Some(Span::new(0, text.len() + 1)),
            "disable-line" => self.lines.position(text, start).line,
            "disable-next-line" => self.lines.position(text, end).line + 1,
            _ => return None,
        };
        let bytes = self.lines.line(text, line);
        Some(Span::new(bytes.start, bytes.end + 1))
    }

    /// Where a code is named.
    fn span_of(&self, name: &str) -> Span {
        match self.text().find(name) {
            Some(at) => {
                let start = self.span.start as usize + at;
                Span::new(start, start + name.len())
            }
            None => self.span,
        }
    }
}

fn is_word(word: &&str) -> bool {
    !word.is_empty()
}

/// The comments in the Markdown of a document, in reading order. A comment in a code block is text.
fn comments(document: &Document) -> Vec<Span> {
    let mut comments = Vec::new();
    for tree in trees(&document.body) {
        for node in &tree.nodes {
            let NodeKind::Html(edits) = &node.kind else {
                continue;
            };
            for edit in edits {
                if edit.with == HtmlReplacement::Comment {
                    comments.push(edit.span);
                }
            }
        }
    }
    comments
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    /// A directive, the codes it names, and what it covers.
    type Covered<'a> = (&'a str, Vec<&'a str>, Option<Range<usize>>);

    /// The directive of the only comment in `text`.
    fn covered(text: &str) -> Option<Covered<'_>> {
        let source = Source::from_text(SitePath::new("a.md").unwrap(), text);
        let lines = LineIndex::new(text);
        let start = text.find("<!--").unwrap();
        let end = text.find("-->").unwrap() + "-->".len();
        let comment = Comment {
            source: &source,
            lines: &lines,
            span: Span::new(start, end),
        };
        let words = text[start..end].strip_prefix("<!--")?.strip_suffix("-->")?;
        let (directive, names) = comment.directive()?;
        let at = words.find(directive)?;
        let names = names.iter().map(|name| {
            let at = words.find(name).unwrap();
            &words[at..at + name.len()]
        });
        let range = comment.range_of(directive).map(Span::range);
        Some((&words[at..at + directive.len()], names.collect(), range))
    }

    #[test]
    fn directives_name_codes_and_cover_lines_or_the_rest_of_a_file() {
        for (text, directive, names, range) in [
            ("a <!-- hjelp-disable -->\nb", "disable", vec![], 24..27),
            (
                "<!--hjelp-disable-file x, y-->\nb",
                "disable-file",
                vec!["x", "y"],
                0..33,
            ),
            (
                "a\nb <!-- hjelp-disable-line x -->\nc",
                "disable-line",
                vec!["x"],
                2..34,
            ),
            (
                "<!-- hjelp-disable-next-line\tx -->\nb\nc",
                "disable-next-line",
                vec!["x"],
                35..37,
            ),
        ] {
            assert_eq!(
                covered(text),
                Some((directive, names, Some(range))),
                "{text}"
            );
        }
        assert_eq!(covered("<!-- hjelp -->"), None);
        assert_eq!(covered("<!-- hjelp-x -->"), Some(("x", vec![], None)));
    }

    #[test]
    fn an_enable_comment_ends_open_suppressions_only() {
        let suppression = |code, is_open| Suppression {
            comment: Span::new(0, 1),
            code,
            bytes: Span::new(1, 100),
            is_open,
            is_used: false,
        };
        let source = Source::from_text(SitePath::new("a.md").unwrap(), "0123456789");
        let comment = Comment {
            source: &source,
            lines: &LineIndex::new("0123456789"),
            span: Span::new(5, 9),
        };
        let all = vec![
            suppression(Some(Code::BrokenLink), true),
            suppression(Some(Code::BrokenLink), false),
            suppression(None, true),
        ];
        let mut suppressions = Suppressions { all };
        suppressions.enable(&comment, &["broken-link"]);
        let ends: Vec<u32> = suppressions.all.iter().map(|one| one.bytes.end).collect();
        assert_eq!(ends, [5, 100, 100]);
        suppressions.enable(&comment, &[]);
        assert_eq!(suppressions.all[2].bytes.end, 5);
    }
}
