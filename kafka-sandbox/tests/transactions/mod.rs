//! Transactions, as their producers and readers meet them.

mod answers;
mod leaders;
mod model;
mod offsets;
mod producer;
mod restart;
mod script;
mod visibility;

use std::time::Duration;

use kafka_sandbox::fault::{Command, Fault};
use protocol::messages::describe_transactions::{DescribeTransactionsRequest, TransactionState};
use protocol::messages::list_transactions::ListTransactionsRequest;

use crate::support::{Cluster, settings_with};
use producer::{Ask, Producer};

impl Ask for Cluster {
    fn ask<R: protocol::Request>(&mut self, broker: i32, version: i16, request: &R) -> R::Response {
        Self::ask(self, broker, version, request)
    }

    fn timestamp(&self) -> i64 {
        self.now().timestamp
    }

    fn wait(&mut self, time: Duration) {
        self.advance(time);
    }
}

/// Looks for transactions that took too long twice a second.
const OFTEN: (&str, &str) = (
    "transaction.abort.timed.out.transaction.cleanup.interval.ms",
    "500",
);

/// One broker with a topic of two partitions, and with what coordinators need.
fn cluster() -> Cluster {
    cluster_with(&[OFTEN])
}

fn cluster_with(properties: &[(&str, &str)]) -> Cluster {
    let mut cluster = Cluster::with(settings_with(1, properties));
    create_topics(&mut cluster, 1);
    cluster
}

fn create_topics(cluster: &mut Cluster, replicas: i32) {
    cluster.create_topic("orders", 2, replicas);
    cluster.create_topic("__transaction_state", 1, replicas);
    cluster.create_topic("__consumer_offsets", 1, replicas);
}

/// Does something to the cluster.
fn perform(cluster: &mut Cluster, line: &str) {
    match line.parse().unwrap() {
        Fault::Command(command) => command_to(cluster, &command),
        Fault::Rule(rule) => {
            cluster.core.add_rule(rule).unwrap();
        }
    }
}

fn command_to(cluster: &mut Cluster, command: &Command) {
    let now = cluster.now();
    cluster.core.perform(now, command).unwrap();
    cluster.collect();
}

/// What the coordinator says of a producer's transaction.
fn describe(cluster: &mut Cluster, producer: &Producer) -> TransactionState {
    let request = DescribeTransactionsRequest {
        transactional_ids: vec![producer.transactional_id.clone()],
    };
    let mut answer = cluster.ask(producer.coordinator, 0, &request);
    answer.transaction_states.remove(0)
}

fn status(cluster: &mut Cluster, producer: &Producer) -> String {
    describe(cluster, producer).transaction_state
}

/// All transactional ids that a broker coordinates.
fn listed(cluster: &mut Cluster, broker: i32) -> Vec<String> {
    let answer = cluster.ask(broker, 1, &ListTransactionsRequest::default());
    let states = answer.transaction_states.into_iter();
    states.map(|state| state.transactional_id).collect()
}
