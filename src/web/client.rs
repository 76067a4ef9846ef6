//! One address -> its status, by `HEAD`, or by `GET` for servers that don't answer `HEAD`, following redirects.

use std::time::Duration;

use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};

use super::address::{encoded, host, joined};
use crate::check::external::UrlStatus;

/// Browsers follow no more redirects than this.
const MOST_REDIRECTS: usize = 10;

/// The longest `Retry-After` that is respected.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The result of one request.
pub(super) enum Reply {
    Final(UrlStatus),
    /// A temporary error: retried after `wait`, or after the usual pause. The status counts if there is no further try.
    Later {
        wait: Option<Duration>,
        status: UrlStatus,
        /// True if the server took the connection, or not even that, and said nothing.
        silent: bool,
    },
}

/// An HTTP client that reports each redirect instead of following it, to see which ones are permanent.
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

    /// Requests one address and follows its redirects. The status names an address only if it has moved there permanently.
    pub(super) fn request(&self, address: &str) -> Reply {
        let mut current = encoded(address);
        // A redirect that follows a temporary one may be different tomorrow, so only the permanent ones at the beginning count.
        let (mut moved, mut is_permanent) = (None, true);
        for _ in 0..=MOST_REDIRECTS {
            let response = match self.response(&current) {
                Ok(response) => response,
                Err(error) => return self.failure(&current, &error),
            };
            let Some(location) = redirect(&current, &response) else {
                return reply(&response, moved);
            };
            is_permanent &= matches!(
                response.status(),
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            );
            if is_permanent {
                moved = Some(location.clone());
            }
            current = location;
        }
        Reply::Final(UrlStatus::Dead(format!(
            "more than {MOST_REDIRECTS} redirects"
        )))
    }

    fn response(&self, address: &str) -> Result<Response<Body>, Error> {
        match self.agent.head(address).call() {
            Ok(response) if may_reject_head(response.status()) => self.agent.get(address).call(),
            // Some servers close the connection on a method they don't know.
            Err(Error::Protocol(_)) => self.agent.get(address).call(),
            other => other,
        }
    }

    /// The reply for a request without a response.
    fn failure(&self, address: &str, error: &Error) -> Reply {
        let server = host(address);
        match error {
            Error::HostNotFound => temporary(format!("host not found: `{server}`")),
            Error::Timeout(_) => {
                let seconds = self.timeout.as_secs_f32();
                Reply::Later {
                    wait: None,
                    status: UrlStatus::Dead(format!(
                        "`{server}` did not respond within {seconds} seconds"
                    )),
                    silent: true,
                }
            }
            Error::Io(_) | Error::ConnectionFailed => {
                temporary(format!("can't connect to `{server}`"))
            }
            Error::Protocol(_) => temporary(format!("`{server}` sent an invalid HTTP response")),
            error if is_tls(error) => Reply::Final(UrlStatus::Dead(format!(
                "the certificate of `{server}` is not trusted"
            ))),
            Error::BadUri(_) | Error::Http(_) => {
                Reply::Final(UrlStatus::Dead("invalid address".to_owned()))
            }
            _ => Reply::Final(UrlStatus::Unknown),
        }
    }
}

/// The reply for an error that may be over after a while.
fn temporary(why: String) -> Reply {
    Reply::Later {
        wait: None,
        status: UrlStatus::Dead(why),
        silent: false,
    }
}

/// True for a status that may be due to the method and not to the address. Servers respond to `HEAD` with 403, 404 or 405 for pages that
/// `GET` finds, and frameworks without a handler for it with 500 or 501.
fn may_reject_head(status: StatusCode) -> bool {
    match status {
        // A second request would only make it worse.
        StatusCode::TOO_MANY_REQUESTS => false,
        StatusCode::NOT_IMPLEMENTED | StatusCode::INTERNAL_SERVER_ERROR => true,
        _ => status.is_client_error(),
    }
}

/// The address that a response redirects to; `None` if it is no redirect.
fn redirect(address: &str, response: &Response<Body>) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    joined(address, &encoded(header(response, "location")?))
}

/// The reply for a response that is no redirect. `moved` is the address that permanent redirects led to.
fn reply(response: &Response<Body>, moved: Option<String>) -> Reply {
    let status = response.status();
    if status.is_success() {
        return match moved {
            Some(address) => Reply::Final(UrlStatus::Moved(address)),
            None => Reply::Final(UrlStatus::Ok),
        };
    }
    let dead = UrlStatus::Dead(format!("the server responds with {status}"));
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Reply::Final(dead),
        StatusCode::TOO_MANY_REQUESTS => Reply::Later {
            wait: retry_after(response),
            status: UrlStatus::Unknown,
            silent: false,
        },
        _ if status.is_server_error() => Reply::Later {
            wait: retry_after(response),
            status: dead,
            silent: false,
        },
        // The server wants a login or rejects programs. In a browser the page may be there, so it isn't reported as dead.
        _ => Reply::Final(UrlStatus::Unknown),
    }
}

/// The time until the server accepts requests again (RFC 9110, section 10.2.3). A date isn't parsed: it counts as the longest wait.
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let value = header(response, "retry-after")?.trim();
    let seconds = value.parse().unwrap_or(LONGEST_WAIT.as_secs());
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

fn header<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

/// True if no encrypted connection could be made.
fn is_tls(error: &Error) -> bool {
    #[cfg(feature = "tls")]
    if matches!(error, Error::Rustls(_)) {
        return true;
    }
    matches!(error, Error::Tls(_))
}
