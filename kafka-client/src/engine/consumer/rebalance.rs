use std::collections::BTreeMap;
use std::sync::Arc;

use super::ConsumerMachine;
use super::hand_over::{HandOver, Stage};
use crate::cluster::{Metadata, TopicPartition};
use crate::consume::{Committing, ConsumeError, Notice, StartAt};
use crate::group::{Identity, MemberEvent};
use crate::machine::Wish;
use crate::time::Moment;

impl ConsumerMachine {
    /// Acts on what happened to the member.
    pub(super) fn handle_member_events(&mut self, now: Moment, metadata: &Metadata) {
        loop {
            let member = self.group.as_mut().and_then(|group| group.member.as_mut());
            let Some(event) = member.and_then(|member| member.poll_event()) else {
                return;
            };
            match event {
                MemberEvent::Assigned(coming) => {
                    for partition in &coming {
                        self.partitions
                            .add(now, metadata, partition.clone(), StartAt::Committed);
                    }
                    self.wishes.push_back(Wish::Refresh);
                    self.buffer.notify(Notice::Assigned(coming));
                }
                MemberEvent::Failed(error) => {
                    let error = ConsumeError::Group {
                        class: error.class(),
                        source: Arc::new(error),
                    };
                    self.buffer.notify(Notice::Failed(error));
                }
                MemberEvent::Lost(lost) => {
                    self.drop_partitions(&lost);
                    if let Some(group) = &mut self.group {
                        group.handing_over = None;
                    }
                    self.buffer.notify(Notice::Lost(lost));
                }
                MemberEvent::Revoke(going) => {
                    self.partitions.hold(&going);
                    let Some(group) = &mut self.group else { continue };
                    group.hand_overs += 1;
                    let number = group.hand_overs;
                    let stage = Stage::Caller;
                    group.handing_over = Some(HandOver {
                        number,
                        partitions: going.clone(),
                        stage,
                    });
                    self.buffer.notify(Notice::Revoke(number, going));
                }
            }
        }
    }

    /// The caller is done with what was revoked.
    pub(super) fn handle_handed_over(&mut self, now: Moment, number: u64) {
        let Some(group) = &mut self.group else { return };
        let Some(hand_over) = group
            .handing_over
            .as_mut()
            .filter(|hand_over| hand_over.number == number)
        else {
            return;
        };
        if hand_over.stage == Stage::Caller {
            let until = now + self.settings.request_timeout;
            let positions = match self.settings.consumer.enable_auto_commit {
                true => self.buffer.lock().processed(Some(&hand_over.partitions)),
                false => BTreeMap::new(),
            };
            // What the caller committed itself before is waited for with it.
            let number = group.committer.commit_positions(positions, until);
            hand_over.stage = Stage::Commit(number, until);
        }
    }

    /// Lets go of what was revoked once it is committed.
    pub(super) fn hand_over(&mut self, now: Moment, metadata: &Metadata) {
        let Some(group) = &mut self.group else { return };
        let committer = &group.committer;
        let ready = |hand_over: &mut HandOver| match hand_over.stage {
            Stage::Caller => false,
            Stage::Commit(number, until) => now >= until || committer.is_done_until(number),
        };
        let Some(hand_over) = group.handing_over.take_if(ready) else {
            return;
        };
        self.drop_partitions(&hand_over.partitions);
        if let Some(member) = self.group.as_mut().and_then(|group| group.member.as_mut()) {
            member.handle_handed_over(now, metadata);
        }
    }

    /// Ends a hand-over whose member is gone: what was held for it is dropped.
    pub(super) fn forget_hand_over(&mut self) {
        let hand_over = self.group.as_mut().and_then(|group| group.handing_over.take());
        if let Some(hand_over) = hand_over {
            self.drop_partitions(&hand_over.partitions);
        }
    }

    fn drop_partitions(&mut self, partitions: &[TopicPartition]) {
        for partition in partitions {
            self.partitions.remove(partition);
            if let Some(group) = &mut self.group {
                group.committer.forget(partition);
            }
        }
    }
}

/// The member that committed, as the group knows it.
pub(super) fn identity(who: Committing) -> Identity {
    Identity {
        member: who.member,
        generation: who.generation,
        instance: who.instance,
    }
}
