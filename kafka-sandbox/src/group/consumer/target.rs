//! What is meant for each member.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::Uuid;

use super::heartbeat::compile;
use super::{ConsumerGroup, TopicView};
use crate::group::assignor::{Assignor, Subscriber};
use crate::group::effects::Context;

impl ConsumerGroup {
    /// Compares the topics that members want with what they were. Returns whether they have changed.
    pub(super) fn look_at_topics(&mut self, cx: &mut Context<'_>, topics: &dyn TopicView) -> bool {
        self.match_regexes(cx, topics);
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for member in self.members.values() {
            wanted.extend(member.wishes.topics.iter().map(String::as_str));
        }
        for matches in self.matches.values() {
            wanted.extend(matches.iter().map(String::as_str));
        }
        let mut hash = Hash::default();
        let mut any = false;
        for name in wanted {
            if let Some((id, partitions)) = topics.by_name(name) {
                any = true;
                hash.add(name.as_bytes());
                hash.add(id.as_bytes());
                hash.add(&partitions.to_be_bytes());
            }
        }
        self.topics_version = Some(topics.version());
        // A group without topics is as it was before it had any.
        let hash = if any { hash.0.cast_signed() } else { 0 };
        let changed = hash != self.topics_hash;
        self.topics_hash = hash;
        changed
    }

    /// Finds the topics that members' regular expressions match, where that may have changed.
    fn match_regexes(&mut self, cx: &mut Context<'_>, topics: &dyn TopicView) {
        self.forget_regexes(cx);
        let wanted: BTreeSet<&String> = self
            .members
            .values()
            .filter_map(|member| member.wishes.regex.as_ref())
            .collect();
        let is_current = self.topics_version == Some(topics.version());
        let due: Vec<String> = wanted
            .into_iter()
            .filter(|regex| !is_current || !self.matches.contains_key(*regex))
            .cloned()
            .collect();
        if due.is_empty() {
            return;
        }
        let names = topics.names();
        for text in due {
            // It was compiled before it was taken up.
            let Ok(regex) = compile(&text) else {
                continue;
            };
            let found: BTreeSet<String> = names
                .iter()
                .filter(|name| regex.is_match(name))
                .map(|name| name.to_string())
                .collect();
            if self.matches.get(&text) != Some(&found) {
                self.matches.insert(text.clone(), found);
                self.keep_regex(cx, &text, topics.version());
            }
        }
    }

    /// Forgets the regular expressions that no member has any more.
    pub(super) fn forget_regexes(&mut self, cx: &mut Context<'_>) {
        if self.matches.is_empty() {
            return;
        }
        let members = self.members.values();
        let used: BTreeSet<&String> = members
            .filter_map(|member| member.wishes.regex.as_ref())
            .collect();
        let known = self.matches.keys();
        let unused: Vec<String> = known.filter(|text| !used.contains(text)).cloned().collect();
        for text in unused {
            self.matches.remove(&text);
            self.take_back_regex(cx, &text);
        }
    }

    /// Makes a new target due.
    pub(super) fn raise_epoch(&mut self, cx: &mut Context<'_>) {
        self.epoch = self.epoch.saturating_add(1);
        self.keep_group(cx);
    }

    /// Makes the target that is due, unless the last one is too young.
    pub(super) fn assign(&mut self, cx: &mut Context<'_>, topics: &dyn TopicView) {
        let age = cx.now.timestamp.saturating_sub(self.target_timestamp);
        let is_first = self.target_epoch == 0;
        if self.target_epoch >= self.epoch
            || !is_first && (0..cx.settings.consumer_assignment_interval_ms).contains(&age)
        {
            return;
        }
        let assignor = self.assignor().unwrap_or_else(|| {
            let first = cx.settings.assignors.first();
            first.copied().unwrap_or(Assignor::Uniform)
        });
        let mut partitions: BTreeMap<Uuid, i32> = BTreeMap::new();
        // Most members want the same: what they want is worked out once.
        type Wish<'a> = (&'a BTreeSet<String>, Option<&'a String>);
        let mut resolved: BTreeMap<Wish<'_>, Arc<BTreeSet<Uuid>>> = BTreeMap::new();
        let mut subscribers = Vec::with_capacity(self.members.len());
        for (id, member) in &self.members {
            let wishes = &member.wishes;
            let wanted = resolved
                .entry((&wishes.topics, wishes.regex.as_ref()))
                .or_insert_with(|| {
                    let matched = wishes.regex.as_ref().and_then(|regex| self.matches.get(regex));
                    let names = wishes.topics.iter().chain(matched.into_iter().flatten());
                    let mut ids = BTreeSet::new();
                    for (id, count) in names.filter_map(|name| topics.by_name(name)) {
                        partitions.insert(id, count);
                        ids.insert(id);
                    }
                    Arc::new(ids)
                });
            subscribers.push(Subscriber {
                id,
                instance: wishes.instance_id.as_deref(),
                topics: wanted.clone(),
                current: self.target.get(id),
            });
        }
        let target = assignor.assign(&subscribers, &partitions);
        drop(subscribers);
        let changed: Vec<Arc<str>> = target
            .iter()
            .filter(|(id, share)| self.target.get(*id) != Some(share))
            .map(|(id, _)| id.clone())
            .collect();
        self.target = target;
        self.target_epoch = self.epoch;
        self.target_timestamp = cx.now.timestamp;
        for id in changed {
            self.keep_target(cx, &id);
        }
        self.keep_target_epoch(cx);
    }

    /// The assignor that most of those want who want one.
    pub(super) fn assignor(&self) -> Option<Assignor> {
        let mut votes: BTreeMap<Assignor, usize> = BTreeMap::new();
        for member in self.members.values() {
            if let Some(assignor) = member.wishes.assignor() {
                *votes.entry(assignor).or_default() += 1;
            }
        }
        votes
            .into_iter()
            .max_by_key(|&(_, votes)| votes)
            .map(|(assignor, _)| assignor)
    }
}

/// FNV-1a with 64 bits: the same in each run, since it is stored.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
