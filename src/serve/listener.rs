//! A host and a port -> a bound socket, at the next free port if another program has this one. Knows nothing of what is served.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::error::ServeError;
use super::event::ServeEvent;

/// How many ports are tried, one after the other.
const PORTS: u16 = 20;

/// A bound socket.
pub(super) struct BoundListener {
    pub(super) socket: TcpListener,
    address: SocketAddr,
    /// The port that was asked for, if another program has it.
    taken: Option<u16>,
}

impl BoundListener {
    /// Binds the port, or the next one that is free. With port 0 the system chooses.
    pub(super) fn bind(host: IpAddr, port: u16) -> Result<Self, ServeError> {
        let last = if port == 0 {
            0
        } else {
            port.saturating_add(PORTS)
        };
        for candidate in port..=last {
            let address = SocketAddr::new(host, candidate);
            let socket = match TcpListener::bind(address) {
                Ok(socket) => socket,
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && candidate < last => {
                    continue;
                }
                Err(error) => return Err(ServeError::Port(address, error)),
            };
            if candidate < last && is_taken_on_ipv6(address) {
                continue;
            }
            return Ok(BoundListener {
                address: socket.local_addr()?,
                socket,
                taken: if candidate == port { None } else { Some(port) },
            });
        }
        Err(ServeError::Port(
            SocketAddr::new(host, port),
            io::ErrorKind::AddrInUse.into(),
        ))
    }

    /// The event with the address to type into a browser.
    pub(super) fn ready(&self) -> ServeEvent<'static> {
        ServeEvent::Ready {
            address: browser_url(self.address),
            taken: self.taken,
            open: !self.address.ip().is_loopback(),
        }
    }
}

/// The address of the preview for a browser.
fn browser_url(address: SocketAddr) -> String {
    let ip = address.ip();
    // `0.0.0.0` and `::` mean "all addresses of this machine"; browsers refuse to open them.
    let is_localhost = ip.is_loopback() && ip.is_ipv4();
    if is_localhost || ip.is_unspecified() {
        return format!("http://localhost:{}/", address.port());
    }
    format!("http://{address}/")
}

/// True if another program listens at the same port of `localhost`'s IPv6 address.
fn is_taken_on_ipv6(address: SocketAddr) -> bool {
    if address.ip() != Ipv4Addr::LOCALHOST {
        return false;
    }
    // Browsers try both addresses of `localhost`, `::1` first: a program that has the other one would answer in our place, although the port
    // could be bound.
    let other = SocketAddr::new(Ipv6Addr::LOCALHOST.into(), address.port());
    TcpListener::bind(other).is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}
