//! Reads the partitions of a fetch, as far as there may be something to tell of them.

use std::sync::Arc;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::compress::Compression;
use protocol::messages::fetch::{AbortedTransaction, EpochEndOffset, LeaderIdAndEpoch, PartitionData};
use protocol::records::Batches;

use crate::profile::Profile;
use crate::state::{Fetch, Partition, Slot, State, Terms, Topic};

/// What a look at the marked partitions of a fetch brought.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// By the place of the partition.
    pub(super) found: Vec<Found>,
    bytes: usize,
    /// Whether something is to be told at once.
    urgent: bool,
    /// Partitions that do not exist: these alone are waited for with nobody.
    unknown: usize,
    /// Places of partitions whose topic is there by now.
    pub(super) resolved: Vec<(usize, Arc<str>)>,
}

/// What there is to tell of a partition.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: usize,
    pub(super) data: PartitionData,
    /// Whether there may be more when it is looked at again, though nothing happens.
    pub(super) more: bool,
    /// Whether there is such a partition.
    pub(super) is_there: bool,
}

impl Round {
    /// Reads the marked partitions.
    pub(super) fn look(
        state: &State,
        fetch: &mut Fetch,
        injected: &dyn Fn(&str, i32) -> Option<ErrorCode>,
    ) -> Self {
        Self::go(state, fetch, injected, false)
    }

    /// Looks how much there is in the marked partitions, without reading it: a fetch may be woken many times before
    /// there is enough.
    pub(super) fn weigh(state: &State, fetch: &mut Fetch) -> Self {
        Self::go(state, fetch, &|_, _| None, true)
    }

    /// Marks what was looked at once more.
    pub(super) fn mark_again(&self, fetch: &mut Fetch) {
        for found in &self.found {
            fetch.reader.mark(found.place);
        }
    }

    fn go(
        state: &State,
        fetch: &mut Fetch,
        injected: &dyn Fn(&str, i32) -> Option<ErrorCode>,
        weighs: bool,
    ) -> Self {
        let places = fetch.reader.take_marked();
        let terms = &fetch.terms;
        let mut reading = Reading {
            state,
            terms,
            selects_by_rack: terms.rack.is_some() && selects_by_rack(state),
            left: terms.max_bytes,
            weighs,
            round: Self {
                found: Vec::with_capacity(places.len()),
                ..Self::default()
            },
        };
        for place in places {
            if let Some(slot) = fetch.reader.slot(place) {
                reading.look_at(place, slot, injected);
            }
        }
        let round = reading.round;
        for found in &round.found {
            if let Some(slot) = fetch.reader.slot_mut(found.place) {
                slot.was_there = found.is_there;
            }
        }
        round
    }

    /// Whether what was found is to be told without waiting for more.
    pub(super) fn is_enough(&self, fetch: &Fetch) -> bool {
        self.urgent || self.unknown == fetch.reader.len() || self.bytes >= fetch.terms.min_bytes
    }
}

struct Reading<'a> {
    state: &'a State,
    terms: &'a Terms,
    selects_by_rack: bool,
    /// How many bytes more may be read; below 0 when the client wants fewer than none.
    left: i64,
    /// Whether records are not read, only counted.
    weighs: bool,
    round: Round,
}

impl<'a> Reading<'a> {
    fn look_at(&mut self, place: usize, slot: &Slot, injected: &dyn Fn(&str, i32) -> Option<ErrorCode>) {
        let mut is_there = true;
        let (data, more) = match self.find(place, slot) {
            Ok((topic, partition)) => {
                let checked = match injected(&topic.name, slot.partition) {
                    Some(code) => Err(code),
                    None => self.check(topic, partition, slot),
                };
                match checked.and_then(|()| self.read(partition, slot)) {
                    Ok(read) => read,
                    Err(code) => {
                        self.round.urgent = true;
                        (self.refuse(Some(partition), slot, code), true)
                    }
                }
            }
            Err(code) => {
                is_there = false;
                self.round.unknown += 1;
                // It is gone while the client waits for it.
                self.round.urgent |= slot.was_there;
                (self.refuse(None, slot, code), true)
            }
        };
        self.round.found.push(Found {
            place,
            data,
            more,
            is_there,
        });
    }

