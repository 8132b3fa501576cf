//! What is due, and when.

use super::*;

const DAY: u64 = 24 * 60 * 60 * 1000;

/// The transactional id began to be used just now.
fn begun(status: Status, timeout_ms: i32) -> Transaction {
    Transaction {
        timeout_ms,
        started: at(0).timestamp,
        updated: at(0).timestamp,
        ..transaction(status)
    }
}

fn due(transactions: &mut Transactions, millis: u64) -> Vec<Arc<str>> {
    transactions.take_due(at(millis))
}

#[test]
fn t10_open_transactions_are_looked_at_every_ten_seconds() {
    for (timeout_ms, looked_at) in [(1, 10_000), (9_999, 10_000), (10_000, 20_000), (60_000, 70_000)] {
        let mut transactions = knowing(begun(Status::Ongoing, timeout_ms));
        let deadline = transactions.next_deadline().unwrap();
        assert_eq!(deadline, Duration::from_millis(looked_at), "{timeout_ms}");
        assert_eq!(due(&mut transactions, looked_at - 1), []);
        assert_eq!(due(&mut transactions, looked_at), [id()]);
        let aborted = transactions.expire(at(looked_at), &id(), 2, &mut ids()).unwrap();
        let next = aborted.unwrap().next.unwrap();
        assert_eq!((next.status, next.producer_epoch), (Status::PrepareAbort, 6));
        assert_eq!(due(&mut transactions, looked_at), [], "it is looked at once");
    }
}

#[test]
fn what_is_due_in_vain_is_looked_at_again() {
    let mut transactions = knowing(begun(Status::Ongoing, 1));
    assert_eq!(due(&mut transactions, 10_000), [id()]);
    transactions.look_again(at(10_000), &id());
    transactions.look_again(at(10_000), &id());
    assert_eq!(transactions.next_deadline(), Some(Duration::from_secs(20)));
    assert_eq!(due(&mut transactions, 20_000), [id()]);
    assert_eq!(transactions.next_deadline(), None);
}

#[test]
fn a_change_takes_the_place_of_what_was_due() {
    let mut transactions = knowing(begun(Status::Ongoing, 1));
    let next = Some(begun(Status::CompleteCommit, 1));
    transactions.apply(at(5), Change { id: id(), next });
    assert_eq!(due(&mut transactions, 10_000), []);
    transactions.apply(at(6), Change { id: id(), next: None });
    assert_eq!(transactions.next_deadline(), None);
    assert_eq!(transactions.get("a"), None);
    let mapping = transactions.add_partitions(at(7), &id(), (7, 5), &orders(0));
    assert_eq!(mapping, Err(ErrorCode::INVALID_PRODUCER_ID_MAPPING));
}

#[test]
fn idle_ids_are_forgotten_after_a_week_and_prepared_ones_are_not() {
    for status in [Status::Empty, Status::CompleteCommit, Status::CompleteAbort] {
        let mut transactions = knowing(begun(status, 1));
        assert_eq!(due(&mut transactions, 7 * DAY - 1), []);
        assert_eq!(due(&mut transactions, 7 * DAY), [id()]);
        let early = transactions.expire(at(7 * DAY - 1), &id(), 2, &mut ids());
        assert_eq!(early, Ok(None));
        let forgotten = transactions.expire(at(7 * DAY), &id(), 2, &mut ids());
        assert_eq!(forgotten.unwrap().unwrap().next, None);
    }
    let transactions = knowing(begun(Status::PrepareCommit, 1));
    let kept = transactions.expire(at(100 * DAY), &id(), 2, &mut ids());
    assert_eq!(kept, Ok(None));
}

#[test]
fn markers_are_tried_again_until_none_is_left() {
    let mut known = begun(Status::PrepareAbort, 1);
    known.partitions = [("orders".into(), 0), ("orders".into(), 1)].into_iter().collect();
    let mut transactions = knowing(known);
    for millis in [100, 200, 300] {
        assert_eq!(
            transactions.next_deadline(),
            None,
            "only leaders can change anything"
        );
        assert_eq!(due(&mut transactions, millis), []);
        transactions.follow_leaders();
        assert_eq!(transactions.next_deadline(), Some(Duration::ZERO));
        assert_eq!(due(&mut transactions, millis), [id()]);
        assert_eq!(transactions.complete(at(millis), &id()), None);
        transactions.look_again(at(millis), &id());
    }
    transactions.retry_markers(at(300), &id());
    assert_eq!(transactions.next_deadline(), Some(Duration::from_millis(1300)));
    transactions.note_marker("a", "orders", 1);
    transactions.note_marker("a", "orders", 7);
    assert_eq!(transactions.complete(at(301), &id()), None);
    transactions.note_marker("a", "orders", 0);
    let completed = transactions.complete(at(301), &id()).unwrap();
    let next = completed.next.as_ref().unwrap();
    assert_eq!(
        (next.status, next.updated),
        (Status::CompleteAbort, at(301).timestamp)
    );
    transactions.apply(at(301), completed);
    transactions.note_marker("a", "orders", 0);
    assert_eq!(transactions.complete(at(302), &id()), None);
}

#[test]
fn markers_can_be_late() {
    let mut transactions = Transactions::new(TransactionSettings::default());
    transactions.set_marker_delay(Duration::from_secs(3));
    let next = Some(begun(Status::PrepareCommit, 1));
    transactions.apply(at(1000), Change { id: id(), next });
    assert_eq!(transactions.next_deadline(), Some(Duration::from_secs(4)));
    transactions.set_marker_delay(Duration::MAX);
    assert_eq!(due(&mut transactions, 4000), [id()]);
    transactions.look_again(at(4000), &id());
    assert_eq!(transactions.next_deadline(), None);
    transactions.follow_leaders();
    assert_eq!(due(&mut transactions, 4001), [id()], "they were late once");
}

#[test]
fn times_beyond_all_bounds_are_never_due() {
    let mut known = begun(Status::Ongoing, i32::MAX);
    known.started = i64::MAX - 5;
    let mut transactions = knowing(known);
    assert_eq!(due(&mut transactions, u64::MAX / 4), []);
    let kept = transactions.expire(at(u64::MAX / 4), &id(), 2, &mut ids());
    assert_eq!(kept, Ok(None));
}
