//! Reads the facts: one message a paragraph, a field a line, nested by two spaces.

use std::collections::BTreeMap;

use protocol::VersionRange;

/// The fields of each struct of a message, by its name.
pub(crate) type Structs = BTreeMap<String, Vec<FieldFact>>;

pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) key: Option<i16>,
    pub(crate) versions: VersionRange,
    pub(crate) flexible: Option<i16>,
    pub(crate) listeners: Option<String>,
    pub(crate) latest_unstable: bool,
    pub(crate) fields: Vec<FieldFact>,
    pub(crate) structs: Structs,
}

pub(crate) struct FieldFact {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) is_struct: bool,
    pub(crate) versions: VersionRange,
    pub(crate) nullable: Option<VersionRange>,
    pub(crate) tagged: Option<VersionRange>,
    pub(crate) tag: Option<u32>,
    pub(crate) default: Option<String>,
    pub(crate) ignorable: bool,
    pub(crate) inflexible: bool,
}

pub(crate) fn parse(text: &str) -> Vec<Fact> {
    text.split("\n\n")
        .map(str::trim_end)
        .filter(|paragraph| !paragraph.is_empty())
        .map(message)
        .collect()
}

fn message(paragraph: &str) -> Fact {
    let mut lines = paragraph.lines();
    let mut words = lines.next().unwrap().split(' ');
    words.next();
    let name = words.next().unwrap().to_owned();
    let attributes: BTreeMap<_, _> = words.map(|word| word.split_once('=').unwrap()).collect();
    let mut fact = Fact {
        name,
        key: attributes.get("key").map(|key| key.parse().unwrap()),
        versions: versions(attributes["versions"]),
        flexible: attributes
            .get("flexible")
            .filter(|text| **text != "none")
            .map(|text| versions(text).first),
        listeners: attributes.get("listeners").map(|text| (*text).to_owned()),
        latest_unstable: attributes.contains_key("latestVersionUnstable"),
        fields: Vec::new(),
        structs: Structs::new(),
    };
    // The struct that lines of each depth belong to; none for the message itself.
    let mut owners: Vec<Option<String>> = vec![None];
    for line in lines {
        let text = line.trim_start();
        let depth = (line.len() - text.len()) / 2;
        owners.truncate(depth);
        if let Some(shared) = text.strip_prefix("struct ") {
            owners.push(shared.split(' ').next().map(str::to_owned));
            continue;
        }
        let field = field(text);
        if field.is_struct {
            owners.push(Some(field.kind.trim_start_matches("[]").to_owned()));
        }
        match &owners[depth - 1] {
            None => fact.fields.push(field),
            Some(owner) => fact.structs.entry(owner.clone()).or_default().push(field),
        }
    }
    fact
}

fn field(line: &str) -> FieldFact {
    let (name, rest) = line.split_once(": ").unwrap();
    let mut words = rest.split(' ');
    let kind = words.next().unwrap().to_owned();
    let mut field = FieldFact {
        name: name.to_owned(),
        is_struct: kind.trim_start_matches("[]").starts_with(char::is_uppercase),
        kind,
        versions: versions(words.next().unwrap()),
        nullable: None,
        tagged: None,
        tag: None,
        default: None,
        ignorable: false,
        inflexible: false,
    };
    for word in words {
        match word.split_once('=') {
            Some(("nullable", range)) => field.nullable = Some(versions(range)),
            Some(("tagged", range)) => field.tagged = Some(versions(range)),
            Some(("tag", tag)) => field.tag = Some(tag.parse().unwrap()),
            Some(("default", value)) => field.default = Some(value.to_owned()),
            Some(("flexible", "none")) => field.inflexible = true,
            Some(("entity", _)) => {}
            None if word == "ignorable" => field.ignorable = true,
            None if word == "mapKey" || word == "zeroCopy" => {}
            _ => panic!("unknown attribute {word} in {line}"),
        }
    }
    field
}

/// `3+`, `3-5`, `3` or `none`.
fn versions(text: &str) -> VersionRange {
    let number = |text: &str| text.parse().unwrap();
    if text == "none" {
        VersionRange::EMPTY
    } else if let Some(first) = text.strip_suffix('+') {
        VersionRange {
            first: number(first),
            last: i16::MAX,
        }
    } else if let Some((first, last)) = text.split_once('-') {
        VersionRange {
            first: number(first),
            last: number(last),
        }
    } else {
        VersionRange {
            first: number(text),
            last: number(text),
        }
    }
}