    fn find(&mut self, place: usize, slot: &Slot) -> Result<(&'a Topic, &'a Partition), ErrorCode> {
        let topics = &self.state.topics;
        let name = match &slot.name {
            Some(name) => name,
            // Of the empty name there is no topic.
            None if !self.terms.asking.by_topic_id => return Err(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION),
            None => {
                let name = topics.name_of(slot.id).ok_or(ErrorCode::UNKNOWN_TOPIC_ID)?;
                self.round.resolved.push((place, name.clone()));
                name
            }
        };
        let topic = topics.get(name).ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?;
        let partition = topic.partition(slot.partition);
        Ok((topic, partition.ok_or(ErrorCode::UNKNOWN_TOPIC_OR_PARTITION)?))
    }

    fn check(&self, topic: &Topic, partition: &Partition, slot: &Slot) -> Result<(), ErrorCode> {
        // The topic was deleted, and there is another of its name.
        if !slot.id.is_zero() && topic.id != slot.id {
            return Err(ErrorCode::INCONSISTENT_TOPIC_ID);
        }
        let broker = self.terms.asking.broker;
        let follows = self.terms.version >= 11 && partition.replicas.contains(&broker);
        // Those who know of KIP-392 may read from any replica.
        let asked = match partition.leader {
            Some(leader) if follows => leader,
            _ => broker,
        };
        partition.check_leader(asked, slot.wanted.leader_epoch)?;
        // Kafka 4 leaves it to the client what it makes of a codec that it may not know.
        let minds_codecs = self.state.configs.profile() < Profile::V4_0;
        if minds_codecs && self.terms.version < 10 && topic.settings.compression == Some(Compression::Zstd) {
            return Err(ErrorCode::UNSUPPORTED_COMPRESSION_TYPE);
        }
        Ok(())
    }

    fn read(&mut self, partition: &Partition, slot: &Slot) -> Result<(PartitionData, bool), ErrorCode> {
        let (log, wanted) = (&partition.log, slot.wanted);
        let high_watermark = partition.high_watermark();
        let stable = partition.last_stable_offset();
        let mut data = PartitionData {
            partition_index: slot.partition,
            high_watermark,
            last_stable_offset: stable,
            log_start_offset: log.start_offset(),
            aborted_transactions: None,
            records: Some(Bytes::new()),
            ..PartitionData::default()
        };
        if let Some(replica) = self.nearer_replica(partition, slot) {
            self.round.urgent = true;
            data.preferred_read_replica = replica;
            return Ok((data, true));
        }
        if let Some((epoch, end_offset)) = divergence(partition, slot)? {
            self.round.urgent = true;
            data.diverging_epoch = EpochEndOffset { epoch, end_offset };
            return Ok((data, true));
        }
        let up_to = if self.terms.committed {
            stable
        } else {
            high_watermark
        };
        let limit = i64::from(wanted.max_bytes).min(self.left);
        let readable = log.start_offset()..up_to;
        if limit < 0 && readable.contains(&wanted.fetch_offset) {
            self.left = self.left.max(0);
            return Err(ErrorCode::UNKNOWN_SERVER_ERROR);
        }
        let limit = usize::try_from(limit).unwrap_or(0);
        if self.weighs {
            // What is read begins with a whole batch, even where nothing is wanted.
            let least = usize::from(self.round.bytes == 0);
            let enough = u64::try_from(limit.max(least)).unwrap_or(u64::MAX);
            let bytes = log.bytes_between(wanted.fetch_offset, up_to, enough);
            let bytes = usize::try_from(bytes.map_err(|error| error.code())?).unwrap_or(limit);
            self.round.bytes += bytes;
            self.spend(bytes);
            return Ok((data, wanted.fetch_offset < up_to));
        }
        // The first batch of an answer is given whole, however large it is (KIP-74).
        let records = log.read(wanted.fetch_offset, limit, self.round.bytes == 0, up_to);
        let records = records.map_err(|error| error.code())?;
        self.round.bytes += records.len();
        self.spend(records.len());
        if self.terms.committed {
            data.aborted_transactions = Some(aborted(partition, wanted.fetch_offset, up_to, &records));
        }
        data.records = Some(records);
        Ok((data, wanted.fetch_offset < up_to))
    }

