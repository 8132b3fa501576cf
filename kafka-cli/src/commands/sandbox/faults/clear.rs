use kafka_client::admin::ConfigChange;
use kafka_sandbox::fault::Fault;

use super::{CONFIG, Shown, alter, connect, line, rules};
use crate::app::App;
use crate::class::Class;
use crate::commands::outcome;
use crate::error::{CliError, Kind};

/// Take rules out of force
///
/// All of them, or those like the given one: counts need not agree. Requests and answers that they hold up go on. Brokers that
/// were killed or paused stay so: faults add restart=2 and resume=2 bring them back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kafkactl sandbox faults clear
  kafkactl sandbox faults clear produce broker=2 reply=NOT_LEADER_OR_FOLLOWER")]
pub struct Args {
    /// The rule, as one argument or as words
    #[arg(value_name = "RULE")]
    words: Vec<String>,
}

/// Runs the command.
pub async fn run(app: &App, args: Args) -> Result<(), CliError> {
    let wanted = if args.words.is_empty() {
        None
    } else {
        let fault: Result<Fault, _> = line(&args.words).parse();
        let hint = "kafkactl sandbox faults list shows the rules in force";
        let fault = fault.map_err(|error| CliError::usage(error.to_string()).hint(hint))?;
        match fault {
            Fault::Rule(rule) => Some(rule),
            Fault::Command(command) => {
                let why = format!("{command} was done at once and is no rule that could be cleared");
                return Err(CliError::usage(why).hint("restart=2 and resume=2 undo kill=2 and pause=2"));
            }
        }
    };
    let session = connect(app, Class::Admin).await?;
    let in_force = rules(&session).await?;
    let gone: Vec<Fault> = match &wanted {
        None => in_force,
        Some(rule) => in_force.into_iter().filter(|fault| alike(fault, rule)).collect(),
    };
    if let Some(rule) = &wanted
        && gone.is_empty()
    {
        return Err(
            CliError::new(Kind::NotFound, format!("no such rule is in force: {rule}"))
                .hint("kafkactl sandbox faults list shows those that are"),
        );
    }
    let change = match wanted {
        None => ConfigChange::delete(CONFIG),
        Some(_) => ConfigChange::subtract(CONFIG, Fault::join(&gone)),
    };
    alter(&session, change).await?;
    let gone = gone.iter().map(|fault| (fault.to_string(), Ok(Shown::of(fault))));
    outcome::report(app, &session, "fault", gone, |shown| {
        format!("Cleared: {}.", shown.fault)
    })
}

/// Whether a fault is the rule, counts aside.
fn alike(fault: &Fault, rule: &kafka_sandbox::fault::Rule) -> bool {
    matches!(fault, Fault::Rule(other) if other.on == rule.on && other.effect == rule.effect)
}

#[cfg(test)]
mod tests {
    use super::super::rule;
    use super::*;

    #[test]
    fn counts_need_not_agree() {
        let fault = Fault::Rule(rule("produce broker=2 times=3 drop=after"));
        assert!(alike(&fault, &rule("produce broker=2 drop=after")));
        assert!(!alike(&fault, &rule("produce broker=1 drop=after")));
        assert!(!alike(&fault, &rule("produce broker=2 drop=before")));
    }
}
