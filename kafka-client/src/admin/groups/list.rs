use std::collections::BTreeMap;

use protocol::messages::list_groups::{ListGroupsRequest, ListGroupsResponse, ListedGroup};
use protocol::{Message, VersionRange};

use super::kinds::{GroupKind, GroupState};
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::admin::join::join_all;
use crate::cluster::{NodeId, Target};
use crate::connection::Capped;
use crate::error::BrokerError;

/// Which groups are wanted. Default: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupFilter {
    /// Only those in one of these states; empty for any. Brokers can tell from 2.6 on (KIP-518).
    pub states: Vec<GroupState>,
    /// Only those of one of these kinds; empty for any. Brokers can tell from 3.8 on (KIP-848).
    pub kinds: Vec<GroupKind>,
}

/// A group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupListing {
    /// Its id.
    pub id: String,
    /// What its members use it for: `consumer`, `connect`, …; empty for a group that only has offsets.
    pub protocol_type: String,
    /// What it is doing; none from a broker that does not say.
    pub state: Option<GroupState>,
    /// Which protocol its members speak; none from a broker that does not say.
    pub kind: Option<GroupKind>,
}

/// The groups that were found, and who could not be asked.
#[derive(Clone, Debug, Default)]
pub struct GroupList {
    /// The groups, by id.
    pub groups: Vec<GroupListing>,
    /// Brokers that did not answer: the groups that they coordinate are missing.
    pub failed: Vec<(NodeId, AdminError)>,
}

impl Admin {
    /// Lists the groups of all brokers. A broker that does not answer takes only its own groups away. Only what
    /// keeps the client from finding the brokers is an error.
    pub async fn list_groups(&self, filter: &GroupFilter) -> Result<GroupList, AdminError> {
        let nodes = self.live_brokers(&self.budget()).await?;
        let task = ListGroups { filter };
        let task = &task;
        let calls = nodes
            .into_iter()
            .map(|node| self.run(Target::Node(node), task, [node]));
        Ok(merge(join_all(calls).await.into_iter().flatten()))
    }
}

struct ListGroups<'a> {
    filter: &'a GroupFilter,
}

impl Task for ListGroups<'_> {
    type Key = NodeId;
    type Value = Vec<GroupListing>;
    type Body = Capped<ListGroupsRequest>;
    type Reply = ListGroupsResponse;

    fn body(&self, _: &[NodeId]) -> Self::Body {
        let request = ListGroupsRequest {
            states_filter: self
                .filter
                .states
                .iter()
                .map(|state| state.name().to_owned())
                .collect(),
            types_filter: self
                .filter
                .kinds
                .iter()
                .map(|kind| kind.name().to_owned())
                .collect(),
        };
        let first = match (self.filter.states.is_empty(), self.filter.kinds.is_empty()) {
            (_, false) => 5,
            (false, true) => 4,
            (true, true) => 0,
        };
        Capped {
            request,
            versions: VersionRange {
                first,
                ..ListGroupsRequest::VERSIONS
            },
        }
    }

    fn read(&self, keys: &[NodeId], reply: ListGroupsResponse) -> Results<NodeId, Vec<GroupListing>> {
        let groups = BrokerError::check(reply.error_code, None).map_err(AdminError::from);
        let groups = groups.map(|()| reply.groups.into_iter().map(GroupListing::from).collect());
        keys.iter().take(1).map(|&node| (node, groups.clone())).collect()
    }
}

impl From<ListedGroup> for GroupListing {
    fn from(group: ListedGroup) -> Self {
        let said = |text: &String| !text.is_empty();
        Self {
            id: group.group_id,
            protocol_type: group.protocol_type,
            state: Some(group.group_state)
                .filter(said)
                .map(|state| GroupState::from(state.as_str())),
            kind: Some(group.group_type)
                .filter(said)
                .map(|kind| GroupKind::from(kind.as_str())),
        }
    }
}

/// Puts the brokers' lists together. A group that moved while the brokers were asked is listed by two of them: it
/// counts once, as the broker says that knows it in a better state than dead.
fn merge(lists: impl Iterator<Item = (NodeId, Result<Vec<GroupListing>, AdminError>)>) -> GroupList {
    let mut groups: BTreeMap<String, GroupListing> = BTreeMap::new();
    let mut failed = Vec::new();
    for (node, list) in lists {
        match list {
            Ok(list) => {
                for group in list {
                    let better = groups
                        .get(&group.id)
                        .is_none_or(|known| known.state == Some(GroupState::Dead));
                    if better {
                        groups.insert(group.id.clone(), group);
                    }
                }
            }
            Err(error) => failed.push((node, error)),
        }
    }
    GroupList {
        groups: groups.into_values().collect(),
        failed,
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;

    use super::*;

    fn listing(id: &str, state: &str) -> GroupListing {
        ListedGroup {
            group_id: id.to_owned(),
            group_state: state.to_owned(),
            ..ListedGroup::default()
        }
        .into()
    }

    #[test]
    fn m20_a_group_that_several_brokers_list_counts_once() {
        let lists = [
            (NodeId(1), Ok(vec![listing("b", "Stable"), listing("a", "Dead")])),
            (NodeId(2), Ok(vec![listing("a", "Empty"), listing("b", "Dead")])),
        ];
        let merged = merge(lists.into_iter());
        let seen: Vec<_> = merged
            .groups
            .iter()
            .map(|g| (g.id.as_str(), g.state.as_ref().unwrap().name()))
            .collect();
        assert_eq!(seen, [("a", "Empty"), ("b", "Stable")]);
        assert!(merged.failed.is_empty());
    }

    #[test]
    fn a2_a_broker_that_is_down_takes_only_its_own_groups_away() {
        let lists = [
            (NodeId(1), Ok(vec![listing("a", "Stable")])),
            (
                NodeId(2),
                Err(AdminError::from(ErrorCode::COORDINATOR_NOT_AVAILABLE)),
            ),
        ];
        let merged = merge(lists.into_iter());
        assert_eq!((merged.groups.len(), merged.failed[0].0), (1, NodeId(2)));
    }

    #[test]
    fn a5_what_an_old_broker_does_not_say_is_none() {
        let old = listing("a", "");
        assert_eq!((old.state, old.kind), (None, None));
    }

    #[test]
    fn filters_need_brokers_that_know_them() {
        let first = |filter: &GroupFilter| ListGroups { filter }.body(&[]).versions.first;
        let states = GroupFilter {
            states: vec![GroupState::Empty],
            kinds: vec![],
        };
        let kinds = GroupFilter {
            states: vec![],
            kinds: vec![GroupKind::Consumer],
        };
        assert_eq!(
            (first(&GroupFilter::default()), first(&states), first(&kinds)),
            (0, 4, 5)
        );
        assert_eq!(
            ListGroups { filter: &kinds }.body(&[]).request.types_filter,
            ["consumer"]
        );
    }
}
