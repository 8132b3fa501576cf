//! What is in the logs at the end, as the cluster itself says.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use kafka_client::cluster::TopicPartition;
use protocol::compress::Decompressor;
use protocol::records::{Batches, ControlKind, ControlRecord};

use super::trace::RecordId;

/// A record in a log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) offset: i64,
    pub(crate) record: RecordId,
    /// It belongs to a transaction that was aborted, or never ended.
    pub(crate) is_aborted: bool,
}

/// The records of all partitions, in their order. Control records are left out.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) partitions: BTreeMap<TopicPartition, Vec<Entry>>,
}

impl Log {
    /// Reads one partition's bytes, all of them.
    pub(crate) fn add(&mut self, partition: TopicPartition, bytes: Bytes) -> Result<(), String> {
        let mut decompressor = Decompressor::new(64 << 20);
        let mut entries: Vec<(Option<i64>, Entry)> = Vec::new();
        let mut open: BTreeSet<i64> = BTreeSet::new();
        let mut expected = 0;
        for batch in Batches::new(bytes) {
            let batch = batch.map_err(|error| format!("{partition}: {error}"))?;
            batch.verify().map_err(|error| format!("{partition}: {error}"))?;
            let header = batch.header();
            if header.base_offset != expected {
                return Err(format!(
                    "{partition}: a batch at {} where {expected} comes",
                    header.base_offset
                ));
            }
            expected = header.next_offset();
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
        let entries = entries.into_iter().map(|(_, entry)| entry).collect();
        self.partitions.insert(partition, entries);
        Ok(())
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

/// Ends a producer's transaction in one partition.
fn end(entries: &mut [(Option<i64>, Entry)], producer: i64, committed: bool) {
    for (transaction, entry) in entries {
        if *transaction == Some(producer) {
            *transaction = None;
            entry.is_aborted = !committed;
        }
    }
}
