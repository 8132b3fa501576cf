use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use protocol::ErrorCode;

use super::error::AdminError;
use super::items::{Items, Results};
use super::join::join_all;
use crate::cluster::{CoordinatorKind, Lane, NodeId, Target, TopicPartition};
use crate::config::ConnectionConfig;
use crate::connection::Body;
use crate::engine::calls::{CallOptions, Caller, Earlier};
use crate::error::{Class, RequestError};
use crate::io::{CoarseClock, EngineHandle};
use crate::time::Moment;

/// The admin client. Cheap to clone; made by [`Client::admin`](crate::client::Client::admin).
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use kafka_client::admin::{CreateTopicsOptions, NewTopic};
/// use kafka_client::client::Client;
///
/// let admin = Client::connect("localhost:9092").await?.admin();
/// let orders = NewTopic::new("orders").partitions(6).config("retention.ms", "86400000");
/// for (name, created) in admin.create_topics([orders], CreateTopicsOptions::default()).await {
///     println!("{name} has {:?} partitions", created?.partitions);
/// }
/// for (group, lag) in admin.group_lags(["billing"]).await {
///     for at in lag?.partitions {
///         println!("{group} {}: {:?} behind", at.partition, at.lag());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Admin {
    caller: Caller,
    /// Keeps the engine going as long as somebody may ask.
    _engine: EngineHandle,
    clock: CoarseClock,
    config: Arc<ConnectionConfig>,
    api_timeout: Duration,
}

/// One call about several things.
pub(super) trait Task: Sync {
    /// What names a thing.
    type Key: Clone + Ord + Send + Sync + Unpin;
    /// What comes of it.
    type Value: Send + Unpin;
    /// The request.
    type Body: Body + Sync + 'static;
    /// The reply.
    type Reply: protocol::Response + Unpin;

    /// The request for some of the things.
    fn body(&self, keys: &[Self::Key]) -> Self::Body;

    /// What a reply to the request for `keys` says about each thing. It may leave out some and name others.
    fn read(&self, keys: &[Self::Key], reply: Self::Reply) -> Results<Self::Key, Self::Value>;

    /// Whether a broker that does not know a thing is asked again for a short while: the thing may have been created a
    /// moment ago. Only for what can be done twice.
    const AWAITS_NEW: bool = false;

    /// Whether another attempt may go better.
    fn passes(&self, error: &AdminError) -> bool {
        matches!(error.class(), Class::Retry | Class::Reroute)
    }
}

/// What an operation may still use up.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    deadline: Moment,
    earlier: Earlier,
}

impl Admin {
    pub(crate) fn new(caller: Caller, engine: EngineHandle, config: Arc<ConnectionConfig>) -> Self {
        Self {
            caller,
            clock: engine.clock(),
            _engine: engine,
            api_timeout: config.api_timeout,
            config,
        }
    }

