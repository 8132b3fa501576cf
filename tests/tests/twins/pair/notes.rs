//! What a cluster answered, in words that do not depend on the run.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use protocol::ErrorCode;
use protocol::compress::Decompressor;
use protocol::records::{Batches, ControlRecord};

use super::tree::Tree;

/// The answers to a scenario so far.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) steps: Vec<Step>,
    names: Names,
}

/// An answer.
pub(super) struct Step {
    /// What was asked.
    pub(super) title: String,
    /// Where the answers of sandbox and Kafka may differ, and why.
    pub(super) excuse: Option<Excuse>,
    /// Each field with its path, in the order of the answer.
    pub(super) fields: Vec<(String, String)>,
}

impl Step {
    /// Whether two answers to the same differ in fields that count.
    pub(super) fn differs(&self, other: &Self, counts: impl Fn(&str) -> bool) -> bool {
        let ours = self.fields.iter().filter(|(path, _)| counts(path));
        ours.ne(other.fields.iter().filter(|(path, _)| counts(path)))
    }
}

/// How the paths of some fields end, and why they are not the same on both sides.
pub(super) type Excuse = (&'static [&'static str], &'static str);

/// Lists whose order is that of a hash table in Kafka: of which structure, which field.
const UNORDERED: &[(&str, &str)] = &[
    ("ResponseEntryData", "entity"),
    ("AlterUserScramCredentialsResponse", "results"),
    ("DeleteAclsFilterResult", "matching_acls"),
    ("DescribeAclsResource", "acls"),
    ("DescribeAclsResponse", "resources"),
    ("DescribeClientQuotasResponse", "entries"),
    ("DescribeUserScramCredentialsResponse", "results"),
    ("DescribeUserScramCredentialsResult", "credential_infos"),
    ("EntryData", "entity"),
    ("EntryData", "values"),
    ("MetadataResponse", "topics"),
    ("UpdateFeaturesResponse", "results"),
    ("DescribeConfigsResult", "configs"),
    ("ListConfigResourcesResponse", "config_resources"),
    ("Assignment", "topic_partitions"),
    ("ResponseTopicPartitions", "partitions"),
    ("TopicPartitions", "partitions"),
    ("Member", "subscribed_topic_names"),
    ("DescribedGroup", "members"),
    ("DescribeLogDirsTopic", "partitions"),
    ("DeleteTopicsResponse", "responses"),
    ("OffsetDeleteResponseTopic", "partitions"),
    ("OffsetFetchResponseTopic", "partitions"),
    ("OffsetFetchResponseTopics", "partitions"),
    ("JoinGroupResponse", "members"),
    ("DescribeGroupsResponse", "groups"),
    ("DeleteGroupsResponse", "results"),
    ("ListGroupsResponse", "groups"),
];

impl Notes {
    /// Takes an answer down; none is a connection that the broker closed.
    pub(super) fn take(&mut self, title: String, excuse: Option<Excuse>, answer: Option<&impl Debug>) {
        let mut fields = Vec::new();
        match answer {
            Some(answer) => {
                self.names
                    .flatten(Tree::read(&format!("{answer:?}")), String::new(), &mut fields)
            }
            None => fields.push((String::new(), "the connection is closed".to_owned())),
        }
        self.steps.push(Step {
            title,
            excuse,
            fields,
        });
    }
}

/// Names for what is drawn at random or counted by the cluster as a whole, in order of appearance.
#[derive(Default)]
struct Names {
    /// What was named, and as what.
    known: Vec<(String, String)>,
}

impl Names {
    /// Appends the fields below a value.
    fn flatten(&mut self, tree: Tree, path: String, fields: &mut Vec<(String, String)>) {
        match tree {
            Tree::Struct(kind, inner) => {
                if inner.is_empty() {
                    fields.push((path, kind));
                    return;
                }
                for (name, value) in inner {
                    let path = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    match value {
                        Tree::List(list) if UNORDERED.contains(&(&kind, &name)) => {
                            let list = self.sorted(list);
                            self.flatten(Tree::List(list), path, fields);
                        }
                        Tree::Bytes(bytes) if name == "records" && !bytes.is_empty() => {
                            self.flatten(batches(bytes), path, fields);
                        }
                        value @ (Tree::Struct(..) | Tree::List(_)) => self.flatten(value, path, fields),
                        leaf => {
                            let text = self.leaf(&name, leaf);
                            fields.push((path, text));
                        }
                    }
                }
            }
            Tree::List(list) if list.is_empty() => fields.push((path, "[]".to_owned())),
            Tree::List(list) => {
                for (index, value) in list.into_iter().enumerate() {
                    self.flatten(value, format!("{path}[{index}]"), fields);
                }
            }
            leaf => {
                let text = self.leaf("", leaf);
                fields.push((path, text));
            }
        }
    }

    /// By what is the same in every run.
    fn sorted(&self, mut list: Vec<Tree>) -> Vec<Tree> {
        list.sort_by_cached_key(|tree| {
            let mut fields = Vec::new();
            // What is new gets no name here: that follows from the order.
            let mut names = Self {
                known: self.known.clone(),
            };
            names.flatten(tree.clone(), String::new(), &mut fields);
            fields
        });
        list
    }

