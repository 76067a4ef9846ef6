//! The disk -> [`ChangedPaths`], a moment after the last of them: editors save in several steps. Every change has the same two steps: refresh
//! and publish. Knows nothing of requests and browsers.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::event::{EventHandler, ServeEvent};
use super::publisher::Publisher;
use crate::disk::ChangedPaths;
use crate::workspace::Workspace;

/// The pause after a save that is complete: a closed file, a finished rename.
const BRIEF: Duration = Duration::from_millis(4);
/// The pause after anything else, which may be the first half of a save.
const PAUSE: Duration = Duration::from_millis(25);
/// The longest wait while changes go on and on.
const LONGEST_WAIT: Duration = Duration::from_millis(500);
/// After folders came or went everything is looked at again, after each of these times: files can be written before their folder is
/// watched, and a busy machine takes its time to watch.
const RESCANS: [Duration; 3] = [
    Duration::from_millis(400),
    Duration::from_secs(2),
    Duration::from_secs(8),
];
/// How soon everything is looked at again after files could not be read.
const RETRY: Duration = Duration::from_secs(1);
/// How often a folder is polled that gives no events.
const POLL: Duration = Duration::from_millis(1000);
/// File systems without events for changes that another machine makes, by their names in `/proc/mounts`.
const NETWORK_FILE_SYSTEMS: [&str; 8] = [
    "9p",
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "vboxsf",
    "fuse.sshfs",
];

/// Changes that belong together.
#[derive(Debug, PartialEq, Eq)]
struct ChangeBatch {
    changes: ChangedPaths,
    /// True if the save is complete.
    is_complete: bool,
    /// True if a folder may have come or gone.
    is_folder: bool,
    /// Why no more events can be relied on.
    broken: Option<String>,
}

impl ChangeBatch {
    fn everything() -> Self {
        ChangeBatch {
            changes: ChangedPaths::Everything,
            is_complete: false,
            is_folder: false,
            broken: None,
        }
    }

    /// What an error of the watcher means.
    fn of_error(error: &notify::Error) -> Self {
        ChangeBatch {
            broken: match &error.kind {
                // A folder that has gone by the time it should be watched.
                ErrorKind::PathNotFound | ErrorKind::WatchNotFound => None,
                ErrorKind::Io(error) if error.kind() == io::ErrorKind::NotFound => None,
                _ => Some(error.to_string()),
            },
            // What the error has hidden is found by looking at everything.
            ..Self::everything()
        }
    }

    /// The changes of an event; nothing for one that changes nothing.
    fn of(event: Event) -> Option<Self> {
        if event.need_rescan() {
            // The system's queue of events was full, and some of them are lost.
            return Some(Self::everything());
        }
        let names_folder = || event.paths.iter().any(|path| path.is_dir());
        let (is_complete, is_folder) = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => (true, false),
            // Reading is no change: a refresh reads files itself, and would cause the next one.
            EventKind::Access(_) => return None,
            EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => {
                (true, names_folder())
            }
            // The old name of a rename: what it was can't be looked up any more.
            EventKind::Modify(ModifyKind::Name(_)) => (false, true),
            EventKind::Modify(ModifyKind::Metadata(_)) => (true, false),
            EventKind::Create(_) => (false, names_folder()),
            EventKind::Remove(_) => (false, true),
            _ => (false, false),
        };
        Some(ChangeBatch {
            changes: ChangedPaths::Paths(event.paths),
            is_complete,
            is_folder,
            broken: None,
        })
    }

    /// Adds what `changes` brings until a save is over.
    fn collect(&mut self, changes: &Receiver<ChangeBatch>) {
        let begun = Instant::now();
        while begun.elapsed() < LONGEST_WAIT {
            let pause = if self.is_complete { BRIEF } else { PAUSE };
            let Ok(next) = changes.recv_timeout(pause) else {
                break;
            };
            self.changes.add(next.changes);
            self.is_complete = next.is_complete;
            self.is_folder |= next.is_folder;
            self.broken = self.broken.take().or(next.broken);
        }
    }
}

/// Watches in a thread of its own, as long as the program runs.
pub(super) fn start(
    workspace: Workspace,
    publisher: Arc<Publisher>,
    poll: Option<Duration>,
    on_event: EventHandler,
) {
    // Watching a large folder takes a moment; the first page must not wait for it.
    thread::spawn(move || {
        let source = match poll {
            Some(interval) => ChangeSource::Polling(interval),
            None => ChangeSource::open(&watched_folders(&workspace), &on_event),
        };
        let mut watch = Watch {
            workspace,
            publisher,
            source,
            rescans: rescan_times(),
        };
        while let Some(changed) = watch.next_changes(&on_event) {
            watch.update(&changed, &on_event);
        }
    });
}

/// The content's folder, and then the configuration's, which may be elsewhere.
fn watched_folders(workspace: &Workspace) -> Vec<PathBuf> {
    let root = workspace.root();
    let mut folders = vec![root.canonicalize().unwrap_or_else(|_| root.into())];
    if let Some(folder) = workspace.config().and_then(Path::parent) {
        // The parent of a bare file name is the empty path, which no system call accepts.
        let folder = if folder == Path::new("") {
            Path::new(".")
        } else {
            folder
        };
        folders.extend(folder.canonicalize());
    }
    folders
}