    /// Gives each operation another time to last, its retries included. Default: `default.api.timeout.ms`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.api_timeout = timeout;
        self
    }

    /// How long a broker may take for a request that it carries out itself, in milliseconds.
    pub(super) fn broker_timeout_ms(&self) -> i32 {
        i32::try_from(self.config.request_timeout.min(self.api_timeout).as_millis()).unwrap_or(i32::MAX)
    }

    pub(super) fn budget(&self) -> Budget {
        Budget {
            deadline: self.clock.now() + self.api_timeout,
            earlier: Earlier::default(),
        }
    }

    /// Whether there is time for another round; counts it.
    pub(super) fn again(&self, budget: &mut Budget, misrouted: bool) -> bool {
        budget.earlier = Earlier {
            attempts: budget.earlier.attempts + 1,
            misrouted,
        };
        self.clock.now() < budget.deadline
    }

    /// Sends one request, again while only the connection fails.
    pub(super) async fn call<T: protocol::Response>(
        &self,
        target: Target,
        body: impl Body + Sync + 'static,
        budget: &Budget,
    ) -> Result<T, RequestError> {
        // A broker that was chosen for what it leads or coordinates may be gone for good; what is left of the time
        // goes into finding its successor.
        let patient = matches!(target, Target::Any | Target::Controller);
        let left = budget.deadline.since(self.clock.now());
        let options = CallOptions {
            timeout: left,
            attempt_timeout: self.config.request_timeout,
            unreachable_timeout: if patient {
                self.config.connect_timeout
            } else {
                Duration::ZERO
            },
            lane: Lane::Control,
            retry_on: |_| None,
            earlier: budget.earlier,
        };
        self.caller.call_body(target, body, &options).await
    }

    /// Carries out a task whose things all go to one place.
    pub(super) async fn run<J: Task>(
        &self,
        target: Target,
        task: &J,
        keys: impl IntoIterator<Item = J::Key>,
    ) -> Results<J::Key, J::Value> {
        let mut items = Items::new(keys);
        let mut budget = self.budget();
        loop {
            let open = items.open();
            if open.is_empty() {
                break;
            }
            let reply = self.call(target.clone(), task.body(&open), &budget).await;
            let misrouted = absorb(task, &mut items, &open, reply, &budget, false);
            if !self.again(&mut budget, misrouted) {
                break;
            }
        }
        items.into_results()
    }

    /// Carries out a task on the leaders of partitions.
    pub(super) async fn run_on_leaders<J>(
        &self,
        task: &J,
        keys: impl IntoIterator<Item = TopicPartition>,
    ) -> Results<TopicPartition, J::Value>
    where
        J: Task<Key = TopicPartition>,
    {
        let mut items = Items::new(keys);
        let mut budget = self.budget();
        loop {
            let open = items.open();
            if open.is_empty() {
                break;
            }
            match self.leaders_of(&open, &budget).await {
                Ok(found) => self.round(task, &mut items, found, &budget).await,
                Err(error) => items.give_up(&error),
            }
            if !self.again(&mut budget, false) {
                break;
            }
        }
        items.into_results()
    }

    /// Carries out a task on the coordinators of groups.
    pub(super) async fn run_on_coordinators<J>(
        &self,
        task: &J,
        keys: impl IntoIterator<Item = String>,
    ) -> Results<String, J::Value>
    where
        J: Task<Key = String>,
    {
        let mut items = Items::new(keys);
        let mut budget = self.budget();
        loop {
            let open = items.open();
            if open.is_empty() {
                break;
            }
            let found = self.coordinators_of(CoordinatorKind::Group, &open, &budget).await;
            self.round(task, &mut items, found, &budget).await;
            if !self.again(&mut budget, false) {
                break;
            }
        }
        items.into_results()
    }

    /// Asks each broker for its things, all brokers at once.
    async fn round<J: Task>(
        &self,
        task: &J,
        items: &mut Items<J::Key, J::Value>,
        found: Found<J::Key>,
        budget: &Budget,
    ) {
        for (key, error) in found.failed {
            items.take(&key, Err(error), |error| {
                task.passes(error) && !budget.is_gone(error)
            });
        }
        // The pause was spent on looking the brokers up.
        let budget = Budget {
            earlier: Earlier::default(),
            ..budget.clone()
        };
        let budget = &budget;
        let calls = found.nodes.into_iter().map(|(node, keys)| async move {
            let reply = self
                .call::<J::Reply>(Target::Node(node), task.body(&keys), budget)
                .await;
            (keys, reply)
        });
        for (keys, reply) in join_all(calls).await {
            absorb(task, items, &keys, reply, budget, true);
        }
    }
}

/// How often a topic that no broker knows is looked for.
const GONE_ATTEMPTS: u32 = 4;

impl Budget {
    /// Whether a thing can be taken not to exist. A topic that was created a moment ago is not known to every broker,
    /// so the first verdicts do not count.
    pub(super) fn is_gone(&self, error: &AdminError) -> bool {
        is_unknown(error) && self.earlier.attempts + 1 >= GONE_ATTEMPTS
    }
}

fn is_unknown(error: &AdminError) -> bool {
    let codes = [ErrorCode::UNKNOWN_TOPIC_OR_PARTITION, ErrorCode::UNKNOWN_TOPIC_ID];
    error.code().is_some_and(|code| codes.contains(&code))
}

/// Which brokers are to be asked about which things.
#[derive(Debug)]
pub(super) struct Found<K> {
    pub(super) nodes: BTreeMap<NodeId, Vec<K>>,
    pub(super) failed: Vec<(K, AdminError)>,
}

impl<K> Default for Found<K> {
    fn default() -> Self {
        Self {
            nodes: BTreeMap::new(),
            failed: Vec::new(),
        }
    }
}

