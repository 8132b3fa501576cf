//! Which names a topic may have.

/// Why a topic may not have this name, in Kafka's words; none when it may.
pub(super) fn why_invalid(name: &str) -> Option<String> {
    let why = if name.is_empty() {
        "the empty string is not allowed".to_owned()
    } else if name == "." || name == ".." {
        format!("'{name}' is not allowed")
    } else if name.chars().count() > LENGTH_MAX {
        format!("the length of '{name}' is longer than the max allowed length {LENGTH_MAX}")
    } else if !name.bytes().all(is_legal) {
        format!("'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'")
    } else {
        return None;
    };
    Some(format!("Topic name is invalid: {why}"))
}

fn is_legal(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

/// The longest name, in characters: with the number of a partition it is the name of a directory.
const LENGTH_MAX: usize = 249;

#[cfg(test)]
mod tests {
    use super::why_invalid;

    #[test]
    fn names_are_as_kafka_wants_them() {
        for name in ["a", "A-1_b.c", "...", "__consumer_offsets", &"x".repeat(249)] {
            assert_eq!(why_invalid(name), None, "{name}");
        }
        let long = "x".repeat(250);
        for (name, why) in [
            ("", "the empty string is not allowed".to_owned()),
            (".", "'.' is not allowed".to_owned()),
            ("..", "'..' is not allowed".to_owned()),
            (
                &long,
                format!("the length of '{long}' is longer than the max allowed length 249"),
            ),
            (
                "a b",
                "'a b' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"
                    .to_owned(),
            ),
        ] {
            assert_eq!(why_invalid(name), Some(format!("Topic name is invalid: {why}")));
        }
        assert!(why_invalid("ä").is_some());
        assert!(why_invalid("a/b").is_some());
    }
}
