//! The manual in `content/` is complete and right: it lists exactly the problems, keys and template variables that exist, its examples
//! of configuration work, and it has the same structure in both languages.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hjelp::check::{Rule, rule};
use hjelp::diagnostic::{Code, Level};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;
use hjelp::{check, config, disk};

const LANGUAGES: [&str; 2] = ["en", "no"];

fn page(language: &str, name: &str) -> String {
    fs::read_to_string(format!("content/{language}/hjelp/{name}")).unwrap()
}

/// The texts between `open` and `close`, in order.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(close)?.0))
        .collect()
}

/// The name of the code in the first cell of a table row with three cells.
fn code_of_row(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
    rest.contains(" | ").then_some(name)
}

/// The codes in the tables of a page *Problems*, from top to bottom, each with the level named in its row.
fn codes_of_tables<'a>(text: &'a str, levels: [(&str, Level); 2]) -> Vec<(&'a str, Level)> {
    let mut codes = Vec::new();
    for line in text.lines() {
        let Some(name) = code_of_row(line) else {
            continue;
        };
        let named = levels
            .iter()
            .find(|(word, _)| line.contains(&format!("` | *{word}.* ")));
        codes.push((name, named.map_or(Level::Error, |(_, level)| *level)));
    }
    codes
}

/// The row of a code, made of the documentation of its rule.
fn generated_row(rule: &Rule) -> String {
    let level = match rule.level() {
        Level::Error => "",
        Level::Warning => "*Warning.* ",
        Level::Note => "*Note.* ",
    };
    format!(
        "| `{}` | {level}{} | {} |",
        rule.code,
        rule.about(),
        rule.fix()
    )
}

fn program(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all += &if path.is_dir() {
            program(&path)
        } else {
            fs::read_to_string(&path).unwrap()
        };
    }
    all
}

#[test]
fn the_content_of_this_repository_has_no_problems() {
    let snapshot = Snapshot::new(disk::scan(Path::new("."), &[]).unwrap())
        .map_err(|(_, problems)| problems)
        .unwrap();
    assert_eq!(snapshot.problems(), []);
}

#[test]
fn every_problem_is_explained_and_none_that_is_not_there() {
    let source = program(Path::new("src"));
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let rules: BTreeSet<&str> = check::RULES.iter().map(|rule| rule.code.name()).collect();
    assert_eq!(rules, codes);
    for code in Code::ALL {
        // Once in the table of rules, and once where the problem is reported.
        let named = source.matches(&format!("Code::{code:?}")).count();
        assert!(named > 1, "no room reports `{code}`");
    }
}

/// The page decides which codes are in which table and in which order; the cells are those of `hjelp explain`.
#[test]
fn the_english_page_of_problems_is_made_of_the_documentation_of_the_rules() {
    let text = page("en", "problems.md");
    let mut expected = String::new();
    let mut codes = BTreeSet::new();
    for line in text.lines() {
        match code_of_row(line).and_then(Code::from_name).and_then(rule) {
            Some(rule) => {
                assert!(codes.insert(rule.code), "two rows for `{}`", rule.code);
                expected += &generated_row(rule);
            }
            None => expected += line,
        }
        expected.push('\n');
    }
    assert_eq!(codes, Code::ALL.iter().copied().collect());
    if std::env::var_os("HJELP_BLESS").is_some() {
        fs::write("content/en/hjelp/problems.md", &expected).unwrap();
    } else {
        assert_eq!(text, expected, "HJELP_BLESS=1 writes the rows");
    }
}

/// The translation is written by hand; what can be compared is which codes it lists, in which order and with which levels.
#[test]
fn the_norwegian_page_of_problems_lists_the_same_codes() {
    let [en, no] = LANGUAGES.map(|language| page(language, "problems.md"));
    let english = [("Warning", Level::Warning), ("Note", Level::Note)];
    let norwegian = [("Advarsel", Level::Warning), ("Merknad", Level::Note)];
    assert_eq!(
        codes_of_tables(&no, norwegian),
        codes_of_tables(&en, english)
    );
}

