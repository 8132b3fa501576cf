//! Groups: listed, described, deleted; their offsets and members; their lag.

mod commit;
mod delete;
mod describe;
mod kinds;
mod lag;
mod list;
mod offsets;
mod remove;

pub use describe::{GroupDescription, MemberDescription};
pub use kinds::{GroupKind, GroupState};
pub use lag::{GroupLag, PartitionLag};
pub use list::{GroupFilter, GroupList, GroupListing};
pub use offsets::{CommittedOffset, GroupOffsets};
pub use remove::MemberToRemove;

use protocol::ErrorCode;

use super::error::AdminError;

/// Whether another coordinator, or the same one a moment later, may do what this one refused.
fn coordinator_moves(error: &AdminError) -> bool {
    let codes = [
        ErrorCode::COORDINATOR_LOAD_IN_PROGRESS,
        ErrorCode::COORDINATOR_NOT_AVAILABLE,
        ErrorCode::NOT_COORDINATOR,
    ];
    error.code().is_some_and(|code| codes.contains(&code))
}
