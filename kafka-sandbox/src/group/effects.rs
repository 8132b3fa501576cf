//! What comes out of a group: records to keep, and answers to requests that waited.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::internal::consumer_offsets::{Key, Value};
use protocol::messages::join_group::JoinGroupResponse;
use protocol::messages::sync_group::SyncGroupResponse;

use super::settings::GroupSettings;
use crate::answers::{LinkId, Ticket};
use crate::time::Now;

/// What a group wants done, in this order: keep the records, give the answers.
#[derive(Debug, Default)]
pub(crate) struct Effects {
    pub(crate) records: Vec<GroupRecord>,
    pub(crate) answers: Vec<GroupAnswer>,
    /// The connection whose request waits in the group from now on, unless it is among the answers, and the member that
    /// asks on it.
    pub(super) waits: Option<(LinkId, Arc<str>)>,
}

/// A record of `__consumer_offsets`, with the version of its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupRecord {
    pub(crate) key: Key,
    /// None takes back what the key names.
    pub(crate) value: Option<(i16, Value)>,
}

/// An answer to a request that waited.
#[derive(Debug, PartialEq)]
pub(crate) enum GroupAnswer {
    Join(Ticket, JoinGroupResponse),
    Sync(Ticket, SyncGroupResponse),
    /// Nobody waits for an answer any more: the member has asked again elsewhere.
    Abandon(Ticket),
}

/// What a group needs for its work besides itself.
pub(crate) struct Context<'a> {
    pub(crate) now: Now,
    pub(crate) settings: &'a GroupSettings,
    pub(crate) rng: &'a mut fastrand::Rng,
    pub(crate) effects: &'a mut Effects,
}

impl GroupAnswer {
    pub(super) fn ticket(&self) -> &Ticket {
        let (Self::Join(ticket, _) | Self::Sync(ticket, _) | Self::Abandon(ticket)) = self;
        ticket
    }
}

impl Context<'_> {
    /// The same, for a group that follows settings of its own.
    pub(super) fn with<'a>(&'a mut self, settings: &'a GroupSettings) -> Context<'a> {
        Context {
            now: self.now,
            settings,
            rng: self.rng,
            effects: self.effects,
        }
    }

    /// Notes that a member waits for the answer to its request.
    pub(super) fn wait(&mut self, ticket: &Ticket, member: &Arc<str>) {
        self.effects.waits = Some((ticket.link, member.clone()));
    }

    pub(super) fn keep(&mut self, key: Key, version: i16, value: Value) {
        self.effects.records.push(GroupRecord {
            key,
            value: Some((version, value)),
        });
    }

    pub(super) fn take_back(&mut self, key: Key) {
        self.effects.records.push(GroupRecord { key, value: None });
    }

    pub(super) fn answer_join(&mut self, ticket: Ticket, response: JoinGroupResponse) {
        self.effects.answers.push(GroupAnswer::Join(ticket, response));
    }

    pub(super) fn refuse_join(&mut self, ticket: Ticket, member_id: &str, code: ErrorCode) {
        self.answer_join(ticket, join_refusal(member_id, code));
    }

    pub(super) fn answer_sync(&mut self, ticket: Ticket, response: SyncGroupResponse) {
        self.effects.answers.push(GroupAnswer::Sync(ticket, response));
    }

    pub(super) fn refuse_sync(&mut self, ticket: Ticket, code: ErrorCode) {
        self.answer_sync(ticket, sync_refusal(code));
    }

    pub(super) fn abandon(&mut self, ticket: Ticket) {
        self.effects.answers.push(GroupAnswer::Abandon(ticket));
    }

    /// A name that nobody has: `prefix-` and a random UUID.
    pub(super) fn new_member_id(&mut self, prefix: &str) -> Arc<str> {
        // Version 4, variant 1.
        let bits = (self.rng.u128(..) & !(0xf000_c000_u128 << 48)) | (0x4000_8000_u128 << 48);
        let hex = format!("{bits:032x}");
        // A string of the protocol has at most 32767 bytes.
        let end = (0..=PREFIX_MAX.min(prefix.len())).rfind(|&end| prefix.is_char_boundary(end));
        let prefix = prefix.get(..end.unwrap_or(0)).unwrap_or_default();
        let part = |from, to| hex.get(from..to).unwrap_or_default();
        format!(
            "{prefix}-{}-{}-{}-{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 16),
            part(16, 20),
            part(20, 32)
        )
        .into()
    }
}

/// Bytes of a client's name, or an instance's, that go into the id of a member.
const PREFIX_MAX: usize = 32_000;

/// The answer to a join that was refused.
pub(crate) fn join_refusal(member_id: &str, code: ErrorCode) -> JoinGroupResponse {
    JoinGroupResponse {
        error_code: code.0,
        protocol_name: None,
        member_id: member_id.to_owned(),
        ..JoinGroupResponse::default()
    }
}

/// The answer to a sync that was refused.
pub(crate) fn sync_refusal(code: ErrorCode) -> SyncGroupResponse {
    SyncGroupResponse {
        error_code: code.0,
        ..SyncGroupResponse::default()
    }
}
