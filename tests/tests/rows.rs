//! The failure situations of the field, and the tests that bear their names.
//!
//! A situation is a letter and a number: C connection and framing, M metadata and coordinators, P producer, F fetch and
//! records, G classic groups, T transactions, N groups of KIP-848, S share groups. A test of it is named after it, as
//! `p9_delivery_timeout_bumps_epoch`; one test may bear several names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Letter, number of situations, and whether the feature exists that they are about.
const SECTIONS: [(char, u32, Option<&str>); 8] = [
    ('C', 35, None),
    ('M', 20, None),
    ('P', 36, None),
    ('F', 36, None),
    ('G', 27, None),
    ('T', 26, Some("the transactional producer")),
    ('N', 15, Some("the group member of KIP-848")),
    ('S', 5, Some("the share consumer")),
];

type Row = (char, u32);

#[test]
fn every_failure_situation_has_a_test() {
    let tested = tested_rows();
    let mut missing = Vec::new();
    for (letter, count, awaits) in SECTIONS {
        let (with, without): (Vec<u32>, Vec<u32>) =
            (1..=count).partition(|&number| tested.contains_key(&(letter, number)));
        let without: Vec<String> = without.iter().map(|number| format!("{letter}{number}")).collect();
        match awaits {
            None => println!("{letter}: {} of {count}", with.len()),
            Some(feature) => println!(
                "{letter}: {} of {count}; awaiting {feature}: {}",
                with.len(),
                without.join(" ")
            ),
        }
        if awaits.is_none() {
            missing.extend(without);
        }
    }
    assert!(
        missing.is_empty(),
        "no test is named after {}",
        missing.join(", ")
    );
    let unknown: Vec<&(char, u32)> = tested.keys().filter(|row| !is_known(**row)).collect();
    assert!(unknown.is_empty(), "there is no such situation: {unknown:?}");
}

fn is_known((letter, number): Row) -> bool {
    SECTIONS
        .iter()
        .any(|&(known, count, _)| known == letter && (1..=count).contains(&number))
}

/// Whether a situation is one of a feature that the client does not have yet.
fn is_awaited((letter, _): Row) -> bool {
    SECTIONS
        .iter()
        .any(|&(known, _, awaits)| known == letter && awaits.is_some())
}

/// The situations that tests are named after, with the tests.
fn tested_rows() -> BTreeMap<Row, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut rows: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
    for krate in ["protocol", "kafka-client", "kafka-cli", "kafka-sandbox", "tests"] {
        for file in sources(&root.join(krate)) {
            let text = fs::read_to_string(&file).unwrap();
            for name in tests_in(&text) {
                let rows_here = rows_of(name).into_iter();
                // A broker's side of a situation is no client's.
                for row in rows_here.filter(|row| krate != "kafka-sandbox" || !is_awaited(*row)) {
                    rows.entry(row).or_default().insert(name.to_owned());
                }
            }
        }
    }
    rows
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The names of the functions that are marked as tests.
fn tests_in(text: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
            return None;
        }
        let name = line.trim_start_matches("async ").strip_prefix("fn ")?;
        let name = name.split(['(', '<']).next()?;
        std::mem::take(&mut is_test).then_some(name)
    })
}

/// The situations at the beginning of a test's name: `p16_p21_errors_that_pass` has two.
fn rows_of(name: &str) -> Vec<Row> {
    let letters: BTreeSet<char> = SECTIONS.iter().map(|(letter, ..)| *letter).collect();
    let row = |word: &str| -> Option<Row> {
        let mut rest = word.chars();
        let letter = rest.next()?.to_ascii_uppercase();
        let number = rest.as_str().parse().ok()?;
        letters.contains(&letter).then_some((letter, number))
    };
    name.split('_').map_while(row).collect()
}

#[test]
fn names_tell_their_situations() {
    assert_eq!(rows_of("p16_p21_errors_that_pass"), [('P', 16), ('P', 21)]);
    assert_eq!(rows_of("plain_names_have_none"), []);
    assert_eq!(rows_of("a1_of_another_kind"), []);
    let text = "#[test]\nfn c1_one() {\n}\nfn c2_helper() {}\n    #[tokio::test]\n    async fn c3_two() {}";
    assert_eq!(tests_in(text).collect::<Vec<_>>(), ["c1_one", "c3_two"]);
}
