//! Which versions of which API a broker of each release offers to its clients.

use protocol::{ApiKey, VersionRange};

/// Makes the table of the lines below: an API, and its versions in each release, `-` where there are none.
macro_rules! versions {
    ($($api:ident: $a:tt $b:tt $c:tt $d:tt $e:tt;)*) => {
        &[$((ApiKey::$api, [range!($a), range!($b), range!($c), range!($d), range!($e)]),)*]
    };
}

macro_rules! range {
    (-) => {
        VersionRange::EMPTY
    };
    (($first:literal $last:literal)) => {
        VersionRange {
            first: $first,
            last: $last,
        }
    };
}

/// The APIs by ascending number, as brokers answered ApiVersions on a client listener; without those that only
/// controllers send to brokers.
///
/// Releases 4.0 and later offer Produce from 0 on for the sake of clients that look no further, and serve it from 3 on
/// (KIP-896). The two APIs of telemetry are offered only by a broker with a metrics reporter that takes it (KIP-714).
#[rustfmt::skip]
pub(super) static VERSIONS: &[(ApiKey, [VersionRange; 5])] = versions! {
    //                                         2.1.1   2.8.2   3.9.2   4.0.2   4.4.0
    PRODUCE:                                   (0 7)   (0 9)   (0 11)  (0 12)  (0 13);
    FETCH:                                     (0 10)  (0 12)  (0 17)  (4 17)  (4 18);
    LIST_OFFSETS:                              (0 4)   (0 6)   (0 9)   (1 10)  (1 11);
    METADATA:                                  (0 7)   (0 11)  (0 12)  (0 13)  (0 13);
    OFFSET_COMMIT:                             (0 6)   (0 8)   (0 9)   (2 9)   (2 10);
    OFFSET_FETCH:                              (0 5)   (0 7)   (0 9)   (1 9)   (1 10);
    FIND_COORDINATOR:                          (0 2)   (0 3)   (0 6)   (0 6)   (0 6);
    JOIN_GROUP:                                (0 3)   (0 7)   (0 9)   (0 9)   (0 9);
    HEARTBEAT:                                 (0 2)   (0 4)   (0 4)   (0 4)   (0 4);
    LEAVE_GROUP:                               (0 2)   (0 4)   (0 5)   (0 5)   (0 5);
    SYNC_GROUP:                                (0 2)   (0 5)   (0 5)   (0 5)   (0 5);
    DESCRIBE_GROUPS:                           (0 2)   (0 5)   (0 5)   (0 6)   (0 6);
    LIST_GROUPS:                               (0 2)   (0 4)   (0 5)   (0 5)   (0 5);
    SASL_HANDSHAKE:                            (0 1)   (0 1)   (0 1)   (0 1)   (0 1);
    API_VERSIONS:                              (0 2)   (0 3)   (0 4)   (0 4)   (0 5);
    CREATE_TOPICS:                             (0 3)   (0 7)   (0 7)   (2 7)   (2 7);
    DELETE_TOPICS:                             (0 3)   (0 6)   (0 6)   (1 6)   (1 6);
    DELETE_RECORDS:                            (0 1)   (0 2)   (0 2)   (0 2)   (0 2);
    INIT_PRODUCER_ID:                          (0 1)   (0 4)   (0 5)   (0 5)   (0 5);
    OFFSET_FOR_LEADER_EPOCH:                   (0 2)   (0 4)   (0 4)   (2 4)   (2 4);
    ADD_PARTITIONS_TO_TXN:                     (0 1)   (0 3)   (0 5)   (0 5)   (0 5);
    ADD_OFFSETS_TO_TXN:                        (0 1)   (0 3)   (0 4)   (0 4)   (0 4);
    END_TXN:                                   (0 1)   (0 3)   (0 4)   (0 5)   (0 5);
    WRITE_TXN_MARKERS:                         (0 0)   (0 1)   (0 1)   (1 1)   (1 2);
    TXN_OFFSET_COMMIT:                         (0 2)   (0 3)   (0 4)   (0 5)   (0 6);
    DESCRIBE_ACLS:                             (0 1)   (0 2)   (0 3)   (1 3)   (1 3);
    CREATE_ACLS:                               (0 1)   (0 2)   (0 3)   (1 3)   (1 3);
    DELETE_ACLS:                               (0 1)   (0 2)   (0 3)   (1 3)   (1 3);
    DESCRIBE_CONFIGS:                          (0 2)   (0 4)   (0 4)   (1 4)   (1 4);
    ALTER_CONFIGS:                             (0 1)   (0 2)   (0 2)   (0 2)   (0 2);
    ALTER_REPLICA_LOG_DIRS:                    (0 1)   (0 2)   (0 2)   (1 2)   (1 2);
    DESCRIBE_LOG_DIRS:                         (0 1)   (0 2)   (0 4)   (1 4)   (1 5);
    SASL_AUTHENTICATE:                         (0 0)   (0 2)   (0 2)   (0 2)   (0 2);
    CREATE_PARTITIONS:                         (0 1)   (0 3)   (0 3)   (0 3)   (0 3);
    CREATE_DELEGATION_TOKEN:                   (0 1)   (0 2)   (0 3)   (1 3)   (1 3);
    RENEW_DELEGATION_TOKEN:                    (0 1)   (0 2)   (0 2)   (1 2)   (1 2);
    EXPIRE_DELEGATION_TOKEN:                   (0 1)   (0 2)   (0 2)   (1 2)   (1 2);
    DESCRIBE_DELEGATION_TOKEN:                 (0 1)   (0 2)   (0 3)   (1 3)   (1 3);
    DELETE_GROUPS:                             (0 1)   (0 2)   (0 2)   (0 2)   (0 3);
    ELECT_LEADERS:                             -       (0 2)   (0 2)   (0 2)   (0 2);
    INCREMENTAL_ALTER_CONFIGS:                 -       (0 1)   (0 1)   (0 1)   (0 1);
    ALTER_PARTITION_REASSIGNMENTS:             -       (0 0)   (0 0)   (0 0)   (0 1);
    LIST_PARTITION_REASSIGNMENTS:              -       (0 0)   (0 0)   (0 0)   (0 0);
    OFFSET_DELETE:                             -       (0 0)   (0 0)   (0 0)   (0 0);
    DESCRIBE_CLIENT_QUOTAS:                    -       (0 1)   (0 1)   (0 1)   (0 1);
    ALTER_CLIENT_QUOTAS:                       -       (0 1)   (0 1)   (0 1)   (0 1);
    DESCRIBE_USER_SCRAM_CREDENTIALS:           -       (0 0)   (0 0)   (0 0)   (0 0);
    ALTER_USER_SCRAM_CREDENTIALS:              -       (0 0)   (0 0)   (0 0)   (0 0);
    DESCRIBE_QUORUM:                           -       -       (0 2)   (0 2)   (0 2);
    UPDATE_FEATURES:                           -       (0 0)   (0 1)   (0 2)   (0 2);
    DESCRIBE_CLUSTER:                          -       (0 0)   (0 1)   (0 2)   (0 2);
    DESCRIBE_PRODUCERS:                        -       (0 0)   (0 0)   (0 0)   (0 0);
    UNREGISTER_BROKER:                         -       -       (0 0)   (0 0)   (0 0);
    DESCRIBE_TRANSACTIONS:                     -       -       (0 0)   (0 0)   (0 0);
    LIST_TRANSACTIONS:                         -       -       (0 1)   (0 1)   (0 2);
    CONSUMER_GROUP_HEARTBEAT:                  -       -       (0 0)   (0 1)   (0 1);
    CONSUMER_GROUP_DESCRIBE:                   -       -       (0 0)   (0 1)   (0 1);
    GET_TELEMETRY_SUBSCRIPTIONS:               -       -       (0 0)   (0 0)   (0 0);
    PUSH_TELEMETRY:                            -       -       (0 0)   (0 0)   (0 0);
    LIST_CONFIG_RESOURCES:                     -       -       (0 0)   (0 0)   (0 1);
    DESCRIBE_TOPIC_PARTITIONS:                 -       -       (0 0)   (0 0)   (0 0);
    SHARE_GROUP_HEARTBEAT:                     -       -       -       -       (1 1);
    SHARE_GROUP_DESCRIBE:                      -       -       -       -       (1 1);
    SHARE_FETCH:                               -       -       -       -       (1 2);
    SHARE_ACKNOWLEDGE:                         -       -       -       -       (1 2);
    ADD_RAFT_VOTER:                            -       -       (0 0)   (0 0)   (0 1);
    REMOVE_RAFT_VOTER:                         -       -       (0 0)   (0 0)   (0 0);
    INITIALIZE_SHARE_GROUP_STATE:              -       -       -       -       (0 0);
    READ_SHARE_GROUP_STATE:                    -       -       -       -       (0 0);
    WRITE_SHARE_GROUP_STATE:                   -       -       -       -       (0 1);
    DELETE_SHARE_GROUP_STATE:                  -       -       -       -       (0 0);
    READ_SHARE_GROUP_STATE_SUMMARY:            -       -       -       -       (0 1);
    STREAMS_GROUP_HEARTBEAT:                   -       -       -       -       (0 1);
    STREAMS_GROUP_DESCRIBE:                    -       -       -       -       (0 1);
    DESCRIBE_SHARE_GROUP_OFFSETS:              -       -       -       -       (0 1);
    ALTER_SHARE_GROUP_OFFSETS:                 -       -       -       -       (0 0);
    DELETE_SHARE_GROUP_OFFSETS:                -       -       -       -       (0 0);
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: -       -       -       -       (0 0);
    UNREGISTER_CONTROLLER:                     -       -       -       -       (0 0);
};
