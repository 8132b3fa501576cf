use super::Engine;
use super::peer::{Peer, PeerId};
use crate::connection::FaultKind;
use crate::error::{RequestError, TransportPhase};

/// How a client is doing, for whoever waits for it to be connected.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Whether a broker has described the cluster.
    pub connected: bool,
    /// What stands in the way of the last attempts; none when nothing does.
    pub trouble: Option<RequestError>,
    /// Whether trying again cannot help.
    pub hopeless: bool,
    /// Whether it took longer than it may.
    pub overdue: bool,
    /// Metadata requests in a row that a broker met by closing the connection.
    pub(super) turned_away: u32,
}

/// After so many connections that a broker closed upon the first request it is not by chance.
const TURNED_AWAY_MAX: u32 = 3;

impl Engine {
    /// Looks for trouble while no broker has described the cluster.
    pub(super) fn update_status(&mut self) {
        if self.status.connected {
            return;
        }
        if !self.metadata.is_empty() {
            self.status = Status {
                connected: true,
                ..Status::default()
            };
            return;
        }
        let seeds = || self.peers.iter().filter(|(id, _)| matches!(id, PeerId::Seed(_)));
        let worst = seeds()
            .filter_map(|(_, peer)| Some((peer.trouble.as_ref()?, peer)))
            .max_by_key(|(_, peer)| is_hopeless(peer));
        let all_hopeless = seeds().all(|(_, peer)| is_hopeless(peer));
        if let Some((fault, peer)) = worst {
            self.status.trouble = Some(fault.error(&peer.address, false));
        }
        self.status.hopeless = all_hopeless || self.status.turned_away >= TURNED_AWAY_MAX;
    }
}

/// After so many failures in a row a peer that closes connections without a word is not just restarting.
const UNSPOKEN_MAX: u32 = 5;

fn is_hopeless(peer: &Peer) -> bool {
    let Some(fault) = &peer.trouble else { return false };
    let unspoken = fault.kind == FaultKind::Silent || fault.phase == TransportPhase::Tls;
    matches!(fault.kind, FaultKind::Denied(_) | FaultKind::Permanent)
        || fault.phase == TransportPhase::Resolve
        || (unspoken && !peer.reached && peer.failures() >= UNSPOKEN_MAX)
}
