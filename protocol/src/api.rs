//! The numbers of the APIs, and what is known of each.

use std::fmt;

use crate::version_range::VersionRange;

/// The number of an API: what a request header begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiKey(pub i16);

/// What is known of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiInfo {
    /// The number.
    pub key: ApiKey,
    /// The name in Kafka's schema without `Request`, as `"Metadata"`.
    pub name: &'static str,
    /// The versions this crate has; empty for APIs that Kafka 4 removed.
    pub versions: VersionRange,
    /// The first flexible version (KIP-482), if there is one.
    pub flexible: Option<i16>,
    /// Whether brokers answer it.
    pub on_brokers: bool,
    /// Whether KRaft controllers answer it.
    pub on_controllers: bool,
    /// Whether the last version may still change: brokers offer it to nobody who does not ask for it by
    /// `unstable.api.versions.enable`.
    pub latest_unstable: bool,
}

impl ApiKey {
    /// What is known of the API, or nothing when the number is unknown.
    pub fn info(self) -> Option<&'static ApiInfo> {
        let index = usize::try_from(self.0).ok()?;
        // The numbers have no gap: a test says so.
        ApiInfo::ALL.get(index)
    }

    /// The name in Kafka's schema without `Request`; `"Unknown"` when the number is unknown.
    pub fn name(self) -> &'static str {
        self.info().map_or("Unknown", |info| info.name)
    }

    /// Whether `version` of the API has a flexible body and request header.
    pub fn is_flexible(self, version: i16) -> bool {
        self.info()
            .and_then(|info| info.flexible)
            .is_some_and(|first| version >= first)
    }

    /// The version of the request header that goes with `version` of the API: 1 or 2.
    pub fn request_header_version(self, version: i16) -> i16 {
        if self.is_flexible(version) { 2 } else { 1 }
    }

    /// The version of the response header that goes with `version` of the API: 0 or 1.
    ///
    /// ApiVersions is always answered with 0, so that a client can read the answer of a broker that does not
    /// know the version asked in (KIP-511).
    pub fn response_header_version(self, version: i16) -> i16 {
        if self != Self::API_VERSIONS && self.is_flexible(version) {
            1
        } else {
            0
        }
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.info() {
            Some(info) => f.write_str(info.name),
            None => write!(f, "Unknown({})", self.0),
        }
    }
}

macro_rules! flexible {
    (never) => {
        None
    };
    ($version:literal) => {
        Some($version)
    };
}

macro_rules! apis {
    ($($const:ident = $key:literal, $name:literal, $first:literal..=$last:literal, flexible $flexible:tt,
        $where:ident $(, latest $unstable:ident)?;)*) => {
        impl ApiKey {
            $(
                #[doc = concat!("`", $name, "`.")]
                pub const $const: Self = Self($key);
            )*
        }

        impl ApiInfo {
            /// Every API of Kafka 4.4, by ascending number, those without any version included.
            pub const ALL: &'static [Self] = &[$(Self {
                key: ApiKey::$const,
                name: $name,
                versions: VersionRange { first: $first, last: $last },
                flexible: flexible!($flexible),
                on_brokers: Listeners::$where.0,
                on_controllers: Listeners::$where.1,
                latest_unstable: stringify!($($unstable)?).len() > 0,
            },)*];
        }
    };
}

/// Who answers: brokers, controllers.
struct Listeners(bool, bool);

impl Listeners {
    const BROKER: Self = Self(true, false);
    const CONTROLLER: Self = Self(false, true);
    const BOTH: Self = Self(true, true);
    const NOWHERE: Self = Self(false, false);
}

