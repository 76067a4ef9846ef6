//! `toc.yml` and `toc.md` -> entries that refer to pages, other tocs and uids (DocFX spec 14.1, 14.2). The references are resolved when the
//! site is linked.

mod entry;
mod markdown;
mod yaml;

pub use entry::{Toc, TocEntry};
pub(super) use markdown::parse as parse_markdown;
pub(super) use yaml::TocParser;
pub use yaml::{KEYS, is_toc};
