//! One block of the LZ4 format, encoded in one pass with a table of where bytes were seen last.
//!
//! Written for batches of records: text that recurs from record to record between keys, ids and numbers that do not. It
//! looks only for five bytes that recur, as a match of four saves a byte at best and noise is full of them; it soon
//! takes longer steps through what does not recur, and goes back to where a match begins once it hits one. What a
//! block holds is copied into a window of fixed size, where no access needs a check of its bounds.

/// The most bytes in a block: a position then has 16 bits, and no match reaches too far back.
pub(super) const BLOCK_LEN: usize = 64 << 10;

/// The most bytes that a block of `len` bytes becomes, with what a copy in large pieces may touch behind.
pub(super) const fn size_max(len: usize) -> usize {
    len + len / 255 + 16 + COPY_LEN
}

pub(super) struct BlockEncoder {
    window: Box<[u8; WINDOW_LEN]>,
    table: Box<[u16; 1 << BITS]>,
}

impl Default for BlockEncoder {
    fn default() -> Self {
        Self {
            window: boxed(),
            table: boxed(),
        }
    }
}

impl BlockEncoder {
    /// Encodes `block`, of at most [`BLOCK_LEN`] bytes, into `out`, which has [`size_max`] bytes. Returns how many
    /// were written.
    pub(super) fn encode(&mut self, block: &[u8], out: &mut [u8]) -> usize {
        if block.len() <= SHORT_LEN {
            self.encode_hashing::<BITS_SHORT>(block, out)
        } else {
            self.encode_hashing::<BITS>(block, out)
        }
    }

    /// `HASH_BITS` is at most [`BITS`]: how much of the table is in use, and has to be cleared.
    #[inline(never)]
    fn encode_hashing<const HASH_BITS: u32>(&mut self, block: &[u8], out: &mut [u8]) -> usize {
        let (window, table) = (&mut *self.window, &mut *self.table);
        window[..block.len()].copy_from_slice(block);
        table[..1 << HASH_BITS].fill(0);
        let mut out = Output { bytes: out, len: 0 };
        let mut literals_at = 0;
        // Below a match's least length from the end, and for a tiny block, there is nothing to find.
        let last_start = block.len().saturating_sub(MATCH_START_MARGIN);
        let match_end_max = block.len().saturating_sub(LITERALS_BEHIND);
        let mut at = 1;
        while let Some((mut start, mut candidate)) = find::<HASH_BITS>(window, table, at, last_start) {
            let after = start + 1;
            table[hash::<HASH_BITS>(eight(window, after))] = low(after);
            let end = match_end(window, start + MATCH_LEN, candidate + MATCH_LEN, match_end_max);
            while start > literals_at
                && candidate > 0
                && byte(window, start - 1) == byte(window, candidate - 1)
            {
                start -= 1;
                candidate -= 1;
            }
            out.sequence(
                window,
                literals_at,
                start - literals_at,
                low(start - candidate),
                end - start,
            );
            literals_at = end;
            at = end;
            if end <= last_start {
                table[hash::<HASH_BITS>(eight(window, end - 2))] = low(end - 2);
            }
        }
        out.last_literals(&block[literals_at..]);
        out.len
    }
}

/// Looks from `at` up to `last` for bytes that were seen before. Returns where they are and where they were.
#[inline(always)]
fn find<const HASH_BITS: u32>(
    window: &[u8; WINDOW_LEN],
    table: &mut [u16; 1 << BITS],
    mut at: usize,
    last: usize,
) -> Option<(usize, usize)> {
    let mut tries = TRIES_PER_STEP;
    while at <= last {
        let here = eight(window, at);
        let slot = &mut table[hash::<HASH_BITS>(here)];
        let candidate = usize::from(*slot);
        *slot = low(at);
        if (eight(window, candidate) ^ here) << (64 - 8 * MATCH_LEN) == 0 {
            return Some((at, candidate));
        }
        at += (tries / TRIES_PER_STEP).min(STEP_SOON) + tries / TRIES_PER_STEP_LATER;
        tries += 1;
    }
    None
}

/// Where the bytes at `at` cease to be those at `before`, at most `max`.
#[inline(always)]
fn match_end(window: &[u8; WINDOW_LEN], mut at: usize, mut before: usize, max: usize) -> usize {
    while at + 8 <= max {
        let differs = eight(window, at) ^ eight(window, before);
        if differs != 0 {
            return at + (differs.trailing_zeros() / 8) as usize;
        }
        at += 8;
        before += 8;
    }
    while at < max && byte(window, at) == byte(window, before) {
        at += 1;
        before += 1;
    }
    at
}

/// Spreads the first [`MATCH_LEN`] bytes of `here` over the table.
#[inline(always)]
fn hash<const HASH_BITS: u32>(here: u64) -> usize {
    let hashed = (here << (64 - 8 * MATCH_LEN)).wrapping_mul(MULTIPLIER) >> (64 - HASH_BITS);
    usize::try_from(hashed).unwrap_or(0)
}

