//! The writer's preview: a site as it is while it is being written. Pages are rendered when they are requested, from the latest state of the
//! content; browsers get an event when there is a later one. Nothing is written but the fixes a writer asks for.
//!
//! ```text
//!  disk -watch-> ChangedPaths -Workspace::refresh-> State -Publisher::publish-> SiteVersion <-ask- http <- browser
//!                                                           `-> Signal ------events------^
//! ```
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod comparison;
mod event;
mod finished;
mod fixes;
mod http;
mod page_info;
mod preview;
mod publisher;
mod request_guard;
mod routes;
mod site_version;
mod watch;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::disk::ScanError;
use crate::workspace::Workspace;

pub use event::{EventHandler, ServeEvent};

use publisher::Publisher;

/// How many ports are tried, one after the other.
const PORTS: u16 = 20;

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with the content.
    pub root: PathBuf,
    /// A configuration in another place.
    pub config: Option<PathBuf>,
    /// The address to listen at.
    pub host: IpAddr,
    /// The first port to try; with 0 the system chooses one.
    pub port: u16,
    /// Poll for changes this often instead of waiting for events.
    pub poll: Option<Duration>,
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: String,
}

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
            ServeError::NoSite => out.write_str("there is no finished site in that folder"),
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

/// Serves the preview until Ctrl-C is pressed.
pub fn run(options: &Options, on_event: EventHandler) -> Result<(), ServeError> {
    let (listener, taken) = listen(options.host, options.port)?;
    // A folder that a build is written to is known by what it holds; nothing else is left out.
    let workspace = Workspace::open(&options.root, options.config.as_deref(), Vec::new(), true)?;
    let address = listener.local_addr().map_err(ServeError::System)?;
    let editor = page_info::Editor {
        pattern: options.editor.clone(),
    };
    let publisher = Arc::new(
        Publisher::new(workspace.state().clone(), workspace.root(), editor)
            .map_err(ServeError::System)?,
    );
    let state = publisher.latest();
    on_event(ServeEvent::Published {
        trouble: &state.setup_problems,
        sources: &state.sources,
        unread: state.read_error.as_deref(),
    });
    watch::start(workspace, publisher.clone(), options.poll, on_event.clone());
    on_event(ServeEvent::Ready {
        address: url(address),
        taken,
        open: !options.host.is_loopback(),
    });
    publisher.clone().check().map_err(ServeError::System)?;
    http::serve(listener, routes::router(publisher)).map_err(ServeError::System)
}

/// Serves the finished site in `folder` until Ctrl-C is pressed.
pub fn run_finished(
    folder: &Path,
    host: IpAddr,
    port: u16,
    on_event: &EventHandler,
) -> Result<(), ServeError> {
    let folder = folder
        .canonicalize()
        .ok()
        .filter(|folder| folder.join("index.html").is_file() || folder.join("404.html").is_file());
    let folder = folder.ok_or(ServeError::NoSite)?;
    let (listener, taken) = listen(host, port)?;
    let address = listener.local_addr().map_err(ServeError::System)?;
    on_event(ServeEvent::Ready {
        address: url(address),
        taken,
        open: !host.is_loopback(),
    });
    http::serve(listener, finished::router(folder)).map_err(ServeError::System)
}

/// The address of the preview for a browser.
fn url(address: SocketAddr) -> String {
    match address.ip() {
        ip if ip.is_loopback() && ip.is_ipv4() => format!("http://localhost:{}/", address.port()),
        ip if ip.is_unspecified() => format!("http://localhost:{}/", address.port()),
        _ => format!("http://{address}/"),
    }
}

/// Binds the port, or the next one that is free. Returns the port that was taken, too, if another one was bound.
fn listen(host: IpAddr, port: u16) -> Result<(TcpListener, Option<u16>), ServeError> {
    let last = if port == 0 {
        0
    } else {
        port.saturating_add(PORTS)
    };
    for candidate in port..=last {
        let address = SocketAddr::new(host, candidate);
        match TcpListener::bind(address) {
            // Browsers try both addresses of `localhost`: a program that has the other one would answer in our place.
            Ok(_) if candidate < last && is_taken_beside(address) => {}
            Ok(listener) => return Ok((listener, (candidate != port).then_some(port))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && candidate < last => {}
            Err(error) => return Err(ServeError::Port(address, error)),
        }
    }
    Err(ServeError::Port(
        SocketAddr::new(host, port),
        io::ErrorKind::AddrInUse.into(),
    ))
}

/// True if another program listens at the same port of `localhost`'s other address.
fn is_taken_beside(address: SocketAddr) -> bool {
    let beside = SocketAddr::new(Ipv6Addr::LOCALHOST.into(), address.port());
    let bound =
        || TcpListener::bind(beside).is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse);
    address.ip() == Ipv4Addr::LOCALHOST && bound()
}
