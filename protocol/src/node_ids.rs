//! Short lists of broker ids.

use std::fmt;
use std::ops::Deref;

/// The ids of the brokers that hold a partition.
///
/// A slice of `i32` in all respects. Up to five are held without an allocation, which takes the place of a `Vec` at
/// no cost in size: metadata of a large cluster has three such lists for each partition, and allocating them
/// was more than half of reading it.
#[derive(Clone)]
pub struct NodeIds(Form);

#[derive(Clone)]
enum Form {
    Inline { count: u8, ids: [i32; INLINE] },
    Heap(Box<[i32]>),
}

/// Five and their number are as large as a `Vec`.
const INLINE: usize = 5;

impl NodeIds {
    /// The empty list.
    pub const EMPTY: Self = Self(Form::Inline {
        count: 0,
        ids: [0; INLINE],
    });

    /// The ids.
    #[inline]
    pub fn as_slice(&self) -> &[i32] {
        match &self.0 {
            Form::Inline { count, ids } => ids.get(..usize::from(*count)).unwrap_or(ids),
            Form::Heap(ids) => ids,
        }
    }

    /// Takes the first `count` ids of what is ahead on the wire, and says how many bytes they are; nothing when
    /// they do not fit inline.
    #[inline(always)]
    pub(crate) fn from_ahead(count: u32, ahead: &[u8; INLINE * 4]) -> Option<(Self, usize)> {
        let count = u8::try_from(count)
            .ok()
            .filter(|count| usize::from(*count) <= INLINE)?;
        let mut ids = [0; INLINE];
        for (id, bytes) in ids.iter_mut().zip(ahead.as_chunks::<4>().0) {
            *id = i32::from_be_bytes(*bytes);
        }
        // What is behind the last id means nothing and is never looked at.
        Some((Self(Form::Inline { count, ids }), usize::from(count) * 4))
    }
}

impl Default for NodeIds {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Deref for NodeIds {
    type Target = [i32];

    fn deref(&self) -> &[i32] {
        self.as_slice()
    }
}

impl From<&[i32]> for NodeIds {
    fn from(ids: &[i32]) -> Self {
        match u8::try_from(ids.len()) {
            Ok(count) if ids.len() <= INLINE => {
                let mut inline = [0; INLINE];
                for (place, id) in inline.iter_mut().zip(ids) {
                    *place = *id;
                }
                Self(Form::Inline { count, ids: inline })
            }
            _ => Self(Form::Heap(ids.into())),
        }
    }
}

impl<const N: usize> From<[i32; N]> for NodeIds {
    fn from(ids: [i32; N]) -> Self {
        Self::from(ids.as_slice())
    }
}

impl From<Vec<i32>> for NodeIds {
    fn from(ids: Vec<i32>) -> Self {
        if ids.len() <= INLINE {
            Self::from(ids.as_slice())
        } else {
            Self(Form::Heap(ids.into_boxed_slice()))
        }
    }
}

impl FromIterator<i32> for NodeIds {
    fn from_iter<I: IntoIterator<Item = i32>>(ids: I) -> Self {
        ids.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a NodeIds {
    type Item = &'a i32;
    type IntoIter = std::slice::Iter<'a, i32>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for NodeIds {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for NodeIds {}

impl PartialEq<[i32]> for NodeIds {
    fn eq(&self, other: &[i32]) -> bool {
        self.as_slice() == other
    }
}

impl<const N: usize> PartialEq<[i32; N]> for NodeIds {
    fn eq(&self, other: &[i32; N]) -> bool {
        self.as_slice() == other
    }
}

impl fmt::Debug for NodeIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_it_was_given() {
        for count in 0..20 {
            let ids: Vec<i32> = (0..count).map(|id| id * 7 - 3).collect();
            let list = NodeIds::from(ids.clone());
            assert_eq!(list, *ids.as_slice());
            assert_eq!(list, NodeIds::from(ids.as_slice()));
            assert_eq!(list, ids.iter().copied().collect::<NodeIds>());
            let wire: Vec<u8> = ids
                .iter()
                .flat_map(|id| id.to_be_bytes())
                .chain([9; 20])
                .collect();
            let ahead = NodeIds::from_ahead(count.cast_unsigned(), wire.first_chunk().unwrap());
            let short = ids.len() <= INLINE;
            assert_eq!(ahead, short.then(|| (list.clone(), ids.len() * 4)));
            assert_eq!(format!("{list:?}"), format!("{ids:?}"));
        }
    }

    #[test]
    fn is_as_large_as_a_vec() {
        assert_eq!(size_of::<NodeIds>(), size_of::<Vec<i32>>());
        assert_eq!(size_of::<Option<NodeIds>>(), size_of::<Vec<i32>>());
    }
}