fn site(configuration: &str) -> Sources {
    let text = |path: &str, text: &str| Source::from_text(SitePath::new(path).unwrap(), text);
    let docfx = r#"{ "build": { "content": "**/*.md" } }"#;
    let pages = ["content", "docs"].map(|folder| {
        ["no", "en", "norsk-enkel"].map(|language| format!("{folder}/{language}/index.md"))
    });
    let pages = pages
        .iter()
        .flatten()
        .map(|path| text(path, "# x"))
        .chain([text("release-notes/1.md", "# 1")]);
    let files = [text("hjelp.yml", configuration), text("docfx.json", docfx)];
    Sources::new(
        pages.chain(files).collect(),
        [(SitePath::new("content/media/logo.svg").unwrap(), 1)],
        [],
    )
}

#[test]
fn every_key_is_described_and_every_example_works() {
    let unknown = config::read(&site("content: docs\nx: y")).unwrap_err();
    let keys =
        between(unknown[0].help.first().unwrap(), "The keys here are ", ".")[0].replace('`', "");
    for language in LANGUAGES {
        let text = page(language, "configuration.md");
        for key in keys.split(", ") {
            assert!(
                text.contains(&format!("## <a id=\"{key}\"></a>{key}\n")),
                "{language}: `{key}` is not described"
            );
        }
        for name in ["configuration.md", "get-started.md", "coming-from-docfx.md"] {
            for example in between(&page(language, name), "```yaml\n", "```") {
                let problems = config::read(&site(example))
                    .map_or_else(|problems| problems, |config| config.problems);
                assert_eq!(problems, [], "{language}: {example}");
            }
        }
    }
}

#[test]
fn every_template_variable_is_described() {
    let frame = fs::read_to_string("src/render/view/frame.rs").unwrap();
    let frame = between(&frame, "struct Frame {", "\n}")[0];
    let page_view = fs::read_to_string("src/render/view/page.rs").unwrap();
    let fields = [
        ("frame", between(frame, "pub ", ":")),
        // All kinds of pages are written with the same fields.
        ("page", between(&page_view, "page.serialize_field(\"", "\"")),
    ];
    for (prefix, names) in fields {
        assert!(names.len() > 10, "{prefix}: {names:?}");
        for name in names {
            for language in LANGUAGES {
                assert!(
                    page(language, "theme.md").contains(&format!("`{prefix}.{name}`")),
                    "{language}: `{prefix}.{name}`"
                );
            }
        }
    }
}

#[test]
fn both_languages_say_the_same() {
    let names = |language: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(format!("content/{language}/hjelp")).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert_eq!(names("en"), names("no"));
    for name in names("en").iter().filter(|name| name.ends_with(".md")) {
        let [en, no] = LANGUAGES.map(|language| page(language, name));
        assert_eq!(
            between(&en, "<a id=\"", "\""),
            between(&no, "<a id=\"", "\""),
            "{name}"
        );
        let shape = |text: &str| -> Vec<String> {
            let mark = |line: &str| {
                line.split([' ', '['])
                    .next()
                    .filter(|mark| ["#", "##", "###", "|", ">", "*", "1."].contains(mark))
                    .map(str::to_owned)
            };
            text.lines().filter_map(mark).collect()
        };
        assert_eq!(shape(&en), shape(&no), "{name}");
    }
}

/// `tests/sessions` runs them: a command that a newcomer types first must not fail.
#[test]
fn every_command_of_the_first_pages_is_run_by_a_test() {
    let sessions = fs::read_to_string("tests/sessions/documented.txt").unwrap();
    let run: BTreeSet<&str> = sessions
        .lines()
        .filter_map(|line| line.strip_prefix("<<< run "))
        .map(|command| command.trim_end_matches(" --quiet"))
        .collect();
    let mut texts = vec![fs::read_to_string("README.md").unwrap()];
    texts.extend(LANGUAGES.map(|language| page(language, "get-started.md")));
    let mut commands = 0;
    for text in &texts {
        for block in between(text, "```sh\n", "```") {
            for line in block.lines().filter(|line| line.starts_with("hjelp ")) {
                commands += 1;
                // It opens a browser and goes on until it is stopped; `tests/serve.rs` tries the preview.
                let is_tried = run.contains(line) || line == "hjelp serve --open";
                assert!(is_tried, "`{line}` is not in tests/sessions/documented.txt");
            }
        }
    }
    assert!(commands > 10, "{commands}");
}
