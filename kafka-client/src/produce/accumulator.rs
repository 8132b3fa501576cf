//! Where callers' tasks and the sender meet.
//!
//! ```text
//! caller: record → partition → open batch ─full→ sealed (CRC, codec) ─┐
//!                                  └─linger, flush→ sender seals ─────┴→ in order of tickets → sender
//! ```

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::task::Waker;

use fastrand::Rng;
use parking_lot::{Mutex, RwLock};
use protocol::compress::Compressor;
use protocol::records::{HEADER_LEN, OpenBatch, SealOptions, SealedBatch};
use rustc_hash::FxHashMap;

use super::batch::{Batch, Filled, Opened};
use super::cell::{Cell, Outcome};
use super::clock::Clock;
use super::closing::Closing;
use super::delivery::{Deliveries, Delivery};
use super::error::{Fate, ProduceError};
use super::memory::{Grant, Memory};
use super::partition::Partition;
use super::partitioner;
use super::record::Record;
use super::table::Table;
use super::tally::Tally;
use super::topic::{self, Topic};
use crate::config::{Partitioner, ProducerConfig};

/// What callers and the sender of one producer share.
#[derive(Debug)]
pub(crate) struct Accumulator {
    pub(super) config: ProducerConfig,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) topics: Table<Arc<Topic>>,
    numbers: RwLock<FxHashMap<Arc<str>, u32>>,
    pub(super) memory: Arc<Memory>,
    pub(super) closing: Closing,
    pub(super) tally: Mutex<Tally>,
    pub(super) inbox: Mutex<Inbox>,
    /// The time of day, as of the last time somebody looked.
    pub(super) unix_ms: AtomicI64,
    engine: Waker,
    handles: AtomicUsize,
    next_handle: AtomicUsize,
    rng: Mutex<Rng>,
    compressors: Mutex<Vec<Compressor>>,
    spare: Mutex<Vec<OpenBatch>>,
    spare_max: usize,
}

/// What the sender has not seen yet.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    /// Partitions with an open batch.
    pub(super) opened: Vec<Arc<Partition>>,
    /// Partitions with sealed batches.
    pub(super) sealed: Vec<Arc<Partition>>,
    /// Topics whose metadata somebody waits for.
    pub(super) topics: Vec<u32>,
    /// Whether all open batches are to be sealed.
    pub(super) flush: bool,
    /// Whether the sender will look at open batches soon by itself.
    is_armed: bool,
}

/// Why a record could not be appended at once.
#[derive(Debug)]
pub(crate) enum Obstacle {
    /// It never can.
    Never(Box<ProduceError>),
    /// So many bytes of memory are needed.
    Memory(usize),
    /// The topic is not known.
    Topic,
}

impl From<ProduceError> for Obstacle {
    fn from(error: ProduceError) -> Self {
        Self::Never(Box::new(error))
    }
}

impl Accumulator {
    pub(crate) fn new(config: ProducerConfig, clock: Arc<dyn Clock>, engine: Waker, seed: u64) -> Self {
        let spare_max = config.buffer_memory / 8 / config.batch_size.max(1);
        Self {
            memory: Memory::new(config.buffer_memory),
            unix_ms: AtomicI64::new(clock.unix_ms()),
            config,
            clock,
            topics: Table::default(),
            numbers: RwLock::default(),
            closing: Closing::default(),
            tally: Mutex::default(),
            inbox: Mutex::default(),
            engine,
            handles: AtomicUsize::new(0),
            next_handle: AtomicUsize::new(0),
            rng: Mutex::new(Rng::with_seed(seed)),
            compressors: Mutex::default(),
            spare: Mutex::default(),
            spare_max,
        }
    }

    /// Appends a record, unless something stands in the way.
    ///
    /// What happens per record is here and nowhere else: find the partition, lock it, encode, count.
    // A delivery that passes through memory on its way out costs more than all the rest.
    #[inline(always)]
    pub(crate) fn append(
        &self,
        topic: &Topic,
        record: &Record<'_>,
        handle: usize,
    ) -> Result<Delivery, Obstacle> {
        match self.append_to_open(topic, record, handle) {
            Some(delivery) => Ok(delivery),
            None => self.append_slowly(topic, record, handle, None),
        }
    }

