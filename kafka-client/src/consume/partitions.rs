use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::{ErrorCode, Uuid};

use super::buffer::{Buffer, Notice, SlotId};
use super::error::ConsumeError;
use super::position::{Position, StartAt};
use super::settings::Settings;
use crate::cluster::{Metadata, NodeId, OffsetSpec, TopicPartition};
use crate::config::OffsetReset;
use crate::error::BrokerError;
use crate::mutant::{self, Mutant};
use crate::time::{Backoff, Moment};

/// The partitions that a consumer reads: where each stands and what it waits for.
///
/// The slots of the [`Buffer`] are the caller's view of the same partitions; both go by the same ids and versions.
#[derive(Debug)]
pub(crate) struct Partitions {
    pub(super) list: Vec<Option<Tracked>>,
    pub(super) index: BTreeMap<TopicPartition, SlotId>,
    pub(super) buffer: Arc<Buffer>,
    pub(super) settings: Settings,
    pub(super) rng: fastrand::Rng,
    /// What each topic was like when it was first heard of.
    first_seen: BTreeMap<Arc<str>, FirstSeen>,
    versions: u64,
    served: u64,
}

/// What a topic was like when it was first heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FirstSeen {
    /// Brokers say since then that it does not exist, which may be because they are behind.
    Missing(Moment),
    /// It had so many partitions, under this id.
    There(usize, Uuid),
}

/// A partition that is read.
#[derive(Debug)]
pub(super) struct Tracked {
    pub(super) partition: TopicPartition,
    pub(super) version: u64,
    pub(super) phase: Phase,
    /// The next offset to fetch.
    pub(super) position: Option<Position>,
    pub(super) leader: Option<(NodeId, i32)>,
    pub(super) topic_id: Uuid,
    /// The leader epoch that the position was checked against.
    pub(super) validated: i32,
    /// A replica nearby, until when it is preferred.
    pub(super) preferred: Option<(NodeId, Moment)>,
    /// The fetch or lookup under way.
    pub(super) in_flight: Option<u64>,
    pub(super) supply: Supply,
    /// When it was served last; who waited longest comes first in the next fetch.
    pub(super) served: u64,
    pub(super) retry_at: Option<Moment>,
    pub(super) backoff: Backoff,
    /// The most to fetch at once; grows for a batch that is larger.
    pub(super) fetch_bytes: i32,
    /// The error that the caller was told, until something succeeds.
    pub(super) shown: Option<ErrorCode>,
    /// Where the caller met something that it could not read.
    pub(super) fault_at: Option<i64>,
}

/// What a partition waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The committed offset.
    Committed,
    /// Records.
    Fetch,
    /// An offset that the brokers find.
    Reset(OffsetSpec),
    /// The caller: to seek, or to find the fault in what it has.
    Stopped,
    /// The check of its position against the log of a new leader (KIP-320).
    Validate,
}

/// Whether the leader has records behind the position, as far as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Supply {
    /// None, until somebody produces: worth a fetch that waits.
    Drained,
    /// Some, or nobody knows: worth a fetch that does not wait.
    Likely,
}

impl Partitions {
    pub(crate) fn new(buffer: Arc<Buffer>, settings: Settings, rng: fastrand::Rng) -> Self {
        Self {
            list: Vec::new(),
            index: BTreeMap::new(),
            buffer,
            settings,
            rng,
            first_seen: BTreeMap::new(),
            versions: 0,
            served: 0,
        }
    }

    /// Starts to read a partition, if it does not already.
    pub(crate) fn add(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        partition: TopicPartition,
        start: StartAt,
    ) {
        if self.index.contains_key(&partition) {
            return;
        }
        self.versions += 1;
        let id = self.buffer.lock().insert(partition.clone(), self.versions);
        let tracked = Tracked {
            partition: partition.clone(),
            version: self.versions,
            phase: Phase::Committed,
            position: None,
            leader: None,
            topic_id: Uuid::ZERO,
            validated: -1,
            preferred: None,
            in_flight: None,
            supply: Supply::Likely,
            served: 0,
            retry_at: None,
            backoff: self.settings.backoff(),
            fetch_bytes: self.settings.consumer.max_partition_fetch_bytes,
            shown: None,
            fault_at: None,
        };
        if self.list.len() <= id.0 {
            self.list.resize_with(id.0 + 1, || None);
        }
        self.list[id.0] = Some(tracked);
        self.index.insert(partition, id);
        self.start(now, id, start);
        self.locate(now, id, metadata, false);
    }

    /// Stops reading a partition. What was fetched of it is thrown away.
    pub(crate) fn remove(&mut self, partition: &TopicPartition) {
        if let Some(id) = self.index.remove(partition) {
            self.buffer.lock().remove(id);
            self.list[id.0] = None;
        }
    }

