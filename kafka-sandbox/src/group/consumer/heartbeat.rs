//! ConsumerGroupHeartbeat: what a member says of itself, and what it is told.

use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::consumer_group_heartbeat::{
    Assignment, ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse, RequestTopicPartitions,
    ResponseTopicPartitions,
};
use regex::RegexBuilder;

use super::member::{ConsumerMember, Owned, Progress, Wishes, has_no_more_than};
use super::{ConsumerGroup, GroupError, LEAVES, LEAVES_FOR_A_WHILE, Timer, TopicView};
use crate::group::assignor::Assignor;
use crate::group::effects::Context;
use crate::group::settings::GroupSettings;
use crate::time::millis;

/// A member's heartbeat.
#[derive(Debug)]
pub(crate) struct Heartbeat {
    pub(crate) request: ConsumerGroupHeartbeatRequest,
    pub(crate) client_id: Arc<str>,
    /// Its address as Java prints it: `/127.0.0.1`.
    pub(crate) client_host: String,
}

const NO_TOPICS: &str =
    "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.";

/// Memory that a compiled regular expression may take.
const REGEX_BYTES_MAX: usize = 1 << 20;

/// Checks what can be checked without knowing the group.
///
/// # Errors
///
/// `INVALID_REQUEST`, `UNSUPPORTED_ASSIGNOR` or `INVALID_REGULAR_EXPRESSION`.
pub(crate) fn check(
    request: &ConsumerGroupHeartbeatRequest,
    version: i16,
    settings: &GroupSettings,
) -> Result<(), GroupError> {
    let invalid = |message: &str| Err(GroupError::new(ErrorCode::INVALID_REQUEST, message));
    let is_empty = |text: &Option<String>| text.as_deref() == Some("");
    // From version 1 on members make their ids themselves (KIP-1082).
    if request.member_id.is_empty() && (version >= 1 || request.member_epoch != 0) {
        return invalid("MemberId can't be empty.");
    }
    if request.group_id.trim().is_empty() {
        return invalid("GroupId can't be empty.");
    }
    if is_empty(&request.instance_id) {
        return invalid("InstanceId can't be empty.");
    }
    if is_empty(&request.rack_id) {
        return invalid("RackId can't be empty.");
    }
    match request.member_epoch {
        1.. | LEAVES => {}
        0 => {
            if request.rebalance_timeout_ms == -1 {
                return invalid("RebalanceTimeoutMs must be provided in first request.");
            }
            if request
                .topic_partitions
                .as_ref()
                .is_none_or(|owned| !owned.is_empty())
            {
                return invalid("TopicPartitions must be empty when (re-)joining.");
            }
            if request.subscribed_topic_names.is_none() && request.subscribed_topic_regex.is_none() {
                return invalid(NO_TOPICS);
            }
        }
        LEAVES_FOR_A_WHILE => {
            if request.instance_id.is_none() {
                return invalid("InstanceId can't be null.");
            }
        }
        _ => return invalid("MemberEpoch is invalid."),
    }
    if let Some(name) = &request.server_assignor
        && !settings
            .assignors
            .iter()
            .any(|assignor| assignor.name() == name.as_str())
    {
        let known: Vec<&str> = settings.assignors.iter().map(|known| known.name()).collect();
        let known = known.join(", ");
        let message = format!("ServerAssignor {name} is not supported. Supported assignors: {known}.");
        return Err(GroupError::new(ErrorCode::UNSUPPORTED_ASSIGNOR, message));
    }
    if let Some(regex) = request
        .subscribed_topic_regex
        .as_deref()
        .filter(|text| !text.is_empty())
    {
        compile(regex)?;
    }
    Ok(())
}

/// What Kafka's engine, RE2, calls the mistakes that people make most; others keep the words of ours.
fn words_of_kafka(why: &str) -> &str {
    match why {
        "unclosed group" => "missing closing )",
        "unclosed character class" => "missing closing ]",
        "repetition operator missing expression" => "missing argument to repetition operator",
        other => other,
    }
}

/// A regular expression that must match all of a name.
pub(super) fn compile(text: &str) -> Result<regex::Regex, GroupError> {
    RegexBuilder::new(&format!("^(?:{text})$"))
        .size_limit(REGEX_BYTES_MAX)
        .build()
        .map_err(|error| {
            // The last line says what is wrong, those before it show where.
            let why = error.to_string();
            let why = why.lines().last().unwrap_or_default();
            let why = words_of_kafka(why.trim_start_matches("error: "));
            let message = format!("SubscribedTopicRegex `{text}` is not a valid regular expression: {why}.");
            GroupError::new(ErrorCode::INVALID_REGULAR_EXPRESSION, message)
        })
}

