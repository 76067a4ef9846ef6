//! The disk -> [`ChangedPaths`], a moment after the last of them: editors save in several steps. Every change has the same two steps: refresh
//! and publish.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::event::{EventHandler, ServeEvent};
use super::publisher::Publisher;
use crate::disk::ChangedPaths;
use crate::workspace::Workspace;

/// The pause after a save that is complete: a closed file, a finished rename.
const BRIEF: Duration = Duration::from_millis(4);
/// The pause after anything else, which may be the first half of a save.
const PAUSE: Duration = Duration::from_millis(25);
/// The longest wait while changes go on and on.
const PATIENCE: Duration = Duration::from_millis(500);
/// After folders came or went everything is looked at again, after each of these times: files can be written before their folder is
/// watched, and a busy machine takes its time to watch.
const AGAIN: [Duration; 3] = [
    Duration::from_millis(400),
    Duration::from_secs(2),
    Duration::from_secs(8),
];
/// How often a folder is polled that gives no events.
const POLL: Duration = Duration::from_millis(1000);

/// Changes that belong together.
#[derive(Debug, PartialEq, Eq)]
struct ChangeBatch {
    changes: ChangedPaths,
    /// True if the save is complete.
    is_complete: bool,
    /// True if a folder may have come or gone.
    is_folder: bool,
}

/// Watches in threads of its own, as long as the program runs.
pub(super) fn start(
    workspace: Workspace,
    publisher: Arc<Publisher>,
    poll: Option<Duration>,
    on_event: EventHandler,
) {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut places: Vec<PathBuf> = vec![
            workspace
                .root()
                .canonicalize()
                .unwrap_or_else(|_| workspace.root().into()),
        ];
        let config = workspace.config().and_then(Path::parent).map(|folder| {
            if folder == Path::new("") {
                Path::new(".")
            } else {
                folder
            }
        });
        places.extend(config.and_then(|folder| folder.canonicalize().ok()));
        let watcher = ChangeSource::open(&places, poll, &sender, &on_event);
        follow(workspace, &publisher, &receiver, watcher, &on_event);
    });
}

/// Where changes come from.
struct ChangeSource {
    watcher: Option<Box<dyn Watcher + Send>>,
    /// Rescan everything this often.
    poll: Option<Duration>,
}

impl ChangeSource {
    fn open(
        places: &[PathBuf],
        poll: Option<Duration>,
        sender: &Sender<ChangeBatch>,
        on_event: &EventHandler,
    ) -> Self {
        if let Some(interval) = poll {
            return ChangeSource {
                watcher: None,
                poll: Some(interval),
            };
        }
        if let Some(kind) = places.first().and_then(|place| network(place)) {
            on_event(ServeEvent::Polling(&format!(
                "`{kind}` folders don't on_event of changes"
            )));
            return ChangeSource {
                watcher: None,
                poll: Some(POLL),
            };
        }
        let watching = RecommendedWatcher::new(event_handler(sender.clone()), Config::default())
            .and_then(|mut watcher| watch_all(&mut watcher, places).map(|()| watcher));
        match watching {
            Ok(watcher) => ChangeSource {
                watcher: Some(Box::new(watcher)),
                poll: None,
            },
            Err(error) => {
                on_event(ServeEvent::Polling(&error.to_string()));
                ChangeSource {
                    watcher: None,
                    poll: Some(POLL),
                }
            }
        }
    }
}

fn watch_all(watcher: &mut impl Watcher, places: &[PathBuf]) -> notify::Result<()> {
    // The configuration's folder is watched by itself, in case it is elsewhere.
    let (root, others) = places
        .split_first()
        .ok_or_else(|| notify::Error::generic("nothing to watch"))?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    others
        .iter()
        .filter(|place| !place.starts_with(root))
        .try_for_each(|place| watcher.watch(place, RecursiveMode::NonRecursive))
}

