//! What others see of a classic group.

use protocol::messages::describe_groups::{DescribedGroup, DescribedGroupMember};

use super::{ClassicGroup, ClassicState};

impl ClassicGroup {
    /// What kind of clients the group is of, as `consumer`; empty where it only ever had offsets.
    pub(crate) fn protocol_type(&self) -> &str {
        self.protocol_type.as_deref().unwrap_or_default()
    }

    /// Whether there never were members: what there is of the group are its offsets.
    pub(crate) fn is_bare(&self) -> bool {
        self.protocol_type.is_none() && self.state_timestamp.is_none() && self.is_empty()
    }

    /// The answer of DescribeGroups. What members wish is told of a stable group alone.
    pub(crate) fn describe(&self) -> DescribedGroup {
        let protocol = match self.state {
            ClassicState::Stable => self.protocol.as_deref(),
            _ => None,
        };
        let members = self.members.iter().map(|(id, member)| DescribedGroupMember {
            member_id: id.to_string(),
            group_instance_id: member.instance_id.clone(),
            client_id: member.client_id.clone(),
            client_host: member.client_host.clone(),
            member_metadata: protocol
                .map(|protocol| member.metadata(protocol))
                .unwrap_or_default(),
            member_assignment: member.assignment.clone(),
        });
        DescribedGroup {
            group_id: self.id.to_string(),
            group_state: self.state.name().to_owned(),
            protocol_type: self.protocol_type().to_owned(),
            protocol_data: protocol.unwrap_or_default().to_owned(),
            members: members.collect(),
            ..DescribedGroup::default()
        }
    }
}
