//! UnregisterBroker: takes a broker that is gone out of the cluster (KIP-631).

use protocol::ErrorCode;
use protocol::messages::unregister_broker::{UnregisterBrokerRequest, UnregisterBrokerResponse};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::BrokerStatus;

impl Handle for UnregisterBrokerRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<UnregisterBrokerResponse> {
        if !call.authorize_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let id = self.broker_id;
        let broker = call.state.brokers.get_mut(id);
        let Some(broker) = broker.filter(|broker| broker.registered) else {
            return Reply::Now(UnregisterBrokerResponse {
                error_code: ErrorCode::BROKER_ID_NOT_REGISTERED.0,
                error_message: Some(format!("Broker ID {id} is not currently registered")),
                ..UnregisterBrokerResponse::default()
            });
        };
        // One that is up registers again at its next heartbeat.
        broker.registered = broker.status != BrokerStatus::Down;
        Reply::Now(UnregisterBrokerResponse {
            error_message: Some(String::new()),
            ..UnregisterBrokerResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> UnregisterBrokerResponse {
        UnregisterBrokerResponse {
            error_code: code.0,
            error_message: Refusal::from(code).message,
            ..UnregisterBrokerResponse::default()
        }
    }
}
