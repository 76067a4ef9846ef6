//! A bar that shows how far long work has come: nothing for short work, nothing where nobody watches.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Steps of one piece of work; may be counted from many threads.
pub(super) struct Progress {
    bar: ProgressBar,
    /// When a bar is due; never, if nobody watches.
    due: Option<Instant>,
    shown: Once,
}

impl Progress {
    /// Work that has gone on since `started` and has `steps` more to go, each of them a file.
    pub(super) fn new(started: Instant, steps: usize, is_interactive: bool) -> Self {
        Self::counting("files", started, steps, is_interactive)
    }

    /// The same with steps that are other things.
    pub(super) fn counting(
        things: &str,
        started: Instant,
        steps: usize,
        is_interactive: bool,
    ) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(&format!(
            "{{bar:40.green}} {{human_pos}} of {{human_len}} {things}"
        )) {
            bar.set_style(style.progress_chars("━━─"));
        }
        Progress {
            bar,
            due: is_interactive.then(|| started + PATIENCE),
            shown: Once::new(),
        }
    }

    /// One more step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if let Some(due) = self.due
            && !self.shown.is_completed()
            && Instant::now() >= due
        {
            self.shown
                .call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
