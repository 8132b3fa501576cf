//! Replays what a real Kafka 4.4 was asked and refused, and compares codes and words with what it answered.
//!
//! The facts are those of `kafka-sandbox/data/observed-errors.tsv`; a situation there that no test brings about, or one
//! that is brought about here and is not there, is a failure, so that neither list grows alone.

mod cluster;
mod consumers;
mod credentials;
mod down;
mod groups;
mod offsets;
mod raw;
mod records;
mod sasl;
mod topics;
mod transactions;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kafka_sandbox::{Sandbox, SandboxBuilder};
use protocol::messages::create_topics::CreatableTopic;
use protocol::messages::find_coordinator::FindCoordinatorRequest;
use protocol::messages::init_producer_id::{InitProducerIdRequest, InitProducerIdResponse};
use protocol::{ErrorCode, Request, Uuid};

use super::link::{Link, newest_stable};
use super::requests::{assign, config, create_topics, topic};
use verdict::Verdict;

const OBSERVED: &str = include_str!("../../../../kafka-sandbox/data/observed-errors.tsv");

/// Situations in which the sandbox is known to answer otherwise, and why.
const OTHERWISE: [(&str, &str, &str); 0] = [];

/// What is not replayed, as the sandbox has nothing of it.
const ABSENT: [(&str, &str); 1] = [("CreateDelegationToken", "tokens are off")];

/// API, version and situation.
type Case = (String, i16, String);

/// A cluster that is asked, and what it answered.
struct Replay {
    cluster: Sandbox,
    seen: Vec<(Case, Verdict)>,
    /// A name in messages, and the one it had when the facts were taken: it depends on which broker coordinates what.
    renamed: Vec<(String, String)>,
}

impl Replay {
    fn on(builder: SandboxBuilder) -> Self {
        Self {
            cluster: builder.start_blocking().unwrap(),
            seen: Vec::new(),
            renamed: Vec::new(),
        }
    }

    /// A connection to a broker.
    fn node(&self, id: i32) -> Link {
        Link::open(&self.cluster.broker(id).address())
    }

    /// A connection to a broker that does not coordinate what this one does.
    fn elsewhere(&self, link: &Link) -> Link {
        let other = self
            .cluster
            .brokers()
            .find(|broker| broker.address() != link.address());
        Link::open(&other.unwrap().address())
    }

    /// A connection to what coordinates a group (kind 0) or transaction (kind 1).
    fn coordinator(&self, key: &str, kind: i8) -> Link {
        self.node(self.coordinator_id(key, kind))
    }

    fn coordinator_id(&self, key: &str, kind: i8) -> i32 {
        let request = FindCoordinatorRequest {
            key_type: kind,
            coordinator_keys: vec![key.to_owned()],
            ..FindCoordinatorRequest::default()
        };
        let coordinator = self.node(1).ask(&request).coordinators.remove(0);
        assert_eq!(coordinator.error_code, 0, "{coordinator:?}");
        coordinator.node_id
    }

    /// A name that begins so and is coordinated by the broker of this connection.
    fn near(&mut self, link: &Link, prefix: &str, kind: i8) -> String {
        let mut names = (0..).map(|number| format!("{prefix}{number}"));
        let found = names.find(|name| {
            let id = self.coordinator_id(name, kind);
            self.cluster.broker(id).address() == link.address()
        });
        let found = found.unwrap();
        self.renamed.push((found.clone(), format!("{prefix}b")));
        found
    }

    /// Asks in the newest stable version, and notes the answer.
    fn say<R: Request>(&mut self, link: &mut Link, situation: &str, request: R) -> R::Response
    where
        R::Response: Default,
    {
        self.say_in(link, newest_stable::<R>(), situation, request)
    }

    /// Asks in some version, and notes the answer. When the connection is closed there is an empty one.
    fn say_in<R: Request>(
        &mut self,
        link: &mut Link,
        version: i16,
        situation: &str,
        request: R,
    ) -> R::Response
    where
        R::Response: Default,
    {
        let answer = link.try_ask(version, &request);
        let verdict = answer.as_ref().map_or(Verdict::Closed, Verdict::of);
        self.note(R::KEY.name(), version, situation, verdict);
        answer.unwrap_or_default()
    }

    fn note(&mut self, api: &str, version: i16, situation: &str, mut verdict: Verdict) {
        if let Verdict::Answer(_, Some(message)) = &mut verdict {
            for (name, then) in &self.renamed {
                *message = message.replace(name, then);
            }
            *message = message.replace(&"x".repeat(250), "{name}");
        }
        let case = (api.to_owned(), version, situation.to_owned());
        self.seen.push((case, verdict));
    }

