//! External addresses -> their status, by requesting them: several servers at once, each with a rate limit. The only room that uses the
//! network, and only for `--external`. Knows addresses; doesn't know which files they are in.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod address;
mod client;
mod queue;
mod response_cache;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::check::UrlStatus;
use client::{Client, Reply};
use queue::Queue;
pub use response_cache::ResponseCache;

/// The number of requests at the same time.
const THREADS: usize = 16;

/// How often and how long servers are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The least time between two requests to one server.
    pub interval: Duration,
    /// How long to wait for a response.
    pub timeout: Duration,
    /// How often to retry after a temporary error.
    pub retries: u32,
    /// The pause before the first retry; it doubles before each that follows.
    pub backoff: Duration,
}

impl Default for RateLimit {
    fn default() -> Self {
        RateLimit {
            interval: Duration::from_millis(250),
            timeout: Duration::from_secs(20),
            retries: 2,
            backoff: Duration::from_secs(2),
        }
    }
}

/// The status of each address; `step` is called after each.
pub fn ask(
    addresses: &[String],
    limit: RateLimit,
    step: impl Fn() + Sync,
) -> BTreeMap<String, UrlStatus> {
    let queue = Queue::new(addresses, limit.interval);
    let client = Client::new(limit.timeout);
    let answers = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(question) = queue.next() {
            let pause = match client.ask(&question.address) {
                Reply::Final(answer) => {
                    if let Ok(mut answers) = answers.lock() {
                        answers.insert(question.address.clone(), answer);
                    }
                    step();
                    None
                }
                Reply::Later { wait, .. } if question.asked < limit.retries => Some(
                    wait.unwrap_or_default()
                        .max(limit.backoff * 2_u32.saturating_pow(question.asked)),
                ),
                Reply::Later { answer, .. } => {
                    if let Ok(mut answers) = answers.lock() {
                        answers.insert(question.address.clone(), answer);
                    }
                    step();
                    None
                }
            };
            queue.done(question, pause);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(addresses.len()) {
            scope.spawn(work);
        }
    });
    answers.into_inner().unwrap_or_default()
}
