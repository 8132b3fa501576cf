//! What a scenario holds: a cluster of one broker, and connections to it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use protocol::messages::create_topics::CreatableTopic;
use protocol::messages::list_offsets::{ListOffsetsPartition, ListOffsetsRequest, ListOffsetsTopic};
use protocol::{ErrorCode, Request, Uuid};

use super::super::link::{Link, Sent, newest_stable};
use super::super::requests;
use super::notes::{Excuse, Notes, Step};

/// How long something may take that is asked for again and again, and how long each time is waited.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);

/// One of the two clusters.
#[derive(Clone)]
pub(in super::super) struct Kafka {
    address: String,
    notes: Arc<Mutex<Notes>>,
}

impl Kafka {
    pub(in super::super) fn at(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            notes: Arc::default(),
        }
    }

    pub(super) fn steps(&self) -> Vec<Step> {
        std::mem::take(&mut lock(&self.notes).steps)
    }

    /// Another connection.
    pub(in super::super) fn connect(&self) -> Raw {
        Raw {
            link: Link::open(&self.address),
            notes: self.notes.clone(),
            excuse: None,
        }
    }
}

/// A connection whose answers are taken down.
pub(in super::super) struct Raw {
    link: Link,
    notes: Arc<Mutex<Notes>>,
    excuse: Option<Excuse>,
}

/// An answer that is waited for, and what it answers.
#[must_use = "the answer is to be received"]
pub(in super::super) struct Waiting<R> {
    title: String,
    sent: Sent<R>,
}

impl Raw {
    /// Asks in the newest stable version.
    pub(in super::super) fn ask<R: Request>(&mut self, what: &str, request: &R) -> R::Response {
        self.ask_in(newest_stable::<R>(), what, request)
    }

    /// Asks in some version. When the broker closes the connection the answer is an empty one.
    pub(in super::super) fn ask_in<R: Request>(
        &mut self,
        version: i16,
        what: &str,
        request: &R,
    ) -> R::Response {
        let waiting = self.send_in(version, what, request);
        self.receive(waiting)
    }

    /// Asks in all versions that Kafka serves.
    pub(in super::super) fn ask_in_all<R: Request>(&mut self, what: &str, request: &R) {
        let first = R::KEY.info().map_or(0, |info| info.versions.first);
        for version in first..=newest_stable::<R>() {
            self.ask_in(version, what, request);
        }
    }

    /// Asks for what may take its time.
    pub(in super::super) fn send<R: Request>(&mut self, what: &str, request: &R) -> Waiting<R> {
        self.send_in(newest_stable::<R>(), what, request)
    }

    pub(in super::super) fn send_in<R: Request>(
        &mut self,
        version: i16,
        what: &str,
        request: &R,
    ) -> Waiting<R> {
        Waiting {
            title: format!("{} {version}: {what}", R::KEY),
            sent: self.link.send(version, request),
        }
    }

    /// Asks for what has no answer.
    pub(in super::super) fn tell<R: Request>(&mut self, what: &str, request: &R) {
        let _ = self.send(what, request);
    }

    /// Waits for an answer.
    pub(in super::super) fn receive<R: Request>(&mut self, waiting: Waiting<R>) -> R::Response {
        let answer = self.link.receive(waiting.sent);
        let excuse = self.excuse.take();
        lock(&self.notes).take(waiting.title, excuse, answer.as_ref());
        answer.unwrap_or_default()
    }

    /// Asks again and again until the answer is as it is to be. Only that one is taken down.
    pub(in super::super) fn until<R: Request>(
        &mut self,
        what: &str,
        request: &R,
        is_done: impl Fn(&R::Response) -> bool,
    ) -> R::Response {
        let version = newest_stable::<R>();
        let give_up = Instant::now() + PATIENCE;
        loop {
            let answer = self.link.try_ask(version, request);
            let done = answer.as_ref().is_some_and(&is_done);
            if done || Instant::now() > give_up {
                let title = format!("{} {version}: {what}", R::KEY);
                lock(&self.notes).take(title, self.excuse.take(), answer.as_ref());
                assert!(done, "it does not come: {what}");
                return answer.unwrap_or_default();
            }
            thread::sleep(PAUSE);
        }
    }

    /// Says why some fields of the next answer are not the same on both sides: those whose path ends so.
    pub(in super::super) fn excuse(&mut self, fields: &'static [&'static str], why: &'static str) {
        self.excuse = Some((fields, why));
    }

    /// Sends bytes as they are and takes the bytes of the answer down.
    pub(in super::super) fn exchange(&mut self, what: &str, bytes: &[u8]) {
        let answer = self.link.exchange(bytes).ok();
        if answer.is_none() {
            self.link = self.link.again();
        }
        lock(&self.notes).take(what.to_owned(), self.excuse.take(), answer.as_ref());
    }

    /// Creates a topic and waits until all its partitions are led. Returns its id.
    pub(in super::super) fn create_topic(
        &mut self,
        name: &str,
        partitions: i32,
        configs: &[(&str, &str)],
    ) -> Uuid {
        let topic = CreatableTopic {
            configs: configs
                .iter()
                .map(|(name, value)| requests::config(name, Some(value)))
                .collect(),
            ..requests::topic(name, partitions, 1)
        };
        let title = format!("create {name}");
        let answer = self.ask(&title, &requests::create_topics(vec![topic], false));
        self.wait_for_leaders(name, partitions);
        answer.topics[0].topic_id
    }

    /// Waits until the broker leads all partitions of a topic: created is not yet led.
    pub(in super::super) fn wait_for_leaders(&mut self, name: &str, partitions: i32) {
        for index in 0..partitions {
            self.settle(|link| {
                let request = ListOffsetsRequest {
                    replica_id: -1,
                    topics: vec![ListOffsetsTopic {
                        name: name.to_owned(),
                        partitions: vec![ListOffsetsPartition {
                            partition_index: index,
                            timestamp: -1,
                            ..ListOffsetsPartition::default()
                        }],
                    }],
                    ..ListOffsetsRequest::default()
                };
                ErrorCode(link.ask(&request).topics[0].partitions[0].error_code)
            });
        }
    }

    /// Asks until there is no error, and takes nothing down.
    pub(in super::super) fn settle(&mut self, mut ask: impl FnMut(&mut Link) -> ErrorCode) {
        settle(&mut self.link, &mut ask);
    }
}

/// Asks until there is no error.
///
/// # Panics
///
/// When there always is one.
pub(super) fn settle(link: &mut Link, mut ask: impl FnMut(&mut Link) -> ErrorCode) {
    let give_up = Instant::now() + PATIENCE;
    loop {
        let code = ask(link);
        if code.is_ok() {
            return;
        }
        assert!(Instant::now() < give_up, "it does not come: {code}");
        thread::sleep(PAUSE);
    }
}

fn lock(notes: &Mutex<Notes>) -> MutexGuard<'_, Notes> {
    notes.lock().unwrap_or_else(PoisonError::into_inner)
}
