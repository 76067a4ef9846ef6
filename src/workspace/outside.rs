//! Sources -> the paths in them to files outside of the site, so that the files there can be read before anything is parsed. In the files of the
//! site they are found as text, which is much faster than parsing and finds too many rather than too few; a file too many is only known, not
//! published. Files around the site are parsed, because every path in them is one around the site.

use std::collections::BTreeSet;

use crate::source::percent::decode_path;
use crate::source::{SitePath, Source, Surroundings};
use crate::syntax::{self, Dialect, RefKind};

/// Where paths in a file lead to.
#[derive(Clone, Copy)]
pub(super) struct OutsideFinder<'a> {
    pub surroundings: &'a Surroundings,
    /// The folder that `~/` is.
    pub home: &'a SitePath,
}

impl OutsideFinder<'_> {
    /// The paths in `source` to files outside of the site.
    pub fn paths_in(self, source: &Source) -> BTreeSet<SitePath> {
        let mut found = BTreeSet::new();
        if !syntax::is_document(&source.path) {
            return found;
        }
        if source.path.is_outside() {
            self.add_references(source, &mut found);
        } else {
            self.add_typed(source, &mut found);
        }
        found
    }

    fn add_references(self, source: &Source, found: &mut BTreeSet<SitePath>) {
        let document = syntax::parse_as(source, Dialect::DOCFX);
        for reference in &document.refs {
            // A uid can look like a path, but leads to no file.
            if matches!(reference.kind, RefKind::Uid | RefKind::UidShorthand) {
                continue;
            }
            let path = reference.target.split(['#', '?']).next();
            self.add(path.unwrap_or_default(), source, found);
        }
    }

    /// Looks for `../` wherever it leads above the site.
    fn add_typed(self, source: &Source, found: &mut BTreeSet<SitePath>) {
        let text = &*source.text;
        let depth = source.path.segments().count().saturating_sub(1);
        let mut done = 0;
        for (at, _) in text.match_indices("..") {
            if at < done {
                continue;
            }
            let steps = steps(&text[at..]);
            if steps == 0 {
                continue;
            }
            done = at + 3 * steps;
            let start = typed_start(text, at);
            // Most paths lead to another folder of the site, which the number of steps says already.
            if start == at && steps <= depth {
                continue;
            }
            // A path ends elsewhere in a link, an attribute or a text, and may have blanks in it:
            // each of these ends is tried, as a path too many does no harm.
            for end in [" \t)\"'<>#?`|]", ")\"'<>#?", "\"'#?"] {
                self.add(cut(&text[start..], end), source, found);
            }
        }
    }

    fn add(self, typed: &str, source: &Source, found: &mut BTreeSet<SitePath>) {
        if typed.is_empty() || typed.contains(':') || typed.starts_with(['/', '\\']) {
            return;
        }
        let (folder, below) = match typed.split_once('/') {
            Some(("~" | "%7E" | "%7e", below)) => (self.home.clone(), below),
            _ => (source.path.parent(), typed),
        };
        if let Ok(path) = self.surroundings.join(&folder, &decode_path(below))
            && path.is_outside()
        {
            found.insert(path);
        }
    }
}

/// How many `../` the text begins with.
fn steps(text: &str) -> usize {
    let mut steps = 0;
    let mut rest = text;
    while let Some(below) = rest.strip_prefix("../").or(rest.strip_prefix("..\\")) {
        steps += 1;
        rest = below;
    }
    steps
}

/// Where the path with a `../` at `at` begins: `~/../a` and `a/../../b` begin before it.
fn typed_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    if !before.ends_with(['/', '\\']) {
        return at;
    }
    let start = before.rfind(|char: char| {
        char.is_whitespace() || matches!(char, '(' | '"' | '\'' | '<' | '>' | '=' | '[' | '`' | '|')
    });
    match start {
        // All of these are one byte but blanks, which have to be stepped over as they are.
        Some(start) => start + text[start..].chars().next().map_or(1, char::len_utf8),
        None => 0,
    }
}

/// The text up to the end of its line, or the first of the characters `ends`.
fn cut<'t>(text: &'t str, ends: &str) -> &'t str {
    let end = text.find(|char: char| matches!(char, '\n' | '\r') || ends.contains(char));
    text[..end.unwrap_or(text.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_out_of_the_site_are_found_in_every_notation() {
        let path = |text: &str| SitePath::new(text).unwrap();
        let around = Surroundings::new(path("repo/docs"), vec![path("repo")]);
        let home = SitePath::root();
        let finder = OutsideFinder {
            surroundings: &around,
            home: &home,
        };
        for (text, expected) in [
            ("[!code-csharp[](../../src/A.cs#total)]", "../src/A.cs"),
            ("[!code[x](../../src/A.cs?range=1-2 \"t\")]", "../src/A.cs"),
            ("[!include[x](~/../shared/x.md)]", "../shared/x.md"),
            ("![x](<../../my images/å.png>)", "../my images/å.png"),
            ("![x](../../my%20images/a.png)", "../my images/a.png"),
            (":::code source=\"..\\..\\src\\A.cs\":::", "../src/A.cs"),
            ("[x]: ../../README.md", "../README.md"),
            ("  href: ../../ref/toc.yml\n", "../ref/toc.yml"),
            ("[!code[](../media/../../src/A.cs)]", "../src/A.cs"),
            ("<img src='../../a.png'>", "../a.png"),
        ] {
            let source = Source::from_bytes(path("guide/a.md"), text.into());
            let found = finder.paths_in(&source);
            assert!(found.contains(expected), "{text}: {found:?}");
        }
        for text in [
            "[x](../a.md) ![x](../media/a.png)",
            "Vent ... ../",
            "[x](../../docs/a.md)",
            "[x](../../../etc/passwd) [x](~/../../etc/passwd) [x](/../../x)",
            "<https://example.com/../../a>",
        ] {
            let source = Source::from_bytes(path("guide/a.md"), text.into());
            let found = finder.paths_in(&source);
            assert!(found.is_empty(), "{text}: {found:?}");
        }
        // Around the site every path counts, not only those that lead up.
        let source = Source::from_bytes(
            SitePath::outside("../shared/a.md"),
            b"![x](media/a.png) [!include[x](../docs/x.md)]".to_vec(),
        );
        let found: Vec<String> = finder
            .paths_in(&source)
            .iter()
            .map(SitePath::to_string)
            .collect();
        assert_eq!(found, ["../shared/media/a.png"]);
    }
}
