//! Every message in every version, ours to Java and Java to ours.

use std::collections::BTreeMap;

use bytes::Bytes;
use protocol::VersionRange;
use protocol::internal::{consumer_offsets, share_state, transaction_state};
use protocol::testing::{Entry, Kind, Rng, registry};
use protocol::wire::{DecodeError, DecodeErrorKind};

use super::jvm::ask;
use super::wire::Question;
use super::{report, rng};

/// Random instances of each version, in each direction.
const INSTANCES: usize = 50;

/// Damaged instances of each version.
const DAMAGED: usize = 15;

/// What Kafka 4.4.0 has; fewer means that something is no longer compared.
const MESSAGES: usize = 195;
const MESSAGE_VERSIONS: usize = 640;
const STORED: usize = 50;
const STORED_VERSIONS: usize = 59;

const MESSAGE_PACKAGE: &str = "org.apache.kafka.common.message";
const GROUP_PACKAGE: &str = "org.apache.kafka.coordinator.group.generated";
const TRANSACTION_PACKAGE: &str = "org.apache.kafka.coordinator.transaction.generated";
const SHARE_PACKAGE: &str = "org.apache.kafka.coordinator.share.generated";

/// A type on both sides.
struct Pair {
    class: String,
    entry: Entry,
}

#[test]
fn messages_travel_both_ways() {
    real_kafka::require!(own);
    let pairs = messages();
    compare_versions(MESSAGE_PACKAGE, &pairs);
    let (versions, instances) = compare(&pairs);
    report(format_args!(
        "{} messages, {versions} versions, {instances} instances",
        pairs.len()
    ));
    assert_eq!((pairs.len(), versions), (MESSAGES, MESSAGE_VERSIONS));
}

#[test]
fn records_of_internal_topics_travel_both_ways() {
    real_kafka::require!(own);
    let mut pairs = Vec::new();
    for (package, entries) in [
        (GROUP_PACKAGE, consumer_offsets::entries()),
        (TRANSACTION_PACKAGE, transaction_state::entries()),
        (SHARE_PACKAGE, share_state::entries()),
    ] {
        compare_numbers(package, &entries);
        let both = entries.into_iter().flat_map(|(_, key, value)| [key, value]);
        let of_package: Vec<Pair> = both
            .map(|entry| Pair {
                class: format!("{package}.{}", entry.name),
                entry,
            })
            .collect();
        compare_versions(package, &of_package);
        pairs.extend(of_package);
    }
    let (versions, instances) = compare(&pairs);
    report(format_args!(
        "{} types of records of internal topics, {versions} versions, {instances} instances",
        pairs.len()
    ));
    assert_eq!((pairs.len(), versions), (STORED, STORED_VERSIONS));
}

/// Of damaged messages we accept none that Java refuses, and read the others as Java does.
#[test]
fn damaged_messages() {
    real_kafka::require!(own);
    let (mut accepted_by_both, mut refused_by_both, mut refused_by_us) = (0, 0, 0);
    for pair in messages() {
        for version in pair.entry.versions.iter() {
            let name = format!("{} version {version}, damaged", pair.class);
            let mut rng = rng(&name);
            let samples: Vec<Vec<u8>> = (0..DAMAGED)
                .map(|_| {
                    let (_, noisy) = pair.entry.random_bytes_and_noisy(&mut rng, version);
                    damaged(&mut rng, noisy)
                })
                .collect();
            let mut question = Question::new("messages.recode");
            question.text(&pair.class).i16(version).count(samples.len());
            for sample in &samples {
                question.bytes(sample);
            }
            let mut answer = ask(&question);
            for sample in samples {
                let accepted = answer.bool();
                let theirs = answer.bytes();
                let ours = pair.entry.reencode(&Bytes::from(sample.clone()), version);
                match (accepted, ours) {
                    (true, Ok(ours)) => {
                        assert!(
                            ours == theirs,
                            "{}",
                            differ(&pair, version, &name, &ours, &theirs)
                        );
                        accepted_by_both += 1;
                    }
                    (false, Err(_)) => refused_by_both += 1,
                    (false, Ok(_)) => {
                        panic!("{name}: {} {sample:02x?}", String::from_utf8_lossy(&theirs));
                    }
                    (true, Err(error)) => {
                        let flexible = pair.entry.flexible.is_some_and(|first| version >= first);
                        assert!(is_stricter(&error, flexible), "{name}: {error} {sample:02x?}");
                        refused_by_us += 1;
                    }
                }
            }
            answer.finish();
        }
    }
    report(format_args!(
        "{accepted_by_both} damaged messages read by both, {refused_by_both} refused by both, \
         {refused_by_us} by us alone"
    ));
    assert!(accepted_by_both.min(refused_by_both) > MESSAGE_VERSIONS);
}

/// Changes one or two bytes.
fn damaged(rng: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..1 + rng.below(2) {
        if bytes.is_empty() {
            break;
        }
        let at = rng.below(bytes.len());
        bytes[at] = match rng.below(4) {
            0 => bytes[at] ^ 1 << rng.below(8),
            1 => bytes[at].wrapping_add(1),
            2 => [0, 1, 0x7f, 0x80, 0xff][rng.below(5)],
            _ => rng.u64().to_be_bytes()[0],
        };
    }
    bytes
}

