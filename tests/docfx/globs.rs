//! Compares the glob dialect with DocFX's own test data, and its fast matcher with the exact one.

use hjelp::config::Globs;
use hjelp::config::glob::{Glob, Options, expand_braces, negation};
use serde_json::Value;

use super::vectors::{Outcome, score};

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .map(|items| items.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

#[test]
fn globs() {
    if let Some(score) = score("glob.jsonl", glob) {
        score.all("glob.jsonl");
    }
}

fn glob(vector: &Value) -> Outcome {
    let pattern = vector["pattern"].as_str().unwrap_or_default();
    let right = match vector["op"].as_str() {
        Some("parse-negate") => {
            negation(pattern)
                == (
                    vector["negate"] == true,
                    vector["rest"].as_str().unwrap_or_default(),
                )
        }
        Some("expand-braces") => expand_braces(pattern) == strings(&vector["expected"]),
        Some("match") => {
            let options = Options {
                dot: vector["dot"] == true,
                ..Options::default()
            };
            let partial = vector["partial"] == true;
            let glob = Glob::new(pattern, options).ok();
            strings(&vector["paths"]).iter().all(|path| {
                let matches = glob.as_ref().is_some_and(|glob| {
                    if partial {
                        glob.reaches_into(path)
                    } else {
                        glob.matches(path)
                    }
                });
                let quickly =
                    Globs::with(&[pattern], options).is_ok_and(|globs| globs.matches(path));
                matches == (vector["expected_each"] == true) && (partial || quickly == matches)
            })
        }
        Some("list-files") => {
            let globs =
                |key: &str| Globs::new(&strings(&vector[key])).map_err(|bad| bad.to_string());
            let (files, exclude) = (globs("files")?, globs("exclude")?);
            let cwd = vector["cwd"].as_str().unwrap_or_default();
            let found = strings(&vector["tree"])
                .into_iter()
                .filter_map(|path| {
                    path.strip_prefix(cwd)
                        .map(|rest| rest.trim_start_matches('/'))
                })
                .filter(|path| {
                    !path.ends_with('/') && files.selects(path) && !exclude.excludes(path)
                })
                .count();
            vector["expected_count"] == found
        }
        other => return Err(format!("unknown operation {other:?}")),
    };
    if right {
        Ok(())
    } else {
        Err(vector.to_string())
    }
}

const PATTERNS: &[&str] = &[
    "**/*.{md,yml}",
    "*.md",
    "**.md",
    "docs/**",
    "docs/**/media/*.png",
    "**/includes/**",
    "***/contributing.md",
    "**",
    "**/",
    "bin/",
    "**/bin/",
    "*",
    "a?c.md",
    "[a-c]*",
    "**/a*b*c",
    "**/.hidden/**",
    ".*",
    "ÆØÅ/*.MD",
    "**/*é*",
    "a\\*b",
    "x{,y}/**/z",
    "!**/*.md",
    "!docs/",
    "a.b+c(d)/$^",
    "[!a]",
    "{",
    "}",
    "**/**/x",
    "a/**/**",
    "a/**b/c",
    "{a,{b,c}}d",
    "",
    "/a",
    "a//b",
    "-",
    "[a-]",
    "**/[*]",
    "\\",
];

const PATHS: &[&str] = &[
    "",
    "a",
    "index.md",
    "INDEX.MD",
    "docs/a.md",
    "docs/no/media/x.png",
    "docs/media/x.PNG",
    "Docs/x",
    "docs/.git/x.md",
    ".hidden/x",
    "a/.hidden/b/c",
    "includes/x.md",
    "a/includes/b/x.md",
    "contributing.md",
    "a/b/contributing.md",
    "bin/x",
    "a/bin/x",
    "abc.md",
    "axc.md",
    "aåc.md",
    "æøå/x.md",
    "café",
    "a*b",
    "axb",
    "x/z",
    "xy/a/b/z",
    "a.b+c(d)/$^",
    "!a",
    "b",
    "bd",
    "ad",
    "a/x",
    "x",
    "a/b",
    "a/b/c",
    "a/bb/c",
    "a/x/bb/c",
    "-",
    "*",
    "\\",
    ".md",
    "a/.md",
    "İ",
    "ς",
    "Σ.md",
];

#[test]
fn the_fast_matcher_agrees_with_the_exact_one() {
    for pattern in PATTERNS {
        let (one, many) = (
            Glob::new(pattern, Options::default()),
            Globs::new(&[pattern]),
        );
        assert_eq!(one.is_ok(), many.is_ok());
        let (Ok(one), Ok(many)) = (one, many) else {
            continue;
        };
        for path in PATHS {
            assert_eq!(one.matches(path), many.matches(path), "{pattern} on {path}");
        }
    }
}

#[test]
fn what_the_dialect_is_particular_about() {
    for (pattern, path, expected) in [
        ("**/*.MD", "a/b.md", true),
        ("ÆR/*", "ær/x", true),
        ("**.md", "a/b/c.md", true),
        ("a**.md", "abc.md", true),
        ("a**.md", "a/b.md", false),
        ("a/*", "a", false),
        ("a/**", "a", false),
        ("a/**", "a/b/c", true),
        ("**/a/**", "a/b", true),
        ("**/*", "a/.b", false),
        ("**/.b", "a/.b", true),
        (".*/**", ".a/.b", false),
        ("!x.md", "y.md", true),
        ("!!x.md", "x.md", true),
        ("[!a]", "a", true),
        ("[^a]", "a", false),
        ("a{b,c{d,e}}f", "acef", true),
        (r"a\{b", "a{b", true),
        (r"a\b", "ab", true),
        ("a?c", "aåc", true),
        ("x,y", "x,y", true),
    ] {
        assert_eq!(
            Globs::new(&[pattern]).unwrap().matches(path),
            expected,
            "{pattern} on {path}"
        );
    }
    let everything = Globs::new(&["**/*.md", "!x.md"]).unwrap();
    assert!(everything.matches("a.png") && everything.matches("x.md"));
}

#[test]
fn an_excluded_folder_takes_its_files_along() {
    for pattern in ["**/bin/**", "bin/", "**/bin/", "b?n/", "BIN/"] {
        let exclude = Globs::new(&[pattern]).unwrap();
        assert!(exclude.excludes("bin/a/b.md"), "{pattern}");
        assert!(!exclude.excludes("cabin/b.md"), "{pattern}");
    }
    assert!(!Globs::new(&["bin/"]).unwrap().excludes("a/bin/b.md"));
    assert!(
        Globs::new(&["!keep/**"]).unwrap().excludes("keep/a.md"),
        "the folder itself is not below itself"
    );
    assert!(
        Globs::new(&["!**/*.md"]).unwrap().selects("a.png")
            && !Globs::new(&["!**/*.md"]).unwrap().selects("a/b.png")
    );
}

#[test]
fn patterns_that_cannot_work_are_refused() {
    for (patterns, index) in [
        (vec!["a", "{b"], 1),
        (vec!["b}"], 0),
        (vec!["../a"], 0),
        (vec!["x", "y", "a/../b"], 2),
    ] {
        assert_eq!(
            Globs::new(&patterns).unwrap_err().index,
            index,
            "{patterns:?}"
        );
    }
    assert!(Globs::new(&["{a,b}".repeat(64)]).is_err());
    assert!(
        !Globs::new(&["[".repeat(1_000) + &"*a".repeat(1_000)])
            .unwrap()
            .matches(&"a".repeat(1_000))
    );
}
