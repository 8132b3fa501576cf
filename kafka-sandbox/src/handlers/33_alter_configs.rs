//! AlterConfigs: replaces all configs that were set for a resource. IncrementalAlterConfigs has taken its place.

use protocol::ErrorCode;
use protocol::messages::alter_configs::{
    AlterConfigsRequest, AlterConfigsResource, AlterConfigsResourceResponse, AlterConfigsResponse,
};

use super::configs::{LOGGERS, Plan, require_altering};
use super::refusal::Refusal;
use super::{Call, Handle, Reply, configs};
use crate::fault::Subject;
use crate::state::State;

impl Handle for AlterConfigsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<AlterConfigsResponse> {
        let mut response = AlterConfigsResponse::default();
        for resource in self.resources {
            let (kind, name) = (resource.resource_type, resource.resource_name.clone());
            let (code, message) = match replace(call, resource, self.validate_only) {
                Ok(()) => (ErrorCode::NONE, None),
                Err(refused) => (refused.code, refused.message),
            };
            response.responses.push(outcome(kind, name, code, message));
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> AlterConfigsResponse {
        let resources = self.resources.into_iter();
        let responses =
            resources.map(|resource| outcome(resource.resource_type, resource.resource_name, code, None));
        AlterConfigsResponse {
            responses: responses.collect(),
            ..AlterConfigsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let resources = self.resources.iter();
        resources
            .filter_map(|one| configs::subject(one.resource_type, &one.resource_name))
            .collect()
    }
}

fn outcome(kind: i8, name: String, code: ErrorCode, message: Option<String>) -> AlterConfigsResourceResponse {
    AlterConfigsResourceResponse {
        error_code: code.0,
        error_message: message,
        resource_type: kind,
        resource_name: name,
    }
}

fn replace(call: &mut Call<'_>, resource: AlterConfigsResource, validate_only: bool) -> Result<(), Refusal> {
    let kind = resource.resource_type;
    if kind == LOGGERS {
        return Err(Refusal::new(
            ErrorCode::INVALID_REQUEST,
            format!("Unknown resource type {kind}"),
        ));
    }
    require_altering(call, kind, &resource.resource_name)?;
    let values = resource
        .configs
        .into_iter()
        .map(|config| (config.name, config.value));
    let values = values.collect();
    let plan = Plan::replacing(call, resource.resource_type, &resource.resource_name, values)?;
    if validate_only {
        Ok(())
    } else {
        plan.carry_out(call)
    }
}
