//! TLS by rustls: everything that knows rustls is in this file.

use std::io;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::config::{TlsConfig, TlsRoots};
use crate::connection::Fault;
use crate::error::TransportPhase;

/// What is needed to encrypt connections.
#[derive(Clone)]
pub(super) struct Tls(TlsConnector);

impl Tls {
    /// Reads the certificates and keys.
    ///
    /// # Errors
    ///
    /// When one of them cannot be used; the text says which and why.
    pub(super) fn new(config: &TlsConfig) -> Result<Self, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut verifier = server_verifier(config, &provider)?;
        if !config.verify_host_name {
            verifier = Arc::new(AnyName(verifier));
        }
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let client = match &config.identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                let chain = certificates(&identity.chain, "the client certificate")?;
                let key = PrivateKeyDer::from_pem_slice(identity.key.expose().as_bytes()).map_err(|_| {
                    "the client's private key is no unencrypted PEM key (PKCS #8, PKCS #1 or SEC 1); an encrypted \
                     one must be decrypted first"
                        .to_owned()
                })?;
                builder
                    .with_client_auth_cert(chain, key)
                    .map_err(|error| format!("the client certificate and its key cannot be used: {error}"))?
            }
        };
        Ok(Self(TlsConnector::from(Arc::new(client))))
    }

    /// Encrypts a connection to `host`.
    pub(super) async fn connect(&self, host: &str, stream: TcpStream) -> Result<TlsStream<TcpStream>, Fault> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| {
            Fault::permanent(
                TransportPhase::Tls,
                format!("`{host}` is no name that a certificate can be for"),
            )
        })?;
        self.0
            .connect(name, stream)
            .await
            .map_err(|error| fault(error, TransportPhase::Tls))
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

fn server_verifier(
    config: &TlsConfig,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, String> {
    match &config.roots {
        TlsRoots::Platform => Verifier::new(provider.clone())
            .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
            .map_err(|error| format!("the system's trusted certificates cannot be used: {error}")),
        TlsRoots::Pem(text) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(text, "the trusted certificates")? {
                roots
                    .add(certificate)
                    .map_err(|error| format!("a trusted certificate cannot be used: {error}"))?;
            }
            let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
                .build()
                .map_err(|error| format!("the trusted certificates cannot be used: {error}"))?;
            Ok(verifier)
        }
    }
}

fn certificates(text: &str, what: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(format!("{what}: there is no PEM certificate")),
        Err(error) => Err(format!("{what}: {error}")),
    }
}

/// Accepts a certificate for another name than the one that was dialled.
#[derive(Debug)]
struct AnyName(Arc<dyn ServerCertVerifier>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self
            .0
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

fn tls_error(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref::<Error>()
}

/// Whether TLS itself failed, not the socket below.
pub(super) fn is_tls_error(error: &io::Error) -> bool {
    tls_error(error).is_some()
}

/// What a failure of TLS means, and what to do about it.
pub(super) fn fault(error: io::Error, phase: TransportPhase) -> Fault {
    let Some(tls) = tls_error(&error) else {
        // A broker without TLS takes the greeting for an impossible length and closes, as any broker does that stops.
        let reason = match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                "the broker closed the connection during the TLS handshake; if the port does not speak TLS, set \
                 security.protocol=PLAINTEXT (or SASL_PLAINTEXT)"
            }
            _ => "the connection broke during the TLS handshake",
        };
        return Fault::lost(phase, reason).with_source(error);
    };
    let denied = |reason: String| Fault::denied(phase, "TLS", reason);
    match tls {
        Error::InvalidCertificate(reason) => denied(certificate_reason(reason)),
        Error::InvalidMessage(_) => Fault::permanent(
            phase,
            "the port does not speak TLS: set security.protocol=PLAINTEXT (or SASL_PLAINTEXT), or use the port of a \
             TLS listener",
        ),
        Error::AlertReceived(AlertDescription::CertificateRequired | AlertDescription::BadCertificate) => denied(
            "the broker demands a certificate of the client that it trusts: set ssl.keystore.location (or \
             ssl.keystore.certificate.chain and ssl.keystore.key)"
                .to_owned(),
        ),
        Error::AlertReceived(AlertDescription::CertificateExpired) => {
            denied("the broker says that the client's certificate has expired: renew it".to_owned())
        }
        Error::AlertReceived(AlertDescription::UnknownCA | AlertDescription::CertificateUnknown) => denied(
            "the broker does not trust the client's certificate: it must be signed by a CA of the broker's truststore"
                .to_owned(),
        ),
        Error::AlertReceived(AlertDescription::HandshakeFailure | AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(_) => denied(format!(
            "the broker and this client have no TLS version or cipher in common ({tls}); TLS 1.2 and 1.3 are spoken"
        )),
        // A broker that stops may end in the middle of a record.
        other => Fault::lost(phase, format!("TLS failed: {other}")),
    }
}

fn certificate_reason(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the broker's certificate has expired: renew it, and check the clock of this machine".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the broker's certificate is not valid yet: check the clock of this machine".to_owned()
        }
        CertificateError::UnknownIssuer => {
            "the broker's certificate is signed by a CA that this client does not \
             trust: set ssl.truststore.location (or ssl.truststore.certificates) to the CA's certificate"
                .to_owned()
        }
        // A CA that was made anew has a new key, and mostly its old name.
        CertificateError::BadSignature => {
            "the broker's certificate is signed by another CA of the same name than the one that this client trusts: set \
             ssl.truststore.location (or ssl.truststore.certificates) to the CA's present certificate"
                .to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => format!(
            "the broker's certificate is for another host ({error}): dial a name that it is for, or set \
             ssl.endpoint.identification.algorithm= (empty) to accept any"
        ),
        other => format!("the broker's certificate is not accepted: {other}"),
    }
}
