//! The report formats for programs.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::report::*;
use crate::source::edit::Edit;
use crate::source::{FileSpan, SitePath, Source, Sources, Span};

const TEXT: &str = "# Blå\r\n\r\nSe [her](borte.md) 😀 [ø](å b.md).\r\n";

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn sources() -> Sources {
    Sources::new(
        vec![Source::from_text(path("content/no/blå, 1.md"), TEXT)],
        [],
        [],
    )
}

fn place(needle: &str) -> FileSpan {
    let start = TEXT.find(needle).unwrap();
    FileSpan {
        path: path("content/no/blå, 1.md"),
        span: Span::new(start, start + needle.len()),
    }
}

fn report(
    name: &str,
    problems: &[Diagnostic],
    sources: &Sources,
    options: &ReportOptions,
) -> String {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    format.write(&Report {
        problems,
        sources,
        options,
    })
}

/// A report with this prefix of paths.
fn written(name: &str, problems: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let options = ReportOptions {
        base: base.into(),
        ..ReportOptions::default()
    };
    report(name, problems, sources, &options)
}

/// An error with everything a problem can have, a warning with hostile text, a note in a file without text.
fn problems() -> Vec<Diagnostic> {
    let mut first = Diagnostic::new(
        Code::BrokenLink,
        &place_x().path.clone(),
        place("borte.md").span,
        "link target not found: `borte.md`",
    )
    .help("Did you mean `her.md`?")
    .label(
        &path("content/no/blå, 1.md"),
        place("[her]").span,
        "used here",
    );
    first.includes = vec![place("# Blå")];
    first.also_in = vec![FileSpan {
        path: path("content/sv/blå.md"),
        span: Span::new(3, 9),
    }];
    let edit = Edit {
        location: place("borte.md"),
        replacement: "her.md".into(),
    };
    first.fix = Some(Fix {
        title: "link to `her.md`".into(),
        safe: false,
        edits: vec![edit],
    });
    let hostile = "100%: <b>@all</b>,\r\n::error::\u{1b}[31m *no* \u{0} `";
    let second = Diagnostic::new(
        Code::InvalidDate,
        &place_x().path.clone(),
        place("å b.md").span,
        hostile,
    );
    let third = Diagnostic::new(
        Code::OutputCollision,
        &path("media/a.png"),
        Span::default(),
        "twice",
    )
    .with_level(crate::diagnostic::Level::Note);
    vec![first, second, third]
}

fn place_x() -> FileSpan {
    place("ø")
}

#[test]
fn json_has_one_object_a_line_with_all_fields() {
    let text = written("json", &problems(), &sources(), "");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    let at = |line: usize, column: usize, end_column: usize| serde_json::json!({"file": "content/no/blå, 1.md", "line": line, "column": column, "end_line": line, "end_column": end_column});
    let with = |mut base: serde_json::Value, more: serde_json::Value| {
        base.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        base
    };
    let expected = with(
        at(3, 10, 18),
        serde_json::json!({
            "version": 1, "code": "broken-link", "level": "error", "message": "link target not found: `borte.md`", "target": "borte.md",
            "help": ["Did you mean `her.md`?"],
            "labels": [with(at(3, 4, 9), serde_json::json!({"text": "used here"}))],
            "via": [at(1, 1, 6)],
            "also_in": [{"file": "content/sv/blå.md", "line": 1, "column": 1, "end_line": 1, "end_column": 1}],
            "fixes": [{"title": "link to `her.md`", "safe": false, "edits": [with(at(3, 10, 18), serde_json::json!({"replacement": "her.md"}))]}],
        }),
    );
    assert_eq!(lines[0], expected);
    assert_eq!(
        (lines[1]["column"].as_u64(), lines[1]["target"].as_str()),
        (Some(26), Some("å b.md"))
    );
    assert_eq!(
        (lines[2]["line"].as_u64(), lines[2]["target"].as_str()),
        (Some(1), Some(""))
    );
    assert_eq!(written("json", &[], &sources(), ""), "");
}

#[test]
fn quoted_text_cannot_end_a_github_command() {
    let text = written("github", &problems(), &sources(), "docs/");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "::error file=docs/content/no/blå%2C 1.md,line=3,endLine=3,col=10,endColumn=18,title=broken-link::link target not found: `borte.md`%0ADid you mean `her.md`?",
            "::warning file=docs/content/no/blå%2C 1.md,line=3,endLine=3,col=26,endColumn=32,title=invalid-date::100%25: <b>@all</b>,%0D%0A::error::\u{FFFD}[31m *no* \u{FFFD} `",
            "::notice file=docs/media/a.png,line=1,endLine=1,col=1,endColumn=1,title=output-collision::twice",
        ]
    );
}

