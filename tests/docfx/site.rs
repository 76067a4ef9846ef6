//! Tocs, paths, whole docsets, bookmarks and page models.
//!
//! Where a vector mentions something hjelp has no name for, such as `.md` in the addresses of a toc, this file translates.

use std::collections::BTreeMap;

use hjelp::site::address::{AddressParts, merge_addresses};
use hjelp::site::toc_items::{TocItem, TocLink, toc_items};
use hjelp::site::{BrokenReason, Site, Target};
use hjelp::source::relative_path::RelativePath;
use hjelp::source::{SitePath, Source, SourceId, Sources};
use hjelp::syntax::toc::TocEntry;
use hjelp::syntax::{Body, Document};
use hjelp::workspace::Snapshot;
use serde_json::{Map, Value, json};

use super::vectors::{Outcome, Score, rows, same, score};

type Run = fn(&Value) -> Outcome;

/// The files of vectors, and how each of them is run.
const FILES: &[(&str, Run)] = &[
    ("paths-urls.jsonl", path),
    ("md-toc.jsonl", markdown_toc),
    ("toc.jsonl", toc),
    ("docset.jsonl", docset),
    ("bookmarks.jsonl", bookmarks),
];

#[test]
fn sites() {
    for (name, run) in FILES {
        if let Some(score) = score(name, run) {
            score.all(name);
        }
    }
}

#[test]
fn page_models() {
    let mut score = Score::default();
    let models = rows("diagnostics.jsonl")
        .into_iter()
        .flatten()
        .flatten()
        .filter(|row| row["expected_model"].is_object());
    models.for_each(|row| score.add("models", &row, page_model(&row)));
    score.all("models");
}

fn texts(files: &Value) -> Vec<(String, String)> {
    let files = files
        .as_object()
        .map(|files| files.iter())
        .into_iter()
        .flatten();
    files
        .map(|(path, text)| (path.clone(), text.as_str().unwrap_or_default().to_owned()))
        .collect()
}

fn snapshot(files: Vec<(String, String)>) -> Result<Snapshot, String> {
    let texts = files
        .into_iter()
        .map(|(path, text)| Source::from_text(SitePath::new(&path).unwrap(), text))
        .collect();
    Snapshot::new(Sources::new(texts, [], [])).map_err(|(_, problems)| format!("{problems:#?}"))
}

fn path(vector: &Value) -> Outcome {
    let args: Vec<&str> = vector["args"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|arg| arg.as_str().unwrap_or_default())
        .collect();
    let given = |at: usize| {
        args.get(at)
            .copied()
            .ok_or_else(|| format!("argument {at} is missing"))
    };
    let relative = |at: usize| {
        RelativePath::new(given(at)?).ok_or_else(|| format!("`{}` is no relative path", args[at]))
    };
    let text = |path: RelativePath| Value::String(path.to_string());
    let found = match vector["op"].as_str().unwrap_or_default() {
        "based-on" => text(relative(0)?.based_on(&relative(1)?)),
        "make-relative-to" => relative(0)?
            .relative_to(&relative(1)?)
            .map_or(Value::Null, text),
        "rebase" => relative(0)?
            .based_on(&relative(1)?)
            .relative_to(&relative(2)?)
            .map_or(Value::Null, text),
        "directory" => text(relative(0)?.folder()),
        "in-directory" => Value::Bool(relative(0)?.is_in(&relative(1)?)),
        "url-encode" => text(relative(0)?.encoded()),
        "url-decode" => text(relative(0)?.decoded()),
        "merge-href" => Value::String(merge_addresses(given(0)?, given(1)?)),
        "split-url" => {
            let parts = AddressParts::of(given(0)?);
            json!({
                "path": parts.path, "query": parts.query, "fragment": parts.fragment,
                "query_and_fragment": format!("{}{}", parts.query, parts.fragment),
                "non_fragment": format!("{}{}", parts.path, parts.query),
            })
        }
        other => return Err(format!("unknown operation `{other}`")),
    };
    same(&found, &vector["expected"])
}

