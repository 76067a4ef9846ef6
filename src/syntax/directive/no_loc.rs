//! `:::no-loc text="":::`: a term that is not translated (DocFX spec 7.3).

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "no-loc",
    position: Position::Inline,
    terminator: Terminator::Colons,
    parse,
};

/// How DocFX has it: read to the next quote that no backslash is before, and empty words are words, too.
const START: &str = ":::no-loc text=\"";

/// The words of the directive that `rest` begins with, and its length.
pub(super) fn read(rest: &str) -> Option<(usize, Box<str>)> {
    let typed = rest.strip_prefix(START)?;
    let mut words = String::new();
    let mut is_escaped = false;
    for (at, character) in typed.char_indices() {
        match character {
            '\\' if !is_escaped => {
                is_escaped = true;
                continue;
            }
            '"' if !is_escaped => {
                let closed = typed[at + 1..].starts_with(":::");
                return closed.then(|| (START.len() + at + "\":::".len(), words.into()));
            }
            _ => words.push(character),
        }
        is_escaped = false;
    }
    None
}

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&["text"])?;
    Ok(TripleColon::NoLoc(line.required("text")?))
}
