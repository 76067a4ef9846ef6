//! `:::code source="":::`: code taken from a file (DocFX spec 7.3).

use super::parsed::{SyntaxProblem, TripleColon};
use super::snippet::{Snippet, SnippetSelector, language_of_file, line_ranges};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "code",
    position: Position::Block,
    terminator: Terminator::ColonsOrLine,
    parse,
};

const ATTRIBUTES: [&str; 6] = [
    "source",
    "range",
    "id",
    "highlight",
    "language",
    "interactive",
];

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&ATTRIBUTES)?;
    let path = line.required("source")?;
    let source = line.target("source").unwrap_or_default();
    Ok(TripleColon::Code(Box::new(Snippet {
        path_span: source.span,
        language: Some(language(line, &path)?),
        path,
        selector: selector(line),
        highlight: line.value("highlight"),
        mode: line.value("interactive"),
        triple: true,
        ..Snippet::default()
    })))
}

fn language(line: &TripleColonLine<'_>, path: &str) -> Result<Box<str>, SyntaxProblem> {
    if let Some(stated) = line.value("language") {
        return Ok(stated);
    }
    match language_of_file(path) {
        Some(language) => Ok(language.into()),
        None => Err(line.problem(
            line.span(),
            "no `language`, and the extension of its file is not known",
            "Add `language=\"...\"`.",
        )),
    }
}

/// A region wins over lines. A range that can't be read selects the whole file, as in DocFX.
fn selector(line: &TripleColonLine<'_>) -> SnippetSelector {
    if let Some(region) = line.value("id") {
        return SnippetSelector::Region(region);
    }
    if let Some(range) = line.value("range")
        && let Some(lines) = line_ranges(&range)
    {
        return SnippetSelector::Lines(lines);
    }
    SnippetSelector::Whole
}
