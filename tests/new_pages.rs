//! New pages: each file of `tests/new_pages` holds a site, what is wanted, and every file that is new or other afterwards, byte for byte.
//!
//! `>>> path` begins a source; `crlf` behind it says how its lines end, `unended` that its last line doesn't. `$ path | title | no en` is what is
//! wanted, in no language if it names none. `<<< path` begins what the file says afterwards, `<<< refused` why there is no page.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;

use hjelp::diagnostic::apply_all;
use hjelp::refactor::{NewPage, new_page};
use hjelp::source::{SitePath, Source, Sources};
use hjelp::workspace::Snapshot;

#[test]
fn every_page_is_made_as_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/new_pages");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let run = |case: &std::path::PathBuf| {
        let (wanted, found) = run(&std::fs::read_to_string(case).unwrap());
        (wanted != found).then(|| {
            format!(
                "\n### {}\nexpected {wanted:#?}\nfound {found:#?}",
                case.file_name().unwrap().to_string_lossy()
            )
        })
    };
    let failures: Vec<String> = cases.iter().filter_map(run).collect();
    assert!(failures.is_empty(), "{}", failures.concat());
}

type Files = BTreeMap<String, String>;

fn run(text: &str) -> (Files, Files) {
    let (mut sources, mut wanted, mut order) = (Vec::new(), Files::new(), None);
    for part in text
        .split("\n>>> ")
        .skip(1)
        .flat_map(|part| part.split("\n<<< ").enumerate().collect::<Vec<_>>())
    {
        let (is_expected, part) = (part.0 > 0, part.1);
        let (part, asked) = part
            .split_once("\n$ ")
            .map_or((part, None), |(part, asked)| (part, Some(asked)));
        order = order.or(asked
            .and_then(|asked| asked.lines().next())
            .map(str::to_owned));
        let (head, body) = part.split_once('\n').unwrap_or((part, ""));
        let mut words = head.split(' ');
        let path = words.next().unwrap();
        let words: Vec<&str> = words.collect();
        let mut body = format!("{}\n", body.trim_end_matches('\n'));
        if words.contains(&"unended") {
            body.pop();
        }
        let body = if words.contains(&"crlf") {
            body.replace('\n', "\r\n")
        } else {
            body
        };
        match is_expected {
            true => _ = wanted.insert(path.to_owned(), body),
            false => sources.push(Source::from_text(SitePath::new(path).unwrap(), body)),
        }
    }
    let snapshot = Snapshot::new(Sources::new(sources, [], []))
        .map_err(|(_, problems)| problems)
        .unwrap();
    let order = order.unwrap();
    let mut order = order.split('|').map(str::trim);
    let (path, title) = (
        order.next().unwrap().to_owned(),
        order.next().unwrap().to_owned(),
    );
    let locales = order
        .next()
        .unwrap_or("")
        .split_whitespace()
        .map(|folder| snapshot.site.config.locales.by_folder(folder).unwrap());
    let order = NewPage {
        path,
        title,
        locales: locales.collect(),
        today: jiff::civil::date(2026, 3, 14),
    };
    let found = match new_page(&snapshot.site, &order) {
        Ok(change) => {
            let repairs = apply_all(&change.fixes, &snapshot.site.sources);
            assert_eq!(repairs.skipped, 0);
            let new = change
                .files
                .into_iter()
                .map(|file| (file.path.to_string(), file.text));
            new.chain(repairs.files.into_iter().map(|file| {
                (
                    file.path.to_string(),
                    String::from_utf8(file.after).unwrap(),
                )
            }))
            .collect()
        }
        Err(refusal) => Files::from([(
            "refused".to_owned(),
            format!("{}; {}\n", refusal.message, refusal.help),
        )]),
    };
    (wanted, found)
}
