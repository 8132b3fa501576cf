//! What a broker of Kafka 4.4 answers to transactional producers in every state: a script and its answers, for a sandbox
//! and for a real Kafka. They are to be the same.

use std::fmt::Write;
use std::time::Duration;

use protocol::ErrorCode;
use protocol::messages::add_partitions_to_txn::{
    AddPartitionsToTxnRequest, AddPartitionsToTxnTopic, AddPartitionsToTxnTransaction,
};
use protocol::messages::describe_transactions::DescribeTransactionsRequest;
use protocol::messages::end_txn::EndTxnRequest;
use protocol::messages::init_producer_id::InitProducerIdRequest;
use protocol::messages::list_transactions::ListTransactionsRequest;
use protocol::messages::write_txn_markers::{
    WritableTxnMarker, WritableTxnMarkerTopic, WriteTxnMarkersRequest,
};

use super::producer::{Ask, Member, Producer, Speaks, read};

/// The one broker that leads and coordinates everything.
const BROKER: i32 = 1;

/// A script that runs, and what it was answered.
struct Script<'a, A> {
    ask: &'a mut A,
    topic: &'a str,
    /// Producer ids by the order in which they came up: they differ from run to run.
    ids: Vec<i64>,
    lines: String,
}

/// Runs the script on a topic with two empty partitions; `__transaction_state` and `__consumer_offsets` exist. Returns a
/// line for each answer.
pub(crate) fn run(ask: &mut impl Ask, topic: &str) -> String {
    let mut script = Script {
        ask,
        topic,
        ids: Vec::new(),
        lines: String::new(),
    };
    script.version_1();
    script.version_2();
    script.going_on();
    script.fencing();
    script.verification();
    script.markers();
    script.time_outs();
    script.looking_at();
    script.lines
}

/// Commits offsets in transactions, and returns a line for each answer.
pub(crate) fn run_offsets(ask: &mut impl Ask, topic: &str) -> String {
    let mut script = Script {
        ask,
        topic,
        ids: Vec::new(),
        lines: String::new(),
    };
    script.offsets();
    script.lines
}

/// Lets a producer use up its epochs, and returns a line for each answer from the last one on.
pub(crate) fn run_out_of_epochs(ask: &mut impl Ask, topic: &str) -> String {
    let mut script = Script {
        ask,
        topic,
        ids: Vec::new(),
        lines: String::new(),
    };
    script.epochs();
    script.lines
}

