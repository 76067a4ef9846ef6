//! Sources, documents, configuration -> [`Site`]. Linking can't fail: a reference to nothing has a target like any other.

use std::sync::Arc;

use crate::config::Config;
use crate::source::Sources;
use crate::syntax::Document;
use crate::syntax::interface::SharedInterface;

use super::graph::{Graph, GraphInput};
use super::linked_site::Site;
use super::paths::Paths;
use super::xref_maps::XrefMaps;

/// Links a site. `documents` is parallel to [`Sources::texts`]; files that are not documents have none.
pub fn link(
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
) -> Site {
    join(sources, documents, config, None)
}

/// Links the site that comes after `before`: the same as [`link`] makes, and much sooner if little is different.
pub fn relink(
    before: &Site,
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
) -> Site {
    join(sources, documents, config, Some(before))
}

fn join(
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
    before: Option<&Site>,
) -> Site {
    let mut interfaces = Vec::with_capacity(documents.len());
    for document in &documents {
        interfaces.push(document.as_ref().map(SharedInterface::of));
    }
    let input = GraphInput {
        paths: Paths::of(&sources),
        config: &config,
        xref_maps: xref_maps(&sources, &config, before),
        interfaces,
    };
    let graph = Graph::build(input, before.map(|before| &before.graph));
    Site {
        sources,
        graph,
        documents,
    }
}

fn xref_maps(sources: &Sources, config: &Arc<Config>, before: Option<&Site>) -> Arc<XrefMaps> {
    // Maps of large libraries have hundreds of thousands of uids: they must not be read again for each save.
    if let Some(before) = before
        && Arc::ptr_eq(&before.config, config)
        && before.has_same_paths(sources)
        && before.xref_maps().is_up_to_date(sources)
    {
        return before.xref_maps().clone();
    }
    Arc::new(XrefMaps::read(sources, config))
}