/// The byte at a position of the window and the seven behind. That a position has 16 bits spares the check of bounds.
#[inline(always)]
fn eight(window: &[u8; WINDOW_LEN], at: usize) -> u64 {
    let at = at & POSITIONS;
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&window[at..at + 8]);
    u64::from_le_bytes(bytes)
}

#[inline(always)]
fn byte(window: &[u8; WINDOW_LEN], at: usize) -> u8 {
    window[at & POSITIONS]
}

/// A position as the table has it.
#[inline(always)]
fn low(at: usize) -> u16 {
    u16::try_from(at & POSITIONS).unwrap_or(0)
}

#[inline(always)]
fn low_byte(value: usize) -> u8 {
    u8::try_from(value & 0xff).unwrap_or(0)
}

struct Output<'a> {
    bytes: &'a mut [u8],
    len: usize,
}

impl Output<'_> {
    /// Writes literals, and a match behind them.
    #[inline(always)]
    fn sequence(
        &mut self,
        window: &[u8; WINDOW_LEN],
        literals_at: usize,
        literals: usize,
        offset: u16,
        matched: usize,
    ) {
        let token_at = self.len;
        self.len += 1;
        let mut token = self.literals_length(literals);
        let target = &mut self.bytes[self.len..];
        // In pieces of fixed size, which are a few instructions: what is too much is written over by what follows.
        if literals <= COPY_LEN_SHORT {
            target[..COPY_LEN_SHORT].copy_from_slice(&window[literals_at..literals_at + COPY_LEN_SHORT]);
        } else if literals <= COPY_LEN {
            target[..COPY_LEN].copy_from_slice(&window[literals_at..literals_at + COPY_LEN]);
        } else {
            target[..literals].copy_from_slice(&window[literals_at..literals_at + literals]);
        }
        self.len += literals;
        self.bytes[self.len..self.len + 2].copy_from_slice(&offset.to_le_bytes());
        self.len += 2;
        let more = matched - MATCH_LEN_MIN;
        if more < LENGTH_IN_TOKEN {
            token |= low_byte(more);
        } else {
            token |= low_byte(LENGTH_IN_TOKEN);
            self.length(more - LENGTH_IN_TOKEN);
        }
        self.bytes[token_at] = token;
    }

    /// Writes what ends a block: literals without a match.
    fn last_literals(&mut self, literals: &[u8]) {
        let token_at = self.len;
        self.len += 1;
        self.bytes[token_at] = self.literals_length(literals.len());
        self.bytes[self.len..self.len + literals.len()].copy_from_slice(literals);
        self.len += literals.len();
    }

    /// Writes what of the number of literals has no room in the token, and returns the token's part.
    #[inline(always)]
    fn literals_length(&mut self, literals: usize) -> u8 {
        if literals < LENGTH_IN_TOKEN {
            return low_byte(literals) << 4;
        }
        self.length(literals - LENGTH_IN_TOKEN);
        low_byte(LENGTH_IN_TOKEN) << 4
    }

    #[inline(always)]
    fn length(&mut self, mut length: usize) {
        while length >= 255 {
            self.bytes[self.len] = 255;
            self.len += 1;
            length -= 255;
        }
        self.bytes[self.len] = low_byte(length);
        self.len += 1;
    }
}

/// Zeros on the heap, without a detour over the stack.
fn boxed<T: Clone + Default, const N: usize>() -> Box<[T; N]> {
    match vec![T::default(); N].into_boxed_slice().try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("a vector of N elements has N elements"),
    }
}

/// From every position of a block a piece of [`COPY_LEN`] bytes can be read.
const WINDOW_LEN: usize = BLOCK_LEN + COPY_LEN;
/// The bits of a position.
const POSITIONS: usize = BLOCK_LEN - 1;
/// With two bytes an entry, half of a first-level cache.
const BITS: u32 = 13;
/// Blocks up to this length use a part of the table, as clearing it all would cost more than it brings.
const SHORT_LEN: usize = 4 << 10;
const BITS_SHORT: u32 = 11;
/// The golden ratio's digits: odd, and without a pattern.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
/// How many bytes have to recur.
const MATCH_LEN: usize = 5;
/// The least that the format has, from which it counts.
const MATCH_LEN_MIN: usize = 4;
/// The format's rules for the end of a block: the last match begins at least so far from it, ...
const MATCH_START_MARGIN: usize = 12;
/// ... and so many literals stand behind it.
const LITERALS_BEHIND: usize = 5;
/// What a half of a token can say; the largest value says that more bytes follow.
const LENGTH_IN_TOKEN: usize = 15;
/// After so many tries in vain the step becomes one longer, up to [`STEP_SOON`]: a match is seldom missed for it, as
/// it is followed back to where it begins.
const TRIES_PER_STEP: usize = 4;
const STEP_SOON: usize = 3;
/// After so many it becomes one longer again, without an end: for what does not compress at all.
const TRIES_PER_STEP_LATER: usize = 64;
/// Literals are copied as one piece of this many bytes, ...
const COPY_LEN_SHORT: usize = 16;
/// ... or of this many, if they are no more.
const COPY_LEN: usize = 64;

