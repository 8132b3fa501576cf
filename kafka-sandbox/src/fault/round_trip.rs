//! Whatever a rule names, its text stands for the rule.

use std::sync::Arc;
use std::time::Duration;

use proptest::option;
use proptest::prelude::*;
use protocol::{ApiInfo, ErrorCode};

use super::{Command, Effect, Fault, Matcher, Rule, When};

fn name() -> impl Strategy<Value = Arc<str>> {
    let odd = prop::collection::vec(
        prop::sample::select(" ,#\"\\:=-\n\t\u{85}\u{2028}u{}aé".chars().collect::<Vec<_>>()),
        0..8,
    );
    let odd = odd.prop_map(|letters| letters.into_iter().collect::<String>());
    prop_oneof![odd, any::<String>()].prop_map(Arc::from)
}

fn time() -> impl Strategy<Value = Duration> {
    prop_oneof![
        any::<Duration>(),
        any::<u64>().prop_map(Duration::from_secs),
        any::<u32>().prop_map(|millis| Duration::from_millis(millis.into())),
        any::<u32>().prop_map(|nanos| Duration::from_nanos(nanos.into())),
    ]
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![Just(When::Before), Just(When::After)]
}

fn command() -> impl Strategy<Value = Command> {
    let profile = prop::sample::select(vec!["2.1", "2.8", "3.9", "4.0", "4.4"]);
    let profile = profile.prop_map(|release| release.parse().unwrap());
    prop_oneof![
        any::<i32>().prop_map(Command::Kill),
        any::<i32>().prop_map(Command::Pause),
        any::<i32>().prop_map(Command::Resume),
        any::<i32>().prop_map(Command::Restart),
        any::<i32>().prop_map(Command::ForgetFetchSessions),
        (name(), 0..i32::MAX, any::<i32>()).prop_map(|(topic, partition, to)| Command::MoveLeader {
            topic,
            partition,
            to
        }),
        name().prop_map(Command::RecreateTopic),
        (name(), 0..i32::MAX, any::<i64>()).prop_map(|(topic, partition, offset)| Command::CutLog {
            topic,
            partition,
            offset
        }),
        time().prop_map(Command::DelayMarkers),
        (name(), name()).prop_map(|(group, member)| Command::ExpireMember { group, member }),
        name().prop_map(Command::ExpireTransaction),
        (name(), any::<i32>()).prop_map(|(group, to)| Command::MoveCoordinator { group, to }),
        (name(), any::<i32>())
            .prop_map(|(transactional_id, to)| Command::MoveTransactionCoordinator { transactional_id, to }),
        (any::<i32>(), profile).prop_map(|(broker, profile)| Command::SetProfile { broker, profile }),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        (when(), any::<i16>()).prop_map(|(when, code)| Effect::Reply(when, ErrorCode(code))),
        when().prop_map(Effect::Drop),
        (when(), time()).prop_map(|(when, time)| Effect::Delay(when, time)),
        time().prop_map(Effect::Throttle),
        any::<usize>().prop_map(Effect::Truncate),
        any::<usize>().prop_map(Effect::Corrupt),
        (1..usize::MAX, time()).prop_map(|(size, every)| Effect::Split { size, every }),
        command().prop_map(Effect::Perform),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let apis = ApiInfo::ALL.iter().map(|info| info.key).collect::<Vec<_>>();
    let on = (
        option::of(prop::sample::select(apis)),
        option::of(any::<i32>()),
        option::of(name()),
        option::of(0..i32::MAX),
        option::of(name()),
    );
    let on = on.prop_map(|(api, broker, topic, partition, client_id)| Matcher {
        api,
        broker,
        topic,
        partition,
        client_id,
    });
    let times = option::of(1..u32::MAX);
    (on, any::<u32>(), times, effect()).prop_map(|(on, skip, times, effect)| Rule {
        on,
        skip,
        times,
        effect,
    })
}

proptest! {
    #[test]
    fn rules_are_read_as_they_are_written(rule in rule(), command in command()) {
        // Those that could never strike are refused, and never written.
        prop_assume!(rule.check().is_ok());
        let faults = vec![Fault::Rule(rule), Fault::Command(command)];
        let lines = format!("{}\n{} # said", faults[0], faults[1]);
        prop_assert_eq!(Fault::parse_lines(&lines), Ok(faults.clone()), "{}", lines);
        let list = Fault::join(&faults);
        prop_assert_eq!(Fault::parse_list(&list), Ok(faults), "{}", list);
    }

    #[test]
    fn no_text_panics(text in "[a-z*=\"\\\\:, u{}#-]{0,40}|\\PC{0,40}") {
        let _ = Fault::parse_lines(&text);
        let _ = Fault::parse_list(&text);
    }
}
