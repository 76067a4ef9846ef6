//! Phases and tasks of a command -> a table of how long each took. Phases follow each other; tasks are what threads do per file.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Work that many threads do in parallel, file by file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Collecting what a template may use: articles, addresses, navigation.
    View,
    /// Rendering templates.
    Render,
    /// Comparing with the existing file, and writing.
    Write,
    /// Copying assets.
    Copy,
}

const TASKS: [(Task, &str); 4] = [
    (Task::View, "views"),
    (Task::Render, "templates"),
    (Task::Write, "writing"),
    (Task::Copy, "copying"),
];

/// The clock of one command. Without `--timings` it measures nothing.
pub(super) struct Timings {
    started: Instant,
    on: bool,
    phases: Mutex<Vec<(&'static str, Instant)>>,
    busy: [AtomicU64; TASKS.len()],
    /// The number of files of each task.
    counts: [AtomicU64; TASKS.len()],
}

impl Timings {
    pub(super) fn new(on: bool) -> Self {
        Timings {
            started: Instant::now(),
            on,
            phases: Mutex::default(),
            busy: Default::default(),
            counts: Default::default(),
        }
    }

    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Records that `phase` ends now.
    pub(super) fn done(&self, phase: &'static str) {
        if self.on {
            self.phases
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((phase, Instant::now()));
        }
    }

    /// Runs `work` and adds its time to `task`.
    pub(super) fn busy<T>(&self, task: Task, work: impl FnOnce() -> T) -> T {
        // Two looks at the clock per file are not free.
        if !self.on {
            return work();
        }
        let started = Instant::now();
        let done = work();
        // Relaxed, because the sums are read when all threads are done.
        self.busy[task as usize].fetch_add(started.elapsed().as_nanos() as u64, Ordering::Relaxed);
        self.counts[task as usize].fetch_add(1, Ordering::Relaxed);
        done
    }

    /// The table; empty without `--timings`.
    pub(super) fn text(&self) -> String {
        let phases = self.phases.lock().unwrap_or_else(PoisonError::into_inner);
        if phases.is_empty() {
            return String::new();
        }
        let mut text = String::new();
        let mut before = self.started;
        for &(phase, end) in phases.iter() {
            let time = row(phase, end.duration_since(before));
            let _ = writeln!(text, "{time}");
            before = end;
        }
        let _ = writeln!(text, "{}", row("all", self.started.elapsed()));
        // With several threads, the sum is more than the time of the phase.
        text.push_str("\n  of all threads together:\n");
        for (task, name) in TASKS {
            let busy = self.busy[task as usize].load(Ordering::Relaxed);
            let files = self.counts[task as usize].load(Ordering::Relaxed);
            let time = row(name, Duration::from_nanos(busy));
            let _ = writeln!(text, "{time}  {files:>7} files");
        }
        text.push('\n');
        text
    }
}

fn row(name: &str, time: Duration) -> String {
    format!("  {name:24} {:>9.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_measured_only_on_request() {
        let timings = Timings::new(false);
        timings.done("reading");
        assert_eq!(
            (timings.busy(Task::Render, || 7), timings.text().as_str()),
            (7, "")
        );
        let timings = Timings::new(true);
        timings.done("reading");
        timings.busy(Task::Copy, || ());
        let rows: Vec<String> = timings
            .text()
            .lines()
            .map(|line| line.split("  ").nth(1).unwrap_or("").to_owned())
            .collect();
        assert_eq!(
            rows,
            [
                "reading",
                "all",
                "",
                "of all threads together:",
                "views",
                "templates",
                "writing",
                "copying",
                ""
            ]
        );
    }
}
