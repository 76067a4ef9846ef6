//! The configuration of a site. In comes `hjelp.yml`, or a `docfx.json` read as one, with the names of all files; out comes a [`Config`]: which
//! languages there are, which files become pages and where, what is shown for missing pages, how bad which problems are. Problems point at
//! what was typed. Doesn't know the content of any page.
//!
//! More than twelve public names: besides the configuration and its parts, commands ask where a site's repository is, what a folder without a
//! configuration may be, and which xref maps are downloaded where.

mod content;
mod docfx_groups;
mod docfx_json;
mod docfx_theme;
mod fallback;
mod front_matter;
pub mod glob;
pub mod guess;
mod hjelp_yml;
mod jsonc;
mod language_docsets;
mod language_roots;
mod levels;
mod locales;
mod localized_text;
mod mapping;
mod markdown;
mod metadata;
mod names;
mod options;
mod outputs;
pub mod publish;
mod reader;
pub mod redirections;
mod regex;
pub mod repository;
mod search;
mod settings;
mod site_files;
mod site_language;
mod theme;
mod translations;

pub use fallback::FallbackMode;
pub use front_matter::{FrontMatterRule, ValueType};
pub use glob::Globs;
pub use hjelp_yml::read;
pub use localized_text::LocalizedText;
pub use mapping::{FileKind, LocalizedPath, MappedFile, Mapping};
pub use outputs::RedirectServer;
pub use settings::Config;
