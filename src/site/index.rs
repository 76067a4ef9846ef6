//! All documents -> the pages, and the names by which references call them: uids and published paths. Of what a document says it knows only
//! the few words in [`TELLING`], so it stays as it is while somebody writes below them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::{Config, FileKind};
use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{Body, Document};

use super::layout::Layout;
use super::pages::{Pages, html_path};
use super::pairing::KEY;

/// The front matter on which it depends which pages there are, and what they are called by.
const TELLING: [&str; 4] = ["uid", KEY, "redirect_url", "outputFileName"];

/// What there is before anything is joined.
#[derive(Clone, Copy)]
pub(super) struct LinkInput<'a> {
    pub sources: &'a Sources,
    pub config: &'a Config,
    pub layout: &'a Layout,
    /// Parallel to the sources.
    pub documents: &'a [Option<Arc<Document>>],
}

impl<'a> LinkInput<'a> {
    pub fn document(&self, id: SourceId) -> Option<&'a Document> {
        self.documents.get(id.index())?.as_deref()
    }

    pub fn path(&self, id: SourceId) -> &'a SitePath {
        &self.sources.get(id).path
    }
}

#[derive(Debug)]
pub(super) struct Index {
    pub pages: Pages,
    pub uids: BTreeMap<Box<str>, SourceId>,
    /// Pages with a uid that an earlier page has: the later and the earlier one.
    pub uid_repeats: Vec<(SourceId, SourceId)>,
    /// Published path -> source, for addresses that begin with `/`.
    by_output: FxHashMap<SitePath, SitePath>,
}

impl Index {
    pub fn new(parts: LinkInput<'_>) -> Self {
        let (pages, by_output) = rayon::join(|| Pages::new(parts), || by_output(parts));
        let (uids, uid_repeats) = uids(parts, &pages);
        Index {
            pages,
            uids,
            uid_repeats,
            by_output,
        }
    }

    /// True if the index is the same whether a file says `now` or `before`.
    pub fn is_same(&self, before: Option<&Document>, now: Option<&Document>) -> bool {
        let (Some(before), Some(now)) = (before, now) else {
            return before.is_none() && now.is_none();
        };
        // Conflicts say where in the text they arose.
        let said = |document: &Document, key: &str| match self.pages.conflicts().is_empty() {
            true => (None, document.front_matter.text(key).map(str::to_owned)),
            false => (
                document.front_matter.get(key).map(|node| node.span),
                document.front_matter.text(key).map(str::to_owned),
            ),
        };
        let mime = |document: &Document| match &document.body {
            Body::Data(data) => data.mime.clone(),
            _ => None,
        };
        std::mem::discriminant(&before.body) == std::mem::discriminant(&now.body)
            && mime(before) == mime(now)
            && TELLING
                .iter()
                .all(|key| said(before, key) == said(now, key))
    }

    /// The file that is published at `output`.
    pub fn published_at(&self, output: &SitePath) -> Option<&SitePath> {
        self.by_output.get(output)
    }
}

type Uids = (BTreeMap<Box<str>, SourceId>, Vec<(SourceId, SourceId)>);

/// The smallest path wins a uid that is given twice (DocFX spec 9.3). Translations of one page may share one.
fn uids(parts: LinkInput<'_>, pages: &Pages) -> Uids {
    let mut uids = BTreeMap::new();
    let mut repeats = Vec::new();
    for id in parts
        .sources
        .ids()
        .filter(|&id| pages.translation_set_of(id).is_some())
    {
        let uid = parts
            .document(id)
            .and_then(|document| document.front_matter.text("uid"));
        let Some(uid) = uid.map(str::trim) else {
            continue;
        };
        match uids.get(uid) {
            Some(&first) if pages.translation_set_of(first) == pages.translation_set_of(id) => {}
            Some(&first) => repeats.push((id, first)),
            None => {
                uids.insert(uid.into(), id);
            }
        }
    }
    (uids, repeats)
}

/// Of files with one output the first counts.
fn by_output(parts: LinkInput<'_>) -> FxHashMap<SitePath, SitePath> {
    let mut map = FxHashMap::default();
    for id in parts.sources.ids() {
        let Some(placed) = parts.layout.placed(id) else {
            continue;
        };
        let output = match parts
            .document(id)
            .filter(|_| placed.kind == FileKind::Pages)
        {
            Some(document) => html_path(&placed.output, document),
            None => placed.output.clone(),
        };
        map.entry(output).or_insert_with(|| parts.path(id).clone());
    }
    for path in parts.sources.assets().keys() {
        if let Some(placed) = parts.layout.placed_at(path) {
            map.entry(placed.output.clone())
                .or_insert_with(|| path.clone());
        }
    }
    map
}
