//! What an error code means for the batch that got it.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::compress::{Compressor, Decompressor};
use protocol::messages::produce::PartitionProduceResponse;

use super::Sender;
use crate::error::BrokerError;
use crate::mutant::{self, Mutant};
use crate::produce::batch::Batch;
use crate::produce::cell::Outcome;
use crate::produce::error::{Fate, ProduceError};
use crate::time::{Moment, earliest};

/// What is done with a batch that was not simply written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It was written by an earlier attempt.
    WrittenBefore,
    /// The same bytes again.
    Again,
    /// The same bytes again, and it may have been written already.
    AgainMaybeWritten,
    /// The broker expected another number: a new epoch, then again.
    NewEpoch,
    /// In smaller batches.
    Split,
    /// Not again.
    Refused,
}

impl Sender {
    /// When the answer for the batch of one lane is there.
    pub(super) fn take_partition(
        &mut self,
        now: Moment,
        number: usize,
        tag: u64,
        response: PartitionProduceResponse,
    ) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let Some(mut batch) = lane.take_in_flight(tag) else {
            let partition = &lane.partition.name;
            tracing::warn!(%partition, "second answer for a batch, or one that was given up");
            return;
        };
        let partition = lane.partition.clone();
        if response.error_code == 0 {
            lane.backoff.reset();
            lane.unknown_since = None;
            let behind_first = i64::from(batch.sealed.count()) - 1;
            lane.last_written = Some(response.base_offset.saturating_add(behind_first));
            lane.note_written(&batch);
            if batch.behind_gap {
                // The broker had no memory of this producer and took it for the first batch.
                lane.next = batch.sealed.producer().after(batch.sealed.count());
            }
            let written = Outcome::Written {
                partition: partition.name.partition,
                base_offset: response.base_offset,
                append_time: response.log_append_time_ms,
            };
            self.succeed(&partition, *batch, written);
            return;
        }
        let code = ErrorCode(response.error_code);
        let source = Arc::new(BrokerError {
            code,
            message: response.error_message.clone().filter(|text| !text.is_empty()),
        });
        let verdict = self.judge(number, &batch, code, response.log_start_offset);
        tracing::debug!(partition = %partition.name, %code, ?verdict, "batch not written");
        if code.refreshes_metadata() || code == ErrorCode::UNKNOWN_LEADER_EPOCH {
            self.wish_refresh();
        }
        match verdict {
            Verdict::WrittenBefore => {
                if let Some(lane) = self.lanes.get_mut(number) {
                    lane.note_written(&batch);
                }
                let written = Outcome::Written {
                    partition: partition.name.partition,
                    base_offset: -1,
                    append_time: response.log_append_time_ms,
                };
                self.succeed(&partition, *batch, written);
            }
            Verdict::Again | Verdict::AgainMaybeWritten => {
                batch.maybe_written |= verdict == Verdict::AgainMaybeWritten;
                let fate = batch.fate();
                let cause = ProduceError::Broker {
                    partition: partition.name.clone(),
                    source,
                    fate,
                };
                if is_unknown(code) && self.is_unknown_for_long(now, number) {
                    self.give_up(number, batch, cause);
                } else {
                    // A pause ends when a new leader is in force.
                    let must_pause = !batch.behind_gap;
                    self.retry(now, number, batch, cause, must_pause);
                }
            }
            Verdict::NewEpoch => self.begin_new_epoch(now, number, batch, source),
            Verdict::Split => self.split(number, batch, source),
            Verdict::Refused => self.refuse(number, batch, source, &response),
        }
    }

    fn judge(&self, number: usize, batch: &Batch, code: ErrorCode, log_start: i64) -> Verdict {
        let Some(lane) = self.lanes.get(number) else {
            return Verdict::Refused;
        };
        let is_idempotent = self.identity.is_idempotent();
        match code {
            ErrorCode::DUPLICATE_SEQUENCE_NUMBER => Verdict::WrittenBefore,
            ErrorCode::OUT_OF_ORDER_SEQUENCE_NUMBER if is_idempotent => {
                if batch.behind_gap || !lane.is_head(batch) {
                    return Verdict::Again;
                }
                if let Some(offset) = lane.last_written {
                    let partition = &lane.partition.name;
                    tracing::warn!(%partition, offset, "the broker may have lost records up to this offset");
                }
                Verdict::NewEpoch
            }
            ErrorCode::UNKNOWN_PRODUCER_ID if is_idempotent => {
                if log_start < 0 {
                    Verdict::Again
                } else {
                    Verdict::NewEpoch
                }
            }
            ErrorCode::INVALID_PRODUCER_EPOCH if is_idempotent => Verdict::NewEpoch,
            ErrorCode::MESSAGE_TOO_LARGE | ErrorCode::RECORD_LIST_TOO_LARGE
                if batch.sealed.count() > 1 && !batch.maybe_written =>
            {
                Verdict::Split
            }
            ErrorCode::NOT_ENOUGH_REPLICAS_AFTER_APPEND | ErrorCode::REQUEST_TIMED_OUT => {
                Verdict::AgainMaybeWritten
            }
            code if code.is_retriable() || code.refreshes_metadata() => Verdict::Again,
            _ => Verdict::Refused,
        }
    }

    /// Sends a batch again, after a pause if `must_pause`, unless it has had all its attempts.
    pub(super) fn retry(
        &mut self,
        now: Moment,
        number: usize,
        mut batch: Box<Batch>,
        cause: ProduceError,
        must_pause: bool,
    ) {
        if batch.behind_gap || mutant::is(Mutant::RenumberOnRetry) {
            batch.unnumber();
        }
        if batch.attempts > self.shared.config.retries {
            self.give_up(number, batch, cause);
            return;
        }
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        batch.last_error = Some(Arc::new(cause));
        batch.request = 0;
        lane.put_back(batch);
        if must_pause {
            let until = lane.pause(now, &mut self.rng);
            self.paused.insert((until, number));
        }
    }

    /// Gives a batch up.
    pub(super) fn give_up(&mut self, number: usize, batch: Box<Batch>, error: ProduceError) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        if self.identity.is_idempotent() {
            lane.give_up(&batch);
        }
        let partition = lane.partition.clone();
        self.fail(&partition, *batch, error);
    }

    /// The broker expects other numbers than ours: once everything under way is back, all that is left goes again
    /// under new ones. It was not written: the broker has refused it, and what came after it with it.
    fn begin_new_epoch(
        &mut self,
        now: Moment,
        number: usize,
        mut batch: Box<Batch>,
        source: Arc<BrokerError>,
    ) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        lane.renumber_from(&batch);
        lane.is_broken = true;
        batch.unnumber();
        let partition = lane.partition.name.clone();
        let cause = ProduceError::Broker {
            partition,
            source,
            fate: Fate::NotWritten,
        };
        self.retry(now, number, batch, cause, true);
    }

    /// Cuts a batch in two or more, which take its place and its numbers.
    fn split(&mut self, number: usize, batch: Box<Batch>, source: Arc<BrokerError>) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let name = lane.partition.name.clone();
        let limit = (batch.sealed.uncompressed_size() / 2).max(self.shared.config.batch_size);
        let mut decompressor = Decompressor::new(usize::MAX);
        let parts = match batch
            .sealed
            .split(limit, &mut Compressor::new(), &mut decompressor)
        {
            Ok(parts) => parts,
            Err(error) => {
                let error = ProduceError::Compression {
                    partition: name,
                    reason: error.to_string().into(),
                };
                self.give_up(number, batch, error);
                return;
            }
        };
        let Batch {
            mut share,
            mut charge,
            opened_at,
            topic_id,
            movable,
            place,
            order,
            attempts,
            ..
        } = *batch;
        let cause = ProduceError::Broker {
            partition: name,
            source,
            fate: Fate::NotWritten,
        };
        let last_error = Some(Arc::new(cause));
        let is_numbered = batch.is_numbered && !batch.behind_gap;
        let mut before = 0;
        let count = parts.len();
        for (nth, sealed) in parts.into_iter().enumerate() {
            let records = sealed.count();
            let is_last = nth + 1 == count;
            let mut part_place = place;
            part_place.stamp = sealed.producer();
            part_place.records_before = place.records_before.wrapping_add(before);
            let part = Batch {
                share: share.split_off_front(records),
                charge: charge.split_off(if is_last { usize::MAX } else { sealed.size() }),
                sealed,
                opened_at,
                topic_id,
                movable,
                place: part_place,
                order: (order.0, order.1 + before),
                attempts: attempts.saturating_sub(1),
                request: 0,
                is_numbered,
                maybe_written: false,
                behind_gap: false,
                last_error: last_error.clone(),
            };
            before += records;
            lane.put_back(Box::new(part));
        }
        let extra = count.saturating_sub(1);
        self.unresolved += extra;
        lane.partition.queued.fetch_add(
            u32::try_from(extra).unwrap_or(0),
            std::sync::atomic::Ordering::Relaxed,
        );
    }

    /// The broker does not want the batch, or only some of its records (KIP-467).
    fn refuse(
        &mut self,
        number: usize,
        batch: Box<Batch>,
        source: Arc<BrokerError>,
        response: &PartitionProduceResponse,
    ) {
        let Some(lane) = self.lanes.get_mut(number) else {
            return;
        };
        let partition = lane.partition.clone();
        let name = partition.name.clone();
        if response.record_errors.is_empty() || batch.maybe_written {
            // UNKNOWN_SERVER_ERROR says nothing about how far the broker got.
            let is_unclear = batch.maybe_written || source.code == ErrorCode::UNKNOWN_SERVER_ERROR;
            let fate = if is_unclear {
                Fate::MaybeWritten
            } else {
                Fate::Rejected
            };
            let batch = Box::new(Batch {
                maybe_written: is_unclear,
                ..*batch
            });
            self.give_up(
                number,
                batch,
                ProduceError::Broker {
                    partition: name,
                    source,
                    fate,
                },
            );
            return;
        }
        if self.identity.is_idempotent() {
            lane.give_up(&batch);
        }
        let mut refused: Vec<(u32, ProduceError)> = response
            .record_errors
            .iter()
            .filter_map(|record| {
                let place = u32::try_from(record.batch_index).ok()?;
                let reason = record
                    .batch_index_error_message
                    .as_deref()
                    .unwrap_or_else(|| source.code.meaning());
                let error = ProduceError::RecordRejected {
                    partition: name.clone(),
                    reason: reason.into(),
                    source: source.clone(),
                };
                Some((place, error))
            })
            .collect();
        refused.sort_by_key(|(place, _)| *place);
        let rest = ProduceError::BatchRejected {
            partition: name,
            source,
        };
        self.reject(&partition, *batch, refused, &rest);
    }

    /// Whether brokers have said for too long that a lane's partition does not exist.
    fn is_unknown_for_long(&mut self, now: Moment, number: usize) -> bool {
        let max_block = self.shared.config.max_block;
        let Some(lane) = self.lanes.get_mut(number) else {
            return false;
        };
        let since = *lane.unknown_since.get_or_insert(now);
        self.expiry_at = earliest(self.expiry_at, Some(since + max_block));
        now.since(since) >= max_block
    }
}

fn is_unknown(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION | ErrorCode::UNKNOWN_TOPIC_ID
    )
}
