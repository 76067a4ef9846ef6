//! The report for people, with all kinds of texts and spans.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::report::*;
use crate::source::{FileSpan, SitePath, Source, Sources, Span};

fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

fn sources(files: &[(&str, &str)]) -> Sources {
    Sources::new(
        files
            .iter()
            .map(|(name, text)| Source::from_text(path(name), *text))
            .collect(),
        [],
        [],
    )
}

fn span(text: &str, needle: &str) -> Span {
    let start = text.find(needle).unwrap();
    Span::new(start, start + needle.len())
}

fn human_text(problems: &[Diagnostic], sources: &Sources, options: &ReportOptions) -> String {
    HUMAN.write(&Report {
        problems,
        sources,
        options,
    })
}

#[track_caller]
fn check(problem: Diagnostic, files: &[(&str, &str)], expected: &str) {
    let report = human_text(&[problem], &sources(files), &ReportOptions::default());
    assert_eq!(report.trim_end(), expected.trim_matches('\n'), "\n{report}");
}

/// A problem at `needle` in `a.md`.
fn at(text: &str, needle: &str) -> Diagnostic {
    Diagnostic::new(
        Code::BrokenLink,
        &path("a.md"),
        span(text, needle),
        "it is broken",
    )
}

/// Norwegian letters, a tab, an emoji and all kinds of line ends.
const TEXT: &str =
    "# Oppfølging\r\n\r\nSe [blå](x.md) og\t[rød](y.md) 😀 [ø](z.md).\r\nto\rtre\nslutt\n";

#[test]
fn columns_count_characters_and_the_underline_is_below_them() {
    check(
        at(TEXT, "x.md"),
        &[("a.md", TEXT)],
        "
error[broken-link]: it is broken
 --> a.md:3:10
  |
3 | Se [blå](x.md) og    [rød](y.md) 😀 [ø](z.md).
  |          ^^^^
",
    );
    check(
        at(TEXT, "z.md"),
        &[("a.md", TEXT)],
        "
error[broken-link]: it is broken
 --> a.md:3:37
  |
3 | Se [blå](x.md) og    [rød](y.md) 😀 [ø](z.md).
  |                                         ^^^^
",
    );
    check(
        at(TEXT, "tre"),
        &[("a.md", TEXT)],
        "
error[broken-link]: it is broken
 --> a.md:5:1
  |
5 | tre
  | ^^^
",
    );
}

#[test]
fn empty_spans_and_ends_of_files_are_shown() {
    let end = |at: usize| {
        Diagnostic::new(
            Code::BrokenLink,
            &path("a.md"),
            Span::at(at),
            "it never ends",
        )
        .with_level(Level::Warning)
    };
    check(
        end(TEXT.len()),
        &[("a.md", TEXT)],
        "
warning[broken-link]: it never ends
 --> a.md:7:1
  |
7 |
  | ^
",
    );
    check(
        end(TEXT.len() - 1),
        &[("a.md", TEXT)],
        "
warning[broken-link]: it never ends
 --> a.md:6:6
  |
6 | slutt
  |      ^
",
    );
    check(
        end(0),
        &[("a.md", "")],
        "
warning[broken-link]: it never ends
 --> a.md:1:1
  |
1 |
  | ^
",
    );
}

#[test]
fn spans_over_lines_are_framed_and_of_long_ones_the_first_line_is_shown() {
    check(
        at(TEXT, "x.md) og\t[rød](y.md) 😀 [ø](z.md).\r\nto\rtre"),
        &[("a.md", TEXT)],
        "
error[broken-link]: it is broken
 --> a.md:3:10
  |
3 |   Se [blå](x.md) og    [rød](y.md) 😀 [ø](z.md).
  |  __________^
4 | | to
5 | | tre
  | |___^
",
    );
    let lines = "line\n".repeat(50);
    check(
        at(&lines, &lines),
        &[("a.md", &lines)],
        "
error[broken-link]: it is broken
 --> a.md:1:1
  |
1 | line
  | ^^^^
",
    );
}

