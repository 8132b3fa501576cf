//! An answer as a tree: read from the text that [`Debug`](std::fmt::Debug) makes, by one rule for all responses.

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// A number, a Boolean or a name.
    Word(String),
    Text(String),
    Bytes(Vec<u8>),
    /// An id; all zeros is none.
    Id([u8; 16]),
    Null,
    List(Vec<Self>),
    Struct(String, Vec<(String, Self)>),
}

impl Tree {
    /// Reads what `{:?}` wrote.
    ///
    /// # Panics
    ///
    /// When the text is not one that derived implementations write.
    pub(super) fn read(text: &str) -> Self {
        let mut reader = Reader { rest: text };
        let tree = reader.value();
        assert_eq!(reader.rest, "", "left over of {text}");
        tree
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Tree {
        if self.skips("[") {
            return Tree::List(self.until("]", Self::value));
        }
        if self.skips("\"") {
            return Tree::Text(self.quoted());
        }
        if self.skips("b\"") {
            let byte = |letter| u8::try_from(u32::from(letter)).unwrap();
            return Tree::Bytes(self.quoted().chars().map(byte).collect());
        }
        let word = self.word();
        if self.skips(" {") {
            return Tree::Struct(word.to_owned(), self.until("}", Self::field));
        }
        if !self.skips("(") {
            return match word {
                "" => panic!("no value at {:?}", self.rest),
                "None" => Tree::Null,
                word => Tree::Word(word.to_owned()),
            };
        }
        let mut inside = self.until(")", Self::value);
        match (word, &inside[0]) {
            ("Some", _) => inside.remove(0),
            ("Uuid", Tree::List(bytes)) => Tree::Id(id_of(bytes)),
            (word, _) => {
                let fields = inside.into_iter().map(|one| (String::new(), one));
                Tree::Struct(word.to_owned(), fields.collect())
            }
        }
    }

    fn field(&mut self) -> (String, Tree) {
        let (name, rest) = self.rest.split_once(": ").expect("a field");
        self.rest = rest;
        (name.to_owned(), self.value())
    }

    /// A number or a name.
    fn word(&mut self) -> &'a str {
        let is_part = |letter: char| letter.is_alphanumeric() || "_-+.".contains(letter);
        let end = self
            .rest
            .find(|letter| !is_part(letter))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// What is separated by commas up to a closing sign.
    fn until<T>(&mut self, end: &str, read: fn(&mut Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches([',', ' ']);
            if self.skips(end) {
                return all;
            }
            all.push(read(self));
        }
    }

    fn skips(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// What stands before the closing quotation mark.
    fn quoted(&mut self) -> String {
        let mut text = String::new();
        loop {
            match self.letter() {
                '"' => return text,
                '\\' => text.push(self.escaped()),
                letter => text.push(letter),
            }
        }
    }

    fn letter(&mut self) -> char {
        let mut letters = self.rest.chars();
        let letter = letters.next().expect("a letter");
        self.rest = letters.as_str();
        letter
    }

    fn escaped(&mut self) -> char {
        let by_number = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap();
        match self.letter() {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'x' => {
                let (digits, rest) = self.rest.split_at(2);
                self.rest = rest;
                by_number(digits)
            }
            'u' => {
                let (digits, rest) = self.rest[1..].split_once('}').expect("a number");
                self.rest = rest;
                by_number(digits)
            }
            letter => letter,
        }
    }
}

fn id_of(bytes: &[Tree]) -> [u8; 16] {
    let bytes = bytes.iter().map(|byte| match byte {
        Tree::Word(byte) => byte.parse().unwrap(),
        other => panic!("no byte: {other:?}"),
    });
    bytes.collect::<Vec<u8>>().try_into().unwrap()
}
