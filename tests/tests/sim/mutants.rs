//! The checkers notice what they are there for: clients with a deliberate mistake are caught.

use tests::sim::{Mutant, run_with};

/// Seeds within which a mistake must be noticed.
const SEEDS: std::ops::Range<u64> = 0..400;

/// Demands that one of these checkers notices the mistake.
fn caught(mutant: Mutant, by: &[&str]) {
    let mut others = Vec::new();
    for seed in SEEDS {
        let Some(violation) = run_with(seed, Some(mutant)).violation else {
            continue;
        };
        if by.contains(&violation.check) {
            return;
        }
        others.push(violation.to_string());
    }
    panic!("{mutant:?} is not caught by {by:?}; others found {others:?}");
}

#[test]
fn ack_unanswered_is_caught() {
    caught(Mutant::AckUnanswered, &["durable"]);
}

#[test]
fn commit_before_hand_out_is_caught() {
    caught(Mutant::CommitBeforeHandOut, &["commit"]);
}

#[test]
fn deliver_aborted_is_caught() {
    caught(Mutant::DeliverAborted, &["isolation"]);
}

#[test]
fn deliver_revoked_is_caught() {
    caught(Mutant::DeliverRevoked, &["owner"]);
}

#[test]
fn forget_flush_is_caught() {
    caught(Mutant::ForgetFlush, &["progress"]);
}

#[test]
fn keep_memory_is_caught() {
    caught(Mutant::KeepMemory, &["proper"]);
}

#[test]
fn keep_on_seek_is_caught() {
    caught(Mutant::KeepOnSeek, &["reading"]);
}

#[test]
fn pipeline_before_ack_is_caught() {
    caught(Mutant::PipelineBeforeAck, &["order"]);
}

#[test]
fn renumber_on_retry_is_caught() {
    caught(Mutant::RenumberOnRetry, &["unique"]);
}

#[test]
fn retry_at_once_is_caught() {
    caught(Mutant::RetryAtOnce, &["haste"]);
}

#[test]
fn trust_stale_commit_is_caught() {
    caught(Mutant::TrustStaleCommit, &["commit"]);
}

#[test]
fn unwritten_on_timeout_is_caught() {
    caught(Mutant::UnwrittenOnTimeout, &["fate"]);
}
