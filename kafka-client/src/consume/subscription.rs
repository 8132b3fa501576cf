use std::collections::BTreeSet;
use std::sync::Arc;

use regex_lite::Regex;

use crate::cluster::Metadata;
use crate::machine::TopicInterest;

/// What a consumer wants to read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Subscription {
    /// Partitions chosen by hand, without a group's help.
    #[default]
    Assigned,
    /// The topics whose names match.
    Pattern(TopicPattern),
    /// These topics.
    Topics(BTreeSet<Arc<str>>),
}

/// A pattern of topic names. It has to match the whole name.
#[derive(Clone, Debug)]
pub struct TopicPattern {
    text: Arc<str>,
    regex: Regex,
}

/// A pattern that is not a regular expression.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{pattern}` is not a regular expression: {reason}")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

impl TopicPattern {
    /// Compiles a regular expression: the syntax of the crate `regex`, without look-around and back-references, matched
    /// in linear time.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let regex = Regex::new(&format!("^(?:{pattern})$")).map_err(|error| PatternError {
            pattern: pattern.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            text: Arc::from(pattern),
            regex,
        })
    }

    /// Whether the whole of a topic's name matches.
    pub fn matches(&self, topic: &str) -> bool {
        self.regex.is_match(topic)
    }

    /// The pattern as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Subscription {
    /// The topics that it comes to at present. With a pattern those that exist and match, Kafka's own ones left out
    /// where that is wanted.
    pub(crate) fn topics(&self, metadata: &Metadata, exclude_internal: bool) -> BTreeSet<Arc<str>> {
        match self {
            Self::Assigned => BTreeSet::new(),
            Self::Topics(topics) => topics.clone(),
            Self::Pattern(pattern) => metadata
                .topics
                .values()
                .filter(|topic| topic.error.is_none() && !(exclude_internal && topic.internal))
                .filter(|topic| pattern.matches(&topic.name))
                .map(|topic| topic.name.clone())
                .collect(),
        }
    }

    /// The topics whose metadata it needs, together with `more`.
    pub(crate) fn interest<'a>(
        &self,
        more: impl Iterator<Item = &'a Arc<str>>,
        create: bool,
    ) -> TopicInterest {
        let mut names: BTreeSet<Arc<str>> = more.cloned().collect();
        match self {
            Self::Assigned => {}
            Self::Pattern(_) => return TopicInterest::All,
            Self::Topics(topics) => names.extend(topics.iter().cloned()),
        }
        match names.is_empty() {
            true => TopicInterest::None,
            false => TopicInterest::These {
                names: names.into_iter().collect(),
                create,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Topic;

    #[test]
    fn g27_a_pattern_matches_whole_names() {
        let pattern = TopicPattern::new("orders|bills-.*").unwrap();
        assert!(pattern.matches("orders"));
        assert!(pattern.matches("bills-2026"));
        assert!(!pattern.matches("orders-2"));
        assert!(!pattern.matches("my-orders"));
        assert!(TopicPattern::new("a(").is_err());
    }

    #[test]
    fn g27_a_pattern_leaves_out_internal_and_failed_topics() {
        let mut metadata = Metadata::default();
        for (name, internal, error) in [
            ("a", false, None),
            ("__a", true, None),
            ("b", false, Some(protocol::ErrorCode::TOPIC_AUTHORIZATION_FAILED)),
        ] {
            let topic = Topic {
                name: name.into(),
                id: protocol::Uuid::ZERO,
                internal,
                error,
                partitions: Vec::new(),
            };
            metadata.topics.insert(name.into(), Arc::new(topic));
        }
        let subscription = Subscription::Pattern(TopicPattern::new(".*").unwrap());
        assert_eq!(subscription.topics(&metadata, true), BTreeSet::from(["a".into()]));
        assert_eq!(
            subscription.topics(&metadata, false),
            BTreeSet::from(["__a".into(), "a".into()])
        );
    }
}