/// Compares the keys that are asserted.
fn markdown_toc(vector: &Value) -> Outcome {
    let source = Source::from_text(
        SitePath::new("toc.md").unwrap(),
        vector["markdown"].as_str().unwrap_or_default(),
    );
    let document = hjelp::syntax::parse(&source);
    let Body::Toc(toc) = &document.body else {
        return Err("no toc".to_owned());
    };
    let wrong = !document.problems.is_empty();
    match &vector["expected"] {
        Value::Array(expected) if !wrong => same_entries(&document, &toc.entries, expected),
        Value::Array(_) => Err(format!("{:#?}", document.problems)),
        _ if wrong => Ok(()),
        _ => Err("nothing is wrong with it".to_owned()),
    }
}

fn same_entries(document: &Document, entries: &[TocEntry], expected: &[Value]) -> Outcome {
    if entries.len() != expected.len() {
        return Err(format!(
            "{} entries instead of {}",
            entries.len(),
            expected.len()
        ));
    }
    for (entry, expected) in entries.iter().zip(expected) {
        let target =
            |id: Option<u32>| id.map_or(Value::Null, |id| json!(document.refs[id as usize].target));
        let found = json!({
            "name": entry.name, "displayName": entry.display, "href": target(entry.href), "uid": target(entry.uid),
        });
        for (key, value) in expected
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| *key != "items")
        {
            same(&found[key], value)
                .map_err(|message| format!("{key} of {:?}: {message}", entry.name))?;
        }
        same_entries(
            document,
            &entry.children,
            expected["items"].as_array().map_or(&[], Vec::as_slice),
        )?;
    }
    Ok(())
}

fn toc(vector: &Value) -> Outcome {
    let mut files = texts(&vector["files"]);
    // What DocFX's test gives every page.
    let config = json!({"build": {"content": [{"files": vector["content"]}], "globalMetadata": {"meta": "Hello world!"}}});
    files.push(("docfx.json".to_owned(), config.to_string()));
    let snapshot = snapshot(files)?;
    let site = &snapshot.site;
    if let Some(codes) = vector["expected_log_codes"].as_array() {
        let wrong = snapshot
            .problems()
            .iter()
            .any(|problem| problem.level != hjelp::diagnostic::Level::Note);
        same(&json!(wrong), &json!(!codes.is_empty()))
            .map_err(|_| format!("{codes:?}, but {:#?}", snapshot.problems()))?;
    }
    let find = |path: &str| {
        site.sources
            .find(path)
            .ok_or_else(|| format!("no `{path}`"))
    };
    if let Some(model) = vector["expected_model"].as_object() {
        let name = vector["toc"].as_str().unwrap_or("toc");
        let toc = find(&format!("{name}.yml")).or_else(|_| find(&format!("{name}.md")))?;
        let items: Vec<Value> = toc_items(site, toc)
            .iter()
            .map(|item| translated(site, toc, item))
            .collect();
        for (key, expected) in model.iter().filter(|(key, _)| *key != "items") {
            let front = &site.linked(toc).unwrap().document.front_matter;
            let found = front
                .get(key)
                .or_else(|| front.get("metadata")?.get(key))
                .and_then(|node| node.text());
            same(&json!(found), expected).map_err(|message| format!("{key}: {message}"))?;
        }
        return same(
            &json!(items),
            model.get("items").unwrap_or(&Value::Array(Vec::new())),
        );
    }
    for (path, expected) in vector["expected_page_metadata"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let id = find(path)?;
        let page = site
            .page_ids()
            .find(|page| site.page(*page).source == id)
            .ok_or("no page")?;
        for (key, expected) in expected.as_object().unwrap() {
            let folder = site.source(id).path.parent();
            let found = match key.as_str() {
                "_tocRel" => site
                    .navigation(page)
                    .map(|(tree, _)| site.source(tree.toc).path.relative_to(&folder)),
                key => site
                    .config
                    .metadata(&site.source(id).path)
                    .into_iter()
                    .find(|known| known.0 == key)
                    .and_then(|found| Some(found.1.text()?.to_owned())),
            };
            same(&json!(found), expected)
                .map_err(|message| format!("{key} of {path}: {message}"))?;
        }
    }
    Ok(())
}

