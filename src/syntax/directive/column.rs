//! `:::column span="2":::`: one column of a row (DocFX spec 7.2).

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "column",
    position: Position::Block,
    terminator: Terminator::Colons,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&["span"])?;
    let mut attributes = Vec::new();
    // An empty span counts as none: the column is as wide as its neighbours.
    if let Some(span) = line.value("span") {
        attributes.push(("span", span));
    }
    Ok(line.open(attributes))
}
