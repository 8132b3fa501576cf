use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// Buffers of reads that are over, to be read into again: the system has to fill in each page of a new one, which takes
/// longer than the read.
#[derive(Debug, Default)]
pub(super) struct Buffers(Mutex<Vec<Vec<u8>>>);

/// Below this many bytes a new buffer costs little.
const LEN_MIN: usize = 64 << 10;
/// Above this many it is not worth keeping.
const LEN_MAX: usize = 4 << 20;
/// How many are kept.
const KEPT_MAX: usize = 4;

impl Buffers {
    /// Bytes that `fill` has filled in, all `len` of them.
    pub(super) fn filled<E>(
        self: &Arc<Self>,
        len: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Result<Bytes, E> {
        let mut bytes = if len < LEN_MIN { Vec::new() } else { self.take() };
        if bytes.len() < len {
            bytes.resize(len, 0);
        }
        let mut lent = Lent {
            bytes,
            len,
            home: Arc::clone(self),
        };
        fill(lent.bytes.get_mut(..len).unwrap_or_default())?;
        Ok(Bytes::from_owner(lent))
    }

    fn take(&self) -> Vec<u8> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pop().unwrap_or_default()
    }

    fn give(&self, bytes: Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX {
            kept.push(bytes);
        }
    }
}

/// A buffer that comes back when nobody needs its bytes any more.
struct Lent {
    bytes: Vec<u8>,
    len: usize,
    home: Arc<Buffers>,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if (LEN_MIN..=LEN_MAX).contains(&self.bytes.len()) {
            self.home.give(std::mem::take(&mut self.bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(buffers: &Arc<Buffers>, len: usize, byte: u8) -> Bytes {
        let fill = |into: &mut [u8]| {
            into.fill(byte);
            Ok::<_, ()>(())
        };
        buffers.filled(len, fill).unwrap()
    }

    #[test]
    fn a_buffer_is_used_again_when_its_bytes_are_gone() {
        let buffers = Arc::new(Buffers::default());
        let first = filled(&buffers, 200_000, 1);
        let place = first.as_ptr();
        let part = first.slice(10..20);
        drop(first);
        assert_ne!(
            filled(&buffers, 100_000, 2).as_ptr(),
            place,
            "a part of it is in use"
        );
        assert_eq!(&*part, [1; 10]);
        drop(part);
        let again = filled(&buffers, 100_000, 3);
        assert_eq!(again.as_ptr(), place);
        assert_eq!(again, vec![3; 100_000]);
    }

    #[test]
    fn few_buffers_are_kept_and_no_large_ones() {
        let buffers = Arc::new(Buffers::default());
        let many: Vec<_> = (0..10).map(|byte| filled(&buffers, LEN_MIN, byte)).collect();
        drop(many);
        drop(filled(&buffers, LEN_MIN - 1, 0));
        assert_eq!(buffers.0.lock().unwrap().len(), KEPT_MAX);
        drop(filled(&buffers, LEN_MAX + 1, 0));
        let kept = buffers.0.lock().unwrap();
        assert!(kept.iter().all(|bytes| bytes.len() <= LEN_MAX));
    }
}
