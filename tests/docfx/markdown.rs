//! Markdown: whole pages by DocFX, the specifications of Markdig's extensions, and CommonMark's.

use std::sync::Arc;

use hjelp::config;
use hjelp::locale::Catalog;
use hjelp::render::html::{self, ArticleOptions, DocFx, Markup};
use hjelp::render::theme::messages;
use hjelp::site::link;
use hjelp::source::{SitePath, Source, Sources};
use hjelp::syntax::dialect::Feature;
use hjelp::syntax::{Dialect, is_document, parse_as};
use hjelp::workspace::{Snapshot, dialect};
use serde_json::Value;

use super::engine::Engine;
use super::vectors::{Outcome, Score, rows, score};

/// The same text, or both of them.
fn same_text(row: &Value, found: &str, wanted: &str) -> Outcome {
    let markdown = row["markdown"].as_str().unwrap_or_default();
    if found == wanted {
        Ok(())
    } else {
        Err(format!(
            "--- markdown\n{markdown}\n--- wanted\n{wanted:?}\n--- found\n{found:?}"
        ))
    }
}

#[test]
fn docfx_markdown() {
    let Some(score) = score("markdown.jsonl", markdown) else {
        return;
    };
    let share = score.report("markdown.jsonl");
    assert!(share >= 0.98, "only {share} of DocFX's examples pass");
}

fn markdown(row: &Value) -> Outcome {
    let Some(wanted) = row["expected_html"].as_str() else {
        return logged(row)
            .unwrap_or_else(|| Err("neither HTML nor messages are expected".to_owned()));
    };
    let plain = |text: &str| match row["compare"].as_str() {
        Some("ignore-newlines") => text.replace(['\r', '\n'], ""),
        Some("trim") => text.trim().to_owned(),
        _ => text.to_owned(),
    };
    same_text(row, &plain(&html(row)?), &plain(wanted))
}

