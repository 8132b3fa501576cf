use protocol::messages::api_versions::{
    ApiVersion, ApiVersionsRequest, ApiVersionsResponse, FinalizedFeatureKey,
};
use protocol::messages::metadata::MetadataRequest;
use protocol::messages::produce::ProduceRequest;
use protocol::messages::share_fetch::ShareFetchRequest;
use protocol::wire::EncodeErrorKind;
use protocol::{ApiKey, ErrorCode, Request, VersionRange};

use super::script::{Script, at, every, secs, versions};
use crate::cluster::NodeId;
use crate::connection::{BrokerVersions, FaultKind, Ticket};
use crate::error::{RequestError, TransportPhase};

fn rejected(with: &[ApiVersion]) -> ApiVersionsResponse {
    ApiVersionsResponse {
        error_code: ErrorCode::UNSUPPORTED_VERSION.0,
        api_keys: with.to_vec(),
        ..ApiVersionsResponse::default()
    }
}

#[test]
fn versions_are_asked_for_first_with_name_and_version() {
    let mut script = Script::new();
    let asked = script.written();
    assert_eq!((asked.key, asked.version), (ApiKey::API_VERSIONS, 4));
    let request: ApiVersionsRequest = asked.read();
    assert_eq!(request.client_software_name, "kafkactl-rust");
    assert!(!request.client_software_version.is_empty());
    assert!(!script.link.is_ready());
}

#[test]
fn c1_unsupported_version_is_asked_again_in_the_range_that_the_broker_names() {
    let mut script = Script::new();
    let asked = script.written();
    let named = ApiVersion {
        api_key: ApiKey::API_VERSIONS.0,
        min_version: 0,
        max_version: 2,
    };
    script.reply_as(asked.id, 0, &rejected(&[named]));
    let again = script.written();
    assert_eq!((again.key, again.version), (ApiKey::API_VERSIONS, 2));
    script.reply(&again, &versions(&[]));
    assert!(script.link.is_ready());
}

#[test]
fn c1_a_second_rejection_leads_to_version_0_and_a_third_to_the_end() {
    let mut script = Script::new();
    let named = ApiVersion {
        api_key: ApiKey::API_VERSIONS.0,
        min_version: 0,
        max_version: 3,
    };
    for next in [3, 0] {
        let asked = script.written();
        assert_ne!(asked.version, next);
        script.reply_as(asked.id, 0, &rejected(std::slice::from_ref(&named)));
    }
    let last = script.written();
    assert_eq!(last.version, 0);
    script.reply_as(last.id, 0, &rejected(&[]));
    assert_eq!(script.ended().kind, FaultKind::Lost);
}

#[test]
fn c2_a_rejection_in_another_layout_leads_to_version_0() {
    // A compact array of one API where version 0 is due; and one that is cut off.
    for body in ["00230100120000000200000000", "0023", "002301"] {
        let mut script = Script::new();
        let asked = script.written();
        let bytes: Vec<u8> = (0..body.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(&body[i..i + 2], 16).unwrap())
            .collect();
        script.reply_raw(&asked, &bytes);
        let again = script.written();
        assert_eq!((again.key, again.version), (ApiKey::API_VERSIONS, 0), "{body}");
        script.reply(&again, &versions(&[]));
        assert!(script.link.is_ready());
    }
}

#[test]
fn c2_bytes_behind_the_versions_are_tolerated() {
    let mut script = Script::new();
    let asked = script.written();
    let frame = protocol::frame::encode_response(asked.id, 4, &versions(&[]))
        .unwrap()
        .to_bytes();
    let mut body = frame[8..].to_vec();
    body.extend_from_slice(b"more");
    script.reply_raw(&asked, &body);
    assert!(script.link.is_ready());
}

#[test]
fn c3_another_error_ends_the_link() {
    let mut script = Script::new();
    let asked = script.written();
    let code = ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0;
    script.reply(
        &asked,
        &ApiVersionsResponse {
            error_code: code,
            ..ApiVersionsResponse::default()
        },
    );
    let fault = script.ended();
    assert_eq!(
        (fault.phase, &fault.kind),
        (TransportPhase::Handshake, &FaultKind::Lost)
    );
    assert!(
        fault.reason.contains("CLUSTER_AUTHORIZATION_FAILED"),
        "{}",
        fault.reason
    );
}

