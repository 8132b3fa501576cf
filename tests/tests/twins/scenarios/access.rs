//! Who may do what, and how much of it: users, quotas, access control entries.

use protocol::messages::alter_client_quotas::{
    AlterClientQuotasRequest, OpData, RequestEntityData, RequestEntryData,
};
use protocol::messages::alter_user_scram_credentials::AlterUserScramCredentialsRequest;
use protocol::messages::create_acls::{AclCreation, CreateAclsRequest};
use protocol::messages::delete_acls::{DeleteAclsFilter, DeleteAclsRequest};
use protocol::messages::describe_acls::DescribeAclsRequest;
use protocol::messages::describe_client_quotas::{ComponentData, DescribeClientQuotasRequest};
use protocol::messages::describe_user_scram_credentials::{DescribeUserScramCredentialsRequest, UserName};

use super::super::pair::{Kafka, cluster, compare};
use super::super::requests::{deletion, upsertion};

#[test]
fn users_and_their_credentials() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let describe = |names: Option<&[&str]>| DescribeUserScramCredentialsRequest {
            users: names.map(|names| {
                names
                    .iter()
                    .map(|name| UserName {
                        name: (*name).to_owned(),
                    })
                    .collect()
            }),
        };
        k.ask("before there are any", &describe(None));
        k.ask("of nobody", &describe(Some(&["nobody", "nobody-else"])));
        let put =
            |upsertions: Vec<(&str, i8, i32)>, deletions: Vec<(&str, i8)>| AlterUserScramCredentialsRequest {
                upsertions: upsertions
                    .into_iter()
                    .map(|(name, kind, rounds)| upsertion(name, kind, rounds))
                    .collect(),
                deletions: deletions
                    .into_iter()
                    .map(|(name, kind)| deletion(name, kind))
                    .collect(),
            };
        for (what, upsertions, deletions) in [
            ("good", vec![("twin-a", 1, 4096)], vec![]),
            ("another", vec![("twin-a", 2, 8192), ("twin-b", 1, 4096)], vec![]),
            ("too few rounds", vec![("twin-a", 1, 4095)], vec![]),
            ("too many rounds", vec![("twin-a", 1, 16385)], vec![]),
            ("no mechanism", vec![("twin-a", 0, 4096)], vec![]),
            ("an unknown mechanism", vec![("twin-a", 9, 4096)], vec![]),
            ("no name", vec![("", 1, 4096)], vec![]),
            (
                "the same twice",
                vec![("twin-c", 1, 4096), ("twin-c", 1, 4096)],
                vec![],
            ),
            ("put and deleted", vec![("twin-a", 1, 4096)], vec![("twin-a", 1)]),
            ("deleted that is not there", vec![], vec![("nobody", 1)]),
            ("deleted without a mechanism", vec![], vec![("twin-a", 0)]),
            ("deleted without a name", vec![], vec![("", 1)]),
            (
                "good and bad of one",
                vec![("twin-a", 1, 5000), ("twin-a", 2, 1)],
                vec![],
            ),
            (
                "good and bad of two",
                vec![("twin-b", 1, 5000), ("twin-a", 2, 1)],
                vec![],
            ),
            ("nothing", vec![], vec![]),
        ] {
            k.ask(what, &put(upsertions, deletions));
        }
        let of_b = describe(Some(&["twin-b"]));
        k.until("b is there", &of_b, |answer| {
            answer.results[0]
                .credential_infos
                .first()
                .is_some_and(|one| one.iterations == 5000)
        });
        k.ask("all", &describe(None));
        k.ask("none", &describe(Some(&[])));
        k.ask("some", &describe(Some(&["twin-b", "nobody", "twin-a"])));
        k.ask("the same twice", &describe(Some(&["twin-a", "twin-a"])));
        k.ask("no name", &describe(Some(&[""])));
        k.ask(
            "delete both of one",
            &put(vec![], vec![("twin-a", 1), ("twin-a", 2), ("twin-b", 1)]),
        );
        k.ask("delete", &put(vec![], vec![("twin-a", 1)]));
        k.ask("delete the other", &put(vec![], vec![("twin-a", 2)]));
        k.until("none is left", &describe(None), |answer| {
            answer.results.is_empty()
        });
    });
}

