//! A socket -> connections, of which there are never more than the system has file descriptors for, and none of which waits for ever: one
//! over which nothing is sent for a while is closed. Event streams send something every few seconds. Knows nothing of HTTP.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// The most connections from this machine, and the most from all others together: a program may have 1024 open files on Linux, and 256 on
/// macOS.
const MOST: (usize, usize) = if cfg!(target_os = "linux") {
    (512, 128)
} else {
    (210, 20)
};

/// How long the first request may take to arrive. Connections without one are what fills the room for others.
const FIRST_REQUEST: Duration = Duration::from_secs(10);

/// How long a connection may be open without an answer being sent: for the next request, all of it, and its answer together.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// The end of the head of a request (RFC 9112, section 2.1).
const HEAD_END: [u8; 4] = *b"\r\n\r\n";

/// The pause after an error of the system, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// A socket that accepts a limited number of connections.
pub(super) struct LimitedListener {
    socket: TcpListener,
    /// For this machine, and for the others: these can't keep the writer out.
    near: Arc<Semaphore>,
    far: Arc<Semaphore>,
}

impl LimitedListener {
    pub(super) fn new(socket: TcpListener) -> Self {
        LimitedListener {
            socket,
            near: Arc::new(Semaphore::new(MOST.0)),
            far: Arc::new(Semaphore::new(MOST.1)),
        }
    }
}

impl Listener for LimitedListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            let Ok((stream, address)) = self.socket.accept().await else {
                sleep(PAUSE).await;
                continue;
            };
            let is_near = address.ip().to_canonical().is_loopback();
            let limit = if is_near { &self.near } else { &self.far };
            // One too many is closed at once: it would only wait for the others.
            if let Ok(permit) = Arc::clone(limit).try_acquire_owned() {
                return (Connection::new(stream, permit), address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }
}

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

impl Connected<IncomingStream<'_, LimitedListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, LimitedListener>) -> Self {
        Peer(*stream.remote_addr())
    }
}

/// A connection that ends when nothing is sent for too long.
pub(super) struct Connection {
    stream: TcpStream,
    end: Pin<Box<Sleep>>,
    /// How many bytes of [`HEAD_END`] have arrived one after the other; all of them once there was a request.
    heard: usize,
    _permit: OwnedSemaphorePermit,
}

impl Connection {
    fn new(stream: TcpStream, permit: OwnedSemaphorePermit) -> Self {
        Connection {
            stream,
            end: Box::pin(sleep_until(Instant::now() + FIRST_REQUEST)),
            heard: 0,
            _permit: permit,
        }
    }

    /// Looks for the end of the first request's head. A body may take longer.
    fn hear(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.heard == HEAD_END.len() {
                return;
            }
            if HEAD_END.get(self.heard) == Some(byte) {
                self.heard += 1;
            } else {
                self.heard = usize::from(*byte == HEAD_END[0]);
            }
        }
        if self.heard == HEAD_END.len() {
            self.end.as_mut().reset(Instant::now() + LONGEST_SILENCE);
        }
    }

    /// `waiting`, or an error if that has taken too long.
    fn unless_over<T>(
        &mut self,
        waiting: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if waiting.is_pending() {
            ready!(self.end.as_mut().poll(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        waiting
    }

    /// The same for something sent, which starts the time again.
    fn sent<T>(
        &mut self,
        sending: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(Ok(_)) = sending {
            self.end.as_mut().reset(Instant::now() + LONGEST_SILENCE);
        }
        self.unless_over(sending, context)
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // What arrives doesn't prolong the time, or a byte now and then would hold a connection for ever.
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if self.heard < HEAD_END.len() {
            self.hear(&buffer.filled()[before..]);
        }
        self.unless_over(read, context)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.sent(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.sent(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
