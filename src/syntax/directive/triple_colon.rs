//! `:::name attribute="value":::` directives (DocFX spec 7): the table of them, and the search for them. Reads line by line; which lines
//! belong together as a block is found out among the siblings of the tree.

use crate::diagnostic::Code;
use crate::source::Span;

use super::container::Container;
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
pub(super) fn find(text: &str, from: usize, search: &mut DirectiveSearch) {
    let mut finder = Finder {
        text,
        search,
        open: Vec::new(),
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
    search: &'s mut DirectiveSearch,
    /// The blocks that are open, with the bytes of their opening lines.
    open: Vec<(Container, Span)>,
}

impl Finder<'_, '_> {
    /// Reads the `:::` at byte `start`; returns where to go on.
    fn read(&mut self, start: usize, line: &SourceLine) -> usize {
        let rest = line.rest(self.text, start);
        let after_colons = start + colon_count(rest);
        if is_escaped(self.text, start) {
            return after_colons;
        }
        let (len, directive) = match read(rest, start, start == line.content) {
            Ok(Some(found)) => found,
            Ok(None) => return after_colons,
            Err(problem) => {
                self.search.problems.push(problem);
                return after_colons;
            }
        };
        let span = Span::new(start, start + len);
        let is_wanted = match &directive {
            TripleColon::Open(container) => self.open(container, span),
            TripleColon::Close(name) => self.close(name, start),
            _ => true,
        };
        if !is_wanted {
            return after_colons;
        }
        // The mask decides what CommonMark makes of the line: a block ends a paragraph, an
        // inline is in one.
        let mask = if !line.is_filled(self.text, start, start + len) {
            Mask::Inline
        } else if directive.is_inline() {
            Mask::Autolink
        } else {
            Mask::Block
        };
        self.search.found.push(ParsedDirective {
            span,
            directive: Directive::TripleColon(directive),
            mask,
        });
        start + len
    }

    /// Opens a block; false if it may not be here.
    fn open(&mut self, container: &Container, span: Span) -> bool {
        let is_zone = container.name() == "zone";
        if is_zone && self.open.iter().any(|(outer, _)| outer.name() == "zone") {
            self.search.problems.push(SyntaxProblem {
                code: Code::InvalidDirective,
                span,
                message: "a zone inside a zone".to_owned(),
                help: "End the first zone with `::: zone-end` before.".to_owned(),
            });
            return false;
        }
        self.open.push((container.clone(), span));
        true
    }

    /// Closes the innermost block of this name, and all blocks in it; false if there is none.
    fn close(&mut self, name: &str, at: usize) -> bool {
        let has_name = |(container, _): &(Container, Span)| container.name() == name;
        let Some(opener) = self.open.iter().rposition(has_name) else {
            return false;
        };
        // What the author forgot to close ends here, too; otherwise one missing line would be
        // reported for the rest of the page.
        let unclosed = self.open.split_off(opener + 1);
        self.report_unclosed(unclosed);
        let opening = self.open.pop();
        // Rows in rows are within the lines of the outer one, whose indentation is moved away
        // for all of them.
        let is_outermost_row = name == "row" && !self.open.iter().any(has_name);
        if let Some((_, opening)) = opening
            && is_outermost_row
        {
            self.search.rows.push((opening.start as usize, at));
        }
        true
    }

    /// Ends what is open at the end of the text.
    fn finish(mut self) {
        for (container, opening) in &self.open {
            if container.name() == "row" {
                let row = (opening.start as usize, self.text.len());
                self.search.rows.push(row);
                break;
            }
        }
        let unclosed = std::mem::take(&mut self.open);
        self.report_unclosed(unclosed);
    }

    fn report_unclosed(&mut self, open: Vec<(Container, Span)>) {
        for (container, span) in open {
            let name = container.name();
            let end = if matches!(name, "zone" | "moniker") {
                format!("::: {name}-end")
            } else {
                format!(":::{name}-end:::")
            };
            self.search.problems.push(SyntaxProblem {
                code: Code::UnclosedBlock,
                span,
                message: format!("`:::{name}` is not closed"),
                help: format!("Write `{end}` where it ends."),
            });
        }
    }
}

/// A directive and how many bytes it takes, or nothing if the text is just text.
type ReadLine = Result<Option<(usize, TripleColon)>, SyntaxProblem>;

/// Reads `text`, which begins with `:::` at byte `base` of its source and runs to the end of its line. `alone`: nothing is before it.
fn read(text: &str, base: usize, alone: bool) -> ReadLine {
    let after = &text[colon_count(text)..];
    let spaced = after.trim_start_matches([' ', '\t']);
    let typed = &spaced[..name_len(spaced)];
    let name = typed.to_ascii_lowercase();
    let name_end = text.len() - spaced.len() + typed.len();
    if alone && let Some(name) = name.strip_suffix("-end") {
        return Ok(read_end(name, text, &spaced[typed.len()..]));
    }
    let has_space = spaced.len() != after.len();
    let Some(directive) = named(&name) else {
        let span = Span::new(base + name_end - typed.len(), base + name_end);
        return match misspelled(&name, span, alone && !after.starts_with('\t')) {
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

/// Reads `:::name-end`, behind which `rest` follows. Rows and columns have to end with `:::` here, too; for zones and monikers there is
/// nothing to read behind the name.
fn read_end(name: &str, text: &str, rest: &str) -> Option<(usize, TripleColon)> {
    let name = named(name)?.name;
    if matches!(name, "row" | "column") && !rest.trim().starts_with(":::") {
        return None;
    }
    Some((text.trim_end().len(), TripleColon::Close(name)))
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
                message: format!("unknown directive `:::{name}`"),
                help: format!("Did you mean `:::{}`?", directive.name),
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
        find(text, 0, &mut search);
        search
    }

    fn problem(text: &str) -> Option<(String, String)> {
        let problem = search(text).problems.into_iter().next()?;
        Some((problem.span.of(text).to_owned(), problem.message))
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
            Directive::TripleColon(TripleColon::Close("zone"))
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
            (":::row:::", ":::row:::", "`:::row` is not closed"),
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
