//! What reports look like: for people, and for programs.

mod formats;
mod human;
