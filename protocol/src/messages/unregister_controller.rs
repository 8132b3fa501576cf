//! `UnregisterController`: API 94, versions 0.

use protocol_derive::{Request, Response};

/// Takes a controller out of the cluster.
#[derive(Clone, PartialEq, Request)]
#[kafka(key = 94, versions = 0, flexible = 0..)]
pub struct UnregisterControllerRequest {
    /// The id of the controller.
    pub controller_id: i32,
}

/// The answer to [`UnregisterControllerRequest`]: whether it is out.
#[derive(Clone, PartialEq, Response)]
#[kafka(key = 94, versions = 0, flexible = 0..)]
pub struct UnregisterControllerResponse {
    /// How long the client is to stay quiet for having exceeded a quota, in milliseconds (KIP-219).
    pub throttle_time_ms: i32,
    /// The error, or 0.
    pub error_code: i16,
    /// What went wrong in words, if the broker says.
    pub error_message: Option<String>,
}
