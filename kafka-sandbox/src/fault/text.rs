//! Faults as text: a line each, in files and on the command line; in the config `sandbox.faults`, parted by commas.
//!
//! A rule is an API and words `name=value`; a command is one word. `#` begins a comment. A name with a blank, a comma or the
//! like is quoted, `client="a b"`; between quotes a backslash is before a quote, a backslash or the number of a letter, `\u{a}`.
//!
//! ```text
//! produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER
//! produce once reply-after=REQUEST_TIMED_OUT      # applied, then the error
//! fetch topic=orders partition=0 client="my app" skip=10 delay=200ms
//! produce drop=after                              # applied, the answer is lost
//! produce skip=100 once kill=2
//! * throttle=1s                                   # last: it leaves nothing to rules behind it
//! kill=2
//! move=orders-0:3
//! markers=2s                                      # transactions take so long to end
//! ```

use std::str::FromStr;

use super::command::Command;
use super::rule::Rule;
use super::words::{parted, quoted, without_comment};

/// A line: a rule for requests to come, or something to be done at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A rule.
    Rule(Rule),
    /// A command.
    Command(Command),
}

/// Why a line is no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseFaultError(pub(super) String);

impl Fault {
    /// Reads faults from lines. Comments and empty lines are left out.
    ///
    /// # Errors
    ///
    /// A line is none; the error names it.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, ParseFaultError> {
        let lines = (1..).zip(text.lines().map(|line| without_comment(line).trim()));
        let faults = lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| {
            let fault = Self::from_str(line);
            fault.map_err(|ParseFaultError(why)| ParseFaultError(format!("line {number}: {why}")))
        });
        faults.collect()
    }

    /// Reads faults that are parted by commas, as [`join`](Self::join) writes them.
    ///
    /// # Errors
    ///
    /// One is none; the error says which.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ParseFaultError> {
        let faults = (1..)
            .zip(parted(text, |letter| letter == ','))
            .map(|(number, one)| {
                let fault = Self::from_str(one.trim());
                fault.map_err(|ParseFaultError(why)| ParseFaultError(format!("fault {number}: {why}")))
            });
        faults.collect()
    }

    /// Writes a name as the value of a word, in quotes where it needs them.
    pub fn quote(name: &str) -> String {
        quoted(name, "").into_owned()
    }

    /// Writes faults parted by commas, for the config `sandbox.faults`.
    pub fn join<'a>(faults: impl IntoIterator<Item = &'a Self>) -> String {
        let faults: Vec<String> = faults.into_iter().map(Self::to_string).collect();
        faults.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_as_they_are_written() {
        for line in [
            "produce broker=2 times=3 reply=NOT_LEADER_OR_FOLLOWER",
            "produce topic=orders reply-after=REQUEST_TIMED_OUT",
            "produce client=\"a,b # c\" drop=before",
            "fetch topic=\"say \\\"\\\\\\u{a}\" client=\"\" delay=1ns",
            "expire=a:b:\"c:d\"",
            "expire-transaction=payments",
            "txn-coordinator=payments:2",
            "forget-sessions=1",
            "fetch topic=orders partition=0 client=app skip=10 delay=200ms",
            "* throttle=1s",
            "produce drop=after",
            "produce drop=before",
            "join-group hold=1500us",
            "metadata reply=-1",
            "metadata reply=999",
            "fetch truncate=7",
            "fetch corrupt=0",
            "fetch split=3",
            "fetch split=3 every=2ms",
            "produce skip=100 times=1 kill=2",
            "init-producer-id pause=1",
            "kill=2",
            "pause=2",
            "resume=2",
            "restart=2",
            "move=my-orders-0:3",
            "recreate=orders",
            "expire=billing:tests-1",
            "coordinator=a:group:2",
            "cut=orders-0:100",
            "profile=2:2.8",
            "markers=200ms",
        ] {
            let fault: Fault = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            let again = fault
                .to_string()
                .replace("reply=-1", "reply=UNKNOWN_SERVER_ERROR");
            let line = line.replace("reply=-1", "reply=UNKNOWN_SERVER_ERROR");
            assert_eq!(again, line);
            assert_eq!(again.parse(), Ok(fault));
        }
        assert_eq!(
            "InitProducerId once kill=1".parse::<Fault>(),
            "init_producer_id times=1 kill=1".parse()
        );
    }

    #[test]
    fn what_is_no_fault_is_named() {
        for (line, text) in [
            (
                "",
                "there is no API \"\": a rule begins with one, as produce, or with *",
            ),
            (
                "produse drop=after",
                "there is no API \"produse\": a rule begins with one, as produce, or with *",
            ),
            ("produce", "\"produce\" says not what is to happen: "),
            ("produce drop", "\"drop\" is not name=value"),
            ("produce drop=later", "drop=later: say before or after"),
            ("produce reply=NO_SUCH", "there is no error code \"NO_SUCH\""),
            ("produce delay=5", "delay=5: not a time as 200ms or 2s"),
            (
                "produce broker=x drop=after",
                "broker=x: not a whole number that it can be",
            ),
            (
                "produce drop=after kill=1",
                "a rule has one effect: kill is beside drop=after",
            ),
            ("produce split=0", "split=0: pieces have at least one byte"),
            (
                "produce colour=red",
                "\"colour\" is neither a filter (broker=, topic=, ",
            ),
            (
                "kill=1 kill=2",
                "\"kill=2\" behind a command: a command stands alone",
            ),
            (
                "broker=1",
                "there is no command \"broker\": a rule begins with an API or *",
            ),
            ("move=orders:2", "move=orders: not TOPIC-PARTITION"),
            (
                "produce drop=after every=5s",
                "every= goes with split= alone, not with drop=after",
            ),
            (
                "produce times=0 drop=after",
                "times=0: a rule strikes once at least",
            ),
            ("produce once times=2 drop=after", "times=2: times is there twice"),
            (
                "produce broker=1 broker=2 drop=after",
                "broker=2: broker is there twice",
            ),
            (
                "produce client=\"a drop=after",
                "client=\"a drop=after: the quotes do not close",
            ),
            ("produce client=a b drop=after", "\"b\" is not name=value: quote"),
            (
                "heartbeat topic=orders drop=after",
                "Heartbeat names no topics: leave topic=",
            ),
            (
                "metadata partition=0 drop=after",
                "Metadata names topics as a whole",
            ),
            (
                "produce partition=-1 drop=after",
                "partition=-1: partitions are numbered from 0",
            ),
            (
                "produce client=kafkactl-sandbox-faults drop=after",
                "client=kafkactl-sandbox-faults: no rule",
            ),
            (
                "produce hold=99999999999999999999s",
                "hold=99999999999999999999s: longer than any time",
            ),
            ("profile=1:3.8", "profile=1:3.8: no profile of Kafka \"3.8\""),
        ] {
            let error = line.parse::<Fault>().unwrap_err().to_string();
            assert!(error.starts_with(text), "{line}: {error}");
        }
        let error = Fault::parse_lines("kill=1 # at once\n\n  # nothing\nkill\n").unwrap_err();
        assert!(
            error.to_string().starts_with("line 4: there is no API \"kill\""),
            "{error}"
        );
        assert_eq!(
            Fault::parse_lines("kill=1 # at once\n").map(|faults| faults.len()),
            Ok(1)
        );
    }
}
