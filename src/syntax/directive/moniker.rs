//! `::: moniker range=">= x"`: a part for some versions of a product only (DocFX spec 7.2).

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "moniker",
    position: Position::Block,
    terminator: Terminator::EndOfLine,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&["range"])?;
    Ok(line.open(vec![("range", line.required("range")?)]))
}
