//! ListConfigResources: names what has configs (KIP-714, KIP-1142).

use protocol::ErrorCode;
use protocol::messages::list_config_resources::{
    ConfigResource, ListConfigResourcesRequest, ListConfigResourcesResponse,
};

use super::{Call, Handle, Reply};
use crate::profile::configs::Kind;
use crate::security::acl::Operation;
use crate::state::State;

/// The kinds of resource, by their numbers in the protocol.
const GROUP: i8 = 32;
const CLIENT_METRICS: i8 = 16;
const BROKER_LOGGER: i8 = 8;
const BROKER: i8 = 4;
const TOPIC: i8 = 2;

const ALL: [i8; 5] = [GROUP, CLIENT_METRICS, BROKER_LOGGER, BROKER, TOPIC];

impl Handle for ListConfigResourcesRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<ListConfigResourcesResponse> {
        if !call.authorize_cluster(Operation::DescribeConfigs) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let mut kinds = self.resource_types.clone();
        if call.version == 0 {
            kinds = vec![CLIENT_METRICS];
        } else if kinds.is_empty() {
            kinds = ALL.to_vec();
        }
        if !kinds.iter().all(|kind| ALL.contains(kind)) {
            return Reply::Now(self.refuse(call, ErrorCode::UNSUPPORTED_VERSION));
        }
        // Each kind once, however often it is named.
        let named = |kind: &&i8| kinds.contains(kind);
        let resources = ALL.iter().filter(named).flat_map(|&kind| {
            let names = names(call.state, kind).into_iter();
            names.map(move |resource_name| ConfigResource {
                resource_name,
                resource_type: kind,
            })
        });
        Reply::Now(ListConfigResourcesResponse {
            config_resources: resources.collect(),
            ..ListConfigResourcesResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> ListConfigResourcesResponse {
        ListConfigResourcesResponse {
            error_code: code.0,
            ..ListConfigResourcesResponse::default()
        }
    }
}

fn names(state: &State, kind: i8) -> Vec<String> {
    let set = |kind: Kind| {
        let names = state.configs.resources(kind);
        names.iter().map(ToString::to_string).collect()
    };
    match kind {
        GROUP => set(Kind::Group),
        CLIENT_METRICS => set(Kind::ClientMetrics),
        TOPIC => state.topics.iter().map(|topic| topic.name.to_string()).collect(),
        _ => {
            let alive = state.brokers.alive();
            alive.map(|broker| broker.id.to_string()).collect()
        }
    }
}
