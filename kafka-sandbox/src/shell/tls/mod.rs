//! TLS by rustls: a CA made on the spot, certificates signed by it, and who a client is by its own.

mod certificates;
mod name;

use std::fmt;
use std::io;
use std::sync::Arc;

use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub(crate) use certificates::Authority;
pub use certificates::Identity;

/// Whether clients show a certificate, as `ssl.client.auth` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// They are not asked.
    #[default]
    None,
    /// They may: one that shows none is `User:ANONYMOUS`.
    Requested,
    /// They must.
    Required,
}

/// Why there can be no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A certificate cannot be made.
    #[error("a certificate cannot be made")]
    Certificate(#[from] rcgen::Error),
    /// The certificates cannot be used.
    #[error("the certificates cannot be used")]
    Config(#[from] rustls::Error),
    /// The clients' certificates cannot be checked.
    #[error("the clients' certificates cannot be checked")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
    /// There is no TLS here.
    #[error("the sandbox was started without TLS")]
    Off,
}

/// What encrypts the connections that come in.
#[derive(Clone)]
pub(crate) struct Encryption(TlsAcceptor);

impl Encryption {
    /// Shows a certificate for `names`, and asks clients for theirs as `client_auth` says.
    pub(crate) fn new(
        authority: &Authority,
        names: &[String],
        client_auth: ClientAuth,
    ) -> Result<Self, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder =
            ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
        let builder = match client_auth {
            ClientAuth::None => builder.with_no_client_auth(),
            ClientAuth::Requested | ClientAuth::Required => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.certificate())?;
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                let verifier = match client_auth {
                    ClientAuth::Required => verifier,
                    ClientAuth::None | ClientAuth::Requested => verifier.allow_unauthenticated(),
                };
                builder.with_client_cert_verifier(verifier.build()?)
            }
        };
        let (chain, key) = authority.for_server(names)?;
        let config = builder.with_single_cert(chain, key)?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Shakes hands. Returns the stream, and who the client is by its certificate, e.g. `User:CN=alice`.
    pub(super) async fn accept(
        &self,
        stream: TcpStream,
    ) -> io::Result<(Box<TlsStream<TcpStream>>, Option<Arc<str>>)> {
        let stream = Box::new(self.0.accept(stream).await?);
        let shown = stream.get_ref().1.peer_certificates();
        let subject = shown.and_then(<[_]>::first).map(|certificate| {
            name::subject(certificate).ok_or_else(|| {
                let what = "the subject of the client's certificate cannot be read";
                io::Error::new(io::ErrorKind::InvalidData, what)
            })
        });
        let principal = subject.transpose()?.map(|name| format!("User:{name}").into());
        Ok((stream, principal))
    }
}

impl fmt::Debug for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encryption")
    }
}
