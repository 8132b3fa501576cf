/// Returns the candidate that is fewest edits away from `word`, if it is near enough to be what was meant: at most
/// a third of the word's length. Case does not count, nor whether words are parted by `.`, `_` or `-`.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer words are no typing mistake; the bound keeps the work small whatever the input.
    const LONGEST: usize = 100;
    let word = folded(word);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let enough = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, &folded(candidate)), candidate))
        .filter(|&(edits, _)| edits <= enough)
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}

fn folded(word: &str) -> Vec<char> {
    word.chars()
        .map(|c| {
            if matches!(c, '_' | '-') {
                '.'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

/// Edits from one to the other: insertions, deletions, replacements, and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i);
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut edits = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                edits = edits.min(before_last[j - 2] + 1);
            }
            row.push(edits);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (a, b, edits) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("acb", "abc", 1),
            ("ab", "abc", 1),
            ("xbc", "abc", 1),
        ] {
            assert_eq!(distance(&folded(a), &folded(b)), edits, "{a} {b}");
            assert_eq!(distance(&folded(b), &folded(a)), edits, "{b} {a}");
        }
    }

    #[test]
    fn only_near_words_are_offered() {
        let words = ["linger.ms", "batch.size", "acks"];
        assert_eq!(nearest("linger_ms", words), Some("linger.ms"));
        assert_eq!(nearest("lingre.ms", words), Some("linger.ms"));
        assert_eq!(nearest("ack", words), Some("acks"));
        assert_eq!(nearest("something.else", words), None);
        assert_eq!(nearest("", words), None);
        assert_eq!(nearest(&"x".repeat(10_000), words), None);
    }
}
