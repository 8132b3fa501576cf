//! What requests make of a transactional id, by its status.

use super::*;

/// What an end is answered: what becomes of it, or an error.
fn end(known: &Transaction, producer: (i64, i16), outcome: Outcome, version: i16) -> Result<End, ErrorCode> {
    let transactions = knowing(known.clone());
    let answer = transactions.end(at(0), &id(), producer, outcome, version, &mut ids());
    answer.map(|(end, change)| {
        assert_eq!(matches!(end, End::Prepared(_)), change.is_some());
        end
    })
}

#[test]
fn ends_below_version_2_have_the_one_epoch() {
    use ErrorCode as E;
    use Outcome::{Abort, Commit};
    for (status, commit, abort) in [
        (
            Status::Empty,
            Err(E::INVALID_TXN_STATE),
            Err(E::INVALID_TXN_STATE),
        ),
        (Status::Ongoing, Ok(true), Ok(true)),
        (
            Status::PrepareCommit,
            Err(E::CONCURRENT_TRANSACTIONS),
            Err(E::INVALID_TXN_STATE),
        ),
        (
            Status::PrepareAbort,
            Err(E::INVALID_TXN_STATE),
            Err(E::CONCURRENT_TRANSACTIONS),
        ),
        (Status::CompleteCommit, Ok(false), Err(E::INVALID_TXN_STATE)),
        (Status::CompleteAbort, Err(E::INVALID_TXN_STATE), Ok(false)),
    ] {
        let known = transaction(status);
        for (outcome, expected) in [(Commit, commit), (Abort, abort)] {
            let answer = end(&known, (7, 5), outcome, 0);
            let prepared = answer.clone().map(|end| matches!(end, End::Prepared(_)));
            assert_eq!(prepared, expected, "{status:?} {outcome:?}");
            if let Ok(End::Prepared(next)) = answer {
                assert_eq!((next.producer_epoch, next.client_version), (5, 0));
            }
            for epoch in [4, 6, -1] {
                assert_eq!(end(&known, (7, epoch), outcome, 0), Err(E::PRODUCER_FENCED));
            }
            assert_eq!(
                end(&known, (8, 5), outcome, 0),
                Err(E::INVALID_PRODUCER_ID_MAPPING)
            );
        }
    }
}

#[test]
fn ends_of_version_2_are_told_apart_by_their_epochs() {
    use ErrorCode as E;
    use Outcome::{Abort, Commit};
    const FENCED: Result<bool, ErrorCode> = Err(ErrorCode::PRODUCER_FENCED);
    const INVALID: Result<bool, ErrorCode> = Err(ErrorCode::INVALID_TXN_STATE);
    const CONCURRENT: Result<bool, ErrorCode> = Err(ErrorCode::CONCURRENT_TRANSACTIONS);
    // Abort and commit with the epoch before, abort and commit with this one.
    for (status, expected) in [
        (Status::Empty, [FENCED, FENCED, Ok(true), INVALID]),
        (Status::Ongoing, [FENCED, FENCED, Ok(true), Ok(true)]),
        (Status::PrepareCommit, [INVALID, CONCURRENT, FENCED, FENCED]),
        (Status::PrepareAbort, [CONCURRENT, INVALID, FENCED, FENCED]),
        (Status::CompleteCommit, [INVALID, Ok(false), Ok(true), INVALID]),
        (Status::CompleteAbort, [Ok(false), INVALID, Ok(true), INVALID]),
    ] {
        let known = transaction(status);
        let asked = [(4, Abort), (4, Commit), (5, Abort), (5, Commit)];
        for ((epoch, outcome), expected) in asked.into_iter().zip(expected) {
            let answer = end(&known, (7, epoch), outcome, 2);
            let prepared = answer.clone().map(|end| matches!(end, End::Prepared(_)));
            assert_eq!(prepared, expected, "{status:?} {outcome:?} {epoch}");
            if let Ok(End::Prepared(next)) = answer {
                assert_eq!((next.producer_epoch, next.last_producer_epoch), (6, 5));
            }
        }
        for outcome in [Commit, Abort] {
            for epoch in [3, 6, i16::MAX, i16::MIN] {
                assert_eq!(end(&known, (7, epoch), outcome, 2), Err(E::PRODUCER_FENCED));
            }
            assert_eq!(
                end(&known, (8, 5), outcome, 2),
                Err(E::INVALID_PRODUCER_ID_MAPPING)
            );
        }
    }
}