#[test]
fn quotas_of_clients() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        type Entity<'a> = &'a [(&'a str, Option<&'a str>)];
        let alter = |entity: Entity<'_>, ops: &[(&str, f64, bool)]| AlterClientQuotasRequest {
            entries: vec![RequestEntryData {
                entity: entity
                    .iter()
                    .map(|(kind, name)| RequestEntityData {
                        entity_type: (*kind).to_owned(),
                        entity_name: name.map(str::to_owned),
                    })
                    .collect(),
                ops: ops
                    .iter()
                    .map(|(key, value, remove)| OpData {
                        key: (*key).to_owned(),
                        value: *value,
                        remove: *remove,
                    })
                    .collect(),
            }],
            validate_only: false,
        };
        let describe = |components: &[(&str, i8, Option<&str>)], strict: bool| DescribeClientQuotasRequest {
            components: components
                .iter()
                .map(|(kind, match_type, name)| ComponentData {
                    entity_type: (*kind).to_owned(),
                    match_type: *match_type,
                    r#match: name.map(str::to_owned),
                })
                .collect(),
            strict,
        };
        k.ask_in_all("before there are any", &describe(&[], false));
        let entities: &[Entity<'_>] = &[
            &[("user", Some("u"))],
            &[("user", None)],
            &[("client-id", Some("c"))],
            &[("client-id", None)],
            &[("user", Some("u")), ("client-id", Some("c"))],
            &[("user", Some("u")), ("client-id", None)],
            &[("user", None), ("client-id", None)],
        ];
        for (number, entity) in (0_i32..).zip(entities) {
            let rate = f64::from(1_000_000 + number);
            k.ask(
                "a rate",
                &alter(
                    entity,
                    &[
                        ("producer_byte_rate", rate, false),
                        ("request_percentage", 90.0, false),
                    ],
                ),
            );
        }
        let ip: Entity<'_> = &[("ip", Some("127.0.0.9"))];
        k.ask(
            "connections",
            &alter(ip, &[("connection_creation_rate", 1000.0, false)]),
        );
        for (what, entity, ops) in [
            ("an unknown key", entities[0], vec![("nonsense", 1.0, false)]),
            (
                "a key of others",
                entities[0],
                vec![("connection_creation_rate", 1.0, false)],
            ),
            ("a key of others", ip, vec![("producer_byte_rate", 1.0, false)]),
            ("0", entities[0], vec![("producer_byte_rate", 0.0, false)]),
            ("below 0", entities[0], vec![("producer_byte_rate", -1.0, false)]),
            ("a part", entities[0], vec![("producer_byte_rate", 1.5, false)]),
            (
                "the same key twice",
                entities[0],
                vec![
                    ("consumer_byte_rate", 5e6, false),
                    ("consumer_byte_rate", 6e6, false),
                ],
            ),
            ("no key", entities[0], vec![]),
            (
                "removed that is not there",
                entities[2],
                vec![("controller_mutation_rate", 0.0, true)],
            ),
            ("no entity", &[], vec![("producer_byte_rate", 1.0, false)]),
            (
                "an unknown entity",
                &[("nonsense", Some("u"))],
                vec![("producer_byte_rate", 1.0, false)],
            ),
            (
                "no name",
                &[("user", Some(""))],
                vec![("producer_byte_rate", 1.0, false)],
            ),
            (
                "an address that is none",
                &[("ip", Some("1.2.3.4.5"))],
                vec![("connection_creation_rate", 1.0, false)],
            ),
            (
                "a user at an address",
                &[("user", Some("u")), ("ip", Some("127.0.0.9"))],
                vec![("producer_byte_rate", 1.0, false)],
            ),
        ] {
            k.ask_in_all(what, &alter(entity, &ops));
        }
        let mut twice = alter(entities[0], &[("producer_byte_rate", 1e6, false)]);
        twice
            .entries
            .extend(alter(entities[0], &[("producer_byte_rate", 2e6, false)]).entries);
        k.ask("the same entity twice", &twice);
        k.until("they are there", &describe(&[("ip", 2, None)], false), |answer| {
            answer.entries.as_ref().is_some_and(|entries| !entries.is_empty())
        });
        for (components, strict) in [
            (&[][..], false),
            (&[], true),
            (&[("user", 2, None)], false),
            (&[("user", 2, None)], true),
            (&[("user", 0, Some("u"))], false),
            (&[("user", 0, Some("u"))], true),
            (&[("user", 1, None)], true),
            (&[("client-id", 1, None)], false),
            (&[("user", 2, None), ("client-id", 2, None)], true),
            (&[("user", 0, Some("u")), ("client-id", 1, None)], true),
            (&[("user", 0, Some("nobody"))], false),
            (&[("ip", 2, None)], true),
            (&[("ip", 2, None), ("user", 2, None)], false),
            (&[("user", 9, None)], false),
            (&[("nonsense", 2, None)], false),
            (&[("", 2, None)], false),
            (&[("user", 0, None)], false),
            (&[("user", 1, Some("u"))], false),
            (&[("user", 2, None), ("user", 2, None)], false),
        ] {
            k.ask_in_all(
                &format!("{components:?}, strictly: {strict}"),
                &describe(components, strict),
            );
        }
        let mut rest = entities.to_vec();
        rest.push(ip);
        for entity in rest {
            let keys = [
                "producer_byte_rate",
                "request_percentage",
                "consumer_byte_rate",
                "connection_creation_rate",
            ];
            let valid = keys
                .iter()
                .filter(|key| (**key == "connection_creation_rate") == (entity[0].0 == "ip"));
            let ops: Vec<_> = valid.map(|key| (*key, 0.0, true)).collect();
            k.ask("none any more", &alter(entity, &ops));
        }
        k.until("none is left", &describe(&[], false), |answer| {
            answer.entries.as_ref().is_some_and(Vec::is_empty)
        });
    });
}