/// A site with all files of a case, configured as its options say.
fn sources(row: &Value) -> Sources {
    let mut texts = Vec::new();
    for (path, text) in row["files"].as_object().into_iter().flatten() {
        if let (Ok(path), Some(text)) = (SitePath::new(path), text.as_str()) {
            texts.push(Source::from_text(path, text));
        }
    }
    let options = &row["options"];
    let extension = |item: &Value| match item["name"].as_str() {
        Some(name) => serde_json::json!({ name: item["options"] }),
        None => item.clone(),
    };
    let extensions: Vec<Value> = options["markdig_extensions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(extension)
        .collect();
    let properties =
        serde_json::json!({ "alerts": options["alerts"], "markdigExtensions": extensions });
    let files = |kind: &str| -> Vec<Value> {
        let mappings = options["content"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|mapping| mapping["type"] == kind);
        mappings
            .map(|mapping| serde_json::json!({ "files": mapping["files"] }))
            .collect()
    };
    let content = if options["content"].is_array() {
        Value::from(files("Article"))
    } else {
        serde_json::json!([{ "files": ["**"] }])
    };
    let build = serde_json::json!({
        "content": content, "resource": files("Resource"), "xref": options["xref"], "markdownEngineProperties": properties
    });
    if row["files"]["docfx.json"].is_null() {
        texts.push(Source::from_text(
            SitePath::new("docfx.json").unwrap(),
            serde_json::json!({ "build": build }).to_string(),
        ));
    }
    texts.push(Source::from_text(
        SitePath::new("hjelp.yml").unwrap(),
        "markup: docfx\ndocfx: docfx.json\n",
    ));
    let tokens = options["tokens"].as_object();
    let token = |key: &str| {
        tokens
            .and_then(|tokens| tokens.get(key)?.as_str())
            .map(|text| text.replace("<h5>", "").replace("</h5>", ""))
    };
    let mut words = String::new();
    for kind in ["note", "tip", "important", "caution", "warning"] {
        words += &format!(
            "alert-{kind} = {}\n",
            token(kind).unwrap_or_else(|| kind.to_uppercase())
        );
    }
    words += &token("codeIncludeNotFound")
        .map(|text| format!("code-missing = {text}\n"))
        .unwrap_or_default();
    if row["harness"] != "build" {
        texts.push(Source::from_text(
            SitePath::new("locales/en.ftl").unwrap(),
            words,
        ));
    }
    Sources::new(texts, [], [])
}

fn html(row: &Value) -> Result<String, String> {
    let options = &row["options"];
    let sources = sources(row);
    let entry = row["entry"].as_str().unwrap_or("");
    let snapshot = Snapshot::new(sources).map_err(|(_, problems)| format!("{problems:?}"))?;
    let id = snapshot.site.sources.find(entry).ok_or("no entry")?;
    let is_build = row["harness"] == "build";
    let engine = Engine {
        rebase: row["harness"] == "service",
        source_positions: options["source_info"] == true,
    };
    let markup: &dyn Markup = if is_build { &DocFx } else { &engine };
    let inline = options["inline"] == true;
    let html = html::article(
        &snapshot.site,
        &snapshot.context.catalog,
        id,
        ArticleOptions { markup, inline },
    )
    .ok_or_else(|| "no article".to_owned())?;
    Ok(if is_build { without_title(&html) } else { html })
}

/// DocFX's templates get the first heading by itself, if nothing but comments stands before it.
fn without_title(html: &str) -> String {
    let mut rest = html.trim_start();
    while let Some((_, after)) = rest
        .strip_prefix("<!--")
        .and_then(|comment| comment.split_once("-->"))
    {
        rest = after.trim_start();
    }
    match (rest.starts_with("<h1"), rest.split_once("</h1>")) {
        (true, Some((_, after))) => format!("{}{after}", &html[..html.len() - rest.len()]),
        _ => html.to_owned(),
    }
}

#[test]
fn markdig_specs() {
    let Some(rows) = rows("markdig-specs.jsonl") else {
        return;
    };
    let (mut commonmark, mut on, mut off) = (Score::default(), Score::default(), Score::default());
    for row in rows {
        let row = row.unwrap_or_default();
        let names = row["pipelines"][0].as_str().unwrap_or("");
        let mut reading = Dialect::of(&[]);
        for name in names.split('+').filter(|name| !name.is_empty()) {
            reading = reading.extended(name, &[]).unwrap_or(reading);
        }
        let found = spec(row["markdown"].as_str().unwrap_or(""), reading);
        let score = match (names, row["docfx_default"] == true) {
            ("", _) => &mut commonmark,
            (_, true) => &mut on,
            (_, false) => &mut off,
        };
        let wanted = row["expected_html"]
            .as_str()
            .unwrap_or("nothing is expected");
        score.add(
            "markdig-specs.jsonl",
            &row,
            same_text(&row, &compact(&found), &compact(wanted)),
        );
    }
    on.report("what DocFX switches on");
    off.report("what a site can switch on");
    let share = commonmark.report("CommonMark");
    assert!(share >= 0.99, "only {share} of CommonMark's examples pass");
}

fn spec(markdown: &str, reading: Dialect) -> String {
    let path = SitePath::new("test.md").unwrap();
    let config = Source::from_text(
        SitePath::new("docfx.json").unwrap(),
        r#"{ "build": { "content": "**" } }"#,
    );
    let sources = Arc::new(Sources::new(
        vec![Source::from_text(path, markdown), config],
        [],
        [],
    ));
    let config = Arc::new(config::read(&sources).unwrap());
    let documents = sources
        .texts()
        .iter()
        .map(|source| is_document(&source.path).then(|| Arc::new(parse_as(source, reading))))
        .collect();
    let (catalog, _) = Catalog::load(&config.locales, &messages(&sources));
    let site = link(sources.clone(), documents, config);
    let id = sources.find("test.md").unwrap();
    let html = html::article(
        &site,
        &catalog,
        id,
        ArticleOptions {
            markup: &Engine {
                rebase: false,
                source_positions: false,
            },
            inline: false,
        },
    )
    .unwrap();
    // DocFX has a prefix of its own for languages.
    html.replace("<code class=\"lang-", "<code class=\"language-")
}

/// As Markdig compares: white space around items of lists doesn't count.
fn compact(html: &str) -> String {
    let mut out = html.replace("\r\n", "\n").trim().to_owned();
    while let Some(at) = out.find("<li>\n").or_else(|| out.find("<li> ")) {
        out.remove(at + 4);
    }
    while let Some(at) = out.find("\n</li>").or_else(|| out.find(" </li>")) {
        out.remove(at);
    }
    out
}

#[test]
fn the_default_dialect_is_that_of_docfx() {
    let docfx = Source::from_text(
        SitePath::new("docfx.json").unwrap(),
        r#"{ "build": { "content": "**" } }"#,
    );
    let config = config::read(&Sources::new(vec![docfx], [], [])).unwrap();
    // In hjelp's own markup `\|` in code in a table is `|`: DocFX shows the backslash.
    let own = Dialect::DOCFX.with(Feature::CodePipes);
    assert_eq!(dialect(&config), (own, Vec::new()));
}

#[test]
fn docfx_diagnostics() {
    let mut score = Score::default();
    for file in ["diagnostics.jsonl", "markdown.jsonl"] {
        for row in rows(file).into_iter().flatten().flatten() {
            if let Some(outcome) = logged(&row) {
                score.add(file, &row, outcome);
            }
        }
    }
    if score.is_empty() {
        return;
    }
    // hjelp says more of directives that are shown as they were typed, and has no opinion on where films come from.
    let share = score.report("messages");
    assert!(
        share >= 0.95,
        "only {share} of DocFX's messages have one of hjelp's"
    );
}

/// Where DocFX says something about a text, so does hjelp, in words of its own; where it says nothing, there is no fault in a directive.
/// Nothing if the vector doesn't speak of messages.
fn logged(row: &Value) -> Option<Outcome> {
    let codes = row["expected_log_codes"]
        .as_array()
        .filter(|_| row["harness"] == "pipeline")?;
    let problems = match Snapshot::new(sources(row)) {
        Ok(snapshot) => snapshot
            .problems()
            .iter()
            .map(|problem| problem.code.name())
            .collect(),
        Err((_, problems)) => problems
            .iter()
            .map(|problem| problem.code.name())
            .collect::<Vec<_>>(),
    };
    let directive = |code: &&str| {
        code.ends_with("-directive")
            || ["unclosed-block", "text-after-alert", "duplicate-tab"].contains(code)
    };
    let right = if codes.is_empty() {
        !problems.iter().any(directive)
    } else {
        !problems.is_empty()
    };
    Some(if right {
        Ok(())
    } else {
        Err(format!("DocFX says {codes:?}, hjelp {problems:?}"))
    })
}
