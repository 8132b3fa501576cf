//! The settings that Kafka has: of topics, brokers, groups and subscriptions to client metrics.
//!
//! | file | what it does |
//! |---|---|
//! | `data/*.tsv` of the crate | the facts, as brokers of five releases gave them |
//! | `table` | reads them, once, when they are first asked for |
//! | `check` | tells a value that Kafka takes from one that it refuses, in Kafka's words |
//! | `java` | numbers as Java reads and writes them |
//!
//! The levels of a broker's loggers, which DescribeConfigs shows as a kind of their own, are not among them.

mod check;
mod java;
mod table;

use std::fmt;

use super::Profile;
pub use check::Refusal;

/// What a setting belongs to. The numbers are those of resource types in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A topic: 2.
    Topic,
    /// A broker, or all brokers where the name is empty: 4.
    Broker,
    /// A subscription to metrics of clients (KIP-714): 16.
    ClientMetrics,
    /// A group of consumers, share consumers or streams members: 32.
    Group,
}

impl Kind {
    /// All kinds, by ascending number.
    pub const ALL: [Self; 4] = [Self::Topic, Self::Broker, Self::ClientMetrics, Self::Group];

    /// The number of the resource type.
    pub const fn number(self) -> i8 {
        match self {
            Self::Topic => 2,
            Self::Broker => 4,
            Self::ClientMetrics => 16,
            Self::Group => 32,
        }
    }

    /// The kind of that number; none for loggers (8) and whatever else is no kind with settings of its own.
    pub fn of_number(number: i8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// The type of a setting. The numbers are those of DescribeConfigs (KIP-569).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfigType {
    /// `true` or `false`: 1.
    Boolean,
    /// Text: 2.
    String,
    /// A whole number of 32 bits: 3.
    Int,
    /// A whole number of 16 bits: 4.
    Short,
    /// A whole number of 64 bits: 5.
    Long,
    /// A number: 6.
    Double,
    /// Texts with commas between them: 7.
    List,
    /// The name of a Java class: 8.
    Class,
    /// A secret: 9.
    Password,
}

impl ConfigType {
    /// The number in DescribeConfigs.
    pub const fn number(self) -> i8 {
        match self {
            Self::Boolean => 1,
            Self::String => 2,
            Self::Int => 3,
            Self::Short => 4,
            Self::Long => 5,
            Self::Double => 6,
            Self::List => 7,
            Self::Class => 8,
            Self::Password => 9,
        }
    }
}

impl fmt::Display for ConfigType {
    /// Writes Kafka's name, as `LONG`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "BOOLEAN",
            Self::String => "STRING",
            Self::Int => "INT",
            Self::Short => "SHORT",
            Self::Long => "LONG",
            Self::Double => "DOUBLE",
            Self::List => "LIST",
            Self::Class => "CLASS",
            Self::Password => "PASSWORD",
        })
    }
}

/// Whether a setting can be changed while brokers run (KIP-226). All but those of brokers can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Not at all.
    Never,
    /// Of one listener of one broker only: `listener.name.NAME.` comes before the setting's name.
    PerListener,
    /// Of one broker only.
    PerBroker,
    /// Of one broker, and of all.
    ClusterWide,
}

/// What Kafka knows of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigFact {
    /// What it belongs to.
    pub kind: Kind,
    /// The name, as `"retention.ms"`.
    pub name: &'static str,
    /// The type.
    pub config_type: ConfigType,
    /// The default in the newest release that has it; none when it is null or has to be given. See [`Self::default_in`].
    pub default: Option<&'static str>,
    /// The setting of brokers whose value it has when nobody set it; topics and groups only.
    pub fallback: Option<&'static str>,
    /// Whether it can be changed while brokers run.
    pub change: Change,
    /// Whether DescribeConfigs shows it even when nobody set it.
    pub is_listed: bool,
    /// The oldest profile that has it, and perhaps older releases between profiles.
    pub since: Profile,
    /// The newest profile that has it.
    pub until: Profile,
    /// What it is for, in a line; empty when there is no more to say than its name does.
    pub meaning: &'static str,
    allowed: Allowed,
    /// Defaults that differ from `default`, as `2.1=1000012 2.8=1000012`.
    other_defaults: &'static str,
}

impl ConfigFact {
    /// Whether its value is a secret, which brokers do not show.
    pub fn is_sensitive(&self) -> bool {
        self.config_type == ConfigType::Password
    }

    /// Whether it cannot be changed while brokers run.
    pub fn is_read_only(&self) -> bool {
        self.change == Change::Never
    }

    /// Whether brokers of that release know it.
    pub fn is_in(&self, profile: Profile) -> bool {
        self.since <= profile && profile <= self.until
    }

    /// The default in that release; none when it is null, has to be given, or the release does not know the setting.
    pub fn default_in(&self, profile: Profile) -> Option<&'static str> {
        if !self.is_in(profile) {
            return None;
        }
        let other = self
            .other_defaults
            .split(' ')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(name, value)| (name == profile.name()).then_some(value));
        other.map_or(self.default, table::value)
    }

    /// Tells whether Kafka takes the value: its type, range and allowed values.
    ///
    /// # Errors
    ///
    /// With the message of a broker of 4.4. [`Self::refusal`] has the error code, too.
    pub fn check(&self, value: &str) -> Result<(), String> {
        self.refusal(value).map_or(Ok(()), |refusal| Err(refusal.message))
    }
}

/// Values that a setting may have, its type aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowed {
    Anything,
    /// Numbers between two bounds, each of which may be missing, and one number that may lie outside.
    Range {
        bounds: Bounds,
        or: Option<&'static str>,
    },
    /// The same, and between what brokers are set to allow groups, which is a bound of its own.
    Within(Bounds, Bounds),
    /// Words with blanks between them; for lists, each element is one of them.
    OneOf(&'static str),
    InAnyCase(&'static str),
    NotEmpty,
    /// Nothing but `false`, for what needs a part of Kafka that is turned off.
    FalseOnly,
    /// `partition:broker` pairs, or `*`.
    Replicas,
    /// Where a share group begins.
    Reset,
    /// Patterns of clients.
    Patterns,
    /// A list without empty elements.
    Elements,
    /// A list without empty or equal elements.
    UniqueElements,
    /// The name of an assignor.
    Assignor(&'static str),
}

/// Inclusive bounds, as text that is a number of the setting's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    min: Option<&'static str>,
    max: Option<&'static str>,
}

/// The setting of that name in any release.
pub fn config(kind: Kind, name: &str) -> Option<&'static ConfigFact> {
    let facts = configs(kind);
    let index = facts.binary_search_by(|fact| fact.name.cmp(name)).ok()?;
    facts.get(index)
}

/// The settings of that kind in all releases, by name. [`configs_in`] leaves out what a release does not have.
pub fn configs(kind: Kind) -> &'static [ConfigFact] {
    table::of(kind)
}

/// The settings of that kind in a release, by name.
pub fn configs_in(kind: Kind, profile: Profile) -> impl Iterator<Item = &'static ConfigFact> {
    configs(kind).iter().filter(move |fact| fact.is_in(profile))
}
