//! Faults are values: rules for requests, and commands to the cluster.
//!
//! One rule strikes a request: the oldest that matches it and lets it no longer pass. The others wait for the next request, so that
//! rules with counts happen one after the other. A rule has one effect; what one rule holds up goes on when it is taken out of force.
//!
//! ```
//! use std::time::Duration;
//! use kafka_sandbox::fault::Rule;
//! use protocol::{ApiKey, ErrorCode};
//!
//! let rule = Rule::on(ApiKey::PRODUCE).broker(2).times(3).reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
//! assert_eq!(rule.to_string(), "produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER");
//! let timed_out = Rule::on(ApiKey::PRODUCE).after_apply().reply(ErrorCode::REQUEST_TIMED_OUT);
//! assert_eq!("produce reply-after=REQUEST_TIMED_OUT".parse(), Ok(timed_out));
//! assert_eq!("produce drop=after".parse(), Ok(Rule::on(ApiKey::PRODUCE).after_apply().drop_connection()));
//! assert_eq!("* delay=200ms".parse(), Ok(Rule::on_any().after_apply().delay(Duration::from_millis(200))));
//! ```

mod command;
mod parse;
mod requests;
#[cfg(test)]
mod round_trip;
mod rule;
mod rules;
mod scope;
mod show;
mod text;
mod words;

pub use command::{Command, CommandError};
pub use requests::{ConnectionEntry, RequestEntry, Requests, Subject};
pub(crate) use requests::{ConnectionLog, RequestLog};
pub use rule::{Effect, Matcher, On, Rule, When};
pub use rules::RuleId;
pub(crate) use rules::{Arrival, Origin, Released, Rules, Struck};
pub use scope::{CONTROL_CLIENT_ID, FaultError, RuleError};
pub(crate) use scope::{Scope, fails_in_part, scope};
pub use text::{Fault, ParseFaultError};
