use serde::Serialize;

use super::steps::Lag;
use crate::output::{Column, Item, Style, Table, or_dash};

/// The tour, as data.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tour {
    pub(super) bootstrap_servers: String,
    pub(super) brokers: usize,
    pub(super) started_ms: u128,
    pub(super) steps: Vec<Step>,
    /// How far the group is behind in the end.
    pub(super) lag: Vec<Lag>,
    pub(super) total_lag: i64,
    /// What to type next.
    pub(super) next: Vec<Hint>,
}

/// A step of the tour.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step {
    pub(super) title: &'static str,
    /// What does the same.
    pub(super) command: String,
    /// What came of it.
    pub(super) result: String,
    pub(super) took_ms: u128,
}

/// A command worth trying.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hint {
    pub(super) command: String,
    pub(super) why: &'static str,
}

impl Item for Tour {
    const KIND: &'static str = "Quickstart";

    fn name(&self) -> String {
        self.bootstrap_servers.clone()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::text("TOPIC"),
            Column::number("PARTITION"),
            Column::number("COMMITTED"),
            Column::number("END"),
            Column::number("LAG"),
        ]);
        for lag in items.iter().flat_map(|tour| &tour.lag) {
            table.row(vec![
                lag.topic.clone(),
                lag.partition.to_string(),
                or_dash(lag.committed_offset),
                or_dash(lag.end_offset),
                or_dash(lag.lag),
            ]);
        }
        table
    }
}
