//! Faults are values: rules for requests, and commands to the cluster.
//!
//! ```
//! use std::time::Duration;
//! use kafka_sandbox::fault::Rule;
//! use protocol::{ApiKey, ErrorCode};
//!
//! let rule = Rule::on(ApiKey::PRODUCE).broker(2).times(3).reply(ErrorCode::NOT_LEADER_OR_FOLLOWER);
//! assert_eq!(rule.to_string(), "produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER");
//! assert_eq!("produce drop=after".parse(), Ok(Rule::on(ApiKey::PRODUCE).after_apply().drop_connection()));
//! assert_eq!("* delay=200ms".parse(), Ok(Rule::on_any().after_apply().delay(Duration::from_millis(200))));
//! ```

mod command;
mod requests;
mod rule;
mod rules;
mod text;

pub use command::{Command, CommandError};
pub(crate) use requests::RequestLog;
pub use requests::{RequestEntry, Requests, Subject};
pub use rule::{Effect, Matcher, On, Rule, When};
pub use rules::RuleId;
pub(crate) use rules::{Arrival, Rules};
pub use text::{Fault, ParseFaultError};
