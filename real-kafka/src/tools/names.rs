//! Which class a script of Kafka's `bin` folder runs.

use crate::Error;

/// Script and class, without what most classes begin with.
const TOOLS: [(&str, &str); 31] = [
    ("kafka-acls", "AclCommand"),
    ("kafka-broker-api-versions", "BrokerApiVersionsCommand"),
    ("kafka-client-metrics", "ClientMetricsCommand"),
    ("kafka-cluster", "ClusterTool"),
    ("kafka-configs", "kafka.admin.ConfigCommand"),
    ("kafka-console-consumer", "consumer.ConsoleConsumer"),
    ("kafka-console-producer", "ConsoleProducer"),
    ("kafka-console-share-consumer", "consumer.ConsoleShareConsumer"),
    ("kafka-consumer-groups", "consumer.group.ConsumerGroupCommand"),
    ("kafka-consumer-perf-test", "ConsumerPerformance"),
    ("kafka-delegation-tokens", "DelegationTokenCommand"),
    ("kafka-delete-records", "DeleteRecordsCommand"),
    ("kafka-dump-log", "DumpLogSegments"),
    ("kafka-e2e-latency", "EndToEndLatency"),
    ("kafka-features", "FeatureCommand"),
    ("kafka-get-offsets", "GetOffsetShell"),
    ("kafka-groups", "GroupsCommand"),
    ("kafka-leader-election", "LeaderElectionCommand"),
    ("kafka-log-dirs", "LogDirsCommand"),
    ("kafka-metadata-quorum", "MetadataQuorumCommand"),
    ("kafka-producer-perf-test", "ProducerPerformance"),
    ("kafka-reassign-partitions", "reassign.ReassignPartitionsCommand"),
    ("kafka-replica-verification", "ReplicaVerificationTool"),
    ("kafka-share-groups", "consumer.group.ShareGroupCommand"),
    ("kafka-storage", "kafka.tools.StorageTool"),
    ("kafka-streams-groups", "streams.StreamsGroupCommand"),
    ("kafka-topics", "TopicCommand"),
    ("kafka-transactions", "TransactionsCommand"),
    ("kafka-verifiable-consumer", "VerifiableConsumer"),
    ("kafka-verifiable-producer", "VerifiableProducer"),
    ("kafka-verifiable-share-consumer", "VerifiableShareConsumer"),
];

/// Returns the class that a script runs: `kafka-topics` or `kafka-topics.sh`. A class's full name stands for itself.
///
/// # Errors
/// [`Error::Config`] lists the scripts.
pub fn class_of(tool: &str) -> Result<String, Error> {
    let script = tool.strip_suffix(".sh").unwrap_or(tool);
    if let Some((_, class)) = TOOLS.iter().find(|(name, _)| *name == script) {
        return Ok(if class.starts_with("kafka.") {
            (*class).into()
        } else {
            format!("org.apache.kafka.tools.{class}")
        });
    }
    if tool.contains('.') && !tool.ends_with(".sh") {
        return Ok(tool.into());
    }
    let names: Vec<_> = TOOLS.iter().map(|(name, _)| *name).collect();
    Err(Error::Config(format!(
        "{tool} is none of Kafka's tools: {}",
        names.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::class_of;

    #[test]
    fn scripts_and_classes_are_told_apart() {
        assert_eq!(
            class_of("kafka-topics").unwrap(),
            "org.apache.kafka.tools.TopicCommand"
        );
        assert_eq!(
            class_of("kafka-topics.sh").unwrap(),
            "org.apache.kafka.tools.TopicCommand"
        );
        assert_eq!(class_of("kafka-configs").unwrap(), "kafka.admin.ConfigCommand");
        assert_eq!(class_of("org.example.Main").unwrap(), "org.example.Main");
        assert!(
            class_of("kafka-nonsense.sh")
                .unwrap_err()
                .to_string()
                .contains("kafka-topics")
        );
    }
}
