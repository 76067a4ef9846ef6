//! What the graph is built from, as its steps see it: configuration, layout and interfaces. No body of a document can be reached from here.

use crate::config::{Config, MappedFile};
use crate::source::{SitePath, SourceId};
use crate::syntax::Interface;
use crate::syntax::interface::SharedInterface;

use super::layout::Layout;

/// What is known before any reference is resolved.
#[derive(Clone, Copy)]
pub(super) struct LinkInput<'a> {
    pub config: &'a Config,
    pub layout: &'a Layout,
    /// Parallel to the text files; none for a file that is not a document.
    pub interfaces: &'a [Option<SharedInterface>],
    /// Parallel to the text files: see [`super::paths::Paths::rough_sizes`].
    pub rough_sizes: &'a [usize],
}

impl<'a> LinkInput<'a> {
    pub fn interface(self, id: SourceId) -> Option<Interface<'a>> {
        Some(self.interfaces.get(id.index())?.as_ref()?.get())
    }

    pub fn path(self, id: SourceId) -> &'a SitePath {
        self.layout.path(id)
    }

    /// Where the file at `path` is published, whether or not there is such a file; nothing if it is not part of the site.
    pub fn placed(self, path: &SitePath) -> Option<MappedFile> {
        self.layout.placed_or_expected(path, self.config)
    }
}
