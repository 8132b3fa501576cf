//! Requests that the sandbox makes of its own core before anybody else can.

use protocol::messages::create_topics::{CreatableTopic, CreateTopicsRequest};
use protocol::{ErrorCode, Request, frame};

use crate::core::{Action, Core};
use crate::handlers::api_versions;
use crate::profile::Profile;
use crate::time::Now;

/// An error as a broker gives it.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) message: Option<String>,
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self { code, message: None }
    }
}

/// Creates a topic, unless there is one of that name.
pub(crate) fn create_topic(
    core: &mut Core,
    now: Now,
    profile: Profile,
    name: &str,
    partitions: i32,
    replicas: i16,
) -> Result<(), Refusal> {
    let topic = CreatableTopic {
        name: name.to_owned(),
        num_partitions: partitions,
        replication_factor: replicas,
        ..CreatableTopic::default()
    };
    let request = CreateTopicsRequest {
        topics: vec![topic],
        ..CreateTopicsRequest::default()
    };
    let mut response = ask(core, now, profile, &request)?;
    let created = response.topics.pop().ok_or(ErrorCode::UNKNOWN_SERVER_ERROR)?;
    match ErrorCode(created.error_code) {
        ErrorCode::NONE | ErrorCode::TOPIC_ALREADY_EXISTS => Ok(()),
        code => Err(Refusal {
            code,
            message: created.error_message,
        }),
    }
}

/// Asks the first broker on a link of its own. Nobody else may use the core meanwhile.
fn ask<R>(core: &mut Core, now: Now, profile: Profile, request: &R) -> Result<R::Response, ErrorCode>
where
    R: Request,
{
    let failed = ErrorCode::UNKNOWN_SERVER_ERROR;
    let versions = api_versions::offered(profile, R::KEY).ok_or(ErrorCode::UNSUPPORTED_VERSION)?;
    let link = core.open_own_link(1).ok_or(ErrorCode::BROKER_NOT_AVAILABLE)?;
    let asked = frame::encode_request(0, Some("sandbox"), versions.last, request).map_err(|_| failed)?;
    core.handle_bytes(now, link, &asked.to_bytes());
    let mut answer = None;
    while let Some(action) = core.poll_action() {
        if let Action::Write { link: to, frame } = action
            && to == link
        {
            answer = Some(frame.to_bytes());
        }
    }
    core.handle_closed(now, link);
    let answer = answer.ok_or(failed)?;
    // Its length stands in front.
    let answer = answer.slice(4.min(answer.len())..);
    let (_, response) = frame::decode_response::<R::Response>(&answer, versions.last).map_err(|_| failed)?;
    Ok(response)
}