impl ConsumerGroup {
    /// Handles the heartbeat of a member that is to stay, or to come.
    ///
    /// # Errors
    ///
    /// What the member is refused for; nothing has changed then.
    pub(crate) fn heartbeat(
        &mut self,
        cx: &mut Context<'_>,
        topics: &dyn TopicView,
        heartbeat: Heartbeat,
    ) -> Result<ConsumerGroupHeartbeatResponse, GroupError> {
        let request = &heartbeat.request;
        let known = self.members.contains_key(request.member_id.as_str());
        if !known && self.members.len() >= cx.settings.consumer_size_max {
            let max = cx.settings.consumer_size_max;
            let message = format!("The consumer group has reached its maximum capacity of {max} members.");
            return Err(GroupError::new(ErrorCode::GROUP_MAX_SIZE_REACHED, message));
        }
        let id: Arc<str> = if request.member_id.is_empty() {
            protocol::Uuid::random(|| cx.rng.u128(..).to_be_bytes())
                .to_string()
                .into()
        } else {
            request.member_id.as_str().into()
        };
        let replaced = self.identify(&heartbeat)?;
        let is_replacement = replaced.is_some();
        if let Some(old) = replaced {
            self.replace(cx, &old, &id);
        }
        // Most heartbeats say nothing new of a cluster where nothing is new.
        let news = match self.members.get(&id) {
            Some(member) if !is_replacement && member.wishes.are_as_in(&heartbeat) => None,
            known => {
                let mut wishes = known.map(|member| member.wishes.clone()).unwrap_or_default();
                wishes.take_over(&heartbeat);
                Some(wishes)
            }
        };
        let owned = heartbeat.request.topic_partitions.as_deref();
        let assigned_others = self.go_on(cx, topics, &id, news, is_replacement, owned);
        self.extend_session(cx, &id);
        Ok(self.answer(cx, &id, assigned_others, &heartbeat.request))
    }

    /// Goes on to what a member wants, which is new or what it wanted before. Returns whether it has other partitions than
    /// before.
    pub(super) fn go_on(
        &mut self,
        cx: &mut Context<'_>,
        topics: &dyn TopicView,
        id: &Arc<str>,
        news: Option<Wishes>,
        is_replacement: bool,
        owned: Option<&[RequestTopicPartitions]>,
    ) -> bool {
        let is_news = news.is_some();
        let may_differ = news.is_some_and(|wishes| self.take_over(cx, id, wishes, is_replacement));
        let is_current = self.topics_version == Some(topics.version());
        let topics_changed = (is_news || !is_current) && self.look_at_topics(cx, topics);
        if may_differ || topics_changed {
            self.raise_epoch(cx);
        } else if self.target_epoch == 0 {
            self.keep_group(cx);
        }
        self.assign(cx, topics);
        self.step(cx, topics, id, owned)
    }

    /// Takes over what a member wants. Returns whether it wants other topics.
    fn take_over(
        &mut self,
        cx: &mut Context<'_>,
        id: &Arc<str>,
        wishes: Wishes,
        is_replacement: bool,
    ) -> bool {
        let known = self.members.get(id);
        let is_new = known.is_none();
        let mut member = known.cloned().unwrap_or_default();
        let before = std::mem::replace(&mut member.wishes, wishes);
        if let Some(instance) = &member.wishes.instance_id {
            self.instances.insert(instance.clone(), id.clone());
        }
        let wants_others = member.wishes.topics != before.topics || member.wishes.regex != before.regex;
        let wishes_changed = member.wishes != before;
        self.set_member(id, member);
        if is_new || wishes_changed || is_replacement {
            self.keep_member(cx, id);
        }
        wants_others
    }

