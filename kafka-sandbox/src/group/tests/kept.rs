//! Offsets, and groups that are read back from their records.

use protocol::ErrorCode;

use super::classic::subscription;
use super::consumer::{beating, given, joining as consumer_joining, settings};
use super::*;
use crate::group::offsets::offset_tombstone;

const GROUP: &str = "billing";

fn commit(partition: i32, offset: i64) -> Commit {
    Commit {
        group: GROUP.to_owned(),
        member_id: String::new(),
        instance_id: None,
        generation_or_epoch: -1,
        transactional: false,
        version: 9,
        retention_ms: None,
        offsets: vec![NewOffset {
            topic: "orders".into(),
            topic_id: Uuid::from_bytes([1; 16]),
            partition,
            offset,
            leader_epoch: 2,
            metadata: "so far".to_owned(),
        }],
    }
}

impl Bench {
    fn commit(&mut self, commit: &Commit, producer_id: Option<i64>) -> Result<ErrorCode, ErrorCode> {
        let now = self.now();
        let accepted = self.groups.prepare_commit(now, &mut self.rng, commit)?;
        let code = accepted.codes[0];
        let at = i64::try_from(self.kept.len()).unwrap();
        if producer_id.is_none() {
            self.kept.extend(accepted.records.clone());
        }
        self.groups
            .store(now, &commit.group, PARTITION, accepted, at, producer_id);
        Ok(code)
    }
}

fn committed(groups: &Groups, partition: i32) -> Result<Option<i64>, ErrorCode> {
    let found = groups.fetch(GROUP, &"orders".into(), partition, true)?;
    Ok(found.map(|committed| committed.offset))
}

#[test]
fn a_transaction_decides_over_its_offsets() {
    let mut bench = Bench::new(GroupSettings::default());
    bench.commit(&commit(0, 1), None).unwrap();
    let transactional = Commit {
        transactional: true,
        ..commit(0, 5)
    };
    for (commits, after) in [(false, 1), (true, 5)] {
        bench.commit(&transactional, Some(77)).unwrap();
        let unstable = Err(ErrorCode::UNSTABLE_OFFSET_COMMIT);
        assert_eq!(committed(&bench.groups, 0), unstable);
        assert_eq!(committed(&bench.groups, 1), Ok(None));
        let dirty = bench
            .groups
            .fetch(GROUP, &"orders".into(), 0, false)
            .unwrap()
            .unwrap();
        assert_eq!(dirty.offset, 1);
        bench.groups.complete_transaction(PARTITION + 1, 77, commits);
        bench.groups.complete_transaction(PARTITION, 78, commits);
        assert_eq!(
            committed(&bench.groups, 0),
            unstable,
            "another partition, another producer"
        );
        bench.groups.complete_transaction(PARTITION, 77, commits);
        assert_eq!(committed(&bench.groups, 0), Ok(Some(after)));
    }
}

#[test]
fn the_later_record_wins_over_the_later_end_of_a_transaction() {
    let mut bench = Bench::new(GroupSettings::default());
    bench.commit(&commit(0, 5), Some(77)).unwrap();
    bench.kept.push(bench_record());
    bench.commit(&commit(0, 9), None).unwrap();
    bench.groups.complete_transaction(PARTITION, 77, true);
    assert_eq!(committed(&bench.groups, 0), Ok(Some(9)));
}

/// Something that takes an offset in the log.
fn bench_record() -> GroupRecord {
    offset_tombstone("others", "orders", 0)
}

