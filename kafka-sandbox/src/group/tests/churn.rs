//! Groups whose members come, go, are slow and are lost, as drawn from a seed: what holds at every step, and that calm
//! comes when they are left alone.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::messages::join_group::JoinGroupResponse;
use protocol::messages::sync_group::{SyncGroupRequest, SyncGroupRequestAssignment};

use super::consumer::{beating, given, joining, settings};
use super::*;

const SEEDS: u64 = 60;

/// A member of a consumer group, as itself sees it.
#[derive(Default)]
struct Member {
    epoch: i32,
    owned: BTreeSet<i32>,
    /// What it was told to have.
    told: BTreeSet<i32>,
    /// It lost an answer, and says everything again.
    lost: bool,
}

struct Consumers {
    bench: Bench,
    members: BTreeMap<String, Member>,
    partitions: i32,
    rng: fastrand::Rng,
}

impl Consumers {
    fn new(seed: u64) -> Self {
        Self {
            bench: Bench::new(settings()),
            members: BTreeMap::new(),
            partitions: 4,
            rng: fastrand::Rng::with_seed(seed),
        }
    }

    fn random_member(&mut self) -> Option<String> {
        let count = self.members.len();
        if count == 0 {
            return None;
        }
        self.members.keys().nth(self.rng.usize(..count)).cloned()
    }

    fn step(&mut self, seed: u64) {
        match self.rng.u32(..100) {
            0..10 if self.members.len() < 8 => {
                let id = format!("m{}", self.rng.u32(..100_000));
                self.join(&id);
            }
            10..14 => {
                if let Some(id) = self.random_member() {
                    let epoch = self.members.remove(&id).unwrap().epoch;
                    let _ = self
                        .bench
                        .beat(beating(&id, if epoch == 0 { 0 } else { -1 }, None));
                }
            }
            // Gone without a word: what it had is its own until its session is over.
            14..16 => {
                if let Some(id) = self.random_member() {
                    self.members.remove(&id);
                }
            }
            16..18 if self.partitions < 20 => {
                self.partitions += self.rng.i32(1..4);
                self.bench.topics.set("orders", self.partitions);
            }
            18..20 => {
                let groups = self.bench.reloaded();
                self.bench.groups = groups;
            }
            20..35 => self.bench.advance(Duration::from_millis(self.rng.u64(1..6_000))),
            _ => {
                if let Some(id) = self.random_member() {
                    let is_lost = self.rng.u32(..8) == 0;
                    self.beat(&id, is_lost);
                }
            }
        }
        self.check(seed);
    }

    fn join(&mut self, id: &str) {
        self.members.insert(id.to_owned(), Member::default());
        let answer = self.bench.beat(joining(id)).unwrap();
        let member = self.members.get_mut(id).unwrap();
        member.epoch = answer.member_epoch;
        member.told = given(&answer).unwrap();
        member.owned = member.told.clone();
    }

    /// One heartbeat. The member takes what it is given, and gives up what it is told to at its next one.
    fn beat(&mut self, id: &str, is_lost: bool) {
        let member = self.members.get_mut(id).unwrap();
        member.owned = member.told.clone();
        let mut request = beating(id, member.epoch, Some(&member.owned));
        if member.lost {
            request.rebalance_timeout_ms = 30_000;
            request.subscribed_topic_names = Some(vec!["orders".to_owned()]);
        }
        member.lost = is_lost;
        let outcome = self.bench.beat(request);
        match outcome {
            Ok(_) if is_lost => {}
            Ok(answer) => {
                assert!(answer.member_epoch >= member.epoch, "epochs rise");
                member.epoch = answer.member_epoch;
                if let Some(told) = given(&answer) {
                    // What is taken away is still owned until the next heartbeat says otherwise.
                    member.owned.extend(&told);
                    member.told = told;
                }
            }
            Err(error) => {
                let expected = [ErrorCode::FENCED_MEMBER_EPOCH, ErrorCode::UNKNOWN_MEMBER_ID];
                assert!(
                    expected.contains(&error.code) || error.code == ErrorCode::GROUP_ID_NOT_FOUND,
                    "{error:?}"
                );
                self.join(id);
            }
        }
    }

