//! External addresses -> their status, by requesting them: several servers at once, each with a rate limit. Downloads what
//! `hjelp xref fetch` asks for, too. The only room that uses the network. Knows addresses; doesn't know which files they are in.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod address;
mod client;
mod download;
mod queue;
mod response_cache;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::check::external::UrlStatus;
use client::{Client, Reply};
pub use download::download;
use queue::{Queue, Request};
pub use response_cache::ResponseCache;

/// False for a program that was compiled without the feature `tls`: it can't request addresses with `https`.
pub const HAS_TLS: bool = cfg!(feature = "tls");

/// The number of requests at the same time.
const THREADS: usize = 16;

/// How often servers get requests, and how long their responses may take.
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

/// Requests these addresses and returns the status of each. `step` is called when one is final.
pub fn request_all(
    addresses: &[String],
    limit: RateLimit,
    step: impl Fn() + Sync,
) -> BTreeMap<String, UrlStatus> {
    let run = Run {
        queue: Queue::new(addresses, limit.interval),
        client: Client::new(limit.timeout),
        limit,
        statuses: Mutex::default(),
        step,
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(addresses.len()) {
            scope.spawn(|| run.work());
        }
    });
    run.statuses
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

/// What the threads share.
struct Run<S> {
    queue: Queue,
    client: Client,
    limit: RateLimit,
    statuses: Mutex<BTreeMap<String, UrlStatus>>,
    step: S,
}

impl<S: Fn() + Sync> Run<S> {
    /// Makes requests until none is left.
    fn work(&self) {
        while let Some(request) = self.queue.next() {
            if self.queue.is_silent(&request) {
                let why = format!(
                    "`{}` does not respond, also to other requests",
                    address::host(&request.address)
                );
                self.add(&request, UrlStatus::Dead(why));
                self.queue.done(request, None);
                continue;
            }
            let reply = self.client.request(&request.address);
            let is_silent = matches!(reply, Reply::Later { silent: true, .. });
            self.queue.count_response(&request, is_silent);
            let pause = match reply {
                Reply::Later { wait, .. } if request.attempts < self.limit.retries => {
                    Some(self.pause(&request, wait))
                }
                Reply::Final(status) | Reply::Later { status, .. } => {
                    self.add(&request, status);
                    None
                }
            };
            // Also without a retry, because other threads may be waiting for this server.
            self.queue.done(request, pause);
        }
    }

    /// The pause before a retry: what the server asks for, if that is longer than the exponential backoff.
    fn pause(&self, request: &Request, wait: Option<Duration>) -> Duration {
        let backoff = self.limit.backoff * 2_u32.saturating_pow(request.attempts);
        backoff.max(wait.unwrap_or_default())
    }

    fn add(&self, request: &Request, status: UrlStatus) {
        let mut statuses = self.statuses.lock().unwrap_or_else(PoisonError::into_inner);
        statuses.insert(request.address.clone(), status);
        drop(statuses);
        (self.step)();
    }
}
