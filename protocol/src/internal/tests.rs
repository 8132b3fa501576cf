use bytes::Bytes;

use super::consumer_offsets::{
    GroupMetadataKey, GroupMetadataValue, Key, MemberMetadata, OffsetCommitKey, OffsetCommitValue, Record,
    Value,
};
use super::transaction_state::{self, TransactionLogValue, TransactionStatus};
use crate::Uuid;
use crate::wire::DecodeErrorKind;

fn offset_key() -> Key {
    Key::OffsetCommit(OffsetCommitKey {
        group: "g".to_owned(),
        topic: "t".to_owned(),
        partition: 3,
    })
}

fn offset_value() -> OffsetCommitValue {
    OffsetCommitValue {
        offset: 9,
        leader_epoch: 2,
        metadata: "m".to_owned(),
        commit_timestamp: 5,
        ..OffsetCommitValue::default()
    }
}

#[test]
fn an_offset_has_its_bytes() {
    let key = offset_key().encode().unwrap();
    assert_eq!(&key[..], b"\0\x01\0\x01g\0\x01t\0\0\0\x03");
    let value = Value::OffsetCommit(offset_value());
    let bytes = value.encode(3).unwrap();
    assert_eq!(
        &bytes[..],
        b"\0\x03\0\0\0\0\0\0\0\x09\0\0\0\x02\0\x01m\0\0\0\0\0\0\0\x05"
    );
    let record = Record::decode(&key, Some(&bytes)).unwrap();
    assert_eq!((record.key, record.value), (offset_key(), Some(value)));
}

#[test]
fn versions_carry_what_they_have() {
    let all = OffsetCommitValue {
        expire_timestamp: 7,
        topic_id: Uuid::from_bytes([1; 16]),
        ..offset_value()
    };
    for version in 0..=4 {
        let expected = OffsetCommitValue {
            leader_epoch: if version >= 3 { 2 } else { -1 },
            expire_timestamp: if version == 1 { 7 } else { -1 },
            topic_id: if version >= 4 { all.topic_id } else { Uuid::ZERO },
            ..all.clone()
        };
        let bytes = Value::OffsetCommit(all.clone()).encode(version).unwrap();
        assert_eq!(
            Value::decode(&offset_key(), &bytes),
            Ok(Value::OffsetCommit(expected))
        );
    }
}

#[test]
fn a_group_keeps_its_members() {
    let key = Key::GroupMetadata(GroupMetadataKey {
        group: "g".to_owned(),
    });
    let member = MemberMetadata {
        member_id: "m".to_owned(),
        group_instance_id: Some("i".to_owned()),
        rebalance_timeout: 60_000,
        session_timeout: 45_000,
        subscription: Bytes::from_static(b"s"),
        ..MemberMetadata::default()
    };
    let value = Value::GroupMetadata(GroupMetadataValue {
        protocol_type: "consumer".to_owned(),
        generation: 1,
        protocol: Some("range".to_owned()),
        leader: None,
        current_state_timestamp: 4,
        members: vec![member],
    });
    for version in [3, 4] {
        let bytes = value.encode(version).unwrap();
        assert_eq!(Value::decode(&key, &bytes).as_ref(), Ok(&value));
    }
}

#[test]
fn a_deleted_thing_has_no_value() {
    let record = Record::decode(&offset_key().encode().unwrap(), None).unwrap();
    assert_eq!(record.value, None);
    assert_eq!((record.key.number(), record.key.name()), (1, "OffsetCommit"));
}

#[test]
fn unknown_types_are_kept_as_they_came() {
    let key = Bytes::from_static(b"\0\x63whatever");
    let value = Bytes::from_static(b"\0\x07something");
    let record = Record::decode(&key, Some(&value)).unwrap();
    assert_eq!((record.key.number(), record.key.name()), (99, "Unknown"));
    assert_eq!(record.key.encode(), Ok(key));
    assert_eq!(record.value.unwrap().encode(0), Ok(value));
}

#[test]
fn unknown_versions_are_errors() {
    let error = Value::decode(&offset_key(), &Bytes::from_static(b"\0\x05")).unwrap_err();
    assert_eq!(error.message(), "OffsetCommitValue");
    assert_eq!(*error.kind(), DecodeErrorKind::UnsupportedVersion(5));
}

#[test]
fn hostile_bytes_are_errors() {
    let key = offset_key().encode().unwrap();
    for length in 0..key.len() {
        assert!(Key::decode(&key.slice(..length)).is_err(), "{length}");
    }
    let value = Value::OffsetCommit(offset_value()).encode(4).unwrap();
    for length in 0..value.len() {
        assert!(
            Value::decode(&offset_key(), &value.slice(..length)).is_err(),
            "{length}"
        );
    }
    let longer: Bytes = [&key[..], b"x"].concat().into();
    assert_eq!(
        *Key::decode(&longer).unwrap_err().kind(),
        DecodeErrorKind::Trailing(1)
    );
}

#[test]
fn a_transaction_refuses_what_an_old_version_cannot_say() {
    let mut value = TransactionLogValue {
        producer_id: 1,
        transaction_status: TransactionStatus::ONGOING.0,
        transaction_partitions: None,
        ..TransactionLogValue::default()
    };
    let key = transaction_state::Key::decode(&Bytes::from_static(b"\0\0\0\x01x")).unwrap();
    for version in [0, 1] {
        let bytes = transaction_state::Value::TransactionLog(value.clone())
            .encode(version)
            .unwrap();
        let read = transaction_state::Value::decode(&key, &bytes);
        assert_eq!(read, Ok(transaction_state::Value::TransactionLog(value.clone())));
    }
    value.client_transaction_version = 2;
    let value = transaction_state::Value::TransactionLog(value);
    assert!(value.encode(0).is_err() && value.encode(1).is_ok());
    assert_eq!(TransactionStatus(1).name(), "Ongoing");
    assert_eq!(TransactionStatus(99).name(), "Unknown");
}