    /// No partition is given to two members at once by the group, whatever they think.
    fn check(&self, seed: u64) {
        let Ok(described) = self.bench.groups.describe_consumer("billing", &self.bench.topics) else {
            return;
        };
        let mut owners: BTreeMap<i32, &str> = BTreeMap::new();
        for member in &described.members {
            for topic in &member.assignment.topic_partitions {
                for &partition in &topic.partitions {
                    let other = owners.insert(partition, &member.member_id);
                    assert_eq!(other, None, "seed {seed}: partition {partition} has two owners");
                }
            }
            assert!(member.member_epoch <= described.group_epoch, "seed {seed}");
        }
        // Those who are in agreement with the group have nothing that is another's.
        for (id, member) in &self.members {
            let known = described.members.iter().find(|known| known.member_id == *id);
            if known.is_some_and(|known| known.member_epoch == member.epoch) {
                for partition in &member.told {
                    let owner = owners.get(partition);
                    assert!(
                        owner.is_none_or(|owner| owner == id),
                        "seed {seed}: {id} has {partition} of {owner:?}"
                    );
                }
            }
        }
    }

    /// Left alone, everybody who is left has a fair share, and everything is handed out.
    fn calm_down(&mut self, seed: u64) {
        if self.members.is_empty() {
            self.join("last");
        }
        let ids: Vec<String> = self.members.keys().cloned().collect();
        for _ in 0..40 {
            self.bench.advance(Duration::from_secs(3));
            for id in &ids {
                self.beat(id, false);
                self.check(seed);
            }
        }
        let described = self
            .bench
            .groups
            .describe_consumer("billing", &self.bench.topics)
            .unwrap();
        assert_eq!(described.group_state, "Stable", "seed {seed}");
        assert_eq!(described.members.len(), ids.len(), "seed {seed}");
        let mut all = BTreeSet::new();
        let mut sizes = Vec::new();
        for member in self.members.values() {
            sizes.push(member.told.len());
            for &partition in &member.told {
                assert!(all.insert(partition), "seed {seed}");
            }
        }
        assert_eq!(all, (0..self.partitions).collect(), "seed {seed}");
        let (most, least) = (sizes.iter().max().unwrap(), sizes.iter().min().unwrap());
        assert!(most - least <= 1, "seed {seed}: {sizes:?}");
    }
}

#[test]
fn partitions_of_consumer_groups_have_one_owner() {
    for seed in 0..SEEDS {
        let mut consumers = Consumers::new(seed);
        for _ in 0..200 {
            consumers.step(seed);
        }
        consumers.calm_down(seed);
    }
}

/// A member of a classic group, as itself sees it.
#[derive(Debug)]
enum Classic {
    Joining(LinkId),
    Syncing(LinkId, JoinGroupResponse),
    Stable(JoinGroupResponse),
    /// It is to join, with its id if it has one.
    Idle(Option<JoinGroupResponse>),
}

struct Classics {
    bench: Bench,
    members: BTreeMap<u32, Classic>,
    /// By generation: who was told what.
    told: BTreeMap<i32, BTreeMap<Bytes, u32>>,
    /// By member: the last generation it was in.
    generations: BTreeMap<u32, i32>,
    rng: fastrand::Rng,
}