#[test]
fn t14_the_last_epoch_ends_with_another_id() {
    let mut known = transaction(Status::Ongoing);
    known.producer_epoch = i16::MAX - 1;
    let mut transactions = knowing(known);
    let (answer, change) = transactions
        .end(at(0), &id(), (7, i16::MAX - 1), Outcome::Commit, 2, &mut ids())
        .unwrap();
    let End::Prepared(next) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!((next.producer_id, next.producer_epoch), (7, i16::MAX));
    assert_eq!(next.next_producer_id, 100);
    transactions.apply(at(0), change.unwrap());
    let completed = transactions.complete(at(0), &id()).unwrap();
    transactions.apply(at(0), completed);
    let known = transactions.get("a").unwrap();
    assert_eq!((known.producer_id, known.producer_epoch), (100, 0));
    assert_eq!((known.previous_producer_id, known.next_producer_id), (7, -1));

    let again = |outcome| transactions.end(at(0), &id(), (7, i16::MAX - 1), outcome, 2, &mut ids());
    assert_eq!(again(Outcome::Commit).unwrap().0, End::Already);
    assert_eq!(again(Outcome::Abort).unwrap_err(), ErrorCode::INVALID_TXN_STATE);
}

#[test]
fn an_id_that_cannot_be_had_changes_nothing() {
    let mut known = transaction(Status::Ongoing);
    known.producer_epoch = i16::MAX - 1;
    let transactions = knowing(known.clone());
    let mut none = || Err(ErrorCode::KAFKA_STORAGE_ERROR);
    let refused = transactions.end(at(0), &id(), (7, i16::MAX - 1), Outcome::Abort, 2, &mut none);
    assert_eq!(refused.unwrap_err(), ErrorCode::KAFKA_STORAGE_ERROR);
    let refused = transactions.init(at(0), &"b".into(), request(None), 2, &mut none);
    assert_eq!(refused.unwrap_err(), ErrorCode::KAFKA_STORAGE_ERROR);
    assert_eq!(transactions.get("a"), Some(&known));
}

fn request(expected: Option<(i64, i16)>) -> InitRequest {
    InitRequest {
        timeout_ms: 1000,
        expected,
    }
}

/// What InitProducerId is answered: producer id and epoch, and whether a transaction is aborted first.
fn init(
    known: &Transaction,
    expected: Option<(i64, i16)>,
    version: i16,
) -> Result<(i64, i16, bool), ErrorCode> {
    let transactions = knowing(known.clone());
    let (answer, change) = transactions.init(at(0), &id(), request(expected), version, &mut ids())?;
    let (next, aborts) = match answer {
        Init::Done(next) => {
            assert_eq!((next.status, next.timeout_ms), (Status::Empty, 1000));
            (next, false)
        }
        Init::Abort(next) => {
            assert_eq!((next.status, next.timeout_ms), (Status::PrepareAbort, 60_000));
            (next, true)
        }
    };
    assert_eq!(change.next.as_ref(), Some(&next));
    Ok((next.producer_id, next.producer_epoch, aborts))
}

