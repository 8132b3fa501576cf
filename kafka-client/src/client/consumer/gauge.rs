use std::sync::Weak;

use crate::consume::Buffer;

/// Shows what lies fetched and undelivered of a consumer, also after it was closed: for simulations. It keeps nothing of it.
#[derive(Clone, Debug)]
pub struct Gauge(pub(super) Weak<Buffer>);

impl Gauge {
    /// Bytes in memory, what was decompressed of them included; none when the consumer and its memory are gone.
    pub fn bytes(&self) -> Option<usize> {
        Some(self.0.upgrade()?.lock().bytes_held())
    }
}
