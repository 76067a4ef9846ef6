//! The only room that touches files: [`scan`] turns a folder into [`Sources`](crate::source::Sources), a [`Writer`] turns artifacts
//! into a folder. Knows names, sizes and bytes; doesn't know what any of them mean.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod archive;
mod cache;
mod content;
mod error;
mod folder;
mod git;
mod history;
mod kept;
mod manifest;
mod moves;
mod note;
mod pack;
mod picture;
mod record;
mod rewrite;
mod scan;
mod stamp;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use archive::unpack;
pub use cache::Cache;
pub use error::{ScanError, WriteError};
pub use folder::{Changes, Folder};
pub use git::{GitError, sources_at};
pub use history::{Pair, is_shallow, originals_seen};
pub use moves::fates;
pub use pack::pack;
pub use rewrite::{RewriteError, rewrite, rewrite_and_add, write_new, write_whole};
pub use scan::scan;
pub use write::{Summary, Writer};
