//! What a client may do, as answers say it when they are asked to (KIP-430): a bit for each operation.

use super::Call;
use crate::security::acl::{CLUSTER, Operation, ResourceType};

/// What a client may do with a topic.
pub(super) fn on_topic(call: &Call<'_>, topic: &str) -> i32 {
    let operations = [
        Operation::Read,
        Operation::Write,
        Operation::Create,
        Operation::Delete,
        Operation::Alter,
        Operation::Describe,
        Operation::DescribeConfigs,
        Operation::AlterConfigs,
    ];
    bits(call, &operations, ResourceType::Topic, topic)
}

/// What a client may do with a group.
pub(super) fn on_group(call: &Call<'_>, group: &str) -> i32 {
    let operations = [
        Operation::Read,
        Operation::Delete,
        Operation::Describe,
        Operation::DescribeConfigs,
        Operation::AlterConfigs,
    ];
    bits(call, &operations, ResourceType::Group, group)
}

/// What a client may do with the cluster; nothing, unless it may describe it.
pub(super) fn on_cluster(call: &Call<'_>) -> i32 {
    if !call.authorize_cluster(Operation::Describe) {
        return 0;
    }
    let operations = [
        Operation::Create,
        Operation::Alter,
        Operation::Describe,
        Operation::ClusterAction,
        Operation::DescribeConfigs,
        Operation::AlterConfigs,
        Operation::IdempotentWrite,
    ];
    bits(call, &operations, ResourceType::Cluster, CLUSTER)
}

fn bits(call: &Call<'_>, operations: &[Operation], resource: ResourceType, name: &str) -> i32 {
    let allowed = operations
        .iter()
        .filter(|&&operation| call.authorize(operation, resource, name));
    allowed.fold(0, |bits, operation| bits | 1 << operation.number())
}