/// A toc item as DocFX says it without templates: addresses lead to sources, not to pages.
fn translated(site: &Site, root: SourceId, item: &TocItem) -> Value {
    let mut map = Map::new();
    let title = |link: TocLink| match site.reference(link.toc, link.reference)?.1 {
        Target::Page { set, .. } => Some(
            site.title(site.translation_set(*set).variants[0].1)
                .to_owned(),
        ),
        _ => None,
    };
    let name = item
        .name
        .as_ref()
        .map(|name| name.to_string())
        .or_else(|| title(item.topic_uid.or(item.href)?));
    let mut put =
        |key: &str, value: Option<Value>| _ = value.map(|value| map.insert(key.to_owned(), value));
    let address = |link: Option<TocLink>| link.map(|link| Value::String(address(site, root, link)));
    put("name", name.map(Value::String));
    put(
        "displayName",
        item.entry.display.as_ref().map(|text| json!(text)),
    );
    put("href", address(item.href));
    put("topicHref", address(item.topic_href));
    put("tocHref", address(item.toc_href));
    put("homepage", address(item.homepage));
    put(
        "topicUid",
        item.topic_uid
            .map(|link| json!(site.reference(link.toc, link.reference).unwrap().0.target)),
    );
    put(
        "includedFrom",
        item.included_from
            .as_ref()
            .map(|path| json!(format!("~/{path}"))),
    );
    put("expanded", item.entry.expanded.map(Value::Bool));
    for entry in &item.entry.extra {
        put(&entry.key, entry.value.text().map(|text| json!(text)));
    }
    let items: Vec<Value> = item
        .items
        .iter()
        .map(|item| translated(site, root, item))
        .collect();
    put("items", (!items.is_empty()).then_some(Value::Array(items)));
    Value::Object(map)
}

fn address(site: &Site, root: SourceId, link: TocLink) -> String {
    let (reference, target) = site.reference(link.toc, link.reference).unwrap();
    let parts = AddressParts::of(&reference.target);
    let path = match target {
        Target::Page { set, .. } => &site.source(site.translation_set(*set).variants[0].1).path,
        Target::Toc(id) => &site.source(*id).path,
        Target::Asset(path) => path,
        Target::Broken(BrokenReason::Missing(path) | BrokenReason::NotPublished(path)) => path,
        _ => return reference.target.to_string(),
    };
    let relative = RelativePath::new(&path.relative_to(&site.source(root).path.parent())).unwrap();
    format!("{}{}{}", relative.encoded(), parts.query, parts.fragment)
}

fn docset(vector: &Value) -> Outcome {
    let mut files = texts(&vector["files"]);
    if let Some((_, text)) = files.iter_mut().find(|(path, _)| path == "docfx.json") {
        // These were run through DocFX's library, which reads this list the other way round than its command line, and so than hjelp.
        let mut config: Value = serde_json::from_str(text).unwrap();
        if let Some(list) = config["build"]
            .get_mut("globalMetadataFiles")
            .and_then(Value::as_array_mut)
        {
            list.reverse();
        }
        *text = config.to_string();
    }
    let snapshot = snapshot(files)?;
    let site = &snapshot.site;
    let plan = snapshot.plan();
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    for output in &plan.outputs {
        let file = snapshot
            .render(output)
            .map_err(|problem| format!("{problem:?}"))?;
        written.insert(
            file.path.to_string(),
            String::from_utf8_lossy(&file.bytes).into_owned(),
        );
    }
    for (from, to) in &plan.copies {
        let text = site
            .sources
            .find(from.as_str())
            .map_or("", |id| &site.sources.get(id).text);
        written.insert(to.to_string(), text.to_owned());
    }
    for check in vector["checks"].as_array().into_iter().flatten() {
        let output = check["output"].as_str().unwrap_or_default();
        if let Some(key) = check["key"].as_str() {
            // The raw model of a page is its metadata.
            let page = output.replace(".raw.json", ".md");
            let metadata = site.config.metadata(&SitePath::new(&page).unwrap());
            let found = metadata
                .into_iter()
                .find(|(known, _)| *known == key)
                .and_then(|(_, node)| node.text());
            same(&json!(found), &check["equals"])
                .map_err(|message| format!("{key} in {output}: {message}"))?;
            continue;
        }
        let found = written.get(output);
        if let Some(exists) = check["exists"].as_bool() {
            same(&json!(found.is_some()), &json!(exists))
                .map_err(|_| format!("{output} among {:#?}", written.keys()))?;
        }
        if let Some(text) = check["text"].as_str() {
            same(&json!(found), &json!(text))?;
        }
        if let Some(part) = check["contains"].as_str() {
            same(
                &json!(found.is_some_and(|text| text.contains(part))),
                &json!(true),
            )
            .map_err(|_| format!("{output} lacks {part}"))?;
        }
    }
    Ok(())
}

