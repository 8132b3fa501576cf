//! A broker that knows three requests.

use bytes::Bytes;
use protocol::frame::{decode_request_header, encode_response};
use protocol::messages::api_versions::{ApiVersion, ApiVersionsResponse};
use protocol::messages::heartbeat::HeartbeatResponse;
use protocol::messages::metadata::{MetadataResponse, MetadataResponseBroker};
use protocol::wire::Frame;
use protocol::{ApiInfo, ApiKey};

/// The reply to a request without its length; the reply has one.
pub fn reply(request: &Bytes, port: u16) -> Frame {
    let (header, _) = decode_request_header(request).expect("a request");
    let (id, version) = (header.correlation_id, header.request_api_version);
    match ApiKey(header.request_api_key) {
        ApiKey::API_VERSIONS => encode_response(id, version, &versions()),
        ApiKey::METADATA => encode_response(id, version, &metadata(port)),
        ApiKey::HEARTBEAT => encode_response(id, version, &HeartbeatResponse::default()),
        other => panic!("nobody answers {other}"),
    }
    .expect("a reply")
}

fn versions() -> ApiVersionsResponse {
    let all = ApiInfo::ALL.iter().filter(|info| !info.versions.is_empty());
    let api_keys = all.map(|info| ApiVersion {
        api_key: info.key.0,
        min_version: info.versions.first,
        max_version: info.versions.last,
    });
    ApiVersionsResponse { api_keys: api_keys.collect(), ..Default::default() }
}

fn metadata(port: u16) -> MetadataResponse {
    let broker =
        MetadataResponseBroker { node_id: 1, host: "127.0.0.1".to_owned(), port: port.into(), rack: None };
    MetadataResponse {
        cluster_id: Some("bench".to_owned()),
        controller_id: 1,
        brokers: vec![broker],
        ..Default::default()
    }
}
