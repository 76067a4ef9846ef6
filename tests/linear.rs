//! Time grows no faster than the input, however hostile it is. Nothing is measured in seconds: a text four times as long may take about
//! four times as long, where a quadratic step would take sixteen times.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

/// More than four, because large inputs fill caches; far less than sixteen.
const MOST: f64 = 9.0;

/// Shorter times than this say nothing.
const LEAST: Duration = Duration::from_millis(2);

/// Reads, links and checks a site of these files, and renders it or not.
fn work<P: AsRef<str>>(files: &[(P, String)], renders: bool) -> Duration {
    let source = |(path, text): &(P, String)| {
        Source::from_text(SitePath::new(path.as_ref()).unwrap(), text.as_str())
    };
    let sources = Sources::new(files.iter().map(source).collect(), [], []);
    let started = processor_time();
    if let Ok(snapshot) = Snapshot::new(sources) {
        snapshot.problems();
        if renders {
            for output in &snapshot.plan().outputs {
                snapshot.render(output).unwrap();
            }
        }
    }
    processor_time() - started
}

/// One test at a time: what is measured is the work of the whole process.
static MEASURING: Mutex<()> = Mutex::new(());

/// The right to measure. A test that failed with it has measured, too.
fn measuring() -> MutexGuard<'static, ()> {
    MEASURING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The time that all threads of this process have worked, those that have ended among them: what other programs do at the same time doesn't count.
#[cfg(unix)]
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn processor_time() -> Duration {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed()
}

/// How many times longer four times the input takes: the best of some tries, because other programs can only make it worse.
fn growth<P: AsRef<str>>(
    size: usize,
    files: &dyn Fn(usize) -> Vec<(P, String)>,
    renders: bool,
) -> f64 {
    let least = |size: usize| (0..3).map(|_| work(&files(size), renders)).min().unwrap();
    let mut best = f64::MAX;
    for _ in 0..4 {
        let (short, long) = (least(size), least(4 * size));
        if long < LEAST {
            return 1.0;
        }
        best = best.min(long.as_secs_f64() / short.max(LEAST / 4).as_secs_f64());
        if best < MOST {
            break;
        }
    }
    best
}

fn page(text: String) -> Vec<(&'static str, String)> {
    vec![
        ("content/no/index.md", text),
        ("content/no/b.md", "# B\n".to_owned()),
    ]
}

type Text = Box<dyn Fn(usize) -> String>;

#[test]
fn no_text_takes_more_than_its_share() {
    let _measuring = measuring();
    let numbered =
        |count: usize, line: &dyn Fn(usize) -> String| -> String { (0..count).map(line).collect() };
    let cases: Vec<(&str, usize, Text)> = vec![
        ("one line", 60_000, Box::new(|n| "ord ".repeat(n))),
        ("links", 5_000, Box::new(|n| "[b](b.md) ".repeat(n))),
        (
            "links to nothing",
            2_000,
            Box::new(move |n| numbered(n, &|at| format!("[x](borte-{}.md)\n", at % 50))),
        ),
        ("open brackets", 20_000, Box::new(|n| "[".repeat(n))),
        (
            "pictures in pictures",
            5_000,
            Box::new(|n| "![[]()".repeat(n)),
        ),
        ("stars", 5_000, Box::new(|n| "*a **a ".repeat(n))),
        (
            "backticks",
            100,
            Box::new(move |n| numbered(n, &|at| format!("e{}", "`".repeat(at)))),
        ),
        (
            "quotes in quotes",
            5_000,
            Box::new(|n| format!("{} a", ">".repeat(n))),
        ),
        (
            "lists in lists",
            60,
            Box::new(move |n| numbered(n, &|at| format!("{}* a\n", "  ".repeat(at)))),
        ),
        (
            "definitions and their use",
            2_000,
            Box::new(move |n| numbered(n, &|at| format!("[a{at}]: b.md\n\n[x][a{at}]\n\n"))),
        ),
        (
            "definitions nobody uses",
            2_000,
            Box::new(move |n| numbered(n, &|at| format!("[a{at}]: b.md\n"))),
        ),
        ("equal headings", 3_000, Box::new(|n| "## Å\n\n".repeat(n))),
        (
            "anchors",
            3_000,
            Box::new(move |n| numbered(n, &|at| format!("<a id=\"a{at}\"></a>[x](#a{at})\n\n"))),
        ),
        ("open tags", 3_000, Box::new(|n| "<div>\n".repeat(n))),
        (
            "tags in a line",
            5_000,
            Box::new(|n| format!("a {}", "<b>".repeat(n))),
        ),
        (
            "comments that do not end",
            5_000,
            Box::new(|n| "a <!-- ".repeat(n)),
        ),
        (
            "wide tables",
            1_000,
            Box::new(|n| {
                format!(
                    "|{}\n|{}\n|{}\n",
                    "a|".repeat(n),
                    "-|".repeat(n),
                    "a|".repeat(n)
                )
            }),
        ),
        (
            "long tables",
            3_000,
            Box::new(|n| format!("|a|b|\n|-|-|\n{}", "|c|[d](b.md)|\n".repeat(n))),
        ),
        (
            "alerts",
            3_000,
            Box::new(|n| "> [!NOTE]\n> a\n\n".repeat(n)),
        ),
        (
            "tabs",
            2_000,
            Box::new(|n| "# [A](#tab/a)\n\na\n\n# [B](#tab/b)\n\nb\n\n***\n\n".repeat(n)),
        ),
        (
            "colons in colons",
            2_000,
            Box::new(|n| "::: row\n".repeat(n)),
        ),
        (
            "footnotes",
            2_000,
            Box::new(move |n| numbered(n, &|at| format!("a[^{at}]\n\n[^{at}]: b\n\n"))),
        ),
        (
            "includes",
            2_000,
            Box::new(|n| "[!include[b](b.md)]\n\n".repeat(n)),
        ),
        (
            "half an include",
            5_000,
            Box::new(|n| "[!include[b](".repeat(n)),
        ),
        (
            "uids",
            3_000,
            Box::new(|n| "@borte <xref:borte> ".repeat(n)),
        ),
        (
            "flow sequences in front matter",
            5_000,
            Box::new(|n| format!("---\na: {}\n---\n", "[".repeat(n))),
        ),
        (
            "keys in front matter",
            2_000,
            Box::new(move |n| format!("---\n{}---\n", numbered(n, &|at| format!("a{at}: b\n")))),
        ),
        (
            "disabled problems",
            2_000,
            Box::new(|n| "<!-- hjelp-disable broken-link -->\n\n[x](borte.md)\n\n".repeat(n)),
        ),
    ];
    let found: Vec<String> = cases
        .iter()
        .map(|(name, size, text)| (name, growth(*size, &|size| page(text(size)), true)))
        .filter(|(_, growth)| *growth > MOST)
        .map(|(name, growth)| format!("{name}: {growth:.1}"))
        .collect();
    assert!(
        found.is_empty(),
        "four times the text takes longer than {MOST} times as long: {found:#?}"
    );
}

