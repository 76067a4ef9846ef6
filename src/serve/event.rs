//! What happens while a preview runs, for the one who started it. Doesn't know how events are printed.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// What happens while a preview runs.
pub enum ServeEvent<'a> {
    /// It can be reached at this address.
    Ready {
        /// To type into a browser.
        address: String,
        /// The port that was asked for, if another program has it.
        taken: Option<u16>,
        /// True if other machines can reach it too.
        open: bool,
    },
    /// A later state is served, with what is wrong with it.
    Published {
        /// What is wrong with the configuration and the templates.
        trouble: &'a [Diagnostic],
        /// For excerpts.
        sources: &'a Sources,
        /// Why the folder can't be read.
        unread: Option<&'a str>,
    },
    /// Changes are polled for instead of coming as events, and why.
    Polling(&'a str),
}

/// The handler of events.
pub type EventHandler = Arc<dyn Fn(ServeEvent<'_>) + Send + Sync>;
