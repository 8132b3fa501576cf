use std::collections::BTreeMap;
use std::time::Duration;

use kafka_client::client::Fate;

use super::Check;
use crate::sim::event::{Event, RecordId};
use crate::sim::log::Log;

/// A record of which the caller was told that it is in no log is in none, and never was.
#[derive(Default)]
pub(super) struct FateKept {
    absent: BTreeMap<RecordId, String>,
}

impl Check for FateKept {
    fn name(&self) -> &'static str {
        "fate"
    }

    fn see(&mut self, _: Duration, event: &Event) -> Result<(), String> {
        if let Event::Failed { record, fate, error } = event
            && *fate != Fate::MaybeWritten
        {
            self.absent.insert(*record, format!("{fate:?}: {error}"));
        }
        Ok(())
    }

    fn finish(&mut self, log: &Log) -> Result<(), String> {
        let places = log.places_ever();
        for (record, told) in &self.absent {
            if let Some(places) = places.get(record) {
                return Err(format!(
                    "{record:?} is at {places:?}, the caller was told \"{told}\""
                ));
            }
        }
        Ok(())
    }
}