#[test]
fn no_toc_takes_more_than_its_share() {
    let _measuring = measuring();
    let toc = |count: usize| {
        vec![
            ("content/no/index.md", "# Hjem\n".to_owned()),
            (
                "content/no/toc.yml",
                (0..count)
                    .map(|at| format!("- name: Side {at}\n  href: borte-{at}.md\n"))
                    .collect(),
            ),
        ]
    };
    let growth = growth(1_000, &toc, true);
    assert!(growth < MOST, "{growth:.1}");
}

/// A number of files, made from their numbers.
fn numbered(
    count: usize,
    path: impl Fn(usize) -> String,
    text: impl Fn(usize) -> String,
) -> Vec<(String, String)> {
    (0..count).map(|at| (path(at), text(at))).collect()
}

fn with(mut files: Vec<(String, String)>, path: &str, text: String) -> Vec<(String, String)> {
    files.push((path.to_owned(), text));
    files
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

type Site = Vec<(String, String)>;

/// Redirects, suggestions, synonyms, regions: what is compared with everything else of its kind.
/// Makes a site of the given size.
type SiteOfSize = Box<dyn Fn(usize) -> Site>;

#[test]
fn no_site_takes_more_than_its_share() {
    let _measuring = measuring();
    const PAGE: &str = "content/no/side.md";
    let plain = |text: String| with(Vec::new(), PAGE, text);
    let page_path = |at: usize| format!("content/no/p{at}.md");
    let cases: Vec<(&str, usize, SiteOfSize)> = vec![
        (
            "a chain of redirects",
            250,
            Box::new(move |n| {
                numbered(n, page_path, |at| {
                    format!("---\nredirect_url: p{}.md\n---\n", at + 1)
                })
            }),
        ),
        (
            "a circle of redirects",
            250,
            Box::new(move |n| {
                numbered(n, page_path, |at| {
                    format!("---\nredirect_url: p{}.md\n---\n", (at + 1) % n)
                })
            }),
        ),
        (
            "links to a chain of redirects",
            250,
            Box::new(move |n| {
                let files = numbered(n, page_path, |at| {
                    format!("---\nredirect_url: p{}.md\n---\n", at + 1)
                });
                with(files, PAGE, lines(n, |at| format!("[x](p{at}.md)\n\n")))
            }),
        ),
        (
            "one list of synonyms",
            2_000,
            Box::new(|n| {
                let words = lines(n, |at| format!("ord{at},"));
                with(
                    vec![("content/no/index.md".to_owned(), "# Hjem\n".to_owned())],
                    "locales/synonyms.no.yml",
                    format!("- [{words}]\n"),
                )
            }),
        ),
        (
            "a word with many synonyms",
            2_000,
            Box::new(|n| {
                let text = lines(n, |at| format!("- [sak, ord{at}]\n"));
                with(
                    vec![("content/no/index.md".to_owned(), "# Hjem\n".to_owned())],
                    "locales/synonyms.no.yml",
                    text,
                )
            }),
        ),
        (
            "equal anchors",
            3_000,
            Box::new(move |n| plain("<a id=\"x\"></a>\n\n".repeat(n))),
        ),
        (
            "anchors that almost fit",
            700,
            Box::new(move |n| {
                plain(
                    lines(n, |at| format!("## overskrift nummer {at}\n\n"))
                        + &lines(n, |at| format!("[x](#overskrift-numer-{at})\n\n")),
                )
            }),
        ),
        (
            "links that almost fit",
            500,
            Box::new(move |n| {
                let files = numbered(
                    n,
                    |at| format!("content/no/side-nummer-{at}.md"),
                    |_| "# X\n".to_owned(),
                );
                with(
                    files,
                    PAGE,
                    lines(n, |at| format!("[x](sidenummer-{at}.md)\n\n")),
                )
            }),
        ),
        (
            "uids that almost fit",
            500,
            Box::new(move |n| {
                let files = numbered(n, page_path, |at| {
                    format!("---\nuid: en-uid-{at}\n---\n# X\n")
                });
                with(files, PAGE, lines(n, |at| format!("<xref:enuid-{at}>\n\n")))
            }),
        ),
        (
            "links to one of many files of a name",
            300,
            Box::new(move |n| {
                let files = numbered(
                    n,
                    |at| format!("content/no/d{at}/lik.md"),
                    |_| "# X\n".to_owned(),
                );
                with(files, PAGE, lines(n, |at| format!("[x](z{at}/lik.md)\n\n")))
            }),
        ),
        (
            "regions in regions",
            1_500,
            Box::new(move |n| {
                let code = lines(n, |at| format!("// <r{at}>\nx\n"))
                    + &lines(n, |at| format!("// </r{}>\n", n - 1 - at));
                let files = with(Vec::new(), "content/no/c.cs", code);
                with(files, PAGE, "[!code[](c.cs#r7)]\n".to_owned())
            }),
        ),
    ];
    let mut found = Vec::new();
    for (name, size, files) in cases {
        // Pages are rendered one by one, whatever they are; what looks at all of them are the checks.
        let growth = growth(size, &files, false);
        if growth > MOST {
            found.push(format!("{name}: {growth:.1}"));
        }
    }
    assert!(
        found.is_empty(),
        "four times the site takes longer than {MOST} times as long: {found:#?}"
    );
}

/// Every fragment includes the next one twice: written out, the page would have 2^30 pieces.
#[test]
fn a_page_that_would_never_end_is_cut() {
    let _measuring = measuring();
    let fragment = |level: usize| {
        let next = format!("[!include[x](f{}.md)]\n\n", level + 1);
        (
            format!("content/no/includes/f{level}.md"),
            format!("Ord {level}.\n\n{next}{next}"),
        )
    };
    let mut files: Vec<(String, String)> = (0..30).map(fragment).collect();
    files.push((
        "content/no/includes/f30.md".to_owned(),
        "Bunnen.\n".to_owned(),
    ));
    files.push((
        "content/no/index.md".to_owned(),
        "# Hjem\n\n[!include[x](includes/f0.md)]\n".to_owned(),
    ));
    let sources = files
        .iter()
        .map(|(path, text)| Source::from_text(SitePath::new(path).unwrap(), text.as_str()))
        .collect();
    let snapshot = Snapshot::new(Sources::new(sources, [], []))
        .map_err(|(_, problems)| problems)
        .unwrap();
    assert!(
        snapshot
            .problems()
            .iter()
            .any(|problem| matches!(problem.code.name(), "broken-include" | "include-too-large"))
    );
    for output in &snapshot.plan().outputs {
        assert!(snapshot.render(output).unwrap().bytes.len() < 64 << 20);
    }
}

/// Aliases of aliases of aliases: written out, the front matter would have 10^9 words.
#[test]
fn an_alias_bomb_does_not_go_off() {
    let _measuring = measuring();
    let mut bomb = String::from("a: &a [ord, ord, ord, ord, ord, ord, ord, ord, ord, ord]\n");
    for (name, inner) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        let aliases = vec![format!("*{inner}"); 10].join(", ");
        bomb.push_str(&format!("{name}: &{name} [{aliases}]\n"));
    }
    for (path, text) in [
        ("content/no/index.md", format!("---\n{bomb}---\n# Hjem\n")),
        (
            "content/no/index.yml",
            format!("### YamlMime:Landing\n{bomb}"),
        ),
        ("content/no/toc.yml", bomb.clone()),
        ("hjelp.yml", bomb.clone()),
    ] {
        let started = Instant::now();
        work(
            &[(path, text), ("content/no/a.md", "# A\n".to_owned())],
            true,
        );
        assert!(started.elapsed() < Duration::from_secs(20), "{path}");
    }
}
