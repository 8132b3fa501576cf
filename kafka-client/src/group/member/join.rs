use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;
use protocol::consumer_protocol::PROTOCOL_TYPE;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol, JoinGroupResponse};
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment, SyncGroupResponse};

use super::{Lead, Member, MemberEvent, State, counts_of, decoded};
use crate::cluster::{Metadata, TopicPartition};
use crate::connection::Reply;
use crate::error::{BrokerError, RequestError};
use crate::group::assignor::{Assignments, assignor};
use crate::group::error::GroupError;
use crate::group::wire::{Introduction, read_assignment, read_member, write_assignment};
use crate::machine::Wish;
use crate::time::Moment;

/// What a join may take beyond the rebalance that it waits for.
const JOIN_GRACE: Duration = Duration::from_secs(5);
/// How long a leader waits for the metadata of topics that it has not heard of yet.
const METADATA_PATIENCE: Duration = Duration::from_secs(5);

impl Member {
    /// Sends a join.
    pub(super) fn join(&mut self, now: Moment) {
        let reason = self.rejoin.take();
        let nothing = BTreeSet::new();
        let introduction = Introduction {
            topics: &self.topics,
            owned: if self.cooperative { &self.owned } else { &nothing },
            had: &self.had,
            generation: self.generation,
            rack: self.config.rack.as_deref(),
        };
        let protocols: Result<Vec<_>, _> = self
            .config
            .assignors
            .iter()
            .map(|&kind| {
                let metadata = introduction.encode(kind)?;
                Ok(JoinGroupRequestProtocol {
                    name: kind.name().to_owned(),
                    metadata,
                })
            })
            .collect();
        let protocols = match protocols {
            Ok(protocols) => protocols,
            Err(error) => {
                let group = self.config.group.clone();
                return self.fail(GroupError::Unreachable {
                    group,
                    source: RequestError::Encode(error),
                });
            }
        };
        let request = JoinGroupRequest {
            group_id: self.config.group.to_string(),
            session_timeout_ms: millis(self.config.session_timeout),
            rebalance_timeout_ms: millis(self.config.rebalance_timeout),
            member_id: self.id.to_string(),
            group_instance_id: self.config.instance.as_deref().map(str::to_owned),
            protocol_type: PROTOCOL_TYPE.to_owned(),
            protocols,
            reason: reason.map(str::to_owned),
        };
        let timeout = self
            .config
            .request_timeout
            .max(self.config.rebalance_timeout + JOIN_GRACE);
        let tag = self.ask(request, timeout);
        tracing::debug!(group = %self.config.group, member = %self.id, reason, at = ?now, "joining");
        self.state = State::Joining {
            tag,
            subscription: self.subscription,
        };
    }

    pub(super) fn handle_join(
        &mut self,
        now: Moment,
        outcome: Result<Reply, RequestError>,
        subscription: u64,
    ) {
        let response = match decoded::<JoinGroupResponse>(outcome) {
            Ok(response) => response,
            Err(error) => return self.unanswered(now, error),
        };
        match ErrorCode(response.error_code) {
            ErrorCode::NONE => {
                self.heard(now);
                self.heartbeat.due = now + self.config.heartbeat_interval;
                self.heartbeat.under_way = None;
                self.backoff.reset();
                self.handle_joined(now, response, subscription);
            }
            ErrorCode::MEMBER_ID_REQUIRED if !response.member_id.is_empty() => {
                self.id = Arc::from(response.member_id);
                self.rejoin = Some("the coordinator gave the member its id");
                self.state = State::Unjoined;
            }
            ErrorCode::UNKNOWN_MEMBER_ID | ErrorCode::ILLEGAL_GENERATION => {
                self.handle_refusal(now, ErrorCode(response.error_code), self.generation);
                self.retry_later(now);
            }
            ErrorCode::FENCED_INSTANCE_ID => {
                self.handle_refusal(now, ErrorCode::FENCED_INSTANCE_ID, self.generation);
            }
            code => self.try_again(now, code),
        }
    }

    fn handle_joined(&mut self, now: Moment, response: JoinGroupResponse, subscription: u64) {
        if let Some(kind) = response.protocol_type.filter(|kind| kind != PROTOCOL_TYPE) {
            return self.violation(format!("it is a group of type `{kind}`, not `{PROTOCOL_TYPE}`"));
        }
        let name = response.protocol_name.unwrap_or_default();
        let Some(&kind) = self.config.assignors.iter().find(|kind| kind.name() == name) else {
            return self.violation(format!(
                "the coordinator chose the assignor `{name}`, which was not offered"
            ));
        };
        if response.generation_id < 0 || response.member_id.is_empty() {
            return self.violation("a join was answered without a member id or generation".to_owned());
        }
        self.generation = response.generation_id;
        self.id = Arc::from(response.member_id);
        self.protocol = Some(assignor(kind));
        self.leads = None;
        if subscription != self.subscription {
            // The others are about to be given partitions by what this member wanted before (G22).
            self.rejoin = Some("the subscription changed during the join");
            self.state = State::Unjoined;
            return;
        }
        if response.leader != *self.id {
            return self.sync(Assignments::new());
        }
        let mut members = Vec::with_capacity(response.members.len());
        for member in &response.members {
            match read_member(member, kind) {
                Ok(member) => members.push(member),
                Err(error) => {
                    tracing::warn!(group = %self.config.group, member = %member.member_id, %error, "gets nothing");
                }
            }
        }
        let topics = members
            .iter()
            .flat_map(|member| member.topics.iter().cloned())
            .collect();
        self.leads = Some(Lead {
            topics,
            counts: Default::default(),
        });
        self.wishes.push_back(Wish::Refresh);
        self.state = State::Assigning {
            members,
            until: now + METADATA_PATIENCE,
            skip: response.skip_assignment,
        };
    }

