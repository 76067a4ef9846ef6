//! `go/ids-0.js` ...: the addresses of pages by id and language. The uid lookup fetches the one file that its id is in.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::paths;
use crate::render::uid::{help_id, page_for};
use crate::site::Graph;
use crate::site::href::Base;
use crate::source::SourceId;

/// How many ids are in a file, on average: a few kilobytes.
const IDS_PER_FILE: usize = 60;

/// The largest prime below 2^16 keeps every sum below 2^32, so that the script gets the same numbers.
const HASH_MODULUS: usize = 65_521;

pub(super) static UID_FILES: Format = Format {
    name: "uid-files",
    kind: FormatKind::Data,
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

/// How many files the ids of a site are spread over.
pub(super) fn bucket_count(graph: &Graph) -> usize {
    (graph.uids().count() / IDS_PER_FILE).max(1)
}

/// The number of the file an id is in. `templates/assets/go.js` computes the same.
fn bucket(id: &str, count: usize) -> usize {
    let mut sum = 7;
    for unit in id.encode_utf16() {
        sum = (sum * 31 + usize::from(unit)) % HASH_MODULUS;
    }
    sum % count
}

/// All files. The uids are assigned here, once, and not once more for each file.
fn outputs(graph: &Graph) -> Vec<Output> {
    let count = bucket_count(graph);
    let mut buckets = vec![Vec::new(); count];
    for (uid, source) in graph.uids() {
        buckets[bucket(uid, count)].push((Box::from(uid), source));
        let id = help_id(graph, uid, source);
        if id != uid {
            buckets[bucket(&id, count)].push((Box::from(&*id), source));
        }
    }
    let mut outputs = Vec::with_capacity(count);
    for (number, uids) in buckets.into_iter().enumerate() {
        if let Some(path) = paths::uid_lookup(graph, &format!("ids-{number}.js")) {
            outputs.push(Output::new(&UID_FILES, path, Subject::Uids(uids.into())));
        }
    }
    outputs
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    let Subject::Uids(uids) = &output.subject else {
        return Content::Text(String::new());
    };
    let addresses = addresses(graph, uids, &Base::Folder(output.path.parent()));
    let default = &graph.config.locales.get(graph.config.locales.default()).tag;
    // Texts can always be written.
    let addresses = serde_json::to_string(&addresses).unwrap_or_default();
    let default = serde_json::to_string(default).unwrap_or_default();
    Content::Text(format!("hjelpGo({addresses},{default});\n"))
}

/// The addresses of ids, by language tag. Of two files with one id the first counts.
fn addresses<'s>(
    graph: &'s Graph,
    uids: &'s Arc<[(Box<str>, SourceId)]>,
    base: &Base,
) -> BTreeMap<&'s str, BTreeMap<&'s str, String>> {
    let mut ids: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for (id, source) in uids.iter() {
        if ids.contains_key(&**id) || graph.translation_set_of(*source).is_none() {
            continue;
        }
        let mut by_language = BTreeMap::new();
        for locale in graph.config.locales.ids() {
            if let Some(page) = page_for(graph, *source, locale) {
                let tag = graph.config.locales.get(locale).tag.as_str();
                by_language.insert(tag, base.address(&graph.page(page).output, ""));
            }
        }
        ids.insert(id, by_language);
    }
    ids.retain(|_, by_language| !by_language.is_empty());
    ids
}
