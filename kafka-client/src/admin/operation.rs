use std::fmt;

/// What a principal may do with a resource (KIP-430).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Read records, join a group.
    Read,
    /// Write records.
    Write,
    /// Create.
    Create,
    /// Delete.
    Delete,
    /// Change.
    Alter,
    /// Describe.
    Describe,
    /// What brokers do among themselves.
    ClusterAction,
    /// Read settings.
    DescribeConfigs,
    /// Change settings.
    AlterConfigs,
    /// Write idempotently.
    IdempotentWrite,
    /// Create delegation tokens.
    CreateTokens,
    /// Describe delegation tokens.
    DescribeTokens,
    /// Commit in two phases (KIP-939).
    TwoPhaseCommit,
}

/// The operations by the protocol's number.
const NUMBERED: [(u32, Operation, &str); 13] = [
    (3, Operation::Read, "READ"),
    (4, Operation::Write, "WRITE"),
    (5, Operation::Create, "CREATE"),
    (6, Operation::Delete, "DELETE"),
    (7, Operation::Alter, "ALTER"),
    (8, Operation::Describe, "DESCRIBE"),
    (9, Operation::ClusterAction, "CLUSTER_ACTION"),
    (10, Operation::DescribeConfigs, "DESCRIBE_CONFIGS"),
    (11, Operation::AlterConfigs, "ALTER_CONFIGS"),
    (12, Operation::IdempotentWrite, "IDEMPOTENT_WRITE"),
    (13, Operation::CreateTokens, "CREATE_TOKENS"),
    (14, Operation::DescribeTokens, "DESCRIBE_TOKENS"),
    (15, Operation::TwoPhaseCommit, "TWO_PHASE_COMMIT"),
];

impl Operation {
    /// The name that Kafka gives it.
    pub fn name(self) -> &'static str {
        NUMBERED
            .iter()
            .find(|(_, operation, _)| *operation == self)
            .map_or("", |(_, _, name)| name)
    }

    /// Reads the set of a reply, a bit for each operation. None when it was not asked for, which is not the same as
    /// no operation at all.
    pub(super) fn set(bits: i32) -> Option<Vec<Self>> {
        const NOT_ASKED_FOR: i32 = i32::MIN;
        if bits == NOT_ASKED_FOR {
            return None;
        }
        Some(
            NUMBERED
                .iter()
                .filter(|(bit, ..)| bits >> bit & 1 == 1)
                .map(|&(_, operation, _)| operation)
                .collect(),
        )
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a5_no_operation_is_not_the_same_as_not_asked() {
        assert_eq!(Operation::set(i32::MIN), None);
        assert_eq!(Operation::set(0), Some(vec![]));
        assert_eq!(
            Operation::set(1 << 3 | 1 << 8 | 1),
            Some(vec![Operation::Read, Operation::Describe])
        );
        assert_eq!(Operation::set(-1).unwrap().len(), 13);
        assert_eq!(Operation::AlterConfigs.to_string(), "ALTER_CONFIGS");
    }
}
