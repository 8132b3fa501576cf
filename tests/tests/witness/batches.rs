//! Record batches and message sets of every magic and codec.

use std::fmt::Debug;

use bytes::Bytes;
use protocol::compress::{Compression, Compressor, Decompressor};
use protocol::records::{
    Batch, Batches, ControlKind, ControlRecord, EndMarker, Header, OpenBatch, ProducerStamp, SealOptions,
    SealedBatch, TimestampType, end_marker_batch,
};
use protocol::testing::Rng;

use super::jvm::ask;
use super::wire::{Answer, Question};
use super::{report, rng};

/// Sets of batches of each magic and codec that Java makes up, and batches of each codec that we make up.
const INSTANCES: usize = 60;

/// Codecs times magics that exist: zstd is for magic 2 alone.
const FORMS: usize = 13;

/// What is in a batch, as far as both sides tell.
#[derive(Debug, PartialEq)]
struct Seen {
    magic: i8,
    codec: u8,
    timestamp_type: Option<TimestampType>,
    last_offset: i64,
    max_timestamp: i64,
    leader_epoch: i32,
    producer: ProducerStamp,
    transactional: bool,
    control: bool,
    delete_horizon: bool,
    records: Vec<SeenRecord>,
}

#[derive(Clone, Debug, PartialEq)]
struct SeenRecord {
    offset: i64,
    timestamp: i64,
    key: Option<Vec<u8>>,
    value: Option<Vec<u8>>,
    headers: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// What Java writes we read: message sets, batches, several in a row, and what compaction left of them.
#[test]
fn batches_of_java() {
    real_kafka::require!(own);
    let (mut forms, mut batches, mut records) = (0, 0, 0);
    for magic in 0..=2 {
        for codec in Compression::ALL {
            if codec == Compression::Zstd && magic < 2 {
                continue;
            }
            let name = format!("magic {magic}, {}", codec.name());
            let mut question = Question::new("batches.generate");
            question
                .raw(&[magic, codec.id()])
                .i64(rng(&name).i64())
                .count(INSTANCES);
            let mut answer = ask(&question);
            for _ in 0..INSTANCES {
                let bytes = Bytes::from(answer.bytes());
                let theirs = Seen::all_of_answer(&mut answer);
                let ours = Seen::all_of_bytes(&bytes);
                batches += theirs.len();
                records += theirs.iter().map(|batch| batch.records.len()).sum::<usize>();
                assert_same(&ours, &theirs, &name);
            }
            answer.finish();
            forms += 1;
        }
    }
    report(format_args!(
        "{batches} batches of Java in {forms} forms, {records} records"
    ));
    assert_eq!(forms, FORMS);
    assert!(records >= 4 * INSTANCES * forms, "too few records: {records}");
}

/// What we write Java reads, under every codec at any level.
#[test]
fn batches_of_ours() {
    real_kafka::require!(own);
    let mut records = 0;
    let mut compressor = Compressor::new();
    for codec in Compression::ALL {
        let mut rng = rng(codec.name());
        let mut compressed = 0;
        for _ in 0..INSTANCES {
            let (sealed, written) = sealed(&mut rng, codec, &mut compressor);
            let mut answer = ask(Question::new("batches.read").bytes(sealed.bytes()));
            let theirs = Seen::all_of_answer(&mut answer);
            answer.finish();
            assert_same(&Seen::all_of_bytes(sealed.bytes()), &theirs, codec.name());
            assert_eq!(theirs.len(), 1);
            assert_eq!(theirs[0].records, written, "{}", codec.name());
            assert_eq!(theirs[0].producer, sealed.producer());
            compressed += usize::from(theirs[0].codec == codec.id());
            records += written.len();
        }
        assert!(
            compressed * 2 > INSTANCES,
            "{codec:?} was used only {compressed} times"
        );
    }
    let batches = Compression::ALL.len() * INSTANCES;
    report(format_args!(
        "{batches} batches of ours under every codec, {records} records"
    ));
}

/// Uncompressed, the same records are the same bytes.
#[test]
fn batches_byte_for_byte() {
    real_kafka::require!(own);
    let mut rng = rng("byte for byte");
    let mut compressor = Compressor::new();
    for _ in 0..INSTANCES {
        let (sealed, written) = sealed(&mut rng, Compression::None, &mut compressor);
        let producer = sealed.producer();
        let mut question = Question::new("batches.build");
        question
            .i64(producer.producer_id)
            .i16(producer.epoch)
            .i32(producer.base_sequence);
        question.bool(sealed.is_transactional()).count(written.len());
        for record in &written {
            question.i64(record.timestamp);
            question.nullable_bytes(record.key.as_deref());
            question.nullable_bytes(record.value.as_deref());
            question.count(record.headers.len());
            for (name, value) in &record.headers {
                question.bytes(name).nullable_bytes(value.as_deref());
            }
        }
        let mut answer = ask(&question);
        assert_eq!(sealed.bytes(), &answer.bytes(), "{written:?}");
        answer.finish();
    }
    report(format_args!("{INSTANCES} uncompressed batches byte for byte"));
}

#[test]
fn ends_of_transactions_byte_for_byte() {
    real_kafka::require!(own);
    let mut rng = rng("ends of transactions");
    for _ in 0..INSTANCES {
        let marker = EndMarker {
            committed: rng.bool(),
            producer_id: rng.i64() & i64::MAX,
            producer_epoch: rng.i16() & i16::MAX,
            coordinator_epoch: rng.i32() & i32::MAX,
            timestamp: rng.i64() & i64::MAX,
            offset: rng.i64() & (i64::MAX >> 1),
            partition_leader_epoch: rng.i32() & i32::MAX,
        };
        let mut question = Question::new("batches.end_marker");
        question
            .bool(marker.committed)
            .i64(marker.offset)
            .i64(marker.timestamp);
        question
            .i32(marker.partition_leader_epoch)
            .i64(marker.producer_id);
        question.i16(marker.producer_epoch).i32(marker.coordinator_epoch);
        let mut answer = ask(&question);
        let ours = end_marker_batch(&marker).unwrap();
        assert_eq!(ours, answer.bytes(), "{marker:?}");
        answer.finish();
        let batch = Batch::whole(ours).unwrap();
        let control = control_record(&batch);
        let kind = if marker.committed {
            ControlKind::Commit
        } else {
            ControlKind::Abort
        };
        assert_eq!(
            (control.kind, control.coordinator_epoch),
            (kind, Some(marker.coordinator_epoch))
        );
    }
    report(format_args!("{INSTANCES} ends of transactions byte for byte"));
}

#[test]
fn control_batches_of_java() {
    real_kafka::require!(own);
    let mut answer = ask(&Question::new("batches.control"));
    let kinds = answer.count();
    for _ in 0..kinds {
        let kind = ControlKind::from_id(answer.i16());
        let bytes = Bytes::from(answer.bytes());
        let theirs = Seen::all_of_answer(&mut answer);
        assert_same(&Seen::all_of_bytes(&bytes), &theirs, "control");
        assert!(theirs[0].control);
        assert_eq!(control_record(&Batch::whole(bytes).unwrap()).kind, kind);
    }
    answer.finish();
    report(format_args!(
        "{kinds} kinds of control batches besides the ends of transactions"
    ));
    assert_eq!(kinds, 5);
}

/// A random batch in its final bytes, and what is in it. Its values compress.
fn sealed(rng: &mut Rng, codec: Compression, compressor: &mut Compressor) -> (SealedBatch, Vec<SeenRecord>) {
    let many = rng.below(15) == 0;
    let count = if many { 700 } else { 1 + rng.below(8) };
    let mut open = OpenBatch::new(1 << 20);
    let mut written = Vec::new();
    for offset in 0..count {
        let value = rng.nullable(true, |rng| {
            let (unit, times) = (rng.bytes(), 1 + rng.below(8));
            unit.repeat(times)
        });
        let record = SeenRecord {
            offset: i64::try_from(offset).unwrap(),
            timestamp: 1_600_000_000_000 + i64::from(rng.i32()),
            key: rng.nullable(true, |rng| rng.bytes().to_vec()),
            value,
            headers: rng.array(|rng| {
                let value = rng.nullable(true, |rng| rng.bytes().to_vec());
                (rng.string().into_bytes(), value)
            }),
        };
        let headers = record.headers.iter().map(|(key, value)| Header {
            key,
            value: value.as_deref(),
        });
        open.append(
            record.timestamp,
            record.key.as_deref(),
            record.value.as_deref(),
            headers,
        )
        .unwrap();
        written.push(record);
    }
    let producer = if rng.bool() {
        ProducerStamp {
            producer_id: rng.i64() & i64::MAX,
            epoch: rng.i16() & i16::MAX,
            base_sequence: rng.i32() & i32::MAX,
        }
    } else {
        ProducerStamp::default()
    };
    let options = SealOptions {
        compression: codec,
        level: codec.levels().filter(|_| rng.bool()).map(|levels| {
            let width = usize::try_from(levels.end() - levels.start()).unwrap().min(20) + 1;
            levels.end() - i32::try_from(rng.below(width)).unwrap()
        }),
        producer,
        transactional: producer.producer_id >= 0 && rng.bool(),
        timestamp_type: TimestampType::CreateTime,
    };
    (open.seal(&options, compressor).unwrap(), written)
}

fn control_record(batch: &Batch) -> ControlRecord {
    let records = batch.records(&mut Decompressor::default()).unwrap();
    ControlRecord::read(&records.iter().next().unwrap().unwrap()).unwrap()
}

/// As `assert_eq!`, but shows only the first batch that differs.
fn assert_same<T: Debug + PartialEq>(ours: &[T], theirs: &[T], what: &str) {
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours, theirs, "{what}");
    }
    assert_eq!(ours.len(), theirs.len(), "{what}");
}

