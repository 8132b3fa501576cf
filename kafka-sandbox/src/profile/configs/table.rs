//! Reads the facts. The text is part of the program and a test reads all of it: a row that is wrong is left out.

use std::sync::LazyLock;

use super::{Allowed, Bounds, Change, ConfigFact, ConfigType, Kind, Profile};

type Table = LazyLock<Vec<ConfigFact>>;

static TOPICS: Table = LazyLock::new(|| read(Kind::Topic));
static BROKERS: Table = LazyLock::new(|| read(Kind::Broker));
static CLIENT_METRICS: Table = LazyLock::new(|| read(Kind::ClientMetrics));
static GROUPS: Table = LazyLock::new(|| read(Kind::Group));

pub(super) fn of(kind: Kind) -> &'static [ConfigFact] {
    match kind {
        Kind::Topic => &TOPICS,
        Kind::Broker => &BROKERS,
        Kind::ClientMetrics => &CLIENT_METRICS,
        Kind::Group => &GROUPS,
    }
}

const fn text(kind: Kind) -> &'static str {
    match kind {
        Kind::Topic => include_str!("../../../data/topics.tsv"),
        Kind::Broker => include_str!("../../../data/brokers.tsv"),
        Kind::ClientMetrics => include_str!("../../../data/client-metrics.tsv"),
        Kind::Group => include_str!("../../../data/groups.tsv"),
    }
}

fn read(kind: Kind) -> Vec<ConfigFact> {
    rows(kind).filter_map(|row| fact(kind, row)).collect()
}

fn rows(kind: Kind) -> impl Iterator<Item = &'static str> {
    text(kind).lines().filter(|line| !line.starts_with('#'))
}

fn fact(kind: Kind, row: &'static str) -> Option<ConfigFact> {
    let mut cells = row.split('\t');
    let (name, type_name) = (cells.next()?, cells.next()?);
    let (default, allowed) = (cells.next()?, cells.next()?);
    let (fallback, change) = match kind {
        Kind::Broker => (None, cells.next()?),
        _ => (absent(cells.next()?), "cluster"),
    };
    let (releases, other_defaults) = (cells.next()?, cells.next()?);
    let (first, last) = releases
        .split_once("..")
        .unwrap_or((releases, Profile::V4_4.name()));
    Some(ConfigFact {
        kind,
        name,
        config_type: config_type(type_name)?,
        default: value(default),
        fallback,
        change: match change.split(' ').next()? {
            "no" => Change::Never,
            "listener" => Change::PerListener,
            "broker" => Change::PerBroker,
            "cluster" => Change::ClusterWide,
            _ => return None,
        },
        is_listed: !change.ends_with(" unlisted"),
        since: first.parse().ok()?,
        until: last.parse().ok()?,
        meaning: cells.next().unwrap_or_default(),
        allowed: parse_allowed(allowed)?,
        other_defaults,
    })
}

/// What a cell says that may be empty.
fn absent(cell: &'static str) -> Option<&'static str> {
    (cell != "-").then_some(cell)
}

/// What a cell with a default says: `-` is none, `""` is the empty text.
pub(super) fn value(cell: &'static str) -> Option<&'static str> {
    match cell {
        "-" => None,
        "\"\"" => Some(""),
        _ => Some(cell),
    }
}

fn config_type(name: &str) -> Option<ConfigType> {
    const TYPES: [ConfigType; 9] = [
        ConfigType::Boolean,
        ConfigType::String,
        ConfigType::Int,
        ConfigType::Short,
        ConfigType::Long,
        ConfigType::Double,
        ConfigType::List,
        ConfigType::Class,
        ConfigType::Password,
    ];
    TYPES.into_iter().find(|one| one.to_string() == name)
}

fn parse_allowed(cell: &'static str) -> Option<Allowed> {
    if let Some(words) = cell.strip_prefix("one of ") {
        return Some(Allowed::OneOf(words));
    }
    if let Some(words) = cell.strip_prefix("in any case ") {
        return Some(Allowed::InAnyCase(words));
    }
    if let Some(name) = cell.strip_prefix("assignor ") {
        return Some(Allowed::Assignor(name));
    }
    Some(match cell {
        "-" => Allowed::Anything,
        "not empty" => Allowed::NotEmpty,
        "false only" => Allowed::FalseOnly,
        "replicas" => Allowed::Replicas,
        "reset" => Allowed::Reset,
        "patterns" => Allowed::Patterns,
        "elements" => Allowed::Elements,
        "unique elements" => Allowed::UniqueElements,
        _ => {
            if let Some((range, within)) = cell.split_once(" within ") {
                return Some(Allowed::Within(bounds(range)?, bounds(within)?));
            }
            let (range, or) = match cell.split_once(" or ") {
                Some((range, or)) => (range, Some(or)),
                None => (cell, None),
            };
            Allowed::Range {
                bounds: bounds(range)?,
                or,
            }
        }
    })
}

fn bounds(range: &'static str) -> Option<Bounds> {
    let (min, max) = range.split_once("..")?;
    let given = |bound: &'static str| (!bound.is_empty()).then_some(bound);
    Some(Bounds {
        min: given(min),
        max: given(max),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for kind in Kind::ALL {
            for row in rows(kind) {
                let columns = if kind == Kind::Broker { 7 } else { 8 };
                assert_eq!(row.split('\t').count(), columns, "{row}");
                assert!(fact(kind, row).is_some(), "{row}");
            }
            assert!(of(kind).is_sorted_by(|a, b| a.name < b.name), "{kind:?}");
        }
    }

    #[test]
    fn what_rows_name_exists() {
        for fact in Kind::ALL.into_iter().flat_map(of) {
            assert!(fact.since <= fact.until, "{}", fact.name);
            if let Some(name) = fact.fallback
                && name != "group.streams.assignors"
            {
                let broker = super::super::config(Kind::Broker, name);
                let broker = broker.unwrap_or_else(|| panic!("{} names {name}", fact.name));
                assert_eq!(broker.config_type, fact.config_type, "{name}");
            }
            for pair in fact.other_defaults.split(' ').filter(|cell| *cell != "-") {
                let (profile, _) = pair.split_once('=').unwrap();
                assert!(fact.is_in(profile.parse().unwrap()), "{}", fact.name);
            }
        }
    }

    #[test]
    fn nearly_all_defaults_are_values_that_may_be_set() {
        for fact in Kind::ALL.into_iter().flat_map(of) {
            let Some(default) = fact.default else { continue };
            assert_eq!(fact.check(default), Ok(()), "{}", fact.name);
        }
    }
}