    /// Assigns, as soon as the topics are known.
    pub(super) fn assign(&mut self, now: Moment, metadata: &Metadata) {
        let State::Assigning { members, until, skip } = &self.state else {
            return;
        };
        let (Some(lead), Some(protocol)) = (&mut self.leads, self.protocol) else {
            return;
        };
        let known = lead.topics.iter().all(|topic| metadata.topic(topic).is_some());
        if !known && now < *until {
            return;
        }
        lead.counts = counts_of(&lead.topics, metadata);
        // A static leader that comes back only learns what to watch; the assignment stands (KIP-814).
        let assignments = match skip {
            true => Assignments::new(),
            false => protocol.assign(members, &lead.counts),
        };
        self.sync(assignments);
    }

    fn sync(&mut self, assignments: Assignments) {
        let assignments: Result<Vec<_>, _> = assignments
            .iter()
            .map(|(member, partitions)| {
                let assignment = write_assignment(partitions)?;
                Ok(SyncGroupRequestAssignment {
                    member_id: member.to_string(),
                    assignment,
                })
            })
            .collect();
        let assignments = match assignments {
            Ok(assignments) => assignments,
            Err(error) => {
                let group = self.config.group.clone();
                return self.fail(GroupError::Unreachable {
                    group,
                    source: RequestError::Encode(error),
                });
            }
        };
        let request = SyncGroupRequest {
            group_id: self.config.group.to_string(),
            generation_id: self.generation,
            member_id: self.id.to_string(),
            group_instance_id: self.config.instance.as_deref().map(str::to_owned),
            protocol_type: Some(PROTOCOL_TYPE.to_owned()),
            protocol_name: self.protocol().map(str::to_owned),
            assignments,
        };
        let timeout = self
            .config
            .request_timeout
            .max(self.config.rebalance_timeout + JOIN_GRACE);
        let tag = self.ask(request, timeout);
        self.state = State::Syncing {
            tag,
            subscription: self.subscription,
        };
    }

    pub(super) fn handle_sync(
        &mut self,
        now: Moment,
        outcome: Result<Reply, RequestError>,
        subscription: u64,
    ) {
        let response = match decoded::<SyncGroupResponse>(outcome) {
            Ok(response) => response,
            Err(error) => return self.unanswered(now, error),
        };
        match ErrorCode(response.error_code) {
            ErrorCode::NONE => {
                self.heard(now);
                self.heartbeat.due = now + self.config.heartbeat_interval;
                self.handle_assignment(now, response, subscription);
            }
            ErrorCode::REBALANCE_IN_PROGRESS => {
                self.rejoin = Some("the group rebalanced again during the sync");
                self.state = State::Unjoined;
            }
            code @ (ErrorCode::UNKNOWN_MEMBER_ID
            | ErrorCode::ILLEGAL_GENERATION
            | ErrorCode::FENCED_INSTANCE_ID) => {
                self.handle_refusal(now, code, self.generation);
            }
            code => self.try_again(now, code),
        }
    }

    fn handle_assignment(&mut self, now: Moment, response: SyncGroupResponse, subscription: u64) {
        let foreign_type = response.protocol_type.is_some_and(|kind| kind != PROTOCOL_TYPE);
        let foreign_name = response
            .protocol_name
            .is_some_and(|name| Some(name.as_str()) != self.protocol());
        if foreign_type || foreign_name {
            return self.violation("a sync was answered for another protocol than the join".to_owned());
        }
        let assigned = match read_assignment(&response.assignment) {
            Ok(assigned) => assigned,
            Err(error) => return self.violation(format!("the leader's assignment cannot be read: {error}")),
        };
        let fits = assigned
            .iter()
            .all(|partition| self.topics.contains(&partition.topic));
        if subscription != self.subscription || !fits {
            self.rejoin = Some("the assignment is for another subscription");
            self.state = State::Unjoined;
            return;
        }
        let going: BTreeSet<TopicPartition> = self.owned.difference(&assigned).cloned().collect();
        let coming: Vec<TopicPartition> = assigned.difference(&self.owned).cloned().collect();
        tracing::info!(
            group = %self.config.group, member = %self.id, generation = self.generation,
            partitions = assigned.len(), coming = coming.len(), going = going.len(), "joined"
        );
        self.backoff.reset();
        self.state = State::Stable;
        self.had.clone_from(&assigned);
        if going.is_empty() {
            self.owned = assigned;
        } else {
            self.owned.extend(assigned);
            self.hand_over(going);
        }
        self.heard(now);
        self.events.push_back(MemberEvent::Assigned(coming));
    }

    /// Deals with the codes that join and sync have in common: joins again later, or not at all.
    fn try_again(&mut self, now: Moment, code: ErrorCode) {
        match code {
            ErrorCode::COORDINATOR_NOT_AVAILABLE | ErrorCode::NOT_COORDINATOR => self.forget_coordinator(),
            ErrorCode::REBALANCE_IN_PROGRESS => {}
            code if code.is_retriable() => {}
            code => return self.refused(BrokerError::from(code)),
        }
        self.rejoin.get_or_insert("the coordinator asked to try again");
        self.state = State::Unjoined;
        self.retry_later(now);
    }
}

fn millis(duration: Duration) -> i32 {
    i32::try_from(duration.as_millis()).unwrap_or(i32::MAX)
}