impl Seen {
    /// What we see in the bytes of batches.
    fn all_of_bytes(bytes: &Bytes) -> Vec<Self> {
        let mut decompressor = Decompressor::default();
        let mut batches = Batches::new(bytes.clone());
        let seen = batches
            .by_ref()
            .map(|batch| Self::of_batch(&batch.unwrap(), &mut decompressor))
            .collect();
        assert_eq!(batches.remaining(), 0);
        seen
    }

    fn of_batch(batch: &Batch, decompressor: &mut Decompressor) -> Self {
        batch.verify().unwrap();
        let header = batch.header();
        let records = batch.records(decompressor).unwrap();
        records.validate().unwrap();
        let records = records.iter().map(|record| {
            let record = record.unwrap();
            SeenRecord {
                offset: record.offset,
                timestamp: record.timestamp,
                key: record.key.map(<[u8]>::to_vec),
                value: record.value.map(<[u8]>::to_vec),
                headers: record
                    .headers()
                    .iter()
                    .map(|header| (header.key.to_vec(), header.value.map(<[u8]>::to_vec)))
                    .collect(),
            }
        });
        Self {
            magic: header.magic,
            codec: header.attributes.codec_id(),
            timestamp_type: (header.magic > 0).then(|| header.attributes.timestamp_type()),
            last_offset: header.last_offset(),
            max_timestamp: header.max_timestamp,
            leader_epoch: header.partition_leader_epoch,
            producer: ProducerStamp {
                producer_id: header.producer_id,
                epoch: header.producer_epoch,
                base_sequence: header.base_sequence,
            },
            transactional: header.attributes.is_transactional(),
            control: header.attributes.is_control(),
            delete_horizon: header.magic == 2 && header.attributes.has_delete_horizon(),
            records: records.collect(),
        }
    }

