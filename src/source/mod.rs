//! Everything the authors wrote, as one immutable value: in come the bytes and names of files, out come [`Sources`] with the text of every
//! text file and the names of all others. The room also holds what any other room needs to speak about texts: paths, spans, encodings,
//! YAML, percent-encoding, escaping, messages and edits. Knows nothing of disks, Markdown or languages.
//!
//! More than twelve public names: nearly every file of the other rooms speaks of paths, spans and messages.

pub mod changed_sources;
mod dimensions;
pub mod edit;
pub mod encoding;
pub mod escape;
mod message;
pub mod percent;
pub mod relative_path;
mod site_path;
mod sources;
mod span;
mod surroundings;
mod text_file;
pub mod yaml;

pub use dimensions::Dimensions;
pub use encoding::Encoding;
pub use message::{Message, MessageArg, ToMessageArg, message_id};
pub use site_path::{LeavesRoot, SitePath};
pub use sources::{SourceId, Sources};
pub use span::{FileSpan, LineIndex, Position, Span};
pub use surroundings::Surroundings;
pub use text_file::Source;
