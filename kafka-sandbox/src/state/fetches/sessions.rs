//! Fetch sessions: brokers remember what clients read, so that requests say no more than what changed (KIP-227).

use std::collections::BTreeMap;
use std::time::Duration;

use protocol::ErrorCode;

use super::reader::ReaderId;

/// The sessions of all brokers, by id. Each broker has a limit of its own.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    by_id: BTreeMap<i32, Session>,
}

/// What a broker remembers of a client.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) broker: i32,
    /// The start of the broker that it was opened in: a broker that starts again knows none.
    broker_epoch: i64,
    pub(super) reader: ReaderId,
    /// The epoch that the next request must have.
    pub(super) epoch: i32,
    by_topic_id: bool,
    created: Duration,
    used: Duration,
    partitions: usize,
}

/// Who asks for a session, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) now: Duration,
    pub(crate) broker: i32,
    pub(crate) broker_epoch: i64,
    /// Whether topics are given by their ids.
    pub(crate) by_topic_id: bool,
}

impl Sessions {
    /// Begins a request of a session. Its epoch rises.
    ///
    /// # Errors
    ///
    /// When the broker knows no such session, expects another epoch, or learned the topics by what they are not called now.
    pub(super) fn begin(&mut self, asking: Asking, id: i32, epoch: i32) -> Result<ReaderId, ErrorCode> {
        let known = |session: &&mut Session| {
            session.broker == asking.broker && session.broker_epoch == asking.broker_epoch
        };
        let session = self.by_id.get_mut(&id).filter(known);
        let session = session.ok_or(ErrorCode::FETCH_SESSION_ID_NOT_FOUND)?;
        if session.epoch != epoch {
            return Err(ErrorCode::INVALID_FETCH_SESSION_EPOCH);
        }
        if session.by_topic_id != asking.by_topic_id {
            return Err(ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR);
        }
        session.epoch = epoch.checked_add(1).unwrap_or(1);
        session.used = asking.now;
        Ok(session.reader)
    }

    /// Makes room for a session of so many partitions, and returns the readers of those that had to go; none when no room
    /// can be made.
    pub(super) fn make_room(
        &mut self,
        asking: Asking,
        partitions: usize,
        slots: usize,
    ) -> Option<Vec<ReaderId>> {
        let mut gone = self.drop_stale(asking);
        let mut of_broker = 0;
        let mut kept = 0;
        for session in self.by_id.values().filter(|one| one.broker == asking.broker) {
            of_broker += 1;
            kept += session.partitions;
        }
        if kept + partitions > PARTITIONS_MAX {
            return None;
        }
        if of_broker < slots {
            return Some(gone);
        }
        let evicted = self.evictable(asking, partitions)?;
        gone.extend(self.remove(asking.broker, evicted));
        Some(gone)
    }

    /// Forgets sessions of an earlier life of the broker.
    fn drop_stale(&mut self, asking: Asking) -> Vec<ReaderId> {
        let mut gone = Vec::new();
        self.by_id.retain(|_, session| {
            let stale = session.broker == asking.broker && session.broker_epoch != asking.broker_epoch;
            if stale {
                gone.push(session.reader);
            }
            !stale
        });
        gone
    }

    /// The session that goes first: one that was not used for long, else a smaller one that is not young.
    fn evictable(&self, asking: Asking, partitions: usize) -> Option<i32> {
        let of_broker = || self.by_id.iter().filter(|(_, one)| one.broker == asking.broker);
        let old = |since: Duration| asking.now.saturating_sub(since) > EVICTION_AGE;
        let unused = of_broker().min_by_key(|&(&id, session)| (session.used, id));
        if let Some((&id, session)) = unused
            && old(session.used)
        {
            return Some(id);
        }
        let smallest = of_broker()
            .filter(|(_, session)| old(session.created))
            .min_by_key(|&(&id, session)| (session.partitions, id));
        let (&id, session) = smallest?;
        (session.partitions <= partitions).then_some(id)
    }

    /// Opens a session for which there is room, under an id that nobody has.
    pub(super) fn open(
        &mut self,
        asking: Asking,
        reader: ReaderId,
        partitions: usize,
        mut draw: impl FnMut() -> i32,
    ) -> i32 {
        let id = loop {
            let id = draw();
            if id > 0 && !self.by_id.contains_key(&id) {
                break id;
            }
        };
        let session = Session {
            broker: asking.broker,
            broker_epoch: asking.broker_epoch,
            reader,
            epoch: 1,
            by_topic_id: asking.by_topic_id,
            created: asking.now,
            used: asking.now,
            partitions,
        };
        self.by_id.insert(id, session);
        id
    }

    /// Notes how many partitions a session has. Returns false when they are more than a broker remembers.
    pub(super) fn resize(&mut self, id: i32, partitions: usize) -> bool {
        if let Some(session) = self.by_id.get_mut(&id) {
            session.partitions = partitions;
        }
        partitions <= PARTITIONS_MAX
    }

