use std::collections::BTreeSet;
use std::time::Duration;

use super::Check;
use crate::sim::event::Event;
use crate::sim::log::Log;

/// An idempotent producer's records are in the log once at most.
#[derive(Default)]
pub(super) struct Unique {
    idempotent: BTreeSet<u16>,
}

impl Check for Unique {
    fn name(&self) -> &'static str {
        "unique"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        if let Event::ProducerStarted {
            producer,
            is_idempotent: true,
            ..
        } = event
        {
            self.idempotent.insert(*producer);
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        let places = log.places();
        let doubled = places
            .iter()
            .find(|(record, places)| places.len() > 1 && self.idempotent.contains(&record.producer));
        match doubled {
            None => Ok(()),
            Some((record, places)) => Err(format!("{record:?} is in the log at {places:?}")),
        }
    }
}