    /// Compares.
    fn finish(self) {
        let observed = observed();
        let mut differences = Vec::new();
        for (case, verdict) in &self.seen {
            let otherwise = OTHERWISE
                .iter()
                .any(|(api, situation, _)| *api == case.0 && *situation == case.2);
            match observed.get(case) {
                Some(expected) if otherwise => {
                    assert!(!expected.contains(verdict), "{case:?} is as Kafka's now");
                }
                None => differences.push(format!("{case:?} is not among the facts: {verdict:?}")),
                Some(expected) if !expected.contains(verdict) => {
                    differences.push(format!(
                        "{case:?}\n    Kafka   {expected:?}\n    sandbox {verdict:?}"
                    ));
                }
                Some(_) => {}
            }
        }
        let cases: BTreeSet<&Case> = self.seen.iter().map(|(case, _)| case).collect();
        println!("{} answers in {} situations", self.seen.len(), cases.len());
        assert!(
            differences.is_empty(),
            "{} of {} differ:\n{}",
            differences.len(),
            self.seen.len(),
            differences.join("\n")
        );
    }
}

/// The facts. A situation may be there twice: of the same name on different ground.
fn observed() -> BTreeMap<Case, Vec<Verdict>> {
    let mut facts: BTreeMap<Case, Vec<Verdict>> = BTreeMap::new();
    for line in OBSERVED.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [api, version, situation, error, message] = columns[..] else {
            panic!("not five columns: {line}");
        };
        let case = (
            api.to_owned(),
            version.parse().unwrap_or(-1),
            situation.to_owned(),
        );
        let verdict = match error {
            "closed" => Verdict::Closed,
            _ => Verdict::Answer(error.to_owned(), message_of(message)),
        };
        facts.entry(case).or_default().push(verdict);
    }
    facts
}

fn message_of(column: &str) -> Option<String> {
    match column {
        "-" => None,
        "\"\"" => Some(String::new()),
        text => Some(text.to_owned()),
    }
}

/// The zero id, and one that no topic has.
const ZERO: Uuid = Uuid::from_bytes([0; 16]);
const UNKNOWN: Uuid = Uuid::from_bytes([9; 16]);

fn name_of(code: i16) -> String {
    ErrorCode(code).to_string()
}

/// A cluster with the topic e: three partitions on brokers 1, which leads, and 2; with a connection to broker 1.
fn ground() -> (Replay, Link, Uuid) {
    let mut run = Replay::on(Sandbox::builder().brokers(3));
    let mut link = run.node(1);
    let assignments = (0..3).map(|index| assign(index, &[1, 2])).collect();
    let topic = CreatableTopic {
        assignments,
        ..topic("e", -1, -1)
    };
    let answer = run.say(&mut link, "a new one", create_topics(vec![topic], false));
    (run, link, answer.topics[0].topic_id)
}

/// Creates a topic of one partition on broker 1 with a setting.
fn topic_with(link: &mut Link, name: &str, setting: &str, value: &str) -> Uuid {
    let topic = CreatableTopic {
        assignments: vec![assign(0, &[1])],
        configs: vec![config(setting, Some(value))],
        ..topic(name, -1, -1)
    };
    let answer = link.ask(&create_topics(vec![topic], false));
    assert_eq!(answer.topics[0].error_code, 0, "{answer:?}");
    answer.topics[0].topic_id
}

/// Asks until the coordinator is there and at rest.
fn ready(link: &mut Link, request: InitProducerIdRequest) -> InitProducerIdResponse {
    loop {
        let answer = link.try_ask(5, &request).unwrap();
        let passing = [
            ErrorCode::COORDINATOR_LOAD_IN_PROGRESS,
            ErrorCode::COORDINATOR_NOT_AVAILABLE,
            ErrorCode::NOT_COORDINATOR,
            ErrorCode::CONCURRENT_TRANSACTIONS,
        ];
        if !passing.contains(&ErrorCode(answer.error_code)) {
            return answer;
        }
    }
}

#[test]
fn every_fact_is_replayed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/twins/observed");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    let facts = observed();
    let missing: Vec<&Case> = facts
        .keys()
        .filter(|(api, _, situation)| !ABSENT.contains(&(api, situation)))
        .filter(|(_, _, situation)| !sources.contains(&format!("\"{situation}\"")))
        .collect();
    println!(
        "{} of {} situations",
        facts.len() - missing.len() - ABSENT.len(),
        facts.len()
    );
    assert!(missing.is_empty(), "not replayed: {missing:#?}");
}
