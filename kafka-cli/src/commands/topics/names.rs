//! Which topics a command is about.

use kafka_client::admin::{Admin, TopicListing};
use regex::Regex;

use crate::error::{CliError, Kind};

/// The topics whose whole names match the pattern; Kafka's own only when asked for.
pub async fn matching(admin: &Admin, pattern: &str, internal: bool) -> Result<Vec<TopicListing>, CliError> {
    let whole = whole(pattern)?;
    let mut topics = admin.list_topics().await?;
    topics.retain(|topic| (internal || !topic.internal) && whole.is_match(&topic.name));
    Ok(topics)
}

/// A regular expression that has to match whole names.
pub fn whole(pattern: &str) -> Result<Regex, CliError> {
    Regex::new(&format!("^(?:{pattern})$"))
        .map_err(|error| CliError::usage(format!("`{pattern}` is no regular expression")).caused_by(error))
}

/// The names given, or those that match; nothing that matches is an error.
pub async fn given_or_matching(
    admin: &Admin,
    names: &[String],
    pattern: Option<&str>,
) -> Result<Vec<String>, CliError> {
    let Some(pattern) = pattern else {
        return Ok(names.to_vec());
    };
    let names: Vec<String> = matching(admin, pattern, false)
        .await?
        .into_iter()
        .map(|topic| topic.name)
        .collect();
    if names.is_empty() {
        return Err(CliError::new(
            Kind::NotFound,
            format!("no topic matches `{pattern}`"),
        ));
    }
    Ok(names)
}