/// Where changes come from.
enum ChangeSource {
    /// Events of the system. They end when the watcher is dropped.
    Events {
        receiver: Receiver<ChangeBatch>,
        _watcher: RecommendedWatcher,
    },
    /// Comparing everything this often.
    Polling(Duration),
}

impl ChangeSource {
    /// Watches `folders`, or reports why they are polled.
    fn open(folders: &[PathBuf], on_event: &EventHandler) -> Self {
        if let Some(kind) = folders.first().and_then(|folder| network_kind(folder)) {
            let why = format!("`{kind}` folders don't report changes");
            on_event(ServeEvent::Polling(&why));
            return ChangeSource::Polling(POLL);
        }
        let (sender, receiver) = channel();
        match watch_all(folders, sender) {
            Ok(watcher) => ChangeSource::Events {
                receiver,
                _watcher: watcher,
            },
            Err(error) => {
                on_event(ServeEvent::Polling(&error.to_string()));
                ChangeSource::Polling(POLL)
            }
        }
    }
}

fn watch_all(
    folders: &[PathBuf],
    sender: Sender<ChangeBatch>,
) -> notify::Result<RecommendedWatcher> {
    let Some((root, others)) = folders.split_first() else {
        return Err(notify::Error::generic("nothing to watch"));
    };
    let mut watcher = RecommendedWatcher::new(event_handler(sender), Config::default())?;
    watcher.watch(root, RecursiveMode::Recursive)?;
    for folder in others {
        if !folder.starts_with(root) {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
    }
    Ok(watcher)
}

fn event_handler(sender: Sender<ChangeBatch>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let batch = match event {
            Ok(event) => ChangeBatch::of(event),
            Err(error) => Some(ChangeBatch::of_error(&error)),
        };
        if let Some(batch) = batch {
            // The receiver is gone when the program ends.
            let _ = sender.send(batch);
        }
    }
}

/// What the thread that watches works with.
struct Watch {
    workspace: Workspace,
    publisher: Arc<Publisher>,
    source: ChangeSource,
    /// When to look at everything again, the latest first. Not empty at the beginning: what changed before the watch began is found in the
    /// same way as the files of a new folder.
    rescans: Vec<Instant>,
}

impl Watch {
    /// Waits for the next changes; nothing when no more can come.
    fn next_changes(&mut self, on_event: &EventHandler) -> Option<ChangedPaths> {
        let receiver = match &self.source {
            ChangeSource::Events { receiver, .. } => receiver,
            ChangeSource::Polling(interval) => {
                thread::sleep(*interval);
                // A file that couldn't be read has the same metadata when it can.
                if self.rescans.last().is_some_and(|at| *at <= Instant::now()) {
                    self.rescans.pop();
                    return Some(ChangedPaths::Everything);
                }
                return Some(self.workspace.detect_changes());
            }
        };
        let received = match self.rescans.last() {
            Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(mut batch) => {
                batch.collect(receiver);
                if batch.is_folder {
                    self.rescans = rescan_times();
                }
                // The folders that could not be watched would stay as they are now for good.
                if let Some(why) = batch.broken {
                    on_event(ServeEvent::Polling(&why));
                    self.source = ChangeSource::Polling(POLL);
                    self.rescans = rescan_times();
                }
                Some(batch.changes)
            }
            Err(RecvTimeoutError::Timeout) => {
                self.rescans.pop();
                Some(ChangedPaths::Everything)
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Refreshes the workspace, and publishes what is new.
    fn update(&mut self, changed: &ChangedPaths, on_event: &EventHandler) {
        if self.workspace.refresh(changed) {
            let version = self.publisher.publish(self.workspace.state().clone());
            on_event(ServeEvent::published(&version));
        } else if self.workspace.has_assets_in(changed) {
            // Copied files aren't part of a version: browsers load them again, and leave the page as it is.
            self.publisher.files_changed();
        }
        // Not to be waited for with an event: there will be none when the system can read the files again.
        if self.rescans.is_empty() && self.workspace.may_recover() {
            self.rescans.push(Instant::now() + RETRY);
        }
    }
}

/// When to look again, the latest first.
fn rescan_times() -> Vec<Instant> {
    let now = Instant::now();
    RESCANS.iter().rev().map(|wait| now + *wait).collect()
}

/// The kind of file system of a folder, if it is one without events for changes made elsewhere.
fn network_kind(folder: &Path) -> Option<String> {
    // Only Linux has this file. Elsewhere events are trusted; `--poll` is there for folders without.
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let mut nearest = ("", "");
    for line in mounts.lines() {
        let mut fields = line.split(' ').skip(1);
        let (Some(place), Some(kind)) = (fields.next(), fields.next()) else {
            continue;
        };
        // The deepest mount point is the folder's; of several at one place the last one hides the others.
        if folder.starts_with(place) && place.len() >= nearest.0.len() {
            nearest = (place, kind);
        }
    }
    let (_, kind) = nearest;
    if !NETWORK_FILE_SYSTEMS.contains(&kind) {
        return None;
    }
    Some(kind.to_owned())
}
