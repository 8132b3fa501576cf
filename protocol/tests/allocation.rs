//! An allocator that counts what each thread has in use.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

pub(crate) struct Counting;

thread_local! {
    static USED: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

/// What a piece of work allocated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allocated {
    /// Bytes in use at the worst moment, above what was in use before.
    pub(crate) peak: usize,
    /// Allocations and reallocations.
    pub(crate) calls: usize,
}

/// Runs `work` and measures what this thread allocated meanwhile.
pub(crate) fn measure<T>(work: impl FnOnce() -> T) -> (T, Allocated) {
    let used = USED.get();
    let calls = CALLS.get();
    PEAK.set(used);
    let result = work();
    let allocated = Allocated {
        peak: PEAK.get().saturating_sub(used),
        calls: CALLS.get() - calls,
    };
    (result, allocated)
}

fn grow(bytes: usize) {
    let used = USED.get().saturating_add(bytes);
    USED.set(used);
    PEAK.set(PEAK.get().max(used));
    CALLS.set(CALLS.get() + 1);
}

fn shrink(bytes: usize) {
    USED.set(USED.get().saturating_sub(bytes));
}

// SAFETY: every call goes on to the system's allocator as it came; counting touches only plain cells of the
// thread, which neither allocate nor have destructors.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        shrink(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        grow(size);
        shrink(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
