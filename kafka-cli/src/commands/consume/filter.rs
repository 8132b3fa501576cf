use kafka_client::consume::ConsumerRecord;
use regex::bytes::Regex;

/// A condition on records: `k:REGEX`, `v:REGEX`, `h:NAME=REGEX`, each with `!` in front to turn it around.
#[derive(Debug, Clone)]
pub struct Filter {
    part: Part,
    pattern: Regex,
    negated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Key,
    Value,
    Header(String),
}

impl Filter {
    /// Reads a condition; says what is wrong with it otherwise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (negated, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let (part, pattern) = match rest.split_once(':') {
            Some(("k", pattern)) => (Part::Key, pattern),
            Some(("v", pattern)) => (Part::Value, pattern),
            Some(("h", header)) => {
                let (name, pattern) = header.split_once('=').ok_or("a header filter is h:NAME=REGEX")?;
                (Part::Header(name.to_owned()), pattern)
            }
            _ => return Err("expected k:REGEX, v:REGEX or h:NAME=REGEX".to_owned()),
        };
        let pattern = Regex::new(pattern).map_err(|error| error.to_string())?;
        Ok(Self {
            part,
            pattern,
            negated,
        })
    }

    /// Whether the record meets the condition. Null and a missing header match nothing.
    pub fn admits(&self, record: &ConsumerRecord<'_>) -> bool {
        let matches = |bytes: Option<&[u8]>| bytes.is_some_and(|bytes| self.pattern.is_match(bytes));
        let found = match &self.part {
            Part::Key => matches(record.key()),
            Part::Value => matches(record.value()),
            Part::Header(name) => record
                .headers()
                .iter()
                .any(|header| header.key == name.as_bytes() && matches(header.value)),
        };
        found != self.negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions() {
        let filter = Filter::parse("!h:trace=^a:b=c$").expect("is a condition");
        assert_eq!(
            (filter.part, filter.negated),
            (Part::Header("trace".to_owned()), true)
        );
        assert!(filter.pattern.is_match(b"a:b=c"));
        for bad in ["x", "x:y", "h:name", "k:("] {
            assert!(Filter::parse(bad).is_err(), "{bad}");
        }
    }
}
