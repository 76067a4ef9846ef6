//! hjelp turns folders of DocFX-flavoured Markdown help into a localized HTML help site, and keeps that content whole.
//!
//! It is a linker for prose. Every file is parsed alone; all files are linked once; then checking and rendering are pure readings of the
//! same immutable [`site::Site`]:
//!
//! ```text
//!  disk::scan -> Sources -syntax::parse-> Documents -site::link-> Site -+- check::run ----> problems -> report
//!                            (each file alone,        (all at once,     +- render::plan
//!                             in parallel)             in one place)        render::view -> View -render::render-> RenderedFile -> disk
//! ```
//!
//! Read these values and you know the program:
//!
//! | value | in a sentence |
//! |---|---|
//! | [`source::Sources`] | Everything the authors wrote, immutable; files that are no text are names and sizes. |
//! | [`syntax::Document`] | What one file says: front matter, tree, references, anchors, problems. Other files are only text in its references. |
//! | [`site::Site`] | All documents joined: pages per locale, a [`site::Target`] for every reference, navigation, who includes whom. |
//! | [`diagnostic::Diagnostic`] | One problem in the content: code, level, place, message, help, include chain. |
//! | [`render::View`] | Everything a template may see for one file, and nothing else. |
//! | [`render::RenderedFile`] | One output path and its bytes. |
//!
//! The rooms below stand in reading order, which is the order of dependency: a room uses only rooms above it. The ground rooms and the
//! pipeline touch no file system, environment, clock or terminal; those belong to the edge. A test and lints keep both rules.
#![warn(missing_docs)]

// Ground: what everything else speaks of.

pub mod source;

pub mod diagnostic;

pub mod locale;

pub mod config;

// Pipeline: value in, value out; content cannot make it fail.

pub mod highlight;

pub mod syntax;

pub mod site;

pub mod search;

pub mod check;

pub mod translation;

pub mod exchange;

pub mod refactor;

pub mod render;

// Edge: files, terminal, clock, memory between runs.

pub mod disk;

pub mod git;

pub mod web;

pub mod report;

pub mod workspace;

pub mod serve;

pub mod cli;
