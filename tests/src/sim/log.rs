//! What is in the logs at the end, as the cluster itself says, and what was in them before some of it was taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use kafka_client::cluster::TopicPartition;
use protocol::compress::Decompressor;
use protocol::records::{Batches, ControlKind, ControlRecord};

use super::event::RecordId;

/// A record in a log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) offset: i64,
    pub(crate) record: RecordId,
    /// It belongs to a transaction that was aborted, or never ended.
    pub(crate) is_aborted: bool,
}

/// The records of a partition, in their order, until something of it was taken away. Control records are left out.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// When it was taken away; none for what is there at the end.
    pub(crate) until: Option<Duration>,
    pub(crate) entries: Vec<Entry>,
}

/// The records of all partitions.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// What is there at the end.
    pub(crate) partitions: BTreeMap<TopicPartition, Vec<Entry>>,
    /// What was there before, oldest first, of partitions of which something was taken away.
    pub(crate) past: BTreeMap<TopicPartition, Vec<Version>>,
}

impl Log {
    /// Whether something of a partition was taken away.
    pub(crate) fn is_disturbed(&self, partition: &TopicPartition) -> bool {
        self.past.contains_key(partition)
    }

    /// What a partition may have been like when somebody read it who was handed it at `at`, latest first.
    pub(crate) fn versions_until(
        &self,
        partition: &TopicPartition,
        at: Duration,
    ) -> impl Iterator<Item = &[Entry]> {
        let past = self.past.get(partition).map_or(&[][..], Vec::as_slice);
        let now = self.partitions.get(partition).map_or(&[][..], Vec::as_slice);
        let mut born = Duration::ZERO;
        let mut all = Vec::with_capacity(past.len() + 1);
        for version in past {
            all.push((born, version.entries.as_slice()));
            born = version.until.unwrap_or(born);
        }
        all.push((born, now));
        let known = all.into_iter().rev().filter(move |(born, _)| *born <= at);
        known.map(|(_, entries)| entries)
    }

    /// The records of a partition that a reader sees.
    pub(crate) fn visible(
        &self,
        partition: &TopicPartition,
        committed_only: bool,
    ) -> impl Iterator<Item = &Entry> {
        let entries = self.partitions.get(partition).into_iter().flatten();
        entries.filter(move |entry| !(committed_only && entry.is_aborted))
    }

    /// Where each record is, or was before it was taken away.
    pub(crate) fn places_ever(&self) -> BTreeMap<RecordId, Vec<(&TopicPartition, i64)>> {
        let mut places = self.places();
        for (partition, versions) in &self.past {
            for entry in versions.iter().flat_map(|version| &version.entries) {
                let there = places.entry(entry.record).or_default();
                if !there.contains(&(partition, entry.offset)) {
                    there.push((partition, entry.offset));
                }
            }
        }
        places
    }

    /// Where each record is: once, unless it is doubled.
    pub(crate) fn places(&self) -> BTreeMap<RecordId, Vec<(&TopicPartition, i64)>> {
        let mut places: BTreeMap<RecordId, Vec<_>> = BTreeMap::new();
        for (partition, entries) in &self.partitions {
            for entry in entries {
                places
                    .entry(entry.record)
                    .or_default()
                    .push((partition, entry.offset));
            }
        }
        places
    }
}

/// Reads a partition's bytes, all of them from `start` on.
pub(crate) fn read(partition: &TopicPartition, bytes: Bytes, start: i64) -> Result<Vec<Entry>, String> {
    let mut decompressor = Decompressor::new(64 << 20);
    let mut entries: Vec<(Option<i64>, Entry)> = Vec::new();
    let mut open: BTreeSet<i64> = BTreeSet::new();
    let mut expected = None;
    for batch in Batches::new(bytes) {
        let batch = batch.map_err(|error| format!("{partition}: {error}"))?;
        batch.verify().map_err(|error| format!("{partition}: {error}"))?;
        let header = batch.header();
        // The first batch begins before the start, when only some of its records were deleted.
        let is_there = match expected {
            Some(expected) => header.base_offset == expected,
            None => header.base_offset <= start,
        };
        if !is_there {
            return Err(format!(
                "{partition}: a batch at {} where {} comes",
                header.base_offset,
                expected.unwrap_or(start)
            ));
        }
        expected = Some(header.next_offset());
        let records = batch
            .records(&mut decompressor)
            .map_err(|error| format!("{partition}: {error}"))?;
        for record in records.iter() {
            let record = record.map_err(|error| format!("{partition}: {error}"))?;
            if header.attributes.is_control() {
                let marker = ControlRecord::read(&record).map_err(|error| error.to_string())?;
                end(
                    &mut entries,
                    header.producer_id,
                    marker.kind == ControlKind::Commit,
                );
                open.remove(&header.producer_id);
                continue;
            }
            if record.offset < start {
                continue;
            }
            let id = RecordId::of(record.value)
                .ok_or_else(|| format!("{partition}: a foreign record at {}", record.offset))?;
            let in_transaction = header.attributes.is_transactional().then_some(header.producer_id);
            let entry = Entry {
                offset: record.offset,
                record: id,
                is_aborted: false,
            };
            open.extend(in_transaction);
            entries.push((in_transaction, entry));
        }
    }
    for producer in open {
        end(&mut entries, producer, false);
    }
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// Ends a producer's transaction in one partition.
fn end(entries: &mut [(Option<i64>, Entry)], producer: i64, committed: bool) {
    for (transaction, entry) in entries {
        if *transaction == Some(producer) {
            *transaction = None;
            entry.is_aborted = !committed;
        }
    }
}