#[test]
fn access_control_entries() {
    real_kafka::require!(own);
    compare(&cluster::exclusive(), |kafka: &mut Kafka| {
        let mut k = kafka.connect();
        let entry = |resource: (i8, &str, i8), principal: &str, operation: i8, permission: i8| AclCreation {
            resource_type: resource.0,
            resource_name: resource.1.to_owned(),
            resource_pattern_type: resource.2,
            principal: principal.to_owned(),
            host: "*".to_owned(),
            operation,
            permission_type: permission,
        };
        let describe = |resource: (i8, Option<&str>, i8),
                        principal: Option<&str>,
                        operation: i8,
                        permission: i8| DescribeAclsRequest {
            resource_type_filter: resource.0,
            resource_name_filter: resource.1.map(str::to_owned),
            pattern_type_filter: resource.2,
            principal_filter: principal.map(str::to_owned),
            host_filter: None,
            operation,
            permission_type: permission,
        };
        let any = (1, None, 1);
        k.ask_in_all("before there are any", &describe(any, None, 1, 1));
        let good = vec![
            entry((2, "orders", 3), "User:a", 3, 3),
            entry((2, "orders", 3), "User:b", 4, 2),
            entry((2, "or", 4), "User:a", 3, 3),
            entry((2, "*", 3), "User:*", 8, 3),
            entry((3, "g", 3), "User:a", 3, 3),
            entry((4, "kafka-cluster", 3), "User:a", 12, 3),
            entry((5, "x", 4), "User:a", 4, 3),
            entry((7, "User:a", 3), "User:b", 13, 3),
        ];
        k.ask(
            "several",
            &CreateAclsRequest {
                creations: good.clone(),
            },
        );
        k.ask_in_all(
            "the same again",
            &CreateAclsRequest {
                creations: good[..1].to_vec(),
            },
        );
        let bad = vec![
            entry((0, "x", 3), "User:a", 3, 3),
            entry((1, "x", 3), "User:a", 3, 3),
            entry((99, "x", 3), "User:a", 3, 3),
            entry((2, "", 3), "User:a", 3, 3),
            entry((2, "x", 0), "User:a", 3, 3),
            entry((2, "x", 1), "User:a", 3, 3),
            entry((2, "x", 2), "User:a", 3, 3),
            entry((2, "x", 3), "", 3, 3),
            entry((2, "x", 3), "a", 3, 3),
            entry((2, "x", 3), "User:a", 0, 3),
            entry((2, "x", 3), "User:a", 1, 3),
            entry((2, "x", 3), "User:a", 99, 3),
            entry((2, "x", 3), "User:a", 3, 0),
            entry((2, "x", 3), "User:a", 3, 1),
            entry((2, "x", 99), "User:a", 3, 3),
            entry((2, "x", 3), "User:a", 3, 99),
            entry((4, "another", 3), "User:a", 12, 3),
            entry((2, "x", 3), "User:a", 12, 3),
        ];
        for creation in &bad {
            let mut request = CreateAclsRequest {
                creations: vec![creation.clone()],
            };
            k.ask("bad", &request);
            request.creations.push(good[0].clone());
            k.ask("bad and good", &request);
        }
        k.ask("nothing", &CreateAclsRequest { creations: vec![] });
        k.until("they are there", &describe((7, None, 1), None, 1, 1), |answer| {
            !answer.resources.is_empty()
        });
        let filters = [
            (any, None, 1, 1),
            ((2, None, 1), None, 1, 1),
            ((2, Some("orders"), 3), None, 1, 1),
            ((2, Some("orders"), 2), None, 1, 1),
            ((2, Some("orders"), 1), None, 1, 1),
            ((2, Some("or"), 4), None, 1, 1),
            ((2, Some("*"), 3), None, 1, 1),
            ((1, None, 4), None, 1, 1),
            (any, Some("User:a"), 1, 1),
            (any, Some("User:*"), 1, 1),
            (any, None, 3, 1),
            (any, None, 2, 1),
            (any, None, 1, 2),
            ((2, Some("never-there"), 3), None, 1, 1),
            ((0, None, 1), None, 1, 1),
            ((99, None, 1), None, 1, 1),
            ((1, None, 0), None, 1, 1),
            (any, None, 0, 1),
            (any, None, 99, 1),
            (any, None, 1, 0),
            (any, Some("a"), 1, 1),
            (any, Some(""), 1, 1),
            ((2, Some(""), 3), None, 1, 1),
        ];
        for (resource, principal, operation, permission) in filters {
            let request = describe(resource, principal, operation, permission);
            k.ask(
                &format!("{resource:?} {principal:?} {operation} {permission}"),
                &request,
            );
        }
        let delete = |filters: &[DescribeAclsRequest]| DeleteAclsRequest {
            filters: filters
                .iter()
                .cloned()
                .map(|filter| DeleteAclsFilter {
                    resource_type_filter: filter.resource_type_filter,
                    resource_name_filter: filter.resource_name_filter,
                    pattern_type_filter: filter.pattern_type_filter,
                    principal_filter: filter.principal_filter,
                    host_filter: filter.host_filter,
                    operation: filter.operation,
                    permission_type: filter.permission_type,
                })
                .collect(),
        };
        k.ask("nothing", &delete(&[]));
        k.ask_in_all(
            "what is not there",
            &delete(&[describe((2, Some("never-there"), 3), None, 1, 1)]),
        );
        for bad in &filters[14..20] {
            k.ask(
                "a filter that is none",
                &delete(&[describe(bad.0, bad.1, bad.2, bad.3)]),
            );
        }
        let of_orders = describe((2, Some("orders"), 2), None, 1, 1);
        k.ask(
            "all that concern a topic, and again",
            &delete(&[of_orders.clone(), of_orders.clone()]),
        );
        k.until("they are gone", &of_orders, |answer| answer.resources.is_empty());
        k.ask("all", &delete(&[describe(any, None, 1, 1)]));
        k.until("none is left", &describe(any, None, 1, 1), |answer| {
            answer.resources.is_empty()
        });
    });
}
