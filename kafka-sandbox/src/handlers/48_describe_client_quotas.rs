//! DescribeClientQuotas: lists the quotas that are set (KIP-546).

use std::collections::BTreeMap;

use protocol::ErrorCode;
use protocol::messages::describe_client_quotas::{
    ComponentData, DescribeClientQuotasRequest, DescribeClientQuotasResponse, EntityData, EntryData,
    ValueData,
};

use super::refusal::Refusal;
use super::{Call, Handle, Reply};
use crate::quota::{CLIENT_ID, Entity, EntityFilter, IP, Match, USER};
use crate::security::acl::Operation;

impl Handle for DescribeClientQuotasRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<DescribeClientQuotasResponse> {
        if !call.authorize_cluster(Operation::DescribeConfigs) {
            let (code, message) = (ErrorCode::CLUSTER_AUTHORIZATION_FAILED, None);
            return Reply::Now(refused(Refusal { code, message }));
        }
        let filter = match read(self.components, self.strict) {
            Ok(filter) => filter,
            Err(refusal) => return Reply::Now(refused(refusal)),
        };
        let found = call.state.quotas.matching(&filter);
        Reply::Now(DescribeClientQuotasResponse {
            entries: Some(found.map(|(entity, values)| describe(entity, values)).collect()),
            ..DescribeClientQuotasResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> DescribeClientQuotasResponse {
        refused(Refusal::from(code))
    }
}

fn refused(refusal: Refusal) -> DescribeClientQuotasResponse {
    DescribeClientQuotasResponse {
        error_code: refusal.code.0,
        error_message: refusal.message,
        entries: None,
        ..DescribeClientQuotasResponse::default()
    }
}

fn read(components: Vec<ComponentData>, strict: bool) -> Result<EntityFilter, Refusal> {
    let invalid = |text: String| Refusal::new(ErrorCode::INVALID_REQUEST, text);
    let mut parts = BTreeMap::new();
    for component in components {
        let kind = component.entity_type;
        if kind.is_empty() {
            return Err(invalid("Invalid empty entity type.".to_owned()));
        }
        if parts.contains_key(&kind) {
            let text = format!("Entity type {kind} cannot appear more than once in the filter.");
            return Err(invalid(text));
        }
        if ![USER, CLIENT_ID, IP].contains(&kind.as_str()) {
            let text = format!("Unsupported entity type {kind}");
            return Err(Refusal::new(ErrorCode::UNSUPPORTED_VERSION, text));
        }
        let also = |kind: &str| format!("Request specified {kind}, but also specified a match string.");
        let wanted = match (component.match_type, component.r#match) {
            (0, Some(name)) => Match::Exact(name),
            (0, None) => {
                let text = "Request specified MATCH_TYPE_EXACT, but set match string to null.";
                return Err(invalid(text.to_owned()));
            }
            (1, None) => Match::Default,
            (1, Some(_)) => return Err(invalid(also("MATCH_TYPE_DEFAULT"))),
            (2, None) => Match::Any,
            (2, Some(_)) => return Err(invalid(also("MATCH_TYPE_SPECIFIED"))),
            (other, _) => return Err(invalid(format!("Unknown match type {other}"))),
        };
        parts.insert(kind, wanted);
    }
    if parts.contains_key(IP) && parts.len() > 1 {
        let text = "Invalid entity filter component combination. IP filter component should not be used with user or \
                    clientId filter component.";
        return Err(invalid(text.to_owned()));
    }
    Ok(EntityFilter { parts, strict })
}

fn describe(entity: &Entity, values: &BTreeMap<String, f64>) -> EntryData {
    let parts = entity.0.iter().map(|(kind, name)| EntityData {
        entity_type: kind.clone(),
        entity_name: name.clone(),
    });
    let values = values.iter().map(|(key, &value)| ValueData {
        key: key.clone(),
        value,
    });
    EntryData {
        entity: parts.collect(),
        values: values.collect(),
    }
}
