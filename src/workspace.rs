//! A folder -> everything that is made from it: in come its sources, out come [`Snapshot`]s with the linked site, its problems and its rendered
//! files. All commands begin here; a [`Workspace`] also remembers the last snapshot, so that the next one costs only what is different. It
//! must not know how anything is shown: that is up to `serve` and `cli`.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod configured;
mod dialect;
mod lock_progress;
mod outside;
mod refresh;
mod snapshot;

pub use configured::{ConfiguredSources, SiteOptions};
pub use dialect::dialect;
pub use refresh::{Workspace, WorkspaceState};
pub use snapshot::Snapshot;
