//! One file per API, by its number: what `ls` shows here is what the sandbox speaks.
//!
//! A handler gets the decoded request and a [`Call`], which is the cluster and who is asking, and says what the broker
//! answers. One that cannot answer yet takes the ticket and gives the answer later.
//!
//! Not there yet: share groups (76 to 79, 90 to 92), streams groups (88, 89, 93), delegation tokens (38 to 41).

#[path = "25_add_offsets_to_txn.rs"]
mod add_offsets_to_txn;
#[path = "24_add_partitions_to_txn.rs"]
mod add_partitions_to_txn;
#[path = "33_alter_configs.rs"]
mod alter_configs;
#[path = "45_alter_partition_reassignments.rs"]
mod alter_partition_reassignments;
#[path = "34_alter_replica_log_dirs.rs"]
mod alter_replica_log_dirs;
#[path = "18_api_versions.rs"]
pub(crate) mod api_versions;
#[path = "37_create_partitions.rs"]
mod create_partitions;
#[path = "19_create_topics.rs"]
pub(crate) mod create_topics;
#[path = "21_delete_records.rs"]
mod delete_records;
#[path = "20_delete_topics.rs"]
mod delete_topics;
#[path = "60_describe_cluster.rs"]
mod describe_cluster;
#[path = "32_describe_configs.rs"]
mod describe_configs;
#[path = "35_describe_log_dirs.rs"]
mod describe_log_dirs;
#[path = "61_describe_producers.rs"]
mod describe_producers;
#[path = "75_describe_topic_partitions.rs"]
mod describe_topic_partitions;
#[path = "65_describe_transactions.rs"]
mod describe_transactions;
#[path = "43_elect_leaders.rs"]
mod elect_leaders;
#[path = "26_end_txn.rs"]
mod end_txn;
#[path = "01_fetch.rs"]
pub(crate) mod fetch;
#[path = "44_incremental_alter_configs.rs"]
mod incremental_alter_configs;
#[path = "22_init_producer_id.rs"]
mod init_producer_id;
#[path = "02_list_offsets.rs"]
mod list_offsets;
#[path = "46_list_partition_reassignments.rs"]
mod list_partition_reassignments;
#[path = "66_list_transactions.rs"]
mod list_transactions;
#[path = "03_metadata.rs"]
mod metadata;
#[path = "23_offset_for_leader_epoch.rs"]
mod offset_for_leader_epoch;
#[path = "00_produce.rs"]
mod produce;
#[path = "27_write_txn_markers.rs"]
mod write_txn_markers;

pub(crate) mod acknowledging;
#[path = "49_alter_client_quotas.rs"]
mod alter_client_quotas;
#[path = "51_alter_user_scram_credentials.rs"]
mod alter_user_scram_credentials;
mod alteration;
mod committing;
mod configs;
#[path = "30_create_acls.rs"]
mod create_acls;
#[path = "31_delete_acls.rs"]
mod delete_acls;
#[path = "29_describe_acls.rs"]
mod describe_acls;
#[path = "48_describe_client_quotas.rs"]
mod describe_client_quotas;
#[path = "55_describe_quorum.rs"]
mod describe_quorum;
#[path = "50_describe_user_scram_credentials.rs"]
mod describe_user_scram_credentials;
mod fault_config;
mod fetching;
#[path = "71_get_telemetry_subscriptions.rs"]
mod get_telemetry_subscriptions;
#[path = "74_list_config_resources.rs"]
mod list_config_resources;
mod operations;
mod placement;
#[path = "72_push_telemetry.rs"]
mod push_telemetry;
mod refusal;
#[path = "36_sasl_authenticate.rs"]
pub(crate) mod sasl_authenticate;
#[path = "17_sasl_handshake.rs"]
mod sasl_handshake;
mod topic_names;
#[path = "28_txn_offset_commit.rs"]
mod txn_offset_commit;
#[path = "64_unregister_broker.rs"]
mod unregister_broker;
#[path = "57_update_features.rs"]
mod update_features;
mod verification;

