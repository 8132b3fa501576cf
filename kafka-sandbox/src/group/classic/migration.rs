//! Classic groups that become consumer groups, or were, while they have members (KIP-848).

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::consumer_protocol::{Assignment, PROTOCOL_TYPE, Subscription};

use super::member::{Member, Waits};
use super::{ClassicGroup, ClassicState, Timer};
use crate::group::consumer::{GroupError, encode_assignment};
use crate::group::effects::Context;
use crate::group::migrant::Migrant;

impl ClassicGroup {
    /// The members of the group, with what each has, and its generation.
    ///
    /// # Errors
    ///
    /// `GROUP_ID_NOT_FOUND` when the group may not become a consumer group, or cannot; `UNKNOWN_SERVER_ERROR` before its
    /// first generation.
    pub(crate) fn emigrants(&self, cx: &Context<'_>) -> Result<(i32, Vec<Migrant>), GroupError> {
        let refuse = |why: &str| {
            let message = format!(
                "Cannot upgrade classic group {} to consumer group because {why}.",
                self.id
            );
            GroupError::new(ErrorCode::GROUP_ID_NOT_FOUND, message)
        };
        if !cx.settings.upgrades {
            return Err(refuse("the online upgrade is disabled"));
        }
        if self.protocol_type.as_deref() != Some(PROTOCOL_TYPE) {
            return Err(refuse("the group does not use the consumer embedded protocol"));
        }
        if self.members.len() > cx.settings.consumer_size_max {
            return Err(refuse("the group size exceeds the consumer group maximum size"));
        }
        // Its first generation is not there yet: Kafka fails as it does where nobody thought of something.
        let Some(protocol) = &self.protocol else {
            return Err(GroupError::new(ErrorCode::UNKNOWN_SERVER_ERROR, ""));
        };
        let mut migrants = Vec::with_capacity(self.members.len());
        for (id, member) in &self.members {
            let malformed = |_| refuse("the embedded consumer protocol is malformed");
            let assignment = Assignment::decode(&member.assignment).map_err(malformed)?;
            if assignment.user_data.is_some_and(|data| !data.is_empty()) {
                return Err(refuse(
                    "an unsupported custom assignor is in use. Please refer to the documentation or switch to a \
                     default assignor before re-attempting the upgrade",
                ));
            }
            let subscription = Subscription::decode(&member.metadata(protocol)).map_err(malformed)?;
            migrants.push(Migrant {
                id: id.clone(),
                instance_id: member.instance_id.clone(),
                client_id: member.client_id.clone(),
                client_host: member.client_host.clone(),
                session_timeout_ms: member.session_timeout_ms,
                rebalance_timeout_ms: member.rebalance_timeout_ms,
                protocols: member.protocols.clone(),
                topics: subscription.topics.into_iter().collect(),
                rack_id: subscription.rack,
                assigned: assignment.partitions,
            });
        }
        Ok((self.generation, migrants))
    }

    /// A group of members that have come from a consumer group with all they had, at its epoch.
    pub(crate) fn of_immigrants(cx: &Context<'_>, id: Arc<str>, epoch: i32, members: Vec<Migrant>) -> Self {
        let mut group = Self::new(id);
        group.generation = epoch;
        group.protocol_type = Some(PROTOCOL_TYPE.to_owned());
        group.leader = members.first().map(|migrant| migrant.id.clone());
        let mut assigned = Vec::with_capacity(members.len());
        for migrant in members {
            assigned.push(migrant.assigned);
            if let Some(instance) = &migrant.instance_id {
                group.instances.insert(instance.clone(), migrant.id.clone());
            }
            let member = Member {
                instance_id: migrant.instance_id,
                client_id: migrant.client_id,
                client_host: migrant.client_host,
                session_timeout_ms: migrant.session_timeout_ms,
                rebalance_timeout_ms: migrant.rebalance_timeout_ms,
                protocols: migrant.protocols,
                assignment: bytes::Bytes::new(),
                is_new: false,
                waits: Waits::Nothing,
            };
            let until = cx.now.elapsed + member.session_timeout();
            group.timers.set(Timer::Session(migrant.id.clone()), until);
            group.members.insert(migrant.id, member);
        }
        group.protocol = group.vote();
        let protocol = group.protocol.clone().unwrap_or_default();
        for (member, assigned) in group.members.values_mut().zip(assigned) {
            member.assignment = encode_assignment(&member.metadata(&protocol), assigned);
        }
        group.subscribed = group.read_subscriptions();
        group.enter(cx, ClassicState::Stable);
        group
    }
}
