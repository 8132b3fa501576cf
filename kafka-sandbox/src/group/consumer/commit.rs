//! Offsets of a consumer group: who may commit and see them.

use protocol::{ErrorCode, Uuid};

use super::ConsumerGroup;

impl ConsumerGroup {
    /// Whether a commit of this member is in order, partition by partition in the answer.
    ///
    /// A member that is behind by an epoch may commit what it had at that epoch and has still (KIP-1251).
    ///
    /// # Errors
    ///
    /// The member is none, or its request is too old to say at which epoch it is.
    pub(crate) fn check_commit<'a>(
        &'a self,
        member_id: &str,
        epoch: i32,
        instance_id: Option<&str>,
        transactional: bool,
        version: i16,
    ) -> Result<impl Fn(Uuid, i32) -> Result<(), ErrorCode> + use<'a>, ErrorCode> {
        let anonymous = epoch < 0 && self.is_empty()
            || transactional && epoch == -1 && member_id.is_empty() && instance_id.is_none();
        let member = if anonymous {
            None
        } else {
            Some(self.members.get(member_id).ok_or(ErrorCode::UNKNOWN_MEMBER_ID)?)
        };
        if let Some(member) = member.filter(|member| member.wishes.classic.is_some()) {
            // It has a generation, which it does not outlive.
            if member.epoch != epoch {
                return Err(ErrorCode::ILLEGAL_GENERATION);
            }
        } else if member.is_some() && !transactional && version < 9 {
            return Err(ErrorCode::UNSUPPORTED_VERSION);
        }
        if member.is_some_and(|member| epoch > member.epoch || epoch < 0) {
            return Err(ErrorCode::STALE_MEMBER_EPOCH);
        }
        Ok(move |topic: Uuid, partition: i32| {
            let Some(member) = member.filter(|member| member.epoch != epoch) else {
                return Ok(());
            };
            let assigned = member.assigned.get(&topic);
            match assigned.and_then(|partitions| partitions.get(&partition)) {
                Some(&since) if since <= epoch => Ok(()),
                _ => Err(ErrorCode::STALE_MEMBER_EPOCH),
            }
        })
    }

    /// Whether somebody may ask for offsets: a member at its epoch, or one who does not say who it is.
    pub(crate) fn check_fetch(&self, member_id: Option<&str>, epoch: i32) -> Result<(), ErrorCode> {
        if member_id.is_none() && epoch < 0 {
            return Ok(());
        }
        // Kafka looks for nobody among the members, and fails.
        let id = member_id.ok_or(ErrorCode::UNKNOWN_SERVER_ERROR)?;
        match self.members.get(id) {
            None => Err(ErrorCode::UNKNOWN_MEMBER_ID),
            Some(member) if member.epoch == epoch => Ok(()),
            Some(member) if member.wishes.classic.is_some() => Err(ErrorCode::ILLEGAL_GENERATION),
            Some(_) => Err(ErrorCode::STALE_MEMBER_EPOCH),
        }
    }

    /// Whether a member reads the topic.
    pub(crate) fn is_subscribed(&self, topic: &str) -> bool {
        let named = self
            .members
            .values()
            .any(|member| member.wishes.topics.contains(topic));
        named || self.matches.values().any(|matches| matches.contains(topic))
    }
}
