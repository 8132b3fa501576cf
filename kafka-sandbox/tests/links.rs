//! Connections: order of answers, requests in pieces, and what closes them.

use protocol::frame::{decode_response, encode_request};
use protocol::messages::api_versions::{ApiVersionsRequest, ApiVersionsResponse};
use protocol::messages::metadata::{MetadataRequest, MetadataResponse};
use protocol::{ApiKey, ErrorCode};

use crate::support::Cluster;

#[test]
fn requests_may_arrive_in_pieces() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let frame = encode_request(5, None, 0, &ApiVersionsRequest::default()).unwrap();
    for byte in frame.to_bytes() {
        assert_eq!(cluster.frame(link), None);
        cluster.send_bytes(link, &[byte]);
    }
    let answer = cluster.frame(link).unwrap();
    let (correlation_id, versions) = decode_response::<ApiVersionsResponse>(&answer, 0).unwrap();
    assert_eq!((correlation_id, versions.error_code), (5, 0));
}

#[test]
fn requests_that_arrive_together_are_answered_in_order() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    let first = encode_request(1, None, 0, &ApiVersionsRequest::default()).unwrap();
    let second = encode_request(2, None, 1, &MetadataRequest::default()).unwrap();
    let both = [first.to_bytes(), second.to_bytes()].concat();
    cluster.send_bytes(link, &both);
    let answer = cluster.frame(link).unwrap();
    assert_eq!(decode_response::<ApiVersionsResponse>(&answer, 0).unwrap().0, 1);
    let answer = cluster.frame(link).unwrap();
    assert_eq!(decode_response::<MetadataResponse>(&answer, 1).unwrap().0, 2);
    assert_eq!(cluster.frame(link), None);
}

#[test]
fn a_version_that_is_not_served_closes_the_connection() {
    let mut cluster = Cluster::of(1);
    let response = cluster.ask(1, 0, &ApiVersionsRequest::default());
    let mut offered = response.api_keys.iter();
    let produce = offered.find(|api| api.api_key == ApiKey::PRODUCE.0);
    assert_eq!(produce.unwrap().min_version, 0, "librdkafka looks for it");
    // Produce 0 is offered for the eyes of old clients, and understood by nobody.
    for (key, version) in [(ApiKey::PRODUCE.0, 0), (ApiKey::METADATA.0, 99), (999, 0)] {
        let link = cluster.connect(1);
        cluster.send_bytes(link, &header_alone(key, version));
        assert!(cluster.is_closed(link), "{key} {version}");
        assert_eq!(cluster.frame(link), None);
    }
}

#[test]
fn an_unknown_version_of_api_versions_is_answered_in_version_0() {
    let mut cluster = Cluster::of(1);
    let link = cluster.connect(1);
    // Its header has tagged fields, as those of all versions from 3 on.
    let mut frame = header_alone(ApiKey::API_VERSIONS.0, 99);
    frame[3] += 1;
    frame.push(0);
    cluster.send_bytes(link, &frame);
    let answer = cluster.frame(link).unwrap();
    let (_, response) = decode_response::<ApiVersionsResponse>(&answer, 0).unwrap();
    assert_eq!(response.error_code, ErrorCode::UNSUPPORTED_VERSION.0);
    assert!(!cluster.is_closed(link));
}

/// A frame with the header of a request, a client id of null, and nothing behind it.
fn header_alone(key: i16, version: i16) -> Vec<u8> {
    let mut frame = vec![0, 0, 0, 10];
    frame.extend(key.to_be_bytes());
    frame.extend(version.to_be_bytes());
    frame.extend([0, 0, 0, 1, 0xff, 0xff]);
    frame
}