    /// Makes sure that the member is who it says and is where it says. Returns the id of the one whose place it takes.
    fn identify(&self, heartbeat: &Heartbeat) -> Result<Option<Arc<str>>, GroupError> {
        let request = &heartbeat.request;
        let joins = request.member_epoch == 0;
        let Some(instance) = &request.instance_id else {
            return match self.members.get(request.member_id.as_str()) {
                Some(member) => check_epoch(member, request).map(|()| None),
                None if joins => Ok(None),
                None => Err(self.unknown_member(&request.member_id)),
            };
        };
        let Some(known) = self.instances.get(instance) else {
            if joins {
                return Ok(None);
            }
            let message = format!("Instance id {instance} is unknown.");
            return Err(GroupError::new(ErrorCode::UNKNOWN_MEMBER_ID, message));
        };
        let Some(member) = self.members.get(known) else {
            return Ok(None);
        };
        if !joins {
            self.check_instance(instance, known, &request.member_id)?;
            return check_epoch(member, request).map(|()| None);
        }
        if member.epoch == LEAVES_FOR_A_WHILE || member.wishes.classic.is_some() {
            return Ok(Some(known.clone()));
        }
        let message = format!(
            "Static member {} with instance id {instance} cannot join the group because the instance id is owned by \
             {known} member.",
            request.member_id
        );
        Err(GroupError::new(ErrorCode::UNRELEASED_INSTANCE_ID, message))
    }

    pub(super) fn check_instance(&self, instance: &str, known: &str, asking: &str) -> Result<(), GroupError> {
        if known == asking {
            return Ok(());
        }
        let message =
            format!("Static member {asking} with instance id {instance} was fenced by member {known}.");
        Err(GroupError::new(ErrorCode::FENCED_INSTANCE_ID, message))
    }

    pub(super) fn unknown_member(&self, member_id: &str) -> GroupError {
        let message = format!("Member {member_id} is not a member of group {}.", self.id);
        GroupError::new(ErrorCode::UNKNOWN_MEMBER_ID, message)
    }

    /// Gives the place of an instance that has left for a while to the one that comes for it.
    pub(super) fn replace(&mut self, cx: &mut Context<'_>, old: &Arc<str>, id: &Arc<str>) {
        let target = self.target.remove(old);
        self.release(old);
        let Some(mut member) = self.members.remove(old) else {
            return;
        };
        self.cancel_timers(old);
        self.take_back_member(cx, old);
        member.epoch = 0;
        member.previous_epoch = 0;
        self.set_member(id, member);
        if let Some(target) = target {
            self.target.insert(id.clone(), target);
            self.keep_target(cx, id);
        }
    }

    /// Lets a member take its next step. Returns whether it has other partitions than before.
    fn step(
        &mut self,
        cx: &mut Context<'_>,
        topics: &dyn TopicView,
        id: &Arc<str>,
        reported: Option<&[RequestTopicPartitions]>,
    ) -> bool {
        let Some(member) = self.members.get(id) else {
            return false;
        };
        let meant = self.target.get(id);
        // The target may be older than what the member wants by now.
        let is_meant = |topic: protocol::Uuid| {
            meant.is_some_and(|meant| meant.contains_key(&topic)) && self.wants(member, topics, topic)
        };
        if member.is_reconciled_to(self.target_epoch) && member.has_only(is_meant) {
            return false;
        }
        let mut target = meant.cloned().unwrap_or_default();
        target.retain(|topic, _| self.wants(member, topics, *topic));
        let owners = &self.owners;
        let is_free = |topic, index| owners.get(&(topic, index)).is_none_or(|owner| owner == id);
        let next = member.step(self.target_epoch, &target, reported, is_free);
        if next == *member {
            return false;
        }
        let assigned_others = has_others(&member.assigned, &next.assigned);
        // Those of the classic protocol are waited for as they join and sync.
        let is_timed = next.progress == Progress::Unrevoked && next.wishes.classic.is_none();
        let patience = is_timed.then(|| {
            let timeout = millis(next.wishes.rebalance_timeout_ms.into()).unwrap_or(Duration::ZERO);
            cx.now.elapsed + timeout
        });
        self.timers.set_or_cancel(Timer::Rebalance(id.clone()), patience);
        self.set_member(id, next);
        self.keep_progress(cx, id);
        assigned_others
    }

    fn wants(&self, member: &ConsumerMember, topics: &dyn TopicView, topic: protocol::Uuid) -> bool {
        let wishes = &member.wishes;
        topics.name_of(topic).is_some_and(|name| {
            let matched = wishes.regex.as_ref().and_then(|regex| self.matches.get(regex));
            wishes.topics.contains(&*name) || matched.is_some_and(|matched| matched.contains(&*name))
        })
    }