    /// Delivers nothing more of these partitions, which are to be handed over.
    pub(crate) fn hold(&mut self, partitions: &[TopicPartition]) {
        let mut shared = self.buffer.lock();
        for id in partitions
            .iter()
            .filter_map(|partition| self.index.get(partition))
        {
            if let Some(slot) = shared.slots.get_mut(id.0).and_then(Option::as_mut) {
                slot.going = !mutant::is(Mutant::DeliverRevoked);
            }
            if let Some(tracked) = self.list.get_mut(id.0).and_then(Option::as_mut) {
                tracked.phase = Phase::Stopped;
                tracked.in_flight = None;
            }
        }
    }

    /// Goes to another place. False when the partition is not there.
    pub(crate) fn seek(&mut self, now: Moment, partition: &TopicPartition, to: StartAt) -> bool {
        let Some(&id) = self.index.get(partition) else {
            return false;
        };
        if let Some(tracked) = self.tracked_mut(id) {
            tracked.fault_at = None;
            tracked.backoff.reset();
        }
        self.start(now, id, to);
        true
    }

    /// Tries again from `offset`, after a while, what the caller could not decode.
    pub(crate) fn handle_fault(&mut self, now: Moment, slot: SlotId, version: u64, position: Position) {
        if self
            .tracked(slot)
            .is_some_and(|tracked| tracked.version == version)
        {
            self.move_to(slot, Some(position));
            if let Some(tracked) = self.tracked_mut(slot) {
                tracked.fault_at = Some(position.offset);
            }
            self.delay(now, slot);
        }
    }

