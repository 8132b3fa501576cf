//! What members ask for, by the group they name.

use protocol::ErrorCode;
use protocol::messages::consumer_group_heartbeat::ConsumerGroupHeartbeatResponse;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::leave_group::MemberResponse;

use super::classic::{ClassicGroup, Joining, Leaving, Syncing};
use super::consumer::{ConsumerGroup, GroupError, Heartbeat, TopicView};
use super::effects::{Context, Effects, join_refusal, sync_refusal};
use super::migration::{downgrade, upgrade};
use super::settings::GroupSettings;
use super::{Groups, Kind};
use crate::time::Now;

/// What one group follows besides the settings of all (KIP-848), in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupConfig {
    /// `consumer.session.timeout.ms`.
    pub(crate) session_timeout_ms: i32,
    /// `consumer.heartbeat.interval.ms`.
    pub(crate) heartbeat_interval_ms: i32,
    /// `consumer.assignment.interval.ms`.
    pub(crate) assignment_interval_ms: i64,
}

impl GroupConfig {
    fn apply(self, settings: &GroupSettings) -> GroupSettings {
        GroupSettings {
            consumer_session_timeout_ms: self.session_timeout_ms,
            consumer_heartbeat_interval_ms: self.heartbeat_interval_ms,
            consumer_assignment_interval_ms: self.assignment_interval_ms,
            ..settings.clone()
        }
    }
}

impl Groups {
    /// Handles JoinGroup for a group of `partition`.
    pub(crate) fn join(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        partition: i32,
        config: GroupConfig,
        topics: &dyn TopicView,
        joining: Joining,
    ) -> Effects {
        let mut effects = Effects::default();
        let id = joining.request.group_id.clone();
        let is_unknown = joining.request.member_id.is_empty();
        let is_new = !self.groups.contains_key(id.as_str());
        if is_new && is_unknown {
            self.get_or_create(now, &id, partition);
        }
        let settings = config.apply(&self.settings);
        let mut joining = Some(joining);
        self.with(now, rng, &mut effects, &id, |group, cx| {
            // A group that nobody is in may change its kind.
            if let Kind::Consumer(consumer) = &group.kind
                && consumer.is_empty()
                && is_unknown
            {
                consumer.take_back(cx);
                group.kind = Kind::Classic(ClassicGroup::new(id.as_str().into()));
            }
            match &mut group.kind {
                Kind::Classic(classic) => {
                    if let Some(joining) = joining.take() {
                        classic.join(cx, joining);
                    }
                    if is_new && cx.effects.records.is_empty() {
                        classic.keep(cx);
                    }
                }
                Kind::Consumer(consumer) => {
                    if let Some(joining) = joining.take_if(|_| !consumer.is_empty()) {
                        let mut cx = cx.with(&settings);
                        let answer = consumer.join(&mut cx, topics, &joining);
                        downgrade(group, &mut cx, topics, &id);
                        let answer = answer.unwrap_or_else(|code| join_refusal("", code));
                        cx.answer_join(joining.ticket, answer);
                    }
                }
            }
        });
        if let Some(joining) = joining {
            self.context(now, rng, &mut effects).refuse_join(
                joining.ticket,
                &joining.request.member_id,
                ErrorCode::UNKNOWN_MEMBER_ID,
            );
        }
        effects
    }

    /// Handles SyncGroup.
    pub(crate) fn sync(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        topics: &dyn TopicView,
        syncing: Syncing,
    ) -> Effects {
        let mut effects = Effects::default();
        let id = syncing.request.group_id.clone();
        let mut syncing = Some(syncing);
        self.with(now, rng, &mut effects, &id, |group, cx| {
            let Some(syncing) = syncing.take() else {
                return;
            };
            match &mut group.kind {
                Kind::Classic(group) => group.sync(cx, syncing),
                Kind::Consumer(group) => {
                    let answer = group.sync(cx, topics, &syncing.request);
                    cx.answer_sync(syncing.ticket, answer.unwrap_or_else(sync_refusal));
                }
            }
        });
        if let Some(syncing) = syncing {
            let mut cx = self.context(now, rng, &mut effects);
            cx.refuse_sync(syncing.ticket, ErrorCode::UNKNOWN_MEMBER_ID);
        }
        effects
    }