#[test]
fn c4_a_peer_that_closes_upon_the_first_request_is_told_apart() {
    for encrypted in [false, true] {
        let mut script = Script::with(None, |settings, _| settings.encrypted = encrypted);
        script.written();
        script.link.handle_closed(None);
        let fault = script.ended();
        assert_eq!(fault.kind, FaultKind::Silent);
        assert_eq!(
            fault.reason.contains("security.protocol=SSL"),
            !encrypted,
            "{}",
            fault.reason
        );
    }
}

#[test]
fn c5_without_topic_ids_in_metadata_no_version_needs_them() {
    let old = VersionRange { first: 0, last: 9 };
    let versions = BrokerVersions::of(&versions(&[(ApiKey::METADATA, old)]));
    let last = |key: ApiKey| {
        let ours = key.info().unwrap().versions;
        versions.choose(key, ours, None).unwrap()
    };
    assert_eq!(last(ApiKey::PRODUCE), 12);
    assert_eq!(last(ApiKey::FETCH), 12);
    assert_eq!(last(ApiKey::OFFSET_COMMIT), 9);
    assert_eq!(last(ApiKey::OFFSET_FETCH), 9);
    assert_eq!(last(ApiKey::TXN_OFFSET_COMMIT), 5);
    assert_eq!(last(ApiKey::METADATA), 9);
    assert_eq!(
        last(ApiKey::LIST_OFFSETS),
        every::<protocol::messages::list_offsets::ListOffsetsRequest>().last
    );
}

#[test]
fn c6_no_common_version_names_api_ranges_and_broker() {
    let mut script = Script::new();
    let asked = script.written();
    let newer = VersionRange { first: 20, last: 21 };
    let mut reply = versions(&[(ApiKey::METADATA, newer)]);
    reply
        .api_keys
        .retain(|api| api.api_key != ShareFetchRequest::KEY.0);
    script.reply(&asked, &reply);
    let ticket = Ticket { owner: 1, tag: 1 };
    let mut send = |body: &dyn crate::connection::Body| {
        script
            .link
            .send(at(1), ticket, body, at(1000), secs(1), true)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        send(&MetadataRequest::default()).unwrap_err(),
        "broker 1 speaks versions 20-21 of Metadata, this request needs 0-13"
    );
    assert_eq!(
        send(&ShareFetchRequest::default()).unwrap_err(),
        "broker 1 does not know ShareFetch, this request needs versions 1-2"
    );
    send(&ProduceRequest::default()).expect("the others are not affected");
}

#[test]
fn c7_a_field_that_the_version_lacks_fails_before_anything_is_sent() {
    let mut script = Script::new();
    let asked = script.written();
    script.reply(
        &asked,
        &versions(&[(ApiKey::METADATA, VersionRange { first: 0, last: 7 })]),
    );
    let request = MetadataRequest {
        include_topic_authorized_operations: true,
        ..MetadataRequest::default()
    };
    let ticket = Ticket { owner: 1, tag: 1 };
    let error = script
        .link
        .send(at(1), ticket, &request, at(1000), secs(1), true)
        .unwrap_err();
    let RequestError::Encode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.field(), "include_topic_authorized_operations");
    assert_eq!(*error.kind(), EncodeErrorKind::FieldNotInVersion(7));
    assert_eq!(script.link.in_flight(), 0);
    assert_eq!(script.all_written(), []);
}

#[test]
fn c33_a_misrouted_connection_is_noticed_by_the_broker() {
    let mut script = Script::with(None, |_, peer| {
        peer.cluster = Some("the-cluster".into());
        peer.node = Some(NodeId(3));
        peer.first_version = 5;
    });
    let asked = script.written();
    let request: ApiVersionsRequest = asked.read();
    assert_eq!(
        (request.cluster_id.as_deref(), request.node_id),
        (Some("the-cluster"), 3)
    );
    let code = ErrorCode::REBOOTSTRAP_REQUIRED.0;
    script.reply(
        &asked,
        &ApiVersionsResponse {
            error_code: code,
            ..ApiVersionsResponse::default()
        },
    );
    assert_eq!(script.ended().kind, FaultKind::Rebootstrap);
}

#[test]
fn finalized_features_are_kept() {
    let mut reply = versions(&[]);
    reply.finalized_features_epoch = 9;
    reply.finalized_features = vec![FinalizedFeatureKey {
        name: "transaction.version".to_owned(),
        max_version_level: 2,
        min_version_level: 1,
    }];
    let features = BrokerVersions::of(&reply).features.unwrap();
    assert_eq!(
        (
            features.epoch,
            features.level("transaction.version"),
            features.level("other")
        ),
        (9, 2, 0)
    );
}