#[test]
fn labels_help_and_the_way_through_includes() {
    let text: String = (1..=60).map(|n| format!("line {n}\n")).collect();
    let mut problem = at(&text, "line 40")
        .label(&path("a.md"), span(&text, "line 37"), "near")
        .label(&path("a.md"), span(&text, "line 3\n"), "far")
        .label(&path("b.md"), Span::new(0, 3), "elsewhere")
        .label(&path("a.md"), span(&text, "line 40"), "here")
        .help("try `line 41`");
    problem.includes = vec![
        FileSpan {
            path: path("c.md"),
            span: Span::at(2),
        },
        FileSpan {
            path: path("b.md"),
            span: Span::at(2),
        },
    ];
    check(
        problem,
        &[("a.md", &text), ("b.md", "abcd"), ("c.md", "\n\nabcd")],
        "
error[broken-link]: it is broken
  --> a.md:40:1
   |
37 | line 37
   | ------- near
...
40 | line 40
   | ^^^^^^^ here
   |
  ::: a.md:3:1
   |
 3 | line 3
   | ------ far
   |
  ::: b.md:1:1
   |
 1 | abcd
   | --- elsewhere
   |
   = help: try `line 41`
   = note: included from `b.md:1:3`
   = note: included from `c.md:3:1`
",
    );
}

#[test]
fn a_file_without_text_has_no_excerpt_and_quoted_escape_codes_do_nothing() {
    let problem = Diagnostic::new(
        Code::BrokenLink,
        &path("a.png"),
        Span::at(0),
        "no \x1b[31m picture",
    )
    .help("paint \x1b[31m it");
    check(
        problem,
        &[],
        "
error[broken-link]: no ␛[31m picture
--> a.png
 = help: paint ␛[31m it
",
    );
}

#[test]
fn labels_can_be_in_files_of_any_kind_and_are_limited() {
    let mut problem = at("x.md", "x.md").label(&path("b.png"), Span::at(0), "the same name");
    for _ in 0..20 {
        problem = problem.label(&path("a.md"), Span::new(0, 1), "again");
    }
    let report = human_text(
        &[problem],
        &sources(&[("a.md", "x.md")]),
        &ReportOptions::default(),
    );
    assert_eq!(report.matches("again").count(), 7, "{report}");
    assert!(
        report.ends_with("  = note: `b.png`: the same name\n  = note: and 13 places more\n\n"),
        "{report}"
    );
}

#[test]
fn long_lines_are_cut_around_the_span_and_keep_their_column() {
    let text = format!("{}[å](x.md){}", "ø".repeat(300_000), "ø".repeat(300_000));
    let options = ReportOptions {
        width: 60,
        ..ReportOptions::default()
    };
    let report = human_text(&[at(&text, "x.md")], &sources(&[("a.md", &text)]), &options);
    let expected = "
error[broken-link]: it is broken
 --> a.md:1:300005
  |
1 | ...øøøøøøøøøøøøøøøøøøø[å](x.md)øøøøøøøøøøøøøøøøøøøøøø...
  |                           ^^^^
";
    assert_eq!(report.trim_end(), expected.trim_matches('\n'), "\n{report}");
}

#[test]
fn many_problems_are_counted_and_errors_come_first() {
    let mut problems = vec![
        Diagnostic::new(
            Code::MissingAltText,
            &path("a.md"),
            Span::at(0),
            "no alternative text"
        )
        .with_level(Level::Warning);
        1_500
    ];
    problems.extend(vec![at("x.md", "x.md"); 2]);
    let options = ReportOptions {
        limit: 2,
        base: "docs/".into(),
        ..ReportOptions::default()
    };
    assert_eq!(
        human_text(&problems, &sources(&[("a.md", "x.md")]), &options),
        "\
error[broken-link]: it is broken
 --> docs/a.md:1:1
  |
1 | x.md
  | ^^^^

error[broken-link]: it is broken
 --> docs/a.md:1:1
  |
1 | x.md
  | ^^^^

… and 1,500 problems more; in all:
        2 errors  broken-link
  1,500 warnings  missing-alt-text

"
    );
    assert_eq!(human_text(&[], &sources(&[]), &options), "");
}

#[test]
fn colors_are_an_option() {
    let report = |color| {
        human_text(
            &[at("x.md", "x.md")],
            &sources(&[("a.md", "x.md")]),
            &ReportOptions {
                color,
                ..ReportOptions::default()
            },
        )
    };
    assert!(report(true).contains("\x1b[") && !report(false).contains('\x1b'));
}

#[test]
fn no_span_makes_it_fail() {
    let text = "å\t\r\r\n\n😀e\u{301}\u{200B}\r\n\u{0}x\ry";
    let files = sources(&[("a.md", text)]);
    for width in [0, 1, 20] {
        let options = ReportOptions {
            width,
            ..ReportOptions::default()
        };
        for start in 0..text.len() + 3 {
            for end in start..text.len() + 3 {
                let problem =
                    Diagnostic::new(Code::BrokenLink, &path("a.md"), Span::new(start, end), "y")
                        .label(&path("a.md"), Span::new(end, end + 4), "z");
                assert!(
                    human_text(&[problem], &files, &options).starts_with("error[broken-link]: y\n")
                );
            }
        }
    }
}
