//! What is said on a connection before anybody's requests: versions first, then authentication.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::messages::api_versions::{ApiVersionsRequest, ApiVersionsResponse};
use protocol::messages::sasl_authenticate::{SaslAuthenticateRequest, SaslAuthenticateResponse};
use protocol::messages::sasl_handshake::{SaslHandshakeRequest, SaslHandshakeResponse};
use protocol::sasl::scram::SaltedPassword;
use protocol::sasl::{self, Credentials, Mechanism, NONCE_LEN, SaslClient, Step};
use protocol::wire::{DecodeError, EncodeError, Frame, Reader};
use protocol::{ApiKey, Decode, ErrorCode, Request};

use super::fault::{Fault, FaultKind};
use super::versions::BrokerVersions;
use crate::cluster::NodeId;
use crate::error::TransportPhase;

/// What the link knows of its peer beforehand.
#[derive(Clone, Debug)]
pub struct Peer {
    /// `host:port` as configured or advertised, for errors.
    pub address: Arc<str>,
    /// The broker's id, when it was learnt from metadata.
    pub node: Option<NodeId>,
    /// The cluster's id, to be told to the broker so that it notices a misrouted connection (KIP-1242).
    pub cluster: Option<Arc<str>>,
    /// The version of ApiVersions to begin with.
    pub first_version: i16,
}

/// What the client proves itself with, this once.
#[derive(Debug)]
pub struct Login {
    /// The credentials.
    pub credentials: Credentials,
    /// Random bytes that are used once.
    pub nonce: [u8; NONCE_LEN],
    /// What an earlier exchange of the same user hashed the password to.
    pub salted: Option<SaltedPassword>,
    /// A random number from 0 to 1, which spreads the moments of re-authentication.
    pub jitter: f64,
}

/// A request of the handshake.
#[derive(Debug)]
pub(super) enum SetupRequest {
    Authenticate(SaslAuthenticateRequest),
    Mechanism(SaslHandshakeRequest),
    Versions(ApiVersionsRequest),
}

impl SetupRequest {
    pub(super) fn key(&self) -> ApiKey {
        match self {
            Self::Authenticate(_) => SaslAuthenticateRequest::KEY,
            Self::Mechanism(_) => SaslHandshakeRequest::KEY,
            Self::Versions(_) => ApiVersionsRequest::KEY,
        }
    }

    pub(super) fn encode(&self, id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        use protocol::frame::encode_request;
        match self {
            Self::Authenticate(request) => encode_request(id, Some(client_id), version, request),
            Self::Mechanism(request) => encode_request(id, Some(client_id), version, request),
            Self::Versions(request) => encode_request(id, Some(client_id), version, request),
        }
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    /// Requests may be sent.
    Done(Authenticated),
    /// The caller is to hand in a [`Login`].
    Login,
    /// This request, in this version.
    Send(SetupRequest, i16),
}

/// What authentication ended with.
#[derive(Debug, Default)]
pub(super) struct Authenticated {
    /// How long it holds; none when for ever.
    pub(super) lifetime: Option<Duration>,
    /// Where in the window for re-authentication this connection takes its turn, from 0 to 1.
    pub(super) jitter: f64,
    /// What SCRAM hashed the password to.
    pub(super) salted: Option<SaltedPassword>,
}

/// The highest version of ApiVersions that every broker since 2.4 answers or rejects in a way that can be read.
pub const API_VERSIONS_COMMON: i16 = 4;

#[derive(Debug)]
enum Stage {
    /// Waits for the broker's versions.
    Versions,
    /// Waits for a [`Login`].
    Login,
    /// Waits for the broker to accept the mechanism.
    Mechanism(SaslClient, f64),
    /// Waits for the broker's next message.
    Exchange(SaslClient, f64),
    /// Requests may be sent.
    Done,
}

/// The state of the handshake.
#[derive(Debug)]
pub(super) struct Handshake {
    peer: Peer,
    mechanism: Option<Mechanism>,
    stage: Stage,
    /// Lower versions of ApiVersions that were tried on this connection.
    attempts: u32,
    versions: Option<Arc<BrokerVersions>>,
}

impl Handshake {
    pub(super) fn new(peer: Peer, mechanism: Option<Mechanism>) -> Self {
        Self {
            peer,
            mechanism,
            stage: Stage::Versions,
            attempts: 0,
            versions: None,
        }
    }

