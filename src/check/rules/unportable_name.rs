//! `unportable-name`: file names of the built site that Windows or macOS can't store, or can't distinguish from another one.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::site::pages::Origin;
use crate::source::{Message, SitePath, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::UnportableName,
    docs: include_str!("../docs/unportable-name.md"),
    run: Some(run),
};

/// The longest file name that Windows, macOS and Linux can all store, in bytes.
const MAX_BYTES: usize = 255;

/// A source and the file it becomes.
struct OutputFile<'a> {
    source: &'a SitePath,
    output: SitePath,
}

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let mut files: Vec<OutputFile<'_>> = Vec::new();
    for page in site.pages() {
        // A page in place of a missing translation has the file name of its original.
        if page.origin == Origin::Translated {
            files.push(OutputFile {
                source: &site.source(page.source).path,
                output: page.output.clone(),
            });
        }
    }
    files.extend(suspicious_assets(site));
    let mut first: FxHashMap<String, &OutputFile<'_>> = FxHashMap::default();
    for file in &files {
        let output = &file.output;
        if let Some((name, reason)) = invalid_name(output) {
            let name = name.replace(char::is_control, "\u{FFFD}");
            let message = message!("`{name}` {reason}", name, reason);
            let help =
                "Rename the file or folder, so that the site can be built and copied everywhere.";
            checker.report(problem_of(file, message).help(help));
        }
        let earlier = *first.entry(output.as_str().to_lowercase()).or_insert(file);
        if earlier.output != *output {
            let message = message!(
                "`{output}` and `{output2}` are the same file on Windows and macOS",
                output,
                output2 = earlier.output
            );
            let problem = problem_of(file, message)
                .label(earlier.source, Span::default(), "this is the other file")
                .help("Give one of them a name that differs in more than case.");
            checker.report(problem);
        }
    }
}

fn problem_of(file: &OutputFile<'_>, message: Message) -> Diagnostic {
    Diagnostic::new(Code::UnportableName, file.source, Span::default(), message)
}

/// The assets whose own name is invalid, or that differ from another source in case only. There may be very many assets, and working out
/// where they are published takes longer than looking at their names.
fn suspicious_assets(site: &Site) -> Vec<OutputFile<'_>> {
    let mut sources: Vec<&SitePath> = site.sources.assets().keys().collect();
    sources.extend(site.sources.texts().iter().map(|source| &source.path));
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    for path in &sources {
        *counts.entry(case_hash(path)).or_default() += 1;
    }
    sources.retain(|path| counts[&case_hash(path)] > 1 || invalid_name(path).is_some());
    sources.sort_by_cached_key(|path| path.as_str().to_lowercase());
    let mut assets = Vec::new();
    for source in sources {
        if let Some(placed) = site.placed(source)
            && placed.kind == FileKind::Assets
        {
            let output = placed.output;
            assets.push(OutputFile { source, output });
        }
    }
    assets
}

/// The same for paths that differ in case only. Two other paths with the same hash only cost time.
fn case_hash(path: &SitePath) -> u64 {
    xxh3_64(path.as_str().to_lowercase().as_bytes())
}

/// The first name in `path` that is invalid on some system, and why.
fn invalid_name(path: &SitePath) -> Option<(&str, &'static str)> {
    for name in path.segments() {
        if let Some(reason) = fault_of(name) {
            return Some((name, reason));
        }
    }
    None
}

/// Why a name is invalid on some system (Win32, "Naming files, paths, and namespaces").
fn fault_of(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or("").trim_end();
    if is_device(stem) {
        return Some("is the name of a device on Windows, with any extension");
    }
    if name.contains(is_forbidden) {
        return Some("contains a character that Windows does not allow in file names");
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends with a dot or a space, which Windows removes");
    }
    if name.len() > MAX_BYTES {
        return Some("is longer than 255 bytes");
    }
    None
}

fn is_device(stem: &str) -> bool {
    let numbered = stem.strip_suffix(|char: char| matches!(char, '1'..='9'));
    if let Some(port) = numbered {
        return port.eq_ignore_ascii_case("com") || port.eq_ignore_ascii_case("lpt");
    }
    let devices = ["con", "prn", "aux", "nul"];
    devices
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
}

fn is_forbidden(char: char) -> bool {
    char.is_control() || matches!(char, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_invalid_elsewhere_have_a_reason() {
        for name in [
            "con",
            "CON.html",
            "nul.tar.gz",
            "com1.md",
            "lpt9",
            "a:b",
            "a?.png",
            "slutt.",
            "slutt ",
            "a|b",
            "x\u{7}",
            "aux .md",
        ] {
            assert!(fault_of(name).is_some(), "{name}");
        }
        for name in [
            "console.md",
            "com10.md",
            "com.md",
            "aå.html",
            "con-2.md",
            ".nojekyll",
            "a b.png",
            "lpt.md",
            "contact",
        ] {
            assert_eq!(fault_of(name), None, "{name}");
        }
        assert!(fault_of(&"å".repeat(128)).is_some() && fault_of(&"a".repeat(255)).is_none());
    }
}
