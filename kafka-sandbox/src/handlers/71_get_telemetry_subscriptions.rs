//! GetTelemetrySubscriptions: tells a client which of its metrics to send (KIP-714).

use std::time::Duration;

use protocol::messages::get_telemetry_subscriptions::{
    GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse,
};
use protocol::{ErrorCode, Uuid};

use super::{Call, Handle, Reply};
use crate::profile::configs::Kind;
use crate::state::Configs;
use crate::telemetry::{CODECS, Properties, Wanted};

impl Handle for GetTelemetrySubscriptionsRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<GetTelemetrySubscriptionsResponse> {
        let id = if self.client_instance_id.is_zero() {
            call.state.new_id()
        } else {
            self.client_instance_id
        };
        let wanted = wanted(&call.state.configs);
        // Apart, so that what is matched with the subscriptions can be had from the call.
        let mut telemetry = std::mem::take(&mut call.state.telemetry);
        let properties = properties(call, id);
        let asked = telemetry.ask(call.now.elapsed, id, &wanted, &properties);
        call.state.telemetry = telemetry;
        let subscription = match asked {
            Ok(subscription) => subscription,
            Err(code) => return Reply::Now(self.refuse(call, code)),
        };
        let bytes_max = i32::try_from(bytes_max(&call.state.configs)).unwrap_or(i32::MAX);
        let interval = subscription.interval.as_millis();
        Reply::Now(GetTelemetrySubscriptionsResponse {
            client_instance_id: id,
            subscription_id: subscription.id,
            accepted_compression_types: CODECS.to_vec(),
            push_interval_ms: i32::try_from(interval).unwrap_or(i32::MAX),
            telemetry_max_bytes: bytes_max,
            delta_temporality: true,
            requested_metrics: subscription.metrics.into_iter().collect(),
            ..GetTelemetrySubscriptionsResponse::default()
        })
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> GetTelemetrySubscriptionsResponse {
        GetTelemetrySubscriptionsResponse {
            error_code: code.0,
            ..GetTelemetrySubscriptionsResponse::default()
        }
    }
}

/// The subscriptions that are configured.
pub(super) fn wanted(configs: &Configs) -> Vec<Wanted> {
    let names = configs.resources(Kind::ClientMetrics);
    let read = names.iter().map(|name| {
        let value = |key| configs.value(Kind::ClientMetrics, name, key).unwrap_or_default();
        let list = |text: &str| -> Vec<String> {
            let elements = text.split(',').map(str::trim);
            elements
                .filter(|element| !element.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let patterns = list(&value("match")).into_iter().filter_map(|pair| {
            let (name, pattern) = pair.split_once('=')?;
            Some((name.trim().to_owned(), pattern.trim().to_owned()))
        });
        Wanted {
            metrics: list(&value("metrics")),
            interval: Duration::from_millis(value("interval.ms").trim().parse().unwrap_or(300_000)),
            patterns: patterns.collect(),
        }
    });
    read.collect()
}

/// What subscriptions are matched with.
pub(super) fn properties<'a>(call: &'a Call<'_>, id: Uuid) -> Properties<'a> {
    Properties {
        instance_id: id.to_string(),
        client_id: &call.client.id,
        software_name: &call.session.software.name,
        software_version: &call.session.software.version,
        address: &call.client.host,
    }
}

/// How many bytes of metrics a client may send at once.
pub(super) fn bytes_max(configs: &Configs) -> usize {
    usize::try_from(configs.broker_number("telemetry.max.bytes", 1_048_576)).unwrap_or(0)
}
