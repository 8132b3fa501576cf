//! The connections of a process that has no client of ours: one request at a time to each broker.

use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use protocol::Request;
use protocol::frame::{FrameDecoder, decode_response, encode_request};

use super::executor::{Clock, either};
use super::net::ConnId;

/// The lines of a process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Lines {
    clock: Clock,
    name: &'static str,
    state: Rc<RefCell<State>>,
}

#[derive(Default)]
struct State {
    lines: BTreeMap<i32, Line>,
    wishes: VecDeque<Wish>,
    waker: Option<Waker>,
    last_correlation: i32,
}

/// A connection to a broker, or the attempt to make one.
#[derive(Default)]
struct Line {
    conn: Option<ConnId>,
    is_open: bool,
    decoder: FrameDecoder,
    answers: VecDeque<Bytes>,
}

/// What the network is to do.
pub(crate) enum Wish {
    Close(ConnId),
    Dial(i32),
    Send(ConnId, Bytes),
}

/// How long an answer may take, the time to connect included.
const PATIENCE: Duration = Duration::from_millis(1_500);

impl Lines {
    pub(crate) fn new(clock: Clock, name: &'static str) -> Self {
        Self {
            clock,
            name,
            state: Rc::default(),
        }
    }

    /// Asks a broker something. What is not answered in time ends the line.
    pub(crate) async fn ask<R: Request>(
        &self,
        broker: i32,
        version: i16,
        request: &R,
    ) -> Result<R::Response, String> {
        let exchange = self.exchange(broker, version, request);
        let outcome = either(exchange, self.clock.sleep(PATIENCE)).await;
        let outcome = outcome.unwrap_or_else(|()| Err(format!("{} was not answered in time", R::NAME)));
        if outcome.is_err() {
            self.close(broker);
        }
        outcome
    }

    async fn exchange<R: Request>(
        &self,
        broker: i32,
        version: i16,
        request: &R,
    ) -> Result<R::Response, String> {
        let conn = self.connect(broker).await?;
        let correlation = {
            let mut state = self.state.borrow_mut();
            state.last_correlation += 1;
            state.last_correlation
        };
        let frame = encode_request(correlation, Some(self.name), version, request)
            .map_err(|error| error.to_string())?;
        let bytes = frame.to_bytes();
        self.state.borrow_mut().wishes.push_back(Wish::Send(conn, bytes));
        let answer = self.until(broker, |line| line.answers.pop_front()).await?;
        let (answered, response) =
            decode_response::<R::Response>(&answer, version).map_err(|error| error.to_string())?;
        match answered == correlation {
            true => Ok(response),
            false => Err(format!("{} got the answer to another request", R::NAME)),
        }
    }

    async fn connect(&self, broker: i32) -> Result<ConnId, String> {
        {
            let state = &mut *self.state.borrow_mut();
            if let Entry::Vacant(line) = state.lines.entry(broker) {
                line.insert(Line::default());
                state.wishes.push_back(Wish::Dial(broker));
            }
        }
        self.until(broker, |line| line.conn.filter(|_| line.is_open))
            .await
    }

    /// Waits until `look` finds something on a line; an error when the line ends before.
    async fn until<T>(&self, broker: i32, look: impl Fn(&mut Line) -> Option<T>) -> Result<T, String> {
        std::future::poll_fn(|cx| {
            let mut state = self.state.borrow_mut();
            let Some(line) = state.lines.get_mut(&broker) else {
                return Poll::Ready(Err(format!("the line to broker {broker} ended")));
            };
            if let Some(found) = look(line) {
                return Poll::Ready(Ok(found));
            }
            state.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }

    fn close(&self, broker: i32) {
        let mut state = self.state.borrow_mut();
        let conn = state.lines.remove(&broker).and_then(|line| line.conn);
        state.wishes.extend(conn.map(Wish::Close));
    }

    /// The next thing that the network is to do.
    pub(crate) fn poll_wish(&self) -> Option<Wish> {
        self.state.borrow_mut().wishes.pop_front()
    }

    /// The connections there are, or that are being made.
    pub(crate) fn conns(&self) -> Vec<ConnId> {
        let state = self.state.borrow();
        state.lines.values().filter_map(|line| line.conn).collect()
    }

    /// Learns by which name the network knows the line to a broker. False when nobody wants it any more.
    pub(crate) fn dialed(&self, broker: i32, conn: ConnId) -> bool {
        let mut state = self.state.borrow_mut();
        let line = state.lines.get_mut(&broker);
        line.map(|line| line.conn = Some(conn)).is_some()
    }

    /// Learns what became of an attempt to connect.
    pub(crate) fn connected(&self, conn: ConnId, is_accepted: bool) {
        self.at(conn, |line| {
            line.is_open = is_accepted;
            is_accepted
        });
    }

    /// Takes bytes in.
    pub(crate) fn receive(&self, conn: ConnId, bytes: &[u8]) {
        self.at(conn, |line| {
            line.decoder.space().extend_from_slice(bytes);
            loop {
                match line.decoder.next_frame() {
                    Ok(Some(frame)) => line.answers.push_back(frame),
                    Ok(None) => return true,
                    Err(_) => return false,
                }
            }
        });
    }

    /// Learns that a connection ended.
    pub(crate) fn closed(&self, conn: ConnId) {
        self.at(conn, |_| false);
    }

    /// Does something to the line of a connection, and forgets it unless it is of use still.
    fn at(&self, conn: ConnId, change: impl FnOnce(&mut Line) -> bool) {
        let mut state = self.state.borrow_mut();
        let found = state.lines.iter_mut().find(|(_, line)| line.conn == Some(conn));
        let Some((&broker, line)) = found else { return };
        if !change(line) {
            state.lines.remove(&broker);
        }
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}
