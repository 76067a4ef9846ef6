//! The latest [`Edition`], and the signal that tells browsers of a later one. Readers never wait for writers: they keep the edition they
//! took, however long they need it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::edition::Edition;
use super::facts::Editor;
use crate::workspace::WorkspaceState;

/// A moment without changes before problems are looked for.
const REST: Duration = Duration::from_millis(150);

/// What browsers are told: each number grows when there is something new of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Signal {
    /// Which start of the program speaks.
    pub(super) run: u64,
    /// The latest edition.
    pub(super) edition: u64,
    /// The latest edition whose problems are known.
    pub(super) problems: u64,
    /// How often files changed that are copied as they are: pictures, style sheets.
    pub(super) files: u64,
}

pub(super) struct Board {
    latest: RwLock<Arc<Edition>>,
    signal: watch::Sender<Signal>,
    root: PathBuf,
    /// What a page of this run knows, and nobody else.
    pub(super) token: String,
    /// How files are opened.
    pub(super) editor: Editor,
}

impl Board {
    pub(super) fn new(state: WorkspaceState, root: &Path, editor: Editor) -> io::Result<Self> {
        let token = token()?;
        let run = token.bytes().fold(0_u64, |run, byte| {
            run.wrapping_mul(31).wrapping_add(byte.into())
        }) >> 12;
        let root = root.canonicalize()?;
        let edition = Edition::new(1, state, &root);
        let (signal, _) = watch::channel(Signal {
            run,
            edition: 1,
            problems: 0,
            files: 0,
        });
        Ok(Board {
            latest: RwLock::new(Arc::new(edition)),
            signal,
            root,
            token,
            editor,
        })
    }

    /// The latest edition.
    pub(super) fn latest(&self) -> Arc<Edition> {
        // Whoever broke off while writing had not yet replaced anything.
        self.latest
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Where signals come from.
    pub(super) fn signals(&self) -> watch::Receiver<Signal> {
        self.signal.subscribe()
    }

    /// Makes `state` what is seen from now on.
    pub(super) fn publish(&self, state: WorkspaceState) {
        let number = self.latest().number + 1;
        let edition = Arc::new(Edition::new(number, state, &self.root));
        let before = std::mem::replace(
            &mut *self.latest.write().unwrap_or_else(PoisonError::into_inner),
            edition,
        );
        self.signal.send_modify(|signal| signal.edition = number);
        // A whole site goes here, unless somebody still reads it: after everybody could see the new one.
        drop(before);
    }

    /// Says that files changed that are copied as they are.
    pub(super) fn files_changed(&self) {
        self.signal.send_modify(|signal| signal.files += 1);
    }

    /// Finds out what is wrong with each edition that is the latest for a moment, with one core at most: whoever saves comes first.
    pub(super) fn check(self: Arc<Self>) -> io::Result<()> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .map_err(io::Error::other)?;
        thread::Builder::new().name("check".into()).spawn(move || {
            let mut known = 0;
            loop {
                thread::sleep(REST);
                let edition = self.latest();
                if edition.number == known {
                    continue;
                }
                thread::sleep(REST);
                if self.latest().number != edition.number {
                    continue;
                }
                pool.install(|| edition.problems());
                known = edition.number;
                self.signal.send_modify(|signal| signal.problems = known);
            }
        })?;
        Ok(())
    }
}

/// 128 bits that nobody can guess, in hexadecimal digits.
fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