#[test]
fn t2_who_begins_or_goes_on_gets_the_next_epoch_or_is_fenced() {
    for status in [Status::Empty, Status::CompleteCommit, Status::CompleteAbort] {
        let known = transaction(status);
        for (expected, answer) in [
            (None, Ok((7, 6, false))),
            (Some((7, 5)), Ok((7, 6, false))),
            // The answer to the last one was lost.
            (Some((7, 4)), Ok((7, 5, false))),
            (Some((7, 3)), Err(ErrorCode::PRODUCER_FENCED)),
            (Some((7, 6)), Err(ErrorCode::PRODUCER_FENCED)),
            (Some((8, 5)), Err(ErrorCode::PRODUCER_FENCED)),
        ] {
            assert_eq!(init(&known, expected, 2), answer, "{status:?} {expected:?}");
        }
    }
    for status in [Status::PrepareCommit, Status::PrepareAbort] {
        let concurrent = Err(ErrorCode::CONCURRENT_TRANSACTIONS);
        assert_eq!(init(&transaction(status), None, 2), concurrent);
    }
    let open = transaction(Status::Ongoing);
    for version in [0, 1, 2] {
        assert_eq!(init(&open, None, version), Ok((7, 6, true)), "version {version}");
        assert_eq!(init(&open, Some((7, 5)), version), Ok((7, 6, true)));
        assert_eq!(
            init(&open, Some((8, 5)), version),
            Err(ErrorCode::PRODUCER_FENCED)
        );
    }
}

#[test]
fn epochs_that_are_used_up_give_another_id_to_who_has_the_last_one() {
    for epoch in [i16::MAX - 1, i16::MAX] {
        let mut known = transaction(Status::CompleteAbort);
        (known.producer_epoch, known.last_producer_epoch) = (epoch, epoch - 1);
        assert_eq!(init(&known, None, 0), Ok((100, 0, false)));
        assert_eq!(init(&known, Some((7, epoch)), 0), Ok((100, 0, false)));
        assert_eq!(init(&known, Some((7, epoch - 1)), 0), Ok((7, epoch, false)));
    }
    let mut known = transaction(Status::Empty);
    (known.producer_id, known.producer_epoch) = (100, 0);
    known.last_producer_epoch = i16::MAX - 1;
    assert_eq!(init(&known, Some((7, i16::MAX - 1)), 0), Ok((100, 0, false)));
    let mut open = transaction(Status::Ongoing);
    open.producer_epoch = i16::MAX;
    for version in [0, 2] {
        assert_eq!(init(&open, None, version), Err(ErrorCode::UNKNOWN_SERVER_ERROR));
    }
}

#[test]
fn partitions_are_added_by_the_one_producer_between_ends() {
    for status in Status::ALL {
        let transactions = knowing(transaction(status));
        let answer = transactions.add_partitions(at(9), &id(), (7, 5), &orders(1));
        if status.is_prepared() {
            assert_eq!(answer, Err(ErrorCode::CONCURRENT_TRANSACTIONS));
        } else {
            let next = answer.unwrap().unwrap().next.unwrap();
            assert_eq!((next.status, next.updated), (Status::Ongoing, 1_000_009));
            let started = if status == Status::Ongoing {
                1000
            } else {
                1_000_009
            };
            assert_eq!(next.started, started);
            assert!(next.partitions.contains("orders", 1));
        }
        for (producer, code) in [
            ((8, 5), ErrorCode::INVALID_PRODUCER_ID_MAPPING),
            ((7, 4), ErrorCode::PRODUCER_FENCED),
            ((7, 6), ErrorCode::PRODUCER_FENCED),
        ] {
            let answer = transactions.add_partitions(at(9), &id(), producer, &orders(1));
            assert_eq!(answer, Err(code));
            assert_eq!(transactions.verify("a", producer, "orders", 1), Err(code));
        }
    }
    let mut known = transaction(Status::Ongoing);
    known.partitions = orders(1);
    let transactions = knowing(known);
    let again = transactions.add_partitions(at(9), &id(), (7, 5), &orders(1));
    assert_eq!(again, Ok(None), "nothing is kept for what is there");
    assert_eq!(transactions.verify("a", (7, 5), "orders", 1), Ok(()));
    let abortable = Err(ErrorCode::TRANSACTION_ABORTABLE);
    assert_eq!(transactions.verify("a", (7, 5), "orders", 0), abortable);
    let unknown = ErrorCode::INVALID_PRODUCER_ID_MAPPING;
    assert_eq!(transactions.verify("b", (7, 5), "orders", 1), Err(unknown));
    assert_eq!(
        transactions.verify("", (7, 5), "orders", 1),
        Err(ErrorCode::INVALID_REQUEST)
    );
}
