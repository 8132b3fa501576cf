use super::error::{FlushError, ProduceError};

/// Counts the records that failed, for whoever does not await their deliveries.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    records: u64,
    first: Option<Box<ProduceError>>,
}

impl Tally {
    /// Counts `records` that failed with `error`.
    pub(super) fn add(&mut self, records: u32, error: &ProduceError) {
        self.records += u64::from(records);
        self.first.get_or_insert_with(|| Box::new(error.clone()));
    }

    /// Reports what failed since the last report.
    pub(super) fn report(&mut self) -> Result<(), FlushError> {
        let records = std::mem::take(&mut self.records);
        match self.first.take() {
            None => Ok(()),
            Some(first) => Err(FlushError::Failed { records, first }),
        }
    }
}
