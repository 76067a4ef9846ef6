//! What a running preview reports to its caller, who prints it. Knows neither the terminal nor the browser.

use std::sync::Arc;

use super::site_version::SiteVersion;
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

impl<'a> ServeEvent<'a> {
    /// The event for a version that is served from now on.
    pub(super) fn published(version: &'a SiteVersion) -> Self {
        ServeEvent::Published {
            trouble: &version.setup_problems,
            sources: &version.sources,
            unread: version.read_error.as_deref(),
        }
    }
}

/// The handler of events.
pub type EventHandler = Arc<dyn Fn(ServeEvent<'_>) + Send + Sync>;
