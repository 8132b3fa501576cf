//! What access control entries allow, as Kafka's `StandardAuthorizer` has it.

use std::collections::{BTreeMap, BTreeSet};

use super::acl::{Acl, AclFilter, EVERYBODY, Operation, PatternType, Permission, ResourceType, WILDCARD};

/// Keeps the entries, and decides by them.
#[derive(Debug)]
pub(crate) struct Authorizer {
    super_users: BTreeSet<String>,
    /// Whether what no entry is about is open to everybody.
    allow_everyone: bool,
    literal: BTreeMap<ResourceType, BTreeMap<String, BTreeSet<Acl>>>,
    prefixed: BTreeMap<ResourceType, BTreeMap<String, BTreeSet<Acl>>>,
}

/// Who wants something.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Who<'a> {
    pub(crate) principal: &'a str,
    /// Its address.
    pub(crate) host: &'a str,
}

impl Who<'_> {
    fn is_meant_by(self, acl: &Acl) -> bool {
        (acl.principal == self.principal || acl.principal == EVERYBODY)
            && (acl.host == self.host || acl.host == WILDCARD)
    }
}

impl Authorizer {
    pub(crate) fn new<'a>(super_users: impl Iterator<Item = &'a str>, allow_everyone: bool) -> Self {
        Self {
            super_users: super_users.map(str::to_owned).collect(),
            allow_everyone,
            literal: BTreeMap::new(),
            prefixed: BTreeMap::new(),
        }
    }

    /// Adds an entry, unless it is there.
    pub(crate) fn add(&mut self, acl: Acl) {
        let of_resource = self.of_pattern(acl.pattern).entry(acl.resource).or_default();
        of_resource.entry(acl.name.clone()).or_default().insert(acl);
    }

    /// Removes an entry.
    pub(crate) fn remove(&mut self, acl: &Acl) {
        let of_resource = self.of_pattern(acl.pattern).entry(acl.resource).or_default();
        if let Some(acls) = of_resource.get_mut(&acl.name) {
            acls.remove(acl);
            if acls.is_empty() {
                of_resource.remove(&acl.name);
            }
        }
    }

    fn of_pattern(
        &mut self,
        pattern: PatternType,
    ) -> &mut BTreeMap<ResourceType, BTreeMap<String, BTreeSet<Acl>>> {
        match pattern {
            PatternType::Literal => &mut self.literal,
            PatternType::Prefixed => &mut self.prefixed,
        }
    }

    /// All entries, those of one resource side by side.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Acl> {
        let maps = [&self.literal, &self.prefixed].into_iter();
        maps.flat_map(|map| map.values().flat_map(BTreeMap::values).flatten())
    }

    /// The entries that a filter matches, those of one resource side by side.
    pub(crate) fn matching<'a>(&'a self, filter: &'a AclFilter) -> impl Iterator<Item = &'a Acl> {
        self.iter().filter(|acl| filter.matches(acl))
    }

    /// Whether somebody may do something with a thing.
    pub(crate) fn allows(
        &self,
        who: Who<'_>,
        operation: Operation,
        resource: ResourceType,
        name: &str,
    ) -> bool {
        if self.super_users.contains(who.principal) {
            return true;
        }
        let mut found_any = false;
        let mut allowed = false;
        for acl in self.about(resource, name) {
            found_any = true;
            if !who.is_meant_by(acl) {
                continue;
            }
            match acl.permission {
                Permission::Deny if acl.operation == Operation::All || acl.operation == operation => {
                    return false;
                }
                Permission::Allow => allowed |= implies(acl.operation, operation),
                Permission::Deny => {}
            }
        }
        allowed || (!found_any && self.allow_everyone)
    }

    /// Whether somebody may do something with any thing of a kind, whatever its name.
    pub(crate) fn allows_any(&self, who: Who<'_>, operation: Operation, resource: ResourceType) -> bool {
        // Any name will do for whom names make no difference.
        if self.allows(who, operation, resource, "hardcode") {
            return true;
        }
        let empty = BTreeMap::new();
        let of = |map: &'_ BTreeMap<ResourceType, BTreeMap<String, BTreeSet<Acl>>>, permission| {
            let names = map.get(&resource).unwrap_or(&empty).iter();
            let names = names.filter(|(_, acls)| {
                acls.iter().any(|acl| {
                    let operations = [Operation::All, operation];
                    acl.permission == permission
                        && operations.contains(&acl.operation)
                        && who.is_meant_by(acl)
                })
            });
            names.map(|(name, _)| name.clone()).collect::<BTreeSet<String>>()
        };
        let denied = of(&self.literal, Permission::Deny);
        if denied.contains(WILDCARD) {
            return false;
        }
        let denied_prefixes = of(&self.prefixed, Permission::Deny);
        let is_free = |name: &String| {
            !denied_prefixes
                .iter()
                .any(|prefix| name.starts_with(prefix.as_str()))
        };
        let literal = of(&self.literal, Permission::Allow);
        literal.contains(WILDCARD)
            || literal.iter().any(|name| !denied.contains(name) && is_free(name))
            || of(&self.prefixed, Permission::Allow).iter().any(is_free)
    }

    /// The entries that are about a thing.
    fn about(&self, resource: ResourceType, name: &str) -> impl Iterator<Item = &Acl> {
        let literal = self.literal.get(&resource);
        let named = literal.and_then(|of| of.get(name));
        let all = literal
            .and_then(|of| of.get(WILDCARD))
            .filter(|_| name != WILDCARD);
        // A prefix of the name is not greater than it, and not less than its first character.
        let first = name.chars().next().map_or_else(String::new, String::from);
        let prefixed = self.prefixed.get(&resource);
        let prefixed = prefixed.into_iter().flat_map(move |of| {
            of.range(first.clone()..=name.to_owned())
                .filter(|(prefix, _)| name.starts_with(prefix.as_str()))
                .map(|(_, acls)| acls)
        });
        named.into_iter().chain(all).chain(prefixed).flatten()
    }
}

