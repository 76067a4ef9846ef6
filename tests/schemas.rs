//! The JSON schemas of `hjelp schema`: they know the keys that hjelp knows, and accept the files of the corpora. A validator of the few
//! keywords that they use is below; any other keyword is a failure.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hjelp::source::yaml::{self, ScalarStyle, YamlNode, YamlValue};
use hjelp::source::{SitePath, Source, Sources};
use serde_json::{Map, Value};

fn schema(kind: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_hjelp"))
        .args(["schema", kind])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What an editor sees: YAML 1.2 with its core types.
fn value(node: &YamlNode) -> Value {
    match &node.value {
        YamlValue::List(items) => Value::Array(items.iter().map(value).collect()),
        YamlValue::Map(entries) => {
            let mut map = Map::new();
            for entry in entries {
                map.insert(entry.key.to_string(), value(&entry.value));
            }
            Value::Object(map)
        }
        YamlValue::Scalar(scalar) if scalar.style != ScalarStyle::Plain => {
            Value::String(scalar.text.to_string())
        }
        YamlValue::Scalar(scalar) => match &*scalar.text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            text => match text.parse::<f64>() {
                Ok(number) => Value::from(number),
                Err(_) => Value::String(text.to_owned()),
            },
        },
    }
}

fn parse(text: &str) -> Option<Value> {
    let (node, errors) = yaml::parse(text, 0);
    errors
        .is_empty()
        .then(|| node.as_ref().map_or(Value::Null, value))
}

/// Why `value` is not what `rules` allow, as the path to the place and the reason.
fn refusal(root: &Value, rules: &Value, value: &Value, at: &str) -> Option<String> {
    let rules = rules.as_object().unwrap();
    if let Some(name) = rules.get("$ref") {
        let path = name.as_str().unwrap().strip_prefix('#').unwrap();
        return refusal(root, root.pointer(path).unwrap(), value, at);
    }
    for (keyword, rule) in rules {
        let refused = match keyword.as_str() {
            "$schema" | "title" | "description" | "definitions" => None,
            "type" => wrong_type(rule, value, at),
            "enum" => {
                let allowed = rule.as_array().unwrap().contains(value);
                (!allowed).then(|| format!("{at}: {value} is none of {rule}"))
            }
            "oneOf" | "anyOf" => {
                let fits = |rule: &&Value| refusal(root, rule, value, at).is_none();
                let count = rule.as_array().unwrap().iter().filter(fits).count();
                let good = count == 1 || keyword == "anyOf" && count > 0;
                (!good).then(|| format!("{at}: {value} fits {count} of the choices"))
            }
            "items" => value.as_array().and_then(|items| {
                let mut numbered = items.iter().enumerate();
                numbered
                    .find_map(|(index, item)| refusal(root, rule, item, &format!("{at}/{index}")))
            }),
            "required" => {
                let keys = rule.as_array().unwrap().iter().filter_map(Value::as_str);
                value.as_object().and_then(|map| {
                    let missing = keys.into_iter().find(|key| !map.contains_key(*key))?;
                    Some(format!("{at}: `{missing}` is missing"))
                })
            }
            "properties" => value.as_object().and_then(|map| {
                map.iter().find_map(|(key, inside)| {
                    refusal(root, rule.get(key)?, inside, &format!("{at}/{key}"))
                })
            }),
            "additionalProperties" => value.as_object().and_then(|map| {
                let known = rules.get("properties").and_then(Value::as_object);
                map.iter()
                    .filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)))
                    .find_map(|(key, inside)| match rule {
                        Value::Bool(true) => None,
                        Value::Bool(false) => Some(format!("{at}: unknown key `{key}`")),
                        rule => refusal(root, rule, inside, &format!("{at}/{key}")),
                    })
            }),
            _ => panic!("the validator does not know `{keyword}`"),
        };
        if refused.is_some() {
            return refused;
        }
    }
    None
}

fn wrong_type(rule: &Value, value: &Value, at: &str) -> Option<String> {
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = match rule {
        Value::String(name) => name == own,
        names => names.as_array().unwrap().iter().any(|name| name == own),
    };
    (!fits).then(|| format!("{at}: {own} instead of {rule}"))
}

fn check(kind: &str, text: &str) -> Option<String> {
    let schema = schema(kind);
    refusal(&schema, &schema, &parse(text).unwrap(), "")
}

