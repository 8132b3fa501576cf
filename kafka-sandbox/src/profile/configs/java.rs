//! Numbers as Java reads and writes them, which the words of a refusal repeat.

/// Without the blanks and control characters that Java's `trim` takes away.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// Reads what `Double.parseDouble` reads, but no hexadecimal numbers.
pub(super) fn parse_double(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        "NaN" => return Some(f64::NAN),
        "Infinity" if text.starts_with('-') => return Some(f64::NEG_INFINITY),
        "Infinity" => return Some(f64::INFINITY),
        _ => {}
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    text.strip_suffix(['d', 'D', 'f', 'F'])
        .unwrap_or(text)
        .parse()
        .ok()
}

/// Writes what `Double.toString` writes: `7.0`, `1.0E20`.
pub(super) fn double_text(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if value == 0.0 || (1e-3..1e7).contains(&value.abs()) {
        return format!("{value:?}");
    }
    let text = format!("{value:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_look_as_in_java() {
        for (value, text) in [
            (0.0, "0.0"),
            (7.0, "7.0"),
            (-1.5, "-1.5"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (9_999_999.0, "9999999.0"),
            (10_000_000.0, "1.0E7"),
            (1e20, "1.0E20"),
            (-2.5e-9, "-2.5E-9"),
            (f64::INFINITY, "Infinity"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(double_text(value), text);
        }
    }

    #[test]
    fn doubles_are_read_as_in_java() {
        for text in [
            "1",
            "+5",
            "-.5",
            "1.",
            "1e3",
            "1E-3",
            "1.5f",
            "2d",
            "NaN",
            "-Infinity",
        ] {
            assert!(parse_double(text).is_some(), "{text}");
        }
        for text in [
            "", "abc", "1L", "0x10", "inf", "nan", "infinity", "1 2", "+", "-d",
        ] {
            assert_eq!(parse_double(text), None, "{text}");
        }
    }
}
