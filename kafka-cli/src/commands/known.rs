//! The topics that a command names: what is known of them, or that they are not there.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use kafka_client::client::Topics;
use kafka_client::cluster::{Metadata, OffsetSpec, Topic, TopicPartition};
use kafka_client::config::IsolationLevel;
use tokio::time::{Instant, sleep};

use crate::app::{App, Session};
use crate::error::{CliError, Kind};

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

/// All partitions of these topics.
pub fn partitions(metadata: &Metadata) -> Vec<TopicPartition> {
    let of = |topic: &Arc<Topic>| {
        let count = i32::try_from(topic.partitions.len()).unwrap_or(i32::MAX);
        let name = topic.name.clone();
        (0..count).map(move |number| TopicPartition::new(name.clone(), number))
    };
    metadata.topics.values().flat_map(of).collect()
}

/// Warns of leaders that cannot be reached, and never ends: records are tried for minutes, and without a word.
pub async fn watch_leaders(app: &App, session: &Session, partitions: Vec<TopicPartition>) -> Infallible {
    let asked = partitions
        .into_iter()
        .map(|partition| (partition, OffsetSpec::Latest));
    let results = session
        .client
        .admin()
        .list_offsets(asked, IsolationLevel::ReadUncommitted)
        .await;
    let failures = results
        .into_iter()
        .filter_map(|(partition, result)| Some((partition, CliError::from(result.err()?))));
    // One is enough: brokers that advertise wrongly do so for all.
    let mut unreachable = failures.filter(|(_, error)| error.kind == Kind::Unreachable);
    if let Some((partition, error)) = unreachable.next() {
        app.output().warn(&format!("{partition}: {}", error.to_line()));
    }
    std::future::pending().await
}