#[test]
fn commits_of_strangers_are_refused() {
    let mut bench = Bench::new(settings());
    let member = |epoch| Commit {
        member_id: "a".to_owned(),
        generation_or_epoch: epoch,
        ..commit(0, 1)
    };
    let refused = bench.commit(&member(2), None);
    assert_eq!(refused, Err(ErrorCode::GROUP_ID_NOT_FOUND));
    let old = Commit {
        version: 8,
        ..member(2)
    };
    assert_eq!(bench.commit(&old, None), Err(ErrorCode::ILLEGAL_GENERATION));
    bench.beat(consumer_joining("a")).unwrap();
    assert_eq!(
        bench.commit(&commit(0, 1), None),
        Err(ErrorCode::UNKNOWN_MEMBER_ID)
    );
    assert_eq!(bench.commit(&old, None), Err(ErrorCode::UNSUPPORTED_VERSION));
    assert_eq!(bench.commit(&member(3), None), Err(ErrorCode::STALE_MEMBER_EPOCH));
    assert_eq!(bench.commit(&member(2), None), Ok(ErrorCode::NONE));
    let groups = &bench.groups;
    assert_eq!(groups.check_fetch(GROUP, Some("a"), 2), Ok(()));
    assert_eq!(
        groups.check_fetch(GROUP, Some("a"), 3),
        Err(ErrorCode::STALE_MEMBER_EPOCH)
    );
    assert_eq!(
        groups.check_fetch(GROUP, Some("b"), 2),
        Err(ErrorCode::UNKNOWN_MEMBER_ID)
    );
    assert_eq!(groups.check_fetch(GROUP, None, -1), Ok(()));
}

#[test]
fn a_member_that_is_behind_may_commit_what_it_has_had_all_along() {
    let mut bench = Bench::new(settings());
    bench.beat(consumer_joining("a")).unwrap();
    bench.topics.set("orders", 6);
    assert_eq!(bench.beat(beating("a", 2, None)).unwrap().member_epoch, 3);
    let behind = |partition| Commit {
        member_id: "a".to_owned(),
        generation_or_epoch: 2,
        ..commit(partition, 1)
    };
    assert_eq!(bench.commit(&behind(3), None), Ok(ErrorCode::NONE));
    assert_eq!(
        bench.commit(&behind(4), None),
        Ok(ErrorCode::STALE_MEMBER_EPOCH),
        "it got it later"
    );
}

#[test]
fn offsets_go_when_their_time_is_over() {
    let mut bench = Bench::new(GroupSettings {
        offsets_retention_ms: 3_600_000,
        ..GroupSettings::default()
    });
    let soon = Commit {
        retention_ms: Some(60_000),
        ..commit(1, 2)
    };
    bench.commit(&commit(0, 1), None).unwrap();
    bench.commit(&soon, None).unwrap();
    bench.advance(Duration::from_secs(600));
    assert_eq!(committed(&bench.groups, 0), Ok(Some(1)));
    assert_eq!(committed(&bench.groups, 1), Ok(None));
    // An open transaction keeps it.
    bench.commit(&commit(0, 5), Some(77)).unwrap();
    bench.advance(Duration::from_secs(7200));
    bench.groups.complete_transaction(PARTITION, 77, false);
    assert_eq!(committed(&bench.groups, 0), Ok(Some(1)));
    bench.advance(Duration::from_secs(600));
    assert_eq!(bench.groups.list(|_| true).count(), 0);
    assert_eq!(bench.groups.next_deadline(), None);
    assert_eq!(
        bench.reloaded().list(|_| true).count(),
        0,
        "it is written that they are gone"
    );
}

#[test]
fn offsets_of_members_stay_and_those_of_topics_that_are_gone_do_not() {
    let mut bench = Bench::new(GroupSettings {
        offsets_retention_ms: 60_000,
        ..settings()
    });
    bench.beat(consumer_joining("a")).unwrap();
    let member = Commit {
        member_id: "a".to_owned(),
        generation_or_epoch: 2,
        ..commit(0, 1)
    };
    bench.commit(&member, None).unwrap();
    for _ in 0..40 {
        bench.advance(Duration::from_secs(30));
        bench.beat(beating("a", 2, None)).unwrap();
    }
    assert_eq!(committed(&bench.groups, 0), Ok(Some(1)));
    let gone = bench.groups.forget_topic("orders");
    assert_eq!((gone.len(), gone[0].0, gone[0].1.len()), (1, PARTITION, 1));
    assert_eq!(committed(&bench.groups, 0), Ok(None));
}