    /// The reader of a session, whatever its broker.
    pub(super) fn reader(&self, id: i32) -> Option<ReaderId> {
        self.by_id.get(&id).map(|session| session.reader)
    }

    /// Closes all sessions of a broker.
    pub(super) fn remove_all(&mut self, broker: i32) -> Vec<ReaderId> {
        let mut gone = Vec::new();
        self.by_id.retain(|_, session| {
            let is_gone = session.broker == broker;
            if is_gone {
                gone.push(session.reader);
            }
            !is_gone
        });
        gone
    }

    /// Closes a session of a broker, if it has it.
    pub(super) fn remove(&mut self, broker: i32, id: i32) -> Option<ReaderId> {
        let known = self
            .by_id
            .get(&id)
            .is_some_and(|session| session.broker == broker);
        let session = known.then(|| self.by_id.remove(&id)).flatten()?;
        Some(session.reader)
    }
}

/// For how long a session that is not used, or that is new, is safe.
const EVICTION_AGE: Duration = Duration::from_secs(120);

/// Partitions of all sessions of one broker. Whoever wants more gets no session, and asks for everything each time.
const PARTITIONS_MAX: usize = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(seconds: u64) -> Asking {
        Asking {
            now: Duration::from_secs(seconds),
            broker: 1,
            broker_epoch: 1,
            by_topic_id: true,
        }
    }

    /// Opens a session of so many partitions where there is room for two; returns its id.
    fn open(sessions: &mut Sessions, seconds: u64, reader: u64, partitions: usize) -> Option<i32> {
        let asking = asking(seconds);
        sessions.make_room(asking, partitions, 2)?;
        let id = i32::try_from(reader).unwrap();
        Some(sessions.open(asking, ReaderId(reader), partitions, || id))
    }

    #[test]
    fn epochs_rise_and_begin_again_with_1() {
        let mut sessions = Sessions::default();
        let id = open(&mut sessions, 0, 7, 1).unwrap();
        assert_eq!(sessions.begin(asking(1), id, 1), Ok(ReaderId(7)));
        let wrong = Err(ErrorCode::INVALID_FETCH_SESSION_EPOCH);
        assert_eq!(sessions.begin(asking(1), id, 1), wrong);
        sessions.by_id.get_mut(&id).unwrap().epoch = i32::MAX;
        assert_eq!(sessions.begin(asking(1), id, i32::MAX), Ok(ReaderId(7)));
        assert_eq!(sessions.begin(asking(1), id, 1), Ok(ReaderId(7)));
        let unknown = Err(ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
        assert_eq!(sessions.begin(asking(1), 9, 1), unknown);
        let elsewhere = Asking {
            broker: 2,
            ..asking(1)
        };
        assert_eq!(sessions.begin(elsewhere, id, 2), unknown);
        let restarted = Asking {
            broker_epoch: 2,
            ..asking(1)
        };
        assert_eq!(sessions.begin(restarted, id, 2), unknown);
        let by_name = Asking {
            by_topic_id: false,
            ..asking(1)
        };
        assert_eq!(
            sessions.begin(by_name, id, 2),
            Err(ErrorCode::FETCH_SESSION_TOPIC_ID_ERROR)
        );
        assert_eq!(sessions.make_room(restarted, 1, 2), Some(vec![ReaderId(7)]));
    }

    #[test]
    fn sessions_in_use_stay_and_others_make_room() {
        let mut sessions = Sessions::default();
        open(&mut sessions, 0, 1, 10).unwrap();
        open(&mut sessions, 0, 2, 20).unwrap();
        assert_eq!(open(&mut sessions, 60, 3, 99), None, "both are young");
        // The first is used; the second was not for more than two minutes.
        sessions.begin(asking(100), 1, 1).unwrap();
        assert!(open(&mut sessions, 121, 3, 1).is_some());
        assert!(sessions.reader(2).is_none());
        // The third is young, the first is old and larger than what asks, then smaller.
        sessions.begin(asking(121), 1, 2).unwrap();
        assert_eq!(open(&mut sessions, 122, 4, 9), None);
        assert!(open(&mut sessions, 122, 4, 10).is_some());
        assert!(sessions.reader(1).is_none());
    }

    #[test]
    fn a_broker_remembers_so_much() {
        let mut sessions = Sessions::default();
        assert_eq!(open(&mut sessions, 0, 1, PARTITIONS_MAX + 1), None);
        assert!(open(&mut sessions, 0, 1, PARTITIONS_MAX).is_some());
        assert_eq!(open(&mut sessions, 0, 2, 1), None);
        assert!(!sessions.resize(1, PARTITIONS_MAX + 1));
    }
}