    /// The partitions that are read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &TopicPartition> {
        self.index.keys()
    }

    /// Whether a partition came into being while its topic was consumed already. All it has was written since, so that
    /// `latest` must not pass it over.
    fn is_newer_than_the_consumer(&self, partition: &TopicPartition) -> bool {
        let latest = self.settings.consumer.auto_offset_reset == OffsetReset::Latest;
        let first = match self.first_seen.get(&partition.topic) {
            Some(FirstSeen::There(count, _)) => Some(*count),
            Some(FirstSeen::Missing(_)) | None => None,
        };
        latest && first.is_some_and(|first| usize::try_from(partition.partition).is_ok_and(|p| p >= first))
    }

    /// Takes note of the topics that are there, before anything is read of them.
    pub(crate) fn note_topics(&mut self, metadata: &Metadata) {
        for topic in metadata.topics.values().filter(|topic| topic.error.is_none()) {
            if !self.first_seen.contains_key(&topic.name) {
                let there = FirstSeen::There(topic.partitions.len(), topic.id);
                self.first_seen.insert(topic.name.clone(), there);
            }
        }
    }

    /// Takes note of what an answer of a broker says of the topics.
    fn note_answer(&mut self, now: Moment, metadata: &Metadata) {
        for topic in metadata.topics.values() {
            let seen = match (topic.error, self.first_seen.get(&topic.name)) {
                (None, None | Some(FirstSeen::Missing(_))) => {
                    FirstSeen::There(topic.partitions.len(), topic.id)
                }
                // It was created anew: all that it has is new.
                (None, Some(FirstSeen::There(_, id)))
                    if *id != Uuid::ZERO && topic.id != Uuid::ZERO && *id != topic.id =>
                {
                    FirstSeen::There(0, topic.id)
                }
                (Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION), None) => FirstSeen::Missing(now),
                // One broker may be behind; when it stays like that the topic was not there.
                (Some(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION), Some(FirstSeen::Missing(since)))
                    if now >= *since + self.settings.retry_backoff_max =>
                {
                    FirstSeen::There(0, Uuid::ZERO)
                }
                _ => continue,
            };
            self.first_seen.insert(topic.name.clone(), seen);
        }
    }

    /// Whether nobody is known to lead one of the partitions.
    pub(crate) fn any_without_leader(&self) -> bool {
        self.list.iter().flatten().any(|tracked| tracked.leader.is_none())
    }

    /// A source of random numbers for another part.
    pub(crate) fn fork_rng(&mut self) -> fastrand::Rng {
        self.rng.fork()
    }

    /// Those that wait for their committed offsets.
    pub(crate) fn uncommitted(&self) -> impl Iterator<Item = &TopicPartition> {
        self.list
            .iter()
            .flatten()
            .filter(|t| t.phase == Phase::Committed)
            .map(|t| &t.partition)
    }

    /// When a committed offset was looked up; none when there is none.
    pub(crate) fn handle_committed(
        &mut self,
        now: Moment,
        metadata: &Metadata,
        partition: &TopicPartition,
        committed: Option<Position>,
    ) {
        let Some(&id) = self.index.get(partition) else {
            return;
        };
        if self
            .tracked(id)
            .is_none_or(|tracked| tracked.phase != Phase::Committed)
        {
            return;
        }
        match committed {
            Some(position) => {
                self.move_to(id, Some(position));
                self.locate(now, id, metadata, false);
            }
            None if self.is_newer_than_the_consumer(partition) => {
                self.wait_in(id, Phase::Reset(OffsetSpec::Earliest));
            }
            None => self.reset(
                now,
                id,
                ConsumeError::NoPosition {
                    partition: partition.clone(),
                },
            ),
        }
    }

    /// When new metadata is in force.
    pub(crate) fn handle_metadata(&mut self, now: Moment, metadata: &Metadata) {
        self.note_answer(now, metadata);
        for at in 0..self.list.len() {
            self.locate(now, SlotId(at), metadata, true);
        }
    }

    /// Takes over where the metadata says that a partition is. Metadata that is not `new` may be older than the partition:
    /// that it lacks it means nothing yet.
    fn locate(&mut self, now: Moment, id: SlotId, metadata: &Metadata, new: bool) {
        let Some(tracked) = self.list.get_mut(id.0).and_then(Option::as_mut) else {
            return;
        };
        let Some(topic) = metadata.topic(&tracked.partition.topic) else {
            return;
        };
        let partition = tracked.partition.clone();
        if let Some(code) = topic.error {
            tracked.leader = None;
            let error = match code {
                ErrorCode::UNKNOWN_TOPIC_OR_PARTITION if !new => return,
                ErrorCode::UNKNOWN_TOPIC_OR_PARTITION => ConsumeError::Unknown { partition },
                code if code.is_retriable() => return,
                code => ConsumeError::Refused {
                    partition,
                    offset: None,
                    source: BrokerError::from(code),
                },
            };
            return self.show(id, code, error);
        }
        let Some(found) = metadata.partition(&partition.topic, partition.partition) else {
            tracked.leader = None;
            if !new {
                return;
            }
            let code = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
            return self.show(id, code, ConsumeError::Unknown { partition });
        };
        let replaced =
            topic.id != Uuid::ZERO && tracked.topic_id != Uuid::ZERO && topic.id != tracked.topic_id;
        tracked.topic_id = topic.id;
        let leader = found.leader.map(|leader| (leader, found.leader_epoch));
        // An epoch goes back only when the topic is a new one; else the brokers that were asked are behind.
        let newer = match (tracked.leader, leader) {
            (Some((_, old)), Some((_, new))) => new < 0 || new >= old || replaced,
            _ => true,
        };
        if !newer {
            return;
        }
        if tracked.leader != leader {
            tracked.leader = leader;
            tracked.preferred = None;
            tracked.in_flight = None;
            tracked.supply = Supply::Likely;
            if leader.is_some() {
                tracked.retry_at = None;
            }
        }
        if replaced {
            tracked.validated = -1;
            if tracked.phase != Phase::Committed {
                tracing::warn!(%partition, "its topic was created anew");
                self.reset(now, id, ConsumeError::Replaced { partition });
            }
            return;
        }
        self.check_epoch(id);
    }

    /// Has the position checked, if it was gained under another leader than the present one.
    pub(super) fn check_epoch(&mut self, id: SlotId) {
        let Some(tracked) = self.list.get_mut(id.0).and_then(Option::as_mut) else {
            return;
        };
        let (Some((_, epoch)), Some(position)) = (tracked.leader, tracked.position) else {
            return;
        };
        if tracked.phase == Phase::Fetch && epoch > tracked.validated && epoch >= 0 {
            match position.leader_epoch {
                // Read under this leader already.
                Some(known) if known >= epoch => tracked.validated = epoch,
                Some(_) => {
                    tracked.phase = Phase::Validate;
                    tracked.in_flight = None;
                }
                None => {}
            }
        }
    }

    fn start(&mut self, now: Moment, id: SlotId, to: StartAt) {
        match to {
            StartAt::Committed if self.settings.consumer.group_id.is_some() => {
                self.wait_in(id, Phase::Committed)
            }
            StartAt::Committed => {
                let Some(partition) = self.tracked(id).map(|tracked| tracked.partition.clone()) else {
                    return;
                };
                self.reset(now, id, ConsumeError::NoPosition { partition });
            }
            StartAt::Offset(offset) => self.begin_at(id, Position::at(offset)),
            StartAt::Position(position) => self.begin_at(id, position),
            StartAt::Spec(spec) => self.wait_in(id, Phase::Reset(spec)),
        }
    }

    /// Finds a new position by the reset policy; where that is none, says so and stops.
    pub(super) fn reset(&mut self, now: Moment, id: SlotId, otherwise: ConsumeError) {
        match OffsetSpec::of_reset(
            self.settings.consumer.auto_offset_reset,
            self.settings.unix_ms(now),
        ) {
            Some(spec) => self.wait_in(id, Phase::Reset(spec)),
            None => {
                self.wait_in(id, Phase::Stopped);
                self.buffer.notify(Notice::Error(otherwise));
            }
        }
    }

    fn wait_in(&mut self, id: SlotId, phase: Phase) {
        self.move_to(id, None);
        if let Some(tracked) = self.tracked_mut(id) {
            tracked.phase = phase;
        }
    }

    /// Goes to a position that was chosen, by the caller or by the reset policy. It may be committed as it is: else a
    /// restart before the first record would choose anew, and under `latest` pass over what came meanwhile.
    pub(super) fn begin_at(&mut self, id: SlotId, position: Position) {
        self.move_to(id, Some(position));
        if let Some(version) = self.tracked(id).map(|tracked| tracked.version) {
            self.buffer.lock().choose(id, version, position);
        }
    }

    /// Goes to a position, on a new version: what was fetched or asked for another one does not count.
    pub(super) fn move_to(&mut self, id: SlotId, position: Option<Position>) {
        self.versions += 1;
        let version = self.versions;
        self.buffer.lock().restart(id, version, position);
        let Some(tracked) = self.tracked_mut(id) else {
            return;
        };
        tracked.version = version;
        tracked.position = position;
        tracked.phase = Phase::Fetch;
        tracked.in_flight = None;
        tracked.retry_at = None;
        tracked.supply = Supply::Likely;
        tracked.validated = -1;
        tracked.shown = None;
        self.check_epoch(id);
    }

    /// Tells the caller of an error, once until something succeeds.
    pub(super) fn show(&mut self, id: SlotId, code: ErrorCode, error: ConsumeError) {
        let Some(tracked) = self.tracked_mut(id) else {
            return;
        };
        if tracked.shown.replace(code) != Some(code) {
            self.buffer.notify(Notice::Error(error));
        }
    }

    /// The same, of a partition by its name.
    pub(super) fn show_of(&mut self, partition: &TopicPartition, code: ErrorCode, error: ConsumeError) {
        if let Some(&id) = self.index.get(partition) {
            self.show(id, code, error);
        }
    }

    /// Tries a partition again after a back-off.
    pub(super) fn delay(&mut self, now: Moment, id: SlotId) {
        let Some(tracked) = self.list.get_mut(id.0).and_then(Option::as_mut) else {
            return;
        };
        tracked.in_flight = None;
        tracked.retry_at = Some(now + tracked.backoff.next(&mut self.rng));
    }

    /// Takes note of a success. Bringing what the caller could not read again is none.
    pub(super) fn succeed(&mut self, id: SlotId) {
        let Some(tracked) = self.list.get_mut(id.0).and_then(Option::as_mut) else {
            return;
        };
        tracked.shown = None;
        tracked.retry_at = None;
        if let Some(at) = tracked.fault_at {
            let delivered = self.buffer.lock().slot(id).and_then(|slot| slot.position);
            if delivered.is_none_or(|delivered| delivered.offset <= at) {
                return;
            }
        }
        tracked.fault_at = None;
        tracked.backoff.reset();
    }

    /// Ends the back-offs that are over.
    pub(crate) fn handle_deadline(&mut self, now: Moment) {
        for tracked in self.list.iter_mut().flatten() {
            tracked.retry_at = tracked.retry_at.filter(|at| *at > now);
        }
    }

    /// A number for the order in which partitions were served.
    pub(super) fn serve(&mut self) -> u64 {
        self.served += 1;
        self.served
    }

    pub(super) fn tracked(&self, id: SlotId) -> Option<&Tracked> {
        self.list.get(id.0)?.as_ref()
    }

    pub(super) fn tracked_mut(&mut self, id: SlotId) -> Option<&mut Tracked> {
        self.list.get_mut(id.0)?.as_mut()
    }

    /// The id of a partition by its topic's name, as replies give it.
    pub(super) fn id_of(&self, topic: &Arc<str>, partition: i32) -> Option<SlotId> {
        self.index
            .get(&TopicPartition {
                topic: topic.clone(),
                partition,
            })
            .copied()
    }

    /// When the first partition is to be tried again.
    pub(crate) fn next_retry(&self) -> Option<Moment> {
        self.list
            .iter()
            .flatten()
            .filter_map(|tracked| tracked.retry_at)
            .min()
    }
}

impl Tracked {
    /// Whether nothing keeps it from being asked about.
    pub(super) fn is_free(&self, now: Moment) -> bool {
        self.in_flight.is_none() && self.retry_at.is_none_or(|at| at <= now)
    }
}
