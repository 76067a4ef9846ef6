//! Addresses -> the next one to request, such that no server gets too many requests and no thread waits for one server while another is free.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::address::host;

/// The most requests to one server at the same time.
const AT_ONCE: u32 = 2;

/// A server that doesn't respond to as many requests in a row is given up.
const MOST_SILENT: u32 = 4;

/// An address, and how often it was requested before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) address: String,
    pub(super) attempts: u32,
}

/// The requests that are still to be made, by server. Shared by all threads.
pub(super) struct Queue {
    hosts: Mutex<BTreeMap<String, Host>>,
    /// Notified when a request ends: its server may be free, or there is nothing left to do.
    changed: Condvar,
    /// The least time between two requests to one server.
    interval: Duration,
}

struct Host {
    waiting: VecDeque<Request>,
    /// The number of requests in flight.
    busy: u32,
    /// When the next request is allowed.
    free: Instant,
    /// How many requests in a row got no response at all.
    silent: u32,
}

impl Host {
    fn is_ready(&self) -> bool {
        !self.waiting.is_empty() && self.busy < AT_ONCE
    }
}

impl Queue {
    pub(super) fn new(addresses: &[String], interval: Duration) -> Queue {
        let now = Instant::now();
        let mut hosts: BTreeMap<String, Host> = BTreeMap::new();
        for address in addresses {
            let host = hosts.entry(host(address)).or_insert_with(|| Host {
                waiting: VecDeque::new(),
                busy: 0,
                free: now,
                silent: 0,
            });
            host.waiting.push_back(Request {
                address: address.clone(),
                attempts: 0,
            });
        }
        Queue {
            hosts: Mutex::new(hosts),
            changed: Condvar::new(),
            interval,
        }
    }

    /// The next request, as soon as its server is free; `None` if there are no requests left.
    pub(super) fn next(&self) -> Option<Request> {
        let mut hosts = self.lock();
        loop {
            let now = Instant::now();
            let mut first: Option<&mut Host> = None;
            let mut is_busy = false;
            for host in hosts.values_mut() {
                is_busy |= host.busy > 0;
                let is_earlier = match &first {
                    Some(first) => host.free < first.free,
                    None => true,
                };
                if is_earlier && host.is_ready() {
                    first = Some(host);
                }
            }
            match first {
                Some(host) if host.free <= now => {
                    host.busy += 1;
                    host.free = now + self.interval;
                    return host.waiting.pop_front();
                }
                Some(host) => {
                    let wait = host.free - now;
                    let waited = self.changed.wait_timeout(hosts, wait);
                    (hosts, _) = waited.unwrap_or_else(PoisonError::into_inner);
                }
                // A request in flight may come back to the queue for a retry.
                None if is_busy => {
                    let waited = self.changed.wait(hosts);
                    hosts = waited.unwrap_or_else(PoisonError::into_inner);
                }
                None => return None,
            }
        }
    }

    /// True if a server has left so many requests without a response that it isn't worth the time to wait for another.
    pub(super) fn is_silent(&self, request: &Request) -> bool {
        match self.lock().get(&host(&request.address)) {
            Some(host) => host.silent >= MOST_SILENT,
            None => false,
        }
    }

    /// Counts a request with, or without, a response.
    pub(super) fn count_response(&self, request: &Request, is_silent: bool) {
        if let Some(host) = self.lock().get_mut(&host(&request.address)) {
            host.silent = if is_silent { host.silent + 1 } else { 0 };
        }
    }

    /// Ends a request. With a pause it is queued again, and its server gets no request until the pause is over.
    pub(super) fn done(&self, request: Request, pause: Option<Duration>) {
        if let Some(host) = self.lock().get_mut(&host(&request.address)) {
            host.busy = host.busy.saturating_sub(1);
            if let Some(pause) = pause {
                // The later of the two: a server that asked for a pause may have been given a longer one by another request.
                host.free = host.free.max(Instant::now() + pause);
                host.waiting.push_back(Request {
                    attempts: request.attempts + 1,
                    ..request
                });
            }
        }
        self.changed.notify_all();
    }

    /// The servers, also after a panic in another thread: each change of them is complete in itself.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_take_turns_and_get_their_pauses() {
        let addresses = ["http://a/1", "http://a/2", "http://b/1"].map(str::to_owned);
        let interval = Duration::from_millis(30);
        let queue = Queue::new(&addresses, interval);
        let start = Instant::now();
        let first = queue.next().unwrap();
        let second = queue.next().unwrap();
        assert_eq!(
            (first.address.as_str(), second.address.as_str()),
            ("http://a/1", "http://b/1")
        );
        queue.done(first, None);
        queue.done(second, Some(interval * 3));
        let third = queue.next().unwrap();
        assert!(
            third.address == "http://a/2" && start.elapsed() >= interval,
            "{third:?}"
        );
        queue.done(third, None);
        let again = queue.next().unwrap();
        assert!(
            again
                == Request {
                    address: "http://b/1".into(),
                    attempts: 1
                }
                && start.elapsed() >= interval * 3,
            "{again:?}"
        );
        queue.done(again, None);
        assert_eq!(queue.next(), None);
    }
}
