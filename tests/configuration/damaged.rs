//! Damaged configurations are read or refused, with problems that are located within them.

use hjelp::config::read;

use super::{path, sources};

const HJELP: &str = "hjelp.yml
title: {no: Hjelp, en: Help}
base-url: https://help.example.com/v2
default-locale: no
locales: [no, {folder: en, fallback: [no]}, {folder: kreol, tag: ht, name: Kreyòl}]
content:
  - docs
  - {from: news, to: \"nyttig\", include: ['**/*.{png,md}', '*.md'], exclude: 'drafts/', locale: en}
docfx: docfx.json
fallback:
  - {path: [legal/**, '[a-c]?.md'], show: nothing}
theme: {accent: '#0a5', footer: © på}
metadata: {global: {a: 1}, files: [{path: docs/**, set: {b: 2}}]}
";

const DOCFX: &str = "docfx.json
{ // på
  \"build\": {
    \"content\": [{ \"files\": [\"**/*.{md,yml}\", \"!a\"], \"exclude\": [\"***/b.md\", \"bin/\"], \"src\": \"docs\", \"dest\": \"x\" }, \"*.md\"],
    \"resource\": \"**/*.png\", /* ø */
    \"globalMetadata\": { \"_appTitle\": \"Hjelp\" },
    \"fileMetadata\": { \"a\": { \"**.md\": 1 } }, \"dest\": \"_site\",
  }
}
";

/// Cuts, repeats and swaps pieces of a text, differently for every seed; its first line stays.
fn damage(text: &str, seed: usize) -> String {
    let (name, text) = text.split_once('\n').unwrap();
    let chars: Vec<char> = text.chars().collect();
    let at =
        |step: usize| (seed + 1).wrapping_mul(0x9E37_79B9).wrapping_mul(step + 3) / 7 % chars.len();
    let (from, to) = (at(1).min(at(2)), at(1).max(at(2)));
    let pieces = match seed % 4 {
        0 => [&chars[..from], &chars[to..], &[]],
        1 => [&chars[..to], &chars[from..], &[]],
        2 => [
            &chars[..from],
            &['{', '[', '"', ':', '/', '*'][seed / 4 % 6..],
            &chars[from..],
        ],
        _ => [&chars[to..], &chars[..from], &chars[from..to]],
    };
    format!(
        "{name}\n{}",
        pieces.concat().into_iter().collect::<String>()
    )
}

#[test]
fn nothing_makes_it_panic() {
    let others = ["docs/no/a.md", "docs/en/a.md", "news/a.md", "docs/x.png"];
    for seed in 0..1_000 {
        let (hjelp, docfx) = (damage(HJELP, seed), damage(DOCFX, seed));
        for files in [
            vec![hjelp.as_str(), DOCFX],
            vec![HJELP, docfx.as_str()],
            vec![docfx.as_str()],
        ] {
            let sources = sources(&[files.as_slice(), others.as_slice()].concat());
            let problems = match read(&sources) {
                Ok(config) => {
                    for file in others {
                        config.map_file(&path(file));
                        config.metadata(&path(file));
                    }
                    config.problems
                }
                Err(problems) => problems,
            };
            for problem in problems {
                let text = sources
                    .find(problem.location.path.as_str())
                    .map(|id| sources.get(id).text.clone())
                    .unwrap();
                assert!(
                    text.get(problem.location.span.range()).is_some(),
                    "{problem:?} in {text}"
                );
            }
        }
    }
}