/// The pages are given as HTML, so each becomes a Markdown page of raw HTML whose addresses name sources; what says it comes from another
/// file becomes an included fragment.
fn bookmarks(vector: &Value) -> Outcome {
    let manifest: Vec<(&str, &str, &str)> = vector["manifest"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| {
            (
                item["source"].as_str().unwrap(),
                item["output"].as_str().unwrap(),
                item["rawTitle"].as_str().unwrap_or(""),
            )
        })
        .collect();
    let mut files = BTreeMap::from([(
        "docfx.json".to_owned(),
        r#"{"build": {"content": "*.md"}}"#.to_owned(),
    )]);
    let mut fragments: BTreeMap<&str, String> = BTreeMap::new();
    for (source, output, title) in &manifest {
        let mut text = format!("{title}\n\n");
        for element in vector["html"][output]
            .as_str()
            .unwrap_or_default()
            .split_inclusive("</a>")
        {
            let mut element = element.to_owned();
            for (source, output, _) in &manifest {
                element = element.replace(&format!("href='{output}#"), &format!("href='{source}#"));
            }
            let from = element
                .split_once("sourceFile='")
                .and_then(|(_, rest)| rest.split_once('\''))
                .map(|(file, _)| file.to_owned());
            match from.filter(|file| file != source).and_then(|file| {
                vector["expected_log"]
                    .as_array()?
                    .iter()
                    .find_map(|log| log["file"].as_str().filter(|known| *known == file))
            }) {
                Some(file) => {
                    fragments
                        .entry(file)
                        .or_default()
                        .push_str(&format!("{element}\n\n"));
                    text.push_str(&format!("[!include[x]({file})]\n\n"));
                }
                None => text.push_str(&format!("{element}\n\n")),
            }
        }
        files.insert((*source).to_owned(), text);
    }
    files.extend(
        fragments
            .into_iter()
            .map(|(file, text)| (file.to_owned(), text)),
    );
    let snapshot = snapshot(files.into_iter().collect())?;
    let mut found: Vec<(String, String)> = snapshot
        .problems()
        .iter()
        .filter(|problem| problem.code.name() == "broken-anchor")
        .map(|problem| {
            (
                problem.location.path.to_string(),
                problem.message.rsplit('`').nth(1).unwrap_or("").to_owned(),
            )
        })
        .collect();
    let expected = vector["expected_log"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|log| {
            let message = log["message"].as_str().unwrap_or_default();
            (
                log["file"].as_str().unwrap_or_default().to_owned(),
                message.rsplit('\'').nth(1).unwrap_or("").to_owned(),
            )
        });
    let mut expected: Vec<(String, String)> = expected.collect();
    found.sort();
    expected.sort();
    same(&json!(found), &json!(expected))
}

/// The title a page gets, and whether its heading is the title shown.
fn page_model(vector: &Value) -> Outcome {
    let mut files = texts(&vector["files"]);
    let config = json!({"build": {"content": "**/*.md", "globalMetadata": vector["options"]["global_metadata"]}});
    files.push(("docfx.json".to_owned(), config.to_string()));
    let snapshot = snapshot(files)?;
    let site = &snapshot.site;
    let id = site
        .sources
        .find(vector["entry"].as_str().unwrap_or_default())
        .ok_or("no entry")?;
    for (key, expected) in vector["expected_model"].as_object().into_iter().flatten() {
        match key.as_str() {
            "title" => same(&json!(site.title(id)), expected)?,
            "rawTitle" => {
                let output = snapshot
                    .plan()
                    .outputs
                    .into_iter()
                    .find(|output| output.source(site) == Some(id))
                    .ok_or("no page")?;
                let page = snapshot
                    .render(&output)
                    .map_err(|problem| format!("{problem:?}"))?;
                let page = String::from_utf8_lossy(&page.bytes).into_owned();
                // Elements carry no source attributes in a page of hjelp's.
                let expected = expected.as_str().unwrap_or_default();
                let plain = match (expected.find(" sourcefile="), expected.find('>')) {
                    (Some(from), Some(to)) if from < to => {
                        format!("{}{}", &expected[..from], &expected[to..])
                    }
                    _ => expected.to_owned(),
                };
                same(&json!(page.contains(&plain)), &json!(true))
                    .map_err(|_| format!("no {plain} in {page}"))?;
            }
            _ => {}
        }
    }
    Ok(())
}