    #[inline(always)]
    fn append_to_open(&self, topic: &Topic, record: &Record<'_>, handle: usize) -> Option<Delivery> {
        let count = topic.count()?;
        let (partition, movable) = self.find(topic, count, record, handle)?;
        let partition = topic.partitions.get(partition)?;
        let timestamp = record
            .timestamp
            .unwrap_or_else(|| self.unix_ms.load(Ordering::Relaxed));
        partition.lot.lock().append(timestamp, record, movable)
    }

    /// Appends the first of `records` and those after it that go into the same open batch, under one lock. Returns how
    /// many were appended; none where something stands in the way of the first.
    pub(crate) fn append_run(
        &self,
        topic: &Topic,
        records: &[Record<'_>],
        handle: usize,
        deliveries: &mut Deliveries,
    ) -> usize {
        let find = |record| self.find(topic, topic.count()?, record, handle);
        let first = records
            .first()
            .and_then(|first| Some((first.topic, find(first)?.0)));
        let Some((name, index)) = first else { return 0 };
        let Some(partition) = topic.partitions.get(index) else {
            return 0;
        };
        let unix_ms = self.unix_ms.load(Ordering::Relaxed);
        let mut lot = partition.lot.lock();
        let mut taken = 0;
        for record in records {
            let is_same_topic = std::ptr::eq(record.topic, name) || record.topic == name;
            let found = find(record).filter(|(other, _)| *other == index && is_same_topic);
            let Some((_, movable)) = found else { break };
            let timestamp = record.timestamp.unwrap_or(unix_ms);
            let Some(delivery) = lot.append(timestamp, record, movable) else {
                break;
            };
            deliveries.push(delivery);
            taken += 1;
        }
        taken
    }

    /// The partition of a record where no choice is due, and whether its batch may go elsewhere.
    #[inline(always)]
    fn find(
        &self,
        topic: &Topic,
        count: NonZeroU32,
        record: &Record<'_>,
        handle: usize,
    ) -> Option<(u32, bool)> {
        if let Some(partition) = record.partition {
            return u32::try_from(partition)
                .ok()
                .filter(|p| *p < count.get())
                .map(|p| (p, false));
        }
        if let Some(key) = record.key
            && !self.config.ignore_keys
        {
            return Some((partitioner::of_key(self.config.key_hash, key, count), false));
        }
        match self.config.partitioner {
            Partitioner::Sticky => topic.stuck_to(handle, count).map(|partition| (partition, true)),
            Partitioner::Random | Partitioner::RoundRobin => None,
        }
    }

    /// What happens once a batch: sealing a full one, opening the next, choosing where to stick, refusing.
    #[cold]
    #[inline(never)]
    pub(crate) fn append_slowly(
        &self,
        topic: &Topic,
        record: &Record<'_>,
        handle: usize,
        mut grant: Option<Grant>,
    ) -> Result<Delivery, Obstacle> {
        if self.closing.is_requested() {
            return Err(ProduceError::Closed {
                fate: Fate::NotWritten,
            }
            .into());
        }
        let Some(count) = topic.count() else {
            return Err(Obstacle::Topic);
        };
        let size =
            HEADER_LEN + OpenBatch::record_size_max(record.key, record.value, record.headers.iter().copied());
        if size > self.config.max_request_size {
            return Err(ProduceError::TooLarge {
                size,
                max: self.config.max_request_size,
            }
            .into());
        }
        let now = self.clock.now();
        let unix_ms = self.clock.unix_ms();
        self.unix_ms.store(unix_ms, Ordering::Relaxed);
        let timestamp = record.timestamp.unwrap_or(unix_ms);
        let is_sticky = self.is_sticky(record);
        loop {
            let (index, movable) = self.choose(topic, count, record, handle)?;
            let Some(partition) = topic.partitions.get(index) else {
                return Err(Obstacle::Topic);
            };
            let mut lot = partition.lot.lock();
            if let Some(delivery) = lot.append(timestamp, record, movable) {
                return Ok(delivery);
            }
            let full = lot.take();
            if is_sticky && topic.has_given(handle, lot.bytes(), self.config.batch_size) {
                drop(lot);
                topic.stick(
                    handle,
                    count,
                    self.config.adaptive_partitioning,
                    &mut self.rng.lock(),
                );
                self.seal_all(partition, full);
                continue;
            }
            if full.is_some() {
                drop(lot);
                self.seal_all(partition, full);
                continue;
            }
            if lot.is_closed {
                return Err(ProduceError::Closed {
                    fate: Fate::NotWritten,
                }
                .into());
            }
            let need = size.max(self.config.batch_size);
            let Some(memory) = grant.take().or_else(|| self.memory.try_take(need)) else {
                return Err(Obstacle::Memory(need));
            };
            let charge = memory.open();
            let generation = charge.generation();
            let opened = Opened {
                cell: Cell::take(timestamp),
                charge,
                at: now,
                topic_id: topic.state.lock().id,
                movable,
            };
            let spare = self.spare.lock().pop();
            lot.open(
                spare.unwrap_or_else(|| OpenBatch::new(self.config.batch_size)),
                opened,
            );
            topic.is_used.store(true, Ordering::Relaxed);
            let delivery = lot.append(timestamp, record, movable);
            // A record as large as a batch has no company to wait for.
            let full = if lot.is_full() { lot.take() } else { None };
            let must_list = full.is_none() && !std::mem::replace(&mut lot.is_listed, true);
            drop(lot);
            if must_list {
                self.list(partition);
                // A flush that began in between waits for this batch and may have looked at the list without it.
                if self.memory.generation() != generation {
                    self.seal_open();
                }
            }
            self.seal_all(partition, full);
            return delivery.ok_or_else(|| {
                ProduceError::TooLarge {
                    size,
                    max: self.config.max_request_size,
                }
                .into()
            });
        }
    }

    fn is_sticky(&self, record: &Record<'_>) -> bool {
        let keyless = record.key.is_none() || self.config.ignore_keys;
        keyless && record.partition.is_none() && self.config.partitioner == Partitioner::Sticky
    }

    /// As [`Accumulator::find`], choosing where there is no choice yet.
    fn choose(
        &self,
        topic: &Topic,
        count: NonZeroU32,
        record: &Record<'_>,
        handle: usize,
    ) -> Result<(u32, bool), Obstacle> {
        if let Some(found) = self.find(topic, count, record, handle) {
            return Ok(found);
        }
        if let Some(partition) = record.partition {
            return Err(ProduceError::UnknownPartition {
                topic: topic.name.clone(),
                partition,
                count: count.get(),
            }
            .into());
        }
        let adaptive = self.config.adaptive_partitioning;
        let partition = match self.config.partitioner {
            Partitioner::Sticky => topic.stick(handle, count, adaptive, &mut self.rng.lock()),
            Partitioner::Random => topic.draw(count, adaptive, &mut self.rng.lock()),
            Partitioner::RoundRobin => topic.next_in_turn(handle, count),
        };
        Ok((partition, true))
    }

    fn seal_all(&self, partition: &Arc<Partition>, filled: Option<Filled>) {
        if let Some(filled) = filled {
            self.seal(partition, filled);
        }
    }

    /// Compresses a batch, computes its checksum and hands it in. Holds no lock meanwhile.
    pub(super) fn seal(&self, partition: &Arc<Partition>, filled: Filled) {
        let _last = LastWord(self);
        let Filled {
            mut records,
            share,
            mut opened,
            ticket,
            place,
        } = filled;
        // Keeps its promise also when the codec panics: the batches behind this one go on.
        let mut turn = Turn {
            accumulator: self,
            partition,
            ticket,
            batch: None,
        };
        let options = SealOptions {
            compression: self.config.compression,
            level: self.config.compression_level,
            producer: place.stamp,
            ..SealOptions::default()
        };
        let held = records.capacity();
        let compressor = self.compressors.lock().pop();
        let mut compressor = compressor.unwrap_or_default();
        match records.seal(&options, &mut compressor) {
            Ok(sealed) => {
                // Uncompressed, the batch keeps the buffer it was built in; compressed, it has one that fits.
                let is_buffer_kept = records.capacity() == 0;
                opened
                    .charge
                    .shrink_to(if is_buffer_kept { held } else { sealed.size() });
                turn.batch = Some(Box::new(Batch::new(sealed, share, opened, place)));
            }
            Err(error) => {
                let reason = error.to_string().into();
                let error = ProduceError::Compression {
                    partition: partition.name.clone(),
                    reason,
                };
                self.tally.lock().add(share.count(), &error);
                share.resolve(Outcome::Failed(error));
            }
        }
        self.compressors.lock().push(compressor);
        self.recycle(records);
    }

    /// Fails the open batch of a partition, if there is one.
    pub(super) fn fail_open(&self, partition: &Arc<Partition>, error: &ProduceError) {
        let filled = partition.lot.lock().take();
        let Some(filled) = filled else { return };
        // The batches behind it need not wait for it.
        let _turn = Turn {
            accumulator: self,
            partition,
            ticket: filled.ticket,
            batch: None,
        };
        self.tally.lock().add(filled.share.count(), error);
        filled.share.resolve(Outcome::Failed(error.clone()));
        let buffer = filled.records.into_buffer();
        self.recycle(OpenBatch::with_buffer(self.config.batch_size, buffer));
    }

    /// Fails a batch because the producer has ended.
    pub(super) fn end(&self, batch: Batch) {
        let error = ProduceError::Closed { fate: batch.fate() };
        self.tally.lock().add(batch.share.count(), &error);
        batch.share.resolve(Outcome::Failed(error));
    }

    /// Keeps the buffer of a batch that is over, unless its bytes are still being sent.
    pub(super) fn reuse(&self, sealed: SealedBatch) {
        if let Some(buffer) = sealed.into_buffer() {
            self.recycle(OpenBatch::with_buffer(self.config.batch_size, buffer));
        }
    }

    /// Keeps an empty batch's buffer for the next one.
    pub(super) fn recycle(&self, records: OpenBatch) {
        if records.capacity() == 0 || records.capacity() > 2 * self.config.batch_size {
            return;
        }
        let mut spare = self.spare.lock();
        if spare.len() < self.spare_max {
            spare.push(records);
        }
    }

    /// The topic called `name`, made when it is new, and kept for as long as the producer lives.
    pub(crate) fn topic(&self, name: &str) -> Result<&Arc<Topic>, ProduceError> {
        let number = match self.number_of(name) {
            Some(number) => number,
            None => {
                topic::check_name(name)?;
                self.add_topic(name)
            }
        };
        self.topics
            .get(number)
            .ok_or_else(|| ProduceError::TopicUnavailable {
                topic: name.into(),
                source: None,
            })
    }

    /// The topic with this number, if it is called `name`.
    #[inline]
    pub(crate) fn topic_if(&self, number: u32, name: &str) -> Option<&Arc<Topic>> {
        self.topics.get(number).filter(|topic| &*topic.name == name)
    }

    #[cold]
    fn add_topic(&self, name: &str) -> u32 {
        let mut numbers = self.numbers.write();
        if let Some(number) = numbers.get(name) {
            return *number;
        }
        let name: Arc<str> = name.into();
        let number = self.topics.len();
        self.topics
            .grow(number + 1, |number| Arc::new(Topic::new(number, name.clone())));
        numbers.insert(name, number);
        number
    }

    /// The number of the topic called `name`, if records were produced to it.
    pub(super) fn number_of(&self, name: &str) -> Option<u32> {
        self.numbers.read().get(name).copied()
    }

    /// Asks the sender for the metadata of a topic. It is woken once, however often that is repeated.
    pub(super) fn want_topic(&self, topic: &Topic) {
        if !topic.is_wanted.swap(true, Ordering::AcqRel) {
            self.inbox.lock().topics.push(topic.number);
            self.signal();
        }
    }

    /// Has all open batches sealed. The sender is woken once, however often that is repeated.
    pub(super) fn seal_open(&self) {
        let is_news = !std::mem::replace(&mut self.inbox.lock().flush, true);
        if is_news {
            self.signal();
        }
    }

    /// What callers' tasks have left for the sender. Partitions with open batches are added to `open`; while there
    /// are any, the sender looks at them by itself and is not woken for further ones.
    pub(super) fn take_inbox(&self, open: &mut Vec<Arc<Partition>>) -> Inbox {
        let mut inbox = self.inbox.lock();
        open.append(&mut inbox.opened);
        let is_armed = !open.is_empty();
        Inbox {
            is_armed,
            ..std::mem::replace(
                &mut *inbox,
                Inbox {
                    is_armed,
                    ..Inbox::default()
                },
            )
        }
    }

    /// Tells the sender that something is there for it.
    pub(super) fn signal(&self) {
        self.engine.wake_by_ref();
    }

    /// What wakes the engine.
    pub(super) fn engine(&self) -> &Waker {
        &self.engine
    }

    /// What `try_send` says of an obstacle.
    #[cold]
    pub(crate) fn refuse(&self, topic: &Topic, obstacle: Obstacle) -> Box<ProduceError> {
        match obstacle {
            Obstacle::Never(error) => error,
            Obstacle::Memory(_) => {
                // Half-filled batches must go, or the memory would stay full.
                self.seal_open();
                Box::new(ProduceError::WouldWait)
            }
            Obstacle::Topic => {
                let refusal = topic.state.lock().refusal.clone();
                self.want_topic(topic);
                Box::new(match refusal {
                    Some(source) => ProduceError::TopicUnavailable {
                        topic: topic.name.clone(),
                        source: Some(source),
                    },
                    None => ProduceError::WouldWait,
                })
            }
        }
    }

    /// The settings.
    pub(crate) fn config(&self) -> &ProducerConfig {
        &self.config
    }

    /// Bytes of memory that no batch holds.
    pub(crate) fn free_memory(&self) -> usize {
        self.memory.free()
    }

    /// Counts a new handle and returns its number.
    pub(crate) fn add_handle(&self) -> usize {
        self.handles.fetch_add(1, Ordering::Relaxed);
        self.next_handle.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts a handle less. The last one closes the producer: what was sent is still written.
    pub(crate) fn drop_handle(&self) {
        if self.handles.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.closing.request(None);
            self.signal();
        }
    }

    fn list(&self, partition: &Arc<Partition>) {
        let is_armed = {
            let mut inbox = self.inbox.lock();
            inbox.opened.push(partition.clone());
            inbox.is_armed
        };
        if !is_armed {
            self.signal();
        }
    }
}

/// The turn of a batch that is being sealed. Handed in when it is dropped, with the batch or without.
struct Turn<'a> {
    accumulator: &'a Accumulator,
    partition: &'a Arc<Partition>,
    ticket: u64,
    batch: Option<Box<Batch>>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        match self.partition.hand_in(self.ticket, self.batch.take()) {
            Ok(true) => {
                self.accumulator.inbox.lock().sealed.push(self.partition.clone());
                self.accumulator.signal();
            }
            Ok(false) => {}
            Err(batch) => self.accumulator.end(*batch),
        }
    }
}

/// Wakes the sender when sealing is over and the producer is to end: it waits for every batch's memory to come back,
/// and of one that could not be sealed it hears nothing else. To be dropped after all that a batch holds.
struct LastWord<'a>(&'a Accumulator);

impl Drop for LastWord<'_> {
    fn drop(&mut self) {
        if self.0.closing.is_requested() {
            self.0.signal();
        }
    }
}
