//! Consumer groups that become classic ones, or were, while they have members (KIP-848).

use std::sync::Arc;

use super::classic::named;
use super::member::{ClassicTerms, ConsumerMember, Wishes};
use super::{ConsumerGroup, Timer, TopicView};
use crate::group::effects::Context;
use crate::group::migrant::{Downgrade, Migrant};

impl ConsumerGroup {
    /// Whether the group is to become a classic one, now that a member of the consumer protocol is gone.
    pub(super) fn may_downgrade(&self, cx: &Context<'_>) -> bool {
        let mut members = self.members.values();
        !self.members.is_empty()
            && members.all(|member| member.wishes.classic.is_some())
            && cx.settings.downgrades
            && self.members.len() <= cx.settings.classic_size_max
    }

    /// Takes note of what is to become of the group; once.
    pub(crate) fn take_downgrade(&mut self) -> Option<Downgrade> {
        self.downgrade.take()
    }

    /// The members of the group, all of them of the classic protocol, and its epoch.
    pub(crate) fn emigrants(&self, topics: &dyn TopicView) -> (i32, Vec<Migrant>) {
        let members = self.members.iter().filter_map(|(id, member)| {
            let wishes = &member.wishes;
            let classic = wishes.classic.as_ref()?;
            let target = self.target.get(id).into_iter().flatten();
            let target = target.map(|(topic, partitions)| (*topic, partitions.iter().copied().collect()));
            Some(Migrant {
                id: id.clone(),
                instance_id: wishes.instance_id.clone(),
                client_id: wishes.client_id.clone(),
                client_host: wishes.client_host.clone(),
                session_timeout_ms: classic.session_timeout_ms,
                rebalance_timeout_ms: wishes.rebalance_timeout_ms,
                protocols: classic.protocols.clone(),
                topics: wishes.topics.clone(),
                rack_id: wishes.rack_id.clone(),
                assigned: named(topics, target),
            })
        });
        (self.epoch, members.collect())
    }

    /// A group of members that have come from a classic group with all they had, at its generation.
    pub(crate) fn of_immigrants(
        cx: &mut Context<'_>,
        id: Arc<str>,
        generation: i32,
        members: Vec<Migrant>,
        topics: &dyn TopicView,
    ) -> Self {
        let mut group = Self::new(id);
        group.epoch = generation;
        group.target_epoch = generation;
        for migrant in members {
            let mut member = ConsumerMember {
                wishes: Wishes {
                    instance_id: migrant.instance_id,
                    rack_id: migrant.rack_id,
                    client_id: migrant.client_id,
                    client_host: migrant.client_host,
                    topics: migrant.topics,
                    rebalance_timeout_ms: migrant.rebalance_timeout_ms,
                    classic: Some(ClassicTerms {
                        session_timeout_ms: migrant.session_timeout_ms,
                        protocols: migrant.protocols,
                    }),
                    ..Wishes::default()
                },
                epoch: generation,
                previous_epoch: generation,
                ..ConsumerMember::default()
            };
            let target = group.target.entry(migrant.id.clone()).or_default();
            for assigned in migrant.assigned {
                if let Some((topic, _)) = topics.by_name(&assigned.topic) {
                    let since = assigned.partitions.iter().map(|&index| (index, generation));
                    member.assigned.entry(topic).or_default().extend(since);
                    target.entry(topic).or_default().extend(assigned.partitions);
                }
            }
            if let Some(instance) = &member.wishes.instance_id {
                group.instances.insert(instance.clone(), migrant.id.clone());
            }
            let until = cx.now.elapsed + Self::session_timeout(&member, cx.settings);
            group.timers.set(Timer::Session(migrant.id.clone()), until);
            group.set_member(&migrant.id, member);
        }
        group.look_at_topics(cx, topics);
        group
    }

    /// Keeps all of the group, as it comes to be.
    pub(crate) fn keep_immigrants(&self, cx: &mut Context<'_>) {
        if !self.is_empty() {
            self.keep_all(cx);
        }
    }
}
