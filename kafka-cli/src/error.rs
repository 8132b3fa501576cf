//! Errors as the user meets them: one file for their kinds, exit codes, hints and how they are said.

use std::error::Error;
use std::fmt;
use std::io;

use kafka_client::admin::AdminError;
use kafka_client::client::ConnectError;
use kafka_client::config::ConfigError;
use kafka_client::consume::ConsumeError;
use kafka_client::error::{BrokerError, Class, RequestError};
use kafka_client::produce::{Fate, FlushError, ProduceError};
use protocol::ErrorCode;
use serde_json::json;

/// What kind of failure it was; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The operation failed, or failed for at least one item.
    Failed,
    /// The command line or a configuration file is wrong.
    Usage,
    /// A named thing does not exist.
    NotFound,
    /// Authentication failed, or rights are missing.
    Denied,
    /// No connection, or no answer in time.
    Unreachable,
    /// The state of things forbids it: it exists already, is not empty, the answer was no.
    Refused,
    /// A check or a wait was not satisfied.
    Unsatisfied,
    /// Stopped by Ctrl-C.
    Interrupted,
    /// Stopped by SIGTERM.
    Terminated,
    /// Nobody reads stdout any more: the end, but not a failure.
    ClosedPipe,
}

impl Kind {
    /// The exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Denied => 4,
            Self::Unreachable => 5,
            Self::Refused => 6,
            Self::Unsatisfied => 7,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClosedPipe => "closedPipe",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "notFound",
            Self::Denied => "denied",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Unsatisfied => "unsatisfied",
            Self::Interrupted => "interrupted",
            Self::Terminated => "terminated",
        }
    }
}

/// A failure of a command.
#[derive(Debug)]
pub struct CliError {
    /// Decides the exit code.
    pub kind: Kind,
    /// What failed.
    pub message: String,
    /// What caused it.
    pub source: Option<Box<dyn Error + Send + Sync>>,
    /// What failed in single, when several things did.
    pub details: Vec<String>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// Kafka's name of the error, when a broker refused.
    pub code: Option<String>,
    /// Whether trying again may help.
    pub retriable: bool,
}

