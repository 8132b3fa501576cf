//! Who reads which partitions, in sessions or for one request, and who waits for something to happen in them.

mod reader;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use protocol::{ErrorCode, Uuid};
use rustc_hash::FxHashMap;

use reader::ReaderId;
pub(crate) use reader::{Reader, Slot, Wanted};
pub(crate) use sessions::Asking;
use sessions::Sessions;

use super::topics::TopicPartition;
use crate::answers::{LinkId, Ticket};

/// What a fetch says besides its partitions.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// Who asked for what session.
    pub(crate) asking: Asking,
    pub(crate) version: i16,
    pub(crate) kind: FetchKind,
    pub(crate) min_bytes: usize,
    pub(crate) max_bytes: i64,
    /// Whether records of open transactions are left out.
    pub(crate) committed: bool,
    /// Where the client is, when it is to be sent to a near replica (KIP-392).
    pub(crate) rack: Option<Arc<str>>,
}

/// How a fetch has to do with sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchKind {
    /// It is alone.
    Alone,
    /// It opens a session if there is room for one.
    Opening,
    /// It goes on with a session.
    In(i32),
}

/// A fetch that is taken out to be answered, or to wait again.
#[derive(Debug)]
pub(crate) struct Fetch {
    id: ReaderId,
    pub(crate) reader: Reader,
    pub(crate) terms: Terms,
    waits: Option<Waits>,
    /// Whether its partitions are watched.
    watched: bool,
}

#[derive(Debug)]
struct Waits {
    ticket: Ticket,
    deadline: Duration,
    touched: bool,
}

impl Fetch {
    fn is_in_session(&self) -> bool {
        matches!(self.terms.kind, FetchKind::In(_))
    }
}

/// All readers.
#[derive(Debug, Default)]
pub(crate) struct Fetches {
    next: u64,
    readers: BTreeMap<ReaderId, Fetch>,
    /// Who reads a partition, by ascending id, with the place it has there.
    watchers: FxHashMap<TopicPartition, Vec<(ReaderId, usize)>>,
    by_deadline: BTreeSet<(Duration, ReaderId)>,
    by_link: FxHashMap<LinkId, ReaderId>,
    touched: Vec<ReaderId>,
    sessions: Sessions,
    /// Partitions of the fetches that wait and are in no session.
    waiting: usize,
}

/// Partitions that all fetches which wait, and are in no session, may have together. Whoever wants more is answered at once.
const WAITING_MAX: usize = 1_000_000;

impl Fetches {
    /// Notes that something happened in a partition: those who wait for it are [`take_ready`](Self::take_ready).
    pub(crate) fn touch(&mut self, partition: &TopicPartition) {
        let Some(watchers) = self.watchers.get(partition) else {
            return;
        };
        for (id, place) in watchers {
            if let Some(fetch) = self.readers.get_mut(id) {
                fetch.reader.mark(*place);
                wake(&mut self.touched, *id, fetch);
            }
        }
    }

    /// Notes that something may have happened in any partition.
    pub(crate) fn touch_all(&mut self) {
        for (id, fetch) in &mut self.readers {
            fetch.reader.mark_all();
            wake(&mut self.touched, *id, fetch);
        }
    }

