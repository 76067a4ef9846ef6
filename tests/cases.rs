//! Every construct of DocFX's Markdown, one small text at a time: what is typed, and the HTML it becomes. Each file of `tests/cases` holds
//! the cases of one chapter of the behaviour they describe, in the notation of `tests/support/text_site.rs`.
//!
//! The options of a case switch Markdig extensions on. `<<< docfx` is the article as `markup: docfx` has it, `<<< hjelp` as hjelp has it by
//! itself, `<<<` as both have it. Blank lines and the white space around lines don't count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

mod support;

use std::process::ExitCode;

use hjelp::render::html::{self, ArticleOptions, DocFx, Hjelp, Markup};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

use support::text_site::{TextBlock, TextCase};
use support::trials;

fn main() -> ExitCode {
    trials::main(trials::one_per_case("cases", run))
}

/// Renders the page and writes down its article.
fn run(_: &str, cases: &mut [TextCase]) -> Vec<String> {
    let mut failures = Vec::new();
    for case in cases {
        if case.expectations().next().is_none() {
            failures.push("nothing is expected of it".to_owned());
        }
        let before = case.clone();
        let mut blocks = Vec::new();
        for block in std::mem::take(&mut case.blocks) {
            if block.is_source() {
                blocks.push(block);
                continue;
            }
            match block.kind() {
                "docfx" => blocks.push(rendered(&before, block, &DocFx)),
                "hjelp" => blocks.push(rendered(&before, block, &Hjelp)),
                "" => blocks.extend(rendered_alike(&before, block)),
                other => failures.push(format!("unknown markup `{other}`")),
            }
        }
        case.blocks = blocks;
    }
    failures
}

/// The expectation with the article as it is.
fn rendered(case: &TextCase, mut block: TextBlock, markup: &dyn Markup) -> TextBlock {
    let html = html(case, markup);
    if plain(html.lines()) != plain(block.lines.iter().map(String::as_str)) {
        block.set_lines(&plain(html.lines()));
    }
    block
}

/// An expectation of both markups; one of each if they differ.
fn rendered_alike(case: &TextCase, block: TextBlock) -> Vec<TextBlock> {
    let docfx = rendered(case, block.clone(), &DocFx);
    let hjelp = rendered(case, block, &Hjelp);
    if docfx == hjelp {
        return vec![docfx];
    }
    vec![
        TextBlock::new("<<< docfx", &docfx.lines.join("\n")),
        TextBlock::new("<<< hjelp", &hjelp.lines.join("\n")),
    ]
}

fn html(case: &TextCase, markup: &dyn Markup) -> String {
    let extensions = serde_json::json!({ "markdigExtensions": case.options() });
    let build = serde_json::json!({ "build": {
        "content": [{ "files": "**/*.md", "exclude": "includes/**" }], "resource": [{ "files": "**/*.{png,js,cs}" }],
        "markdownEngineProperties": extensions
    } });
    let settings = if markup.keeps_comments() {
        "markup: docfx\ndocfx: docfx.json\n"
    } else {
        "docfx: docfx.json\n"
    };
    let text = |path: &str, text: String| Source::from_text(SitePath::new(path).unwrap(), text);
    let mut texts = vec![
        text("docfx.json", build.to_string()),
        text("hjelp.yml", settings.to_owned()),
    ];
    texts.extend(case.sources().map(TextBlock::source));
    let snapshot = Snapshot::new(Sources::new(texts, [], [])).ok().unwrap();
    let id = snapshot.site.sources.find("a.md").unwrap();
    html::article(
        &snapshot.site,
        &snapshot.context.catalog,
        id,
        ArticleOptions {
            markup,
            inline: false,
        },
    )
    .unwrap()
}

/// Lines without white space around them, and no blank ones. What is in `<pre>` still differs by its words.
fn plain<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let trimmed = lines.map(str::trim);
    trimmed
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}