#[path = "69_consumer_group_describe.rs"]
mod consumer_group_describe;
#[path = "68_consumer_group_heartbeat.rs"]
mod consumer_group_heartbeat;
#[path = "42_delete_groups.rs"]
mod delete_groups;
#[path = "15_describe_groups.rs"]
mod describe_groups;
#[path = "10_find_coordinator.rs"]
mod find_coordinator;
#[path = "12_heartbeat.rs"]
mod heartbeat;
#[path = "11_join_group.rs"]
mod join_group;
#[path = "13_leave_group.rs"]
mod leave_group;
#[path = "16_list_groups.rs"]
mod list_groups;
#[path = "08_offset_commit.rs"]
mod offset_commit;
#[path = "47_offset_delete.rs"]
mod offset_delete;
#[path = "09_offset_fetch.rs"]
mod offset_fetch;
#[path = "14_sync_group.rs"]
mod sync_group;

use std::cell::Cell;
use std::sync::Arc;

use protocol::frame::encode_response;
use protocol::messages as m;
use protocol::wire::{DecodeError, Frame, Reader};
use protocol::{ApiKey, Decode, ErrorCode, Message, Request, VersionRange};

use crate::answers::{Account, Answer, Ticket};
use crate::fault::{Scope, Subject, When, scope};
use crate::security::acl::{self, Operation, ResourceType};
use crate::security::{Authorizer, Session, Who};
use crate::state::{Broker, State};
use crate::time::Now;

/// One request on its way through a handler.
pub(crate) struct Call<'a> {
    pub(crate) now: Now,
    pub(crate) state: &'a mut State,
    /// The broker that was asked.
    pub(crate) broker: i32,
    /// The version the client speaks.
    pub(crate) version: i16,
    pub(crate) client: &'a Client,
    /// How far its connection is.
    pub(crate) session: &'a mut Session,
    pub(crate) injected: &'a mut Injected,
    ticket: Option<Ticket>,
    /// Bytes that the answer may still have; none when it has become too long.
    room: Cell<Option<usize>>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// What it calls itself in the request's header; empty for none.
    pub(crate) id: Arc<str>,
    /// Its address.
    pub(crate) host: Arc<str>,
    /// Who it was authenticated as, e.g. `User:alice`.
    pub(crate) principal: Arc<str>,
    /// The listener it came in by, e.g. `PLAINTEXT`.
    pub(crate) listener: Arc<str>,
}

impl Client {
    /// Whom a broker charges what this client asks to.
    pub(crate) fn account(&self, broker: i32) -> Account {
        let user = self
            .principal
            .split_once(':')
            .map_or(&*self.principal, |(_, name)| name);
        Account {
            broker,
            user: Arc::from(user),
            client_id: self.id.clone(),
        }
    }
}

/// Errors that faults put into the answer of this request.
#[derive(Debug, Default)]
pub(crate) struct Injected {
    pub(crate) errors: Vec<InjectedError>,
    /// Said of all that is asked, in the place of the answer to what was applied.
    pub(crate) instead: Option<ErrorCode>,
}

/// An error to be answered in place of what the broker would say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct InjectedError {
    pub(crate) code: ErrorCode,
    /// Whether what is asked is applied all the same.
    pub(crate) when: When,
    /// For this topic alone.
    pub(crate) topic: Option<Arc<str>>,
    /// For this partition alone.
    pub(crate) partition: Option<i32>,
}

/// What a handler says.
#[derive(Debug)]
pub(crate) enum Reply<R> {
    /// The answer.
    Now(R),
    /// Somebody took the ticket and will answer.
    Later,
    /// The answer to somebody who failed to authenticate, after which the connection is closed.
    Last(R),
    /// No answer is due.
    Silence,
    /// The connection is of no use any more.
    Close,
}

