//! One task per connection: bytes out of the socket into the core, frames out of the core into the socket.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

use super::outbox::{Due, End, Turn};
use super::outflow::Outflow;
use super::shared::Shared;
use super::stream::Stream;
use crate::answers::LinkId;

/// Bytes that are read at a time.
const READ_MAX: usize = 128 * 1024;
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
    taken: Vec<Due>,
    /// What is to be written.
    outflow: Outflow,
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
            outflow: Outflow::default(),
            linger: None,
            ending: false,
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
            if !self.outflow.is_empty() {
                let mut moved = false;
                match self.outflow.poll_write(&mut self.stream, cx, &mut moved) {
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
                self.outflow.extend(self.taken.drain(..));
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
