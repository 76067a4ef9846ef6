//! `:::name attribute="value":::` directives (DocFX spec 7): the table of them, and the search for them. Reads line by line; which lines
//! belong together as a block is found out among the siblings of the tree.

use crate::diagnostic::Code;
use crate::message;
use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};

use super::attributes;
use super::container::{Container, CustomContainer};
use super::open_containers::{EndLine, Ending, OpenContainers};
use super::parsed::{
    Directive, DirectiveSearch, Mask, ParsedDirective, SyntaxProblem, TripleColon,
};
use super::source_line::{SourceLine, is_escaped};
use super::triple_colon_line::{Position, TripleColonDirective, TripleColonLine, name_len};
use super::{code, column, form, image, moniker, no_loc, row, video, zone};

/// Every `:::` directive.
const DIRECTIVES: [&TripleColonDirective; 9] = [
    &row::DIRECTIVE,
    &column::DIRECTIVE,
    &zone::DIRECTIVE,
    &moniker::DIRECTIVE,
    &image::DIRECTIVE,
    &video::DIRECTIVE,
    &code::DIRECTIVE,
    &form::DIRECTIVE,
    &no_loc::DIRECTIVE,
];

/// Adds all `:::` directives of `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, dialect: Dialect, search: &mut DirectiveSearch) {
    let mut finder = Finder {
        text,
        dialect,
        search,
        containers: OpenContainers::new(text, from),
    };
    let mut at = from;
    let mut line = SourceLine::default();
    while let Some(offset) = opening(&text[at..]) {
        let start = at + offset;
        if start >= line.end {
            line = SourceLine::around(text, start);
        }
        at = finder.read(start, &line);
    }
    finder.finish();
}

/// Where the first `:::` is. Searching for one byte is faster than for three; most texts have few `:`.
fn opening(text: &str) -> Option<usize> {
    for (at, _) in text.match_indices(':') {
        if text[at..].starts_with(":::") {
            return Some(at);
        }
    }
    None
}

struct Finder<'a, 's> {
    text: &'a str,
    dialect: Dialect,
    search: &'s mut DirectiveSearch,
    containers: OpenContainers<'a>,
}

