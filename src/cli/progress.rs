//! Steps of long work -> a progress bar on the terminal. Nothing for short work, and nothing if the output isn't a terminal.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less time gets no bar.
const DELAY: Duration = Duration::from_millis(500);

/// A progress bar that many threads can advance.
pub(super) struct Progress {
    bar: ProgressBar,
    /// When the bar appears; `None` if it never does.
    due: Option<Instant>,
    shown: Once,
}

impl Progress {
    /// A bar for work that began at `started` and has `steps` files to go.
    pub(super) fn new(started: Instant, steps: usize, is_interactive: bool) -> Self {
        Self::counting("files", started, steps, is_interactive)
    }

    /// The same with `things` in place of files.
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
            due: if is_interactive {
                Some(started + DELAY)
            } else {
                None
            },
            shown: Once::new(),
        }
    }

    /// Counts one step as done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        // The bar starts hidden instead of being created late, so that it has counted what was done before.
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