/// Whether who is allowed the one is allowed the other.
fn implies(allowed: Operation, wanted: Operation) -> bool {
    match wanted {
        _ if allowed == wanted || allowed == Operation::All => true,
        Operation::Describe => matches!(
            allowed,
            Operation::Read | Operation::Write | Operation::Delete | Operation::Alter
        ),
        Operation::DescribeConfigs => allowed == Operation::AlterConfigs,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: Who<'_> = Who {
        principal: "User:alice",
        host: "10.0.0.1",
    };

    fn authorizer(acls: &[&str]) -> Authorizer {
        let mut authorizer = Authorizer::new(["User:admin"].into_iter(), false);
        for text in acls {
            authorizer.add(acl(text));
        }
        authorizer
    }

    /// `allow|deny PRINCIPAL HOST OPERATION NAME[..]`, of topics.
    fn acl(text: &str) -> Acl {
        let words: Vec<&str> = text.split(' ').collect();
        let [permission, principal, host, operation, name] = words[..] else {
            panic!("{text}")
        };
        let (name, pattern) = match name.strip_suffix("..") {
            Some(prefix) => (prefix, PatternType::Prefixed),
            None => (name, PatternType::Literal),
        };
        let operation = serde_json::from_value(operation.into()).unwrap();
        Acl {
            resource: ResourceType::Topic,
            name: name.to_owned(),
            pattern,
            principal: format!("User:{principal}"),
            host: host.to_owned(),
            operation,
            permission: serde_json::from_value(permission.into()).unwrap(),
        }
    }

    fn may(authorizer: &Authorizer, operation: Operation, topic: &str) -> bool {
        authorizer.allows(ALICE, operation, ResourceType::Topic, topic)
    }

    #[test]
    fn without_an_entry_only_super_users_may() {
        let none = authorizer(&[]);
        assert!(!may(&none, Operation::Read, "t"));
        let admin = Who {
            principal: "User:admin",
            ..ALICE
        };
        assert!(none.allows(admin, Operation::Alter, ResourceType::Cluster, "kafka-cluster"));
        let open = Authorizer::new(std::iter::empty(), true);
        assert!(may(&open, Operation::Read, "t"));
    }

    #[test]
    fn what_an_entry_is_about_is_not_open_to_everybody() {
        let mut open = Authorizer::new(std::iter::empty(), true);
        open.add(acl("allow bob * read t"));
        assert!(!may(&open, Operation::Read, "t"));
        assert!(may(&open, Operation::Read, "u"));
    }

    #[test]
    fn names_hosts_and_principals_match_as_they_are_written() {
        for (entry, operation, topic, expected) in [
            ("allow alice * read orders", Operation::Read, "orders", true),
            ("allow alice * read orders", Operation::Write, "orders", false),
            ("allow alice * read orders", Operation::Read, "orders2", false),
            ("allow alice * read ord..", Operation::Read, "orders", true),
            ("allow alice * read ord..", Operation::Read, "ord", true),
            ("allow alice * read ord..", Operation::Read, "or", false),
            ("allow alice * read *", Operation::Read, "anything", true),
            ("allow * * read orders", Operation::Read, "orders", true),
            (
                "allow alice 10.0.0.1 read orders",
                Operation::Read,
                "orders",
                true,
            ),
            (
                "allow alice 10.0.0.2 read orders",
                Operation::Read,
                "orders",
                false,
            ),
            ("allow alice * all orders", Operation::Alter, "orders", true),
            ("allow alice * write orders", Operation::Describe, "orders", true),
            (
                "allow alice * create orders",
                Operation::Describe,
                "orders",
                false,
            ),
            (
                "allow alice * alter_configs orders",
                Operation::DescribeConfigs,
                "orders",
                true,
            ),
            (
                "allow alice * alter_configs orders",
                Operation::Describe,
                "orders",
                false,
            ),
        ] {
            let authorizer = authorizer(&[entry]);
            assert_eq!(
                may(&authorizer, operation, topic),
                expected,
                "{entry}: {operation:?} {topic}"
            );
        }
    }

    #[test]
    fn a_denial_goes_before_whatever_allows() {
        let rules = authorizer(&[
            "allow alice * all *",
            "deny alice * write secret..",
            "deny bob * read orders",
        ]);
        assert!(may(&rules, Operation::Read, "secret-plans"));
        assert!(!may(&rules, Operation::Write, "secret-plans"));
        assert!(may(&rules, Operation::Read, "orders"));
        // Denying to write does not deny to describe.
        assert!(may(&rules, Operation::Describe, "secret-plans"));
        let everything = authorizer(&["allow alice * read t", "deny alice * all t"]);
        assert!(!may(&everything, Operation::Read, "t"));
    }

    #[test]
    fn entries_are_kept_once_and_removed() {
        let mut rules = authorizer(&["allow alice * read t", "allow alice * read t"]);
        assert_eq!(rules.iter().count(), 1);
        rules.remove(&acl("allow alice * read t"));
        rules.remove(&acl("allow alice * read t"));
        assert_eq!(rules.iter().count(), 0);
        assert!(!may(&rules, Operation::Read, "t"));
    }

    #[test]
    fn the_right_to_something_of_a_kind() {
        for (entries, expected) in [
            (&[][..], false),
            (&["allow alice * write t"], true),
            (&["allow alice * all t.."], true),
            (&["allow alice * read t"], false),
            (&["allow bob * write t"], false),
            (&["allow alice * write *"], true),
            (&["allow alice * write *", "deny alice * write *"], false),
            (&["allow alice * write t", "deny alice * write t"], false),
            (&["allow alice * write t", "deny alice * all t.."], false),
            (&["allow alice * write t", "deny alice * write u"], true),
            (&["allow alice * write tu..", "deny alice * write t.."], false),
            (&["allow alice * write t..", "deny alice * write tu.."], true),
        ] {
            let rules = authorizer(entries);
            let found = rules.allows_any(ALICE, Operation::Write, ResourceType::Topic);
            assert_eq!(found, expected, "{entries:?}");
        }
    }
}
