use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use protocol::messages::metadata::{MetadataRequest, MetadataRequestTopic, MetadataResponse};
use protocol::{ErrorCode, Message, Request, VersionRange};

use crate::admin::Admin;
use crate::cluster::{Lane, Metadata, Scope, Target};
use crate::config::ConnectionConfig;
use crate::connection::Capped;
use crate::engine::calls::{CallOptions, Caller, Earlier, calls};
use crate::error::RequestError;
use crate::io::{EngineHandle, Runtime, StartError};
use crate::time::Backoff;

/// A connection to a cluster: producers, consumers and the admin client are made of it and share its connections.
///
/// Cheap to clone. When the last clone, and all that was made of it, is dropped, nothing of the client is left;
/// [`close`](Self::close) waits for that.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: EngineHandle,
    caller: Caller,
    config: Arc<ConnectionConfig>,
}

/// Topics to describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topics {
    /// All that the client may see.
    All,
    /// These.
    Named(Vec<String>),
    /// None: the brokers alone.
    None,
}

/// Why a client is not connected.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// Trying again cannot help until somebody changes the settings of the client or of the brokers.
    #[error(transparent)]
    Hopeless(RequestError),
    /// The settings cannot be used.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The client ended; the text is what it died of.
    #[error("the client ended: {0}")]
    Ended(String),
    /// No broker described the cluster in time.
    #[error("no broker of {bootstrap} could be reached within {after:?}")]
    Unreachable {
        /// The bootstrap servers.
        bootstrap: String,
        /// The time it was given.
        after: Duration,
        /// What stood in the way last.
        #[source]
        last: Option<RequestError>,
    },
}

impl Client {
    pub(super) fn start(config: Arc<ConnectionConfig>, runtime: &Runtime) -> Result<Self, ConnectError> {
        Ok(Self::over(EngineHandle::start(config.clone(), runtime)?, config))
    }

    /// The client of an engine that runs, whoever runs it. Both must have the same settings.
    pub fn over(engine: EngineHandle, config: Arc<ConnectionConfig>) -> Self {
        let backoff = Backoff::new(config.retry_backoff, config.retry_backoff_max);
        let (caller, machine) = calls(engine.waker(), backoff, fastrand::Rng::new());
        engine.install(Box::new(machine));
        Self(Arc::new(Inner {
            engine,
            caller,
            config,
        }))
    }

    /// Waits until a broker has described the cluster.
    ///
    /// # Errors
    ///
    /// When none does within [`ConnectionConfig::connect_timeout`], or trying again cannot help.
    pub async fn connected(&self) -> Result<(), ConnectError> {
        let after = self.0.config.connect_timeout;
        let outcome = self.0.engine.watch(|status| {
            let trouble = || status.trouble.clone();
            if status.connected {
                Some(Ok(()))
            } else if let (true, Some(error)) = (status.hopeless, trouble()) {
                Some(Err(ConnectError::Hopeless(error)))
            } else if status.overdue {
                let bootstrap = self.0.config.bootstrap.join(",");
                Some(Err(ConnectError::Unreachable {
                    bootstrap,
                    after,
                    last: trouble(),
                }))
            } else {
                None
            }
        });
        outcome.await.unwrap_or_else(|| {
            Err(ConnectError::Ended(
                self.0
                    .engine
                    .panic()
                    .unwrap_or_else(|| "it was closed".to_owned()),
            ))
        })
    }

    /// Sends one request and waits for its reply, within [`ConnectionConfig::api_timeout`]. Transport errors are
    /// tried again; so are replies in which `retry_on` finds an error.
    ///
    /// # Errors
    ///
    /// When no reply came. The errors in a reply belong to the operation.
    pub async fn call<R>(
        &self,
        target: Target,
        request: R,
        retry_on: fn(&R::Response) -> Option<ErrorCode>,
    ) -> Result<R::Response, RequestError>
    where
        R: Request + Send + Sync + fmt::Debug + 'static,
    {
        self.0
            .caller
            .call(target, request, &self.call_options(retry_on))
            .await
    }

    /// Sends one request as `options` say.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call).
    pub async fn call_with<R>(
        &self,
        target: Target,
        request: R,
        options: &CallOptions<R::Response>,
    ) -> Result<R::Response, RequestError>
    where
        R: Request + Send + Sync + fmt::Debug + 'static,
    {
        self.0.caller.call(target, request, options).await
    }

    /// How [`call`](Self::call) makes calls: a start for [`call_with`](Self::call_with).
    pub fn call_options<T>(&self, retry_on: fn(&T) -> Option<ErrorCode>) -> CallOptions<T> {
        let config = &self.0.config;
        CallOptions {
            timeout: config.api_timeout,
            attempt_timeout: config.request_timeout,
            unreachable_timeout: config.connect_timeout,
            lane: Lane::Control,
            retry_on,
            earlier: Earlier::default(),
        }
    }

    /// The admin client.
    pub fn admin(&self) -> Admin {
        Admin::new(
            self.0.caller.clone(),
            self.0.engine.clone(),
            self.0.config.clone(),
        )
    }

    /// Asks a broker for the brokers and for topics. Creates no topic.
    ///
    /// # Errors
    ///
    /// When no reply came. A topic that cannot be described has its own error.
    pub async fn metadata(&self, topics: Topics) -> Result<Metadata, RequestError> {
        let named = |name: String| MetadataRequestTopic {
            name: Some(name),
            ..MetadataRequestTopic::default()
        };
        let topics = match topics {
            Topics::All => None,
            Topics::Named(names) => Some(names.into_iter().map(named).collect()),
            Topics::None => Some(Vec::new()),
        };
        let request = MetadataRequest {
            topics,
            allow_auto_topic_creation: false,
            ..MetadataRequest::default()
        };
        // Version 0 cannot ask for no topic, below 4 brokers may create what they are asked for.
        let body = Capped {
            request,
            versions: VersionRange {
                first: 4,
                ..MetadataRequest::VERSIONS
            },
        };
        let retry_on = |response: &MetadataResponse| {
            Some(ErrorCode(response.error_code)).filter(|code| code.is_retriable())
        };
        let options = self.call_options(retry_on);
        let response = self.0.caller.call_body(Target::Any, body, &options).await?;
        Ok(Metadata::default().updated(response, &Scope::All, |_| false))
    }

    /// What the client knows of the cluster without asking: the brokers, and the topics that its producers and
    /// consumers use.
    pub fn known(&self) -> Arc<Metadata> {
        self.0.engine.metadata()
    }

    /// The settings.
    pub fn config(&self) -> &Arc<ConnectionConfig> {
        &self.0.config
    }

    /// The engine, to install machines in.
    pub fn engine(&self) -> &EngineHandle {
        &self.0.engine
    }

    /// Ends the client and waits until no task, socket or thread of it is left. What is still waiting fails.
    pub async fn close(&self) {
        self.0.engine.close().await;
    }
}
