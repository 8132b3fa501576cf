use std::sync::Arc;

use kafka_sandbox::{ClientAuth, Identity, Sandbox, TlsError};
use protocol::frame::encode_request;
use protocol::messages::api_versions::ApiVersionsRequest;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::wire::Wire;

/// Shakes hands with a broker and asks it something; fails when it does not answer.
async fn ask(cluster: &Sandbox, identity: Option<&Identity>) -> std::io::Result<()> {
    let mut roots = RootCertStore::empty();
    let authority = cluster.ca_certificate().unwrap();
    roots
        .add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let chain = CertificateDer::pem_slice_iter(identity.certificate_chain.as_bytes());
            let chain = chain.collect::<Result<Vec<_>, _>>().unwrap();
            let key = PrivateKeyDer::from_pem_slice(identity.private_key.as_bytes()).unwrap();
            builder.with_client_auth_cert(chain, key).unwrap()
        }
    };
    let socket = TcpStream::connect(cluster.broker(1).address()).await?;
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, socket).await?;
    let frame = encode_request(9, None, 0, &ApiVersionsRequest::default()).unwrap();
    stream.write_all(&frame.to_bytes()).await?;
    let length = stream.read_i32().await?;
    let mut answer = vec![0; usize::try_from(length).unwrap()];
    stream.read_exact(&mut answer).await?;
    assert_eq!(answer[..4], 9_i32.to_be_bytes());
    Ok(())
}

#[tokio::test(flavor = "current_thread")]
async fn connections_are_encrypted() {
    let cluster = Sandbox::builder()
        .brokers(1)
        .tls(ClientAuth::None)
        .start()
        .await
        .unwrap();
    ask(&cluster, None).await.unwrap();
    assert_eq!(cluster.security_protocol(), "SSL");
    let properties = cluster.client_properties();
    let value = |name: &str| properties.iter().find(|(key, _)| key == name).unwrap().1.as_str();
    assert_eq!(value("security.protocol"), "SSL");
    assert_eq!(
        Some(value("ssl.truststore.certificates")),
        cluster.ca_certificate()
    );

    // Whoever speaks no TLS is closed, and nobody else.
    let mut plain = Wire::connect(cluster.broker(1));
    plain.send(0, &ApiVersionsRequest::default());
    let mut alert = Vec::new();
    std::io::Read::read_to_end(&mut plain.socket, &mut alert).unwrap();
    assert!(alert.len() < 20, "{alert:?}");
    ask(&cluster, None).await.unwrap();
}

#[tokio::test(flavor = "current_thread")]
async fn clients_show_certificates_where_they_must() {
    let cluster = Sandbox::builder()
        .brokers(1)
        .tls(ClientAuth::Required)
        .start()
        .await
        .unwrap();
    let alice = cluster.client_certificate("alice").unwrap();
    ask(&cluster, Some(&alice)).await.unwrap();
    ask(&cluster, None).await.unwrap_err();
    // One that another CA has signed is none.
    let other = Sandbox::builder()
        .brokers(1)
        .tls(ClientAuth::None)
        .start()
        .await
        .unwrap();
    let stranger = other.client_certificate("alice").unwrap();
    ask(&cluster, Some(&stranger)).await.unwrap_err();

    let cluster = Sandbox::builder()
        .brokers(1)
        .tls(ClientAuth::None)
        .property("ssl.client.auth", "requested")
        .start()
        .await
        .unwrap();
    ask(&cluster, None).await.unwrap();
    let bob = cluster.client_certificate("bob").unwrap();
    assert!(!format!("{bob:?}").contains("PRIVATE KEY"));
    ask(&cluster, Some(&bob)).await.unwrap();
}

#[test]
fn without_tls_there_are_no_certificates() {
    let cluster = Sandbox::builder().brokers(1).start_blocking().unwrap();
    assert_eq!(cluster.ca_certificate(), None);
    assert!(matches!(cluster.client_certificate("alice"), Err(TlsError::Off)));
}
