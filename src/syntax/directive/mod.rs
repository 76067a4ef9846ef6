//! The directives in a Markdown text -> [`ParsedDirective`]s, and the text with each of them masked for CommonMark.
//!
//! In: the text and its dialect. Out: directives, and problems of what only looks like one. What a directive includes or shows is not
//! known here, nor how it is rendered. Each directive is a file: `[!...]` directives are in the lists of `brackets`, `:::` directives in
//! the table of `triple_colon`, the syntax that Markdig's extensions add is in the list of `search`.

mod abbreviation;
mod alert;
mod attributes;
mod brackets;
mod code;
mod column;
mod container;
mod div;
mod emphasis_signs;
mod form;
mod grid_table;
mod image;
mod include;
mod line_blocks;
mod list_extras;
mod markdig_indents;
mod mask;
mod math;
mod moniker;
mod no_loc;
mod open_containers;
mod outdent;
mod parsed;
mod row;
mod search;
mod snippet;
mod source_line;
mod table_signs;
mod tabs;
mod triple_colon;
mod triple_colon_line;
mod video;
mod video_embed;
mod xref;
mod zone;

pub use abbreviation::Abbreviations;
pub use alert::AlertKind;
pub use attributes::Attributes;
pub use container::{
    BlockContainer, Container, CustomContainer, ImageAttributes, SpannedTarget, VideoDirective,
};
pub use emphasis_signs::{MASKED_BACKSLASH, unmasked};
pub use grid_table::Grid;
pub use include::{Include, include_fallback_text, include_title};
pub use list_extras::list_marker_number;
pub use parsed::{Directive, DirectiveSearch, Mask, ParsedDirective, SyntaxProblem, TripleColon};
pub use search::find;
pub use snippet::{Snippet, SnippetError, SnippetSelector, is_known_language, select_lines};
pub(super) use source_line::is_escaped;
pub(super) use tabs::tab_of;
pub use video_embed::video_embed_url;
