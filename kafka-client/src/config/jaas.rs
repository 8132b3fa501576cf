//! The value of `sasl.jaas.config`: the class of a login module, a flag, options, and a semicolon.
//!
//! ```text
//! org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="secret";
//! ```

use std::collections::BTreeMap;

use protocol::sasl::Secret;

/// The one entry that a client's `sasl.jaas.config` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JaasEntry {
    /// The login module's class name, with its packages.
    pub module: String,
    /// The options. Any of them may be a secret.
    pub options: BTreeMap<String, Secret>,
}

impl JaasEntry {
    /// Reads the value of `sasl.jaas.config`. The error says what is wrong, without showing any option's value.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut tokens = Tokens {
            chars: text.chars().peekable(),
        };
        let Some(Token::Word(module)) = tokens.next_token()? else {
            return Err("it must start with the class name of a login module".to_owned());
        };
        match tokens.next_token()? {
            Some(Token::Word(flag)) if is_flag(flag.expose()) => {}
            _ => {
                return Err(
                    "the class name must be followed by `required`, `requisite`, `sufficient` or `optional`"
                        .to_owned(),
                );
            }
        }
        let mut options = BTreeMap::new();
        loop {
            let key = match tokens.next_token()? {
                Some(Token::Sign(';')) => break,
                Some(Token::Word(key)) => key,
                Some(Token::Sign(sign)) => {
                    return Err(format!("`{sign}` stands where an option or `;` is expected"));
                }
                None => return Err("it must end with a semicolon".to_owned()),
            };
            let Some(Token::Sign('=')) = tokens.next_token()? else {
                return Err("an option must be followed by `=`; quote values that hold blanks".to_owned());
            };
            let Some(Token::Word(value)) = tokens.next_token()? else {
                return Err(format!("the option `{}` has no value", key.expose()));
            };
            options.insert(key.expose().to_owned(), value);
        }
        if tokens.next_token()?.is_some() {
            return Err("it must hold exactly one login module".to_owned());
        }
        Ok(Self {
            module: module.expose().to_owned(),
            options,
        })
    }

    /// The class name without its packages.
    pub fn module_name(&self) -> &str {
        self.module.rsplit('.').next().unwrap_or_default()
    }

    /// The value of an option.
    pub fn option(&self, name: &str) -> Option<&Secret> {
        self.options.get(name)
    }
}

fn is_flag(word: &str) -> bool {
    ["required", "requisite", "sufficient", "optional"]
        .iter()
        .any(|flag| word.eq_ignore_ascii_case(flag))
}

enum Token {
    Word(Secret),
    Sign(char),
}

struct Tokens<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
}