#[cfg(test)]
mod tests {
    use lz4_flex::block::decompress_into;

    use super::*;
    use crate::testing::Rng;

    #[test]
    fn every_length_comes_back() {
        let mut round = Round::default();
        let mut rng = Rng::new(7);
        let around = |len: usize| len - 20..=(len + 20).min(BLOCK_LEN);
        let lengths = (0..200).chain(around(SHORT_LEN)).chain(around(BLOCK_LEN));
        for len in lengths {
            for letters in [1, 2, 16, 256] {
                let block: Vec<u8> = (0..len).map(|_| low_byte(rng.below(letters))).collect();
                round.trip(&block);
            }
        }
    }

    /// What recurs from every distance that a position can tell, at the very start and end too.
    #[test]
    fn matches_of_every_kind_come_back() {
        let mut round = Round::default();
        let mut rng = Rng::new(8);
        for _ in 0..2000 {
            let mut block = Vec::new();
            let len = 1 + rng.below(BLOCK_LEN);
            while block.len() < len {
                if block.is_empty() || rng.below(3) == 0 {
                    let most = [4, 20, 70, 300, 5000][rng.below(5)];
                    let noise = 1 + rng.below(most);
                    block.extend((0..noise).map(|_| low_byte(rng.below(256))));
                } else {
                    let most = [6, 20, 300, 70_000][rng.below(4)];
                    let count = 1 + rng.below(most);
                    let from = rng.below(block.len());
                    (from..from + count).for_each(|at| block.push(block[at]));
                }
            }
            block.truncate(len);
            round.trip(&block);
        }
    }

    #[test]
    fn what_recurs_becomes_small_and_noise_hardly_longer() {
        let mut round = Round::default();
        assert!(round.trip(&[7; BLOCK_LEN]) < 300);
        let mut rng = Rng::new(9);
        let noise: Vec<u8> = (0..BLOCK_LEN).map(|_| low_byte(rng.below(256))).collect();
        assert!(round.trip(&noise) <= BLOCK_LEN + BLOCK_LEN / 255 + 16);
        let half = &noise[..BLOCK_LEN / 2];
        assert!(round.trip(&[half, half].concat()) < BLOCK_LEN / 2 + 700);
    }

    #[derive(Default)]
    struct Round {
        encoder: BlockEncoder,
    }

    impl Round {
        /// Encodes, holds the result to the format's rules, decodes with the library. Returns the length.
        fn trip(&mut self, block: &[u8]) -> usize {
            // Never zeros, so that nothing of it may be taken for written.
            let mut out = vec![0xa5; size_max(block.len())];
            let written = self.encoder.encode(block, &mut out);
            assert!(written <= block.len() + block.len() / 255 + 16, "{written}");
            obeys(&out[..written], block.len());
            let mut back = vec![0; block.len()];
            assert_eq!(decompress_into(&out[..written], &mut back).unwrap(), block.len());
            assert!(back == block, "{} bytes came back different", block.len());
            written
        }
    }

    /// Walks the sequences: the last one has no match and, where there are others, at least five literals; the last
    /// match begins at least twelve bytes before the end.
    fn obeys(packed: &[u8], len: usize) {
        let mut rest = packed.iter().map(|byte| usize::from(*byte));
        let length = |half: usize, rest: &mut dyn Iterator<Item = usize>| {
            let mut length = half;
            let mut more = if half == 15 { 255 } else { 0 };
            while more == 255 {
                more = rest.next().unwrap();
                length += more;
            }
            length
        };
        let (mut decoded, mut match_at) = (0, None);
        loop {
            let token = rest.next().unwrap();
            let literals = length(token >> 4, &mut rest);
            decoded += literals;
            assert_eq!(rest.by_ref().take(literals).count(), literals);
            let Some(low) = rest.next() else {
                assert_eq!(decoded, len);
                if let Some(match_at) = match_at {
                    assert!(
                        literals >= 5 && match_at + 12 <= len,
                        "{match_at} of {len}, {literals}"
                    );
                }
                return;
            };
            let offset = low + 256 * rest.next().unwrap();
            assert!(
                (1..=decoded).contains(&offset),
                "{offset} bytes back at {decoded}"
            );
            match_at = Some(decoded);
            decoded += 4 + length(token & 15, &mut rest);
        }
    }
}
