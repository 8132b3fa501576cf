//! The record that keeps a classic group.

use std::sync::Arc;

use protocol::internal::consumer_offsets::{
    GroupMetadataKey, GroupMetadataValue, Key, MemberMetadata, Value,
};
use protocol::messages::join_group::JoinGroupRequestProtocol;

use super::{ClassicGroup, ClassicState, Member, Waits};
use crate::group::effects::Context;
use crate::time::Now;

/// The version that brokers write.
const VERSION: i16 = 3;

impl ClassicGroup {
    fn key(&self) -> Key {
        Key::GroupMetadata(GroupMetadataKey {
            group: self.id.to_string(),
        })
    }

    /// Keeps the group as it is.
    pub(crate) fn keep(&self, cx: &mut Context<'_>) {
        let protocol = self.protocol.as_deref().unwrap_or_default();
        let members = self.members.iter().map(|(id, member)| MemberMetadata {
            member_id: id.to_string(),
            group_instance_id: member.instance_id.clone(),
            client_id: member.client_id.clone(),
            client_host: member.client_host.clone(),
            rebalance_timeout: member.rebalance_timeout_ms,
            session_timeout: member.session_timeout_ms,
            subscription: member.metadata(protocol),
            assignment: member.assignment.clone(),
        });
        let value = GroupMetadataValue {
            protocol_type: self.protocol_type().to_owned(),
            generation: self.generation,
            protocol: self.protocol.clone(),
            leader: self.leader.as_deref().map(str::to_owned),
            current_state_timestamp: self.state_timestamp.unwrap_or(-1),
            members: members.collect(),
        };
        cx.keep(self.key(), VERSION, Value::GroupMetadata(value));
    }

    /// Takes the group's record back.
    pub(crate) fn take_back(&self, cx: &mut Context<'_>) {
        cx.take_back(self.key());
    }

    /// The group that a record keeps. Its members have their sessions before them.
    pub(crate) fn restore(id: Arc<str>, now: Now, stored: GroupMetadataValue) -> Self {
        let mut group = Self::new(id);
        let timestamp = stored.current_state_timestamp;
        group.state_timestamp = (timestamp >= 0).then_some(timestamp);
        group.generation = stored.generation;
        group.protocol_type = Some(stored.protocol_type).filter(|kind| !kind.is_empty());
        group.protocol = stored.protocol;
        group.leader = stored.leader.map(Into::into);
        if !stored.members.is_empty() {
            group.state = ClassicState::Stable;
        }
        for stored in stored.members {
            let id: Arc<str> = stored.member_id.into();
            if let Some(instance) = &stored.group_instance_id {
                group.instances.insert(instance.clone(), id.clone());
            }
            let rebalance_timeout_ms = match stored.rebalance_timeout {
                -1 => stored.session_timeout,
                timeout => timeout,
            };
            let member = Member {
                instance_id: stored.group_instance_id,
                client_id: stored.client_id,
                client_host: stored.client_host,
                session_timeout_ms: stored.session_timeout,
                rebalance_timeout_ms,
                protocols: vec![JoinGroupRequestProtocol {
                    name: group.protocol.clone().unwrap_or_default(),
                    metadata: stored.subscription,
                }],
                assignment: stored.assignment,
                is_new: false,
                waits: Waits::Nothing,
            };
            let until = now.elapsed + member.session_timeout();
            group.timers.set(super::Timer::Session(id.clone()), until);
            group.members.insert(id, member);
        }
        group.subscribed = group.read_subscriptions();
        group
    }
}
