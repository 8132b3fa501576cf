//! The records of `__consumer_offsets`.

mod classic_group;
mod consumer_group;
mod offset_commit;
mod share_group;
mod streams_group;

pub use classic_group::{GroupMetadataKey, GroupMetadataValue, MemberMetadata};
pub use consumer_group::*;
pub use offset_commit::{LegacyOffsetCommitKey, LegacyOffsetCommitValue, OffsetCommitKey, OffsetCommitValue};
pub use share_group::*;
pub use streams_group::*;

record_types! {
    0 LegacyOffsetCommit(LegacyOffsetCommitKey, LegacyOffsetCommitValue),
    1 OffsetCommit(OffsetCommitKey, OffsetCommitValue),
    2 GroupMetadata(GroupMetadataKey, GroupMetadataValue),
    3 ConsumerGroupMetadata(ConsumerGroupMetadataKey, ConsumerGroupMetadataValue),
    4 ConsumerGroupPartitionMetadata(ConsumerGroupPartitionMetadataKey, ConsumerGroupPartitionMetadataValue),
    5 ConsumerGroupMemberMetadata(ConsumerGroupMemberMetadataKey, ConsumerGroupMemberMetadataValue),
    6 ConsumerGroupTargetAssignmentMetadata(
        ConsumerGroupTargetAssignmentMetadataKey,
        ConsumerGroupTargetAssignmentMetadataValue
    ),
    7 ConsumerGroupTargetAssignmentMember(
        ConsumerGroupTargetAssignmentMemberKey,
        ConsumerGroupTargetAssignmentMemberValue
    ),
    8 ConsumerGroupCurrentMemberAssignment(
        ConsumerGroupCurrentMemberAssignmentKey,
        ConsumerGroupCurrentMemberAssignmentValue
    ),
    10 ShareGroupMemberMetadata(ShareGroupMemberMetadataKey, ShareGroupMemberMetadataValue),
    11 ShareGroupMetadata(ShareGroupMetadataKey, ShareGroupMetadataValue),
    12 ShareGroupTargetAssignmentMetadata(
        ShareGroupTargetAssignmentMetadataKey,
        ShareGroupTargetAssignmentMetadataValue
    ),
    13 ShareGroupTargetAssignmentMember(
        ShareGroupTargetAssignmentMemberKey,
        ShareGroupTargetAssignmentMemberValue
    ),
    14 ShareGroupCurrentMemberAssignment(
        ShareGroupCurrentMemberAssignmentKey,
        ShareGroupCurrentMemberAssignmentValue
    ),
    15 ShareGroupStatePartitionMetadata(
        ShareGroupStatePartitionMetadataKey,
        ShareGroupStatePartitionMetadataValue
    ),
    16 ConsumerGroupRegularExpression(ConsumerGroupRegularExpressionKey, ConsumerGroupRegularExpressionValue),
    17 StreamsGroupMetadata(StreamsGroupMetadataKey, StreamsGroupMetadataValue),
    19 StreamsGroupMemberMetadata(StreamsGroupMemberMetadataKey, StreamsGroupMemberMetadataValue),
    20 StreamsGroupTargetAssignmentMetadata(
        StreamsGroupTargetAssignmentMetadataKey,
        StreamsGroupTargetAssignmentMetadataValue
    ),
    21 StreamsGroupTargetAssignmentMember(
        StreamsGroupTargetAssignmentMemberKey,
        StreamsGroupTargetAssignmentMemberValue
    ),
    22 StreamsGroupCurrentMemberAssignment(
        StreamsGroupCurrentMemberAssignmentKey,
        StreamsGroupCurrentMemberAssignmentValue
    ),
    23 StreamsGroupTopology(StreamsGroupTopologyKey, StreamsGroupTopologyValue),
}
