//! `::: zone target="docs" pivot="a,b"`: a part for some readers only (DocFX spec 7.2).

use super::container::SpannedTarget;
use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};
use crate::message;

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "zone",
    position: Position::Block,
    terminator: Terminator::EndOfLine,
    parse,
};

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&["target", "pivot"])?;
    let target = line.target("target");
    let pivot = line.target("pivot");
    let mut attributes = Vec::new();
    if let Some(target) = &target {
        check_target(line, target)?;
        attributes.push(("target", target.target.clone()));
    }
    if let Some(pivot) = &pivot {
        // DocFX writes the names with spaces, as a list of classes.
        attributes.push(("pivot", pivot_names(line, pivot)?.into()));
    }
    match (target, pivot) {
        (None, None) => Err(line.problem(
            line.span(),
            "neither `target` nor `pivot`",
            "Add `target=\"docs\"`, `chromeless` or `pdf`, or `pivot`.",
        )),
        // A printed page has no reader who could choose.
        (Some(target), Some(pivot)) if &*target.target == "pdf" => Err(line.problem(
            pivot.span,
            "a `pivot` besides `target=\"pdf\"`",
            "Remove one of them.",
        )),
        _ => Ok(line.open(attributes)),
    }
}

fn check_target(line: &TripleColonLine<'_>, target: &SpannedTarget) -> Result<(), SyntaxProblem> {
    if matches!(&*target.target, "docs" | "chromeless" | "pdf") {
        return Ok(());
    }
    Err(line.problem(
        target.span,
        message!("no target `{target}`", target = target.target),
        "Write `docs`, `chromeless` or `pdf`.",
    ))
}

/// `a, b` -> `a b`
fn pivot_names(line: &TripleColonLine<'_>, pivot: &SpannedTarget) -> Result<String, SyntaxProblem> {
    let names: Vec<&str> = pivot.target.split(',').map(str::trim).collect();
    for name in &names {
        if !is_pivot_name(name) {
            return Err(line.problem(
                pivot.span,
                message!("no pivot `{target}`", target = pivot.target),
                "Names of pivots have small letters, digits and `-`.",
            ));
        }
    }
    Ok(names.join(" "))
}

fn is_pivot_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    !name.is_empty() && bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}
