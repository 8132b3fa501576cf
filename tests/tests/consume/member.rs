//! Members of a group that read in tasks of their own, and who owns what meanwhile.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kafka_client::client::{Client, Consumer, ConsumerEvent};
use kafka_client::cluster::TopicPartition;
use kafka_client::config::{AssignorKind, OffsetReset};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Who owns which partition, as the members' own events say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owners(Arc<Mutex<BTreeMap<TopicPartition, String>>>);

/// A member that reads until it is told to stop.
#[derive(Debug)]
pub(crate) struct Member {
    values: Arc<Mutex<Vec<String>>>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Consumer>,
}

impl Owners {
    /// Panics when another member owns it: no partition has two owners at any instant.
    fn take(&self, partition: TopicPartition, member: &str) {
        let before = self
            .0
            .lock()
            .unwrap()
            .insert(partition.clone(), member.to_owned());
        assert_eq!(before, None, "{member} got {partition}, which was not given up");
    }

    fn give_up(&self, partition: &TopicPartition, member: &str) {
        let owner = self.0.lock().unwrap().remove(partition);
        assert_eq!(
            owner.as_deref(),
            Some(member),
            "{member} gave up {partition}, which it did not own"
        );
    }

    /// How many partitions each member owns.
    pub(crate) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for owner in self.0.lock().unwrap().values() {
            *counts.entry(owner.clone()).or_default() += 1;
        }
        counts
    }

    /// Waits until the members own as many as is said.
    pub(crate) async fn settle(&self, expected: &[(&str, usize)]) {
        let expected: BTreeMap<_, _> = expected
            .iter()
            .map(|(member, count)| ((*member).to_owned(), *count))
            .collect();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
        while self.counts() != expected {
            assert!(
                tokio::time::Instant::now() < deadline,
                "{:?} instead of {expected:?}",
                self.counts()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Member {
    pub(crate) async fn join(
        client: &Client,
        group: &str,
        topic: &str,
        name: &'static str,
        assignors: &[AssignorKind],
        owners: &Owners,
    ) -> Self {
        let mut consumer = client
            .consumer(group)
            .topics([topic])
            .auto_offset_reset(OffsetReset::Earliest)
            .assignors(assignors.iter().copied())
            .start()
            .await
            .unwrap();
        let values = Arc::new(Mutex::new(Vec::new()));
        let (stop, mut stopped) = oneshot::channel();
        let (owners, seen) = (owners.clone(), values.clone());
        let task = tokio::spawn(async move {
            loop {
                let event = tokio::select! {
                    _ = &mut stopped => break,
                    event = consumer.next_event() => event.unwrap(),
                };
                match event.expect("an open consumer") {
                    ConsumerEvent::Assigned(list) => list.into_iter().for_each(|p| owners.take(p, name)),
                    ConsumerEvent::Batch(batch) => {
                        let text = |value: &[u8]| String::from_utf8(value.to_vec()).unwrap();
                        let values = batch
                            .iter()
                            .map(|record| text(record.value().unwrap_or_default()));
                        seen.lock().unwrap().extend(values);
                    }
                    ConsumerEvent::Lost(list) | ConsumerEvent::Revoked(list) => {
                        list.iter().for_each(|p| owners.give_up(p, name));
                    }
                    other => panic!("{other:?}"),
                }
            }
            for partition in consumer.assignment() {
                owners.give_up(&partition, name);
            }
            consumer
        });
        Self { values, stop, task }
    }

    /// What it has read so far.
    pub(crate) fn values(&self) -> Vec<String> {
        self.values.lock().unwrap().clone()
    }

    /// Closes the consumer: it commits and leaves.
    pub(crate) async fn leave(self) -> Vec<String> {
        let _ = self.stop.send(());
        self.task.await.unwrap().close().await;
        self.values.lock().unwrap().clone()
    }
}