impl CliError {
    /// A failure of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            details: Vec::new(),
            hints: Vec::new(),
            code: None,
            retriable: false,
        }
    }

    /// What a broker says of a topic.
    pub fn of_topic(name: &str, code: ErrorCode) -> Self {
        let missing = code == ErrorCode::UNKNOWN_TOPIC_OR_PARTITION;
        let message = if missing {
            format!("topic `{name}` does not exist")
        } else {
            format!("topic `{name}`: {}", code.meaning())
        };
        let mut failure = Self::new(Kind::of_code(code), message);
        failure.hints.extend(hint_for(code).map(str::to_owned));
        if missing {
            failure
                .hints
                .push(format!("`kafkactl topics create {name}` makes it"));
        }
        failure.code = code.name().map(str::to_owned);
        failure.retriable = code.is_retriable();
        failure
    }

    /// A wrong command line or configuration file.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Adds what caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn hint_if(self, applies: bool, hint: &str) -> Self {
        if applies { self.hint(hint) } else { self }
    }

    /// The text for a person: what failed, each cause on a line, then the hints.
    pub fn to_text(&self) -> String {
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let cyan = anstyle::AnsiColor::Cyan.on_default();
        let mut text = format!("{red}error:{red:#} {}\n", self.message);
        for detail in &self.details {
            text.push_str(&format!("  {detail}\n"));
        }
        for cause in self.causes() {
            text.push_str(&format!("  caused by: {cause}\n"));
        }
        if !self.hints.is_empty() {
            text.push('\n');
        }
        for hint in &self.hints {
            text.push_str(&format!("{cyan}hint:{cyan:#} {hint}\n"));
        }
        text
    }

    /// The text on one line, for a warning.
    pub fn to_line(&self) -> String {
        let mut text = self.message.clone();
        for cause in self.causes() {
            text.push_str(": ");
            text.push_str(&cause);
        }
        text
    }

    /// One JSON object, for `-o json` and its kin.
    pub fn to_json(&self) -> String {
        let error = json!({
            "kind": self.kind.name(),
            "exitCode": self.kind.exit_code(),
            "message": self.message,
            "details": self.details,
            "causes": self.causes(),
            "hints": self.hints,
        });
        json!({ "apiVersion": "kafkactl/v1", "kind": "Error", "error": error }).to_string()
    }

    /// The causes, outermost first; a cause that only repeats the one above it is left out.
    fn causes(&self) -> Vec<String> {
        let mut causes: Vec<String> = Vec::new();
        let mut next: Option<&dyn Error> = self.source.as_deref().map(|source| source as &dyn Error);
        while let Some(cause) = next {
            let text = cause.to_string();
            let above = causes.last().unwrap_or(&self.message);
            if !above.ends_with(&text) {
                causes.push(text);
            }
            next = cause.source();
        }
        causes
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Class> for Kind {
    fn from(class: Class) -> Self {
        match class {
            Class::Denied => Self::Denied,
            Class::Usage => Self::Usage,
            _ => Self::Failed,
        }
    }
}

impl Kind {
    /// The kind of a broker's refusal.
    pub fn of_code(code: ErrorCode) -> Self {
        match code {
            ErrorCode::UNKNOWN_TOPIC_OR_PARTITION
            | ErrorCode::UNKNOWN_TOPIC_ID
            | ErrorCode::GROUP_ID_NOT_FOUND => Self::NotFound,
            ErrorCode::TOPIC_ALREADY_EXISTS
            | ErrorCode::NON_EMPTY_GROUP
            | ErrorCode::REASSIGNMENT_IN_PROGRESS
            | ErrorCode::GROUP_SUBSCRIBED_TO_TOPIC
            | ErrorCode::POLICY_VIOLATION => Self::Refused,
            ErrorCode::REQUEST_TIMED_OUT => Self::Unreachable,
            code => match Class::of(code) {
                Class::Denied => Self::Denied,
                _ => Self::Failed,
            },
        }
    }

    /// The kind of a request that got no reply.
    pub fn of_request(error: &RequestError) -> Self {
        match error {
            RequestError::Auth(_) => Self::Denied,
            RequestError::Timeout { .. }
            | RequestError::Transport(_)
            | RequestError::NoCoordinator { last: None, .. } => Self::Unreachable,
            RequestError::NoCoordinator { last: Some(last), .. } => Self::of_code(last.code),
            _ => Self::Failed,
        }
    }
}

/// What to do about a broker's refusal, where there is something.
fn hint_for(code: ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::UNKNOWN_TOPIC_OR_PARTITION => "`kafkactl topics list` shows the topics that there are",
        ErrorCode::TOPIC_ALREADY_EXISTS => "`--if-not-exists` makes that no error",
        ErrorCode::INVALID_REPLICATION_FACTOR => "`kafkactl cluster info` shows how many brokers there are",
        ErrorCode::TOPIC_AUTHORIZATION_FAILED => "ask an administrator for the rights on the topic",
        ErrorCode::GROUP_AUTHORIZATION_FAILED => "ask an administrator for READ and DESCRIBE on the group",
        ErrorCode::CLUSTER_AUTHORIZATION_FAILED => "ask an administrator for the rights on the cluster",
        ErrorCode::TOPIC_DELETION_DISABLED => "the brokers run with delete.topic.enable=false",
        ErrorCode::GROUP_ID_NOT_FOUND => "`kafkactl groups list` shows the groups that there are",
        ErrorCode::NON_EMPTY_GROUP => "stop the group's members first",
        _ => return None,
    })
}

impl From<ConnectError> for CliError {
    fn from(error: ConnectError) -> Self {
        let (kind, message) = match &error {
            ConnectError::Hopeless(inner) => (Kind::of_request(inner), "cannot connect".to_owned()),
            ConnectError::Start(_) => (Kind::Usage, "cannot connect".to_owned()),
            ConnectError::Unreachable { .. } => (Kind::Unreachable, error.to_string()),
            _ => (Kind::Failed, error.to_string()),
        };
        Self::new(kind, message).caused_by(error).hint_if(
            kind == Kind::Unreachable,
            "name the brokers with -b HOST:PORT, or a context with -C",
        )
    }
}

