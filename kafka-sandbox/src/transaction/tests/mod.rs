mod coordinator;
mod ends;
mod records;

use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;

use super::{
    Change, End, Init, InitRequest, Outcome, Partitions, Status, Transaction, TransactionSettings,
    Transactions,
};
use crate::time::Now;

/// A transaction of producer 7 with epoch 5, whose epoch was 4 before.
fn transaction(status: Status) -> Transaction {
    Transaction {
        producer_id: 7,
        previous_producer_id: 7,
        next_producer_id: -1,
        producer_epoch: 5,
        last_producer_epoch: 4,
        timeout_ms: 60_000,
        status,
        partitions: Partitions::default(),
        started: 1000,
        updated: 2000,
        client_version: 2,
    }
}

fn at(millis: u64) -> Now {
    Now::at(Duration::from_millis(millis), 1_000_000)
}

/// Producer ids from 100 on.
fn ids() -> impl FnMut() -> Result<i64, ErrorCode> {
    let mut next = 100;
    move || {
        next += 1;
        Ok(next - 1)
    }
}

/// A coordinator that knows one transactional id, `a`.
fn knowing(transaction: Transaction) -> Transactions {
    let mut transactions = Transactions::new(TransactionSettings::default());
    transactions.apply(
        at(0),
        Change {
            id: id(),
            next: Some(transaction),
        },
    );
    transactions
}

fn id() -> Arc<str> {
    "a".into()
}

fn orders(partition: i32) -> Partitions {
    [("orders".into(), partition)].into_iter().collect()
}