/// Whether Java is more lenient by design: it takes every negative length for null, replaces what is not UTF-8, drops
/// excess bits of varints, and compares neither the order of tags nor the sizes of tagged fields with what is in them.
fn is_stricter(error: &DecodeError, flexible: bool) -> bool {
    match error.kind() {
        DecodeErrorKind::BadLength(_) | DecodeErrorKind::BadUtf8 => true,
        DecodeErrorKind::BadTagOrder(_)
        | DecodeErrorKind::BadVarint
        | DecodeErrorKind::Trailing(_)
        | DecodeErrorKind::Truncated { .. } => flexible,
        _ => false,
    }
}

/// The messages that have versions: Kafka 4 keeps the numbers of some APIs without a single one.
fn messages() -> Vec<Pair> {
    registry()
        .into_iter()
        .filter(|entry| !entry.versions.is_empty())
        .map(|entry| {
            let suffix = match entry.kind {
                Kind::Request | Kind::Response | Kind::Header => "Data",
                Kind::Data => "",
            };
            Pair {
                class: format!("{MESSAGE_PACKAGE}.{}{suffix}", entry.name),
                entry,
            }
        })
        .collect()
}

/// Both sides must have the same types in the same versions.
fn compare_versions(package: &str, pairs: &[Pair]) {
    let mut answer = ask(&Question::new("messages.list"));
    let mut theirs = BTreeMap::new();
    for _ in 0..answer.count() {
        let class = answer.text();
        let versions = VersionRange {
            first: answer.i16(),
            last: answer.i16(),
        };
        if class.starts_with(package) && !versions.is_empty() {
            theirs.insert(class, versions.to_string());
        }
    }
    answer.finish();
    let ours: BTreeMap<String, String> = pairs
        .iter()
        .map(|pair| (pair.class.clone(), pair.entry.versions.to_string()))
        .collect();
    assert_eq!(ours, theirs);
}

/// Both sides must give the types of records the same numbers.
fn compare_numbers(package: &str, entries: &[(i16, Entry, Entry)]) {
    let mut answer = ask(Question::new("messages.record_types").text(package));
    let theirs: Vec<(i16, String, String)> = (0..answer.count())
        .map(|_| (answer.i16(), answer.text(), answer.text()))
        .collect();
    answer.finish();
    let class = |entry: &Entry| format!("{package}.{}", entry.name);
    let ours: Vec<_> = entries
        .iter()
        .map(|(number, key, value)| (*number, class(key), class(value)))
        .collect();
    assert_eq!(ours, theirs);
}

/// Compares random instances of all versions; returns the number of versions and of instances.
fn compare(pairs: &[Pair]) -> (usize, usize) {
    let (mut versions, mut instances) = (0, 0);
    let mut failures = Vec::new();
    for pair in pairs {
        for version in pair.entry.versions.iter() {
            ours_to_java(pair, version, &mut failures);
            java_to_ours(pair, version, &mut failures);
            versions += 1;
            instances += 2 * INSTANCES;
        }
    }
    let shown = failures
        .iter()
        .take(4)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        failures.is_empty(),
        "{} instances differ, such as\n{shown}",
        failures.len()
    );
    (versions, instances)
}

/// Java must read what we write, with tagged fields strewn in that neither side knows, and write it as we do without.
fn ours_to_java(pair: &Pair, version: i16, failures: &mut Vec<String>) {
    let name = format!("{} version {version}, ours to Java", pair.class);
    let mut rng = rng(&name);
    let samples: Vec<_> = (0..INSTANCES)
        .map(|_| pair.entry.random_bytes_and_noisy(&mut rng, version))
        .collect();
    let mut question = Question::new("messages.recode");
    question.text(&pair.class).i16(version).count(samples.len());
    for (_, noisy) in &samples {
        question.bytes(noisy);
    }
    let mut answer = ask(&question);
    for (plain, _) in samples {
        let accepted = answer.bool();
        let again = answer.bytes();
        if !accepted {
            failures.push(format!("{name}: {}", String::from_utf8_lossy(&again)));
        } else if again != plain {
            failures.push(differ(pair, version, &name, &plain, &again));
        }
    }
    answer.finish();
}

/// We must read what Java makes up, in the bytes of a stranger, and write it as Java does.
fn java_to_ours(pair: &Pair, version: i16, failures: &mut Vec<String>) {
    let name = format!("{} version {version}, Java to ours", pair.class);
    let mut question = Question::new("messages.generate");
    let seed = rng(&name).i64();
    question.text(&pair.class).i16(version).i64(seed).count(INSTANCES);
    let mut answer = ask(&question);
    for _ in 0..INSTANCES {
        let strange = answer.bytes();
        let expected = answer.bytes();
        match pair.entry.reencode(&Bytes::from(strange), version) {
            Ok(again) if again == expected => {}
            Ok(again) => failures.push(differ(pair, version, &name, &again, &expected)),
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    answer.finish();
}

fn differ(pair: &Pair, version: i16, name: &str, ours: &[u8], theirs: &[u8]) -> String {
    let shorten = |text: String| text.chars().take(600).collect::<String>();
    let shown = |bytes: &[u8]| match pair.entry.debug(&Bytes::copy_from_slice(bytes), version) {
        Ok(text) => format!("{}\n  {}", shorten(text), shorten(format!("{bytes:02x?}"))),
        Err(error) => format!("{error}\n  {}", shorten(format!("{bytes:02x?}"))),
    };
    format!("{name}:\n ours {}\n java {}", shown(ours), shown(theirs))
}