    fn answer(
        &self,
        cx: &Context<'_>,
        id: &Arc<str>,
        assigned_others: bool,
        request: &ConsumerGroupHeartbeatRequest,
    ) -> ConsumerGroupHeartbeatResponse {
        let mut response = ConsumerGroupHeartbeatResponse {
            member_id: Some(id.to_string()),
            heartbeat_interval_ms: cx.settings.consumer_heartbeat_interval_ms,
            ..ConsumerGroupHeartbeatResponse::default()
        };
        if let Some(member) = self.members.get(id) {
            response.member_epoch = member.epoch;
            let says_all = request.rebalance_timeout_ms != -1
                && (request.subscribed_topic_names.is_some() || request.subscribed_topic_regex.is_some())
                && request.topic_partitions.is_some();
            if request.member_epoch == 0 || says_all || assigned_others {
                response.assignment = Some(shown(&member.assigned));
            }
        }
        response
    }
}

/// Whether two are not the same partitions, whenever they were got.
fn has_others(before: &Owned, now: &Owned) -> bool {
    let values = || before.values().zip(now.values());
    !before.keys().eq(now.keys()) || values().any(|(old, new)| !old.keys().eq(new.keys()))
}

fn shown(assigned: &Owned) -> Assignment {
    let topics = assigned.iter().filter(|(_, partitions)| !partitions.is_empty());
    Assignment {
        topic_partitions: topics
            .map(|(topic, partitions)| ResponseTopicPartitions {
                topic_id: *topic,
                partitions: partitions.keys().copied().collect(),
            })
            .collect(),
    }
}

/// Makes sure that a member is at the epoch it should be at, or one behind when it cannot know better.
fn check_epoch(member: &ConsumerMember, request: &ConsumerGroupHeartbeatRequest) -> Result<(), GroupError> {
    let asking = request.member_epoch;
    // Whoever was fenced comes back with epoch 0.
    if asking == member.epoch || asking == 0 {
        return Ok(());
    }
    let lost_answer = asking == member.previous_epoch
        && has_no_more_than(request.topic_partitions.as_deref(), &member.assigned);
    if asking < member.epoch && lost_answer {
        return Ok(());
    }
    let (known, than) = (
        member.epoch,
        if asking > member.epoch {
            "greater"
        } else {
            "smaller"
        },
    );
    let message = format!(
        "The consumer group member has a {than} member epoch ({asking}) than the one known by the group coordinator \
         ({known}). The member must abandon all its partitions and rejoin."
    );
    Err(GroupError::new(ErrorCode::FENCED_MEMBER_EPOCH, message))
}

impl Wishes {
    /// Whether a heartbeat says nothing new.
    fn are_as_in(&self, heartbeat: &Heartbeat) -> bool {
        let request = &heartbeat.request;
        let same = |said: &Option<String>, known: &Option<String>| said.is_none() || said == known;
        let same_topics = |said: &Vec<String>| {
            said.len() == self.topics.len() && said.iter().all(|topic| self.topics.contains(topic))
        };
        let regex = request.subscribed_topic_regex.as_deref();
        self.classic.is_none()
            && same(&request.instance_id, &self.instance_id)
            && same(&request.rack_id, &self.rack_id)
            && same(&request.server_assignor, &self.assignor)
            && [-1, self.rebalance_timeout_ms].contains(&request.rebalance_timeout_ms)
            && request.subscribed_topic_names.as_ref().is_none_or(same_topics)
            && regex.is_none_or(|regex| regex == self.regex.as_deref().unwrap_or_default())
            && *self.client_id == *heartbeat.client_id
            && self.client_host == heartbeat.client_host
    }

    /// Takes over what a heartbeat says; what it leaves out stays as it was.
    fn take_over(&mut self, heartbeat: &Heartbeat) {
        let request = &heartbeat.request;
        if request.instance_id.is_some() {
            self.instance_id.clone_from(&request.instance_id);
        }
        if request.rack_id.is_some() {
            self.rack_id.clone_from(&request.rack_id);
        }
        if request.rebalance_timeout_ms != -1 {
            self.rebalance_timeout_ms = request.rebalance_timeout_ms;
        }
        if request.server_assignor.is_some() {
            self.assignor.clone_from(&request.server_assignor);
        }
        if let Some(topics) = &request.subscribed_topic_names {
            self.topics = topics.iter().cloned().collect();
        }
        if let Some(regex) = &request.subscribed_topic_regex {
            self.regex = Some(regex.clone()).filter(|regex| !regex.is_empty());
        }
        self.classic = None;
        self.client_id = heartbeat.client_id.to_string();
        self.client_host.clone_from(&heartbeat.client_host);
    }

    /// The assignor it wants, if it wants one.
    pub(super) fn assignor(&self) -> Option<Assignor> {
        Assignor::of_name(self.assignor.as_deref()?)
    }
}