    /// What Java sees, as `Batches.java` describes it.
    fn all_of_answer(answer: &mut Answer) -> Vec<Self> {
        (0..answer.count())
            .map(|_| Self {
                magic: answer.i8(),
                codec: answer.i8().try_into().unwrap(),
                timestamp_type: match answer.i8() {
                    0 => Some(TimestampType::CreateTime),
                    1 => Some(TimestampType::LogAppendTime),
                    _ => None,
                },
                last_offset: answer.i64(),
                max_timestamp: answer.i64(),
                leader_epoch: answer.i32(),
                producer: ProducerStamp {
                    producer_id: answer.i64(),
                    epoch: answer.i16(),
                    base_sequence: answer.i32(),
                },
                transactional: answer.bool(),
                control: answer.bool(),
                delete_horizon: answer.bool(),
                records: (0..answer.count())
                    .map(|_| SeenRecord::of_answer(answer))
                    .collect(),
            })
            .collect()
    }
}

impl SeenRecord {
    fn of_answer(answer: &mut Answer) -> Self {
        Self {
            offset: answer.i64(),
            timestamp: answer.i64(),
            key: answer.nullable_bytes(),
            value: answer.nullable_bytes(),
            headers: (0..answer.count())
                .map(|_| (answer.bytes(), answer.nullable_bytes()))
                .collect(),
        }
    }
}
