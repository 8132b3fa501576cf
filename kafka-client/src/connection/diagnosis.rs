//! What a peer is that does not behave like a Kafka listener of the configured kind, and what to change.

use std::io;

use protocol::wire::{DecodeError, DecodeErrorKind};

use super::fault::{Fault, FaultKind};
use crate::error::TransportPhase;

/// Why received bytes are no frame. `encrypted` is whether the connection uses TLS.
pub(super) fn bad_frame(error: &DecodeError, phase: TransportPhase, encrypted: bool) -> Fault {
    let length = match error.kind() {
        DecodeErrorKind::BadLength(length) => i32::try_from(*length).ok(),
        DecodeErrorKind::FrameTooLarge { length, .. } => i32::try_from(*length).ok(),
        _ => None,
    };
    // Whoever speaks another protocol begins with something that is no length of a frame.
    match length.map(i32::to_be_bytes) {
        Some([0x15 | 0x16, 0x03, ..]) if !encrypted => Fault::permanent(
            phase,
            "the port speaks TLS, this client does not: set security.protocol=SSL (or SASL_SSL)",
        ),
        Some([b'H', b'T', b'T', b'P']) => Fault::permanent(
            phase,
            "an HTTP server answers on this port, not a Kafka broker: check host and port in bootstrap.servers",
        ),
        Some(bytes) if bytes.iter().all(|byte| byte.is_ascii_graphic()) => Fault::permanent(
            phase,
            format!(
                "the answer begins with `{}`, this is not a Kafka broker: check host and port in bootstrap.servers",
                String::from_utf8_lossy(&bytes)
            ),
        ),
        _ => Fault::lost(
            phase,
            format!("the peer sent what is no Kafka reply ({error}); the connection was closed"),
        ),
    }
}

/// How the peer was when it ended the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It had not answered the very first request.
    Silent,
    /// It had told its versions; authentication was under way.
    Authenticating,
    /// It had answered nothing but the question for its versions, and was asked something else.
    Greeted,
    /// It had answered requests.
    Working,
}

/// Why a connection ended, when the peer closed it or the system reports `source`.
pub(super) fn ended(
    progress: Progress,
    encrypted: bool,
    authenticated: bool,
    source: Option<io::Error>,
) -> Fault {
    let how = match &source {
        None => "the broker closed the connection",
        Some(error) if error.kind() == io::ErrorKind::ConnectionReset => "the broker reset the connection",
        Some(_) => "the connection broke",
    };
    let (phase, kind, hint) = match progress {
        Progress::Silent if encrypted => (
            TransportPhase::Handshake,
            FaultKind::Silent,
            " before its first answer; is this a Kafka listener?",
        ),
        Progress::Silent => (
            TransportPhase::Handshake,
            FaultKind::Silent,
            " before its first answer; if the port speaks TLS, set security.protocol=SSL (or SASL_SSL)",
        ),
        Progress::Authenticating => (
            TransportPhase::Handshake,
            FaultKind::Lost,
            " during authentication",
        ),
        Progress::Greeted if !authenticated => (
            TransportPhase::Established,
            FaultKind::Lost,
            " upon the first request; if the listener demands authentication, set \
             security.protocol=SASL_PLAINTEXT (or SASL_SSL) and sasl.mechanism",
        ),
        Progress::Greeted | Progress::Working => (TransportPhase::Established, FaultKind::Lost, ""),
    };
    Fault {
        phase,
        kind,
        reason: format!("{how}{hint}"),
        source: source.map(std::sync::Arc::new),
    }
}