impl From<RequestError> for CliError {
    fn from(error: RequestError) -> Self {
        let mut failure = Self::new(Kind::of_request(&error), "the cluster did not answer");
        failure.retriable = matches!(error.class(), Class::Retry | Class::Reroute);
        failure.caused_by(error)
    }
}

impl From<BrokerError> for CliError {
    fn from(error: BrokerError) -> Self {
        let mut failure = Self::new(Kind::of_code(error.code), error.to_string());
        failure.hints.extend(hint_for(error.code).map(str::to_owned));
        failure.code = error.code.name().map(str::to_owned);
        failure.retriable = error.code.is_retriable();
        failure
    }
}

impl From<AdminError> for CliError {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Broker(error) => error.into(),
            AdminError::Request(error) => error.into(),
            other => Self::new(Kind::Failed, other.to_string()),
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::usage("the settings cannot be used").caused_by(error)
    }
}

impl From<Box<ProduceError>> for CliError {
    fn from(error: Box<ProduceError>) -> Self {
        Self::from(*error)
    }
}

impl From<ProduceError> for CliError {
    fn from(error: ProduceError) -> Self {
        let kind = match &error {
            ProduceError::Broker { source, .. } | ProduceError::ProducerIdRefused { source } => {
                Kind::of_code(source.code)
            }
            ProduceError::TopicUnavailable {
                source: Some(source), ..
            } => Kind::of_code(source.code),
            ProduceError::TopicUnavailable { source: None, .. } | ProduceError::DeliveryTimeout { .. } => {
                Kind::Unreachable
            }
            ProduceError::Request { source, .. } | ProduceError::NoProducerId { source } => {
                Kind::of_request(source)
            }
            ProduceError::UnknownPartition { .. } => Kind::NotFound,
            ProduceError::InvalidTopic { .. } => Kind::Usage,
            _ => Kind::Failed,
        };
        let fate = match error.fate() {
            Fate::MaybeWritten => "it may have been written all the same: sending it again may double it",
            Fate::NotWritten => "it was not written",
            Fate::Rejected => "it was refused and would be again",
        };
        Self::new(kind, "a record was not confirmed")
            .caused_by(error)
            .hint(fate)
    }
}

impl From<ConsumeError> for CliError {
    fn from(error: ConsumeError) -> Self {
        let kind = match &error {
            ConsumeError::Refused { source, .. } => Kind::of_code(source.code),
            ConsumeError::Unreachable { source, .. } => Kind::of_request(source),
            ConsumeError::Unknown { .. } => Kind::NotFound,
            other => other.class().into(),
        };
        Self::new(kind, "cannot go on reading").caused_by(error)
    }
}

impl From<FlushError> for CliError {
    fn from(error: FlushError) -> Self {
        match error {
            FlushError::Failed { records, first } => {
                let mut failure = Self::from(*first);
                failure.message = format!("{records} records were not confirmed");
                failure
            }
            other => Self::new(Kind::Failed, other.to_string()),
        }
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        let kind = if error.kind() == io::ErrorKind::BrokenPipe {
            Kind::ClosedPipe
        } else {
            Kind::Failed
        };
        Self::new(kind, "cannot read or write").caused_by(error)
    }
}

impl From<clap::Error> for CliError {
    fn from(error: clap::Error) -> Self {
        let text = error.render().to_string();
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("For more information"));
        let first = lines.next().unwrap_or_default();
        let mut failure = Self::usage(first.strip_prefix("error: ").unwrap_or(first));
        for line in lines {
            match line.strip_prefix("tip: ") {
                Some(tip) => failure.hints.push(tip.to_owned()),
                None => failure.details.push(line.to_owned()),
            }
        }
        failure
    }
}

impl From<serde_json::Error> for CliError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Kind::Failed, "cannot write JSON").caused_by(error)
    }
}

impl From<serde_saphyr::ser::Error> for CliError {
    fn from(error: serde_saphyr::ser::Error) -> Self {
        Self::new(Kind::Failed, "cannot write YAML").caused_by(error)
    }
}
