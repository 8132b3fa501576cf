//! The structs against the facts of Apache Kafka 4.4's message definitions.

mod facts;

use protocol::testing::{DefaultSchema, Entry, FieldSchema, StructSchema, TypeSchema, registry};
use protocol::{ApiInfo, VersionRange};

use facts::{Fact, FieldFact, Structs};

const FACTS: &str = include_str!("data/messages-4.4.txt");

#[test]
fn every_struct_agrees_with_kafka() {
    let facts = facts::parse(FACTS);
    let entries = registry();
    let mut differences = Vec::new();
    let (mut agreeing, mut fields) = (0, 0);
    for fact in &facts {
        let found = differences.len();
        match entries.iter().find(|entry| entry.name == fact.name) {
            Some(entry) => fields += compare(fact, entry, &mut differences),
            None if fact.versions.is_empty() => removed(fact, &mut differences),
            None => differences.push(format!("{} is missing", fact.name)),
        }
        agreeing += usize::from(differences.len() == found);
    }
    println!("{agreeing} of {} messages agree, {fields} fields", facts.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!((agreeing, facts.len()), (203, 203));
    let living = facts.iter().filter(|fact| !fact.versions.is_empty()).count();
    assert_eq!(entries.len(), living, "messages that Kafka does not have");
}

/// An API without versions has its entry in the table and nothing else.
fn removed(fact: &Fact, differences: &mut Vec<String>) {
    let name = fact.name.trim_end_matches("Request").trim_end_matches("Response");
    let info = ApiInfo::ALL.iter().find(|info| info.name == name);
    match info {
        Some(info) if info.versions.is_empty() && Some(info.key.0) == fact.key => {}
        _ => differences.push(format!("{}: {info:?}", fact.name)),
    }
}

fn compare(fact: &Fact, entry: &Entry, differences: &mut Vec<String>) -> usize {
    let mut differ = |what: &str, kafka: String, ours: String| {
        if kafka != ours {
            differences.push(format!("{}: {what}: Kafka {kafka}, ours {ours}", fact.name));
        }
    };
    differ(
        "key",
        format!("{:?}", fact.key),
        format!("{:?}", entry.key.map(|key| key.0)),
    );
    differ("versions", fact.versions.to_string(), entry.versions.to_string());
    differ(
        "flexible",
        format!("{:?}", fact.flexible),
        format!("{:?}", entry.flexible),
    );
    if let (Some(listeners), Some(info)) = (&fact.listeners, entry.key.and_then(|key| key.info())) {
        differ(
            "brokers",
            listeners.contains("broker").to_string(),
            info.on_brokers.to_string(),
        );
        let controllers = listeners.contains("controller");
        differ(
            "controllers",
            controllers.to_string(),
            info.on_controllers.to_string(),
        );
        differ(
            "unstable",
            fact.latest_unstable.to_string(),
            info.latest_unstable.to_string(),
        );
    }
    let mut seen = 0;
    let mut walk = Walk {
        structs: &fact.structs,
        differences,
        fields: &mut seen,
    };
    walk.structure(&fact.name, &fact.fields, entry.schema, fact.versions);
    seen
}

struct Walk<'a> {
    structs: &'a Structs,
    differences: &'a mut Vec<String>,
    fields: &'a mut usize,
}

