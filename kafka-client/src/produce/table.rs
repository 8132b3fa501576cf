use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use parking_lot::Mutex;

/// A list that only grows and is read without a lock.
///
/// Row `n` has room for `8 << n` entries, so that growing moves none.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: [OnceLock<Box<[OnceLock<T>]>>; ROWS],
    len: AtomicU32,
    growing: Mutex<()>,
}

const ROWS: usize = 24;
const FIRST_ROW: u32 = 8;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: [const { OnceLock::new() }; ROWS],
            len: AtomicU32::new(0),
            growing: Mutex::new(()),
        }
    }
}

impl<T> Table<T> {
    /// How many entries there are.
    pub(crate) fn len(&self) -> u32 {
        self.len.load(Ordering::Acquire)
    }

    /// Entry `index`.
    #[inline]
    pub(crate) fn get(&self, index: u32) -> Option<&T> {
        let (row, column) = place(index);
        self.rows.get(row)?.get()?.get(column)?.get()
    }

    /// Appends entries until there are `len`, or no more room: 134 million.
    pub(crate) fn grow(&self, len: u32, mut entry: impl FnMut(u32) -> T) {
        let _growing = self.growing.lock();
        for index in self.len()..len {
            let (row, column) = place(index);
            let Some(row_cells) = self.rows.get(row) else {
                return;
            };
            let cells = row_cells.get_or_init(|| (0..8usize << row).map(|_| OnceLock::new()).collect());
            if let Some(cell) = cells.get(column) {
                cell.get_or_init(|| entry(index));
            }
            self.len.store(index + 1, Ordering::Release);
        }
    }

    /// The entries.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// Row and column of entry `index`.
#[inline]
fn place(index: u32) -> (usize, usize) {
    let shifted = u64::from(index) + u64::from(FIRST_ROW);
    let row = shifted.ilog2() - FIRST_ROW.ilog2();
    let column = shifted - (u64::from(FIRST_ROW) << row);
    (row as usize, usize::try_from(column).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_keep_their_places() {
        let table = Table::default();
        for len in [3, 8, 9, 24, 25, 1000] {
            table.grow(len, |index| index * 2);
            assert_eq!(table.len(), len);
        }
        assert!((0..1000).all(|index| table.get(index) == Some(&(index * 2))));
        assert_eq!(table.get(1000), None);
        assert_eq!(table.iter().count(), 1000);
    }
}