    /// Whether nobody reads anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.readers.is_empty()
    }

    /// A fetch of these partitions alone, or the first of a session.
    pub(crate) fn begin(&mut self, terms: Terms, reader: Reader) -> Fetch {
        let id = ReaderId(self.next);
        self.next += 1;
        Fetch {
            id,
            reader,
            terms,
            waits: None,
            watched: false,
        }
    }

    /// Takes out the fetch of a session for its next request, which has `epoch`. A request of it that waits is returned
    /// beside it: the client has given it up.
    ///
    /// # Errors
    ///
    /// When it is not the next request of a session.
    pub(crate) fn resume(
        &mut self,
        terms: Terms,
        session: i32,
        epoch: i32,
    ) -> Result<(Fetch, Option<Ticket>), ErrorCode> {
        let id = self.sessions.begin(terms.asking, session, epoch)?;
        let mut fetch = self.take(id).ok_or(ErrorCode::FETCH_SESSION_ID_NOT_FOUND)?;
        let given_up = fetch.waits.take().map(|waits| waits.ticket);
        fetch.terms = terms;
        Ok((fetch, given_up))
    }

    /// Adds a partition to a fetch, or changes what is wanted of it.
    pub(crate) fn put(&mut self, fetch: &mut Fetch, slot: Slot) {
        let watched = slot.name.clone().filter(|_| fetch.watched);
        let index = slot.partition;
        if let Some(place) = fetch.reader.put(slot)
            && let Some(topic) = watched
        {
            self.watch(
                TopicPartition {
                    topic,
                    partition: index,
                },
                fetch.id,
                place,
            );
        }
    }

    /// Takes a partition out of a fetch.
    pub(crate) fn forget(&mut self, fetch: &mut Fetch, name: &Arc<str>, id: Uuid, partition: i32) {
        let removed = fetch.reader.remove(name, id, partition);
        if let Some((
            place,
            Slot {
                name: Some(topic), ..
            },
        )) = removed
            && fetch.watched
        {
            self.unwatch(&TopicPartition { topic, partition }, fetch.id, place);
        }
    }

    /// Learns that a topic with the id of a partition is there by now.
    pub(crate) fn resolve(&mut self, fetch: &mut Fetch, place: usize, topic: &Arc<str>) {
        let Some(slot) = fetch.reader.slot_mut(place) else {
            return;
        };
        slot.name = Some(topic.clone());
        let partition = slot.partition;
        if fetch.watched {
            let topic = topic.clone();
            self.watch(TopicPartition { topic, partition }, fetch.id, place);
        }
    }

    /// Whether there is room for a fetch to wait.
    pub(crate) fn may_wait(&self, fetch: &Fetch) -> bool {
        fetch.is_in_session() || self.waiting + fetch.reader.len() <= WAITING_MAX
    }

    /// Lets a fetch wait until one of its partitions is touched or `deadline` has come.
    pub(crate) fn park(&mut self, mut fetch: Fetch, ticket: Ticket, deadline: Duration) {
        self.watch_all(&mut fetch);
        if !fetch.is_in_session() {
            self.waiting += fetch.reader.len();
        }
        self.by_deadline.insert((deadline, fetch.id));
        self.by_link.insert(ticket.link, fetch.id);
        fetch.waits = Some(Waits {
            ticket,
            deadline,
            touched: false,
        });
        self.readers.insert(fetch.id, fetch);
    }

    /// Keeps the reader of a session for its next request.
    pub(crate) fn keep(&mut self, mut fetch: Fetch, session: i32) {
        if self.sessions.reader(session) != Some(fetch.id)
            || !self.sessions.resize(session, fetch.reader.len())
        {
            self.sessions.remove(fetch.terms.asking.broker, session);
            self.drop_fetch(fetch);
            return;
        }
        self.watch_all(&mut fetch);
        self.readers.insert(fetch.id, fetch);
    }

    /// Opens a session for a fetch, if its broker has room for another of `slots`. Returns its id, 0 for none, and the
    /// tickets of those who waited in sessions that had to go.
    pub(crate) fn open_session(
        &mut self,
        fetch: Fetch,
        slots: usize,
        draw: impl FnMut() -> i32,
    ) -> (i32, Vec<Ticket>) {
        let asking = fetch.terms.asking;
        let partitions = fetch.reader.len();
        let Some(gone) = self.sessions.make_room(asking, partitions, slots) else {
            self.drop_fetch(fetch);
            return (0, Vec::new());
        };
        let tickets = gone.into_iter().filter_map(|id| self.end(id)).collect();
        let session = self.sessions.open(asking, fetch.id, partitions, draw);
        self.keep(fetch, session);
        (session, tickets)
    }

    /// Closes a session of a broker. Returns the ticket of a request that waits in it.
    pub(crate) fn close_session(&mut self, broker: i32, session: i32) -> Option<Ticket> {
        let id = self.sessions.remove(broker, session)?;
        self.end(id)
    }

    /// Closes all sessions of a broker. Returns the tickets of requests that wait in them.
    pub(crate) fn forget_sessions(&mut self, broker: i32) -> Vec<Ticket> {
        let gone = self.sessions.remove_all(broker);
        gone.into_iter().filter_map(|id| self.end(id)).collect()
    }

    /// Lets a fetch go.
    pub(crate) fn drop_fetch(&mut self, fetch: Fetch) {
        if !fetch.watched {
            return;
        }
        for (place, slot) in fetch.reader.slots() {
            if let Some(topic) = slot.name.clone() {
                let partition = slot.partition;
                self.unwatch(&TopicPartition { topic, partition }, fetch.id, place);
            }
        }
    }

    /// The partitions that a session has.
    pub(crate) fn session(&self, session: i32) -> Option<&Reader> {
        let id = self.sessions.reader(session)?;
        self.readers.get(&id).map(|fetch| &fetch.reader)
    }

    /// Takes out a fetch that is to be tried again, or whose time is up, with its ticket and deadline.
    pub(crate) fn take_ready(&mut self, now: Duration) -> Option<(Fetch, Ticket, Duration)> {
        while let Some(id) = self.touched.pop() {
            let waits = self.readers.get(&id).and_then(|fetch| fetch.waits.as_ref());
            if waits.is_some_and(|waits| waits.touched) {
                return self.take_waiting(id);
            }
        }
        let &(deadline, id) = self.by_deadline.first()?;
        (deadline <= now).then(|| self.take_waiting(id)).flatten()
    }

    /// Forgets the request of a connection that is gone, and returns its ticket. A session outlives it.
    pub(crate) fn take_of(&mut self, link: LinkId) -> Option<Ticket> {
        let id = *self.by_link.get(&link)?;
        let (fetch, ticket, _) = self.take_waiting(id)?;
        match fetch.terms.kind {
            FetchKind::In(session) => self.keep(fetch, session),
            FetchKind::Alone | FetchKind::Opening => self.drop_fetch(fetch),
        }
        Some(ticket)
    }

    /// When the first request's time is up.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.by_deadline.first().map(|&(deadline, _)| deadline)
    }

    fn take_waiting(&mut self, id: ReaderId) -> Option<(Fetch, Ticket, Duration)> {
        let mut fetch = self.take(id)?;
        let Waits { ticket, deadline, .. } = fetch.waits.take()?;
        Some((fetch, ticket, deadline))
    }

    /// Takes a fetch out; it waits no more.
    fn take(&mut self, id: ReaderId) -> Option<Fetch> {
        let fetch = self.readers.remove(&id)?;
        if let Some(waits) = &fetch.waits {
            self.by_deadline.remove(&(waits.deadline, id));
            self.by_link.remove(&waits.ticket.link);
            if !fetch.is_in_session() {
                self.waiting -= fetch.reader.len();
            }
        }
        Some(fetch)
    }

    /// Ends a fetch whose session is gone; returns the ticket if it waits.
    fn end(&mut self, id: ReaderId) -> Option<Ticket> {
        let mut fetch = self.take(id)?;
        let waits = fetch.waits.take();
        self.drop_fetch(fetch);
        waits.map(|waits| waits.ticket)
    }

    fn watch_all(&mut self, fetch: &mut Fetch) {
        if std::mem::replace(&mut fetch.watched, true) {
            return;
        }
        for (place, slot) in fetch.reader.slots() {
            if let Some(topic) = slot.name.clone() {
                let partition = slot.partition;
                self.watch(TopicPartition { topic, partition }, fetch.id, place);
            }
        }
    }

    fn watch(&mut self, partition: TopicPartition, id: ReaderId, place: usize) {
        let watchers = self.watchers.entry(partition).or_default();
        if watchers.is_empty() {
            watchers.reserve_exact(1);
        }
        let at = watchers.partition_point(|&other| other < (id, place));
        watchers.insert(at, (id, place));
    }

    fn unwatch(&mut self, partition: &TopicPartition, id: ReaderId, place: usize) {
        let Some(watchers) = self.watchers.get_mut(partition) else {
            return;
        };
        if let Ok(at) = watchers.binary_search(&(id, place)) {
            watchers.remove(at);
        }
        if watchers.is_empty() {
            self.watchers.remove(partition);
        }
    }
}

