use std::fmt;

use protocol::frame::encode_request;
use protocol::wire::{EncodeError, Frame};
use protocol::{ApiKey, Request, VersionRange};

use crate::connection::Body;

/// A request that is said in one way from version `since` on and in another way before. Both must mean the same.
#[derive(Debug)]
pub(super) struct ByVersion<R> {
    pub(super) versions: VersionRange,
    pub(super) since: i16,
    pub(super) newer: R,
    pub(super) older: R,
}

impl<R: Request + Send + fmt::Debug> Body for ByVersion<R> {
    fn key(&self) -> ApiKey {
        R::KEY
    }

    fn versions(&self) -> VersionRange {
        self.versions
    }

    fn encode(&self, correlation_id: i32, client_id: &str, version: i16) -> Result<Frame, EncodeError> {
        let request = if version >= self.since {
            &self.newer
        } else {
            &self.older
        };
        encode_request(correlation_id, Some(client_id), version, request)
    }
}