impl Walk<'_> {
    /// Compares a struct that exists in `around`. A field that exists in none of these versions is no field.
    fn structure(&mut self, path: &str, facts: &[FieldFact], ours: &StructSchema, around: VersionRange) {
        let facts: Vec<_> = facts
            .iter()
            .filter(|fact| !fact.versions.intersect(around).is_empty())
            .collect();
        let names = |names: Vec<String>| names.join(", ");
        let kafka = names(facts.iter().map(|fact| plain(&fact.name)).collect());
        let mine = names(ours.fields.iter().map(|field| plain(field.name)).collect());
        if kafka != mine {
            self.differences
                .push(format!("{path}: fields: Kafka {kafka}, ours {mine}"));
            return;
        }
        for (fact, field) in facts.into_iter().zip(ours.fields) {
            self.field(&format!("{path}.{}", field.name), fact, field, around);
        }
    }

    fn field(&mut self, path: &str, fact: &FieldFact, ours: &FieldSchema, around: VersionRange) {
        *self.fields += 1;
        let versions = fact.versions.intersect(around);
        let within = |range: Option<VersionRange>| range.map(|range| range.intersect(versions));
        self.differ(path, "versions", &versions, &ours.versions.intersect(around));
        self.differ(path, "nullable", &within(fact.nullable), &within(ours.nullable));
        self.differ(path, "tagged", &within(fact.tagged), &within(ours.tagged));
        self.differ(path, "tag", &fact.tag, &ours.tag);
        self.differ(path, "default", &default(fact), &ours.default);
        self.differ(path, "inflexible", &fact.inflexible, &ours.inflexible);
        // Where a field exists in every version there is no version to ignore it in.
        if versions != around {
            self.differ(path, "ignorable", &fact.ignorable, &ours.ignorable);
        }
        let (kafka, mine) = (&fact.kind, spelled(&ours.kind));
        let of_struct = structure_of(&ours.kind);
        match (self.structs.get(kafka.trim_start_matches("[]")), of_struct) {
            (Some(fields), Some(schema)) => {
                let array = kafka.starts_with("[]") == mine.starts_with("[]");
                let name = kafka.trim_start_matches("[]");
                // Request and response share a module: where both have a struct of one name, it says whose.
                let same = [
                    name.to_owned(),
                    format!("Request{name}"),
                    format!("Response{name}"),
                ];
                if !array || !same.contains(&schema.name.to_owned()) {
                    self.differ(path, "type", kafka, &mine);
                }
                self.structure(path, fields, schema, versions);
            }
            _ => self.differ(path, "type", kafka, &mine),
        }
    }

    fn differ<T: PartialEq + std::fmt::Debug>(&mut self, path: &str, what: &str, kafka: &T, ours: &T) {
        if kafka != ours {
            self.differences
                .push(format!("{path}: {what}: Kafka {kafka:?}, ours {ours:?}"));
        }
    }
}

/// A name as letters and digits only: Kafka writes `ThrottleTimeMs`, Rust `throttle_time_ms`.
fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

fn default(fact: &FieldFact) -> DefaultSchema {
    match fact.default.as_deref() {
        // Kafka's generator gives records no other default.
        None if fact.kind == "records" && fact.nullable.is_some() => DefaultSchema::Null,
        None | Some("" | "0" | "false") => DefaultSchema::Zero,
        Some("null") => DefaultSchema::Null,
        Some("true") => DefaultSchema::Bool(true),
        Some(number) => {
            let value = match number.strip_prefix("0x") {
                Some(hexadecimal) => i64::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            DefaultSchema::Int(value.unwrap())
        }
    }
}

fn structure_of(kind: &TypeSchema) -> Option<&'static StructSchema> {
    match kind {
        TypeSchema::Struct(schema) => Some(schema),
        TypeSchema::Array(element) => structure_of(element),
        _ => None,
    }
}

fn spelled(kind: &TypeSchema) -> String {
    let name = match kind {
        TypeSchema::Bool => "bool",
        TypeSchema::Int8 => "int8",
        TypeSchema::Int16 => "int16",
        TypeSchema::Int32 => "int32",
        TypeSchema::Int64 => "int64",
        TypeSchema::Uint16 => "uint16",
        TypeSchema::Uint32 => "uint32",
        TypeSchema::Float64 => "float64",
        TypeSchema::String => "string",
        TypeSchema::Bytes => "bytes",
        TypeSchema::Records => "records",
        TypeSchema::Uuid => "uuid",
        TypeSchema::Array(element) => return format!("[]{}", spelled(element)),
        TypeSchema::Struct(schema) => schema.name,
    };
    name.to_owned()
}
