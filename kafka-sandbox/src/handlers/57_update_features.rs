//! UpdateFeatures: changes the levels of the cluster's features, all that are named or none (KIP-584, KIP-778).

use protocol::ErrorCode;
use protocol::messages::update_features::{
    FeatureUpdateKey, UpdatableFeatureResult, UpdateFeaturesRequest, UpdateFeaturesResponse,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::security::acl::Operation;
use crate::state::{Change, Upgrade};

impl Handle for UpdateFeaturesRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<UpdateFeaturesResponse> {
        if !call.authorize_cluster(Operation::Alter) {
            return Reply::Now(self.refuse(call, ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
        }
        let controller = call.state.brokers.controller();
        for update in &self.feature_updates {
            let upgrade = upgrade(update, call.version);
            let (name, level) = (&update.feature, update.max_version_level);
            if let Some(why) = call.state.features.objection(controller, name, level, upgrade) {
                let code = ErrorCode::INVALID_UPDATE_VERSION;
                let text = format!(
                    "The update failed for all features since the following feature had an error: {why}"
                );
                return Reply::Now(refused(&Refusal::new(code, text)));
            }
        }
        let updates = if self.validate_only {
            Vec::new()
        } else {
            self.feature_updates.clone()
        };
        for update in updates {
            let change = Change::SetFeature {
                name: update.feature,
                level: update.max_version_level,
            };
            if let Err(code) = call.state.commit(call.now, change) {
                return Reply::Now(self.refuse(call, code));
            }
        }
        let results = self
            .feature_updates
            .into_iter()
            .map(|update| UpdatableFeatureResult {
                feature: update.feature,
                // So it is in Kafka where nothing went wrong.
                error_message: Some("NONE".to_owned()),
                ..UpdatableFeatureResult::default()
            });
        Reply::Now(UpdateFeaturesResponse {
            error_message: None,
            results: results.collect(),
            ..UpdateFeaturesResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> UpdateFeaturesResponse {
        refused(&Refusal::from(code))
    }
}

/// The answer that nothing was changed.
fn refused(refusal: &Refusal) -> UpdateFeaturesResponse {
    UpdateFeaturesResponse {
        error_code: refusal.code.0,
        error_message: refusal.message.clone(),
        ..UpdateFeaturesResponse::default()
    }
}

fn upgrade(update: &FeatureUpdateKey, version: i16) -> Option<Upgrade> {
    match (version, update.upgrade_type) {
        (0, _) if update.allow_downgrade => Some(Upgrade::SafeDown),
        (0, _) | (_, 1) => Some(Upgrade::Up),
        (_, 2) => Some(Upgrade::SafeDown),
        (_, 3) => Some(Upgrade::UnsafeDown),
        _ => None,
    }
}