#[test]
fn groups_are_deleted_with_everything() {
    let mut bench = Bench::new(settings());
    let delete = |bench: &mut Bench| {
        let records = bench.groups.delete(bench.now(), &mut bench.rng, GROUP)?;
        bench.kept.extend(records);
        Ok::<(), ErrorCode>(())
    };
    assert_eq!(delete(&mut bench), Err(ErrorCode::GROUP_ID_NOT_FOUND));
    let mut request = consumer_joining("a");
    request.subscribed_topic_regex = Some("x.*".to_owned());
    bench.beat(request).unwrap();
    assert_eq!(delete(&mut bench), Err(ErrorCode::NON_EMPTY_GROUP));
    bench.beat(beating("a", -1, None)).unwrap();
    bench.commit(&commit(0, 1), None).unwrap();
    assert_eq!(delete(&mut bench), Ok(()));
    // Each key that was kept was taken back.
    let mut left = std::collections::HashMap::new();
    for record in &bench.kept {
        left.insert(record.key.encode().unwrap(), record.value.is_some());
    }
    assert!(left.values().all(|kept| !kept), "{:?}", bench.kept);
}

#[test]
fn a_consumer_group_is_read_back_as_it_was() {
    let mut bench = Bench::new(settings());
    let mut request = consumer_joining("a");
    request.subscribed_topic_regex = Some("ord.*".to_owned());
    request.instance_id = Some("till-1".to_owned());
    bench.beat(request).unwrap();
    bench.beat(consumer_joining("b")).unwrap();
    bench
        .commit(
            &Commit {
                member_id: "a".to_owned(),
                generation_or_epoch: 2,
                ..commit(0, 1)
            },
            None,
        )
        .unwrap();
    let all = (0..4).collect();
    let mut step = beating("a", 2, Some(&all));
    step.instance_id = Some("till-1".to_owned());
    let keeps = given(&bench.beat(step).unwrap()).unwrap();
    let mut other = bench.reloaded();
    let before = bench.groups.describe_consumer(GROUP, &bench.topics).unwrap();
    assert_eq!(other.describe_consumer(GROUP, &bench.topics).unwrap(), before);
    assert_eq!(committed(&other, 0), Ok(Some(1)));
    assert!(other.next_deadline().is_some());
    // It goes on where it was: with a member that is to give something up.
    std::mem::swap(&mut bench.groups, &mut other);
    let mut step = beating("a", 2, Some(&keeps));
    step.instance_id = Some("till-1".to_owned());
    assert_eq!(bench.beat(step).unwrap().member_epoch, 3);
    let second = bench.beat(beating("b", 3, None)).unwrap();
    assert_eq!(given(&second).map(|got| got.len()), Some(2));
}

#[test]
fn a_classic_group_is_read_back_as_it_was() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable_group(3);
    let before = bench.groups.describe_classic(GROUP).unwrap();
    assert_eq!(before.members[0].member_metadata, subscription(&["orders"]));
    let mut other = bench.reloaded();
    assert_eq!(other.describe_classic(GROUP).unwrap(), before);
    assert_eq!(
        other.delete_offset(GROUP, "orders", 0),
        Err(ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC)
    );
    std::mem::swap(&mut bench.groups, &mut other);
    for member in &members {
        assert_eq!(bench.beat_as(&member.member_id, None, 1), ErrorCode::NONE);
    }
    bench.advance(Duration::from_secs(11));
    assert_eq!(bench.groups.describe_classic(GROUP).unwrap().group_state, "Empty");
}

#[test]
fn another_coordinator_lets_those_who_wait_go() {
    let mut bench = Bench::new(GroupSettings::default());
    let members = bench.stable_group(2);
    let again = bench.groups.unload(bench.now(), &mut bench.rng, PARTITION + 1);
    assert!(again.answers.is_empty());
    let mut request = bench.rejoining(&members[1]);
    request.protocols[0].metadata = subscription(&["others"]);
    let waits = bench.join(request, 9);
    let now = bench.now();
    let effects = bench.groups.unload(now, &mut bench.rng, PARTITION);
    bench.take(effects);
    let code = bench.joined(waits).map(|answer| ErrorCode(answer.error_code));
    assert_eq!(code, Some(ErrorCode::NOT_COORDINATOR));
    assert_eq!(
        (bench.groups.list(|_| true).count(), bench.groups.next_deadline()),
        (0, None)
    );
}
