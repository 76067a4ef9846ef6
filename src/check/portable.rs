//! `unportable-name`: file names of the finished site that Windows or macOS cannot write, or cannot tell from another.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::config::FileKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::site::pages::Origin;
use crate::source::{SitePath, Span};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnportableName],
    about: "A file name of the finished site is none on Windows or macOS, or differs from another only in case.",
    run,
};

/// No system takes a longer name.
const LONGEST: usize = 255;

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    let pages = site
        .pages()
        .iter()
        .filter(|page| page.origin == Origin::Translated);
    let pages: Vec<(&SitePath, SitePath)> = pages
        .map(|page| (&site.source(page.source).path, page.output.clone()))
        .collect();
    let sources = site
        .sources
        .assets()
        .keys()
        .chain(site.sources.texts().iter().map(|source| &source.path));
    // Where a file goes is asked only of those whose own name is suspicious: there may be very many.
    let mut alike: FxHashMap<u64, usize> = FxHashMap::default();
    sources
        .clone()
        .for_each(|path| *alike.entry(folded(path)).or_default() += 1);
    let mut suspicious: Vec<&SitePath> = sources
        .filter(|path| alike[&folded(path)] > 1 || fault(path).is_some())
        .collect();
    suspicious.sort_by_cached_key(|path| path.as_str().to_lowercase());
    let assets = suspicious.into_iter().filter_map(|path| {
        let placed = site
            .placed(path)
            .filter(|placed| placed.kind == FileKind::Assets)?;
        Some((path, placed.output))
    });
    let files: Vec<(&SitePath, SitePath)> = pages.into_iter().chain(assets).collect();
    let mut first: FxHashMap<String, &(&SitePath, SitePath)> = FxHashMap::default();
    for file in &files {
        let (source, output) = file;
        if let Some((name, why)) = fault(output) {
            let message = format!("`{}` {why}", name.replace(char::is_control, "\u{FFFD}"));
            problems.push(
                Diagnostic::new(Code::UnportableName, source, Span::default(), message)
                    .help("Give the file or folder another name, so that the site can be built and copied everywhere."),
            );
        }
        match first.entry(output.as_str().to_lowercase()) {
            Entry::Occupied(known) if known.get().1 != *output => {
                let (other, taken) = known.get();
                let message = format!(
                    "it would be written to `{output}`, which Windows and macOS take for `{taken}`"
                );
                problems.push(
                    Diagnostic::new(Code::UnportableName, source, Span::default(), message)
                        .label(other, Span::default(), "this is the other file")
                        .help("Give one of the two a name that differs in more than case."),
                );
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(free) => _ = free.insert(file),
        }
    }
}

/// The same number for paths that differ only in case, and hardly ever for others.
fn folded(path: &SitePath) -> u64 {
    xxh3_64(path.as_str().to_lowercase().as_bytes())
}

/// The first name in `path` that is none everywhere, and why.
fn fault(path: &SitePath) -> Option<(&str, &'static str)> {
    path.segments()
        .find_map(|name| Some((name, fault_of(name)?)))
}

fn fault_of(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or("").trim_end();
    let is = |device: &str| stem.eq_ignore_ascii_case(device);
    let numbered = |device: &str| match stem.as_bytes() {
        [letters @ .., b'1'..=b'9'] => letters.eq_ignore_ascii_case(device.as_bytes()),
        _ => false,
    };
    if ["con", "prn", "aux", "nul"].into_iter().any(is) || numbered("com") || numbered("lpt") {
        return Some("is the name of a device on Windows, whatever stands behind the dot");
    }
    if name.contains(|sign: char| {
        sign.is_control() || matches!(sign, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\')
    }) {
        return Some("holds a character that no file name has on Windows");
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends with a dot or a space, which Windows leaves out");
    }
    (name.len() > LONGEST).then_some("is longer than the 255 bytes a file name may have")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_that_are_none_elsewhere() {
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
