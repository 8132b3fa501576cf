//! Access control entries, and filters for them (KIP-11, KIP-290).

use serde::{Deserialize, Serialize};

/// Makes an enum whose numbers are those of the protocol.
macro_rules! numbered {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $number:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name {
            $($variant = $number,)*
        }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The number in the protocol.
            pub(crate) const fn number(self) -> i8 {
                self as i8
            }

            /// The one of that number; none for those of filters and unknown ones.
            pub(crate) fn of(number: i8) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.number() == number)
            }
        }
    };
}

numbered! {
    /// A kind of thing that rights are about.
    ResourceType {
        Topic = 2,
        Group = 3,
        Cluster = 4,
        TransactionalId = 5,
        DelegationToken = 6,
        User = 7,
    }
}

numbered! {
    /// How the name of an entry is meant.
    PatternType {
        Literal = 3,
        Prefixed = 4,
    }
}

numbered! {
    /// What may be done.
    Operation {
        All = 2,
        Read = 3,
        Write = 4,
        Create = 5,
        Delete = 6,
        Alter = 7,
        Describe = 8,
        ClusterAction = 9,
        DescribeConfigs = 10,
        AlterConfigs = 11,
        IdempotentWrite = 12,
        CreateTokens = 13,
        DescribeTokens = 14,
        TwoPhaseCommit = 15,
    }
}

numbered! {
    /// Whether it may be done.
    Permission {
        Deny = 2,
        Allow = 3,
    }
}

/// The name of the one resource of its kind.
pub(crate) const CLUSTER: &str = "kafka-cluster";
/// The name that stands for all, of literal entries.
pub(crate) const WILDCARD: &str = "*";
/// The principal that stands for all users.
pub(crate) const EVERYBODY: &str = "User:*";

/// Who may do what with which things, from where. Its fields are part of the journal's format.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Acl {
    pub(crate) resource: ResourceType,
    /// [`WILDCARD`] for all.
    pub(crate) name: String,
    pub(crate) pattern: PatternType,
    /// [`EVERYBODY`] for all.
    pub(crate) principal: String,
    /// An address; [`WILDCARD`] for all.
    pub(crate) host: String,
    pub(crate) operation: Operation,
    pub(crate) permission: Permission,
}

impl Acl {
    /// Whether it is about this thing.
    pub(crate) fn covers(&self, resource: ResourceType, name: &str) -> bool {
        self.resource == resource
            && match self.pattern {
                PatternType::Literal => self.name == name || self.name == WILDCARD,
                PatternType::Prefixed => name.starts_with(&self.name),
            }
    }
}

/// Which entries are meant. Numbers as in the protocol: 1 is any, and those that mean nothing match nothing.
#[derive(Clone, Debug)]
pub(crate) struct AclFilter {
    pub(crate) resource: i8,
    pub(crate) name: Option<String>,
    /// 2 for all that would apply to the name.
    pub(crate) pattern: i8,
    pub(crate) principal: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) operation: i8,
    pub(crate) permission: i8,
}

/// The number of filters that stands for any.
const ANY: i8 = 1;
/// The pattern of filters that stands for all that would apply.
const MATCH: i8 = 2;

impl AclFilter {
    /// Whether it has a number 0, which no client sends: brokers close the connection over it.
    pub(crate) fn is_unreadable(&self) -> bool {
        [self.resource, self.pattern, self.operation, self.permission].contains(&0)
    }

    pub(crate) fn matches(&self, acl: &Acl) -> bool {
        let number = |wanted: i8, given: i8| wanted == ANY || wanted == given;
        let text = |wanted: &Option<String>, given: &str| wanted.as_deref().is_none_or(|one| one == given);
        number(self.resource, acl.resource.number())
            && self.matches_name(acl)
            && text(&self.principal, &acl.principal)
            && text(&self.host, &acl.host)
            && number(self.operation, acl.operation.number())
            && number(self.permission, acl.permission.number())
    }

    fn matches_name(&self, acl: &Acl) -> bool {
        let name = self.name.as_deref();
        match self.pattern {
            MATCH => name.is_none_or(|name| acl.covers(acl.resource, name)),
            pattern => {
                (pattern == ANY || pattern == acl.pattern.number())
                    && name.is_none_or(|name| name == acl.name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acl(name: &str, pattern: PatternType) -> Acl {
        Acl {
            resource: ResourceType::Topic,
            name: name.to_owned(),
            pattern,
            principal: "User:alice".to_owned(),
            host: WILDCARD.to_owned(),
            operation: Operation::Read,
            permission: Permission::Allow,
        }
    }

    fn filter(name: Option<&str>, pattern: i8) -> AclFilter {
        AclFilter {
            resource: ANY,
            name: name.map(str::to_owned),
            pattern,
            principal: None,
            host: None,
            operation: ANY,
            permission: ANY,
        }
    }

    #[test]
    fn names_are_filtered_as_written_or_as_they_would_apply() {
        let literal = acl("orders", PatternType::Literal);
        let prefixed = acl("ord", PatternType::Prefixed);
        let all = acl("*", PatternType::Literal);
        let found = |filter: &AclFilter| [&literal, &prefixed, &all].map(|acl| filter.matches(acl));
        assert_eq!(found(&filter(None, ANY)), [true, true, true]);
        assert_eq!(found(&filter(None, 4)), [false, true, false]);
        assert_eq!(found(&filter(Some("orders"), 3)), [true, false, false]);
        assert_eq!(found(&filter(Some("ord"), ANY)), [false, true, false]);
        assert_eq!(found(&filter(Some("orders"), MATCH)), [true, true, true]);
        assert_eq!(found(&filter(Some("or"), MATCH)), [false, false, true]);
        assert_eq!(found(&filter(Some("*"), 3)), [false, false, true]);
        assert_eq!(found(&filter(None, 9)), [false, false, false]);
    }

    #[test]
    fn other_parts_are_filtered_as_written() {
        let acl = acl("orders", PatternType::Literal);
        let any = filter(None, ANY);
        let with = |change: fn(&mut AclFilter)| {
            let mut filter = any.clone();
            change(&mut filter);
            filter.matches(&acl)
        };
        assert!(with(|filter| filter.principal = Some("User:alice".to_owned())));
        assert!(!with(|filter| filter.principal = Some(EVERYBODY.to_owned())));
        assert!(!with(|filter| filter.host = Some("10.0.0.1".to_owned())));
        assert!(with(|filter| filter.operation = Operation::Read.number()));
        assert!(!with(|filter| filter.operation = Operation::All.number()));
        assert!(!with(|filter| filter.permission = Permission::Deny.number()));
        assert!(!with(|filter| filter.resource = 99));
    }
}
