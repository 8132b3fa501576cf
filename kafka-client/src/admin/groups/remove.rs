use protocol::messages::leave_group::{LeaveGroupRequest, LeaveGroupResponse, MemberIdentity};
use protocol::{Message, VersionRange};

use super::coordinator_moves;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::cluster::{CoordinatorKind, Target};
use crate::connection::Capped;
use crate::error::BrokerError;

/// A member that is to leave its group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberToRemove {
    /// The static member of this name (KIP-345).
    Instance(String),
    /// The member with this id.
    Member(String),
}

impl Admin {
    /// Makes members leave their group of the classic protocol, as if they had asked to. A dynamic member that is
    /// still alive joins again. Kafka knows it from 2.4 on.
    pub async fn remove_group_members(
        &self,
        group: impl Into<String>,
        members: impl IntoIterator<Item = MemberToRemove>,
        reason: Option<String>,
    ) -> Results<MemberToRemove, ()> {
        let group = group.into();
        let target = Target::Coordinator(CoordinatorKind::Group, group.as_str().into());
        self.run(target, &Remove { group, reason }, members).await
    }
}

struct Remove {
    group: String,
    reason: Option<String>,
}

/// From this version on several members can leave at once, and others than the one that asks.
const BATCHED: i16 = 3;

impl Task for Remove {
    type Key = MemberToRemove;
    type Value = ();
    type Body = Capped<LeaveGroupRequest>;
    type Reply = LeaveGroupResponse;

    fn body(&self, keys: &[MemberToRemove]) -> Self::Body {
        let member = |member: &MemberToRemove| {
            let reason = self.reason.clone();
            match member {
                MemberToRemove::Instance(name) => MemberIdentity {
                    member_id: String::new(),
                    group_instance_id: Some(name.clone()),
                    reason,
                },
                MemberToRemove::Member(id) => MemberIdentity {
                    member_id: id.clone(),
                    group_instance_id: None,
                    reason,
                },
            }
        };
        let request = LeaveGroupRequest {
            group_id: self.group.clone(),
            members: keys.iter().map(member).collect(),
            ..LeaveGroupRequest::default()
        };
        Capped {
            request,
            versions: VersionRange {
                first: BATCHED,
                ..LeaveGroupRequest::VERSIONS
            },
        }
    }

    fn read(&self, keys: &[MemberToRemove], reply: LeaveGroupResponse) -> Results<MemberToRemove, ()> {
        if let Err(error) = BrokerError::check(reply.error_code, None) {
            return keys
                .iter()
                .map(|key| (key.clone(), Err(error.clone().into())))
                .collect();
        }
        let members = reply.members.into_iter().map(|member| {
            let key = match member.group_instance_id {
                Some(name) => MemberToRemove::Instance(name),
                None => MemberToRemove::Member(member.member_id),
            };
            (
                key,
                BrokerError::check(member.error_code, None).map_err(AdminError::from),
            )
        });
        members.collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        coordinator_moves(error)
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;
    use protocol::messages::leave_group::MemberResponse;

    use super::*;

    #[test]
    fn a2_members_are_told_apart_by_how_they_were_named() {
        let task = Remove {
            group: "g".to_owned(),
            reason: Some("why".to_owned()),
        };
        let keys = [
            MemberToRemove::Instance("x".to_owned()),
            MemberToRemove::Member("x".to_owned()),
        ];
        let body = task.body(&keys);
        assert_eq!((body.versions.first, body.request.members.len()), (3, 2));
        assert_eq!(body.request.members[0].group_instance_id.as_deref(), Some("x"));
        let member = |id: &str, name: Option<&str>, code: ErrorCode| MemberResponse {
            member_id: id.to_owned(),
            group_instance_id: name.map(str::to_owned),
            error_code: code.0,
        };
        let reply = LeaveGroupResponse {
            members: vec![
                member("", Some("x"), ErrorCode::NONE),
                member("x", None, ErrorCode::UNKNOWN_MEMBER_ID),
            ],
            ..LeaveGroupResponse::default()
        };
        let results = task.read(&keys, reply);
        assert_eq!((&results[0].0, results[0].1.is_ok()), (&keys[0], true));
        assert_eq!((&results[1].0, results[1].1.is_ok()), (&keys[1], false));
    }
}
