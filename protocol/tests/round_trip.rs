//! Whatever is written reads back as it was, in every version.

use bytes::Bytes;
use protocol::testing::registry;
use protocol::wire::EncodeErrorKind;
use protocol::{ApiInfo, Encode, messages};

use crate::seed;

#[test]
fn every_message_comes_back_in_every_version() {
    let mut rng = seed::rng("round trip");
    let (mut types, mut versions, mut instances) = (0, 0, 0);
    for entry in registry() {
        types += 1;
        for version in entry.versions.iter() {
            versions += 1;
            for _ in 0..seed::rounds() {
                instances += 1;
                let before = rng.clone();
                assert!(
                    entry.round_trips(&mut rng, version),
                    "{} version {version} from {before:?}",
                    entry.name,
                );
            }
        }
    }
    println!("{types} messages, {versions} versions, {instances} instances, each with and without noise");
    assert_eq!(types, 195);
    assert_eq!(versions, 640);
}

#[test]
fn c13_bytes_come_back_as_they_were_and_unknown_tags_are_dropped() {
    let mut rng = seed::rng("bytes");
    let mut noisier = 0;
    for entry in registry() {
        for version in entry.versions.iter() {
            let (plain, noisy) = entry.random_bytes_and_noisy(&mut rng, version);
            noisier += usize::from(plain != noisy);
            for bytes in [&plain, &noisy] {
                let again = entry.reencode(&Bytes::copy_from_slice(bytes), version);
                assert_eq!(again.as_ref(), Ok(&plain), "{} version {version}", entry.name);
            }
        }
    }
    assert!(noisier > 150, "only {noisier} had unknown tags");
}

#[test]
fn registry_and_table_agree() {
    let mut known = 0;
    for entry in registry() {
        let Some(key) = entry.key else { continue };
        let info = key.info().unwrap();
        assert_eq!(entry.versions, info.versions, "{}", entry.name);
        assert_eq!(entry.flexible, info.flexible, "{}", entry.name);
        let suffix = if entry.is_request() { "Request" } else { "Response" };
        assert_eq!(entry.name, format!("{}{suffix}", info.name));
        known += 1;
    }
    let living = ApiInfo::ALL.iter().filter(|info| !info.versions.is_empty());
    assert_eq!(known, 2 * living.count());
}

#[test]
fn what_a_version_cannot_say_is_refused() {
    let in_version = |request: &messages::FindCoordinatorRequest, version| {
        let mut w = protocol::wire::Writer::new();
        request.encode(&mut w, version)
    };
    let request = messages::FindCoordinatorRequest {
        coordinator_keys: vec!["billing".to_owned()],
        ..Default::default()
    };
    assert_eq!(in_version(&request, 4), Ok(()));
    let refused = in_version(&request, 3).unwrap_err();
    assert_eq!(refused.message(), "FindCoordinatorRequest");
    assert_eq!(refused.field(), "coordinator_keys");
    assert_eq!(refused.kind(), &EncodeErrorKind::FieldNotInVersion(3));
    assert_eq!(
        in_version(&request, 99).unwrap_err().to_string(),
        "FindCoordinatorRequest.version: version 99 does not exist"
    );
    let all_topics = messages::MetadataRequest {
        topics: None,
        ..Default::default()
    };
    let mut w = protocol::wire::Writer::new();
    assert_eq!(all_topics.encode(&mut w, 1), Ok(()));
    assert_eq!(
        all_topics.encode(&mut w, 0).unwrap_err().to_string(),
        "MetadataRequest.topics: null is not allowed in version 0"
    );
}

#[test]
fn debug_hides_secrets() {
    let request = messages::SaslAuthenticateRequest {
        auth_bytes: Bytes::from_static(b"\0user\0password"),
    };
    assert_eq!(
        format!("{request:?}"),
        "SaslAuthenticateRequest { auth_bytes: <hidden> }"
    );
}
