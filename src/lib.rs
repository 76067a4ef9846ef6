//! Static-site generator and link checker for localized help in DocFX-flavoured Markdown.
//!
//! hjelp is a linker for prose. Every file is parsed alone, all files are linked once, and checking, rendering and the status of translations are
//! pure functions of the same immutable [`site::Site`]:
//!
//! ```text
//!  disk::scan -> Sources -syntax::parse-> Documents -site::link-> Site -+- check::run -> problems -> report
//!                        (each file alone,    |       (from Graph and   +- render::plan -> outputs -Theme -> files -> disk
//!                         in parallel)    Interfaces     documents)     +- translation, exchange, refactor -> status, texts, edits
//! ```
//!
//! The values that carry it:
//!
//! | value | in a sentence |
//! |---|---|
//! | [`source::Sources`] | Every text the authors wrote with its content hash, and the names and sizes of all other files; immutable. |
//! | [`syntax::Document`] | One source, parsed alone: front matter, tree, references, anchors, problems. Other files are only text in its references. |
//! | [`syntax::Interface`] | The part of a document that other files may depend on, with a hash. |
//! | [`site::Graph`] | What pages share: paths, uids, translations, redirects, includes, titles, navigation. Built from interfaces alone. |
//! | [`site::Site`] | The graph and the documents; a [`site::Target`] for every reference. |
//! | [`diagnostic::Diagnostic`] | One problem in the content: code, level, location, message, help, includes, fix. |
//! | [`render::Content`] | What one file consists of: the variables of its template, or its text. |
//! | [`render::RenderedFile`] | One output path and its bytes. |
//!
//! The modules below, called rooms, are in reading order, which is the order of dependency: a room imports only rooms above it. Ground and pipeline
//! touch no file system, environment, clock or terminal; those belong to the edge. `tests/architecture` and `clippy.toml` enforce both.
//! `docs/architecture.md` says where to change what, `CONTRIBUTING.md` how.
#![warn(missing_docs)]

// Ground: the vocabulary of all other rooms.

pub mod source;

pub mod diagnostic;

pub mod locale;

pub mod config;

// Pipeline: value in, value out; content cannot make it fail.

pub mod highlight;

pub mod syntax;

pub mod site;

pub mod addresses;

pub mod search;

pub mod check;

pub mod translation;

pub mod exchange;

pub mod refactor;

pub mod render;

pub mod compare;

// Edge: files, terminal, clock, memory between runs.

pub mod disk;

pub mod git;

pub mod web;

pub mod report;

pub mod workspace;

pub mod serve;

pub mod cli;
