//! What the program is made of besides itself: only libraries with licences that `deny.toml` allows, none that it bans, all from the one
//! registry, and nothing of ours runs at build time.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The names in a list of `deny.toml`, which is written one to a line.
fn list(name: &str) -> Vec<String> {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).unwrap();
    let (_, rest) = text.split_once(&format!("\n{name} = [\n")).unwrap();
    let (inside, _) = rest.split_once("\n]").unwrap();
    inside
        .lines()
        .map(|line| line.trim().trim_matches([',', '"']).to_owned())
        .collect()
}

/// The libraries for this system: those for others need not have been fetched.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "metadata",
        "--offline",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        host,
        "--manifest-path",
    ]);
    let output = command
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// True if one may use the work under licences that are allowed: `A OR B`, `A AND (B OR C)`, and the old `A/B`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.trim();
    let outside = |separator: &str| -> Vec<String> {
        let (mut parts, mut depth) = (vec![String::new()], 0);
        for word in expression
            .replace('(', " ( ")
            .replace(')', " ) ")
            .replace('/', " OR ")
            .split_whitespace()
        {
            depth += match word {
                "(" => 1,
                ")" => -1,
                _ => 0,
            };
            match word {
                word if word == separator && depth == 0 => parts.push(String::new()),
                word => {
                    let last = parts.last_mut().unwrap();
                    last.push_str(word);
                    last.push(' ');
                }
            }
        }
        parts
    };
    let (either, both) = (outside("OR"), outside("AND"));
    if either.len() > 1 {
        return either.iter().any(|part| is_allowed(part, allowed));
    }
    if both.len() > 1 {
        return both.iter().all(|part| is_allowed(part, allowed));
    }
    let words: Vec<String> = expression.split_whitespace().map(str::to_owned).collect();
    let inner = expression
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'));
    inner.map_or_else(
        || allowed.contains(&words.join(" ")),
        |inner| is_allowed(inner, allowed),
    )
}

#[test]
fn every_library_may_be_used_and_none_is_banned() {
    let (allowed, banned) = (list("allow"), list("deny"));
    let mut wrong = Vec::new();
    for package in packages()
        .iter()
        .filter(|package| package["name"] != "hjelp")
    {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        if !is_allowed(text("license"), &allowed) {
            wrong.push(format!(
                "{} is licensed as `{}`",
                text("name"),
                text("license")
            ));
        }
        if banned.iter().any(|name| name == text("name")) {
            wrong.push(format!("{} is banned", text("name")));
        }
        if text("source") != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{} comes from `{}`", text("name"), text("source")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_of_ours_runs_at_build_time() {
    let packages = packages();
    let own = packages
        .iter()
        .find(|package| package["name"] == "hjelp")
        .unwrap();
    let kinds = own["targets"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|target| target["kind"].as_array().unwrap().clone());
    assert!(
        !kinds
            .into_iter()
            .any(|kind| kind == "custom-build" || kind == "proc-macro")
    );
}

#[test]
fn licences_are_read_as_they_are_meant() {
    let allowed = [
        "MIT".to_owned(),
        "Apache-2.0 WITH LLVM-exception".to_owned(),
        "Zlib".to_owned(),
    ];
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "(GPL-3.0 OR MIT) AND Zlib",
        "Apache-2.0 WITH LLVM-exception OR X",
        "((MIT))",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR X) AND (GPL-3.0 OR Y)",
        "Apache-2.0",
    ] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
