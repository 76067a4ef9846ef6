//! hjelp: help sites in every language their readers read.
#![warn(missing_docs)]

pub mod source;

pub mod diagnostic;

pub mod locale;

pub mod config;

pub mod syntax;

pub mod site;

pub mod check;

pub mod render;

pub mod workspace;
