use super::{ErrorClass, ErrorCode, Known};

/// Makes a constant and a row of the table out of each line.
macro_rules! error_codes {
    ($($code:literal $name:ident $class:ident $meaning:literal,)*) => {
        impl ErrorCode {
            $(
                #[doc = concat!("Code ", $code, ": ", $meaning, ".")]
                pub const $name: Self = Self($code);
            )*
        }

        /// Every known code, ascending from -1 without a gap.
        pub(super) static KNOWN: &[Known] = &[
            $(Known {
                code: $code,
                name: stringify!($name),
                class: ErrorClass::$class,
                meaning: $meaning,
            },)*
        ];
    };
}

error_codes! {
    -1 UNKNOWN_SERVER_ERROR Other "the broker failed in a way it has no code for; its log says more",
    0 NONE Success "no error",
    1 OFFSET_OUT_OF_RANGE Other "the offset lies outside what the partition's log holds",
    2 CORRUPT_MESSAGE Retriable
        "a record batch arrived damaged, is too large, or lacks the key a compacted topic demands",
    3 UNKNOWN_TOPIC_OR_PARTITION InvalidMetadata "the broker does not know the topic or the partition",
    4 INVALID_FETCH_SIZE Other "the number of bytes asked for is impossible",
    5 LEADER_NOT_AVAILABLE InvalidMetadata "the partition has no leader at the moment",
    6 NOT_LEADER_OR_FOLLOWER InvalidMetadata
        "the broker asked is no longer the partition's leader, or not one of its replicas",
    7 REQUEST_TIMED_OUT Retriable "the broker could not finish the request in the time allowed",
    8 BROKER_NOT_AVAILABLE Other "the broker is not reachable for the cluster",
    9 REPLICA_NOT_AVAILABLE InvalidMetadata "a replica of the partition is not where it is expected",
    10 MESSAGE_TOO_LARGE Other "the record batch is larger than the topic's `max.message.bytes`",
    11 STALE_CONTROLLER_EPOCH Other "another controller has taken over",
    12 OFFSET_METADATA_TOO_LARGE Other "the note committed beside the offset is too long",
    13 NETWORK_EXCEPTION InvalidMetadata "the connection ended before the answer came",
    14 COORDINATOR_LOAD_IN_PROGRESS Retriable
        "the coordinator is still reading its state and cannot answer yet",
    15 COORDINATOR_NOT_AVAILABLE RefreshRetriable "no broker can act as the coordinator at the moment",
    16 NOT_COORDINATOR RefreshRetriable
        "the broker asked is not the coordinator of that group or transaction",
    17 INVALID_TOPIC_EXCEPTION InvalidConfiguration
        "the topic's name is not allowed, or the topic may not be used this way",
    18 RECORD_LIST_TOO_LARGE InvalidConfiguration
        "the record batch is larger than a segment of the log may be",
    19 NOT_ENOUGH_REPLICAS Retriable
        "fewer replicas are in sync than `min.insync.replicas` demands; nothing was written",
    20 NOT_ENOUGH_REPLICAS_AFTER_APPEND Retriable
        "the records were written, but too few replicas in sync confirmed them",
    21 INVALID_REQUIRED_ACKS InvalidConfiguration
        "the number of acknowledgements asked for is none of -1, 0 and 1",
    22 ILLEGAL_GENERATION ApplicationRecoverable "the group has moved on to another generation",
    23 INCONSISTENT_GROUP_PROTOCOL Other
        "the member has no assignor or protocol type in common with its group, or named none",
    24 INVALID_GROUP_ID Other "the group's name is empty or not allowed",
    25 UNKNOWN_MEMBER_ID ApplicationRecoverable "the coordinator does not know this member of the group",
    26 INVALID_SESSION_TIMEOUT Other
        "the session timeout is outside the broker's `group.min.session.timeout.ms` and `group.max.session.timeout.ms`",
    27 REBALANCE_IN_PROGRESS Other "the group is rebalancing and the member must join again",
    28 INVALID_COMMIT_OFFSET_SIZE Other "the offsets to be committed take more room than a batch may have",
    29 TOPIC_AUTHORIZATION_FAILED Authorization "the principal lacks the right to do this with the topic",
    30 GROUP_AUTHORIZATION_FAILED Authorization "the principal lacks the right to do this with the group",
    31 CLUSTER_AUTHORIZATION_FAILED Authorization "the principal lacks the right to do this with the cluster",
    32 INVALID_TIMESTAMP Other "a record's timestamp is too far from the broker's clock for the topic",
    33 UNSUPPORTED_SASL_MECHANISM Authentication
        "the broker does not offer this SASL mechanism on the listener",
    34 ILLEGAL_SASL_STATE Authentication "the request does not belong at this point of the authentication",
    35 UNSUPPORTED_VERSION InvalidConfiguration
        "the broker does not support this version of the request, or not the feature it asks for",
    36 TOPIC_ALREADY_EXISTS Other "a topic of that name exists",
    37 INVALID_PARTITIONS Other "the number of partitions is not allowed",
    38 INVALID_REPLICATION_FACTOR InvalidConfiguration
        "the replication factor is below one or above the number of brokers",
    39 INVALID_REPLICA_ASSIGNMENT Other
        "the replicas named for the partitions do not fit together or do not exist",
    40 INVALID_CONFIG Other "a configuration value or its name is not allowed",
    41 NOT_CONTROLLER Retriable "the broker asked is not the cluster's controller",
    42 INVALID_REQUEST Other "the broker found the request malformed or contradictory; its log says more",
    43 UNSUPPORTED_FOR_MESSAGE_FORMAT InvalidConfiguration
        "the topic's record format is too old for the request",
    44 POLICY_VIOLATION Other "a policy configured at the broker forbids the request",
    45 OUT_OF_ORDER_SEQUENCE_NUMBER Other "a batch of the producer before this one is missing",
    46 DUPLICATE_SEQUENCE_NUMBER Other "the broker has this batch of the producer already",
    47 INVALID_PRODUCER_EPOCH ApplicationRecoverable
        "the producer's epoch is older than the one the broker knows",
    48 INVALID_TXN_STATE Other "the transaction is in a state that does not allow the operation",
    49 INVALID_PRODUCER_ID_MAPPING ApplicationRecoverable
        "the producer id does not belong to that transactional id",
    50 INVALID_TRANSACTION_TIMEOUT Other
        "the transaction timeout is above the broker's `transaction.max.timeout.ms`",
    51 CONCURRENT_TRANSACTIONS Retriable "the transaction before this one is still being finished",
    52 TRANSACTION_COORDINATOR_FENCED Other "another broker has taken over as the transaction's coordinator",
    53 TRANSACTIONAL_ID_AUTHORIZATION_FAILED Authorization
        "the principal lacks the right to use the transactional id",
    54 SECURITY_DISABLED Other "the cluster has no authorizer",
    55 OPERATION_NOT_ATTEMPTED Other
        "the broker did not try this part because another part of the request failed",
    56 KAFKA_STORAGE_ERROR InvalidMetadata "the broker cannot use the disk that holds the partition",
    57 LOG_DIR_NOT_FOUND Other "the broker has no such log directory",
    58 SASL_AUTHENTICATION_FAILED Authentication "the broker did not accept the credentials",
    59 UNKNOWN_PRODUCER_ID Other
        "the broker holds nothing of this producer any more, most likely because its records expired",
    60 REASSIGNMENT_IN_PROGRESS Other "a reassignment of the partition is under way",
    61 DELEGATION_TOKEN_AUTH_DISABLED Other "the cluster has delegation tokens switched off",
    62 DELEGATION_TOKEN_NOT_FOUND Other "the broker does not know the delegation token",
    63 DELEGATION_TOKEN_OWNER_MISMATCH Other
        "the principal is neither owner nor renewer of the delegation token",
    64 DELEGATION_TOKEN_REQUEST_NOT_ALLOWED Other
        "delegation tokens cannot be requested over this kind of connection; use SASL or mutual TLS",
    65 DELEGATION_TOKEN_AUTHORIZATION_FAILED Authorization
        "the principal lacks the right to do this with the delegation token",
    66 DELEGATION_TOKEN_EXPIRED Other "the delegation token has expired",
    67 INVALID_PRINCIPAL_TYPE Other "the broker does not support this type of principal",
    68 NON_EMPTY_GROUP Other "the group has members",
    69 GROUP_ID_NOT_FOUND Other "the broker does not know the group",
    70 FETCH_SESSION_ID_NOT_FOUND Retriable
        "the broker has forgotten the fetch session; a full fetch opens a new one",
    71 INVALID_FETCH_SESSION_EPOCH Retriable "the fetch session's epoch is not the one the broker expects",
    72 LISTENER_NOT_FOUND InvalidMetadata
        "the partition's leader does not have the listener that the client uses",
    73 TOPIC_DELETION_DISABLED Other "the cluster has the deletion of topics switched off",
    74 FENCED_LEADER_EPOCH InvalidMetadata "the request names an older leader epoch than the broker's",
    75 UNKNOWN_LEADER_EPOCH Retriable "the request names a newer leader epoch than the broker has heard of",
    76 UNSUPPORTED_COMPRESSION_TYPE Other
        "the version of the request does not allow the codec of the records",
    77 STALE_BROKER_EPOCH Other "the broker has registered again since the request was made",
    78 OFFSET_NOT_AVAILABLE Retriable "a new leader does not know yet how far the partition is committed",
    79 MEMBER_ID_REQUIRED Other "the member must join again with the id that came with this answer",
    80 PREFERRED_LEADER_NOT_AVAILABLE InvalidMetadata "the partition's preferred leader is not available",
    81 GROUP_MAX_SIZE_REACHED Other "the group has as many members as the broker allows",
    82 FENCED_INSTANCE_ID ApplicationRecoverable "another member took over the `group.instance.id`",
    83 ELIGIBLE_LEADERS_NOT_AVAILABLE InvalidMetadata "no replica that could become leader is available",
    84 ELECTION_NOT_NEEDED InvalidMetadata "the partition has the leader that the election would give it",
    85 NO_REASSIGNMENT_IN_PROGRESS Other "no reassignment of the partition is under way",
    86 GROUP_SUBSCRIBED_TO_TOPIC Other
        "members of the group are subscribed to the topic, so its offsets cannot be deleted",
    87 INVALID_RECORD InvalidConfiguration "the broker's checks rejected a record; the batch was not written",
    88 UNSTABLE_OFFSET_COMMIT Retriable "offsets of a transaction that has not ended are pending",
    89 THROTTLING_QUOTA_EXCEEDED Retriable "a quota on changes to the cluster is used up",
    90 PRODUCER_FENCED ApplicationRecoverable "a newer producer has taken over the transactional id",
    91 RESOURCE_NOT_FOUND Other "the request names something that does not exist",
    92 DUPLICATE_RESOURCE Other "the request names the same thing twice",
    93 UNACCEPTABLE_CREDENTIAL Other "the credential is too weak or malformed",
    94 INCONSISTENT_VOTER_SET Other "sender and receiver disagree about who votes in the controller quorum",
    95 INVALID_UPDATE_VERSION Other "the version of the update is not the one that comes next",
    96 FEATURE_UPDATE_FAILED Other "the features of the cluster could not be changed",
    97 PRINCIPAL_DESERIALIZATION_FAILURE Other
        "a forwarded request carries a principal that the controller cannot read",
    98 SNAPSHOT_NOT_FOUND Other "the controller does not have the snapshot",
    99 POSITION_OUT_OF_RANGE Other "the position lies outside the snapshot",
    100 UNKNOWN_TOPIC_ID InvalidMetadata "the broker does not know the topic id",
    101 DUPLICATE_BROKER_REGISTRATION Other "another broker runs under this id",
    102 BROKER_ID_NOT_REGISTERED Other "no broker is registered under this id",
    103 INCONSISTENT_TOPIC_ID InvalidMetadata "the topic's log has another topic id than the request",
    104 INCONSISTENT_CLUSTER_ID Other "the request was meant for another cluster",
    105 TRANSACTIONAL_ID_NOT_FOUND Other "the coordinator does not know the transactional id",
    106 FETCH_SESSION_TOPIC_ID_ERROR Retriable "the fetch session mixes requests with and without topic ids",
    107 INELIGIBLE_REPLICA Other "a replica may not become part of the in-sync set",
    108 NEW_LEADER_ELECTED Other "the change was made, and it gave the partition another leader",
    109 OFFSET_MOVED_TO_TIERED_STORAGE Other "the offset is only in remote storage",
    110 FENCED_MEMBER_EPOCH Other
        "the coordinator has fenced the member, which must give up its partitions and join again",
    111 UNRELEASED_INSTANCE_ID Other "another member still uses the `group.instance.id`",
    112 UNSUPPORTED_ASSIGNOR Other "the group's coordinator does not have the assignor",
    113 STALE_MEMBER_EPOCH Other "the member's epoch is old; the next heartbeat brings the current one",
    114 MISMATCHED_ENDPOINT_TYPE Other
        "the request went to a controller where a broker was meant, or the other way round",
    115 UNSUPPORTED_ENDPOINT_TYPE Other "the kind of endpoint asked for is not supported",
    116 UNKNOWN_CONTROLLER_ID Other "no controller has this id",
    117 UNKNOWN_SUBSCRIPTION_ID Other "the metrics were pushed under a subscription that is no longer valid",
    118 TELEMETRY_TOO_LARGE Other "the pushed metrics take more bytes than the broker accepts",
    119 INVALID_REGISTRATION Other "the controller rejected the registration of a broker",
    120 TRANSACTION_ABORTABLE Other
        "the transaction failed and must be aborted; the producer can go on with the next one",
    121 INVALID_RECORD_STATE Other
        "the record is not in a state in which it can be acknowledged, for example because its lock expired",
    122 SHARE_SESSION_NOT_FOUND Retriable "the broker has forgotten the share session",
    123 INVALID_SHARE_SESSION_EPOCH Retriable "the share session's epoch is not the one the broker expects",
    124 FENCED_STATE_EPOCH Other "the state epoch of the share partition does not match",
    125 INVALID_VOTER_KEY Other "the key of the voter is not that of the replica that was asked",
    126 DUPLICATE_VOTER Other "the voter belongs to the quorum already",
    127 VOTER_NOT_FOUND Other "the voter does not belong to the quorum",
    128 INVALID_REGULAR_EXPRESSION Other "the broker cannot read the regular expression",
    129 REBOOTSTRAP_REQUIRED Other
        "the client's view of the cluster is of no use any more; it must start again from its bootstrap servers",
    130 STREAMS_INVALID_TOPOLOGY Other "the topology of the streams application is not valid",
    131 STREAMS_INVALID_TOPOLOGY_EPOCH Other "the epoch of the topology is not valid",
    132 STREAMS_TOPOLOGY_FENCED Other "the group runs a newer topology",
    133 SHARE_SESSION_LIMIT_REACHED Retriable "the broker has as many share sessions as it allows",
    134 GROUP_DELETION_FAILED Other "the group could not be deleted; the message beside the code says why",
    135 STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED Other
        "the broker could not keep the description of the topology; the message beside the code says why",
    136 CONTROLLER_ID_NOT_REGISTERED Other "no controller is registered under this id",
}