fn event_handler(sender: Sender<ChangeBatch>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let batch = match event {
            Ok(event) if event.need_rescan() => Some(everything()),
            Ok(event) => understand(event),
            Err(_) => Some(everything()),
        };
        if let Some(batch) = batch {
            // The receiver is gone when the program ends.
            let _ = sender.send(batch);
        }
    }
}

fn everything() -> ChangeBatch {
    ChangeBatch {
        changes: ChangedPaths::Everything,
        is_complete: false,
        is_folder: false,
    }
}

/// The changes of an event. Reading is none: hjelp itself reads.
fn understand(event: Event) -> Option<ChangeBatch> {
    let (is_complete, is_folder) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (true, false),
        EventKind::Access(_) => return None,
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
            (true, event.paths.iter().any(|path| path.is_dir()))
        }
        EventKind::Modify(ModifyKind::Name(_)) => (false, true),
        EventKind::Modify(ModifyKind::Metadata(_)) => (true, false),
        EventKind::Create(_) => (false, event.paths.iter().any(|path| path.is_dir())),
        EventKind::Remove(_) => (false, true),
        _ => (false, false),
    };
    Some(ChangeBatch {
        changes: ChangedPaths::Paths(event.paths),
        is_complete,
        is_folder,
    })
}

/// Refreshes and publishes after every change.
fn follow(
    mut workspace: Workspace,
    publisher: &Publisher,
    changes: &Receiver<ChangeBatch>,
    mut source: ChangeSource,
    on_event: &EventHandler,
) {
    // What changed before the watch began is found in the same way as the files of a new folder.
    let mut again: Vec<Instant> = rescan_times();
    // The watcher lives as long as this loop.
    let watcher = source.watcher.take();
    loop {
        let wait = match source.poll {
            Some(poll) => Some(poll),
            None => again
                .last()
                .map(|at| at.saturating_duration_since(Instant::now())),
        };
        let batch = match wait {
            Some(wait) => changes.recv_timeout(wait),
            None => changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let changed = match batch {
            Ok(first) => {
                let all = collect(first, changes);
                if all.is_folder {
                    again = rescan_times();
                }
                all.changes
            }
            Err(RecvTimeoutError::Timeout) if source.poll.is_some() => workspace.detect_changes(),
            Err(RecvTimeoutError::Timeout) => {
                again.pop();
                ChangedPaths::Everything
            }
            Err(RecvTimeoutError::Disconnected) => break,
        };
        if workspace.refresh(&changed) {
            let state = workspace.state();
            publisher.publish(state.clone());
            on_event(ServeEvent::Published {
                trouble: &state.setup_problems,
                sources: &state.sources,
                unread: state.read_error.as_deref(),
            });
        } else if workspace.has_assets_in(&changed) {
            publisher.files_changed();
        }
    }
    drop(watcher);
}

/// When to look again, the latest first.
fn rescan_times() -> Vec<Instant> {
    let now = Instant::now();
    AGAIN.iter().rev().map(|wait| now + *wait).collect()
}

/// Waits until a save is over.
fn collect(first: ChangeBatch, changes: &Receiver<ChangeBatch>) -> ChangeBatch {
    let begun = Instant::now();
    let mut all = first;
    while begun.elapsed() < PATIENCE {
        match changes.recv_timeout(if all.is_complete { BRIEF } else { PAUSE }) {
            Ok(next) => {
                all.changes.add(next.changes);
                all.is_complete = next.is_complete;
                all.is_folder |= next.is_folder;
            }
            Err(_) => break,
        }
    }
    all
}

/// The kind of file system of a folder, if it is one without events for changes made elsewhere.
fn network(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let mounts = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((fields.next()?, fields.next()?))
    });
    let (_, kind) = mounts
        .filter(|(place, _)| folder.starts_with(place))
        .max_by_key(|(place, _)| place.len())?;
    [
        "9p",
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "vboxsf",
        "fuse.sshfs",
    ]
    .contains(&kind)
    .then(|| kind.to_owned())
}