apis! {
    PRODUCE = 0, "Produce", 3..=13, flexible 9, BROKER;
    FETCH = 1, "Fetch", 4..=18, flexible 12, BOTH;
    LIST_OFFSETS = 2, "ListOffsets", 1..=11, flexible 6, BROKER;
    METADATA = 3, "Metadata", 0..=13, flexible 9, BROKER;
    LEADER_AND_ISR = 4, "LeaderAndIsr", 0..=-1, flexible never, NOWHERE;
    STOP_REPLICA = 5, "StopReplica", 0..=-1, flexible never, NOWHERE;
    UPDATE_METADATA = 6, "UpdateMetadata", 0..=-1, flexible never, NOWHERE;
    CONTROLLED_SHUTDOWN = 7, "ControlledShutdown", 0..=-1, flexible never, NOWHERE;
    OFFSET_COMMIT = 8, "OffsetCommit", 2..=10, flexible 8, BROKER;
    OFFSET_FETCH = 9, "OffsetFetch", 1..=10, flexible 6, BROKER;
    FIND_COORDINATOR = 10, "FindCoordinator", 0..=6, flexible 3, BROKER;
    JOIN_GROUP = 11, "JoinGroup", 0..=9, flexible 6, BROKER;
    HEARTBEAT = 12, "Heartbeat", 0..=4, flexible 4, BROKER;
    LEAVE_GROUP = 13, "LeaveGroup", 0..=5, flexible 4, BROKER;
    SYNC_GROUP = 14, "SyncGroup", 0..=5, flexible 4, BROKER;
    DESCRIBE_GROUPS = 15, "DescribeGroups", 0..=6, flexible 5, BROKER;
    LIST_GROUPS = 16, "ListGroups", 0..=5, flexible 3, BROKER;
    SASL_HANDSHAKE = 17, "SaslHandshake", 0..=1, flexible never, BOTH;
    API_VERSIONS = 18, "ApiVersions", 0..=5, flexible 3, BOTH;
    CREATE_TOPICS = 19, "CreateTopics", 2..=7, flexible 5, BOTH;
    DELETE_TOPICS = 20, "DeleteTopics", 1..=6, flexible 4, BOTH;
    DELETE_RECORDS = 21, "DeleteRecords", 0..=2, flexible 2, BROKER;
    INIT_PRODUCER_ID = 22, "InitProducerId", 0..=6, flexible 2, BROKER, latest unstable;
    OFFSET_FOR_LEADER_EPOCH = 23, "OffsetForLeaderEpoch", 2..=4, flexible 4, BROKER;
    ADD_PARTITIONS_TO_TXN = 24, "AddPartitionsToTxn", 0..=5, flexible 3, BROKER;
    ADD_OFFSETS_TO_TXN = 25, "AddOffsetsToTxn", 0..=4, flexible 3, BROKER;
    END_TXN = 26, "EndTxn", 0..=5, flexible 3, BROKER;
    WRITE_TXN_MARKERS = 27, "WriteTxnMarkers", 1..=2, flexible 1, BROKER;
    TXN_OFFSET_COMMIT = 28, "TxnOffsetCommit", 0..=6, flexible 3, BROKER;
    DESCRIBE_ACLS = 29, "DescribeAcls", 1..=3, flexible 2, BOTH;
    CREATE_ACLS = 30, "CreateAcls", 1..=3, flexible 2, BOTH;
    DELETE_ACLS = 31, "DeleteAcls", 1..=3, flexible 2, BOTH;
    DESCRIBE_CONFIGS = 32, "DescribeConfigs", 1..=4, flexible 4, BOTH;
    ALTER_CONFIGS = 33, "AlterConfigs", 0..=2, flexible 2, BOTH;
    ALTER_REPLICA_LOG_DIRS = 34, "AlterReplicaLogDirs", 1..=2, flexible 2, BROKER;
    DESCRIBE_LOG_DIRS = 35, "DescribeLogDirs", 1..=5, flexible 2, BROKER;
    SASL_AUTHENTICATE = 36, "SaslAuthenticate", 0..=2, flexible 2, BOTH;
    CREATE_PARTITIONS = 37, "CreatePartitions", 0..=3, flexible 2, BOTH;
    CREATE_DELEGATION_TOKEN = 38, "CreateDelegationToken", 1..=3, flexible 2, BOTH;
    RENEW_DELEGATION_TOKEN = 39, "RenewDelegationToken", 1..=2, flexible 2, BOTH;
    EXPIRE_DELEGATION_TOKEN = 40, "ExpireDelegationToken", 1..=2, flexible 2, BOTH;
    DESCRIBE_DELEGATION_TOKEN = 41, "DescribeDelegationToken", 1..=3, flexible 2, BOTH;
    DELETE_GROUPS = 42, "DeleteGroups", 0..=3, flexible 2, BROKER;
    ELECT_LEADERS = 43, "ElectLeaders", 0..=2, flexible 2, BOTH;
    INCREMENTAL_ALTER_CONFIGS = 44, "IncrementalAlterConfigs", 0..=1, flexible 1, BOTH;
    ALTER_PARTITION_REASSIGNMENTS = 45, "AlterPartitionReassignments", 0..=1, flexible 0, BOTH;
    LIST_PARTITION_REASSIGNMENTS = 46, "ListPartitionReassignments", 0..=0, flexible 0, BOTH;
    OFFSET_DELETE = 47, "OffsetDelete", 0..=0, flexible never, BROKER;
    DESCRIBE_CLIENT_QUOTAS = 48, "DescribeClientQuotas", 0..=1, flexible 1, BROKER;
    ALTER_CLIENT_QUOTAS = 49, "AlterClientQuotas", 0..=1, flexible 1, BOTH;
    DESCRIBE_USER_SCRAM_CREDENTIALS = 50, "DescribeUserScramCredentials", 0..=0, flexible 0, BOTH;
    ALTER_USER_SCRAM_CREDENTIALS = 51, "AlterUserScramCredentials", 0..=0, flexible 0, BOTH;
    VOTE = 52, "Vote", 0..=2, flexible 0, CONTROLLER;
    BEGIN_QUORUM_EPOCH = 53, "BeginQuorumEpoch", 0..=1, flexible 1, CONTROLLER;
    END_QUORUM_EPOCH = 54, "EndQuorumEpoch", 0..=1, flexible 1, CONTROLLER;
    DESCRIBE_QUORUM = 55, "DescribeQuorum", 0..=2, flexible 0, BOTH;
    ALTER_PARTITION = 56, "AlterPartition", 2..=3, flexible 0, CONTROLLER;
    UPDATE_FEATURES = 57, "UpdateFeatures", 0..=2, flexible 0, BOTH;
    ENVELOPE = 58, "Envelope", 0..=0, flexible 0, CONTROLLER;
    FETCH_SNAPSHOT = 59, "FetchSnapshot", 0..=1, flexible 0, CONTROLLER;
    DESCRIBE_CLUSTER = 60, "DescribeCluster", 0..=2, flexible 0, BOTH;
    DESCRIBE_PRODUCERS = 61, "DescribeProducers", 0..=0, flexible 0, BROKER;
    BROKER_REGISTRATION = 62, "BrokerRegistration", 0..=4, flexible 0, CONTROLLER;
    BROKER_HEARTBEAT = 63, "BrokerHeartbeat", 0..=2, flexible 0, CONTROLLER;
    UNREGISTER_BROKER = 64, "UnregisterBroker", 0..=0, flexible 0, BOTH;
    DESCRIBE_TRANSACTIONS = 65, "DescribeTransactions", 0..=0, flexible 0, BROKER;
    LIST_TRANSACTIONS = 66, "ListTransactions", 0..=2, flexible 0, BROKER;
    ALLOCATE_PRODUCER_IDS = 67, "AllocateProducerIds", 0..=0, flexible 0, CONTROLLER;
    CONSUMER_GROUP_HEARTBEAT = 68, "ConsumerGroupHeartbeat", 0..=1, flexible 0, BROKER;
    CONSUMER_GROUP_DESCRIBE = 69, "ConsumerGroupDescribe", 0..=1, flexible 0, BROKER;
    CONTROLLER_REGISTRATION = 70, "ControllerRegistration", 0..=0, flexible 0, CONTROLLER;
    GET_TELEMETRY_SUBSCRIPTIONS = 71, "GetTelemetrySubscriptions", 0..=0, flexible 0, BROKER;
    PUSH_TELEMETRY = 72, "PushTelemetry", 0..=0, flexible 0, BROKER;
    ASSIGN_REPLICAS_TO_DIRS = 73, "AssignReplicasToDirs", 0..=0, flexible 0, CONTROLLER;
    LIST_CONFIG_RESOURCES = 74, "ListConfigResources", 0..=1, flexible 0, BROKER;
    DESCRIBE_TOPIC_PARTITIONS = 75, "DescribeTopicPartitions", 0..=0, flexible 0, BROKER;
    SHARE_GROUP_HEARTBEAT = 76, "ShareGroupHeartbeat", 1..=1, flexible 0, BROKER;
    SHARE_GROUP_DESCRIBE = 77, "ShareGroupDescribe", 1..=1, flexible 0, BROKER;
    SHARE_FETCH = 78, "ShareFetch", 1..=2, flexible 0, BROKER;
    SHARE_ACKNOWLEDGE = 79, "ShareAcknowledge", 1..=2, flexible 0, BROKER;
    ADD_RAFT_VOTER = 80, "AddRaftVoter", 0..=1, flexible 0, BOTH;
    REMOVE_RAFT_VOTER = 81, "RemoveRaftVoter", 0..=0, flexible 0, BOTH;
    UPDATE_RAFT_VOTER = 82, "UpdateRaftVoter", 0..=0, flexible 0, CONTROLLER;
    INITIALIZE_SHARE_GROUP_STATE = 83, "InitializeShareGroupState", 0..=0, flexible 0, BROKER;
    READ_SHARE_GROUP_STATE = 84, "ReadShareGroupState", 0..=0, flexible 0, BROKER;
    WRITE_SHARE_GROUP_STATE = 85, "WriteShareGroupState", 0..=1, flexible 0, BROKER;
    DELETE_SHARE_GROUP_STATE = 86, "DeleteShareGroupState", 0..=0, flexible 0, BROKER;
    READ_SHARE_GROUP_STATE_SUMMARY = 87, "ReadShareGroupStateSummary", 0..=1, flexible 0, BROKER;
    STREAMS_GROUP_HEARTBEAT = 88, "StreamsGroupHeartbeat", 0..=1, flexible 0, BROKER;
    STREAMS_GROUP_DESCRIBE = 89, "StreamsGroupDescribe", 0..=1, flexible 0, BROKER;
    DESCRIBE_SHARE_GROUP_OFFSETS = 90, "DescribeShareGroupOffsets", 0..=1, flexible 0, BROKER;
    ALTER_SHARE_GROUP_OFFSETS = 91, "AlterShareGroupOffsets", 0..=0, flexible 0, BROKER;
    DELETE_SHARE_GROUP_OFFSETS = 92, "DeleteShareGroupOffsets", 0..=0, flexible 0, BROKER;
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE = 93, "StreamsGroupTopologyDescriptionUpdate", 0..=0, flexible 0, BROKER;
    UNREGISTER_CONTROLLER = 94, "UnregisterController", 0..=0, flexible 0, BOTH;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_gap() {
        for (index, info) in ApiInfo::ALL.iter().enumerate() {
            assert_eq!(usize::try_from(info.key.0), Ok(index), "{}", info.name);
        }
        assert_eq!(ApiKey(-1).info(), None);
        assert_eq!(ApiKey(1000).to_string(), "Unknown(1000)");
    }

    #[test]
    fn header_versions() {
        assert_eq!(ApiKey::METADATA.request_header_version(8), 1);
        assert_eq!(ApiKey::METADATA.request_header_version(9), 2);
        assert_eq!(ApiKey::METADATA.response_header_version(9), 1);
        assert_eq!(ApiKey::API_VERSIONS.request_header_version(3), 2);
        assert_eq!(ApiKey::API_VERSIONS.response_header_version(3), 0);
        assert_eq!(ApiKey::SASL_HANDSHAKE.request_header_version(1), 1);
    }
}
