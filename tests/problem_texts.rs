//! Messages of problems have the same ids and arguments in every language. The English ones are where problems are found: in `message!`, and
//! as literals where a message has no arguments. `locales/problems/en.ftl` lists them for translators; `HJELP_BLESS=1` writes it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hjelp::source::message_id;

const ENGLISH: &str = "locales/problems/en.ftl";
const BOKMAL: &str = "locales/problems/nb.ftl";

/// A literal in the source code.
struct Literal {
    text: String,
    is_template: bool,
}

#[test]
fn messages_have_the_same_ids_and_arguments_in_every_language() {
    let literals = literals();
    let bokmal = entries(&fs::read_to_string(root(BOKMAL)).unwrap());
    let mut english: BTreeMap<String, String> = BTreeMap::new();
    for literal in literals.iter().filter(|literal| literal.is_template) {
        let id = message_id(&literal.text);
        if let Some(other) = english.insert(id.clone(), literal.text.clone()) {
            assert_eq!(other, literal.text, "two messages have the id `{id}`");
        }
    }
    // Of other literals, those are messages that a translation names; the program has texts of other kinds, too.
    for literal in literals.iter().filter(|literal| !literal.is_template) {
        let id = message_id(&literal.text);
        if bokmal.contains_key(&id) {
            english.entry(id).or_insert_with(|| literal.text.clone());
        }
    }
    let mut wrong = Vec::new();
    for (id, template) in &english {
        match bokmal.get(id) {
            // Only its values are read, as in `{message} -> …`.
            None if without_arguments(template)
                .chars()
                .all(|char| !char.is_alphabetic()) => {}
            None => wrong.push(format!("{id}: not in {BOKMAL}: {template}")),
            Some(args) if *args != arguments(template) => {
                wrong.push(format!("{id}: other arguments: {args:?}"));
            }
            Some(_) => {}
        }
    }
    let words: BTreeSet<String> = literals.iter().map(|one| message_id(&one.text)).collect();
    for id in bokmal.keys() {
        let word = id.strip_prefix("word-");
        let is_word = word.is_some_and(|word| words.contains(word));
        let is_known = is_word || english.contains_key(id);
        if !is_known {
            wrong.push(format!("{id}: no such message any more"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut text = String::from(
        "### Messages about problems, in English. Written by `HJELP_BLESS=1 cargo test --test problem_texts`, for translators; the program reads\n\
         ### the English messages where problems are found.\n\n",
    );
    for (id, template) in &english {
        text.push_str(&format!("{id} = {}\n", pattern(template)));
    }
    if std::env::var_os("HJELP_BLESS").is_some() {
        fs::write(root(ENGLISH), &text).unwrap();
    }
    assert_eq!(fs::read_to_string(root(ENGLISH)).unwrap(), text);
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The literals of the source code, without those of tests.
fn literals() -> Vec<Literal> {
    let mut all = Vec::new();
    let mut folders = vec![root("src")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        // No order of the file system may decide which of two literals counts.
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "tests" {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or("");
                all.extend(literals_of(code));
            }
        }
    }
    all
}

fn literals_of(code: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut before = String::new();
    for line in code.lines() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let mut rest = line;
        while let Some(at) = rest.find('"') {
            before.push_str(&rest[..at]);
            // `'"'` is a character.
            if before.ends_with('\'') || before.ends_with("'\\") {
                before.push('"');
                rest = &rest[at + 1..];
                continue;
            }
            let Some((text, end)) = literal(&rest[at + 1..]) else {
                break;
            };
            found.push(Literal {
                text,
                is_template: before.trim_end().ends_with("message!("),
            });
            before.clear();
            rest = &rest[at + 1 + end..];
        }
        before.push_str(rest);
        before.push('\n');
    }
    found
}

/// The text of a literal, and where it ends.
fn literal(rest: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((text, at + 1)),
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    None
}

/// The names in a template.
fn arguments(template: &str) -> BTreeSet<String> {
    let plain = template.replace("{{", "").replace("}}", "");
    let mut names = BTreeSet::new();
    for part in plain.split('{').skip(1) {
        let (name, _) = part.split_once('}').unwrap_or_default();
        names.insert(name.to_owned());
    }
    // A message without arguments may have braces.
    names.retain(|name| {
        !name.is_empty()
            && name
                .chars()
                .all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
    });
    names
}

fn without_arguments(template: &str) -> String {
    let mut text = template.to_owned();
    for name in arguments(template) {
        text = text.replace(&format!("{{{name}}}"), "");
    }
    text
}

/// A template in the notation of Fluent.
fn pattern(template: &str) -> String {
    let names = arguments(template);
    let mut out = String::new();
    let mut rest = template;
    while let Some(char) = rest.chars().next() {
        let argument = names
            .iter()
            .find(|name| rest.starts_with(&format!("{{{name}}}")));
        match argument {
            Some(name) => {
                out.push_str(&format!("{{ ${name} }}"));
                rest = &rest[name.len() + 2..];
                continue;
            }
            None if rest.starts_with("{{") || rest.starts_with("}}") => {
                out.push_str(&format!("{{ \"{char}\" }}"));
                rest = &rest[2..];
                continue;
            }
            None if matches!(char, '{' | '}') => out.push_str(&format!("{{ \"{char}\" }}")),
            None => out.push(char),
        }
        rest = &rest[char.len_utf8()..];
    }
    match out.starts_with(['[', '*', '.', ' ']) {
        true => format!("{{ \"{}\" }}{}", &out[..1], &out[1..]),
        false => out,
    }
}

/// The messages of a file in the notation of Fluent, each with the names it uses.
fn entries(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let mut words = line;
        if !line.starts_with(' ')
            && let Some((name, rest)) = line.split_once(" = ")
        {
            id = name.to_owned();
            words = rest;
            let earlier = all.insert(id.clone(), BTreeSet::new());
            assert!(earlier.is_none(), "`{id}` is given twice");
        }
        for part in words.split('$').skip(1) {
            let end = part.find(|char: char| !char.is_ascii_alphanumeric() && char != '_');
            let name = part[..end.unwrap_or(part.len())].to_owned();
            all.entry(id.clone()).or_default().insert(name);
        }
    }
    all
}
