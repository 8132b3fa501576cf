//! JoinGroup: who is let in, and who goes on as before.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupResponse};

use super::{ClassicGroup, ClassicState, Member, MemberId, NEWCOMER_PATIENCE, PENDING_MAX, Timer, Waits};
use crate::answers::Ticket;
use crate::group::effects::Context;
use crate::group::protocols::in_common;
use crate::time::millis;

/// A member's wish to join.
#[derive(Debug)]
pub(crate) struct Joining {
    pub(crate) request: JoinGroupRequest,
    pub(crate) client_id: Arc<str>,
    /// Its address as Java prints it: `/127.0.0.1`.
    pub(crate) client_host: String,
    pub(crate) ticket: Ticket,
}

impl ClassicGroup {
    /// Handles a member that joins. The answer comes with the effects, at once or later.
    pub(crate) fn join(&mut self, cx: &mut Context<'_>, joining: Joining) {
        let id = &joining.request.member_id;
        if !self.has_room(id, cx.settings.classic_size_max) {
            let id = id.clone();
            cx.refuse_join(joining.ticket, "", ErrorCode::GROUP_MAX_SIZE_REACHED);
            self.remove(cx, &id);
        } else if !self.can_be_led_by(&joining.request) {
            let id = id.clone();
            cx.refuse_join(joining.ticket, &id, ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
        } else if id.is_empty() {
            self.join_unknown(cx, joining);
        } else {
            self.join_known(cx, joining);
        }
    }

    fn has_room(&self, member_id: &str, max: usize) -> bool {
        match self.state {
            ClassicState::Empty => true,
            // Those who do not come back make room for others.
            ClassicState::PreparingRebalance => {
                let member = self.members.get(member_id);
                member.is_some_and(Member::awaits_join) || self.joined() < max
            }
            ClassicState::CompletingRebalance | ClassicState::Stable => {
                self.members.contains_key(member_id) || self.members.len() < max
            }
        }
    }

    /// Whether a member with these protocols fits to the others.
    fn can_be_led_by(&self, request: &JoinGroupRequest) -> bool {
        if self.members.is_empty() {
            return !request.protocol_type.is_empty() && !request.protocols.is_empty();
        }
        let known = self.members.values().map(|member| member.protocols.as_slice());
        self.protocol_type.as_deref() == Some(&request.protocol_type)
            && !in_common(&request.protocols, known).is_empty()
    }

    /// Lets somebody in who has no id yet.
    fn join_unknown(&mut self, cx: &mut Context<'_>, joining: Joining) {
        if let Some(instance) = &joining.request.group_instance_id {
            let id = cx.new_member_id(instance);
            return match self.instances.get(instance).cloned() {
                Some(old) => self.replace(cx, &old, id, joining),
                None => self.add(cx, id, joining),
            };
        }
        let id = cx.new_member_id(&joining.client_id);
        if joining.ticket.version < 4 {
            return self.add(cx, id, joining);
        }
        // KIP-394: it is to come back with its id, so that nobody is counted twice who lost the answer.
        if self.pending.len() >= PENDING_MAX {
            return cx.refuse_join(joining.ticket, "", ErrorCode::GROUP_MAX_SIZE_REACHED);
        }
        let patience = millis(joining.request.session_timeout_ms.into()).unwrap_or_default();
        self.timers
            .set(Timer::Session(id.clone()), cx.now.elapsed + patience);
        cx.refuse_join(joining.ticket, &id, ErrorCode::MEMBER_ID_REQUIRED);
        self.pending.insert(id);
    }

    fn join_known(&mut self, cx: &mut Context<'_>, joining: Joining) {
        let request = &joining.request;
        let id: MemberId = request.member_id.as_str().into();
        if request.group_instance_id.is_none() && self.pending.contains(&id) {
            return self.add(cx, id, joining);
        }
        if let Err(code) = self.check_member(&id, request.group_instance_id.as_deref()) {
            return cx.refuse_join(joining.ticket, &id, code);
        }
        let unchanged = self
            .members
            .get(&id)
            .is_some_and(|member| member.protocols == request.protocols);
        match self.state {
            ClassicState::PreparingRebalance => self.join_again(cx, &id, joining),
            // The answer was lost, or else there would be a sync.
            ClassicState::CompletingRebalance if unchanged => {
                let members = if self.is_leader(&id) {
                    self.described_members()
                } else {
                    Vec::new()
                };
                let answer = JoinGroupResponse {
                    members,
                    ..self.joined_answer(&id)
                };
                cx.answer_join(joining.ticket, answer);
            }
            ClassicState::Stable if unchanged && !self.is_leader(&id) => {
                let answer = self.joined_answer(&id);
                cx.answer_join(joining.ticket, answer);
            }
            // A leader that joins again wants to assign again.
            ClassicState::CompletingRebalance | ClassicState::Stable => self.join_again(cx, &id, joining),
            ClassicState::Empty => cx.refuse_join(joining.ticket, &id, ErrorCode::UNKNOWN_MEMBER_ID),
        }
    }

    /// Lets a member in.
    fn add(&mut self, cx: &mut Context<'_>, id: MemberId, joining: Joining) {
        let Joining {
            request,
            client_id,
            client_host,
            ticket,
        } = joining;
        // A group that is filling up for the first time waits a little longer.
        if self.state == ClassicState::PreparingRebalance && self.generation == 0 {
            self.newcomers = true;
        }
        if self.members.is_empty() {
            self.protocol_type = Some(request.protocol_type.clone());
        }
        if self.leader.is_none() {
            self.leader = Some(id.clone());
        }
        self.pending.remove(&id);
        if let Some(instance) = &request.group_instance_id {
            self.instances.insert(instance.clone(), id.clone());
        }
        cx.wait(&ticket, &id);
        let mut member = Member::new(request, &client_id, &client_host);
        member.waits = Waits::Join(Some(ticket));
        self.timers
            .set(Timer::Session(id.clone()), cx.now.elapsed + NEWCOMER_PATIENCE);
        self.members.insert(id, member);
        self.rebalance_or_go_on(cx);
    }

    /// Takes over what a member joins with, and has everybody join.
    fn join_again(&mut self, cx: &mut Context<'_>, id: &MemberId, joining: Joining) {
        if let Some(member) = self.members.get_mut(id) {
            member.update(joining.request);
            cx.wait(&joining.ticket, id);
            let waited = std::mem::replace(&mut member.waits, Waits::Join(Some(joining.ticket)));
            match waited {
                Waits::Join(Some(ticket)) => cx.abandon(ticket),
                Waits::Sync(Some(ticket)) => cx.refuse_sync(ticket, ErrorCode::REBALANCE_IN_PROGRESS),
                Waits::Join(None) | Waits::Sync(None) | Waits::Nothing => {}
            }
        }
        self.rebalance_or_go_on(cx);
    }

    /// Puts an instance that has come back in its own place, and shuts out whoever still uses its old id (KIP-345).
    fn replace(&mut self, cx: &mut Context<'_>, old: &MemberId, id: MemberId, joining: Joining) {
        let Some((index, _, mut member)) = self.members.swap_remove_full(old) else {
            return self.add(cx, id, joining);
        };
        let fenced = ErrorCode::FENCED_INSTANCE_ID;
        match std::mem::take(&mut member.waits) {
            Waits::Join(Some(ticket)) => cx.refuse_join(ticket, old, fenced),
            Waits::Sync(Some(ticket)) => cx.refuse_sync(ticket, fenced),
            Waits::Join(None) | Waits::Sync(None) | Waits::Nothing => {}
        }
        let former_leader = self.leader.clone();
        if self.is_leader(old) {
            self.leader = Some(id.clone());
        }
        if self.unsynced.remove(old) {
            self.unsynced.insert(id.clone());
        }
        self.timers.cancel(&Timer::Session(old.clone()));
        let Joining { request, ticket, .. } = joining;
        if let Some(instance) = &request.group_instance_id {
            self.instances.insert(instance.clone(), id.clone());
        }
        let skips = ticket.version >= 9;
        member.update(request);
        cx.wait(&ticket, &id);
        member.waits = Waits::Join(Some(ticket));
        let last = self.members.insert_full(id.clone(), member).0;
        self.members.swap_indices(index, last);
        self.extend_session(cx, &id);
        match self.state {
            ClassicState::Stable if self.vote() == self.protocol => {
                self.keep(cx);
                let leads = self.is_leader(&id);
                let mut answer = self.joined_answer(&id);
                if skips {
                    // KIP-814: the leader learns who is there, and that nothing is to be assigned.
                    answer.skip_assignment = leads;
                    if leads {
                        answer.members = self.described_members();
                    }
                } else if let Some(former) = former_leader {
                    // A client that does not know KIP-814 must not take itself for the leader, or it would assign again.
                    answer.leader = former.to_string();
                }
                self.answer_joined(cx, &id, answer);
            }
            // The leader may have been told the old id already.
            ClassicState::Stable | ClassicState::CompletingRebalance => self.prepare(cx),
            ClassicState::PreparingRebalance => self.go_on(cx),
            ClassicState::Empty => {}
        }
    }
}