impl<A: Ask> Script<'_, A> {
    fn epochs(&mut self) {
        for speaks in [Speaks::V1, Speaks::V2] {
            for fenced in [false, true] {
                self.title(&format!("{speaks:?}, fenced: {fenced}"));
                let mut producer = self.start("begin", &format!("epochs-{speaks:?}-{fenced}"), speaks);
                while producer.epoch < i16::MAX - 2 {
                    let code = producer.init_again(self.ask);
                    assert_eq!(code, ErrorCode::NONE, "at epoch {}", producer.epoch);
                }
                self.init_again("the last epoch", &mut producer);
                self.add("add", &producer);
                self.write("write", &mut producer, 0);
                let mut old = producer.clone();
                if fenced {
                    let mut second = Producer::new(&producer.transactional_id, BROKER, speaks);
                    self.init("a second one begins", &mut second);
                    self.state(&producer);
                    self.init_again("the first goes on", &mut old.clone());
                    producer = self.start("it tries again", &format!("epochs-{speaks:?}-{fenced}"), speaks);
                } else {
                    self.end("commit", &mut producer, true);
                    self.state(&producer);
                    self.end("commit again", &mut old.clone(), true);
                    self.init_again("go on", &mut producer);
                    self.init_again("go on from the last epoch", &mut old.clone());
                }
                self.write("the old id writes", &mut old, 0);
                self.end("the old id aborts", &mut old, false);
                self.add("add", &producer);
                self.write("write", &mut producer, 0);
                self.end("commit", &mut producer, true);
                self.settle(&producer);
            }
        }
    }

    fn title(&mut self, title: &str) {
        writeln!(self.lines, "# {title}").unwrap();
    }

    fn say(&mut self, what: &str, code: ErrorCode) {
        writeln!(self.lines, "{what}: {code}").unwrap();
    }

    fn say_who(&mut self, what: &str, code: ErrorCode, producer: &Producer) {
        let id = self.id(producer.id);
        writeln!(self.lines, "{what}: {code}, {id} epoch {}", producer.epoch).unwrap();
    }

    /// A name for a producer id.
    fn id(&mut self, id: i64) -> String {
        if id < 0 {
            return id.to_string();
        }
        let place = self.ids.iter().position(|known| *known == id).unwrap_or_else(|| {
            self.ids.push(id);
            self.ids.len() - 1
        });
        format!("id{place}")
    }

    fn init(&mut self, what: &str, producer: &mut Producer) {
        let code = producer.init(self.ask);
        self.say_who(what, code, producer);
    }

    fn init_again(&mut self, what: &str, producer: &mut Producer) {
        let code = producer.init_again(self.ask);
        self.say_who(what, code, producer);
    }

    fn add(&mut self, what: &str, producer: &Producer) {
        let code = producer.add(self.ask, self.topic, &[0]);
        self.say(what, code);
    }

    fn write(&mut self, what: &str, producer: &mut Producer, partition: i32) {
        let code = producer
            .write(self.ask, BROKER, self.topic, partition, &["x"])
            .error_code;
        self.say(what, ErrorCode(code));
    }

    /// Ends a transaction; where it is not the first try, the answer to that is waited for.
    fn end(&mut self, what: &str, producer: &mut Producer, commit: bool) {
        let mut code = producer.end(self.ask, commit);
        while code == ErrorCode::CONCURRENT_TRANSACTIONS {
            code = producer.end(self.ask, commit);
        }
        self.say_who(what, code, producer);
    }

    /// A producer that begins, once nothing is in its way.
    fn start(&mut self, what: &str, name: &str, speaks: Speaks) -> Producer {
        let id = format!("{}-{name}", self.topic);
        let mut producer = Producer::new(&id, BROKER, speaks);
        let mut code = producer.init(self.ask);
        while code == ErrorCode::CONCURRENT_TRANSACTIONS {
            code = producer.init(self.ask);
        }
        self.say_who(what, code, &producer);
        producer
    }

    /// Waits until the markers of the last transaction are written.
    fn settle(&mut self, producer: &Producer) {
        for _ in 0..1000 {
            if !self.describe(producer).starts_with("Prepare") {
                return;
            }
        }
        panic!("the markers of {} are never written", producer.transactional_id);
    }

    fn describe(&mut self, producer: &Producer) -> String {
        let request = DescribeTransactionsRequest {
            transactional_ids: vec![producer.transactional_id.clone()],
        };
        let answer = self.ask.ask(BROKER, 0, &request);
        let state = &answer.transaction_states[0];
        assert_eq!(state.error_code, 0);
        let partitions: usize = state.topics.iter().map(|topic| topic.partitions.len()).sum();
        let id = self.id(state.producer_id);
        let begun = if state.transaction_start_time_ms < 0 {
            "never begun"
        } else {
            "begun"
        };
        format!(
            "{} of {id} epoch {}, {begun}, {partitions} partitions",
            state.transaction_state, state.producer_epoch
        )
    }

    fn state(&mut self, producer: &Producer) {
        self.settle(producer);
        let state = self.describe(producer);
        writeln!(self.lines, "  {state}").unwrap();
    }

    fn version_1(&mut self) {
        self.title("version 1");
        let mut producer = self.start("begin", "v1", Speaks::V1);
        self.state(&producer);
        self.end("commit nothing", &mut producer, true);
        self.end("abort nothing", &mut producer, false);
        self.write("write without having added", &mut producer, 0);
        self.add("add", &producer);
        self.add("add again", &producer);
        self.state(&producer);
        self.write("write", &mut producer, 0);
        self.write("write elsewhere", &mut producer, 1);
        self.end("commit", &mut producer, true);
        self.state(&producer);
        self.end("commit again", &mut producer, true);
        self.end("abort what was committed", &mut producer, false);
        self.write("write without a transaction", &mut producer, 0);
        self.add("add", &producer);
        self.write("write", &mut producer, 0);
        self.end("abort", &mut producer, false);
        self.state(&producer);
        self.end("abort again", &mut producer, false);
        self.end("commit what was aborted", &mut producer, true);
        let values = read(self.ask, BROKER, self.topic, 0, true).0;
        writeln!(self.lines, "read committed: {values:?}").unwrap();
    }

    fn version_2(&mut self) {
        self.title("version 2");
        let mut producer = self.start("begin", "v2", Speaks::V2);
        let mut old = producer.clone();
        self.end("commit nothing", &mut producer, true);
        self.end("abort nothing", &mut producer, false);
        self.state(&producer);
        self.end("abort nothing, as before", &mut old, false);
        self.write("write", &mut producer, 0);
        self.write("write elsewhere", &mut producer, 1);
        self.state(&producer);
        let old = producer.clone();
        self.end("commit", &mut producer, true);
        self.state(&producer);
        self.end("commit with the epoch before", &mut old.clone(), true);
        self.end("abort with the epoch before", &mut old.clone(), false);
        self.write("write with the epoch before", &mut old.clone(), 0);
        self.add("add with the epoch before", &old);
        self.end("commit nothing", &mut producer, true);
        self.write("write", &mut producer, 0);
        let mut old = producer.clone();
        self.end("abort", &mut producer, false);
        self.state(&producer);
        self.end("abort with the epoch before", &mut old.clone(), false);
        self.end("commit with the epoch before", &mut old, true);
        self.end("abort nothing", &mut producer, false);
        let mut ahead = producer.clone();
        ahead.epoch += 1;
        self.end("abort with an epoch ahead", &mut ahead.clone(), false);
        self.write("write with an epoch ahead", &mut ahead, 0);
        let mut wrong = producer.clone();
        wrong.sequences.insert((self.topic.to_owned(), 0), 7);
        self.write("write with a sequence number ahead", &mut wrong, 0);
        self.end("abort that", &mut producer, false);
    }

    fn going_on(&mut self) {
        self.title("InitProducerId of a producer that goes on");
        for speaks in [Speaks::V1, Speaks::V2] {
            let name = format!("on-{speaks:?}");
            let mut producer = self.start("begin", &name, speaks);
            let old = producer.clone();
            self.init_again("go on", &mut producer);
            self.init_again("go on, again", &mut old.clone());
            self.init_again("go on", &mut producer);
            self.init_again("go on with an old epoch", &mut old.clone());
            let mut other = producer.clone();
            other.id += 1_000_000;
            self.init_again_as_other(&mut other);
            let mut ahead = producer.clone();
            ahead.epoch += 5;
            self.init_again("go on with an epoch ahead", &mut ahead);
            self.add("add", &producer);
            let old = producer.clone();
            self.end("commit", &mut producer, true);
            self.settle(&producer);
            self.init_again("go on with the epoch before the commit", &mut old.clone());
            self.init_again("go on", &mut producer);
            self.add("add", &producer);
            self.init_again("go on in a transaction", &mut producer);
            self.state(&producer);
            self.init_again("go on after that", &mut producer);
            self.state(&producer);
        }
    }

    fn init_again_as_other(&mut self, other: &mut Producer) {
        let code = other.init_again(self.ask);
        self.say("go on with another id", code);
    }

    fn fencing(&mut self) {
        self.title("fencing");
        for speaks in [Speaks::V1, Speaks::V2] {
            let name = format!("fence-{speaks:?}");
            let mut first = self.start("begin", &name, speaks);
            self.add("add", &first);
            self.write("write", &mut first, 0);
            let mut second = Producer::new(&first.transactional_id, BROKER, speaks);
            self.init("a second one begins", &mut second);
            self.state(&first);
            let mut second = self.start("it tries again", &name, speaks);
            self.write("the first writes", &mut first, 0);
            self.write("the first writes elsewhere", &mut first, 1);
            self.add("the first adds", &first);
            self.end("the first commits", &mut first, true);
            self.end("the first aborts", &mut first, false);
            self.init_again("the first goes on", &mut first);
            self.add("the second adds", &second);
            self.write("the second writes", &mut second, 0);
            self.end("the second commits", &mut second, true);
            self.settle(&second);
            for (version, epoch) in [(4, 0), (1, 0)] {
                let request = EndTxnRequest {
                    transactional_id: first.transactional_id.clone(),
                    producer_id: first.id,
                    producer_epoch: epoch,
                    committed: true,
                };
                let code = self.ask.ask(BROKER, version, &request).error_code;
                self.say(&format!("EndTxn {version} with an old epoch"), ErrorCode(code));
            }
            for version in [3, 4] {
                let request = InitProducerIdRequest {
                    transactional_id: Some(first.transactional_id.clone()),
                    transaction_timeout_ms: 1000,
                    producer_id: first.id,
                    producer_epoch: 0,
                    ..InitProducerIdRequest::default()
                };
                let code = self.ask.ask(BROKER, version, &request).error_code;
                self.say(
                    &format!("InitProducerId {version} with an old epoch"),
                    ErrorCode(code),
                );
            }
        }
    }

    fn verification(&mut self) {
        self.title("partitions");
        let mut producer = self.start("begin", "partitions", Speaks::V1);
        for version in [9, 10, 11, 12] {
            let request = producer.produce(self.ask.timestamp(), self.topic, 1, 0, &["x"]);
            let answer = self.ask.ask(BROKER, version, &request);
            let outcome = &answer.responses[0].partition_responses[0];
            let what = format!("Produce {version} without having added");
            self.say(&what, ErrorCode(outcome.error_code));
        }
        self.state(&producer);
        self.end("abort", &mut producer, false);
        self.settle(&producer);
        let mut unknown = Producer::new("nobody", BROKER, Speaks::V2);
        (unknown.id, unknown.epoch) = (77_777, 0);
        self.write("an unknown transactional id writes", &mut unknown, 0);
        unknown.speaks = Speaks::V1;
        self.write("the same, version 1", &mut unknown, 0);
        let mut other = producer.clone();
        other.id += 1_000_000;
        other.sequences.clear();
        self.write("another producer id writes", &mut other, 0);
        let mut request = producer.produce(self.ask.timestamp(), self.topic, 0, 0, &["x"]);
        request.transactional_id = None;
        let answer = self.ask.ask(BROKER, 12, &request);
        let outcome = &answer.responses[0].partition_responses[0];
        self.say(
            "a transaction without transactional id",
            ErrorCode(outcome.error_code),
        );

        let topics = vec![AddPartitionsToTxnTopic {
            name: self.topic.to_owned(),
            partitions: vec![0, 1, 99],
        }];
        let request = AddPartitionsToTxnRequest {
            v3_and_below_transactional_id: producer.transactional_id.clone(),
            v3_and_below_producer_id: producer.id,
            v3_and_below_producer_epoch: producer.epoch,
            v3_and_below_topics: topics,
            ..AddPartitionsToTxnRequest::default()
        };
        let answer = self.ask.ask(BROKER, 3, &request);
        let results = &answer.results_by_topic_v3_and_below[0].results_by_partition;
        let mut results: Vec<_> = results
            .iter()
            .map(|result| {
                (
                    result.partition_index,
                    ErrorCode(result.partition_error_code).to_string(),
                )
            })
            .collect();
        results.sort();
        writeln!(self.lines, "one partition of three is unknown: {results:?}").unwrap();

        let code = producer.add(self.ask, self.topic, &[0]);
        self.say("add partition 0", code);
        for (what, verify_only, epoch, partitions) in [
            ("verify both", true, producer.epoch, vec![0, 1]),
            ("verify with an epoch ahead", true, producer.epoch + 1, vec![0]),
            ("add both in a batch", false, producer.epoch, vec![0, 1]),
            ("verify both", true, producer.epoch, vec![0, 1]),
        ] {
            let request = AddPartitionsToTxnRequest {
                transactions: vec![AddPartitionsToTxnTransaction {
                    transactional_id: producer.transactional_id.clone(),
                    producer_id: producer.id,
                    producer_epoch: epoch,
                    verify_only,
                    topics: vec![AddPartitionsToTxnTopic {
                        name: self.topic.to_owned(),
                        partitions,
                    }],
                }],
                ..AddPartitionsToTxnRequest::default()
            };
            let answer = self.ask.ask(BROKER, 5, &request);
            let results = answer.results_by_transaction.iter();
            let results = results.flat_map(|result| &result.topic_results);
            let mut results: Vec<_> = results
                .flat_map(|result| &result.results_by_partition)
                .map(|result| {
                    (
                        result.partition_index,
                        ErrorCode(result.partition_error_code).to_string(),
                    )
                })
                .collect();
            results.sort();
            writeln!(self.lines, "{what}: {} {results:?}", ErrorCode(answer.error_code)).unwrap();
        }
        self.end("abort", &mut producer, false);
    }

    fn offsets(&mut self) {
        self.title("offsets");
        let group = format!("{}-group", self.topic);
        let member = Member::nobody_of(&group);
        for speaks in [Speaks::V1, Speaks::V2] {
            let mut producer = self.start("begin", &format!("offsets-{speaks:?}"), speaks);
            let offset = (self.topic, 0, 5);
            let code = producer.commit_offset(self.ask, BROKER, member, offset);
            self.say("commit an offset without having added", code);
            self.state(&producer);
            let code = producer.add_offsets(self.ask, &group);
            self.say("add the group", code);
            let code = producer.commit_offset(self.ask, BROKER, member, offset);
            self.say("commit an offset", code);
            let stranger = Member {
                id: "stranger",
                generation: 3,
                ..member
            };
            let code = producer.commit_offset(self.ask, BROKER, stranger, offset);
            self.say("as a member that there is not", code);
            let generation = Member {
                generation: 3,
                ..member
            };
            let code = producer.commit_offset(self.ask, BROKER, generation, offset);
            self.say("with a generation and no member", code);
            let code = producer.commit_offset(self.ask, BROKER, member, (self.topic, 99, 5));
            self.say("of a partition that there is not", code);
            let code = producer.commit_offset(self.ask, BROKER, member, ("no-such-topic", 0, 5));
            self.say("of a topic that there is not", code);
            let mut old = producer.clone();
            self.end("commit", &mut producer, true);
            self.settle(&producer);
            let code = old.commit_offset(self.ask, BROKER, member, offset);
            self.say("commit an offset after the end", code);
            self.end("abort that", &mut old, false);
        }
    }

    fn markers(&mut self) {
        self.title("markers by hand");
        let mut producer = self.start("begin", "markers", Speaks::V2);
        self.end("abort nothing", &mut producer, false);
        self.settle(&producer);
        self.write("write", &mut producer, 1);
        for (what, partition, epoch, coordinator_epoch) in [
            ("a partition that there is not", 99, producer.epoch, 0),
            ("an older producer epoch", 1, producer.epoch - 1, 0),
            ("no producer epoch", 1, -1, 0),
            ("abort", 1, producer.epoch, 0),
            ("abort again", 1, producer.epoch, 0),
            ("an older coordinator epoch", 1, producer.epoch, -1),
        ] {
            let request = WriteTxnMarkersRequest {
                markers: vec![WritableTxnMarker {
                    producer_id: producer.id,
                    producer_epoch: epoch,
                    transaction_result: false,
                    topics: vec![WritableTxnMarkerTopic {
                        name: self.topic.to_owned(),
                        partition_indexes: vec![partition],
                    }],
                    coordinator_epoch,
                    transaction_version: 0,
                }],
            };
            let answer = self.ask.ask(BROKER, 1, &request);
            let code = answer.markers[0].topics[0].partitions[0].error_code;
            self.say(what, ErrorCode(code));
        }
        self.write("write on", &mut producer, 1);
        self.end("abort", &mut producer, false);
        self.settle(&producer);
    }

    fn time_outs(&mut self) {
        self.title("time-outs");
        for speaks in [Speaks::V1, Speaks::V2] {
            for commits in [true, false] {
                let id = format!("{}-late-{speaks:?}-{commits}", self.topic);
                let mut producer = Producer::new(&id, BROKER, speaks);
                producer.timeout_ms = 100;
                self.init("begin", &mut producer);
                self.add("add", &producer);
                self.write("write", &mut producer, 0);
                self.ask.wait(Duration::from_millis(1500));
                self.state(&producer);
                self.write("write on", &mut producer, 0);
                self.write("write elsewhere", &mut producer, 1);
                self.add("add", &producer);
                let what = if commits { "commit" } else { "abort" };
                let mut ending = producer.clone();
                self.end(what, &mut ending, commits);
                self.init_again("go on", &mut producer);
                self.add("add", &producer);
                self.end("abort", &mut producer, false);
                self.settle(&producer);
            }
        }
    }

    fn looking_at(&mut self) {
        self.title("looking at transactions");
        let mut producer = self.start("begin", "list-open", Speaks::V2);
        self.write("write", &mut producer, 0);
        let idle = self.start("begin", "list-idle", Speaks::V2);
        let all = |topic: &str| ListTransactionsRequest {
            transactional_id_pattern: Some(format!("{topic}-list-.*")),
            ..ListTransactionsRequest::default()
        };
        let everything = all(self.topic);
        for (what, request) in [
            ("all", everything.clone()),
            (
                "ongoing ones",
                ListTransactionsRequest {
                    state_filters: vec!["Ongoing".to_owned(), "Dreaming".to_owned(), "Dead".to_owned()],
                    ..everything.clone()
                },
            ),
            (
                "by producer id",
                ListTransactionsRequest {
                    producer_id_filters: vec![idle.id],
                    ..everything.clone()
                },
            ),
            (
                "open for more than an hour",
                ListTransactionsRequest {
                    duration_filter: 3_600_000,
                    ..everything.clone()
                },
            ),
            (
                "part of the id",
                ListTransactionsRequest {
                    transactional_id_pattern: Some("list".to_owned()),
                    ..everything.clone()
                },
            ),
            (
                "no pattern",
                ListTransactionsRequest {
                    transactional_id_pattern: Some("(".to_owned()),
                    ..everything.clone()
                },
            ),
            (
                "an empty pattern",
                ListTransactionsRequest {
                    transactional_id_pattern: Some(String::new()),
                    producer_id_filters: vec![idle.id],
                    ..everything
                },
            ),
        ] {
            let answer = self.ask.ask(BROKER, 2, &request);
            let prefix = format!("{}-", self.topic);
            let mut found: Vec<String> = answer
                .transaction_states
                .iter()
                .map(|state| {
                    let id = state.transactional_id.trim_start_matches(&prefix);
                    format!("{id} {}", state.transaction_state)
                })
                .collect();
            found.sort();
            let unknown = answer.unknown_state_filters;
            let code = ErrorCode(answer.error_code);
            writeln!(self.lines, "{what}: {code} {found:?} unknown {unknown:?}").unwrap();
        }
        self.end("abort", &mut producer, false);
    }
}