impl Classics {
    fn drive(&mut self, name: u32, seed: u64) {
        let Some(member) = self.members.remove(&name) else {
            return;
        };
        let next = match member {
            Classic::Idle(known) => {
                let mut request = self.bench.rejoining(&known.unwrap_or_default());
                request.session_timeout_ms = 6_000;
                request.rebalance_timeout_ms = 8_000;
                Classic::Joining(self.bench.join(request, 9))
            }
            Classic::Joining(slot) => match self.bench.joined(slot) {
                None => Classic::Joining(slot),
                Some(answer) => self.take_joined(name, answer, seed),
            },
            Classic::Syncing(slot, joined) => match self.bench.synced(slot) {
                None => Classic::Syncing(slot, joined),
                Some(answer) if answer.error_code == 0 => {
                    let given = self.told.entry(joined.generation_id).or_default();
                    let other = given.insert(answer.assignment.clone(), name);
                    assert!(
                        answer.assignment.is_empty() || other.is_none_or(|other| other == name),
                        "seed {seed}: two have the same in generation {}",
                        joined.generation_id
                    );
                    Classic::Stable(joined)
                }
                Some(answer) => Classic::Idle(after(ErrorCode(answer.error_code), joined)),
            },
            Classic::Stable(joined) => {
                let code = self.bench.beat_as(&joined.member_id, None, joined.generation_id);
                match code {
                    ErrorCode::NONE => Classic::Stable(joined),
                    code => Classic::Idle(after(code, joined)),
                }
            }
        };
        self.members.insert(name, next);
    }

    fn take_joined(&mut self, name: u32, answer: JoinGroupResponse, seed: u64) -> Classic {
        match ErrorCode(answer.error_code) {
            ErrorCode::MEMBER_ID_REQUIRED => return Classic::Idle(Some(answer)),
            ErrorCode::NONE => {}
            _ => return Classic::Idle(None),
        }
        let last = self.generations.insert(name, answer.generation_id);
        assert!(
            last.is_none_or(|last| last <= answer.generation_id),
            "seed {seed}: generations rise"
        );
        let assignments = answer.members.iter().map(|member| SyncGroupRequestAssignment {
            member_id: member.member_id.clone(),
            assignment: member.member_id.clone().into(),
        });
        let request = SyncGroupRequest {
            group_id: "billing".to_owned(),
            generation_id: answer.generation_id,
            member_id: answer.member_id.clone(),
            assignments: assignments.collect(),
            ..SyncGroupRequest::default()
        };
        Classic::Syncing(self.bench.sync(request), answer)
    }
}

fn after(code: ErrorCode, joined: JoinGroupResponse) -> Option<JoinGroupResponse> {
    match code {
        ErrorCode::REBALANCE_IN_PROGRESS => Some(joined),
        _ => None,
    }
}

#[test]
fn assignments_of_classic_groups_have_one_owner() {
    for seed in 0..SEEDS {
        let mut classics = Classics {
            bench: Bench::new(GroupSettings::default()),
            members: BTreeMap::new(),
            told: BTreeMap::new(),
            generations: BTreeMap::new(),
            rng: fastrand::Rng::with_seed(seed),
        };
        for step in 0..300 {
            match classics.rng.u32(..20) {
                0 if classics.members.len() < 8 => {
                    classics.members.insert(step, Classic::Idle(None));
                }
                1 if !classics.members.is_empty() => {
                    let place = classics.rng.usize(..classics.members.len());
                    let name = *classics.members.keys().nth(place).unwrap();
                    classics.members.remove(&name);
                }
                2..5 => {
                    let by = Duration::from_millis(classics.rng.u64(1..2_000));
                    classics.bench.advance(by);
                }
                _ if !classics.members.is_empty() => {
                    let place = classics.rng.usize(..classics.members.len());
                    let name = *classics.members.keys().nth(place).unwrap();
                    classics.drive(name, seed);
                }
                _ => {}
            }
        }
        classics.members.entry(u32::MAX).or_insert(Classic::Idle(None));
        let names: Vec<u32> = classics.members.keys().copied().collect();
        for _ in 0..100 {
            for &name in &names {
                classics.drive(name, seed);
            }
            classics.bench.advance(Duration::from_secs(1));
        }
        let calm = classics
            .members
            .values()
            .all(|member| matches!(member, Classic::Stable(_)));
        assert!(calm, "seed {seed}: {:?}", classics.members);
        let described = classics.bench.groups.describe_classic("billing").unwrap();
        assert_eq!(
            (&*described.group_state, described.members.len()),
            ("Stable", names.len()),
            "seed {seed}"
        );
    }
}
