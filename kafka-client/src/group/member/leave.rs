use protocol::messages::leave_group::MemberIdentity;

use super::{Member, State};
use crate::cluster::Metadata;
use crate::group::requests::Leave;
use crate::time::Moment;

/// Whether a closing consumer leaves its group (KIP-1092).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    /// A dynamic member leaves; a static one stays, so that its restart finds its partitions.
    #[default]
    Default,
    /// The member leaves, a static one too: its partitions go to others at once.
    Leave,
    /// The member stays until its session times out.
    Remain,
}

impl Member {
    /// Ends the membership, e.g. because the consumer is closed: what it owns is no longer its own. `reason` shows
    /// up in the broker's log (KIP-800).
    pub fn leave(&mut self, leaving: Leaving, reason: &str) {
        let is_static = self.config.instance.is_some();
        let says_so = match leaving {
            Leaving::Default => !is_static,
            Leaving::Leave => true,
            Leaving::Remain => false,
        };
        self.owned.clear();
        self.handing_over = None;
        self.leads = None;
        if matches!(self.state, State::Ended | State::Leaving { .. }) {
            return;
        }
        let known = !self.id.is_empty() || is_static;
        self.state = match says_so && known {
            true => State::Leaving {
                tag: self.ask_to_leave(reason),
            },
            false => State::Ended,
        };
        self.generation = -1;
    }

    /// When the application has not asked for records within the poll interval: the member gives its place to others.
    pub fn handle_caller_late(&mut self) {
        if matches!(self.state, State::Ended | State::Leaving { .. } | State::Stale) {
            return;
        }
        // On its way into its first generation it would become a member that owns partitions and reads nothing. The
        // answer to a join under way is not waited for.
        tracing::warn!(
            group = %self.config.group,
            interval = ?self.config.rebalance_timeout,
            "the application took longer than the poll interval; leaving the group"
        );
        self.lose();
        self.had.clear();
        // A static member stops its heartbeats only: its partitions wait for it until the session times out.
        if self.config.instance.is_none() {
            if !self.id.is_empty() {
                self.ask_to_leave("the poll interval was exceeded");
            }
            self.id = "".into();
        }
        self.generation = -1;
        self.leads = None;
        self.state = State::Stale;
    }

    /// When the application is back after [`Self::handle_caller_late`].
    pub fn handle_caller_back(&mut self, now: Moment, metadata: &Metadata) {
        if matches!(self.state, State::Stale) {
            self.rejoin = Some("the application asks for records again");
            self.state = State::Unjoined;
            self.drive(now, metadata);
        }
    }

    /// Leaves because nothing is subscribed to any more.
    pub(super) fn forsake(&mut self, _now: Moment) {
        self.rejoin = None;
        if !self.owned.is_empty() {
            self.state = State::GivingUp;
            self.hand_over(self.owned.clone());
        } else if self.generation >= 0 {
            if self.config.instance.is_none() {
                self.ask_to_leave("the consumer unsubscribed");
                self.id = "".into();
            }
            self.generation = -1;
            self.leads = None;
        }
    }

    fn ask_to_leave(&mut self, reason: &str) -> u64 {
        let member = MemberIdentity {
            member_id: self.id.to_string(),
            group_instance_id: self.config.instance.as_deref().map(str::to_owned),
            reason: Some(reason.to_owned()),
        };
        self.ask(
            Leave {
                group_id: self.config.group.to_string(),
                member,
            },
            self.config.request_timeout,
        )
    }
}
