//! DescribeCluster: the brokers, and what the client may do (KIP-700).

use protocol::ErrorCode;
use protocol::messages::describe_cluster::{
    DescribeClusterBroker, DescribeClusterRequest, DescribeClusterResponse,
};

use super::refusal::{Refusal, default_message};
use super::{Call, Handle, Reply, operations};
use crate::state::Broker;

impl Handle for DescribeClusterRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeClusterResponse> {
        if let Err(Refusal { code, message }) = check_endpoint(self.endpoint_type, call.version) {
            return Reply::Now(DescribeClusterResponse {
                error_code: code.0,
                error_message: message,
                ..DescribeClusterResponse::default()
            });
        }
        let state = &*call.state;
        let shown = state
            .brokers
            .iter()
            .filter(|broker| broker.is_alive() || (self.include_fenced_brokers && broker.registered));
        let mut response = DescribeClusterResponse {
            endpoint_type: self.endpoint_type,
            cluster_id: state.cluster_id.to_string(),
            controller_id: state.brokers.controller(),
            brokers: shown.map(describe).collect(),
            ..DescribeClusterResponse::default()
        };
        if self.include_cluster_authorized_operations {
            response.cluster_authorized_operations = operations::on_cluster(call);
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeClusterResponse {
        DescribeClusterResponse {
            error_code: code.0,
            error_message: default_message(code).map(str::to_owned),
            ..DescribeClusterResponse::default()
        }
    }
}

/// Controllers have endpoints of their own (KIP-919); these are those of brokers.
fn check_endpoint(endpoint_type: i8, version: i16) -> Result<(), Refusal> {
    let (code, message) = match endpoint_type {
        BROKERS => return Ok(()),
        CONTROLLERS => (
            ErrorCode::MISMATCHED_ENDPOINT_TYPE,
            "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER".to_owned(),
        ),
        other => (
            ErrorCode::UNSUPPORTED_ENDPOINT_TYPE,
            format!("Unsupported endpoint type {other}"),
        ),
    };
    let code = if version == 0 {
        ErrorCode::INVALID_REQUEST
    } else {
        code
    };
    Err(Refusal::new(code, message))
}

fn describe(broker: &Broker) -> DescribeClusterBroker {
    DescribeClusterBroker {
        broker_id: broker.id,
        host: broker.host.to_string(),
        port: broker.port.into(),
        rack: broker.rack.as_deref().map(str::to_owned),
        is_fenced: !broker.is_alive(),
    }
}

const BROKERS: i8 = 1;
const CONTROLLERS: i8 = 2;
