//! How things get from one end to the other.

use std::cmp::Reverse;
use std::time::Duration;

use super::pipe::Item;
use super::{Arrival, Closing, ConnId, End, Network, SEND_BUFFER};

impl Network {
    /// Takes what is first in a direction, if it may arrive.
    pub(super) fn take(&mut self, now: Duration, id: ConnId, to: End) -> Option<Arrival> {
        let merges = self.rng.bool();
        let conn = self.conns.get_mut(&id)?;
        let is_there = match to {
            End::Broker => conn.broker_open || conn.link.is_none(),
            End::Client => conn.client_open,
        };
        let (process, broker) = (conn.process, conn.broker);
        let pipe = conn.pipe(to);
        let held = pipe
            .clogged_until
            .max(self.weather.clogged_until(process, broker, to));
        if held > now {
            self.push(held, id, to);
            return None;
        }
        if pipe.is_full || pipe.items.front().is_none_or(|(due, _)| *due > now) {
            return None;
        }
        let (_, item) = pipe.items.pop_front()?;
        if let Item::Bytes(bytes) = &item {
            pipe.bytes -= bytes.len();
            if pipe.bytes <= SEND_BUFFER {
                let reports = std::mem::take(&mut pipe.reports);
                self.drained.extend(std::iter::repeat_n(id, reports));
            }
        }
        let item = match item {
            Item::Bytes(first) if merges => Item::Bytes(pipe.merge(now, first)),
            item => item,
        };
        self.wake(now, id, to);
        if !is_there {
            return self.nobody(now, id, to, &item);
        }
        match item {
            Item::Bytes(bytes) => Some(Arrival::Bytes(id, to, bytes)),
            Item::Closing(how) => {
                self.forget_end(id, to);
                if how == Closing::Finished {
                    // The other end is half closed; ours closes in turn.
                    self.forget_end(id, to.other());
                }
                let arrival = Arrival::Closed(id, to, how);
                Some(arrival)
            }
            Item::Connected(accepted) => Some(Arrival::Connected(id, accepted)),
            Item::Dial => Some(Arrival::Dialed(id, broker)),
        }
    }

    /// What comes for an end that is gone: whoever sends is told, unless the whole machine is gone.
    fn nobody(&mut self, now: Duration, id: ConnId, to: End, item: &Item) -> Option<Arrival> {
        if matches!(item, Item::Bytes(_)) && self.rng.bool() {
            self.put(now, id, to.other(), Item::Closing(Closing::Reset));
        }
        self.sweep(id);
        None
    }

    pub(super) fn put(&mut self, now: Duration, id: ConnId, to: End, item: Item) {
        let late = self.weather.delay(&mut self.rng);
        let Some(conn) = self.conns.get_mut(&id) else {
            return;
        };
        let pipe = conn.pipe(to);
        if pipe.is_dead {
            return;
        }
        if let Item::Bytes(bytes) = &item {
            pipe.bytes += bytes.len();
        }
        let due = (now + pipe.latency + late).max(pipe.last);
        pipe.last = due;
        pipe.items.push_back((due, item));
        self.push(due, id, to);
    }

    pub(super) fn wake(&mut self, now: Duration, id: ConnId, to: End) {
        let due = self
            .conns
            .get_mut(&id)
            .and_then(|conn| conn.pipe(to).items.front().map(|(due, _)| *due));
        if let Some(due) = due {
            self.push(due.max(now), id, to);
        }
    }

    pub(super) fn push(&mut self, at: Duration, id: ConnId, to: End) {
        self.next_entry += 1;
        self.queue.push(Reverse((at, self.next_entry, id, to)));
    }

    pub(super) fn forget_end(&mut self, id: ConnId, end: End) {
        if let Some(conn) = self.conns.get_mut(&id) {
            match end {
                End::Broker => conn.broker_open = false,
                End::Client => conn.client_open = false,
            }
        }
    }
}
