//! What others see of groups.

use std::sync::Arc;

use protocol::messages::{consumer_group_describe, describe_groups};

use super::consumer::{GroupError, TopicView};
use super::members::not_found;
use super::{Groups, Kind};
use protocol::ErrorCode;

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) id: Arc<str>,
    pub(crate) protocol_type: String,
    pub(crate) state: &'static str,
    /// `classic` or `consumer`.
    pub(crate) kind: &'static str,
}

impl Groups {
    /// The groups of the partitions that are asked for.
    pub(crate) fn list(&self, wanted: impl Fn(i32) -> bool) -> impl Iterator<Item = Listed> {
        let groups = self.groups.iter();
        let groups = groups.filter(move |(_, group)| wanted(group.partition));
        groups.map(|(id, group)| match &group.kind {
            Kind::Classic(group) => Listed {
                id: id.clone(),
                protocol_type: group.protocol_type().to_owned(),
                state: group.state().name(),
                kind: "classic",
            },
            Kind::Consumer(group) => Listed {
                id: id.clone(),
                protocol_type: protocol::consumer_protocol::PROTOCOL_TYPE.to_owned(),
                state: group.state(),
                kind: "consumer",
            },
        })
    }

    /// The ids of a group's members, sorted; none when there is no such group.
    pub(crate) fn members(&self, id: &str, topics: &dyn TopicView) -> Vec<String> {
        let mut members: Vec<String> = match self.groups.get(id).map(|group| &group.kind) {
            Some(Kind::Classic(group)) => {
                let members = group.describe().members.into_iter();
                members.map(|member| member.member_id).collect()
            }
            Some(Kind::Consumer(group)) => {
                let members = group.describe(&self.settings, topics).members.into_iter();
                members.map(|member| member.member_id).collect()
            }
            None => Vec::new(),
        };
        members.sort_unstable();
        members
    }

    /// The answer of DescribeGroups.
    ///
    /// # Errors
    ///
    /// There is no such group, or it is of another kind.
    pub(crate) fn describe_classic(&self, id: &str) -> Result<describe_groups::DescribedGroup, GroupError> {
        match self.groups.get(id).map(|group| &group.kind) {
            Some(Kind::Classic(group)) => Ok(group.describe()),
            Some(Kind::Consumer(_)) => Err(GroupError::new(
                ErrorCode::GROUP_ID_NOT_FOUND,
                format!("Group {id} is not a classic group."),
            )),
            None => Err(not_found(id)),
        }
    }

    /// The answer of ConsumerGroupDescribe.
    ///
    /// # Errors
    ///
    /// There is no such group, or it is of another kind.
    pub(crate) fn describe_consumer(
        &self,
        id: &str,
        topics: &dyn TopicView,
    ) -> Result<consumer_group_describe::DescribedGroup, GroupError> {
        match self.groups.get(id).map(|group| &group.kind) {
            Some(Kind::Consumer(group)) => Ok(group.describe(&self.settings, topics)),
            Some(Kind::Classic(_)) => Err(super::members::not_consumer(id)),
            None => Err(not_found(id)),
        }
    }
}
