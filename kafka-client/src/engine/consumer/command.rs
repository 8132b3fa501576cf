use std::collections::BTreeSet;
use std::time::Duration;

use super::closing::Closing;
use super::{ConsumerMachine, Grouped};
use crate::cluster::{Metadata, TopicPartition};
use crate::consume::{
    CommitError, CommitOffsets, Position, SeekError, Settings, SlotId, StartAt, Subscription,
};
use crate::group::Leaving;
use crate::machine::Wish;
use crate::oneshot::Promise;
use crate::time::Moment;

/// What a caller wants of its consumer.
#[derive(Debug)]
pub(crate) enum Command {
    /// Read these partitions, and no others.
    Assign {
        partitions: Vec<(TopicPartition, StartAt)>,
        reply: Promise<()>,
    },
    /// Commit, leave the group and end.
    Close {
        timeout: Duration,
        leaving: Leaving,
        reply: Option<Promise<()>>,
    },
    /// Commit these offsets.
    Commit {
        offsets: CommitOffsets,
        reply: Promise<Result<(), CommitError>>,
    },
    /// Look up what is committed.
    Committed {
        partitions: BTreeSet<TopicPartition>,
        reply: Promise<Result<CommitOffsets, CommitError>>,
    },
    /// What was fetched cannot be decoded.
    Faulty {
        slot: SlotId,
        version: u64,
        position: Position,
    },
    /// What was revoked is no longer used.
    HandedOver(u64),
    /// Go to another place.
    Seek {
        partition: TopicPartition,
        to: StartAt,
        reply: Promise<Result<(), SeekError>>,
    },
    /// Share these topics with the group.
    Subscribe {
        subscription: Subscription,
        reply: Promise<()>,
    },
}

impl ConsumerMachine {
    /// Takes in what the caller sent. Says whether there was anything.
    pub(super) fn handle_commands(&mut self, now: Moment, metadata: &Metadata) -> bool {
        let mut any = false;
        while let Some(command) = self.port.take() {
            any = true;
            self.handle_command(now, metadata, command);
        }
        if self.port.caller_gone() && self.closing.is_none() && !self.done {
            any = true;
            // Nobody waits for it: it leaves as politely as it can without holding anybody up.
            self.closing = Some(Closing::new(
                now,
                self.settings.request_timeout,
                Leaving::Default,
                None,
            ));
        }
        any
    }

    fn handle_command(&mut self, now: Moment, metadata: &Metadata, command: Command) {
        match command {
            Command::Assign { partitions, reply } => {
                self.assign(now, metadata, partitions);
                reply.keep(());
            }
            Command::Close {
                timeout,
                leaving,
                reply,
            } => {
                self.closing
                    .get_or_insert_with(|| Closing::new(now, timeout, leaving, reply));
            }
            Command::Commit { offsets, reply } => self.commit(now, offsets, reply),
            Command::Committed { partitions, reply } => match &mut self.group {
                Some(group) => group
                    .lookup
                    .query(partitions, now + self.settings.api_timeout, reply),
                None => reply.keep(Err(CommitError::NoGroup)),
            },
            Command::Faulty {
                slot,
                version,
                position,
            } => {
                self.partitions.handle_fault(now, slot, version, position);
            }
            Command::HandedOver(number) => self.handle_handed_over(now, number),
            Command::Seek { partition, to, reply } => {
                let result = match to {
                    StartAt::Offset(offset) if offset < 0 => Err(SeekError::Negative(offset)),
                    to if self.partitions.seek(now, &partition, to) => Ok(()),
                    _ => Err(SeekError::NotAssigned(partition)),
                };
                reply.keep(result);
            }
            Command::Subscribe { subscription, reply } => {
                self.subscribe(now, metadata, subscription);
                reply.keep(());
            }
        }
    }

    fn assign(&mut self, now: Moment, metadata: &Metadata, wanted: Vec<(TopicPartition, StartAt)>) {
        self.subscription = Subscription::Assigned;
        self.partitions.note_topics(metadata);
        if let Some(mut member) = self.group.as_mut().and_then(|group| group.member.take()) {
            member.leave(Leaving::Default, "the consumer chooses its partitions itself");
            self.wishes.extend(std::iter::from_fn(|| member.poll_wish()));
        }
        self.forget_hand_over();
        let keep: BTreeSet<&TopicPartition> = wanted.iter().map(|(partition, _)| partition).collect();
        let gone: Vec<TopicPartition> = self
            .partitions
            .iter()
            .filter(|partition| !keep.contains(partition))
            .cloned()
            .collect();
        for partition in &gone {
            self.partitions.remove(partition);
        }
        for (partition, start) in wanted {
            self.partitions.add(now, metadata, partition, start);
        }
        self.wishes.push_back(Wish::Refresh);
    }

    fn commit(&mut self, now: Moment, offsets: CommitOffsets, reply: Promise<Result<(), CommitError>>) {
        let Some(group) = &mut self.group else {
            return reply.keep(Err(CommitError::NoGroup));
        };
        group
            .committer
            .commit(offsets, now + self.settings.api_timeout, Some(reply));
    }
}

impl Grouped {
    /// Fails what is to be committed, because the member is in no generation.
    pub(super) fn fail_commits(&mut self, settings: &Settings) {
        let group = settings.consumer.group_id.clone().unwrap_or_default();
        self.committer
            .fail_all(&CommitError::Fenced { group, source: None });
    }
}
