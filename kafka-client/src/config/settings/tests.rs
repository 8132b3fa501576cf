use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;

use super::super::table::{Clients, FOREIGN, UNSUPPORTED};
use super::super::{Acks, AssignorKind, IsolationLevel, OffsetReset};
use super::*;

fn build(pairs: &[(&str, &str)]) -> Result<Settings, ConfigError> {
    Settings::builder().set_all(pairs.iter().copied())?.build()
}

fn error(pairs: &[(&str, &str)]) -> String {
    build(pairs)
        .expect_err(&format!("{pairs:?} should be refused"))
        .to_string()
}

#[test]
fn each_row_states_the_default_that_is_in_force() {
    let builder = Settings::builder();
    for row in table::settings() {
        assert_eq!(
            builder.shown(row.name).as_deref(),
            Some(row.default),
            "{}",
            row.name
        );
    }
}

#[test]
fn each_default_is_accepted_and_changes_nothing() {
    for row in table::settings().filter(|row| !row.default.is_empty()) {
        let set = Settings::builder().set(row.name, row.default).unwrap();
        assert_eq!(set.shown(row.name).as_deref(), Some(row.default), "{}", row.name);
    }
}

#[test]
fn names_are_unique_and_rows_are_documented() {
    let mut seen = BTreeSet::new();
    for row in table::settings() {
        for name in [row.name].iter().chain(row.aliases) {
            assert!(seen.insert(*name), "{name} twice");
            assert!(
                table::foreign(name).is_none() && table::unsupported(name).is_none(),
                "{name} in two tables"
            );
        }
        assert!(row.doc.ends_with('.') && row.doc.len() > 20, "{}", row.name);
        assert!(!row.expected().is_empty());
    }
    for (name, reason) in FOREIGN.iter().chain(UNSUPPORTED) {
        assert!(seen.insert(name) && !reason.is_empty(), "{name}");
    }
    assert!(table::settings().any(|row| row.clients == Clients::Producer));
}

#[test]
fn values_reach_their_fields() {
    let settings = build(&[
        ("bootstrap.servers", "a:1, b:2 ,[::1]:3"),
        ("client.id", " me "),
        ("request.timeout.ms", "15000"),
        ("connections.max.idle.ms", "-1"),
        ("metadata.recovery.strategy", "NONE"),
        ("acks", "1"),
        ("linger.ms", "0"),
        ("compression.type", "gzip"),
        ("compression.gzip.level", "6"),
        ("compression.zstd.level", "19"),
        ("group.id", "g"),
        (
            "partition.assignment.strategy",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
        ),
        ("auto.offset.reset", "by_duration:PT1H"),
        ("isolation.level", "read_committed"),
        ("enable.auto.commit", "False"),
    ])
    .unwrap();
    assert_eq!(settings.connection.bootstrap, ["a:1", "b:2", "[::1]:3"]);
    assert_eq!(settings.connection.client_id, "me");
    assert_eq!(settings.connection.request_timeout, Duration::from_secs(15));
    assert_eq!(settings.connection.idle_timeout, Duration::MAX);
    assert_eq!(settings.connection.rebootstrap_after, None);
    assert_eq!(settings.producer.acks, Acks::Leader);
    assert!(!settings.producer.is_idempotent());
    assert_eq!(settings.producer.linger, Duration::ZERO);
    assert_eq!(settings.producer.compression_level, Some(6));
    assert_eq!(settings.consumer.group_id.as_deref(), Some("g"));
    assert_eq!(settings.consumer.assignors, [AssignorKind::CooperativeSticky]);
    assert_eq!(
        settings.consumer.auto_offset_reset,
        OffsetReset::ByDuration(Duration::from_secs(3600))
    );
    assert_eq!(settings.consumer.isolation_level, IsolationLevel::ReadCommitted);
    assert!(!settings.consumer.enable_auto_commit);
    assert!(settings.warnings.is_empty());
}

