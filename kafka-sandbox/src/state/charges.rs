//! What requests cost the clients that quotas are set for.

use std::time::Duration;

use protocol::ApiKey;

use super::{Configs, State};
use crate::answers::Ticket;
use crate::quota::{Kind, Quotas, Windows};
use crate::time::Now;

/// The time that handling a request is taken for, in seconds, where Kafka measures what its threads spend: a machine that
/// is told the time has none of its own.
const SECONDS_PER_REQUEST: f64 = 100e-6;
/// And for each of its bytes.
const SECONDS_PER_BYTE: f64 = 1e-9;

/// No quotas yet, with the windows that the brokers' configs want.
pub(super) fn quotas(configs: &Configs) -> Quotas {
    let windows = |count: &str, seconds: &str| {
        let count = configs.broker_number(count, 11).clamp(1, 1000);
        let seconds = configs.broker_number(seconds, 1).clamp(1, 86_400);
        Windows {
            count: u32::try_from(count).unwrap_or(11),
            length: Duration::from_secs(seconds.unsigned_abs()),
        }
    };
    Quotas::new(
        windows("quota.window.num", "quota.window.size.seconds"),
        windows(
            "controller.quota.window.num",
            "controller.quota.window.size.seconds",
        ),
    )
}

impl State {
    /// Charges a request for having come.
    pub(crate) fn charge(&mut self, now: Now, ticket: &mut Ticket) {
        let Some(account) = &ticket.account else {
            return;
        };
        let size = f64::from(u32::try_from(ticket.size).unwrap_or(u32::MAX));
        let percent = 100.0 * (SECONDS_PER_REQUEST + size * SECONDS_PER_BYTE);
        let mut quiet = self.quotas.record(now.elapsed, account, Kind::Time, percent);
        if ticket.key == ApiKey::PRODUCE {
            let produced = self.quotas.record(now.elapsed, account, Kind::Produced, size);
            quiet = quiet.max(produced);
        }
        ticket.throttle = ticket.throttle.max(quiet);
    }

    /// Charges a fetch for the bytes of its answer. Returns whether it is to be answered without any: then they are not
    /// charged, and the client is to be quiet (KIP-219).
    pub(crate) fn charge_fetched(&mut self, now: Now, ticket: &mut Ticket, bytes: usize) -> bool {
        let Some(account) = &ticket.account else {
            return false;
        };
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        let quiet = self.quotas.record(now.elapsed, account, Kind::Fetched, bytes);
        ticket.throttle = ticket.throttle.max(quiet);
        let is_throttled = !ticket.throttle.is_zero();
        if is_throttled {
            self.quotas.take_back(now.elapsed, account, Kind::Fetched, bytes);
        }
        is_throttled
    }
}