/// A request that the sandbox answers.
pub(crate) trait Handle: Request + Decode {
    /// Answers the request.
    fn handle(self, call: &mut Call<'_>) -> Reply<Self::Response>;

    /// The answer that says `code` of all that was asked, as a broker gives it that refuses the request as a whole.
    fn refuse(self, call: &Call<'_>, code: ErrorCode) -> Self::Response;

    /// Whether its client reads an answer. One who does not is refused by closing the connection.
    fn wants_answer(&self) -> bool {
        true
    }

    /// The topics and partitions that the request is about: for the log of requests, and for faults that match on them.
    fn subjects(&self, _state: &State) -> Vec<Subject> {
        Vec::new()
    }
}

impl Call<'_> {
    /// The broker that was asked.
    pub(crate) fn asked(&self) -> Option<&Broker> {
        self.state.brokers.get(self.broker)
    }

    /// Whether the client may do something with a thing. Without an authorizer everybody may do everything.
    pub(crate) fn authorize(&self, operation: Operation, resource: ResourceType, name: &str) -> bool {
        self.authorizer()
            .is_none_or(|(authorizer, who)| authorizer.allows(who, operation, resource, name))
    }

    /// Whether the client may do something with the cluster.
    pub(crate) fn authorize_cluster(&self, operation: Operation) -> bool {
        self.authorize(operation, ResourceType::Cluster, acl::CLUSTER)
    }

    /// Fails unless the client may do something with a topic.
    pub(crate) fn require_topic(&self, operation: Operation, name: &str) -> Result<(), ErrorCode> {
        let allowed = self.authorize(operation, ResourceType::Topic, name);
        allowed.then_some(()).ok_or(ErrorCode::TOPIC_AUTHORIZATION_FAILED)
    }

    /// Checks that the client may do this to a group, then that the broker coordinates it. Returns the partition of
    /// `__consumer_offsets` that holds it.
    pub(crate) fn coordinate_group(&mut self, operation: Operation, id: &str) -> Result<i32, ErrorCode> {
        self.require_group(operation, id)?;
        self.state.coordinate(self.now, self.broker, id)
    }

    /// Fails unless the client may do something with a group.
    pub(crate) fn require_group(&self, operation: Operation, id: &str) -> Result<(), ErrorCode> {
        let allowed = self.authorize(operation, ResourceType::Group, id);
        allowed.then_some(()).ok_or(ErrorCode::GROUP_AUTHORIZATION_FAILED)
    }

    /// Fails unless the client may do something with a transactional id.
    pub(crate) fn require_transactional_id(&self, operation: Operation, id: &str) -> Result<(), ErrorCode> {
        let allowed = self.authorize(operation, ResourceType::TransactionalId, id);
        let failed = ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
        allowed.then_some(()).ok_or(failed)
    }

    /// Fails unless the client may do something with the cluster.
    pub(crate) fn require_cluster(&self, operation: Operation) -> Result<(), ErrorCode> {
        let allowed = self.authorize_cluster(operation);
        allowed
            .then_some(())
            .ok_or(ErrorCode::CLUSTER_AUTHORIZATION_FAILED)
    }

    /// Whether anything may be forbidden to the client.
    pub(crate) fn is_restricted(&self) -> bool {
        self.authorizer().is_some()
    }

    /// Whether the client may do something with any thing of a kind at all.
    pub(crate) fn authorize_any(&self, operation: Operation, resource: ResourceType) -> bool {
        self.authorizer()
            .is_none_or(|(authorizer, who)| authorizer.allows_any(who, operation, resource))
    }

    fn authorizer(&self) -> Option<(&Authorizer, Who<'_>)> {
        let authorizer = self.state.security.authorizer.as_ref()?;
        let who = Who {
            principal: &self.client.principal,
            host: &self.client.host,
        };
        Some((authorizer, who))
    }

    /// Takes the right to answer, to give the answer later.
    ///
    /// None when it was taken already, which no handler does.
    pub(crate) fn take_ticket(&mut self) -> Option<Ticket> {
        self.ticket.take()
    }

    /// Charges the client that so many partitions are created or deleted, of which it may do only so many a second
    /// (KIP-599). Returns `THROTTLING_QUOTA_EXCEEDED` when it is in debt, in versions that know the error (`strict`); the
    /// others are throttled.
    pub(crate) fn charge_mutations(&mut self, partitions: usize, strict: bool) -> Result<(), ErrorCode> {
        let Some(ticket) = &mut self.ticket else {
            return Ok(());
        };
        let Some(account) = &ticket.account else {
            return Ok(());
        };
        let (now, quotas) = (self.now.elapsed, &mut self.state.quotas);
        let debt = quotas.mutation_debt(now, account);
        if strict && !debt.is_zero() {
            ticket.throttle = ticket.throttle.max(debt);
            return Err(ErrorCode::THROTTLING_QUOTA_EXCEEDED);
        }
        let partitions = u32::try_from(partitions).unwrap_or(u32::MAX);
        quotas.mutate(now, account, f64::from(partitions));
        if !strict {
            let debt = quotas.mutation_debt(now, account);
            ticket.throttle = ticket.throttle.max(debt);
        }
        Ok(())
    }

    /// Counts bytes of the answer that is being made, about as many as they are on the wire.
    ///
    /// Whatever a client can have repeated, and is much longer in the answer than in the request, is counted: before it is
    /// made, if only with 0, and when its length is known.
    ///
    /// # Errors
    ///
    /// When the answer has become longer than one may be. Whatever is answered then is thrown away and the connection
    /// closed, so that the rest need not be made.
    pub(crate) fn spend(&self, bytes: usize) -> Result<(), ErrorCode> {
        let left = self.room.get().and_then(|left| left.checked_sub(bytes));
        self.room.set(left);
        left.map(|_| ()).ok_or(ErrorCode::MESSAGE_TOO_LARGE)
    }

    /// The error that a fault puts in the place of a partition's answer, and that keeps it from being applied.
    pub(crate) fn injected(&self, topic: &str, partition: i32) -> Option<ErrorCode> {
        self.injected_when(When::Before, topic, partition)
    }

    /// The error that a fault puts in the place of a partition's answer when it was applied.
    pub(crate) fn injected_after(&self, topic: &str, partition: i32) -> Option<ErrorCode> {
        self.injected_when(When::After, topic, partition)
    }

    fn injected_when(&self, when: When, topic: &str, partition: i32) -> Option<ErrorCode> {
        let errors = self.injected.errors.iter();
        errors
            .filter(|error| error.when == when)
            .filter(|error| error.topic.as_deref().is_none_or(|name| name == topic))
            .find(|error| error.partition.is_none_or(|index| index == partition))
            .map(|error| error.code)
    }
}

/// A request with its header, ready to be handled.
pub(crate) struct Incoming<'a> {
    pub(crate) broker: i32,
    pub(crate) client: &'a Client,
    pub(crate) session: &'a mut Session,
    pub(crate) ticket: Ticket,
}

