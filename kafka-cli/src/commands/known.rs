//! The topics that a command names: what is known of them, or that they are not there.

use std::time::Duration;

use kafka_client::client::Topics;
use kafka_client::cluster::{Metadata, OffsetSpec, TopicPartition};
use kafka_client::config::IsolationLevel;
use tokio::time::{Instant, sleep};

use crate::app::Session;
use crate::error::CliError;

/// How long a topic may be missing: one that was created a moment ago is not known to every broker at once.
const PATIENCE: Duration = Duration::from_secs(1);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The metadata of these topics. Asking creates none; one that does not exist is an error with a remedy.
pub async fn topics(session: &Session, names: &[String]) -> Result<Metadata, CliError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let metadata = session.client.metadata(Topics::Named(names.to_vec())).await?;
        let trouble = metadata
            .topics
            .values()
            .find_map(|topic| Some((&topic.name, topic.error?)));
        match trouble {
            None => return Ok(metadata),
            Some((_, code)) if code.is_retriable() && Instant::now() < deadline => sleep(LOOK_EVERY).await,
            Some((name, code)) => return Err(CliError::of_topic(name, code)),
        }
    }
}

/// Asks the leader of each partition for something small, and returns what failed.
pub async fn reach_leaders(session: &Session, metadata: &Metadata) -> Vec<CliError> {
    let partitions = metadata.topics.values().flat_map(|topic| {
        let count = i32::try_from(topic.partitions.len()).unwrap_or(i32::MAX);
        (0..count).map(|number| TopicPartition::new(topic.name.clone(), number))
    });
    let asked = partitions.map(|partition| (partition, OffsetSpec::Latest));
    let results = session
        .client
        .admin()
        .list_offsets(asked, IsolationLevel::ReadUncommitted)
        .await;
    results
        .into_iter()
        .filter_map(|(partition, result)| {
            let mut failure = CliError::from(result.err()?);
            failure.message = format!("{partition}: {}", failure.message);
            Some(failure)
        })
        .collect()
}
