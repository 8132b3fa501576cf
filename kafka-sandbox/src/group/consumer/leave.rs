//! Leaving a consumer group: for good, for a while, or by silence.

use std::sync::Arc;

use protocol::ErrorCode;
use protocol::messages::consumer_group_heartbeat::{
    ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse,
};
use protocol::messages::leave_group::{MemberIdentity, MemberResponse};

use super::{ConsumerGroup, GroupError, LEAVES_FOR_A_WHILE, Timer};
use crate::group::effects::Context;
use crate::group::migrant::Downgrade;

impl ConsumerGroup {
    /// Handles a member that leaves.
    ///
    /// # Errors
    ///
    /// It is not a member, or another has its instance by now.
    pub(crate) fn leave(
        &mut self,
        cx: &mut Context<'_>,
        request: &ConsumerGroupHeartbeatRequest,
    ) -> Result<ConsumerGroupHeartbeatResponse, GroupError> {
        let id: Arc<str> = request.member_id.as_str().into();
        if let Some(instance) = &request.instance_id {
            let Some(known) = self.instances.get(instance) else {
                let message = format!("Instance id {instance} is unknown.");
                return Err(GroupError::new(ErrorCode::UNKNOWN_MEMBER_ID, message));
            };
            self.check_instance(instance, known, &id)?;
        }
        let Some(member) = self.members.get(&id) else {
            return Err(self.unknown_member(&id));
        };
        if request.member_epoch == LEAVES_FOR_A_WHILE {
            // Its partitions are kept for it until its session is over.
            let mut absent = member.clone();
            absent.epoch = LEAVES_FOR_A_WHILE;
            absent.revoking.clear();
            self.timers.cancel(&Timer::Rebalance(id.clone()));
            self.set_member(&id, absent);
            self.keep_progress(cx, &id);
        } else {
            self.expire_member(cx, &id);
        }
        Ok(ConsumerGroupHeartbeatResponse {
            member_id: Some(id.to_string()),
            member_epoch: request.member_epoch,
            ..ConsumerGroupHeartbeatResponse::default()
        })
    }

    /// Handles LeaveGroup: of members of the classic protocol, or by an administrator; others have their heartbeats for it.
    pub(crate) fn remove_members(
        &mut self,
        cx: &mut Context<'_>,
        leaving: Vec<MemberIdentity>,
    ) -> Vec<MemberResponse> {
        let leaving = leaving.into_iter();
        let outcomes = leaving.map(|member| {
            let known = match &member.group_instance_id {
                Some(instance) => self.instances.get(instance).map(|id| id.to_string()),
                None => Some(member.member_id.clone()),
            };
            let asked = Some(&member.member_id).filter(|id| !id.is_empty());
            let code = match (known, asked) {
                (Some(id), Some(asked)) if id != *asked => ErrorCode::FENCED_INSTANCE_ID,
                (Some(id), _) if self.expire_member(cx, &id) => ErrorCode::NONE,
                _ => ErrorCode::UNKNOWN_MEMBER_ID,
            };
            MemberResponse {
                member_id: member.member_id,
                group_instance_id: member.group_instance_id,
                error_code: code.0,
            }
        });
        outcomes.collect()
    }

    /// Takes a member out: what it had is to be assigned anew. Returns whether there was one.
    pub(crate) fn expire_member(&mut self, cx: &mut Context<'_>, id: &str) -> bool {
        let Some((id, member)) = self.members.get_key_value(id) else {
            return false;
        };
        let id = id.clone();
        let instance = member.wishes.instance_id.clone();
        let was_classic = member.wishes.classic.is_some();
        if let Some(instance) = instance
            && self.instances.get(&instance) == Some(&id)
        {
            self.instances.remove(&instance);
        }
        self.release(&id);
        self.members.remove(&id);
        self.target.remove(&id);
        self.cancel_timers(&id);
        self.take_back_member(cx, &id);
        self.forget_regexes(cx);
        // The topics are not looked at here: the next heartbeat does.
        self.topics_version = None;
        if !was_classic && self.may_downgrade(cx) {
            self.downgrade = Some(Downgrade::Rebalance);
        } else {
            self.raise_epoch(cx);
            if self.members.is_empty() {
                // There is nothing to be worked out for nobody.
                self.target_epoch = self.epoch;
                self.keep_target_epoch(cx);
            }
        }
        true
    }
}
