//! Why there is no preview, and what to do about it.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::disk::ScanError;

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// The content can't be read.
    Scan(ScanError),
    /// There is no finished site in the folder.
    NoSite,
    /// No port is free.
    Port(SocketAddr, io::Error),
    /// The system refuses what a server needs.
    System(io::Error),
}

impl ServeError {
    /// How to fix it.
    pub fn help(&self) -> String {
        match self {
            ServeError::Scan(error) => error.help(),
            ServeError::NoSite => "give the folder that `hjelp build` has written".into(),
            ServeError::Port(..) => {
                "give another one with `--port`, or `--port 0` to take any".into()
            }
            ServeError::System(_) => "end other programs, and try again".into(),
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Scan(error) => error.fmt(out),
            ServeError::NoSite => {
                out.write_str("no built site in that folder: run `hjelp build` first")
            }
            ServeError::Port(address, error) => {
                write!(out, "the preview can't listen at {address}: {error}")
            }
            ServeError::System(error) => write!(out, "the preview can't start: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<ScanError> for ServeError {
    fn from(error: ScanError) -> Self {
        ServeError::Scan(error)
    }
}

impl From<io::Error> for ServeError {
    fn from(error: io::Error) -> Self {
        ServeError::System(error)
    }
}
