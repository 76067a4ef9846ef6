//! Readers find what they search for: queries to the search of this repository's own content, and of small sites that are written as text.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod asked;
mod judged;
mod questions;
#[path = "../support/text_site.rs"]
#[allow(dead_code, reason = "cases without marks use a part of it")]
mod text_site;

use std::io::Write as _;
use std::path::Path;

/// Says so if the search can't be asked.
fn can_ask() -> bool {
    let has_node = judged::has_node();
    if !has_node {
        // Past the test harness, which keeps quiet about tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: the search was not asked anything, because there is no node"
        );
    }
    has_node
}

#[test]
fn questions_are_answered() {
    if can_ask() {
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/asked.txt");
        let differences = asked::differences(&cases);
        assert!(differences.is_empty(), "\n{differences}");
    }
}

#[test]
fn pages_are_found() {
    if !can_ask() {
        return;
    }
    let root =
        std::env::var("HJELP_JUDGED").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let verdicts = judged::judge(
        Path::new(&root),
        std::env::var("HJELP_MISSES").map_or(0, |count| count.parse().unwrap()),
    );
    println!("{}", judged::table(&verdicts));
    for verdict in verdicts {
        // Words that people take apart are the hardest, above all in English, which seldom joins any.
        let least = match verdict.kind.as_str() {
            "title" => 0.85,
            "compound" => 0.6,
            _ => 0.7,
        };
        assert!(verdict.rank >= least, "{verdict:?}");
        assert!(verdict.packed < 150_000, "{verdict:?}");
    }
}