impl Tokens<'_> {
    fn next_token(&mut self) -> Result<Option<Token>, String> {
        loop {
            let Some(c) = self.chars.next() else {
                return Ok(None);
            };
            return match c {
                c if c.is_whitespace() => continue,
                '/' if matches!(self.chars.peek(), Some('/' | '*')) => {
                    self.skip_comment();
                    continue;
                }
                '"' | '\'' => self.quoted(c).map(|word| Some(Token::Word(word))),
                c if is_word(c) => {
                    let mut word = String::from(c);
                    while let Some(c) = self.chars.next_if(|&c| is_word(c)) {
                        word.push(c);
                    }
                    Ok(Some(Token::Word(Secret::new(word))))
                }
                sign => Ok(Some(Token::Sign(sign))),
            };
        }
    }

    /// Skips `// to the end of the line` or `/* this */`; the first slash is taken already.
    fn skip_comment(&mut self) {
        let stars = self.chars.next() == Some('*');
        let mut last = ' ';
        for c in self.chars.by_ref() {
            if (stars && last == '*' && c == '/') || (!stars && c == '\n') {
                return;
            }
            last = c;
        }
    }

    /// The text up to the closing quote, with the escapes of Java's `StreamTokenizer`.
    fn quoted(&mut self, quote: char) -> Result<Secret, String> {
        let mut text = String::new();
        loop {
            match self.chars.next() {
                None | Some('\n' | '\r') => return Err(format!("a quoted value has no closing {quote}")),
                Some(c) if c == quote => return Ok(Secret::new(text)),
                Some('\\') => text.push(self.escape(quote)?),
                Some(c) => text.push(c),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Result<char, String> {
        Ok(match self.chars.next() {
            None => return Err(format!("a quoted value has no closing {quote}")),
            Some('a') => '\x07',
            Some('b') => '\x08',
            Some('f') => '\x0c',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('v') => '\x0b',
            Some(first @ '0'..='7') => {
                // Up to three octal digits, up to \377.
                let longest = if first <= '3' { 2 } else { 1 };
                let mut code = first.to_digit(8).unwrap_or_default();
                for _ in 0..longest {
                    let Some(digit) = self.chars.next_if(|c| c.is_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit.to_digit(8).unwrap_or_default();
                }
                char::from_u32(code).unwrap_or_default()
            }
            Some(other) => other,
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '$' | '.' | ':') || u32::from(c) > 0xa0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn option(text: &str, name: &str) -> String {
        let entry = JaasEntry::parse(&format!("a.b.Module required {text};")).unwrap();
        entry.option(name).unwrap().expose().to_owned()
    }

    #[test]
    fn entries_are_read_as_kafka_reads_them() {
        let entry = JaasEntry::parse(
            "org.apache.kafka.common.security.scram.ScramLoginModule required\n\
             username=\"alice\" password='it\\'s \\\"quoted\\\"; =' tokenauth=\"true\" ;",
        )
        .unwrap();
        assert_eq!(entry.module_name(), "ScramLoginModule");
        assert_eq!(entry.option("username").unwrap().expose(), "alice");
        assert_eq!(entry.option("password").unwrap().expose(), "it's \"quoted\"; =");
        assert_eq!(entry.option("tokenauth").unwrap().expose(), "true");
        assert_eq!(entry.option("other"), None);
    }

    #[test]
    fn values_have_escapes_and_may_be_bare() {
        assert_eq!(option(r#"p="a\tb\\c\101\0601\9""#, "p"), "a\tb\\cA019");
        assert_eq!(option("p=abc-1.2_3$x", "p"), "abc-1.2_3$x");
        assert_eq!(option("p=1234", "p"), "1234");
        assert_eq!(option("/* no */ p // comment\n = \"x//y\"", "p"), "x//y");
    }

    #[test]
    fn malformed_entries_say_what_is_missing_and_show_no_value() {
        for (text, part) in [
            ("", "class name"),
            ("a.Module", "required"),
            ("a.Module must p=x;", "required"),
            ("a.Module required p=x", "semicolon"),
            ("a.Module required p x;", "`=`"),
            ("a.Module required p=;", "`p` has no value"),
            ("a.Module required p=\"hunter2;", "closing"),
            ("a.Module required p=\"hunter2\" hunter2;", "`=`"),
            ("a.Module required; b.Module required;", "exactly one"),
            ("a.Module required =;", "`=` stands"),
        ] {
            let error = JaasEntry::parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        let shown = format!("{:?}", JaasEntry::parse("a.Module required p=hunter2;").unwrap());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    proptest! {
        #[test]
        fn hostile_entries_never_panic(text in "[a-z.=;\"'\\\\/* \n0-7\u{e9}]{0,60}") {
            let _ = JaasEntry::parse(&text);
        }

        #[test]
        fn whatever_is_quoted_is_read_back(value in any::<String>()) {
            let mut quoted = String::new();
            for c in value.chars() {
                match c {
                    '\n' => quoted.push_str("\\n"),
                    '\r' => quoted.push_str("\\r"),
                    '"' | '\\' => quoted.extend(['\\', c]),
                    c => quoted.push(c),
                }
            }
            prop_assert_eq!(option(&format!("p=\"{quoted}\""), "p"), value);
        }
    }
}
