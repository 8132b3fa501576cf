//! What a connection is to write, and how much of it goes at a time.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::AsyncWrite;

use super::outbox::Due;

/// Slices in one vectored write; the system takes no more than 1024.
const SLICES_MAX: usize = 64;

/// Bytes to be written.
#[derive(Debug, Default)]
pub(super) struct Outflow {
    chunks: VecDeque<Chunk>,
    /// Whether something was written that may not have left yet.
    flush: bool,
    /// Whether that is a piece which the client is to see on its own.
    piece: bool,
}

#[derive(Debug)]
struct Chunk {
    bytes: Bytes,
    /// Whether nothing behind it is written before it has left.
    ends: bool,
}

impl Outflow {
    /// Takes what is to be written.
    pub(super) fn extend(&mut self, due: impl Iterator<Item = Due>) {
        for Due { frame, apart } in due {
            if apart {
                self.end_piece();
            }
            let chunks = frame.chunks.into_iter().filter(|chunk| !chunk.is_empty());
            self.chunks
                .extend(chunks.map(|bytes| Chunk { bytes, ends: false }));
            if apart {
                self.end_piece();
            }
        }
    }

    fn end_piece(&mut self) {
        if let Some(last) = self.chunks.back_mut() {
            last.ends = true;
        }
    }

    /// Whether all has left.
    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty() && !self.flush
    }

    /// Writes until nothing is left. `moved` says whether something was written. Between pieces that are to be seen apart,
    /// others have their turn.
    pub(super) fn poll_write(
        &mut self,
        stream: &mut (impl AsyncWrite + Unpin),
        cx: &mut Context<'_>,
        moved: &mut bool,
    ) -> Poll<io::Result<()>> {
        while !self.chunks.is_empty() {
            if self.piece {
                ready!(self.poll_flush(stream, cx))?;
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let mut slices = [IoSlice::new(&[]); SLICES_MAX];
            let mut count = 0;
            for (slice, chunk) in slices.iter_mut().zip(&self.chunks) {
                *slice = IoSlice::new(&chunk.bytes);
                count += 1;
                if chunk.ends {
                    break;
                }
            }
            let written = ready!(Pin::new(&mut *stream).poll_write_vectored(cx, &slices[..count]))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *moved = true;
            self.flush = true;
            self.written(written);
        }
        if self.flush {
            ready!(self.poll_flush(stream, cx))?;
        }
        // Idle connections own nothing that was needed once.
        self.chunks = VecDeque::new();
        Poll::Ready(Ok(()))
    }

    /// TLS keeps what it could not write yet.
    fn poll_flush(
        &mut self,
        stream: &mut (impl AsyncWrite + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(Pin::new(stream).poll_flush(cx))?;
        self.flush = false;
        self.piece = false;
        Poll::Ready(Ok(()))
    }

    fn written(&mut self, mut count: usize) {
        while let Some(chunk) = self.chunks.front_mut() {
            if count < chunk.bytes.len() {
                chunk.bytes.advance(count);
                return;
            }
            count -= chunk.bytes.len();
            self.piece |= chunk.ends;
            self.chunks.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use protocol::wire::Frame;

    use super::*;

    /// Notes what is written at a time, and when it is flushed.
    #[derive(Default)]
    struct Noted(Vec<String>);

    impl AsyncWrite for Noted {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.0.push(String::from_utf8(bytes.to_vec()).unwrap());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_write_vectored(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            slices: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.iter().copied()).collect();
            self.poll_write(cx, &bytes)
        }

        fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            self.0.push("flush".to_owned());
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn pieces_leave_one_by_one_and_the_rest_together() {
        let due = |text: &'static str, apart| Due {
            frame: Frame {
                chunks: vec![Bytes::from_static(text.as_bytes()), Bytes::new()],
            },
            apart,
        };
        let all = [
            due("a", false),
            due("b", false),
            due("1", true),
            due("2", true),
            due("c", false),
            due("d", false),
        ];
        let mut outflow = Outflow::default();
        outflow.extend(all.into_iter());
        let (mut noted, mut turns) = (Noted::default(), 0);
        poll_fn(|cx| {
            turns += 1;
            outflow.poll_write(&mut noted, cx, &mut false)
        })
        .await
        .unwrap();
        assert_eq!(
            noted.0,
            ["ab", "flush", "1", "flush", "2", "flush", "cd", "flush"]
        );
        assert_eq!(turns, 4, "others have their turn between pieces");
        assert!(outflow.is_empty());
    }
}