#[test]
fn aliases_mean_the_same_and_the_last_one_counts() {
    let settings = build(&[("linger.ms", "1"), ("queue.buffering.max.ms", "2")]).unwrap();
    assert_eq!(settings.producer.linger, Duration::from_millis(2));
    let settings = Settings::builder()
        .set("linger.ms", "1")
        .unwrap()
        .set("linger.ms", "9")
        .unwrap()
        .build()
        .unwrap();
    assert_eq!(settings.producer.linger, Duration::from_millis(9));
}

#[test]
fn unknown_keys_name_the_nearest() {
    assert_eq!(
        error(&[("lingr.ms", "1")]),
        "unknown setting `lingr.ms`; did you mean `linger.ms`?"
    );
    assert_eq!(
        error(&[("bootstrap_servers", "a:1")]),
        "unknown setting `bootstrap_servers`; did you mean `bootstrap.servers`?"
    );
    assert_eq!(error(&[("frobnicate", "1")]), "unknown setting `frobnicate`");
}

#[test]
fn values_are_refused_with_what_is_expected() {
    for (key, value, message) in [
        (
            "linger.ms",
            "5s",
            "`linger.ms` is `5s`, expected a whole number of milliseconds from 0 to 2147483647",
        ),
        (
            "linger.ms",
            "-1",
            "`linger.ms` is `-1`, expected a whole number of milliseconds from 0 to 2147483647",
        ),
        (
            "queue.buffering.max.ms",
            "x",
            "`queue.buffering.max.ms` is `x`, expected a whole number of milliseconds",
        ),
        (
            "enable.auto.commit",
            "yes",
            "`enable.auto.commit` is `yes`, expected `true` or `false`",
        ),
        (
            "enable.idempotence",
            "1",
            "`enable.idempotence` is `1`, expected `true` or `false`",
        ),
        ("acks", "2", "`acks` is `2`, expected `all`, `-1`, `1` or `0`"),
        (
            "max.poll.records",
            "0",
            "`max.poll.records` is `0`, expected a whole number from 1 to 2147483647",
        ),
        (
            "fetch.max.bytes",
            "99999999999",
            "expected a whole number of at least 1",
        ),
        (
            "isolation.level",
            "serializable",
            "expected `read_uncommitted` or `read_committed`",
        ),
        (
            "partition.assignment.strategy",
            "range,best",
            "`best` is none of them",
        ),
        (
            "auto.offset.reset",
            "by_duration:1h",
            "`auto.offset.reset` is `by_duration:1h`, expected",
        ),
        (
            "compression.type",
            "brotli",
            "`none`, `gzip`, `snappy`, `lz4` or `zstd`",
        ),
    ] {
        let text = error(&[(key, value)]);
        assert!(text.contains(message), "{text}");
    }
    let long = error(&[("linger.ms", &"9".repeat(1000))]);
    assert!(long.len() < 300, "{long}");
}

#[test]
fn settings_of_java_that_mean_nothing_here_are_warnings() {
    let settings = build(&[
        (
            "key.serializer",
            "org.apache.kafka.common.serialization.StringSerializer",
        ),
        ("sasl.kerberos.service.name", "kafka"),
        ("metric.reporters", ""),
    ])
    .unwrap();
    let keys: Vec<_> = settings
        .warnings
        .iter()
        .map(|warning| warning.key.as_str())
        .collect();
    assert_eq!(
        keys,
        ["key.serializer", "sasl.kerberos.service.name", "metric.reporters"]
    );
    let text = settings.warnings[0].to_string();
    assert_eq!(
        text,
        "`key.serializer` has no effect: keys and values are bytes here"
    );
}

#[test]
fn what_cannot_be_done_is_refused() {
    assert!(error(&[("transactional.id", "t")]).contains("transactions are not supported"));
    assert!(error(&[("sasl.oauthbearer.token.endpoint.url", "https://x")]).contains("TokenProvider"));
    assert!(error(&[("group.protocol", "consumer")]).contains("`classic`"));
}

