//! The latest [`SiteVersion`], and the [`Signal`] to browsers when there is a later one. Readers never wait for writers: they keep the version
//! they took, however long they need it. Doesn't know where states come from, nor how signals reach a browser.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::page_info::Editor;
use super::site_version::SiteVersion;
use crate::workspace::WorkspaceState;

/// A moment without changes before problems are looked for.
const REST: Duration = Duration::from_millis(150);

/// The event that browsers get: each number grows when there is something new of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Signal {
    /// The number of this run: another run has other versions.
    pub(super) run: u64,
    /// The latest version.
    pub(super) version: u64,
    /// The latest version whose problems are known.
    pub(super) problems: u64,
    /// How often files changed that are copied as they are: pictures, style sheets.
    pub(super) files: u64,
}

pub(super) struct Publisher {
    latest: RwLock<Arc<SiteVersion>>,
    signal: watch::Sender<Signal>,
    root: PathBuf,
    /// The secret of this run, which only its own pages have.
    pub(super) token: String,
    /// How files are opened.
    pub(super) editor: Editor,
}

impl Publisher {
    pub(super) fn new(state: WorkspaceState, root: &Path, editor: Editor) -> io::Result<Self> {
        let token = token()?;
        let run = run_number(&token);
        let root = root.canonicalize()?;
        let version = SiteVersion::new(1, state, &root);
        let (signal, _) = watch::channel(Signal {
            run,
            version: 1,
            problems: 0,
            files: 0,
        });
        Ok(Publisher {
            latest: RwLock::new(Arc::new(version)),
            signal,
            root,
            token,
            editor,
        })
    }

    /// The latest version.
    pub(super) fn latest(&self) -> Arc<SiteVersion> {
        match self.latest.read() {
            Ok(latest) => latest.clone(),
            // A writer that panicked had not replaced anything yet.
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// A receiver of signals.
    pub(super) fn signals(&self) -> watch::Receiver<Signal> {
        self.signal.subscribe()
    }

    /// Makes `state` the latest version, and returns that.
    pub(super) fn publish(&self, state: WorkspaceState) -> Arc<SiteVersion> {
        // Only the thread that watches publishes, so that no other version can come in between.
        let number = self.latest().number + 1;
        let version = Arc::new(SiteVersion::new(number, state, &self.root));
        let mut latest = match self.latest.write() {
            Ok(latest) => latest,
            Err(poisoned) => poisoned.into_inner(),
        };
        let before = std::mem::replace(&mut *latest, version.clone());
        drop(latest);
        self.signal.send_modify(|signal| signal.version = number);
        // A whole site may be dropped here, which takes time: only after the new one can be read.
        drop(before);
        version
    }

    /// Signals that files changed that are copied as they are.
    pub(super) fn files_changed(&self) {
        self.signal.send_modify(|signal| signal.files += 1);
    }

    /// Checks each version that is the latest for a moment, in a thread of its own with one core at most: saves have priority.
    pub(super) fn check(self: Arc<Self>) -> io::Result<()> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .map_err(io::Error::other)?;
        thread::Builder::new().name("check".into()).spawn(move || {
            let mut checked = 0;
            loop {
                thread::sleep(REST);
                let version = self.latest();
                if version.number == checked {
                    continue;
                }
                // While a writer types, each version is out of date before its check would end.
                thread::sleep(REST);
                if self.latest().number != version.number {
                    continue;
                }
                pool.install(|| version.problems());
                checked = version.number;
                self.signal.send_modify(|signal| signal.problems = checked);
            }
        })?;
        Ok(())
    }
}

/// A number that differs from run to run, made from the run's secret.
fn run_number(token: &str) -> u64 {
    let mut number: u64 = 0;
    for byte in token.bytes() {
        number = number.wrapping_mul(31).wrapping_add(byte.into());
    }
    // JavaScript's numbers have 53 bits; and the secret can't be computed back from what is left.
    number >> 12
}

/// 128 bits that can't be guessed, in hexadecimal digits.
fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
