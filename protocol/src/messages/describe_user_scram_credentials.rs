use protocol_derive::{Request, RequestPart, Response, ResponsePart};

#[derive(Clone, PartialEq, Request)]
#[kafka(key = 50, versions = 0, flexible = 0..)]
pub struct DescribeUserScramCredentialsRequest {
    pub users: Option<Vec<UserName>>,
}

#[derive(Clone, PartialEq, RequestPart)]
pub struct UserName {
    pub name: String,
}

#[derive(Clone, PartialEq, Response)]
#[kafka(key = 50, versions = 0, flexible = 0..)]
pub struct DescribeUserScramCredentialsResponse {
    pub throttle_time_ms: i32,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub results: Vec<DescribeUserScramCredentialsResult>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct DescribeUserScramCredentialsResult {
    pub user: String,
    pub error_code: i16,
    pub error_message: Option<String>,
    pub credential_infos: Vec<CredentialInfo>,
}

#[derive(Clone, PartialEq, ResponsePart)]
pub struct CredentialInfo {
    pub mechanism: i8,
    pub iterations: i32,
}
