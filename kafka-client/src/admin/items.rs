//! The things that one call is about, each on the way to a result of its own.

use std::collections::BTreeMap;

use super::error::AdminError;

/// What became of each thing that a call was about, in the order in which they were given.
pub type Results<K, T> = Vec<(K, Result<T, AdminError>)>;

/// The things of one call.
#[derive(Debug)]
pub(super) struct Items<K, T> {
    keys: Vec<K>,
    states: BTreeMap<K, State<T>>,
}

#[derive(Debug)]
enum State<T> {
    /// Not settled; what stood in the way when it was tried last.
    Open(Option<AdminError>),
    Settled(Result<T, AdminError>),
}

impl<K: Clone + Ord, T> Items<K, T> {
    /// All open. A key that is given twice counts once.
    pub(super) fn new(keys: impl IntoIterator<Item = K>) -> Self {
        let mut items = Self {
            keys: Vec::new(),
            states: BTreeMap::new(),
        };
        for key in keys {
            if items.states.insert(key.clone(), State::Open(None)).is_none() {
                items.keys.push(key);
            }
        }
        items
    }

    /// The keys that are not settled.
    pub(super) fn open(&self) -> Vec<K> {
        let is_open = |key: &&K| matches!(self.states.get(*key), Some(State::Open(_)));
        self.keys.iter().filter(is_open).cloned().collect()
    }

    /// Settles one. What is settled already, or was never asked for, is left alone: a reply may repeat itself.
    pub(super) fn settle(&mut self, key: &K, result: Result<T, AdminError>) {
        if let Some(state @ State::Open(_)) = self.states.get_mut(key) {
            *state = State::Settled(result);
        }
    }

    /// Leaves one open for another attempt, and notes why this one failed.
    pub(super) fn postpone(&mut self, key: &K, error: AdminError) {
        if let Some(State::Open(last)) = self.states.get_mut(key) {
            *last = Some(error);
        }
    }

    /// Takes up a broker's verdict: success and lasting errors settle, passing ones leave the thing open.
    pub(super) fn take(
        &mut self,
        key: &K,
        result: Result<T, AdminError>,
        passes: impl Fn(&AdminError) -> bool,
    ) {
        match result {
            Err(error) if passes(&error) => self.postpone(key, error),
            result => self.settle(key, result),
        }
    }

    /// Settles those of `keys` that a reply passed over in silence.
    pub(super) fn settle_unmentioned(&mut self, keys: &[K], mentioned: impl Fn(&K) -> bool, api: &str) {
        for key in keys.iter().filter(|key| !mentioned(key)) {
            self.settle(
                key,
                Err(AdminError::Reply(format!(
                    "the reply to {api} does not mention it"
                ))),
            );
        }
    }

    /// Settles what is open with what stood in its way last, or else with `error`.
    pub(super) fn give_up(&mut self, error: &AdminError) {
        for state in self.states.values_mut() {
            if let State::Open(last) = state {
                let error = last.take().unwrap_or_else(|| error.clone());
                *state = State::Settled(Err(error));
            }
        }
    }

    /// The results, in the order in which the keys were given.
    pub(super) fn into_results(mut self) -> Results<K, T> {
        let keys = std::mem::take(&mut self.keys);
        keys.into_iter()
            .filter_map(|key| match self.states.remove(&key)? {
                State::Settled(result) => Some((key, result)),
                State::Open(last) => {
                    let never = || AdminError::Reply("it was not attempted".to_owned());
                    let error = last.unwrap_or_else(never);
                    Some((key, Err(error)))
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use protocol::ErrorCode;

    use super::*;

    fn refused(code: ErrorCode) -> AdminError {
        code.into()
    }

    #[test]
    fn a2_each_thing_has_a_result_of_its_own_in_the_order_given() {
        let mut items = Items::new(["b", "a", "c", "a"]);
        items.settle(&"a", Ok(1));
        items.take(&"b", Err(refused(ErrorCode::TOPIC_ALREADY_EXISTS)), |_| false);
        items.settle(&"unknown", Ok(9));
        items.settle(&"a", Ok(2));
        assert_eq!(items.open(), ["c"]);
        items.settle_unmentioned(&["b", "c"], |key| *key == "b", "CreateTopics");
        let results = items.into_results();
        let keys: Vec<_> = results.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["b", "a", "c"]);
        assert_eq!(
            results[0].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::TOPIC_ALREADY_EXISTS)
        );
        assert_eq!(*results[1].1.as_ref().unwrap(), 1);
        assert!(
            results[2]
                .1
                .as_ref()
                .unwrap_err()
                .to_string()
                .contains("CreateTopics")
        );
    }

    #[test]
    fn a3_what_stood_in_the_way_last_is_not_lost() {
        let mut items: Items<_, ()> = Items::new(["a", "b"]);
        let passes = |error: &AdminError| error.code() == Some(ErrorCode::NOT_CONTROLLER);
        items.take(&"a", Err(refused(ErrorCode::NOT_CONTROLLER)), passes);
        assert_eq!(items.open(), ["a", "b"]);
        items.give_up(&AdminError::Reply("time is over".to_owned()));
        let results = items.into_results();
        assert_eq!(
            results[0].1.as_ref().unwrap_err().code(),
            Some(ErrorCode::NOT_CONTROLLER)
        );
        assert_eq!(results[1].1.as_ref().unwrap_err().to_string(), "time is over");
    }
}
