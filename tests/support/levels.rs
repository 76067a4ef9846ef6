//! The levels at which problems are reported, compared with the table of codes. A site that sets levels itself is not compared.

use hjelp::diagnostic::{Code, Diagnostic, Level};
use hjelp::source::Sources;

/// Problems that can have another level than their code, each with the reason.
const EXCEPTIONS: &[(Code, Level, &str)] = &[
    (
        Code::Encoding,
        Level::Warning,
        "the text can be read, but a word in it was decoded wrongly",
    ),
    (
        Code::UnknownPageType,
        Level::Note,
        "a pattern lists a file that nothing is made of",
    ),
    (
        Code::InvalidAddress,
        Level::Warning,
        "a link without an address leads to its own page",
    ),
    (
        Code::BrokenAnchor,
        Level::Warning,
        "something else on the server may publish the page at `/...`",
    ),
    (
        Code::LiteralMarkup,
        Level::Note,
        "a list of tasks with brackets can be read",
    ),
    (
        Code::UnclosedHtml,
        Level::Warning,
        "browsers close a `div`, and only the layout suffers",
    ),
    (
        Code::DuplicateReference,
        Level::Note,
        "both definitions have the same address",
    ),
    (
        Code::BrokenLink,
        Level::Warning,
        "something else on the server may publish a file at `/...`",
    ),
    (
        Code::MissingImage,
        Level::Warning,
        "something else on the server may publish a file at `/...`",
    ),
    (
        Code::BrokenLandingLink,
        Level::Warning,
        "something else on the server may publish a file at `/...`",
    ),
    (
        Code::BrokenRedirect,
        Level::Warning,
        "something else on the server may publish a file at `/...`",
    ),
    (
        Code::BrokenTocEntry,
        Level::Warning,
        "something else on the server may publish a file at `/...`",
    ),
    (
        Code::DuplicateKey,
        Level::Warning,
        "DocFX accepts a `docfx.json` with duplicate keys",
    ),
    (
        Code::BadGlob,
        Level::Warning,
        "DocFX ignores such a pattern in a `docfx.json`",
    ),
    (
        Code::OutsideSite,
        Level::Warning,
        "DocFX reads files outside; only the setting is lost",
    ),
    (
        Code::MissingFile,
        Level::Warning,
        "a site can be built without a logo or metadata",
    ),
];

/// A message for each problem whose level is neither that of its code nor an exception.
pub fn unexpected_levels(problems: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut unexpected = Vec::new();
    if sets_levels(sources) {
        return unexpected;
    }
    for problem in problems {
        let (code, level) = (problem.code, problem.level);
        let is_exception = EXCEPTIONS
            .iter()
            .any(|(other, allowed, _)| (*other, *allowed) == (code, level));
        if level != code.level() && !is_exception {
            unexpected.push(format!(
                "`{code}` is reported as {}, not as {}: {}",
                level.name(),
                code.level().name(),
                problem.message
            ));
        }
    }
    unexpected
}

fn sets_levels(sources: &Sources) -> bool {
    for (path, key) in [("hjelp.yml", "checks:"), ("docfx.json", "\"rules\"")] {
        if let Some(id) = sources.find(path)
            && sources.get(id).text.contains(key)
        {
            return true;
        }
    }
    false
}