/// The names of the elements of an XML text, which must be well-formed.
fn elements(text: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(tag.attributes().all(|attribute| attribute.is_ok()));
                found.push(tag.name().as_ref().to_owned());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn junit_has_a_test_for_each_problem() {
    let text = written("junit", &problems(), &sources(), "");
    let all = elements(&text);
    let count = |name: &str| all.iter().filter(|tag| *tag == name).count();
    assert_eq!(
        ["testsuite", "testcase", "failure", "system-out"].map(count),
        [2, 3, 1, 2],
        "{text}"
    );
    assert!(
        text.contains("<testsuites name=\"hjelp\" tests=\"3\" failures=\"1\">"),
        "{text}"
    );
    assert!(
        text.contains("name=\"broken-link 3:10\" file=\"content/no/blå, 1.md\" line=\"3\""),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && !text.contains('\0'), "{text}");
    let strict = ReportOptions {
        warnings_fail: true,
        ..ReportOptions::default()
    };
    assert!(
        report("junit", &problems(), &sources(), &strict).contains("tests=\"3\" failures=\"2\"")
    );
    let none = written("junit", &[], &sources(), "");
    assert!(
        elements(&none).len() == 3 && none.contains("tests=\"1\" failures=\"0\""),
        "{none}"
    );
}

#[test]
fn markdown_is_a_list_by_file_and_quoted_text_is_no_markup() {
    let text = written("markdown", &problems(), &sources(), "");
    let expected = "## hjelp: 1 error, 1 warning, 1 note

### `content/no/blå, 1.md`

* **error** `broken-link`, line 3: link target not found: `borte.md`
  Did you mean `her.md`?
* **warning** `invalid-date`, line 3: 100%: \\<b\\>\\@all\\</b\\>,  ::error:: \\[31m \\*no\\*   \\`

### `media/a.png`

* **note** `output-collision`, line 1: twice
";
    assert_eq!(text, expected);
    assert_eq!(
        written("markdown", &[], &sources(), ""),
        "## hjelp: no problems\n"
    );
    let many = vec![problems().remove(0); 5_000];
    let text = written("markdown", &many, &sources(), "");
    assert!(
        text.len() < 61_000 && text.contains("\n… and 4,"),
        "{}",
        text.len()
    );
}

/// The requirements of the standard for the parts that are used.
#[test]
fn sarif_follows_the_standard() {
    let text = written("sarif", &problems(), &sources(), "docs/");
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (
            log["version"].as_str(),
            log["runs"].as_array().unwrap().len()
        ),
        (Some("2.1.0"), 1)
    );
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(
        (driver["name"].as_str(), driver["version"].as_str()),
        (Some("hjelp"), Some(env!("CARGO_PKG_VERSION")))
    );
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(
            ["error", "warning", "note"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
        assert!(
            ["shortDescription", "fullDescription", "help"]
                .iter()
                .all(|key| rule[key]["text"].is_string()),
            "{rule}"
        );
    }
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(
            result["message"]["text"].is_string()
                && result["partialFingerprints"]["hjelp/v1"].is_string()
        );
        let related = result["relatedLocations"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        for location in related
            .iter()
            .chain(result["locations"].as_array().unwrap())
        {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(
                uri.starts_with("docs/") && uri.is_ascii() && !uri.contains([' ', ',']),
                "{uri}"
            );
            let number = |key: &str| place["region"][key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!(
                (number("startLine"), number("startColumn"))
                    <= (number("endLine"), number("endColumn"))
            );
        }
        let ids: Vec<u64> = related
            .iter()
            .map(|location| location["id"].as_u64().unwrap())
            .collect();
        assert_eq!(ids, (1..=related.len() as u64).collect::<Vec<_>>());
    }
    assert_eq!(
        results[0]["message"]["text"],
        "link target not found: `borte.md`. Did you mean `her.md`?"
    );
    assert_eq!(results[0]["relatedLocations"].as_array().unwrap().len(), 3);
    let change = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(
        change["artifactLocation"]["uri"],
        "docs/content/no/bl%C3%A5%2C%201.md"
    );
    assert_eq!(
        (
            &change["replacements"][0]["deletedRegion"]["startColumn"],
            &change["replacements"][0]["insertedContent"]["text"]
        ),
        (&10.into(), &"her.md".into())
    );
    assert_eq!(results[1]["level"], "warning");
}

#[test]
fn a_fingerprint_survives_moved_lines_and_equal_problems_have_different_ones() {
    let prints = |problems: &[Diagnostic], text: &str| -> Vec<String> {
        let sources = Sources::new(vec![Source::from_text(place_x().path, text)], [], []);
        let log: serde_json::Value =
            serde_json::from_str(&written("sarif", problems, &sources, "")).unwrap();
        log["runs"][0]["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|result| result["partialFingerprints"]["hjelp/v1"].to_string())
            .collect()
    };
    let at = |text: &str| {
        Diagnostic::new(
            Code::BrokenLink,
            &place_x().path,
            Span::new(text.find("borte").unwrap(), text.find("borte").unwrap() + 8),
            "x",
        )
    };
    let moved = format!("\n\n{TEXT}");
    let [first, second] = [(at(TEXT), TEXT), (at(&moved), moved.as_str())]
        .map(|(problem, text)| prints(&[problem.clone(), problem], text));
    assert_eq!(first, second);
    assert_ne!(first[0], first[1]);
}
