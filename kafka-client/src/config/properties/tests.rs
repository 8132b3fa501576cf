use proptest::prelude::*;

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    parse_str(text)
        .unwrap()
        .into_iter()
        .map(|p| (p.key, p.value))
        .collect()
}

fn expect(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|&(k, v)| (k.to_owned(), v.to_owned()))
        .collect();
    assert_eq!(pairs(text), expected, "{text:?}");
}

#[test]
fn separators_are_signs_or_blanks() {
    expect(
        "a=b\nc:d\ne f\ng\th\ni\x0cj\n",
        &[("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"), ("i", "j")],
    );
    expect("  a  =  b  \n", &[("a", "b  ")]);
    expect("a b=c\na = : b\na==b", &[("a", "b=c"), ("a", ": b"), ("a", "=b")]);
    expect("key\n=value\n:\n", &[("key", ""), ("", "value"), ("", "")]);
}

#[test]
fn comments_and_blank_lines_are_left_out() {
    expect("# a=b\n! c=d\n  \t# e\n\n\r\n   \nx=# y\n", &[("x", "# y")]);
    // A comment is not continued.
    expect("# a \\\nb=c", &[("b", "c")]);
}

#[test]
fn lines_end_in_any_of_three_ways() {
    expect(
        "a=1\rb=2\r\nc=3\nd=4",
        &[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")],
    );
}

#[test]
fn backslash_continues_a_line() {
    expect(
        "a=one, \\\n   two, \\\r\n\t three\nb=4",
        &[("a", "one, two, three"), ("b", "4")],
    );
    expect("a\\\n  b=c", &[("ab", "c")]);
    expect("a=b\\\\\nc=d", &[("a", "b\\"), ("c", "d")]);
    expect("a=b\\\\\\\nc=d", &[("a", "b\\c=d")]);
    // A comment sign at the start of a continuation is text, a blank continuation ends the line.
    expect("a=b\\\n#c\nd=\\\n\ne=f", &[("a", "b#c"), ("d", ""), ("e", "f")]);
    expect("\\\n\\\n  a=b", &[("a", "b")]);
    expect("\\\n#a=b\nc=d", &[("c", "d")]);
    expect("a=b\\", &[("a", "b")]);
    expect("a=b\\\n", &[("a", "b")]);
}

#[test]
fn escapes_stand_for_characters() {
    expect(r"a\ b\=c\:d = \t\n\r\f\\\q\#", &[("a b=c:d", "\t\n\r\x0c\\q#")]);
    expect(r"k=\u00e9\u20AC\uD83D\uDE00", &[("k", "é€😀")]);
    expect(r"\u0061=\u003D", &[("a", "=")]);
}

#[test]
fn malformed_escapes_name_their_line() {
    for (text, line) in [
        ("a=b\nc=\\u12", 2),
        ("\n\n#\na=\\uzzzz", 4),
        ("a=\\\n\\u00e", 1),
        ("a=\\ud800", 1),
    ] {
        match parse_str(text) {
            Err(ConfigError::Syntax { line: found, .. }) => assert_eq!(found, line, "{text:?}"),
            other => panic!("{text:?} gave {other:?}"),
        }
    }
    assert!(
        parse_str(r"a=\udc00").is_err()
            && parse_str(r"a=\ud800x").is_err()
            && parse_str(r"a=\ud800\u0061").is_err()
    );
}

#[test]
fn bytes_are_latin_1() {
    let parsed = parse_bytes(b"k=caf\xe9").unwrap();
    assert_eq!(
        parsed,
        [Property {
            key: "k".into(),
            value: "café".into(),
            line: 1
        }]
    );
}

#[test]
fn lines_are_counted() {
    let lines: Vec<_> = parse_str("# x\r\na=\\\n b\n\nc=d")
        .unwrap()
        .into_iter()
        .map(|p| p.line)
        .collect();
    assert_eq!(lines, [2, 5]);
}

/// How one character may be written; which of the ways is drawn.
fn write_char(out: &mut String, c: char, way: u8, at_start: bool, in_key: bool) {
    let mut units = [0u16; 2];
    let must_escape = match c {
        '\\' | '\n' | '\r' => true,
        ' ' | '\t' | '\x0c' => in_key || at_start,
        '=' | ':' => in_key || at_start,
        '#' | '!' => in_key && at_start,
        _ => false,
    };
    match (way % 4, c) {
        (0, _) => {
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04X}"));
            }
        }
        (1 | 2, '\n') | (3, '\n') => out.push_str("\\n"),
        (_, '\r') => out.push_str("\\r"),
        (1, '\t') => out.push_str("\\t"),
        (1, '\x0c') => out.push_str("\\f"),
        (way, c) => {
            // A backslash before a letter of an escape would change its meaning.
            if must_escape || way == 2 && !matches!(c, 'u' | 't' | 'n' | 'r' | 'f') {
                out.push('\\');
            }
            out.push(c);
        }
    }
}

fn write_text(out: &mut String, text: &str, ways: &[u8], in_key: bool) {
    for (at, c) in text.chars().enumerate() {
        let way = ways.get(at % ways.len().max(1)).copied().unwrap_or(1);
        // A continuation drops the blanks behind it, so it may stand only before what is no blank.
        if way >= 200 && !matches!(c, ' ' | '\t' | '\x0c') {
            out.push_str(["\\\n  ", "\\\r\n\t", "\\\r"][usize::from(way) % 3]);
            let escaped = matches!(c, '\n' | '\r' | '\\');
            write_char(out, c, if escaped { way } else { 0 }, at == 0, in_key);
            continue;
        }
        write_char(out, c, way, at == 0, in_key);
    }
}

proptest! {
    #[test]
    fn whatever_is_written_by_the_rules_is_read_back(
        entries in prop::collection::vec(
            (any::<String>(), any::<String>(), prop::collection::vec(any::<u8>(), 1..8), 0usize..6), 0..8),
    ) {
        let separators = ["=", ":", " = ", "\t:\x0c", " =", ": "];
        let mut text = String::from("# head\n\n");
        for (key, value, ways, separator) in &entries {
            write_text(&mut text, key, ways, true);
            text.push_str(separators[*separator]);
            write_text(&mut text, value, ways, false);
            text.push_str(["\n", "\r\n", "\r", "\n\n! note\n"][separator % 4]);
        }
        let expected: Vec<_> = entries.into_iter().map(|(key, value, ..)| (key, value)).collect();
        prop_assert_eq!(pairs(&text), expected);
    }

    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        let _ = parse_bytes(&bytes);
    }

    #[test]
    fn text_of_signs_never_panics_and_never_grows(text in r"[\\=: #!u0\n\ra\t]{0,64}") {
        if let Ok(parsed) = parse_str(&text) {
            let read: usize = parsed.iter().map(|p| p.key.chars().count() + p.value.chars().count()).sum();
            prop_assert!(read <= text.chars().count());
        }
    }
}
