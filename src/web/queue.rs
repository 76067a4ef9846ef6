//! Addresses -> the next one to request, such that no server gets too many requests and no thread waits for one server while another is free.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::address::host;

/// The most requests to one server at the same time.
const AT_ONCE: u32 = 2;

/// An address, and how often it was requested before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) address: String,
    pub(super) asked: u32,
}

pub(super) struct Queue {
    hosts: Mutex<BTreeMap<String, Host>>,
    changed: Condvar,
    interval: Duration,
}

struct Host {
    waiting: VecDeque<Request>,
    busy: u32,
    /// When the next request is allowed.
    free: Instant,
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
            });
            host.waiting.push_back(Request {
                address: address.clone(),
                asked: 0,
            });
        }
        Queue {
            hosts: Mutex::new(hosts),
            changed: Condvar::new(),
            interval,
        }
    }

    /// Waits for a server that is free; `None` if there are no requests left.
    pub(super) fn next(&self) -> Option<Request> {
        let mut hosts = self.lock();
        loop {
            let open = |host: &&mut Host| !host.waiting.is_empty() && host.busy < AT_ONCE;
            let (now, is_busy) = (Instant::now(), hosts.values().any(|host| host.busy > 0));
            match hosts.values_mut().filter(open).min_by_key(|host| host.free) {
                Some(host) if host.free <= now => {
                    host.busy += 1;
                    host.free = now + self.interval;
                    return host.waiting.pop_front();
                }
                Some(host) => {
                    let wait = host.free - now;
                    hosts = self
                        .changed
                        .wait_timeout(hosts, wait)
                        .unwrap_or_else(PoisonError::into_inner)
                        .0;
                }
                // A request in flight may come back to the queue for a retry.
                None if is_busy => {
                    hosts = self
                        .changed
                        .wait(hosts)
                        .unwrap_or_else(PoisonError::into_inner);
                }
                None => return None,
            }
        }
    }

    /// Ends a request. With a pause it is queued again, and its server gets no request until the pause is over.
    pub(super) fn done(&self, question: Request, pause: Option<Duration>) {
        if let Some(host) = self.lock().get_mut(&host(&question.address)) {
            host.busy = host.busy.saturating_sub(1);
            if let Some(pause) = pause {
                host.free = host.free.max(Instant::now() + pause);
                host.waiting.push_back(Request {
                    asked: question.asked + 1,
                    ..question
                });
            }
        }
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_take_turns_and_have_their_rest() {
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
                    asked: 1
                }
                && start.elapsed() >= interval * 3,
            "{again:?}"
        );
        queue.done(again, None);
        assert_eq!(queue.next(), None);
    }
}