    /// Handles Heartbeat.
    ///
    /// # Errors
    ///
    /// What the member is to be told.
    pub(crate) fn heartbeat(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        request: &HeartbeatRequest,
    ) -> Result<(), ErrorCode> {
        let instance = request.group_instance_id.as_deref();
        self.with(
            now,
            rng,
            &mut Effects::default(),
            &request.group_id,
            |group, cx| match &mut group.kind {
                Kind::Classic(group) => {
                    group.heartbeat(cx, &request.member_id, instance, request.generation_id)
                }
                Kind::Consumer(group) => group.classic_heartbeat(cx, request),
            },
        )
        .unwrap_or(Err(ErrorCode::UNKNOWN_MEMBER_ID))
    }

    /// Handles LeaveGroup. In a group that is not there nobody is known.
    pub(crate) fn leave(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        topics: &dyn TopicView,
        id: &str,
        leaving: Vec<Leaving>,
    ) -> (Vec<MemberResponse>, Effects) {
        let mut effects = Effects::default();
        if !self.groups.contains_key(id) {
            let unknown = leaving.into_iter().map(|member| MemberResponse {
                member_id: member.member_id,
                group_instance_id: member.group_instance_id,
                error_code: ErrorCode::UNKNOWN_MEMBER_ID.0,
            });
            return (unknown.collect(), effects);
        }
        let left = self.with(now, rng, &mut effects, id, |group, cx| {
            let left = match &mut group.kind {
                Kind::Classic(group) => group.leave(cx, leaving),
                Kind::Consumer(group) => group.remove_members(cx, leaving),
            };
            downgrade(group, cx, topics, id);
            left
        });
        (left.unwrap_or_default(), effects)
    }

    /// Handles ConsumerGroupHeartbeat, which was checked, for a group of `partition`.
    ///
    /// # Errors
    ///
    /// What the member is refused for; nothing has changed then.
    pub(crate) fn consumer_heartbeat(
        &mut self,
        now: Now,
        rng: &mut fastrand::Rng,
        partition: i32,
        config: GroupConfig,
        topics: &dyn TopicView,
        heartbeat: Heartbeat,
    ) -> Result<(ConsumerGroupHeartbeatResponse, Effects), GroupError> {
        let mut effects = Effects::default();
        let id = heartbeat.request.group_id.clone();
        let leaves = heartbeat.request.member_epoch < 0;
        let joins = heartbeat.request.member_epoch == 0;
        let is_new = !self.groups.contains_key(id.as_str());
        if is_new && joins {
            self.get_or_create(now, &id, partition);
        }
        let settings = config.apply(&self.settings);
        let outcome = self.with(now, rng, &mut effects, &id, |group, cx| {
            let mut cx = cx.with(&settings);
            let outcome = match &mut group.kind {
                Kind::Consumer(group) if leaves => group.leave(&mut cx, &heartbeat.request),
                Kind::Consumer(group) => group.heartbeat(&mut cx, topics, heartbeat),
                Kind::Classic(_) if joins => {
                    let first = |group: &mut ConsumerGroup, cx: &mut Context<'_>| {
                        group.heartbeat(cx, topics, heartbeat)
                    };
                    upgrade(group, &mut cx, topics, &id, first)
                }
                Kind::Classic(_) => Err(not_consumer(&id)),
            };
            downgrade(group, &mut cx, topics, &id);
            outcome
        });
        let outcome = outcome.unwrap_or_else(|| {
            if leaves {
                return Err(not_found(&id));
            }
            let message = format!("Consumer group {id} not found.");
            Err(GroupError::new(ErrorCode::GROUP_ID_NOT_FOUND, message))
        });
        if outcome.is_err() && is_new {
            self.forget(&id);
        }
        outcome.map(|response| (response, effects))
    }

    fn context<'a>(&'a self, now: Now, rng: &'a mut fastrand::Rng, effects: &'a mut Effects) -> Context<'a> {
        Context {
            now,
            settings: &self.settings,
            rng,
            effects,
        }
    }
}

pub(super) fn not_found(id: &str) -> GroupError {
    GroupError::new(ErrorCode::GROUP_ID_NOT_FOUND, format!("Group {id} not found."))
}

pub(super) fn not_consumer(id: &str) -> GroupError {
    let message = format!("Group {id} is not a consumer group.");
    GroupError::new(ErrorCode::GROUP_ID_NOT_FOUND, message)
}