fn wake(touched: &mut Vec<ReaderId>, id: ReaderId, fetch: &mut Fetch) {
    if let Some(waits) = &mut fetch.waits
        && !std::mem::replace(&mut waits.touched, true)
    {
        touched.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Ticket;
    use protocol::ApiKey;

    fn fetch(fetches: &mut Fetches, kind: FetchKind, partitions: i32) -> Fetch {
        let terms = Terms {
            asking: Asking {
                now: Duration::ZERO,
                broker: 1,
                broker_epoch: 0,
                by_topic_id: false,
            },
            version: 12,
            kind,
            min_bytes: 1,
            max_bytes: 1,
            committed: false,
            rack: None,
        };
        let wanted = Wanted {
            leader_epoch: -1,
            fetch_offset: 0,
            last_fetched_epoch: -1,
            max_bytes: 1,
        };
        let mut fetch = fetches.begin(terms, Reader::default());
        for partition in 0..partitions {
            let slot = Slot::new(Some("orders".into()), Uuid::ZERO, partition, wanted);
            fetches.put(&mut fetch, slot);
        }
        fetch
    }

    fn ticket(link: u64) -> Ticket {
        Ticket {
            link: LinkId(link),
            key: ApiKey::FETCH,
            version: 12,
            correlation_id: 0,
            account: None,
            size: 0,
            throttle: Duration::ZERO,
        }
    }

    #[test]
    fn fetches_wait_as_long_as_there_is_room_for_their_partitions() {
        let mut fetches = Fetches {
            waiting: WAITING_MAX - 10,
            ..Fetches::default()
        };
        let first = fetch(&mut fetches, FetchKind::Alone, 6);
        assert!(fetches.may_wait(&first));
        fetches.park(first, ticket(1), Duration::MAX);
        let second = fetch(&mut fetches, FetchKind::Opening, 5);
        assert!(!fetches.may_wait(&second));
        // Those of sessions are counted with the sessions.
        let in_session = fetch(&mut fetches, FetchKind::In(7), 5);
        assert!(fetches.may_wait(&in_session));
        fetches.park(in_session, ticket(2), Duration::MAX);
        assert_eq!(fetches.take_of(LinkId(1)), Some(ticket(1)));
        assert!(fetches.may_wait(&second));
        fetches.park(second, ticket(3), Duration::ZERO);
        let (_, taken, _) = fetches.take_ready(Duration::ZERO).unwrap();
        assert_eq!(taken, ticket(3));
        assert_eq!(fetches.take_of(LinkId(2)), Some(ticket(2)));
        assert_eq!(fetches.waiting, WAITING_MAX - 10);
    }
}
