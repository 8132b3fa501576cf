use std::net::SocketAddr;

use crate::cluster::Endpoint;
use crate::connection::Fault;
use crate::error::TransportPhase;

/// Looks up all addresses of a name (`client.dns.lookup=use_all_dns_ips`, KIP-602).
pub(super) async fn resolve(endpoint: Endpoint) -> Result<Vec<SocketAddr>, Fault> {
    let name = (endpoint.host.as_ref(), endpoint.port);
    let found = tokio::net::lookup_host(name).await.map_err(|error| {
        let reason = format!(
            "the name `{}` does not resolve; check its spelling, or the name server of this machine",
            endpoint.host
        );
        Fault::lost(TransportPhase::Resolve, reason).with_source(error)
    })?;
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for address in found {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}
