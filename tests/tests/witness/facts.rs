//! Error codes, hashes of keys, identifiers.

use protocol::key_hash::{murmur2, partition_for_key};
use protocol::{ErrorClass, ErrorCode, Uuid};
use std::num::NonZeroU32;

use super::jvm::ask;
use super::wire::Question;
use super::{report, rng};

const CODES: usize = 138;
const KEYS: usize = 5000;
const UUIDS: usize = 3000;

/// Names and classes of all codes are those of Kafka's `Errors` and of the exceptions behind them.
#[test]
fn error_codes() {
    real_kafka::require!(own);
    let mut answer = ask(&Question::new("facts.errors"));
    let count = answer.count();
    for _ in 0..count {
        let code = ErrorCode(answer.i16());
        let name = answer.text();
        let classes = answer.text();
        let is = |class: &str| classes.split(' ').any(|one| one == class);
        assert_eq!(code.name(), Some(name.as_str()));
        assert_eq!(code.is_retriable(), is("RetriableException"), "{name}: {classes}");
        assert_eq!(
            code.refreshes_metadata(),
            is("InvalidMetadataException"),
            "{name}: {classes}"
        );
        let class = [
            ("InvalidMetadataException", ErrorClass::InvalidMetadata),
            ("RefreshRetriableException", ErrorClass::RefreshRetriable),
            ("RetriableException", ErrorClass::Retriable),
            ("AuthorizationException", ErrorClass::Authorization),
            ("AuthenticationException", ErrorClass::Authentication),
            // The base of some classes is also the class of a code that says so alone.
            (
                "ApplicationRecoverableException",
                ErrorClass::ApplicationRecoverable,
            ),
            ("ApiException", ErrorClass::Other),
        ]
        .into_iter()
        .find(|(class, _)| is(class))
        .map_or(ErrorClass::Success, |(_, class)| class);
        let class = match (
            class,
            classes
                .split(' ')
                .skip(1)
                .any(|one| one == "InvalidConfigurationException"),
        ) {
            (ErrorClass::Other, true) => ErrorClass::InvalidConfiguration,
            (class, _) => class,
        };
        assert_eq!(code.class(), class, "{name}: {classes}");
    }
    answer.finish();
    report(format_args!("{count} error codes"));
    assert_eq!((count, ErrorCode::known().len()), (CODES, CODES));
}

#[test]
fn hashes_of_keys() {
    real_kafka::require!(own);
    let mut rng = rng("hashes of keys");
    let keys: Vec<Vec<u8>> = (0..KEYS)
        .map(|place| {
            // Every short length, then any.
            let length = if place < 100 { place } else { rng.below(300) };
            (0..length).map(|_| rng.u64().to_be_bytes()[0]).collect()
        })
        .collect();
    let mut question = Question::new("facts.murmur2");
    question.count(keys.len());
    for key in &keys {
        question.bytes(key);
    }
    let mut answer = ask(&question);
    let partitions = NonZeroU32::new(97).unwrap();
    for key in &keys {
        let hash = answer.i32();
        assert_eq!(murmur2(key), hash, "{key:02x?}");
        assert_eq!(partition_for_key(key, partitions), (hash & i32::MAX) % 97);
    }
    answer.finish();
    report(format_args!("{} hashes of keys", keys.len()));
}

#[test]
fn uuids_as_text() {
    real_kafka::require!(own);
    let mut rng = rng("uuids");
    let ids: Vec<Uuid> = (0..UUIDS).map(|_| rng.uuid()).collect();
    let mut question = Question::new("facts.uuid_print");
    question.count(ids.len());
    for id in &ids {
        question.raw(id.as_bytes());
    }
    let mut printed = ask(&question);
    let texts: Vec<String> = ids.iter().map(|_| printed.text()).collect();
    printed.finish();
    for (id, text) in ids.iter().zip(&texts) {
        assert_eq!(&id.to_string(), text);
    }

    // The same texts damaged at the end, in the middle and in length.
    let damaged: Vec<String> = texts
        .iter()
        .map(|text| {
            const ENDS: [&str; 8] = ["", "=", "==", "A", "_", "-", "+", "/"];
            let kept = text.len() - rng.below(3);
            format!("{}{}{}", &text[..kept], ENDS[rng.below(8)], ENDS[rng.below(8)])
        })
        .chain(texts.iter().cloned())
        .collect();
    let mut question = Question::new("facts.uuid_parse");
    question.count(damaged.len());
    for text in &damaged {
        question.text(text);
    }
    let mut parsed = ask(&question);
    for text in &damaged {
        let ours = text.parse::<Uuid>().map(|id| id.to_string()).ok();
        assert_eq!(ours, parsed.nullable_text(), "{text}");
    }
    parsed.finish();
    report(format_args!(
        "{} ids printed, {} texts read as ids",
        ids.len(),
        damaged.len()
    ));
}
