use protocol::ErrorCode;
use protocol::messages::heartbeat::{HeartbeatRequest, HeartbeatResponse};

use super::{Member, State, decoded};
use crate::connection::Reply;
use crate::error::{BrokerError, RequestError};
use crate::time::Moment;

impl Member {
    /// When the next heartbeat is due, or the session is over without a sign of life.
    pub(super) fn heartbeat_deadline(&self) -> Option<Moment> {
        self.beats().then(|| {
            let session = self.heartbeat.heard + self.config.session_timeout;
            match self.heartbeat.under_way {
                None => self.heartbeat.due.min(session),
                Some(_) => session,
            }
        })
    }

    /// Whether the coordinator expects heartbeats. While a join or sync is under way that is the sign of life.
    fn beats(&self) -> bool {
        match self.state {
            State::Stable | State::GivingUp | State::Assigning { .. } => self.generation >= 0,
            State::Ended
            | State::Joining { .. }
            | State::Leaving { .. }
            | State::Stale
            | State::Syncing { .. }
            | State::Unjoined => false,
        }
    }

    /// Sends a heartbeat if one is due.
    pub(super) fn beat(&mut self, now: Moment) {
        if !self.beats() {
            return;
        }
        if now >= self.heartbeat.heard + self.config.session_timeout {
            // Whether the member is still one, the coordinator alone knows: it is looked up anew, nothing is given up.
            tracing::info!(group = %self.config.group, "no answer to a heartbeat within the session timeout");
            self.heartbeat.heard = now;
            self.heartbeat.under_way = None;
            self.heartbeat.due = now;
            self.forget_coordinator();
        }
        if self.heartbeat.under_way.is_some() || now < self.heartbeat.due {
            return;
        }
        self.heartbeat.due = now + self.config.heartbeat_interval;
        let request = HeartbeatRequest {
            group_id: self.config.group.to_string(),
            generation_id: self.generation,
            member_id: self.id.to_string(),
            group_instance_id: self.config.instance.as_deref().map(str::to_owned),
        };
        let session_end = self.heartbeat.heard + self.config.session_timeout;
        let timeout = self
            .config
            .request_timeout
            .min(session_end.since(now))
            .max(self.config.heartbeat_interval);
        let tag = self.ask(request, timeout);
        self.heartbeat.under_way = Some((tag, self.generation));
    }

    /// Takes note of a sign of life.
    pub(super) fn heard(&mut self, now: Moment) {
        self.heartbeat.heard = now;
        self.heartbeat.backoff.reset();
    }

    pub(super) fn handle_heartbeat(
        &mut self,
        now: Moment,
        outcome: Result<Reply, RequestError>,
        generation: i32,
    ) {
        let code = match decoded::<HeartbeatResponse>(outcome) {
            Ok(response) => ErrorCode(response.error_code),
            Err(error) => return self.heartbeat_failed(now, error),
        };
        match code {
            ErrorCode::NONE => self.heard(now),
            ErrorCode::REBALANCE_IN_PROGRESS => {
                self.heard(now);
                if matches!(self.state, State::Stable) && generation == self.generation {
                    self.rejoin.get_or_insert("the group is rebalancing");
                }
            }
            ErrorCode::COORDINATOR_NOT_AVAILABLE | ErrorCode::NOT_COORDINATOR => {
                self.forget_coordinator();
                self.beat_later(now);
            }
            ErrorCode::COORDINATOR_LOAD_IN_PROGRESS => self.beat_later(now),
            ErrorCode::UNKNOWN_MEMBER_ID | ErrorCode::ILLEGAL_GENERATION | ErrorCode::FENCED_INSTANCE_ID => {
                self.handle_refusal(now, code, generation);
            }
            code if code.is_retriable() => self.beat_later(now),
            code => self.refused(BrokerError::from(code)),
        }
    }

    fn heartbeat_failed(&mut self, now: Moment, error: RequestError) {
        match error {
            RequestError::Auth(_) | RequestError::Encode(_) | RequestError::Version(_) => {
                self.unanswered(now, error)
            }
            error => {
                tracing::debug!(group = %self.config.group, %error, "a heartbeat was not answered");
                self.forget_coordinator();
                self.beat_later(now);
            }
        }
    }

    fn beat_later(&mut self, now: Moment) {
        self.heartbeat.due = now + self.heartbeat.backoff.next(&mut self.rng);
    }
}
