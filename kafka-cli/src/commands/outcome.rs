//! How the results of a command about several things are told: each thing for itself, and an exit code for all.

use crate::app::{App, Session};
use crate::error::{CliError, Kind};
use crate::output::{Item, ItemError, Listing};

/// Tells what became of each thing. On a terminal that is a message a thing; in the other formats a listing with the
/// failures in it. Fails when one of them did, with the kind that all failures share.
pub fn report<T: Item>(
    app: &App,
    session: &Session,
    noun: &str,
    results: impl Iterator<Item = (String, Result<T, CliError>)>,
    told: impl Fn(&T) -> String,
) -> Result<(), CliError> {
    let (items, failures) = part(results);
    let people = app.output().is_for_people();
    if people {
        for item in &items {
            app.output().status(&told(item));
        }
    }
    print_unless(people, app, session, noun, items, failures)
}

/// Prints a listing of things, and tells which of them failed.
pub fn list<T: Item>(
    app: &App,
    session: &Session,
    noun: &str,
    results: impl Iterator<Item = (String, Result<T, CliError>)>,
) -> Result<(), CliError> {
    let (items, failures) = part(results);
    // Nothing but failures is no table.
    let skip = items.is_empty() && !failures.is_empty() && app.output().is_for_people();
    print_unless(skip, app, session, noun, items, failures)
}

type Failures = Vec<(String, CliError)>;

fn part<T>(results: impl Iterator<Item = (String, Result<T, CliError>)>) -> (Vec<T>, Failures) {
    let mut items = Vec::new();
    let mut failures = Vec::new();
    for (name, result) in results {
        match result {
            Ok(item) => items.push(item),
            Err(error) => failures.push((name, error)),
        }
    }
    (items, failures)
}

fn print_unless<T: Item>(
    skip: bool,
    app: &App,
    session: &Session,
    noun: &str,
    items: Vec<T>,
    failures: Failures,
) -> Result<(), CliError> {
    let done = items.len();
    if !skip {
        let errors = failures
            .iter()
            .map(|(name, error)| ItemError::of(name, error))
            .collect();
        app.output().print(&Listing {
            cluster_id: session.cluster_id.clone(),
            items,
            errors,
        })?;
    }
    verdict(noun, done, failures)
}

/// One error for all failures: the failure itself when there is one, else a list of them.
fn verdict(noun: &str, done: usize, mut failures: Failures) -> Result<(), CliError> {
    let Some((_, first)) = failures.first() else {
        return Ok(());
    };
    let kind = if done == 0 && failures.iter().all(|(_, error)| error.kind == first.kind) {
        first.kind
    } else {
        Kind::Failed
    };
    if failures.len() == 1 {
        let (name, mut error) = failures.remove(0);
        error.kind = kind;
        error.message = format!("{noun} {name}: {}", error.message);
        return Err(error);
    }
    let mut all = CliError::new(
        kind,
        format!("{} of {} {noun}s failed", failures.len(), done + failures.len()),
    );
    for (name, error) in failures {
        all.details.push(format!("{noun} {name}: {}", error.to_line()));
        for hint in error.hints {
            if !all.hints.contains(&hint) {
                all.hints.push(hint);
            }
        }
    }
    Err(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(name: &str, kind: Kind) -> (String, CliError) {
        (name.to_owned(), CliError::new(kind, "no").hint("try"))
    }

    #[test]
    fn failures_of_a_kind_keep_their_exit_code() {
        let error = verdict("topic", 0, vec![failure("a", Kind::NotFound)]).expect_err("one failed");
        assert_eq!(
            (error.kind, error.message.as_str()),
            (Kind::NotFound, "topic a: no")
        );
        let error = verdict(
            "topic",
            0,
            vec![failure("a", Kind::NotFound), failure("b", Kind::NotFound)],
        )
        .expect_err("both");
        assert_eq!(
            (error.kind, error.message.as_str()),
            (Kind::NotFound, "2 of 2 topics failed")
        );
        assert_eq!(error.details, ["topic a: no", "topic b: no"]);
        assert_eq!(error.hints, ["try"]);
    }

    #[test]
    fn a_partial_success_is_a_failure_of_its_own_kind() {
        assert!(verdict("topic", 3, Vec::new()).is_ok());
        let error = verdict("topic", 1, vec![failure("a", Kind::NotFound)]).expect_err("one failed");
        assert_eq!(error.kind, Kind::Failed);
        let mixed = vec![failure("a", Kind::NotFound), failure("b", Kind::Denied)];
        assert_eq!(verdict("topic", 0, mixed).expect_err("both").kind, Kind::Failed);
    }
}
