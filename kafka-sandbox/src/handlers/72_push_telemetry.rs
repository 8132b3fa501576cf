//! PushTelemetry: takes a client's metrics (KIP-714). They are checked, unpacked, and dropped: nobody here reads them.

use protocol::ErrorCode;
use protocol::compress::{Compression, Decompressor, Lz4Header};
use protocol::messages::push_telemetry::{PushTelemetryRequest, PushTelemetryResponse};

use super::get_telemetry_subscriptions::{bytes_max, properties, wanted};
use super::{Call, Handle, Reply};
use crate::telemetry::Push;

/// How much larger than `telemetry.max.bytes` metrics may be once they are unpacked.
const UNPACKED_FACTOR: usize = 10;

impl Handle for PushTelemetryRequest {
    fn handle(self, call: &mut Call<'_>) -> Reply<PushTelemetryResponse> {
        let id = self.client_instance_id;
        if id.is_zero() {
            return Reply::Now(self.refuse(call, ErrorCode::INVALID_REQUEST));
        }
        let wanted = wanted(&call.state.configs);
        let push = Push {
            subscription_id: self.subscription_id,
            terminating: self.terminating,
            codec: self.compression_type,
            bytes: self.metrics.len(),
            bytes_max: bytes_max(&call.state.configs),
        };
        // Apart, so that what is matched with the subscriptions can be had from the call.
        let mut telemetry = std::mem::take(&mut call.state.telemetry);
        let properties = properties(call, id);
        let taken = telemetry.push(call.now.elapsed, id, &wanted, &properties, push);
        call.state.telemetry = telemetry;
        let taken = taken.and_then(|()| unpack(&self, push.bytes_max));
        let code = taken.err().unwrap_or_default();
        Reply::Now(self.refuse(call, code))
    }

    fn refuse(self, _: &Call<'_>, code: ErrorCode) -> PushTelemetryResponse {
        PushTelemetryResponse {
            error_code: code.0,
            ..PushTelemetryResponse::default()
        }
    }
}

fn unpack(request: &PushTelemetryRequest, bytes_max: usize) -> Result<(), ErrorCode> {
    let codec = u8::try_from(request.compression_type).ok();
    let codec = codec.and_then(Compression::from_id);
    let codec = codec.ok_or(ErrorCode::UNSUPPORTED_COMPRESSION_TYPE)?;
    if request.metrics.is_empty() || codec == Compression::None {
        return Ok(());
    }
    let mut unpacker = Decompressor::new(bytes_max.saturating_mul(UNPACKED_FACTOR));
    let unpacked = unpacker.decompress(codec, Lz4Header::Checked, &request.metrics);
    unpacked.map(|_| ()).map_err(|_| ErrorCode::INVALID_RECORD)
}
