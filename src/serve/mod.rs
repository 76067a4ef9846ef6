//! The writer's preview: a site as it is while it is being written. Pages are rendered when they are requested, from the latest state of the
//! content; browsers get an event when there is a later one. Nothing is written but the fixes a writer asks for.
//!
//! ```text
//!  disk -watch-> ChangedPaths -Workspace::refresh-> State -Publisher::publish-> SiteVersion <-ask- http <- browser
//!                                                           `-> Signal ------events------^
//! ```
//!
//! In: a folder, an address to listen at, an [`EventHandler`]. Out: HTTP responses and [`ServeEvent`]s. It must not know the command line or
//! the terminal, nor how a page is made: that is the workspace's and the renderer's.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod comparison;
mod connections;
mod error;
mod event;
mod finished;
mod fixes;
mod http;
mod listener;
mod page_info;
mod page_links;
mod preview;
mod publisher;
mod request_guard;
mod request_path;
mod routes;
mod site_version;
mod watch;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::workspace::{SiteOptions, Workspace};

pub use error::ServeError;
pub use event::{EventHandler, ServeEvent};

use finished::FinishedSite;
use listener::BoundListener;
use page_info::Editor;
use publisher::Publisher;

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with the content.
    pub root: PathBuf,
    /// What is known of the site besides its folder.
    pub site: SiteOptions,
    /// The address to listen at.
    pub host: IpAddr,
    /// The first port to try; with 0 the system chooses one.
    pub port: u16,
    /// Poll for changes this often instead of waiting for events.
    pub poll: Option<Duration>,
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: String,
}

/// Serves the preview until Ctrl-C is pressed.
pub fn run(options: &Options, on_event: EventHandler) -> Result<(), ServeError> {
    // The port comes first: loading a large site takes seconds, after which "no free port" would be annoying news.
    let listener = BoundListener::bind(options.host, options.port)?;
    // A folder that a build is written to is known by what it holds; nothing else is left out.
    let workspace = Workspace::open(&options.root, options.site.clone(), Vec::new(), true)?;
    let editor = Editor {
        pattern: options.editor.clone(),
    };
    let publisher = Publisher::new(workspace.state().clone(), workspace.root(), editor)?;
    let publisher = Arc::new(publisher);
    on_event(ServeEvent::published(&publisher.latest()));
    watch::start(workspace, publisher.clone(), options.poll, on_event.clone());
    on_event(listener.ready());
    publisher.clone().check()?;
    http::serve(listener.socket, routes::router(publisher))?;
    Ok(())
}

/// Serves the finished site in `folder` until Ctrl-C is pressed.
pub fn run_finished(
    folder: &Path,
    host: IpAddr,
    port: u16,
    on_event: &EventHandler,
) -> Result<(), ServeError> {
    let site = FinishedSite::open(folder)?;
    let listener = BoundListener::bind(host, port)?;
    on_event(listener.ready());
    http::serve(listener.socket, site.router())?;
    Ok(())
}
