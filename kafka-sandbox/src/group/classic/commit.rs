//! Offsets of a classic group: who may commit them, and when they may go.

use protocol::ErrorCode;
use protocol::consumer_protocol::PROTOCOL_TYPE;

use super::{ClassicGroup, ClassicState};
use crate::group::effects::Context;
use crate::group::offsets::CommittedOffset;

impl ClassicGroup {
    /// Whether a commit of this member is in order. A member of a stable group shows with it that it is alive.
    pub(crate) fn check_commit(
        &mut self,
        cx: &Context<'_>,
        member_id: &str,
        instance_id: Option<&str>,
        generation: i32,
        transactional: bool,
    ) -> Result<(), ErrorCode> {
        // Whoever assigns its partitions itself, and administrators.
        if generation < 0 && self.is_empty() {
            return Ok(());
        }
        if generation >= 0 || !member_id.is_empty() || instance_id.is_some() {
            self.check_member(member_id, instance_id)?;
            if generation != self.generation {
                return Err(ErrorCode::ILLEGAL_GENERATION);
            }
        } else if !transactional && !self.is_empty() {
            return Err(ErrorCode::UNKNOWN_MEMBER_ID);
        }
        if !transactional && self.state == ClassicState::CompletingRebalance {
            return Err(ErrorCode::REBALANCE_IN_PROGRESS);
        }
        if !transactional && !self.is_empty() {
            self.extend_session(cx, member_id);
        }
        Ok(())
    }

    /// Whether offsets of the group may be deleted while it is as it is.
    pub(crate) fn check_offset_delete(&self) -> Result<(), ErrorCode> {
        if !self.is_empty() && self.protocol_type.as_deref() != Some(PROTOCOL_TYPE) {
            return Err(ErrorCode::NON_EMPTY_GROUP);
        }
        Ok(())
    }

    /// Whether members read the topic; all topics count as read where they do not say.
    pub(crate) fn is_subscribed(&self, topic: &str) -> bool {
        match &self.subscribed {
            Some(topics) => topics.contains(topic),
            None => !self.is_empty(),
        }
    }

    /// Whether an offset has outlived its group, or its last reader in the group, by `retention` milliseconds.
    pub(crate) fn is_expired(
        &self,
        topic: &str,
        committed: &CommittedOffset,
        now: i64,
        retention: i64,
    ) -> bool {
        let since = match (&self.protocol_type, self.state) {
            (Some(_), ClassicState::Empty) => self.state_timestamp.unwrap_or(committed.commit_timestamp),
            (Some(kind), ClassicState::Stable) if kind == PROTOCOL_TYPE && self.subscribed.is_some() => {
                if self.is_subscribed(topic) {
                    return false;
                }
                committed.commit_timestamp
            }
            (Some(_), _) => return false,
            (None, _) => committed.commit_timestamp,
        };
        match committed.expire_timestamp {
            Some(at) => now >= at,
            None => now.saturating_sub(since) >= retention,
        }
    }
}
