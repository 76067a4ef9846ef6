//! `:::no-loc text="":::`: a term that is not translated (DocFX spec 7.3).

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "no-loc",
    position: Position::Inline,
    terminator: Terminator::Colons,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&["text"])?;
    Ok(TripleColon::NoLoc(line.required("text")?))
}