/// Takes up a reply. Returns whether the broker was the wrong one to ask.
fn absorb<J: Task>(
    task: &J,
    items: &mut Items<J::Key, J::Value>,
    keys: &[J::Key],
    reply: Result<J::Reply, RequestError>,
    budget: &Budget,
    elsewhere: bool,
) -> bool {
    let mut misrouted = false;
    match reply {
        Ok(reply) => {
            let results = task.read(keys, reply);
            let mut mentioned: Vec<_> = results.iter().map(|(key, _)| key.clone()).collect();
            mentioned.sort();
            for (key, result) in results {
                let rerouted = result
                    .as_ref()
                    .is_err_and(|error| error.class() == Class::Reroute);
                items.take(&key, result, |error| {
                    task.passes(error) || J::AWAITS_NEW && is_unknown(error) && !budget.is_gone(error)
                });
                misrouted |= rerouted;
            }
            let api = <J::Reply as protocol::Response>::KEY.to_string();
            items.settle_unmentioned(keys, |key| mentioned.binary_search(key).is_ok(), &api);
        }
        // What was asked of one of several brokers may be another's task by now.
        Err(error) => {
            let passes =
                elsewhere && error.class() == Class::Retry && !matches!(error, RequestError::Timeout { .. });
            for key in keys {
                items.take(key, Err(error.clone().into()), |_| passes);
            }
        }
    }
    misrouted
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use protocol::messages::list_groups::{ListGroupsRequest, ListGroupsResponse};

    use super::*;
    use crate::error::{TransportError, TransportPhase};

    /// A task whose reply says what the test wants.
    struct Scripted(Results<&'static str, ()>);

    impl Task for Scripted {
        type Key = &'static str;
        type Value = ();
        type Body = ListGroupsRequest;
        type Reply = ListGroupsResponse;

        const AWAITS_NEW: bool = true;

        fn body(&self, _: &[&'static str]) -> ListGroupsRequest {
            ListGroupsRequest::default()
        }

        fn read(&self, _: &[&'static str], _: ListGroupsResponse) -> Results<&'static str, ()> {
            self.0.clone()
        }

        fn passes(&self, error: &AdminError) -> bool {
            error.code() == Some(ErrorCode::NOT_CONTROLLER)
        }
    }

    fn budget(attempts: u32) -> Budget {
        Budget {
            deadline: Moment::START,
            earlier: Earlier {
                attempts,
                misrouted: false,
            },
        }
    }

    fn refused(code: ErrorCode) -> Result<(), AdminError> {
        Err(code.into())
    }

    fn states<K: Clone + Ord + fmt::Debug>(items: Items<K, ()>) -> (Vec<K>, Vec<Option<ErrorCode>>) {
        let open = items.open();
        let code = |(_, result): (K, Result<(), AdminError>)| result.err().and_then(|error| error.code());
        (open, items.into_results().into_iter().map(code).collect())
    }

    #[test]
    fn a1_what_the_wrong_controller_refused_stays_open_and_the_right_one_is_looked_for() {
        let task = Scripted(vec![("a", refused(ErrorCode::NOT_CONTROLLER)), ("b", Ok(()))]);
        let mut items = Items::new(["a", "b", "c"]);
        let reply = Ok(ListGroupsResponse::default());
        assert!(absorb(
            &task,
            &mut items,
            &["a", "b", "c"],
            reply,
            &budget(0),
            false
        ));
        let (open, codes) = states(items);
        assert_eq!(open, ["a"]);
        assert_eq!(codes, [Some(ErrorCode::NOT_CONTROLLER), None, None]);
    }

    #[test]
    fn what_was_created_a_moment_ago_is_asked_for_again_for_a_short_while() {
        let gone = ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
        for (attempts, open) in [(0, 1), (2, 1), (3, 0), (9, 0)] {
            let task = Scripted(vec![("a", refused(gone))]);
            let mut items = Items::new(["a"]);
            absorb(
                &task,
                &mut items,
                &["a"],
                Ok(ListGroupsResponse::default()),
                &budget(attempts),
                false,
            );
            assert_eq!(items.open().len(), open, "after {attempts}");
        }
    }

    #[test]
    fn a3_a_broker_that_is_gone_may_have_a_successor_unless_there_is_but_one_to_ask() {
        let broken = RequestError::Transport(TransportError {
            address: "a:1".to_owned(),
            phase: TransportPhase::Connect,
            sent: false,
            reason: "refused".to_owned(),
            permanent: false,
            source: None,
        });
        for (elsewhere, open) in [(true, 2), (false, 0)] {
            let mut items = Items::new(["a", "b"]);
            absorb(
                &Scripted(vec![]),
                &mut items,
                &["a", "b"],
                Err(broken.clone()),
                &budget(0),
                elsewhere,
            );
            assert_eq!(items.open().len(), open);
        }
        let mut items = Items::new(["a"]);
        absorb(
            &Scripted(vec![]),
            &mut items,
            &["a"],
            Err(RequestError::Closed),
            &budget(0),
            true,
        );
        assert!(items.open().is_empty());
    }
}
