use std::cell::RefCell;

use protocol::compress::{Compressor, Decompressor};

/// The codecs' tables, which are too large for each log to have its own.
#[derive(Default)]
pub(super) struct Codecs {
    pub(super) compressor: Compressor,
    pub(super) decompressor: Decompressor,
}

thread_local! {
    static CODECS: RefCell<Codecs> = RefCell::default();
}

/// Lends the thread's codecs. Within `work` they are not lent again: new ones are made then.
pub(super) fn with_codecs<T>(work: impl FnOnce(&mut Codecs) -> T) -> T {
    CODECS.with(|codecs| match codecs.try_borrow_mut() {
        Ok(mut codecs) => work(&mut codecs),
        Err(_) => work(&mut Codecs::default()),
    })
}
