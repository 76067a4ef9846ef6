//! Every construct of DocFX's Markdown, one small text at a time: what is typed, and the HTML it becomes. Each file of `tests/cases` holds
//! the cases of one chapter of the behaviour they describe.
//!
//! `=== name` begins a case; words behind `|` switch Markdig extensions on. The text that follows is the page `a.md`; `>>> path` begins
//! another file of the site. `<<< docfx` begins the article as `markup: docfx` has it, `<<< hjelp` as hjelp has it by itself, `<<<` as both
//! have it. Blank lines and the white space around lines don't count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::fmt::Write as _;

use hjelp::render::{self, Markup};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

#[derive(Default)]
struct Case<'a> {
    name: &'a str,
    extensions: Vec<&'a str>,
    files: Vec<(&'a str, Vec<&'a str>)>,
    wanted: Vec<(&'a str, Vec<&'a str>)>,
}

#[test]
fn every_construct_becomes_what_it_should() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let (mut count, mut failures) = (0, String::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let cases = read(&text);
        assert!(!cases.is_empty(), "{} has no cases", path.display());
        for case in cases {
            count += 1;
            assert!(
                !case.wanted.is_empty(),
                "{}: nothing is expected of `{}`",
                path.display(),
                case.name
            );
            for (markup, wanted) in &case.wanted {
                let kinds: &[Markup] = match *markup {
                    "docfx" => &[Markup::DocFx],
                    "hjelp" => &[Markup::Hjelp],
                    "" => &[Markup::DocFx, Markup::Hjelp],
                    other => panic!("{}: no markup `{other}`", path.display()),
                };
                let wanted = plain(&wanted.join("\n"));
                for kind in kinds {
                    let found = plain(&html(&case, *kind));
                    if found != wanted {
                        let file = path.file_name().unwrap().to_string_lossy().into_owned();
                        writeln!(
                            failures,
                            "\n### {file}: {} ({kind:?})\nwanted:\n{wanted}\nfound:\n{found}",
                            case.name
                        )
                        .unwrap();
                    }
                }
            }
        }
    }
    println!("{count} cases");
    assert!(failures.is_empty(), "{failures}");
}

fn read(text: &str) -> Vec<Case<'_>> {
    enum Part {
        Nothing,
        File,
        Wanted,
    }
    let mut cases: Vec<Case> = Vec::new();
    let mut part = Part::Nothing;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let (name, extensions) = head.split_once('|').unwrap_or((head, ""));
            let extensions = extensions.split_whitespace().collect();
            cases.push(Case {
                name: name.trim(),
                extensions,
                files: vec![("a.md", Vec::new())],
                wanted: Vec::new(),
            });
            part = Part::File;
            continue;
        }
        let Some(case) = cases.last_mut() else {
            continue;
        };
        if let Some(path) = line.strip_prefix(">>> ") {
            case.files.push((path, Vec::new()));
            part = Part::File;
        } else if let Some(markup) = line.strip_prefix("<<<") {
            case.wanted.push((markup.trim(), Vec::new()));
            part = Part::Wanted;
        } else {
            match part {
                Part::File => case.files.last_mut().unwrap().1.push(line),
                Part::Wanted => case.wanted.last_mut().unwrap().1.push(line),
                Part::Nothing => {}
            }
        }
    }
    cases
}

fn html(case: &Case, markup: Markup) -> String {
    let extensions = serde_json::json!({ "markdigExtensions": case.extensions });
    let build = serde_json::json!({ "build": {
        "content": [{ "files": "**/*.md", "exclude": "includes/**" }], "resource": [{ "files": "**/*.{png,js,cs}" }],
        "markdownEngineProperties": extensions
    } });
    let settings = if markup == Markup::DocFx {
        "markup: docfx\ndocfx: docfx.json\n"
    } else {
        "docfx: docfx.json\n"
    };
    let mut texts = vec![
        ("docfx.json".to_owned(), build.to_string()),
        ("hjelp.yml".to_owned(), settings.to_owned()),
    ];
    texts.extend(
        case.files
            .iter()
            .map(|(path, lines)| ((*path).to_owned(), lines.join("\n"))),
    );
    let texts = texts
        .into_iter()
        .map(|(path, text)| Source::from_text(SitePath::new(&path).unwrap(), text))
        .collect();
    let snapshot = Snapshot::new(Sources::new(texts, [], [])).ok().unwrap();
    let id = snapshot.site.sources.find("a.md").unwrap();
    render::article(&snapshot.site, &snapshot.context.catalog, id, markup, false).unwrap()
}

/// Lines without white space around them, and no blank ones. What stands in `<pre>` is still told apart by its words.
fn plain(html: &str) -> String {
    html.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
