//! One problem that was translated along with its page is reported once, with the other languages in which it is.
#![allow(clippy::unwrap_used)]

use hjelp::check;
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

fn told(files: &[(&str, &str)]) -> Vec<String> {
    let files = files
        .iter()
        .map(|(path, text)| Source::from_text(SitePath::new(path).unwrap(), *text));
    let snapshot = Snapshot::new(Sources::new(files.collect(), [], []))
        .map_err(|(_, problems)| problems)
        .unwrap();
    let problems = check::merge_across_locales(&snapshot.site, snapshot.problems());
    let line = |problem: &hjelp::diagnostic::Diagnostic| {
        let also: Vec<&str> = problem
            .also_in
            .iter()
            .map(|place| place.path.as_str())
            .collect();
        format!(
            "{} {} {}",
            problem.code,
            problem.location.path,
            also.join(" ")
        )
    };
    // These translations differ from their originals on purpose.
    problems
        .iter()
        .filter(|problem| problem.code.name() != "structure-differs")
        .map(line)
        .collect()
}

#[test]
fn a_problem_is_reported_in_the_language_it_was_translated_from() {
    let one = "[a](borte.md)\n\nTekst";
    let files = [
        ("content/da/a.md", one),
        ("content/en/a.md", "[x](borte.md)"),
        ("content/no/a.md", one),
        ("content/en/index.md", "# x"),
    ];
    assert_eq!(
        told(&files),
        ["broken-link content/en/a.md content/da/a.md content/no/a.md"]
    );
}

#[test]
fn problems_that_differ_in_target_page_or_number_are_reported_each() {
    let files = [
        ("content/en/a.md", "[x](borte.md) [x](borte.md)"),
        ("content/no/a.md", "[x](borte.md)"),
        ("content/no/b.md", "[x](borte.md)"),
        ("content/da/a.md", "[x](bort.md)"),
    ];
    let expected = [
        "broken-link content/da/a.md ",
        "broken-link content/en/a.md content/no/a.md",
        "broken-link content/en/a.md ",
        "broken-link content/no/b.md ",
    ];
    assert_eq!(told(&files), expected);
}
