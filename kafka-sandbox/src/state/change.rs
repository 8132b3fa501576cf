//! What the cluster remembers across a restart, as changes in a journal.
//!
//! Whatever a request changes for good is said as a [`Change`], written to the journal, and only then applied. At the
//! start, what all of them come to is applied again, and the journal is put together from it anew. Records, groups and
//! transactions are not among them; they are kept in the logs of their topics.

use std::collections::BTreeMap;

use protocol::Uuid;
use serde::{Deserialize, Serialize};

use crate::quota::Entity;
use crate::security::ScramCredential;
use crate::security::acl::Acl;

/// One change. The names of variants and fields are the journal's format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub(crate) enum Change {
    /// The cluster was made.
    Cluster {
        /// Its id.
        id: String,
    },
    /// A topic was created.
    CreateTopic {
        /// Its name.
        name: String,
        /// Its id.
        #[serde(with = "uuid")]
        id: Uuid,
        /// The replicas of each partition.
        replicas: Vec<Vec<i32>>,
        /// Its configs.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        configs: BTreeMap<String, String>,
    },
    /// A topic was deleted with its logs, and created again as it was.
    RecreateTopic {
        /// Its name.
        name: String,
        /// Its new id.
        #[serde(with = "uuid")]
        id: Uuid,
    },
    /// A topic was deleted with its logs.
    DeleteTopic {
        /// Its name.
        name: String,
    },
    /// A topic got more partitions.
    AddPartitions {
        /// Its name.
        name: String,
        /// The replicas of each new partition.
        replicas: Vec<Vec<i32>>,
    },
    /// A partition is to be held by other brokers.
    Reassign {
        /// The topic.
        name: String,
        /// The partition.
        partition: i32,
        /// Its replicas, with those that are to go.
        replicas: Vec<i32>,
        /// Those of them that are new: it is over when they are in sync.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        adding: Vec<i32>,
        /// Those of them that go then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removing: Vec<i32>,
    },
    /// A replica is in another log directory of its broker.
    MoveReplica {
        /// The topic.
        name: String,
        /// The partition.
        partition: i32,
        /// The broker.
        broker: i32,
        /// The path of the directory.
        dir: String,
    },
    /// A config was set, or set back to its default.
    SetConfig {
        /// The kind of resource, as in the protocol: 2 topic, 4 broker, 8 logger, 16 client metrics, 32 group.
        kind: i8,
        /// The name of the resource; empty for the default of all brokers.
        resource: String,
        /// The name of the config.
        name: String,
        /// Its value; none for the default.
        value: Option<String>,
    },
    /// A user got a SCRAM credential, or lost it.
    ScramCredential {
        /// The user.
        user: String,
        /// The name of the mechanism.
        mechanism: String,
        /// What verifies the user; none when it was deleted.
        credential: Option<ScramCredential>,
    },
    /// An access control entry was created.
    CreateAcl(Acl),
    /// An access control entry was deleted.
    DeleteAcl(Acl),
    /// A quota was set, or taken away.
    SetQuota {
        /// Whom it is for.
        entity: Entity,
        /// Its name, as `producer_byte_rate`.
        key: String,
        /// Its value; none for none.
        value: Option<f64>,
    },
    /// A feature got another level (KIP-584).
    SetFeature {
        /// Its name.
        name: String,
        /// The level; 0 when it is off.
        level: i16,
    },
    /// A broker was started.
    StartBroker {
        /// Its id.
        id: i32,
        /// How many times it was, this one included.
        epoch: i64,
    },
    /// Producer ids up to this one, exclusive, may have been handed out.
    ProducerIds {
        /// The first that was not.
        next: i64,
    },
    /// Leader epochs up to this one, exclusive, may have been told to clients.
    LeaderEpochs {
        /// The first that was not.
        next: i32,
    },
    /// The lines before this one are what more lines came to, which are gone.
    Folded {
        /// How many these were.
        lines: i64,
    },
}

mod uuid {
    use protocol::Uuid;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