impl Finder<'_, '_> {
    /// Reads the `:::` at byte `start`; returns where to go on.
    fn read(&mut self, start: usize, line: &SourceLine) -> usize {
        let rest = line.rest(self.text, start);
        let after_colons = start + colon_count(rest);
        if is_escaped(self.text, start) {
            return after_colons;
        }
        if let Some((len, words)) = no_loc::read(rest) {
            let mask = if line.is_filled(self.text, start, start + len) {
                Mask::Autolink
            } else {
                Mask::Inline
            };
            self.push(
                Span::new(start, start + len),
                TripleColon::NoLoc(words),
                mask,
            );
            return start + len;
        }
        let alone = start == line.content;
        if alone && let Some(end) = self.end_line(rest) {
            match self.end(&end, start, line) {
                // `:::` that ends nothing opens a block without a name, where there are such blocks.
                Ending::Nothing if end.name.is_empty() => {}
                Ending::Ends { .. } => return start + end.len,
                _ => return after_colons,
            }
        }
        let custom = self.dialect.has(Feature::CustomContainers);
        let found = match read(rest, start, alone, custom) {
            Ok(None) if alone && custom => custom_container(rest, self.dialect),
            other => other,
        };
        let (len, directive) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return after_colons,
            Err(problem) => {
                self.search.problems.push(problem);
                return after_colons;
            }
        };
        let span = Span::new(start, start + len);
        if let TripleColon::Open(container) = &directive
            && !self.open(container, span, line)
        {
            return after_colons;
        }
        // The mask decides what CommonMark makes of the line: a block ends a paragraph, an
        // inline is in one.
        let mask = if !line.is_filled(self.text, start, start + len) {
            Mask::Inline
        } else if directive.is_inline() {
            Mask::Autolink
        } else if len < "<??>".len() {
            Mask::Rule
        } else {
            Mask::Block
        };
        self.push(span, directive, mask);
        start + len
    }

    /// Ends the text.
    fn finish(mut self) {
        self.containers.finish();
        self.search.rows = self.containers.rows;
        self.search.indented_ends = self.containers.indented_ends;
    }

    fn push(&mut self, span: Span, directive: TripleColon, mask: Mask) {
        self.search.found.push(ParsedDirective {
            span,
            directive: Directive::TripleColon(directive),
            mask,
        });
    }

    /// Opens a block; false if it may not be here.
    fn open(&mut self, container: &Container, span: Span, line: &SourceLine) -> bool {
        let start = span.start as usize;
        // Code is no place for a block, but what is code is up to CommonMark in the end.
        if self.containers.is_in_code(line, start) {
            return true;
        }
        self.containers.drop_ended(line);
        if container.name() == "zone" && self.containers.has("zone") {
            self.search.problems.push(SyntaxProblem {
                code: Code::InvalidDirective,
                span,
                message: "a zone inside a zone".into(),
                help: "End the first zone with `::: zone-end` before.".into(),
            });
            return false;
        }
        let colons = colon_count(span.of(self.text));
        self.containers.open(container, start, colons, line);
        true
    }

    /// Reads `:::name-end`, or `:::` alone where blocks can end so. Rows and columns have to end with `:::` here, too; for zones and monikers
    /// there is nothing to read behind the name.
    fn end_line(&self, text: &str) -> Option<EndLine> {
        let colons = colon_count(text);
        let len = text.trim_end().len();
        let spaced = text[colons..].trim_start_matches([' ', '\t']);
        if spaced.trim_end().is_empty() {
            let custom = self.dialect.has(Feature::CustomContainers);
            return custom.then_some(EndLine {
                name: "",
                len,
                colons,
            });
        }
        let typed = &spaced[..name_len(spaced)];
        let lower = typed.to_ascii_lowercase();
        let name = named(lower.strip_suffix("-end")?)?.name;
        if matches!(name, "row" | "column") && !spaced[typed.len()..].trim().starts_with(":::") {
            return None;
        }
        Some(EndLine { name, len, colons })
    }

    fn end(&mut self, end: &EndLine, start: usize, line: &SourceLine) -> Ending {
        let span = Span::new(start, start + end.len);
        let ending = self.containers.end(end, start, line);
        match &ending {
            Ending::Ends {
                opener,
                mask,
                open_fence,
            } => {
                if let Some(fence) = open_fence {
                    self.report_open_fence(*fence, span);
                }
                self.push(span, TripleColon::Close(*opener), *mask);
            }
            Ending::Nothing if !end.name.is_empty() => {
                let name = end.name;
                self.search.problems.push(SyntaxProblem {
                    code: Code::InvalidDirective,
                    span,
                    message: message!("`:::{name}-end` without `:::{name}`", name),
                    help: message!(
                        "Remove it, or write `:::{name}` where the block begins.",
                        name
                    ),
                });
            }
            _ => {}
        }
        ending
    }

    /// Reports the fence on the line that begins at byte `start`, which the end line at `end` has to end.
    fn report_open_fence(&mut self, start: usize, end: Span) {
        let line = self.text[start..].lines().next().unwrap_or("").trim_end();
        let signs = line.find(['`', '~']).unwrap_or(0);
        let len = line.len()
            - line
                .trim_end_matches(|sign| sign != '`' && sign != '~')
                .len();
        let span = Span::new(start + signs, start + line.len() - len);
        let end = end.of(self.text);
        self.search.problems.push(SyntaxProblem {
            code: Code::UnclosedBlock,
            span,
            message: message!("the code is not closed before `{end}`", end),
            help: message!(
                "Write {text} on a line of its own where it ends.",
                text = span.of(self.text)
            ),
        });
    }
}

/// Reads `:::name {.class}`: a block with any name.
fn custom_container(text: &str, dialect: Dialect) -> ReadLine {
    let line = text.trim_end();
    // As in a fence of backticks, which Markdig reads with the same code.
    if line.contains('`') {
        return Ok(None);
    }
    let info = line.trim_start_matches(':').trim_start();
    let name = info.split([' ', '\t', '{']).next().unwrap_or("");
    let mut container = CustomContainer {
        name: name.into(),
        ..CustomContainer::default()
    };
    if dialect.has(Feature::Attributes)
        && let Some(at) = info.find('{')
        && let Some((_, attributes)) = attributes::read(&info[at..])
    {
        container.attributes = attributes;
    }
    let opened = TripleColon::Open(Container::Custom(Box::new(container)));
    Ok(Some((line.len(), opened)))
}

/// A directive and how many bytes it takes, or nothing if the text is just text.
type ReadLine = Result<Option<(usize, TripleColon)>, SyntaxProblem>;