#[test]
fn contradictions_name_both_settings() {
    for (pairs, key, other) in [
        (
            &[("enable.idempotence", "true"), ("acks", "1")][..],
            "acks",
            "enable.idempotence",
        ),
        (
            &[("enable.idempotence", "true"), ("max.in.flight", "6")][..],
            "max.in.flight.requests.per.connection",
            "enable.idempotence",
        ),
        (
            &[("enable.idempotence", "true"), ("retries", "0")][..],
            "retries",
            "enable.idempotence",
        ),
        (
            &[("delivery.timeout.ms", "1000")][..],
            "delivery.timeout.ms",
            "request.timeout.ms",
        ),
        (&[("buffer.memory", "1000")][..], "buffer.memory", "batch.size"),
        (
            &[("heartbeat.interval.ms", "45000")][..],
            "heartbeat.interval.ms",
            "session.timeout.ms",
        ),
        (
            &[("enable.auto.commit", "true")][..],
            "enable.auto.commit",
            "group.id",
        ),
        (
            &[("retry.backoff.ms", "5000")][..],
            "retry.backoff.ms",
            "retry.backoff.max.ms",
        ),
    ] {
        let text = error(pairs);
        assert!(
            text.starts_with(&format!("`{key}` contradicts `{other}`: ")),
            "{text}"
        );
    }
    assert!(error(&[("group.instance.id", "i")]).starts_with("`group.id` is missing"));
}

#[test]
fn what_was_not_set_gives_way() {
    assert!(!build(&[("acks", "0")]).unwrap().producer.is_idempotent());
    let raised = build(&[("request.timeout.ms", "200000")]).unwrap();
    assert_eq!(raised.producer.delivery_timeout, Duration::from_millis(200_005));
}

#[test]
fn files_are_read_with_their_substitutions() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("client.properties");
    let secrets = dir.path().join("secrets.properties");
    std::fs::write(&secrets, "pw=hunter2\n").unwrap();
    let text = format!(
        "# all of it\nbootstrap.servers=a:1,\\\n  b:2\nconfig.providers=f\n\
         config.providers.f.class=org.apache.kafka.common.config.provider.FileConfigProvider\n\
         client.id=${{f:{0}:pw}}\nsecurity.protocol : SASL_PLAINTEXT\nsasl.mechanism PLAIN\n\
         sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n\
           username=\"alice\" password=\"${{f:{0}:pw}}\";\n",
        secrets.display()
    );
    std::fs::write(&path, text).unwrap();
    let settings = Settings::from_file(&path).unwrap();
    assert_eq!(settings.connection.bootstrap, ["a:1", "b:2"]);
    assert_eq!(settings.connection.client_id, "hunter2");
    assert!(settings.connection.security.sasl.is_some() && settings.connection.security.tls.is_none());
    let missing = Settings::from_file(dir.path().join("none")).unwrap_err();
    assert!(missing.to_string().starts_with("cannot read "), "{missing}");
}

#[test]
fn files_that_are_too_long_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("big");
    std::fs::write(&path, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    assert!(matches!(
        Settings::from_file(&path),
        Err(ConfigError::File { .. })
    ));
}

#[test]
fn l4_settings_never_show_a_secret() {
    let builder = Settings::builder().set("sasl.password", "hunter2").unwrap();
    let builder = builder.set("ssl.key.password", "hunter2").unwrap();
    assert!(!format!("{builder:?}").contains("hunter2"));
    assert_eq!(builder.shown("sasl.password").as_deref(), Some("***"));
}

proptest! {
    #[test]
    fn hostile_settings_never_panic(pairs in prop::collection::vec((0usize..200, any::<String>()), 0..12)) {
        let names: Vec<_> = table::settings().map(|row| row.name).collect();
        let mut builder = Settings::builder();
        for (at, value) in &pairs {
            if let Ok(set) = builder.clone().set(names[at % names.len()], value) {
                builder = set;
            }
        }
        let _ = builder.build();
    }

    #[test]
    fn unknown_names_never_panic(name in ".{0,40}", value in ".{0,10}") {
        let _ = Settings::builder().set(&name, &value);
    }
}
