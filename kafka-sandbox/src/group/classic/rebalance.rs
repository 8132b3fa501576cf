//! From one generation to the next.

use std::time::Duration;

use protocol::ErrorCode;
use protocol::consumer_protocol::{PROTOCOL_TYPE, Subscription};
use protocol::messages::join_group::{JoinGroupResponse, JoinGroupResponseMember};
use rustc_hash::FxHashMap;

use super::{ClassicGroup, ClassicState, Member, MemberId, Timer, Waits};
use crate::answers::Ticket;
use crate::group::effects::Context;
use crate::group::protocols::in_common;

impl ClassicGroup {
    /// Begins a rebalance because of somebody who came, or goes on with the one there is.
    pub(super) fn rebalance_or_go_on(&mut self, cx: &mut Context<'_>) {
        if self.state == ClassicState::PreparingRebalance {
            self.go_on(cx);
        } else {
            self.prepare(cx);
        }
    }

    /// Does what follows when somebody is gone.
    pub(super) fn follow_loss(&mut self, cx: &mut Context<'_>) {
        match self.state {
            ClassicState::Stable | ClassicState::CompletingRebalance => self.prepare(cx),
            ClassicState::PreparingRebalance => self.go_on(cx),
            ClassicState::Empty => {}
        }
    }

    /// Has everybody join.
    pub(super) fn prepare(&mut self, cx: &mut Context<'_>) {
        if self.state == ClassicState::CompletingRebalance {
            self.refuse_syncs(cx, ErrorCode::REBALANCE_IN_PROGRESS);
        }
        self.timers.cancel(&Timer::Sync);
        self.unsynced.clear();
        self.was_empty = self.state == ClassicState::Empty;
        self.enter(cx, ClassicState::PreparingRebalance);
        if self.was_empty {
            let delay = cx.settings.initial_rebalance_delay;
            self.newcomers = false;
            self.delay_left = self.rebalance_timeout().saturating_sub(delay);
            self.timers.set(Timer::Join, cx.now.elapsed + delay);
            if delay.is_zero() {
                self.end_joining(cx);
            }
        } else if self.have_all_joined() {
            self.complete(cx);
        } else {
            let until = cx.now.elapsed + self.rebalance_timeout();
            self.timers.set(Timer::Join, until);
        }
    }

    /// Ends the time of joining if nobody is missing.
    pub(super) fn go_on(&mut self, cx: &mut Context<'_>) {
        if self.state == ClassicState::PreparingRebalance && !self.was_empty && self.have_all_joined() {
            self.complete(cx);
        }
    }

    /// Waits no longer for members, except that a new group takes its time while more of them come.
    pub(super) fn end_joining(&mut self, cx: &mut Context<'_>) {
        if self.state != ClassicState::PreparingRebalance {
            return;
        }
        if self.was_empty && self.newcomers && !self.delay_left.is_zero() {
            self.newcomers = false;
            let delay = cx.settings.initial_rebalance_delay.min(self.delay_left);
            self.delay_left -= delay;
            self.timers.set(Timer::Join, cx.now.elapsed + delay);
        } else {
            self.complete(cx);
        }
    }

    /// Makes a generation of those who have joined.
    fn complete(&mut self, cx: &mut Context<'_>) {
        self.timers.cancel(&Timer::Join);
        let absent: Vec<MemberId> = self
            .members
            .iter()
            .filter(|(_, member)| !member.awaits_join() && member.instance_id.is_none())
            .map(|(id, _)| id.clone())
            .collect();
        for id in absent {
            self.remove(cx, &id);
        }
        if !self.members.is_empty() && !self.choose_leader() {
            // Instances alone are left, and they are given until their sessions end.
            let until = cx.now.elapsed + self.rebalance_timeout().max(Duration::from_millis(1));
            self.timers.set(Timer::Join, until);
            return;
        }
        self.generation = self.generation.checked_add(1).unwrap_or(1);
        self.was_empty = false;
        if self.members.is_empty() {
            self.protocol = None;
            self.leader = None;
            self.subscribed = self.read_subscriptions();
            self.enter(cx, ClassicState::Empty);
            self.keep(cx);
            return;
        }
        self.protocol = self.vote();
        self.subscribed = self.read_subscriptions();
        self.enter(cx, ClassicState::CompletingRebalance);
        let until = cx.now.elapsed + self.rebalance_timeout();
        self.timers.set(Timer::Sync, until);
        self.unsynced = self.members.keys().cloned().collect();
        let ids: Vec<MemberId> = self.members.keys().cloned().collect();
        for id in ids {
            let mut answer = self.joined_answer(&id);
            if self.is_leader(&id) {
                answer.members = self.described_members();
            }
            self.answer_joined(cx, &id, answer);
            self.extend_session(cx, &id);
        }
    }