/// Reads `text`, which begins with `:::` at byte `base` of its source and runs to the end of its line. `alone`: nothing is before it.
fn read(text: &str, base: usize, alone: bool, custom: bool) -> ReadLine {
    let after = &text[colon_count(text)..];
    let spaced = after.trim_start_matches([' ', '\t']);
    let typed = &spaced[..name_len(spaced)];
    let name = typed.to_ascii_lowercase();
    let name_end = text.len() - spaced.len() + typed.len();
    let has_space = spaced.len() != after.len();
    let Some(directive) = named(&name) else {
        let span = Span::new(base + name_end - typed.len(), base + name_end);
        // Any name may be that of a block of the site's own.
        let is_suspect = alone && !custom && !after.starts_with('\t');
        return match misspelled(&name, span, is_suspect) {
            Some(problem) => Err(problem),
            None => Ok(None),
        };
    };
    // Only an inline directive is matched with its case (DocFX spec 7.3), and only a block may have a space before its name (7.1).
    let may_be_here = match directive.position {
        Position::Block => alone,
        Position::Any => alone || !has_space,
        Position::Inline => !has_space && typed == directive.name,
    };
    if !may_be_here {
        return Ok(None);
    }
    let mut line = TripleColonLine::new(text, base, directive.name, name_end);
    line.alone = alone;
    line.read_attributes(directive.terminator)?;
    if directive.position == Position::Block {
        line.expect_end_of_line()?;
    }
    let parsed = (directive.parse)(&line)?;
    Ok(Some((line.end(), parsed)))
}

fn named(name: &str) -> Option<&'static TripleColonDirective> {
    DIRECTIVES
        .into_iter()
        .find(|directive| directive.name == name)
}

/// A problem if `name`, alone on its line, is nearly that of a directive. Two letters are nearly anything.
fn misspelled(name: &str, span: Span, alone: bool) -> Option<SyntaxProblem> {
    if !alone || name.len() <= 2 {
        return None;
    }
    for directive in DIRECTIVES {
        if strsim::damerau_levenshtein(directive.name, name) <= 2 {
            return Some(SyntaxProblem {
                code: Code::UnknownDirective,
                span,
                message: message!("unknown directive `:::{name}`", name),
                help: message!("Did you mean `:::{block}`?", block = directive.name),
            });
        }
    }
    None
}

fn colon_count(text: &str) -> usize {
    text.len() - text.trim_start_matches(':').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(text: &str) -> DirectiveSearch {
        let mut search = DirectiveSearch::default();
        find(text, 0, Dialect::DOCFX, &mut search);
        search
    }

    fn problem(text: &str) -> Option<(String, String)> {
        let problem = search(text).problems.into_iter().next()?;
        Some((
            problem.span.of(text).to_owned(),
            problem.message.to_string(),
        ))
    }

    #[test]
    fn attributes_of_blocks_are_read() {
        let text = "::: zone target=\"docs\" pivot=\"a, b\"\n::: zone-end\n";
        let found = search(text).found;
        assert_eq!(found.len(), 2);
        let Directive::TripleColon(TripleColon::Open(Container::Block(zone))) = &found[0].directive
        else {
            panic!("no zone");
        };
        assert_eq!(zone.attribute("target"), Some("docs"));
        assert_eq!(zone.attribute("pivot"), Some("a b"));
        assert_eq!(
            found[1].directive,
            Directive::TripleColon(TripleColon::Close(0))
        );
    }

    #[test]
    fn problems_point_at_what_is_wrong() {
        for (text, blamed, message) in [
            (":::row::: x", " x", "`:::row` has text after it"),
            (
                ":::column span=2:::",
                "span=2:::",
                "`:::column` has no value in quotes for `span`",
            ),
            (
                ":::column size=\"2\":::",
                "size",
                "`:::column` has no attribute `size`",
            ),
            (
                ":::form submittext=\"x\":::",
                ":::form submittext=\"x\":::",
                "`:::form` has no `action`",
            ),
            (":::rov:::", "rov", "unknown directive `:::rov`"),
            (
                ":::row-end:::",
                ":::row-end:::",
                "`:::row-end` without `:::row`",
            ),
            (
                ":::video source=\"x\" max-width=\"a\":::",
                "a",
                "`:::video` has a `max-width` that is not a number",
            ),
        ] {
            let expected = Some((blamed.to_owned(), message.to_owned()));
            assert_eq!(problem(text), expected, "{text}");
        }
        for text in ["x :::row:::", "::::", ":::no:::", "\\:::row:::"] {
            assert_eq!(problem(text), None, "{text}");
        }
    }

    #[test]
    fn images_and_terms_are_part_of_a_paragraph() {
        for (text, mask) in [
            (
                ":::image source=\"a.png\" alt-text=\"a\":::",
                Mask::Autolink,
            ),
            ("see :::no-loc text=\"x\":::", Mask::Inline),
            (
                ":::image type=\"complex\" source=\"a.png\" alt-text=\"a\":::",
                Mask::Block,
            ),
        ] {
            assert_eq!(search(text).found[0].mask, mask, "{text}");
        }
    }
}
