//! hjelp: help sites in every language their readers read.
#![warn(missing_docs)]

pub mod source;

pub mod diagnostic;

pub mod disk;
pub mod report;
