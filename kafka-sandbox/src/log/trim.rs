use super::Log;
use super::error::ReadError;
use super::segment::Segment;
use crate::storage::StorageError;

impl Log {
    /// Removes the records before `offset` (`DeleteRecords`), and returns where the log starts then. An offset
    /// before the start changes nothing.
    ///
    /// # Errors
    ///
    /// The offset is after the end, or the store failed: then some segments may be there still, whose records
    /// are not read any more.
    pub fn delete_before(&mut self, offset: i64) -> Result<i64, ReadError> {
        if offset > self.end_offset {
            return Err(ReadError::OutOfRange {
                offset,
                start: self.start_offset,
                end: self.end_offset,
            });
        }
        if offset > self.start_offset {
            self.advance_start(offset)?;
        }
        Ok(self.start_offset)
    }

    /// Moves the start of the log, and removes the segments that are before it as a whole.
    pub(super) fn advance_start(&mut self, offset: i64) -> Result<(), StorageError> {
        let before = self.start_offset;
        self.start_offset = offset;
        self.clean_offset = self.clean_offset.max(offset);
        self.round = None;
        // Written down first: segments that outlive a crash are then known to be gone. On a full disk it is they that
        // make room, and where whole segments go, those that are left tell the start as well, if only by a name.
        let later = match self.save_state() {
            Err(error) if error.is_full() && self.name_segment(offset) => true,
            Err(error) => {
                self.start_offset = before;
                return Err(error);
            }
            Ok(()) => false,
        };
        self.epochs.forget_before(offset);
        self.transactions.forget_before(offset);
        let mut gone = 0;
        let mut removed = Ok(());
        while let Some(first) = self.segments.get(gone).filter(|first| first.base_offset < offset) {
            let next_base = self
                .segments
                .get(gone + 1)
                .map_or(self.end_offset, |next| next.base_offset);
            if next_base > offset {
                break;
            }
            removed = self.store.remove(first.base_offset);
            if removed.is_err() {
                break;
            }
            gone += 1;
        }
        self.segments.drain(..gone);
        removed?;
        if later { self.save_state() } else { Ok(()) }
    }

    /// Sees to it that a segment is named by `offset`, where one may begin. Returns whether there is one.
    fn name_segment(&mut self, offset: i64) -> bool {
        if self.segments.iter().any(|segment| segment.base_offset == offset) {
            return true;
        }
        if offset != self.end_offset || self.store.append(offset, 0, &[]).is_err() {
            return false;
        }
        let modified = self.segments.last().map_or(0, |last| last.modified);
        self.segments.push(Segment::new(offset, modified));
        true
    }

    /// Removes the records from `offset` on, as a replica does whose leader never had them. A batch that reaches
    /// over it goes as a whole, so that the log may end earlier. What is known of producers and transactions goes
    /// back too.
    ///
    /// # Errors
    ///
    /// The store failed, and the log may be longer than wanted.
    pub fn truncate(&mut self, offset: i64) -> Result<(), StorageError> {
        if offset >= self.end_offset {
            return Ok(());
        }
        let offset = offset.max(0);
        while let Some(last) = self.segments.pop_if(|last| last.base_offset >= offset) {
            self.store.remove(last.base_offset)?;
        }
        let mut size = None;
        if let Some(last) = self.segments.last() {
            size = last
                .find_offset(&*self.store, offset)?
                .map(|found| found.position);
        }
        if let (Some(last), Some(size)) = (self.segments.last_mut(), size) {
            self.store.truncate(last.base_offset, size)?;
            let mut kept = Segment::new(last.base_offset, last.modified);
            kept.size = size;
            *last = kept;
        }
        self.start_offset = self.start_offset.min(offset);
        self.clean_offset = self.clean_offset.min(offset);
        self.round = None;
        self.end_offset = offset;
        self.rebuild()?;
        self.save_state()
    }
}
