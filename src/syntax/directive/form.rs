//! `:::form action="" submitText="":::`: a form that a script of the site fills (DocFX spec 7.3).

use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "form",
    position: Position::Block,
    terminator: Terminator::ColonsOrLine,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    // Names of attributes come in lower case.
    line.expect_only(&["model", "action", "submittext"])?;
    Ok(TripleColon::Form([
        line.value("model").unwrap_or_default(),
        line.required("action")?,
        line.required("submittext")?,
    ]))
}