    pub(super) fn peer(&self) -> &Peer {
        &self.peer
    }

    pub(super) fn name_node(&mut self, node: NodeId) {
        self.peer.node = Some(node);
    }

    pub(super) fn versions(&self) -> Option<&Arc<BrokerVersions>> {
        self.versions.as_ref()
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    pub(super) fn awaits_login(&self) -> bool {
        matches!(self.stage, Stage::Login)
    }

    /// Begins.
    pub(super) fn start(&self) -> Next {
        self.ask_versions(self.peer.first_version)
    }

    /// Authenticates anew on the living connection (KIP-368).
    pub(super) fn restart(&mut self) -> Next {
        self.stage = Stage::Login;
        Next::Login
    }

    fn ask_versions(&self, version: i16) -> Next {
        let mut request = ApiVersionsRequest {
            client_software_name: "kafkactl-rust".to_owned(),
            client_software_version: env!("CARGO_PKG_VERSION").to_owned(),
            ..ApiVersionsRequest::default()
        };
        if let (Some(cluster), Some(node), 5..) = (&self.peer.cluster, self.peer.node, version) {
            request.cluster_id = Some(cluster.as_ref().to_owned());
            request.node_id = node.0;
        }
        Next::Send(SetupRequest::Versions(request), version)
    }

    /// Takes the reply to the last request.
    pub(super) fn handle_reply(&mut self, version: i16, body: &Bytes) -> Result<Next, Fault> {
        match std::mem::replace(&mut self.stage, Stage::Versions) {
            Stage::Versions => self.handle_versions(version, body),
            Stage::Mechanism(client, jitter) => self.handle_mechanism(client, jitter, version, body),
            Stage::Exchange(client, jitter) => self.handle_exchange(client, jitter, version, body),
            stage @ (Stage::Login | Stage::Done) => {
                self.stage = stage;
                Err(Fault::lost(
                    TransportPhase::Handshake,
                    "the broker replied to a request that was not sent",
                ))
            }
        }
    }

    fn handle_versions(&mut self, version: i16, body: &Bytes) -> Result<Next, Fault> {
        let mut start = Reader::new(body);
        let code = ErrorCode(start.i16().map_err(|error| malformed(&error))?);
        match code {
            ErrorCode::NONE => {}
            ErrorCode::UNSUPPORTED_VERSION if version > 0 => {
                self.attempts += 1;
                return Ok(self.ask_versions(self.lower_version(version, body)));
            }
            ErrorCode::REBOOTSTRAP_REQUIRED => {
                return Err(Fault {
                    phase: TransportPhase::Handshake,
                    kind: FaultKind::Rebootstrap,
                    reason: "the connection ended at another broker or cluster than it was meant for"
                        .to_owned(),
                    source: None,
                });
            }
            code => {
                let reason = format!(
                    "the broker does not tell its versions ({code}: {})",
                    code.meaning()
                );
                return Err(Fault::lost(TransportPhase::Handshake, reason));
            }
        }
        // Bytes that are left over are tolerated here, and only here: nothing is agreed on yet.
        let response = ApiVersionsResponse::decode(&mut Reader::new(body), version)
            .map_err(|error| malformed(&error))?;
        self.versions = Some(Arc::new(BrokerVersions::of(&response)));
        Ok(if self.mechanism.is_some() {
            self.restart()
        } else {
            self.stage = Stage::Done;
            Next::Done(Authenticated::default())
        })
    }

    /// The version to try after the broker rejected `version`. It names its own range in the layout of version 0; a
    /// peer that does not is asked in that version, which all know.
    fn lower_version(&self, version: i16, body: &Bytes) -> i16 {
        if self.attempts > 1 {
            return 0;
        }
        let named = ApiVersionsResponse::decode(&mut Reader::new(body), 0)
            .ok()
            .and_then(|response| {
                response
                    .api_keys
                    .iter()
                    .find(|api| api.api_key == ApiKey::API_VERSIONS.0)
                    .map(|api| api.max_version)
            });
        named.unwrap_or(0).clamp(0, version - 1)
    }

    /// Takes what the client is to prove itself with.
    pub(super) fn handle_login(&mut self, login: Login) -> Result<Next, Fault> {
        let mechanism = self.mechanism.unwrap_or(Mechanism::Plain);
        let mut client = SaslClient::new(mechanism, &login.credentials, &login.nonce).map_err(rejected)?;
        if let Some(salted) = login.salted {
            client.reuse(salted);
        }
        let version = self.choose(SaslHandshakeRequest::KEY, 1, 1)?;
        self.stage = Stage::Mechanism(client, login.jitter);
        let request = SaslHandshakeRequest {
            mechanism: mechanism.name().to_owned(),
        };
        Ok(Next::Send(SetupRequest::Mechanism(request), version))
    }

    fn handle_mechanism(
        &mut self,
        client: SaslClient,
        jitter: f64,
        version: i16,
        body: &Bytes,
    ) -> Result<Next, Fault> {
        let response =
            SaslHandshakeResponse::decode(&mut Reader::new(body), version).map_err(|e| malformed(&e))?;
        let mechanism = client.mechanism().name();
        let denied = |reason: String| Err(Fault::denied(TransportPhase::Handshake, mechanism, reason));
        match ErrorCode(response.error_code) {
            ErrorCode::NONE => {}
            ErrorCode::UNSUPPORTED_SASL_MECHANISM => {
                let offered = response.mechanisms.join(", ");
                return denied(format!(
                    "the broker does not offer the SASL mechanism {mechanism}; set sasl.mechanism to one of: {offered}"
                ));
            }
            ErrorCode::ILLEGAL_SASL_STATE => {
                return denied(
                    "the listener does not authenticate by SASL: set security.protocol=PLAINTEXT (or SSL), or use \
                     the port of a SASL listener"
                        .to_owned(),
                );
            }
            code => {
                return denied(format!(
                    "the broker refuses to authenticate ({code}: {})",
                    code.meaning()
                ));
            }
        }
        let initial = Bytes::copy_from_slice(client.initial());
        self.authenticate(client, jitter, initial)
    }

    fn authenticate(&mut self, client: SaslClient, jitter: f64, message: Bytes) -> Result<Next, Fault> {
        let version = self.choose(SaslAuthenticateRequest::KEY, 0, 2)?;
        self.stage = Stage::Exchange(client, jitter);
        Ok(Next::Send(
            SetupRequest::Authenticate(SaslAuthenticateRequest { auth_bytes: message }),
            version,
        ))
    }

    fn handle_exchange(
        &mut self,
        mut client: SaslClient,
        jitter: f64,
        version: i16,
        body: &Bytes,
    ) -> Result<Next, Fault> {
        let response =
            SaslAuthenticateResponse::decode(&mut Reader::new(body), version).map_err(|e| malformed(&e))?;
        let code = ErrorCode(response.error_code);
        if code != ErrorCode::NONE {
            let said = response.error_message.as_deref().filter(|text| !text.is_empty());
            let why = client.rejection().or(said).unwrap_or_else(|| code.meaning());
            let reason = format!("the broker rejects the credentials ({code}): {why}");
            return Err(Fault::denied(
                TransportPhase::Handshake,
                client.mechanism().name(),
                reason,
            ));
        }
        match client.challenge(&response.auth_bytes).map_err(rejected)? {
            Step::Send(message) => self.authenticate(client, jitter, message.into()),
            Step::Done => {
                self.stage = Stage::Done;
                let lifetime = u64::try_from(response.session_lifetime_ms)
                    .ok()
                    .filter(|millis| *millis > 0);
                Ok(Next::Done(Authenticated {
                    lifetime: lifetime.map(Duration::from_millis),
                    jitter,
                    salted: client.salted_password().cloned(),
                }))
            }
        }
    }

    fn choose(&self, key: ApiKey, first: i16, last: i16) -> Result<i16, Fault> {
        let ours = protocol::VersionRange { first, last };
        let chosen = self
            .versions
            .as_ref()
            .map(|versions| versions.choose(key, ours, self.peer.node));
        match chosen {
            Some(Ok(version)) => Ok(version),
            Some(Err(error)) => Err(Fault::permanent(TransportPhase::Handshake, error.to_string())),
            None => Err(Fault::lost(
                TransportPhase::Handshake,
                "the broker's versions are not known",
            )),
        }
    }
}

fn malformed(error: &DecodeError) -> Fault {
    Fault::lost(
        TransportPhase::Handshake,
        format!("cannot read the broker's reply: {error}"),
    )
}

fn rejected(error: sasl::AuthError) -> Fault {
    Fault::denied(
        TransportPhase::Handshake,
        error.mechanism.name(),
        error.kind.to_string(),
    )
}