/// Who decides, once a request is decoded, what is to happen to it.
pub(crate) trait Gate {
    /// Lets the request pass, or not: see [`Passage`].
    fn pass(&mut self, state: &mut State, incoming: &mut Incoming<'_>, subjects: Vec<Subject>) -> Passage;

    /// Takes an answer that is to be given in the place of the one the handler gives.
    fn answer_instead(&mut self, frame: Frame);
}

/// What is to happen to a request.
#[derive(Debug)]
pub(crate) enum Passage {
    /// It is handled; these errors replace what would be answered.
    Handle(Injected),
    /// It is answered with this error as a whole, and not handled.
    Refuse(ErrorCode),
    /// It is not handled, and whoever held it up has its frame.
    Stop,
}

fn run<R>(
    now: Now,
    state: &mut State,
    mut incoming: Incoming<'_>,
    body: &mut Reader<'_>,
    gate: &mut dyn Gate,
) -> Result<(), DecodeError>
where
    R: Handle + Clone,
    R::Response: Answer,
{
    let request = R::decode(body, incoming.ticket.version)?;
    let subjects = request.subjects(state);
    debug_assert!(
        subjects.is_empty() || scope(R::KEY) != Scope::Nothing,
        "rules for topics of {} would be refused",
        R::NAME
    );
    let passage = gate.pass(state, &mut incoming, subjects);
    let Incoming {
        broker,
        client,
        session,
        ticket,
    } = incoming;
    let mut injected = Injected::default();
    let refusal = match passage {
        Passage::Handle(errors) => {
            injected = errors;
            None
        }
        Passage::Refuse(code) => Some(code),
        Passage::Stop => {
            drop(ticket);
            return Ok(());
        }
    };
    let mut call = Call {
        now,
        broker,
        version: ticket.version,
        client,
        session,
        injected: &mut injected,
        ticket: Some({
            let mut ticket = ticket;
            state.charge(now, &mut ticket);
            ticket
        }),
        room: Cell::new(Some(state.answers.limit())),
        state,
    };
    let wants_answer = request.wants_answer();
    if let Some(code) = call.injected.instead.filter(|_| wants_answer) {
        let answer = request.clone().refuse(&call, code);
        let ticket = call.ticket.as_ref();
        let correlation_id = ticket.map_or(0, |ticket| ticket.correlation_id);
        match encode_response(correlation_id, call.version, &answer) {
            Ok(frame) => gate.answer_instead(frame),
            Err(error) => tracing::warn!("{} cannot say {code}: {error}", R::NAME),
        }
    }
    let reply = match refusal {
        Some(code) => Reply::Now(request.refuse(&call, code)),
        None if call.session.refuses(R::KEY) => {
            Reply::Last(request.refuse(&call, ErrorCode::ILLEGAL_SASL_STATE))
        }
        None => request.handle(&mut call),
    };
    let is_too_long = call.room.get().is_none();
    let Some(ticket) = call.ticket.take() else {
        return Ok(());
    };
    match reply {
        Reply::Now(_) if !wants_answer => state.answers.abandon(ticket),
        _ if is_too_long => state.answers.refuse_length(ticket),
        Reply::Now(response) => state.answers.give(ticket, response),
        Reply::Last(response) => {
            let after = state.authentication_delay();
            state.answers.give_last(ticket, &response, after);
        }
        Reply::Silence => state.answers.stay_silent(ticket),
        Reply::Later | Reply::Close => state.answers.abandon(ticket),
    }
    Ok(())
}

macro_rules! handlers {
    ($($key:ident $module:ident $request:ident $response:ident,)*) => {
        /// The APIs with a handler, and the versions that `protocol` knows of them.
        pub(crate) const IMPLEMENTED: &[(ApiKey, VersionRange)] = &[
            $((ApiKey::$key, <m::$module::$request as Message>::VERSIONS),)*
        ];

        /// Decodes the body of a request, asks `gate` about it, and handles it.
        ///
        /// # Errors
        ///
        /// When the body is none; when the API has no handler.
        pub(crate) fn dispatch(
            now: Now,
            state: &mut State,
            incoming: Incoming<'_>,
            body: &mut Reader<'_>,
            gate: &mut dyn Gate,
        ) -> Result<(), DecodeError> {
            match incoming.ticket.key {
                $(ApiKey::$key => run::<m::$module::$request>(now, state, incoming, body, gate),)*
                _ => Err(body.error(protocol::wire::DecodeErrorKind::Invalid("api key without a handler"))),
            }
        }

        $(impl Answer for m::$module::$response {
            fn throttle(&mut self, millis: i32) {
                throttle!(self $key millis);
            }
        })*
    };
}

/// Sets the throttle time, but for the four responses that have none.
macro_rules! throttle {
    ($response:ident SASL_HANDSHAKE $millis:ident) => {
        let _ = ($response, $millis);
    };
    ($response:ident SASL_AUTHENTICATE $millis:ident) => {
        let _ = ($response, $millis);
    };
    ($response:ident DESCRIBE_QUORUM $millis:ident) => {
        let _ = ($response, $millis);
    };
    ($response:ident WRITE_TXN_MARKERS $millis:ident) => {
        let _ = ($response, $millis);
    };
    ($response:ident $key:ident $millis:ident) => {
        $response.throttle_time_ms = $millis;
    };
}

handlers! {
    PRODUCE produce ProduceRequest ProduceResponse,
    FETCH fetch FetchRequest FetchResponse,
    LIST_OFFSETS list_offsets ListOffsetsRequest ListOffsetsResponse,
    METADATA metadata MetadataRequest MetadataResponse,
    SASL_HANDSHAKE sasl_handshake SaslHandshakeRequest SaslHandshakeResponse,
    API_VERSIONS api_versions ApiVersionsRequest ApiVersionsResponse,
    CREATE_TOPICS create_topics CreateTopicsRequest CreateTopicsResponse,
    DELETE_TOPICS delete_topics DeleteTopicsRequest DeleteTopicsResponse,
    DELETE_RECORDS delete_records DeleteRecordsRequest DeleteRecordsResponse,
    INIT_PRODUCER_ID init_producer_id InitProducerIdRequest InitProducerIdResponse,
    OFFSET_FOR_LEADER_EPOCH offset_for_leader_epoch OffsetForLeaderEpochRequest OffsetForLeaderEpochResponse,
    ADD_PARTITIONS_TO_TXN add_partitions_to_txn AddPartitionsToTxnRequest AddPartitionsToTxnResponse,
    ADD_OFFSETS_TO_TXN add_offsets_to_txn AddOffsetsToTxnRequest AddOffsetsToTxnResponse,
    END_TXN end_txn EndTxnRequest EndTxnResponse,
    TXN_OFFSET_COMMIT txn_offset_commit TxnOffsetCommitRequest TxnOffsetCommitResponse,
    DESCRIBE_ACLS describe_acls DescribeAclsRequest DescribeAclsResponse,
    CREATE_ACLS create_acls CreateAclsRequest CreateAclsResponse,
    DELETE_ACLS delete_acls DeleteAclsRequest DeleteAclsResponse,
    DESCRIBE_CLIENT_QUOTAS describe_client_quotas DescribeClientQuotasRequest DescribeClientQuotasResponse,
    ALTER_CLIENT_QUOTAS alter_client_quotas AlterClientQuotasRequest AlterClientQuotasResponse,
    DESCRIBE_USER_SCRAM_CREDENTIALS describe_user_scram_credentials DescribeUserScramCredentialsRequest DescribeUserScramCredentialsResponse,
    ALTER_USER_SCRAM_CREDENTIALS alter_user_scram_credentials AlterUserScramCredentialsRequest AlterUserScramCredentialsResponse,
    DESCRIBE_QUORUM describe_quorum DescribeQuorumRequest DescribeQuorumResponse,
    UPDATE_FEATURES update_features UpdateFeaturesRequest UpdateFeaturesResponse,
    UNREGISTER_BROKER unregister_broker UnregisterBrokerRequest UnregisterBrokerResponse,
    GET_TELEMETRY_SUBSCRIPTIONS get_telemetry_subscriptions GetTelemetrySubscriptionsRequest GetTelemetrySubscriptionsResponse,
    PUSH_TELEMETRY push_telemetry PushTelemetryRequest PushTelemetryResponse,
    LIST_CONFIG_RESOURCES list_config_resources ListConfigResourcesRequest ListConfigResourcesResponse,
    SASL_AUTHENTICATE sasl_authenticate SaslAuthenticateRequest SaslAuthenticateResponse,
    WRITE_TXN_MARKERS write_txn_markers WriteTxnMarkersRequest WriteTxnMarkersResponse,
    DESCRIBE_CONFIGS describe_configs DescribeConfigsRequest DescribeConfigsResponse,
    ALTER_CONFIGS alter_configs AlterConfigsRequest AlterConfigsResponse,
    ALTER_REPLICA_LOG_DIRS alter_replica_log_dirs AlterReplicaLogDirsRequest AlterReplicaLogDirsResponse,
    DESCRIBE_LOG_DIRS describe_log_dirs DescribeLogDirsRequest DescribeLogDirsResponse,
    CREATE_PARTITIONS create_partitions CreatePartitionsRequest CreatePartitionsResponse,
    ELECT_LEADERS elect_leaders ElectLeadersRequest ElectLeadersResponse,
    INCREMENTAL_ALTER_CONFIGS incremental_alter_configs IncrementalAlterConfigsRequest IncrementalAlterConfigsResponse,
    ALTER_PARTITION_REASSIGNMENTS alter_partition_reassignments AlterPartitionReassignmentsRequest AlterPartitionReassignmentsResponse,
    LIST_PARTITION_REASSIGNMENTS list_partition_reassignments ListPartitionReassignmentsRequest ListPartitionReassignmentsResponse,
    DESCRIBE_CLUSTER describe_cluster DescribeClusterRequest DescribeClusterResponse,
    DESCRIBE_PRODUCERS describe_producers DescribeProducersRequest DescribeProducersResponse,
    DESCRIBE_TRANSACTIONS describe_transactions DescribeTransactionsRequest DescribeTransactionsResponse,
    LIST_TRANSACTIONS list_transactions ListTransactionsRequest ListTransactionsResponse,
    DESCRIBE_TOPIC_PARTITIONS describe_topic_partitions DescribeTopicPartitionsRequest DescribeTopicPartitionsResponse,
    OFFSET_COMMIT offset_commit OffsetCommitRequest OffsetCommitResponse,
    OFFSET_FETCH offset_fetch OffsetFetchRequest OffsetFetchResponse,
    FIND_COORDINATOR find_coordinator FindCoordinatorRequest FindCoordinatorResponse,
    JOIN_GROUP join_group JoinGroupRequest JoinGroupResponse,
    HEARTBEAT heartbeat HeartbeatRequest HeartbeatResponse,
    LEAVE_GROUP leave_group LeaveGroupRequest LeaveGroupResponse,
    SYNC_GROUP sync_group SyncGroupRequest SyncGroupResponse,
    DESCRIBE_GROUPS describe_groups DescribeGroupsRequest DescribeGroupsResponse,
    LIST_GROUPS list_groups ListGroupsRequest ListGroupsResponse,
    DELETE_GROUPS delete_groups DeleteGroupsRequest DeleteGroupsResponse,
    OFFSET_DELETE offset_delete OffsetDeleteRequest OffsetDeleteResponse,
    CONSUMER_GROUP_HEARTBEAT consumer_group_heartbeat ConsumerGroupHeartbeatRequest ConsumerGroupHeartbeatResponse,
    CONSUMER_GROUP_DESCRIBE consumer_group_describe ConsumerGroupDescribeRequest ConsumerGroupDescribeResponse,
}