#[test]
fn schemas_find_what_is_wrong() {
    for (kind, right) in [
        (
            "hjelp",
            "title: {no: Hjelp, en: Help}\nlocales: [no, {folder: x, tag: nb}]\n",
        ),
        (
            "hjelp",
            "content:\n- docs\n- from: news\n  exclude: [x]\nchecks: {broken-link: off}\n",
        ),
        (
            "hjelp",
            "checks:\n- path: a/**\n  checks: {broken-link: note}\n",
        ),
        ("toc", "- name: A\n  href: a.md\n  items:\n  - name: B\n"),
        ("toc", "items:\n- name: A\n"),
        ("redirects", "- from: no/a.md\n  to: no/b.md#c\n"),
        (
            "redirects",
            "redirects:\n- from: [a, b]\n  gone: true\n  languages: all\n",
        ),
        (
            "landing",
            "title: A\nlandingContent:\n- title: B\n  linkLists:\n  - linkListType: concept\n    links: [{text: x, url: y.md}]\n",
        ),
    ] {
        assert_eq!(check(kind, right), None, "{right}");
    }
    for (kind, wrong) in [
        ("hjelp", "titel: x\n"),
        ("hjelp", "checks: {broken-link: fatal}\n"),
        ("hjelp", "content:\n- exclude: [x]\n"),
        ("toc", "- A\n"),
        ("redirects", "- from: a.md\n  til: b.md\n"),
        ("redirects", "- to: b.md\n"),
        ("toc", "- name: A\n  items: {name: B}\n"),
        ("landing", "landingContent: []\n"),
        (
            "landing",
            "title: A\nlandingContent:\n- title: B\n  linkLists:\n  - linkListType: concepts\n",
        ),
    ] {
        assert!(check(kind, wrong).is_some(), "{wrong}");
    }
}

#[test]
fn the_schema_of_the_configuration_has_the_keys_that_are_read() {
    let text = |path: &str, text: &str| Source::from_text(SitePath::new(path).unwrap(), text);
    let files = vec![
        text("hjelp.yml", "content: docs\nx: y"),
        text("docs/index.md", "# A"),
    ];
    let problems = hjelp::config::read(&Sources::new(files, [], [])).unwrap_err();
    let help = problems[0].help.first().unwrap();
    let keys = help
        .split_once("The keys here are ")
        .unwrap()
        .1
        .replace(['`', '.'], "");
    let mut known: Vec<&str> = keys.split(", ").collect();
    let schema = schema("hjelp");
    let mut described: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    known.sort_unstable();
    described.sort_unstable();
    assert_eq!(described, known);
}

/// The examples of the manual, which has every key, are right by the schema, too.
#[test]
fn the_examples_of_the_manual_are_valid() {
    let schema = schema("hjelp");
    let text = fs::read_to_string("content/en/hjelp/configuration.md").unwrap();
    let mut examples = 0;
    for part in text.split("```yaml\n").skip(1) {
        let example = parse(part.split("```").next().unwrap()).unwrap();
        assert_eq!(refusal(&schema, &schema, &example, ""), None, "{example}");
        examples += 1;
    }
    assert!(examples > 10);
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yml") {
            found.push(path);
        }
    }
}

#[test]
fn the_files_of_the_corpora_are_valid() {
    let corpus = Path::new("../shared/corpus");
    if !corpus.is_dir() {
        println!("SKIPPED: there is no {}", corpus.display());
        return;
    }
    let (toc, landing) = (schema("toc"), schema("landing"));
    let mut paths = Vec::new();
    files(corpus, &mut paths);
    let (mut checked, mut refused) = (0, Vec::new());
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let mime = text.lines().next().unwrap_or("").split_once("YamlMime:");
        let is_landing = mime.is_some_and(|(_, mime)| {
            ["Landing", "Hub", "Category", "SubCategory"].contains(&mime.trim())
        });
        let name = path.file_name().unwrap().to_ascii_lowercase();
        let schema = match (name == "toc.yml", is_landing) {
            (true, _) => &toc,
            (_, true) => &landing,
            _ => continue,
        };
        // What is no YAML is reported by `hjelp check`.
        let Some(value) = parse(&text) else { continue };
        checked += 1;
        if let Some(reason) = refusal(schema, schema, &value, "") {
            refused.push(format!("{}: {reason}", path.display()));
        }
    }
    assert!(checked > 500, "{checked}");
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}
