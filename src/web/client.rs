//! One address -> its status, by `HEAD`, or by `GET` for servers that don't answer `HEAD`, following redirects.

use std::time::Duration;

use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};

use super::address::{encoded, host, joined};
use crate::check::UrlStatus;

/// Browsers follow no more redirects than this.
const MOST_REDIRECTS: usize = 10;

/// The longest `Retry-After` that is respected.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The result of one request.
pub(super) enum Reply {
    Final(UrlStatus),
    /// A temporary error: worth another request after a while, and until then this status.
    Later {
        wait: Option<Duration>,
        answer: UrlStatus,
    },
}

pub(super) struct Client {
    agent: Agent,
    timeout: Duration,
}

impl Client {
    pub(super) fn new(timeout: Duration) -> Client {
        let name = concat!("hjelp/", env!("CARGO_PKG_VERSION"), " (link check)");
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(name)
            .accept("*/*");
        Client {
            agent: config.timeout_global(Some(timeout)).build().into(),
            timeout,
        }
    }

    pub(super) fn ask(&self, address: &str) -> Reply {
        let mut at = encoded(address);
        // Where it has moved for good; what follows a temporary redirect may change tomorrow.
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=MOST_REDIRECTS {
            let response = match self.response(&at) {
                Ok(response) => response,
                Err(error) => return self.failed(&at, &error),
            };
            let status = response.status();
            let location =
                header(&response, "location").and_then(|location| joined(&at, &encoded(location)));
            match location.filter(|_| status.is_redirection()) {
                Some(location) => {
                    for_good &= matches!(
                        status,
                        StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
                    );
                    if for_good {
                        moved = Some(location.clone());
                    }
                    at = location;
                }
                None => return answered(&response, moved),
            }
        }
        Reply::Final(UrlStatus::Dead(format!(
            "it sends its readers on more than {MOST_REDIRECTS} times"
        )))
    }

    fn response(&self, address: &str) -> Result<Response<Body>, Error> {
        match self.agent.head(address).call() {
            Ok(response)
                if response.status().is_client_error()
                    && response.status() != StatusCode::TOO_MANY_REQUESTS =>
            {
                self.agent.get(address).call()
            }
            Ok(response)
                if matches!(
                    response.status(),
                    StatusCode::NOT_IMPLEMENTED | StatusCode::INTERNAL_SERVER_ERROR
                ) =>
            {
                self.agent.get(address).call()
            }
            // Some servers hang up on what they don't understand.
            Err(Error::Protocol(_)) => self.agent.get(address).call(),
            other => other,
        }
    }

    fn failed(&self, address: &str, error: &Error) -> Reply {
        let server = host(address);
        let later = |why: String| Reply::Later {
            wait: None,
            answer: UrlStatus::Dead(why),
        };
        match error {
            Error::HostNotFound => later(format!("there is no server `{server}`")),
            Error::Timeout(_) => later(format!(
                "`{server}` does not answer within {} seconds",
                self.timeout.as_secs_f32()
            )),
            Error::Io(_) | Error::ConnectionFailed => later(format!("`{server}` can't be reached")),
            Error::Protocol(_) => later(format!("`{server}` does not answer as web servers do")),
            Error::Tls(_) | Error::Rustls(_) => Reply::Final(UrlStatus::Dead(format!(
                "the certificate of `{server}` is not trusted"
            ))),
            Error::BadUri(_) | Error::Http(_) => {
                Reply::Final(UrlStatus::Dead("it is no address".to_owned()))
            }
            _ => Reply::Final(UrlStatus::Unknown),
        }
    }
}

fn answered(response: &Response<Body>, moved: Option<String>) -> Reply {
    let status = response.status();
    let dead = || UrlStatus::Dead(format!("the server answers {status}"));
    match status {
        _ if status.is_success() => Reply::Final(moved.map_or(UrlStatus::Ok, UrlStatus::Moved)),
        StatusCode::NOT_FOUND | StatusCode::GONE => Reply::Final(dead()),
        StatusCode::TOO_MANY_REQUESTS => Reply::Later {
            wait: wait(response),
            answer: UrlStatus::Unknown,
        },
        _ if status.is_server_error() => Reply::Later {
            wait: wait(response),
            answer: dead(),
        },
        // It wants to know who asks, or does not like programs: a reader may get to see it.
        _ => Reply::Final(UrlStatus::Unknown),
    }
}

/// How long the server wants to be left alone; a date is taken for a while.
fn wait(response: &Response<Body>) -> Option<Duration> {
    let seconds = header(response, "retry-after")?
        .trim()
        .parse()
        .unwrap_or(LONGEST_WAIT.as_secs());
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

fn header<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}