    /// Makes sure that the leader is one of those who have joined. False when nobody has.
    fn choose_leader(&mut self) -> bool {
        let is_there = |id: &MemberId| self.members.get(id).is_some_and(Member::awaits_join);
        if !self.leader.as_ref().is_some_and(is_there) {
            let mut joined = self.members.iter().filter(|(_, member)| member.awaits_join());
            let Some((id, _)) = joined.next() else {
                return false;
            };
            self.leader = Some(id.clone());
        }
        true
    }

    /// The protocol that most members like best of those that all can be led by.
    pub(super) fn vote(&self) -> Option<String> {
        let mut lists = self.members.values().map(|member| member.protocols.as_slice());
        let first = self.members.values().next()?;
        let common = in_common(lists.next()?, lists);
        let mut votes: FxHashMap<&str, usize> = FxHashMap::default();
        for member in self.members.values() {
            let mut wishes = member.protocols.iter().map(|protocol| protocol.name.as_str());
            if let Some(wish) = wishes.find(|name| common.contains(name)) {
                *votes.entry(wish).or_default() += 1;
            }
        }
        let best = votes.values().copied().max()?;
        let mut candidates = first.protocols.iter().map(|protocol| protocol.name.as_str());
        candidates
            .find(|name| votes.get(name) == Some(&best))
            .map(str::to_owned)
    }

    /// The topics of all members, if they are consumers and can be understood.
    pub(super) fn read_subscriptions(&self) -> Option<std::collections::BTreeSet<String>> {
        if self.protocol_type.as_deref() != Some(PROTOCOL_TYPE) {
            return None;
        }
        let Some(protocol) = &self.protocol else {
            return self.members.is_empty().then(Default::default);
        };
        let mut topics = std::collections::BTreeSet::new();
        for member in self.members.values() {
            let subscription = Subscription::decode(&member.metadata(protocol)).ok()?;
            topics.extend(subscription.topics);
        }
        Some(topics)
    }

    pub(super) fn enter(&mut self, cx: &Context<'_>, state: ClassicState) {
        self.state = state;
        self.state_timestamp = Some(cx.now.timestamp);
    }

    pub(super) fn joined(&self) -> usize {
        self.members
            .values()
            .filter(|member| member.awaits_join())
            .count()
    }

    fn have_all_joined(&self) -> bool {
        self.pending.is_empty() && self.members.values().all(Member::awaits_join)
    }

    /// How long members have to join: the longest that any of them wants.
    fn rebalance_timeout(&self) -> Duration {
        let timeouts = self.members.values().map(Member::rebalance_timeout);
        timeouts.max().unwrap_or_default()
    }

    /// The answer to a member that is in: without the others.
    pub(super) fn joined_answer(&self, id: &str) -> JoinGroupResponse {
        JoinGroupResponse {
            generation_id: self.generation,
            protocol_type: self.protocol_type.clone(),
            protocol_name: self.protocol.clone(),
            leader: self.leader.as_deref().unwrap_or_default().to_owned(),
            member_id: id.to_owned(),
            ..JoinGroupResponse::default()
        }
    }

    /// The members with what they tell the leader.
    pub(super) fn described_members(&self) -> Vec<JoinGroupResponseMember> {
        let protocol = self.protocol.as_deref().unwrap_or_default();
        let members = self.members.iter();
        members
            .map(|(id, member)| JoinGroupResponseMember {
                member_id: id.to_string(),
                group_instance_id: member.instance_id.clone(),
                metadata: member.metadata(protocol),
            })
            .collect()
    }

    /// Answers a member that has joined.
    pub(super) fn answer_joined(&mut self, cx: &mut Context<'_>, id: &str, answer: JoinGroupResponse) {
        if let Some(member) = self.members.get_mut(id) {
            member.is_new = false;
            if let Waits::Join(Some(ticket)) = std::mem::take(&mut member.waits) {
                cx.answer_join(ticket, answer);
            }
        }
    }

    /// Ends the syncs that wait with an error, and takes the assignments back.
    pub(super) fn refuse_syncs(&mut self, cx: &mut Context<'_>, code: ErrorCode) {
        for (_, ticket) in self.take_syncs() {
            cx.refuse_sync(ticket, code);
        }
        for member in self.members.values_mut() {
            member.assignment = bytes::Bytes::new();
        }
    }

    /// Takes the tickets of those who wait for their assignments.
    pub(super) fn take_syncs(&mut self) -> Vec<(MemberId, Ticket)> {
        let mut tickets = Vec::new();
        for (id, member) in &mut self.members {
            if matches!(member.waits, Waits::Sync(_))
                && let Waits::Sync(Some(ticket)) = std::mem::take(&mut member.waits)
            {
                tickets.push((id.clone(), ticket));
            }
        }
        tickets
    }
}
