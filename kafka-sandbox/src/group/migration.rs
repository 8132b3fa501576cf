//! Groups that change their protocol while they have members (KIP-848): up when the first member of the consumer protocol
//! comes, down when the last one is gone.

use protocol::ErrorCode;

use super::classic::ClassicGroup;
use super::consumer::{ConsumerGroup, GroupError, TopicView};
use super::effects::{Context, Effects};
use super::kind::{Group, Kind};
use super::migrant::Downgrade;

/// Makes a consumer group of a classic one, if what its first member wants succeeds. Those who wait are to join again.
///
/// # Errors
///
/// The group cannot become one, or the member was refused; nothing has changed then.
pub(super) fn upgrade<T>(
    group: &mut Group,
    cx: &mut Context<'_>,
    topics: &dyn TopicView,
    id: &str,
    first: impl FnOnce(&mut ConsumerGroup, &mut Context<'_>) -> Result<T, GroupError>,
) -> Result<T, GroupError> {
    let Kind::Classic(classic) = &mut group.kind else {
        return Err(super::members::not_consumer(id));
    };
    let mut consumer = if classic.is_empty() {
        ConsumerGroup::new(id.into())
    } else {
        let (generation, members) = classic.emigrants(cx)?;
        ConsumerGroup::of_immigrants(cx, id.into(), generation, members, topics)
    };
    let mut effects = Effects::default();
    let mut inner = Context {
        effects: &mut effects,
        now: cx.now,
        settings: cx.settings,
        rng: cx.rng,
    };
    classic.take_back(&mut inner);
    consumer.keep_immigrants(&mut inner);
    let response = first(&mut consumer, &mut inner)?;
    classic.refuse_all(cx, ErrorCode::REBALANCE_IN_PROGRESS);
    cx.effects.records.append(&mut effects.records);
    group.kind = Kind::Consumer(consumer);
    Ok(response)
}

/// Makes a classic group of a consumer group that has lost its last member of the consumer protocol.
pub(super) fn downgrade(group: &mut Group, cx: &mut Context<'_>, topics: &dyn TopicView, id: &str) {
    let Kind::Consumer(consumer) = &mut group.kind else {
        return;
    };
    let Some(how) = consumer.take_downgrade() else {
        return;
    };
    consumer.take_back(cx);
    let (epoch, members) = consumer.emigrants(topics);
    let mut classic = ClassicGroup::of_immigrants(cx, id.into(), epoch, members);
    classic.keep(cx);
    match how {
        Downgrade::Rebalance => classic.rebalance(cx),
        Downgrade::AsItIs => {}
    }
    group.kind = Kind::Classic(classic);
}
