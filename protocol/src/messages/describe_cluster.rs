use protocol_derive::{Request, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 60, versions = 0..=2, flexible = 0..)]
pub struct DescribeClusterRequest {
    pub include_cluster_authorized_operations: bool,
    #[kafka(versions = 1.., default = 1)]
    pub endpoint_type: i8,
    #[kafka(versions = 2..)]
    pub include_fenced_brokers: bool,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 60, versions = 0..=2, flexible = 0..)]
pub struct DescribeClusterResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    #[kafka(default = None)]
    pub error_message: Option<String>,
    #[kafka(versions = 1.., default = 1)]
    pub endpoint_type: i8,
    pub cluster_id: String,
    #[kafka(default = -1)]
    pub controller_id: i32,
    pub brokers: Vec<DescribeClusterBroker>,
    #[kafka(default = i32::MIN)]
    pub cluster_authorized_operations: i32,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeClusterBroker {
    pub broker_id: i32,
    pub host: String,
    pub port: i32,
    #[kafka(default = None)]
    pub rack: Option<String>,
    #[kafka(versions = 2..)]
    pub is_fenced: bool,
}
