//! A member of a classic group.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use protocol::messages::join_group::{JoinGroupRequest, JoinGroupRequestProtocol};

use crate::answers::{LinkId, Ticket};
use crate::time::millis;

/// A member of a classic group.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) instance_id: Option<String>,
    pub(super) client_id: String,
    pub(super) client_host: String,
    pub(super) session_timeout_ms: i32,
    pub(super) rebalance_timeout_ms: i32,
    /// What it can be led by, the best first, each with what it tells the leader.
    pub(super) protocols: Vec<JoinGroupRequestProtocol>,
    pub(super) assignment: Bytes,
    /// It has joined and has not been answered yet, so that it does not know its id.
    pub(super) is_new: bool,
    pub(super) waits: Waits,
}

/// What a member waits for. It goes on waiting when its connection is gone.
#[derive(Debug, Default)]
pub(super) enum Waits {
    #[default]
    Nothing,
    Join(Option<Ticket>),
    Sync(Option<Ticket>),
}

impl Member {
    pub(super) fn new(request: JoinGroupRequest, client_id: &str, client_host: &str) -> Self {
        let mut member = Self {
            instance_id: request.group_instance_id.clone(),
            client_id: client_id.to_owned(),
            client_host: client_host.to_owned(),
            session_timeout_ms: 0,
            rebalance_timeout_ms: 0,
            protocols: Vec::new(),
            assignment: Bytes::new(),
            is_new: true,
            waits: Waits::Nothing,
        };
        member.update(request);
        member
    }

    /// Takes over what it joins with.
    pub(super) fn update(&mut self, request: JoinGroupRequest) {
        self.session_timeout_ms = request.session_timeout_ms;
        // Version 0 has one timeout for both.
        self.rebalance_timeout_ms = match request.rebalance_timeout_ms {
            -1 => request.session_timeout_ms,
            timeout => timeout,
        };
        self.protocols = request.protocols;
    }

    pub(super) fn session_timeout(&self) -> Duration {
        millis(self.session_timeout_ms.into()).unwrap_or_default()
    }

    pub(super) fn rebalance_timeout(&self) -> Duration {
        millis(self.rebalance_timeout_ms.into()).unwrap_or_default()
    }

    pub(super) fn awaits_join(&self) -> bool {
        matches!(self.waits, Waits::Join(_))
    }

    pub(super) fn metadata(&self, protocol: &str) -> Bytes {
        let mut protocols = self.protocols.iter();
        let found = protocols.find(|candidate| candidate.name == protocol);
        found.map(|found| found.metadata.clone()).unwrap_or_default()
    }

    /// Drops the ticket of a connection that is gone.
    pub(super) fn forget_link(&mut self, link: LinkId) -> Option<Ticket> {
        match &mut self.waits {
            Waits::Join(ticket) | Waits::Sync(ticket) => ticket.take_if(|ticket| ticket.link == link),
            Waits::Nothing => None,
        }
    }
}

/// The name of a member with what it is called by.
pub(super) type MemberId = Arc<str>;
