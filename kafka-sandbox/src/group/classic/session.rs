//! What members do between joining and leaving: SyncGroup, Heartbeat, LeaveGroup; and what is done when they do not.

use std::collections::HashMap;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::messages::leave_group::{MemberIdentity, MemberResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};
use rustc_hash::FxBuildHasher;

use super::{ClassicGroup, ClassicState, MemberId, Timer, Waits};
use crate::answers::Ticket;
use crate::group::effects::Context;

/// A member's wish to know its assignment.
#[derive(Debug)]
pub(crate) struct Syncing {
    pub(crate) request: SyncGroupRequest,
    pub(crate) ticket: Ticket,
}

/// Somebody who is to leave: by its id, or an instance by its name alone.
pub(crate) type Leaving = MemberIdentity;

impl ClassicGroup {
    /// Handles a sync. The answer comes with the effects, at once or later.
    pub(crate) fn sync(&mut self, cx: &mut Context<'_>, syncing: Syncing) {
        let Syncing { request, ticket } = syncing;
        if let Err(code) = self.check_sync(&request) {
            return cx.refuse_sync(ticket, code);
        }
        let id: MemberId = request.member_id.as_str().into();
        match self.state {
            ClassicState::Empty => cx.refuse_sync(ticket, ErrorCode::UNKNOWN_MEMBER_ID),
            ClassicState::PreparingRebalance => cx.refuse_sync(ticket, ErrorCode::REBALANCE_IN_PROGRESS),
            ClassicState::CompletingRebalance => {
                self.unsynced.remove(&id);
                cx.wait(&ticket, &id);
                if let Some(member) = self.members.get_mut(&id)
                    && let Waits::Sync(Some(ticket)) =
                        std::mem::replace(&mut member.waits, Waits::Sync(Some(ticket)))
                {
                    cx.abandon(ticket);
                }
                if self.is_leader(&id) {
                    let assignments = request.assignments.into_iter();
                    let assignments = assignments.map(|given| (given.member_id, given.assignment));
                    self.assign(cx, assignments.collect());
                }
            }
            ClassicState::Stable => {
                self.unsynced.remove(&id);
                let answer = self.synced_answer(&id);
                cx.answer_sync(ticket, answer);
            }
        }
        self.end_syncing();
    }

    fn check_sync(&self, request: &SyncGroupRequest) -> Result<(), ErrorCode> {
        self.check_member(&request.member_id, request.group_instance_id.as_deref())?;
        if request.generation_id != self.generation {
            return Err(ErrorCode::ILLEGAL_GENERATION);
        }
        let differ = |asked: &Option<String>, known: &Option<String>| {
            asked.is_some() && known.is_some() && asked != known
        };
        if differ(&request.protocol_type, &self.protocol_type)
            || differ(&request.protocol_name, &self.protocol)
        {
            return Err(ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
        }
        Ok(())
    }

    /// Hands out what the leader has assigned; nothing to whom it does not mention.
    fn assign(&mut self, cx: &mut Context<'_>, mut given: HashMap<String, Bytes, FxBuildHasher>) {
        for (id, member) in &mut self.members {
            member.assignment = given.remove(&**id).unwrap_or_default();
        }
        self.enter(cx, ClassicState::Stable);
        self.keep(cx);
        for (id, ticket) in self.take_syncs() {
            let answer = self.synced_answer(&id);
            cx.answer_sync(ticket, answer);
        }
        let ids: Vec<MemberId> = self.members.keys().cloned().collect();
        for id in ids {
            self.extend_session(cx, &id);
        }
    }

    fn synced_answer(&self, id: &str) -> SyncGroupResponse {
        let member = self.members.get(id);
        SyncGroupResponse {
            protocol_type: self.protocol_type.clone(),
            protocol_name: self.protocol.clone(),
            assignment: member.map(|member| member.assignment.clone()).unwrap_or_default(),
            ..SyncGroupResponse::default()
        }
    }

    /// Waits no longer for syncs when there is none to wait for.
    fn end_syncing(&mut self) {
        if self.unsynced.is_empty() {
            self.timers.cancel(&Timer::Sync);
        }
    }

    /// Puts those out who have not synced in time.
    pub(super) fn drop_unsynced(&mut self, cx: &mut Context<'_>) {
        let lost = std::mem::take(&mut self.unsynced);
        let mut any = false;
        for id in lost {
            any |= self.remove(cx, &id);
        }
        if any {
            self.follow_loss(cx);
        }
    }

    /// Handles a heartbeat.
    ///
    /// # Errors
    ///
    /// What the member is to be told; `REBALANCE_IN_PROGRESS` counts as a sign of life nevertheless.
    pub(crate) fn heartbeat(
        &mut self,
        cx: &Context<'_>,
        member_id: &str,
        instance_id: Option<&str>,
        generation: i32,
    ) -> Result<(), ErrorCode> {
        self.check_member(member_id, instance_id)?;
        if generation != self.generation {
            return Err(ErrorCode::ILLEGAL_GENERATION);
        }
        match self.state {
            ClassicState::Empty => Err(ErrorCode::UNKNOWN_MEMBER_ID),
            ClassicState::PreparingRebalance => {
                self.extend_session(cx, member_id);
                Err(ErrorCode::REBALANCE_IN_PROGRESS)
            }
            ClassicState::CompletingRebalance | ClassicState::Stable => {
                self.extend_session(cx, member_id);
                Ok(())
            }
        }
    }

    /// Handles those who leave, or are made to.
    pub(crate) fn leave(&mut self, cx: &mut Context<'_>, leaving: Vec<Leaving>) -> Vec<MemberResponse> {
        let mut any = false;
        let mut outcomes = Vec::with_capacity(leaving.len());
        for member in leaving {
            let outcome = self.leave_one(cx, &member);
            any |= outcome.is_ok();
            outcomes.push(MemberResponse {
                member_id: member.member_id,
                group_instance_id: member.group_instance_id,
                error_code: outcome.err().unwrap_or_default().0,
            });
        }
        if any {
            self.follow_loss(cx);
        }
        outcomes
    }

    fn leave_one(&mut self, cx: &mut Context<'_>, leaving: &Leaving) -> Result<(), ErrorCode> {
        let id = match (&leaving.group_instance_id, leaving.member_id.as_str()) {
            // An administrator knows the instance alone.
            (Some(instance), "") => {
                let known = self.instances.get(instance);
                known.cloned().ok_or(ErrorCode::UNKNOWN_MEMBER_ID)?
            }
            (None, id) if self.remove_pending(id) => return Ok(()),
            (instance, id) => {
                self.check_member(id, instance.as_deref())?;
                id.into()
            }
        };
        self.remove(cx, &id);
        Ok(())
    }

    /// Ends the membership of one that was silent for too long, unless it waits for others.
    pub(super) fn expire(&mut self, cx: &mut Context<'_>, id: &MemberId) {
        if self.pending.remove(id) {
            return self.follow_loss(cx);
        }
        let Some(member) = self.members.get(id) else {
            return;
        };
        if member.is_new || matches!(member.waits, Waits::Nothing) {
            self.remove(cx, id);
            self.follow_loss(cx);
        }
    }
}
