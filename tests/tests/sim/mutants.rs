//! The checkers notice what they are there for: clients with a deliberate mistake are caught.

use tests::sim::{Mutant, run_with};

/// Seeds within which a mistake must be noticed.
const SEEDS: u64 = 400;

/// Demands that this checker notices the mistake. The search begins at a seed that is known to give it away.
fn caught(mutant: Mutant, by: &str, from: u64) {
    let mut others = Vec::new();
    for seed in (from..SEEDS).chain(0..from) {
        match run_with(seed, Some(mutant)).violation {
            Some(violation) if violation.check == by => return,
            Some(violation) => others.push(violation.to_string()),
            None => {}
        }
    }
    panic!("{mutant:?} is not caught by {by}; others found {others:?}");
}

#[test]
fn ack_unanswered_is_caught() {
    caught(Mutant::AckUnanswered, "durable", 5);
}

#[test]
fn commit_before_hand_out_is_caught() {
    caught(Mutant::CommitBeforeHandOut, "commit", 4);
}

#[test]
fn deliver_aborted_is_caught() {
    caught(Mutant::DeliverAborted, "isolation", 4);
}

#[test]
fn deliver_revoked_is_caught() {
    caught(Mutant::DeliverRevoked, "owner", 3);
}

#[test]
fn forget_flush_is_caught() {
    caught(Mutant::ForgetFlush, "progress", 0);
}

#[test]
fn keep_memory_is_caught() {
    caught(Mutant::KeepMemory, "proper", 0);
}

#[test]
fn keep_on_seek_is_caught() {
    caught(Mutant::KeepOnSeek, "reading", 0);
}

#[test]
fn pipeline_before_ack_is_caught() {
    caught(Mutant::PipelineBeforeAck, "order", 44);
}

#[test]
fn renumber_on_retry_is_caught() {
    caught(Mutant::RenumberOnRetry, "unique", 13);
}

#[test]
fn retry_at_once_is_caught() {
    caught(Mutant::RetryAtOnce, "haste", 120);
}

#[test]
fn trust_damaged_is_caught() {
    caught(Mutant::TrustDamaged, "progress", 11);
}

#[test]
fn trust_stale_commit_is_caught() {
    caught(Mutant::TrustStaleCommit, "commit", 13);
}

#[test]
fn unwritten_on_timeout_is_caught() {
    caught(Mutant::UnwrittenOnTimeout, "fate", 113);
}