    fn spend(&mut self, bytes: usize) {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        self.left = self.left.saturating_sub(bytes).max(0);
    }

    /// The replica that the client is to read from in place of the leader, which is asked: one in its rack (KIP-392).
    fn nearer_replica(&self, partition: &Partition, slot: &Slot) -> Option<i32> {
        let rack = self.terms.rack.as_ref().filter(|_| self.selects_by_rack)?;
        let broker = self.terms.asking.broker;
        let in_rack = |id: i32| {
            let broker = self.state.brokers.get(id);
            broker.is_some_and(|broker| broker.is_alive() && broker.rack.as_ref() == Some(rack))
        };
        if partition.leader != Some(broker) || in_rack(broker) {
            return None;
        }
        let has = |id: i32| partition.has(id, slot.wanted.fetch_offset);
        partition
            .replicas
            .iter()
            .copied()
            .find(|&id| in_rack(id) && has(id))
    }

    fn refuse(&self, partition: Option<&Partition>, slot: &Slot, code: ErrorCode) -> PartitionData {
        let version = self.terms.version;
        // What old clients make of a code that they do not know is worse.
        let told = match code {
            ErrorCode::KAFKA_STORAGE_ERROR if version <= 5 => ErrorCode::NOT_LEADER_OR_FOLLOWER,
            code => code,
        };
        let mut data = PartitionData {
            partition_index: slot.partition,
            error_code: told.0,
            high_watermark: -1,
            aborted_transactions: partition.is_none().then(Vec::new),
            records: Some(Bytes::new()),
            ..PartitionData::default()
        };
        // KIP-951.
        let moved = [ErrorCode::NOT_LEADER_OR_FOLLOWER, ErrorCode::FENCED_LEADER_EPOCH].contains(&code);
        if let Some(partition) = partition.filter(|_| moved && version >= 16) {
            data.current_leader = LeaderIdAndEpoch {
                leader_id: partition.leader.unwrap_or(-1),
                leader_epoch: partition.leader_epoch,
            };
        }
        data
    }
}

/// Whether records of open transactions are left out at an isolation level; an error where there is no such level.
pub(super) fn reads_committed(isolation_level: i8) -> Result<bool, ErrorCode> {
    match isolation_level {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(ErrorCode::UNKNOWN_SERVER_ERROR),
    }
}

fn selects_by_rack(state: &State) -> bool {
    let selector = state.configs.broker_text("replica.selector.class");
    selector.ends_with("RackAwareReplicaSelector")
}

/// Where the client's log of the last epoch it fetched parts from this one (KIP-595), if it does.
fn divergence(partition: &Partition, slot: &Slot) -> Result<Option<(i32, i64)>, ErrorCode> {
    let (offset, fetched) = (slot.wanted.fetch_offset, slot.wanted.last_fetched_epoch);
    if fetched < 0 {
        return Ok(None);
    }
    let (epoch, end) = partition.epoch_end(fetched);
    if epoch < 0 || end < 0 || offset < partition.log.start_offset() {
        return Err(ErrorCode::OFFSET_OUT_OF_RANGE);
    }
    Ok((epoch < fetched || end < offset).then_some((epoch, end)))
}

/// The aborted transactions that reach into what was read.
fn aborted(partition: &Partition, from: i64, up_to: i64, records: &Bytes) -> Vec<AbortedTransaction> {
    let log = &partition.log;
    if !log.has_aborted(from) {
        return Vec::new();
    }
    let batches = Batches::new(records.clone()).map_while(Result::ok);
    let read_to = batches.last().map_or(from, |batch| batch.header().next_offset());
    let aborted = log.aborted(from, read_to.min(up_to)).into_iter();
    let aborted = aborted.map(|one| AbortedTransaction {
        producer_id: one.producer_id,
        first_offset: one.first_offset,
    });
    aborted.collect()
}
