//! How often each construct occurs in real help (the folder that `HJELP_CORPUS` names, by default the one next to the checkout), and how
//! often something that looks like one was not recognized. Goal: never.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use hjelp::disk;
use hjelp::syntax::document::DataPage;
use hjelp::syntax::tree::{Node, NodeKind};
use hjelp::syntax::{Body, RefKind, is_document, parse};

#[test]
fn every_construct_of_a_real_site_is_understood() {
    let beside = |path: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let places = [
        beside("../shared/corpus/superoffice-2023"),
        beside("../../shared/corpus/superoffice-2023"),
    ];
    let named = std::env::var_os("HJELP_CORPUS").map(PathBuf::from);
    let is_named = named.is_some();
    let Some(folder) = named
        .into_iter()
        .chain(places)
        .find(|folder| folder.is_dir())
    else {
        // Past the test harness, which keeps quiet about tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: there is no folder of real content beside the checkout, and HJELP_CORPUS names none"
        );
        return;
    };
    let sources = disk::scan(&folder, &[]).unwrap();
    let texts: Vec<_> = sources
        .texts()
        .iter()
        .filter(|source| is_document(&source.path))
        .collect();
    let before = std::time::Instant::now();
    let documents: Vec<_> = texts.iter().map(|source| parse(source)).collect();
    println!(
        "{} documents read in {:?}, one after the other",
        documents.len(),
        before.elapsed()
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut odd: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (source, document) in texts.iter().zip(&documents) {
        let trees: Vec<_> = match &document.body {
            Body::Article(tree) => vec![tree],
            Body::Tutorial(tutorial) => tutorial.steps.iter().map(|step| &step.tree).collect(),
            _ => Vec::new(),
        };
        match &document.body {
            Body::Data(DataPage {
                mime: Some(mime), ..
            }) => odd
                .entry("type of page")
                .or_default()
                .push(format!("{}: {mime}", source.path)),
            body => *counts.entry(page_type(body)).or_default() += 1,
        }
        let mut code_ends = 0;
        for node in trees.iter().flat_map(|tree| &tree.nodes) {
            if matches!(node.kind, NodeKind::CodeBlock(_) | NodeKind::Code) {
                code_ends = node.span.end;
            }
            if let Some(name) = name(node) {
                *counts.entry(name).or_default() += 1;
            }
            // Words that still look like a directive.
            let typed = node.span.of(&source.text);
            let plain = matches!(&node.kind, NodeKind::Text(None)) && node.span.end > code_ends;
            if plain && (typed.contains("[!") || typed.contains(":::")) {
                odd.entry("words like a directive")
                    .or_default()
                    .push(format!("{}: {typed}", source.path));
            }
        }
        for reference in &document.refs {
            let name = match reference.kind {
                RefKind::Uid => "uid that must exist",
                RefKind::UidShorthand => "@uid",
                RefKind::HtmlHref => "href in HTML",
                RefKind::HtmlSrc => "src in HTML",
                _ => continue,
            };
            *counts.entry(name).or_default() += 1;
        }
        for problem in &document.problems {
            if problem.code.name().ends_with("-directive")
                || matches!(problem.code.name(), "unclosed-block" | "text-after-alert")
            {
                odd.entry(problem.code.name())
                    .or_default()
                    .push(format!("{}: {}", source.path, problem.message));
            }
        }
    }
    for (name, count) in &counts {
        println!("{count:>7}  {name}");
    }
    println!(
        "{:>7}  not understood",
        odd.values().map(Vec::len).sum::<usize>()
    );
    for (code, places) in &odd {
        println!("{:>7}  not understood: {code}", places.len());
        places
            .iter()
            .take(20)
            .for_each(|place| println!("         {place}"));
    }
    // Of content that somebody names, not all need be right.
    assert!(
        odd.is_empty() || is_named,
        "constructs that were not understood"
    );
}

fn page_type(body: &Body) -> &'static str {
    match body {
        Body::Article(_) => "Markdown file",
        Body::Toc(_) => "table of contents",
        Body::Landing(_) => "landing page",
        Body::Tutorial(_) => "tutorial",
        Body::Structured(_) => "page of texts in YAML",
        Body::Redirects(_) => "redirects",
        Body::Data(_) => "YAML file without a type",
    }
}

fn name(node: &Node) -> Option<&'static str> {
    Some(match &node.kind {
        NodeKind::Heading(..) => "heading",
        NodeKind::BlockQuote => "quote",
        NodeKind::Alert(keyword) if hjelp::syntax::directive::AlertKind::of(keyword).is_some() => {
            "alert"
        }
        NodeKind::Alert(_) => "alert of the site's own",
        NodeKind::Div(_) => "[!div]",
        NodeKind::VideoEmbed(_) => "[!Video]",
        NodeKind::Table(_) | NodeKind::GridTable(_) => "table",
        NodeKind::Tabs => "group of tabs",
        NodeKind::Tab(_) => "tab",
        NodeKind::Include { block: true, .. } => "include on its own line",
        NodeKind::Include { .. } => "include among words",
        NodeKind::Snippet(..) => "code from a file",
        NodeKind::CodeBlock(_) => "block of code",
        NodeKind::Math | NodeKind::MathBlock => "formula",
        NodeKind::Container(container) => match container.name() {
            "row" => ":::row",
            "column" => ":::column",
            "zone" => ":::zone",
            _ => ":::moniker",
        },
        NodeKind::ImageDirective(_) => ":::image",
        NodeKind::VideoDirective(_) => ":::video",
        NodeKind::Form(_) => ":::form",
        NodeKind::NoLoc(_) => ":::no-loc",
        NodeKind::Image(..) => "picture",
        NodeKind::Link(..) => "link",
        NodeKind::Html(_) => "raw HTML",
        NodeKind::Strikethrough => "strikethrough",
        _ => return None,
    })
}
