//! One task per connection: frames out of the outbox into the socket, frames out of the socket into the inbox.

use std::collections::VecDeque;
use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::{Buf, Bytes, BytesMut};
use parking_lot::Mutex;
use protocol::frame::FrameDecoder;
use protocol::wire::Frame;
use tokio::io::{AsyncReadExt, AsyncWrite};

use super::shared::{Event, Shared};
use super::socket::Socket;
use crate::engine::LinkId;

/// What the engine wants written on one connection.
#[derive(Debug, Default)]
pub(super) struct Outbox(Mutex<OutboxState>);

#[derive(Debug, Default)]
struct OutboxState {
    frames: Vec<(Frame, bool)>,
    sleeper: Option<Waker>,
    closed: bool,
}

impl Outbox {
    /// Adds a frame. Returns the task to wake, if it sleeps.
    pub(super) fn push(&self, frame: Frame, report: bool) -> Option<Waker> {
        let mut state = self.0.lock();
        state.frames.push((frame, report));
        state.sleeper.take()
    }

    /// Makes the task end.
    pub(super) fn close(&self) {
        let sleeper = {
            let mut state = self.0.lock();
            state.closed = true;
            state.sleeper.take()
        };
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }
}

/// Slices in one vectored write; the system takes no more than 1024.
const SLICES_MAX: usize = 64;
/// Frames handed to the engine before the task gives others a turn.
const FRAMES_PER_TURN: usize = 64;

/// Moves frames until the engine or the peer closes the connection.
pub(super) struct Connection {
    id: LinkId,
    socket: Socket,
    shared: Arc<Shared>,
    outbox: Arc<Outbox>,
    /// Taken out of the outbox.
    taken: Vec<(Frame, bool)>,
    /// Bytes to write.
    chunks: VecDeque<Bytes>,
    /// Chunks until the end of each frame that is to be reported, counted from the one before.
    reports: VecDeque<usize>,
    /// Chunks behind the last frame to be reported.
    unreported: usize,
    decoder: FrameDecoder,
    flush: bool,
}

impl Connection {
    pub(super) fn new(
        id: LinkId,
        socket: Socket,
        shared: Arc<Shared>,
        outbox: Arc<Outbox>,
        frame_max: usize,
    ) -> Self {
        Self {
            id,
            socket,
            shared,
            outbox,
            taken: Vec::new(),
            chunks: VecDeque::new(),
            reports: VecDeque::new(),
            unreported: 0,
            decoder: FrameDecoder::new(frame_max),
            flush: false,
        }
    }

    /// Takes what the engine left. Returns whether the connection is to be closed.
    fn take(&mut self, cx: &Context<'_>) -> bool {
        {
            let mut state = self.outbox.0.lock();
            std::mem::swap(&mut state.frames, &mut self.taken);
            if state.closed {
                return true;
            }
            match &mut state.sleeper {
                Some(known) if known.will_wake(cx.waker()) => {}
                other => *other = Some(cx.waker().clone()),
            }
        }
        for (frame, report) in self.taken.drain(..) {
            let chunks = frame.chunks.into_iter().filter(|chunk| !chunk.is_empty());
            let before = self.chunks.len();
            self.chunks.extend(chunks);
            self.unreported += self.chunks.len() - before;
            if report {
                self.reports.push_back(std::mem::take(&mut self.unreported));
            }
        }
        false
    }

    /// Writes until nothing is left.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.chunks.is_empty() {
            let mut slices = [IoSlice::new(&[]); SLICES_MAX];
            let mut count = 0;
            for (slice, chunk) in slices.iter_mut().zip(&self.chunks) {
                *slice = IoSlice::new(chunk);
                count += 1;
            }
            let written = ready!(Pin::new(&mut self.socket).poll_write_vectored(cx, &slices[..count]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.flush = true;
            self.written(written);
        }
        if self.flush {
            // TLS keeps what it could not write yet.
            ready!(Pin::new(&mut self.socket).poll_flush(cx))?;
            self.flush = false;
        }
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
            match self.reports.front_mut() {
                Some(1) => {
                    self.reports.pop_front();
                    self.shared.post(Event::Written(self.id));
                }
                Some(left) => *left -= 1,
                None => self.unreported -= 1,
            }
        }
    }

    /// Reads what is there. Ready when the peer has closed, or spoken what is no frame.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Event> {
        let mut turn = 0;
        loop {
            loop {
                match self.decoder.next_frame() {
                    Ok(Some(frame)) => {
                        self.shared.post(Event::Frame(self.id, frame));
                        turn += 1;
                    }
                    Ok(None) => break,
                    Err(error) => return Poll::Ready(Event::BadFrame(self.id, error)),
                }
            }
            if turn >= FRAMES_PER_TURN {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            match ready!(poll_read_buf(&mut self.socket, self.decoder.space(), cx)) {
                Ok(0) => return Poll::Ready(Event::Closed(self.id, None)),
                Ok(_) => {}
                Err(error) => return Poll::Ready(self.socket.broken(self.id, error)),
            }
        }
    }
}

/// Reads into the room that `buffer` has. The future holds nothing between two polls.
fn poll_read_buf(
    socket: &mut Socket,
    buffer: &mut BytesMut,
    cx: &mut Context<'_>,
) -> Poll<io::Result<usize>> {
    std::pin::pin!(socket.read_buf(buffer)).poll(cx)
}

impl Future for Connection {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if this.take(cx) {
            return Poll::Ready(());
        }
        if let Poll::Ready(Err(error)) = this.poll_write(cx) {
            // What the peer said before it closed tells more than the failed write.
            let event = match this.poll_read(cx) {
                Poll::Ready(event) => event,
                Poll::Pending => this.socket.broken(this.id, error),
            };
            this.shared.post(event);
            return Poll::Ready(());
        }
        match this.poll_read(cx) {
            Poll::Ready(event) => {
                this.shared.post(event);
                Poll::Ready(())
            }
            Poll::Pending => Poll::Pending,
        }
    }
}
