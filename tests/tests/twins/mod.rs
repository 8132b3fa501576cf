//! The same requests to the sandbox and to a real Kafka: where the answers differ, the sandbox is wrong.
//!
//! | module | what is compared |
//! |---|---|
//! | `observed` | refusals, with what a real Kafka was seen to answer |
//! | `transactions` | transactional producers, with answers that were written down |
//! | `scenarios` | whole life cycles, field by field, with a real Kafka that runs beside the sandbox |

mod link;
mod observed;
mod pair;
pub(crate) mod requests;
mod scenarios;
mod transactions;
