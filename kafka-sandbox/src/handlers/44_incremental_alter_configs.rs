//! IncrementalAlterConfigs: sets and unsets configs one by one (KIP-339).

use protocol::ErrorCode;
use protocol::messages::incremental_alter_configs::{
    AlterConfigsResource, AlterConfigsResourceResponse, AlterableConfig, IncrementalAlterConfigsRequest,
    IncrementalAlterConfigsResponse,
};
use rustc_hash::FxHashMap;

use super::alteration::{Alteration, Operation};
use super::configs::{LOGGERS, Plan, require_altering};
use super::refusal::Refusal;
use super::{Call, Handle, Reply, configs};
use crate::fault::Subject;
use crate::state::State;

impl Handle for IncrementalAlterConfigsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<IncrementalAlterConfigsResponse> {
        let mut times: FxHashMap<(i8, String), usize> = FxHashMap::default();
        for resource in &self.resources {
            *times.entry(name(resource)).or_default() += 1;
        }
        let mut response = IncrementalAlterConfigsResponse::default();
        for resource in self.resources {
            let place = name(&resource);
            let outcome = if times.get(&place).is_some_and(|&times| times > 1) {
                Err(Refusal::new(
                    ErrorCode::INVALID_REQUEST,
                    "Each resource must appear at most once.",
                ))
            } else {
                alter(call, resource, self.validate_only)
            };
            let (error_code, error_message) = match outcome {
                Ok(()) => (ErrorCode::NONE, None),
                Err(refused) => (refused.code, refused.message),
            };
            let (resource_type, resource_name) = place;
            response.responses.push(AlterConfigsResourceResponse {
                error_code: error_code.0,
                error_message,
                resource_type,
                resource_name,
            });
        }
        Reply::Now(response)
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> IncrementalAlterConfigsResponse {
        let resources = self
            .resources
            .into_iter()
            .map(|resource| AlterConfigsResourceResponse {
                error_code: code.0,
                error_message: None,
                resource_type: resource.resource_type,
                resource_name: resource.resource_name,
            });
        IncrementalAlterConfigsResponse {
            responses: resources.collect(),
            ..IncrementalAlterConfigsResponse::default()
        }
    }

    fn subjects(&self, _: &State) -> Vec<Subject> {
        let resources = self.resources.iter();
        resources
            .filter_map(|one| configs::subject(one.resource_type, &one.resource_name))
            .collect()
    }
}

fn name(resource: &AlterConfigsResource) -> (i8, String) {
    (resource.resource_type, resource.resource_name.clone())
}

fn alter(call: &mut Call<'_>, resource: AlterConfigsResource, validate_only: bool) -> Result<(), Refusal> {
    let kind = resource.resource_type;
    require_altering(call, kind, &resource.resource_name)?;
    if kind == LOGGERS {
        return alter_loggers(call.broker, &resource);
    }
    let mut alterations = Vec::with_capacity(resource.configs.len());
    for config in resource.configs {
        let Some(operation) = Operation::of_number(config.config_operation) else {
            let (code, message) = (ErrorCode::UNKNOWN_SERVER_ERROR, None);
            return Err(Refusal { code, message });
        };
        alterations.push(Alteration {
            name: config.name,
            operation,
            value: config.value,
        });
    }
    let plan = Plan::new(
        call,
        resource.resource_type,
        &resource.resource_name,
        &alterations,
    )?;
    if validate_only {
        Ok(())
    } else {
        plan.carry_out(call)
    }
}

/// Refuses to alter the levels of loggers, of which a broker has none here.
fn alter_loggers(broker: i32, resource: &AlterConfigsResource) -> Result<(), Refusal> {
    let invalid = |text: String| Err(Refusal::new(ErrorCode::INVALID_REQUEST, text));
    let operation = |config: &AlterableConfig| Operation::of_number(config.config_operation);
    let mut configs = resource.configs.iter();
    let null = configs.find(|config| config.value.is_none() && operation(config) != Some(Operation::Delete));
    if let Some(config) = null {
        return invalid(format!("Null value not supported for : {}", config.name));
    }
    match resource.resource_name.parse::<i32>() {
        Ok(id) if id == broker => {}
        Ok(id) => {
            return invalid(format!(
                "Unexpected node id. Expected {broker}, but received {id}"
            ));
        }
        Err(_) => {
            let name = &resource.resource_name;
            return invalid(format!("Node id must be an integer, but it is: {name}"));
        }
    }
    let Some(config) = resource.configs.first() else {
        return Ok(());
    };
    let verb = match operation(config) {
        Some(Operation::Append) => "APPEND",
        Some(Operation::Subtract) => "SUBTRACT",
        Some(Operation::Delete) if config.name == "root" => {
            return invalid("Removing the log level of the root logger is not allowed".to_owned());
        }
        Some(Operation::Set) if !is_level(config.value.as_deref()) => {
            let (name, level) = (&config.name, config.value.as_deref().unwrap_or_default());
            let text = format!(
                "Cannot set the log level of {name} to {level} as it is not a supported log level. Valid log levels \
                 are {}",
                LEVELS.join(", ")
            );
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, text));
        }
        Some(Operation::Set | Operation::Delete) | None => {
            let text = format!("Logger {} does not exist!", config.name);
            return Err(Refusal::new(ErrorCode::INVALID_CONFIG, text));
        }
    };
    invalid(format!(
        "{verb} operation is not allowed for the BROKER_LOGGER resource"
    ))
}

/// The levels of loggers.
const LEVELS: &[&str] = &["DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"];

fn is_level(text: Option<&str>) -> bool {
    text.is_some_and(|text| LEVELS.contains(&text))
}
