//! `:::row:::`: columns side by side (DocFX spec 7.2). Attributes are ignored, as DocFX ignores them.

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "row",
    position: Position::Block,
    terminator: Terminator::Colons,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    Ok(line.open(Vec::new()))
}