    fn leaf(&mut self, field: &str, leaf: Tree) -> String {
        match leaf {
            Tree::Word(word) => self.number(field, word),
            Tree::Text(text) => format!("{:?}", self.text(field, text)),
            Tree::Bytes(bytes) => format!("{:?}", Bytes::from(bytes)),
            Tree::Id(id) if id == [0; 16] => "no id".to_owned(),
            Tree::Id(id) => self.name("id", &protocol::Uuid::from_bytes(id).to_string()),
            Tree::Null => "null".to_owned(),
            Tree::List(_) | Tree::Struct(..) => unreachable!("no leaf"),
        }
    }

    fn number(&mut self, field: &str, word: String) -> String {
        let Ok(number) = word.parse::<i64>() else {
            return word;
        };
        if is_recent(number) {
            return "now".to_owned();
        }
        match field {
            "error_code" | "partition_error_code" => {
                i16::try_from(number).map_or(word, |code| ErrorCode(code).to_string())
            }
            "port" => self.name("port", &word),
            "producer_id" | "session_id" if number > 0 => self.name(field, &word),
            _ => word,
        }
    }

    /// A text in which everything that was or can be named is.
    fn text(&mut self, field: &str, text: String) -> String {
        if field == "cluster_id" || (field == "member_id" && text.len() == ID_LEN) {
            return self.name(field, &text);
        }
        let mut text = text;
        while let Some(at) = drawn_in(&text) {
            let name = self.name("drawn", &text[at..at + DRAWN_LEN]);
            text.replace_range(at..at + DRAWN_LEN, &name);
        }
        for (value, name) in &self.known {
            // Numbers that were named may be anything else in a text.
            if value.len() >= ID_LEN {
                text = text.replace(value, name);
            }
        }
        text
    }

    fn name(&mut self, kind: &str, value: &str) -> String {
        let of_kind = |name: &str| {
            let number = name.strip_prefix('<').and_then(|name| name.strip_prefix(kind));
            number.is_some_and(|number| number.starts_with(' '))
        };
        let mut of_kind = self.known.iter().filter(|(_, name)| of_kind(name));
        if let Some((_, name)) = of_kind.clone().find(|(known, _)| known == value) {
            return name.clone();
        }
        let name = format!("<{kind} {}>", of_kind.by_ref().count() + 1);
        self.known.push((value.to_owned(), name.clone()));
        name
    }
}

/// The length of an id in Kafka's own form.
const ID_LEN: usize = 22;

/// The length of an id in the form of RFC 9562, which ends the ids of members that a coordinator names.
const DRAWN_LEN: usize = 36;

/// Where such an id begins.
fn drawn_in(text: &str) -> Option<usize> {
    let is_drawn = |window: &[u8]| {
        let at_place = |(place, byte): (usize, &u8)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        window.iter().enumerate().all(at_place)
    };
    text.as_bytes().windows(DRAWN_LEN).position(is_drawn)
}

/// Whether a number is a time of this run.
fn is_recent(number: i64) -> bool {
    const RECENT: Duration = Duration::from_secs(600);
    let Ok(number) = u64::try_from(number) else {
        return false;
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Duration::from_millis(number).abs_diff(now) < RECENT
}

/// The batches that were read.
fn batches(bytes: Vec<u8>) -> Tree {
    let mut decompressor = Decompressor::default();
    let mut list = Vec::new();
    let mut batches = Batches::new(bytes.into());
    for batch in batches.by_ref() {
        let batch = batch.unwrap();
        let header = *batch.header();
        let Tree::Struct(kind, mut fields) = Tree::read(&format!("{header:?}")) else {
            unreachable!("a header is a structure");
        };
        // Times are part of what is summed up.
        fields.retain(|(name, _)| name != "crc");
        let sound = batch.verify().is_ok();
        fields.push(("sound".to_owned(), Tree::Word(sound.to_string())));
        let records = batch.records(&mut decompressor).unwrap();
        let records = records.iter().map(|record| {
            let record = record.unwrap();
            let bytes = |part: Option<&[u8]>| part.map_or(Tree::Null, |part| Tree::Bytes(part.to_vec()));
            let number = |number: i64| Tree::Word(number.to_string());
            let mut fields = vec![
                ("offset".to_owned(), number(record.offset)),
                ("timestamp".to_owned(), number(record.timestamp)),
            ];
            if header.attributes.is_control() {
                let control = ControlRecord::read(&record).unwrap();
                fields.push(("control".to_owned(), Tree::read(&format!("{control:?}"))));
                return Tree::Struct("Record".to_owned(), fields);
            }
            fields.push(("key".to_owned(), bytes(record.key)));
            fields.push(("value".to_owned(), bytes(record.value)));
            for header in record.headers().iter() {
                fields.push((format!("header {}", header.name()), bytes(header.value)));
            }
            Tree::Struct("Record".to_owned(), fields)
        });
        fields.push(("content".to_owned(), Tree::List(records.collect())));
        list.push(Tree::Struct(kind, fields));
    }
    list.push(Tree::Struct(
        "Rest".to_owned(),
        vec![("bytes".to_owned(), Tree::Word(batches.remaining().to_string()))],
    ));
    Tree::List(list)
}
