//! Members that speak the classic protocol in a group whose coordinator assigns: while a group is moved from one protocol
//! to the other, both kinds of clients are in it (KIP-848).
//!
//! A classic member joins to take a step, and syncs to learn where it got to; its generation is its epoch. When a
//! heartbeat finds that there is a step to take, it is told to join again.

use std::sync::Arc;

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::consumer_protocol::{Assignment, PROTOCOL_TYPE, Subscription, TopicPartitions};
use protocol::messages::consumer_group_heartbeat::RequestTopicPartitions;
use protocol::messages::heartbeat::HeartbeatRequest;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupResponse};

use super::member::{ClassicTerms, ConsumerMember, Progress};
use super::{ConsumerGroup, Timer, TopicView};
use crate::group::classic::Joining;
use crate::group::effects::{Context, join_refusal};
use crate::group::migrant::Downgrade;
use crate::group::protocols::in_common;
use crate::time::millis;

impl ConsumerGroup {
    /// Handles a join of the classic protocol. The answer does not wait for others.
    ///
    /// # Errors
    ///
    /// What the member is refused for; nothing has changed then.
    pub(crate) fn join(
        &mut self,
        cx: &mut Context<'_>,
        topics: &dyn TopicView,
        joining: &Joining,
    ) -> Result<JoinGroupResponse, ErrorCode> {
        let request = &joining.request;
        let is_unknown = request.member_id.is_empty();
        let id: Arc<str> = if is_unknown {
            protocol::Uuid::random(|| cx.rng.u128(..).to_be_bytes())
                .to_string()
                .into()
        } else {
            request.member_id.as_str().into()
        };
        if !self.members.contains_key(&id) && self.members.len() >= cx.settings.consumer_size_max {
            return Err(ErrorCode::GROUP_MAX_SIZE_REACHED);
        }
        if request.protocol_type != PROTOCOL_TYPE || !self.has_in_common(&request.protocols) {
            return Err(ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
        }
        if is_unknown && joining.ticket.version >= 4 && request.group_instance_id.is_none() {
            return Ok(join_refusal(&id, ErrorCode::MEMBER_ID_REQUIRED));
        }
        let replaced = match &request.group_instance_id {
            Some(instance) if is_unknown => self.instances.get(instance).cloned(),
            Some(_) => {
                self.check_classic(&id, request.group_instance_id.as_deref())?;
                None
            }
            None => None,
        };
        // All protocols of a member say the same of its topics.
        let first = request
            .protocols
            .first()
            .ok_or(ErrorCode::INCONSISTENT_GROUP_PROTOCOL)?;
        let subscription =
            Subscription::decode(&first.metadata).map_err(|_| ErrorCode::INCONSISTENT_GROUP_PROTOCOL)?;
        let was_modern = replaced.as_ref().and_then(|old| self.members.get(old));
        let was_modern = was_modern.is_some_and(|member| member.wishes.classic.is_none());
        if let Some(old) = &replaced {
            self.replace(cx, old, &id);
        }
        let known = self.members.get(&id);
        let mut wishes = known.map(|member| member.wishes.clone()).unwrap_or_default();
        if request.group_instance_id.is_some() {
            wishes.instance_id.clone_from(&request.group_instance_id);
        }
        if subscription.rack.is_some() {
            wishes.rack_id = subscription.rack;
        }
        wishes.rebalance_timeout_ms = rebalance_timeout_ms(request);
        wishes.topics = subscription.topics.into_iter().collect();
        wishes.client_id = joining.client_id.to_string();
        wishes.client_host.clone_from(&joining.client_host);
        wishes.classic = Some(ClassicTerms {
            session_timeout_ms: request.session_timeout_ms,
            protocols: request.protocols.clone(),
        });
        let news = known
            .is_none_or(|member| member.wishes != wishes)
            .then_some(wishes);
        let is_replacement = replaced.is_some();
        let owned = owned(topics, &subscription.owned_partitions);
        self.go_on(cx, topics, &id, news, is_replacement, Some(&owned));
        let rebalance_timeout = millis(rebalance_timeout_ms(request).into()).unwrap_or_default();
        self.timers.cancel(&Timer::Join(id.clone()));
        self.timers
            .set(Timer::Sync(id.clone()), cx.now.elapsed + rebalance_timeout);
        self.extend_session(cx, &id);
        if was_modern && self.may_downgrade(cx) {
            self.downgrade = Some(Downgrade::AsItIs);
        }
        Ok(JoinGroupResponse {
            generation_id: self.members.get(&id).map_or(-1, |member| member.epoch),
            protocol_type: Some(PROTOCOL_TYPE.to_owned()),
            protocol_name: Some(first.name.clone()),
            member_id: id.to_string(),
            ..JoinGroupResponse::default()
        })
    }

    /// Whether all classic members have one of these protocols.
    fn has_in_common(&self, protocols: &[JoinGroupRequestProtocol]) -> bool {
        let classic = self
            .members
            .values()
            .filter_map(|member| member.wishes.classic.as_ref());
        let known = classic.map(|classic| classic.protocols.as_slice());
        !in_common(protocols, known).is_empty()
    }

    /// The member of this id, or of this instance where one is given.
    fn check_classic(&self, id: &str, instance: Option<&str>) -> Result<&ConsumerMember, ErrorCode> {
        if let Some(instance) = instance {
            let known = self.instances.get(instance).ok_or(ErrorCode::UNKNOWN_MEMBER_ID)?;
            if **known != *id {
                return Err(ErrorCode::FENCED_INSTANCE_ID);
            }
        }
        self.members.get(id).ok_or(ErrorCode::UNKNOWN_MEMBER_ID)
    }

    /// The member that asks in the classic protocol, with its terms and at the generation it should be at.
    fn classic_at(
        &self,
        id: &str,
        instance: Option<&str>,
        generation: i32,
    ) -> Result<(&ConsumerMember, &ClassicTerms), ErrorCode> {
        let member = self.check_classic(id, instance)?;
        let classic = member
            .wishes
            .classic
            .as_ref()
            .ok_or(ErrorCode::UNKNOWN_MEMBER_ID)?;
        if generation != member.epoch {
            return Err(ErrorCode::ILLEGAL_GENERATION);
        }
        Ok((member, classic))
    }

    /// Handles a sync of the classic protocol, which is answered at once. What it assigns is not looked at.
    ///
    /// # Errors
    ///
    /// What the member is refused for.
    pub(crate) fn sync(
        &mut self,
        cx: &Context<'_>,
        topics: &dyn TopicView,
        request: &SyncGroupRequest,
    ) -> Result<SyncGroupResponse, ErrorCode> {
        let instance = request.group_instance_id.as_deref();
        let (member, classic) = self.classic_at(&request.member_id, instance, request.generation_id)?;
        let first = classic.protocols.first();
        let differs =
            |asked: &Option<String>, known: &str| asked.as_deref().is_some_and(|asked| asked != known);
        if differs(&request.protocol_type, PROTOCOL_TYPE)
            || differs(&request.protocol_name, first.map_or("", |first| &first.name))
        {
            return Err(ErrorCode::INCONSISTENT_GROUP_PROTOCOL);
        }
        let is_behind = self.target_epoch > member.epoch && member.progress != Progress::Unrevoked;
        let metadata = first.map(|first| first.metadata.clone()).unwrap_or_default();
        let assignment = encode_assignment(
            &metadata,
            named(
                topics,
                member
                    .assigned
                    .iter()
                    .map(|(topic, partitions)| (*topic, partitions.keys().copied().collect())),
            ),
        );
        let id: Arc<str> = request.member_id.as_str().into();
        if is_behind {
            self.await_join(cx, &id);
            return Err(ErrorCode::REBALANCE_IN_PROGRESS);
        }
        self.timers.cancel(&Timer::Sync(id.clone()));
        self.extend_session(cx, &id);
        Ok(SyncGroupResponse {
            protocol_type: request.protocol_type.clone(),
            protocol_name: request.protocol_name.clone(),
            assignment,
            ..SyncGroupResponse::default()
        })
    }

    /// Handles a heartbeat of the classic protocol.
    ///
    /// # Errors
    ///
    /// What the member is to be told; `REBALANCE_IN_PROGRESS` when it is to join again for its next step.
    pub(crate) fn classic_heartbeat(
        &mut self,
        cx: &Context<'_>,
        request: &HeartbeatRequest,
    ) -> Result<(), ErrorCode> {
        let instance = request.group_instance_id.as_deref();
        let (member, _) = self.classic_at(&request.member_id, instance, request.generation_id)?;
        let id: Arc<str> = request.member_id.as_str().into();
        let is_to_join = match member.progress {
            _ if member.epoch < self.target_epoch => true,
            Progress::Stable => false,
            Progress::Unrevoked => true,
            Progress::Unreleased => !self.awaits_others(&id, member),
        };
        self.extend_session(cx, &id);
        if is_to_join {
            self.await_join(cx, &id);
            return Err(ErrorCode::REBALANCE_IN_PROGRESS);
        }
        Ok(())
    }

    /// Whether somebody else has something of what is meant for a member.
    fn awaits_others(&self, id: &Arc<str>, member: &ConsumerMember) -> bool {
        let meant = self.target.get(id).into_iter().flatten();
        let mut meant = meant.flat_map(|(topic, partitions)| partitions.iter().map(|&index| (*topic, index)));
        meant.any(|(topic, index)| {
            let assigned = member.assigned.get(&topic);
            !assigned.is_some_and(|assigned| assigned.contains_key(&index))
                && self.owners.contains_key(&(topic, index))
        })
    }

    /// Gives a member its rebalance timeout to join again, if that does not run yet.
    fn await_join(&mut self, cx: &Context<'_>, id: &Arc<str>) {
        if let Some(member) = self.members.get(id) {
            let timeout = millis(member.wishes.rebalance_timeout_ms.into()).unwrap_or_default();
            self.timers
                .set_if_absent(Timer::Join(id.clone()), cx.now.elapsed + timeout);
        }
    }
}

/// Version 0 has one timeout for both.
fn rebalance_timeout_ms(request: &JoinGroupRequest) -> i32 {
    match request.rebalance_timeout_ms {
        -1 => request.session_timeout_ms,
        timeout => timeout,
    }
}

/// Partitions that are named, by the ids of their topics, as far as there are such.
fn owned(topics: &dyn TopicView, named: &[TopicPartitions]) -> Vec<RequestTopicPartitions> {
    let known = named.iter().filter_map(|named| {
        let (topic_id, _) = topics.by_name(&named.topic)?;
        Some(RequestTopicPartitions {
            topic_id,
            partitions: named.partitions.clone(),
        })
    });
    known.collect()
}

/// Partitions by the names of their topics. Topics that are gone are left out.
pub(super) fn named(
    topics: &dyn TopicView,
    assigned: impl Iterator<Item = (protocol::Uuid, Vec<i32>)>,
) -> Vec<TopicPartitions> {
    let named = assigned.filter_map(|(id, partitions)| {
        Some(TopicPartitions {
            topic: topics.name_of(id)?.to_string(),
            partitions,
        })
    });
    named.filter(|topic| !topic.partitions.is_empty()).collect()
}

/// An assignment in the version of a member's subscription, as far as that is known.
pub(in crate::group) fn encode_assignment(metadata: &Bytes, partitions: Vec<TopicPartitions>) -> Bytes {
    let version = metadata
        .first_chunk()
        .map_or(0, |bytes| i16::from_be_bytes(*bytes));
    let assignment = Assignment {
        partitions,
        user_data: None,
    };
    let encoded = assignment.encode(version.clamp(0, Assignment::VERSION_MAX));
    encoded.unwrap_or_else(|error| {
        tracing::error!("an assignment cannot be written: {error}");
        Bytes::new()
    })
}
