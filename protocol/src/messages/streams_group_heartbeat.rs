use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 88, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    pub endpoint_information_epoch: i32,
    #[kafka(default = None)]
    pub instance_id: Option<String>,
    #[kafka(default = None)]
    pub rack_id: Option<String>,
    #[kafka(default = -1)]
    pub rebalance_timeout_ms: i32,
    pub topology: Option<Topology>,
    #[kafka(default = None)]
    pub active_tasks: Option<Vec<RequestTaskIds>>,
    #[kafka(default = None)]
    pub standby_tasks: Option<Vec<RequestTaskIds>>,
    #[kafka(default = None)]
    pub warmup_tasks: Option<Vec<RequestTaskIds>>,
    #[kafka(default = None)]
    pub process_id: Option<String>,
    pub user_endpoint: Option<RequestEndpoint>,
    #[kafka(default = None)]
    pub client_tags: Option<Vec<KeyValue>>,
    #[kafka(default = None)]
    pub task_offsets: Option<Vec<TaskOffset>>,
    #[kafka(default = None)]
    pub task_end_offsets: Option<Vec<TaskOffset>>,
    pub shutdown_application: bool,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct Topology {
    pub epoch: i32,
    pub subtopologies: Vec<Subtopology>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct Subtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub source_topic_regex: Vec<String>,
    pub state_changelog_topics: Vec<TopicInfo>,
    pub repartition_sink_topics: Vec<String>,
    pub repartition_source_topics: Vec<TopicInfo>,
    pub copartition_groups: Vec<CopartitionGroup>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TopicInfo {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct CopartitionGroup {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestTaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct RequestEndpoint {
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct TaskOffset {
    pub subtopology_id: String,
    pub partition: i32,
    pub offset: i64,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 88, versions = 0..=1, flexible = 0..)]
pub struct StreamsGroupHeartbeatResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    pub member_id: String,
    pub member_epoch: i32,
    pub heartbeat_interval_ms: i32,
    #[kafka(versions = 0)]
    pub acceptable_recovery_lag_legacy: i32,
    pub task_offset_interval_ms: i32,
    #[kafka(versions = 1.., default = -1, ignorable)]
    pub acceptable_recovery_lag: i64,
    pub status: Option<Vec<Status>>,
    #[kafka(default = None)]
    pub active_tasks: Option<Vec<ResponseTaskIds>>,
    #[kafka(default = None)]
    pub standby_tasks: Option<Vec<ResponseTaskIds>>,
    #[kafka(default = None)]
    pub warmup_tasks: Option<Vec<ResponseTaskIds>>,
    #[kafka(versions = 1..)]
    pub topology_description_required: bool,
    pub endpoint_information_epoch: i32,
    #[kafka(default = None)]
    pub partitions_by_user_endpoint: Option<Vec<EndpointToPartitions>>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct Status {
    pub status_code: i8,
    pub status_detail: String,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseTaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct EndpointToPartitions {
    pub user_endpoint: ResponseEndpoint,
    pub active_partitions: Vec<TopicPartition>,
    pub standby_partitions: Vec<TopicPartition>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct ResponseEndpoint {
    pub host: String,
    pub port: u16,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct TopicPartition {
    pub topic: String,
    pub partitions: Vec<i32>,
}
