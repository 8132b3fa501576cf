//! One task per connection: bytes out of the socket into the core, frames out of the core into the socket.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use protocol::wire::Frame;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

use super::outbox::{End, Turn};
use super::shared::Shared;
use super::stream::Stream;
use crate::answers::LinkId;

/// Bytes that are read at a time.
const READ_MAX: usize = 128 * 1024;
/// Slices in one vectored write; the system takes no more than 1024.
const SLICES_MAX: usize = 64;
/// How long a client may take for what was written before its connection is closed.
const LINGER: Duration = Duration::from_secs(1);

thread_local! {
    /// Where bytes are read to: one place for all connections, so that one that is idle has none.
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_MAX].into_boxed_slice());
}

/// Until when a client may take what was written, once it was found that it does not.
type Linger = Option<Pin<Box<Sleep>>>;

/// Moves bytes until the core or the client closes the connection.
#[derive(Debug)]
pub(super) struct Connection {
    link: LinkId,
    shared: Arc<Shared>,
    stream: Stream,
    /// Taken out of the outbox.
    taken: Vec<Frame>,
    /// What is to be written.
    chunks: VecDeque<Bytes>,
    /// Whether something was written that may not have left yet.
    flush: bool,
    /// Set when the connection is to end and its client does not take what was written.
    linger: Linger,
    /// Whether the stream is being shut down.
    ending: bool,
}

impl Connection {
    pub(super) fn new(link: LinkId, shared: Arc<Shared>, stream: Stream) -> Self {
        Self {
            link,
            shared,
            stream,
            taken: Vec::new(),
            chunks: VecDeque::new(),
            flush: false,
            linger: None,
            ending: false,
        }
    }

    /// Writes until nothing is left. `moved` says whether something was written.
    fn poll_write(&mut self, cx: &mut Context<'_>, moved: &mut bool) -> Poll<io::Result<()>> {
        while !self.chunks.is_empty() {
            let mut slices = [IoSlice::new(&[]); SLICES_MAX];
            let mut count = 0;
            for (slice, chunk) in slices.iter_mut().zip(&self.chunks) {
                *slice = IoSlice::new(chunk);
                count += 1;
            }
            let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, &slices[..count]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *moved = true;
            self.flush = true;
            self.written(written);
        }
        if self.flush {
            // TLS keeps what it could not write yet.
            ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
            self.flush = false;
        }
        // Idle connections own nothing that was needed once.
        self.chunks = VecDeque::new();
        Poll::Ready(Ok(()))
    }

    fn written(&mut self, mut bytes: usize) {
        while let Some(chunk) = self.chunks.front_mut() {
            if bytes < chunk.len() {
                chunk.advance(bytes);
                return;
            }
            bytes -= chunk.len();
            self.chunks.pop_front();
        }
    }

    /// What to do while the client takes nothing: to wait, unless the connection is to end. Ready when it has.
    fn poll_stuck(&mut self, cx: &mut Context<'_>, moved: bool) -> Poll<()> {
        match self.shared.stuck(self.link, moved, cx.waker()) {
            None => Poll::Pending,
            Some(End::Now) => Poll::Ready(()),
            Some(End::Flushed) => poll_linger(&mut self.linger, cx),
        }
    }

    /// Moves bytes. Ready when the connection is over.
    fn poll_bytes(&mut self, cx: &mut Context<'_>, scratch: &mut [u8]) -> Poll<io::Result<()>> {
        let mut received = 0;
        loop {
            let mut sent = false;
            if self.ending {
                return poll_end(&mut self.stream, &mut self.linger, cx);
            }
            if !self.chunks.is_empty() || self.flush {
                let mut moved = false;
                match self.poll_write(cx, &mut moved) {
                    Poll::Pending => return self.poll_stuck(cx, moved).map(Ok),
                    Poll::Ready(result) => result?,
                }
                sent = true;
            }
            let input = scratch.get(..received).unwrap_or_default();
            let turn = self
                .shared
                .turn(self.link, input, sent, cx.waker(), &mut self.taken);
            received = 0;
            if turn == Turn::End(End::Now) {
                return Poll::Ready(Ok(()));
            }
            if !self.taken.is_empty() {
                let chunks = self.taken.drain(..).flat_map(|frame| frame.chunks);
                self.chunks.extend(chunks.filter(|chunk| !chunk.is_empty()));
                continue;
            }
            match turn {
                Turn::Go => {}
                Turn::Wait => return Poll::Pending,
                Turn::End(_) => {
                    self.ending = true;
                    continue;
                }
            }
            let mut buffer = ReadBuf::new(scratch);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
            received = buffer.filled().len();
            if received == 0 {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Says goodbye, which for TLS is something to be written, too. Ready when that is done or takes too long.
fn poll_end(
    stream: &mut (impl AsyncWrite + Unpin),
    linger: &mut Linger,
    cx: &mut Context<'_>,
) -> Poll<io::Result<()>> {
    match Pin::new(stream).poll_shutdown(cx) {
        Poll::Pending => poll_linger(linger, cx).map(Ok),
        ended => ended,
    }
}

/// Ready when the client had the time that it may take.
fn poll_linger(linger: &mut Linger, cx: &mut Context<'_>) -> Poll<()> {
    let linger = linger.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
    linger.as_mut().poll(cx)
}

impl Future for Connection {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let ended = SCRATCH.with_borrow_mut(|scratch| this.poll_bytes(cx, scratch));
        ended.map(|result| {
            if let Err(error) = result {
                tracing::debug!("a connection broke: {error}");
            }
        })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.shared.closed(self.link);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// A stream whose client takes nothing.
    struct Full;

    impl AsyncWrite for Full {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
            Poll::Pending
        }
        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_goodbye_that_nobody_takes_ends() {
        let begin = Instant::now();
        let mut linger = None;
        let ended = std::future::poll_fn(|cx| poll_end(&mut Full, &mut linger, cx));
        tokio::time::timeout(60 * LINGER, ended).await.unwrap().unwrap();
        assert!(begin.elapsed() >= LINGER);
    }
}
