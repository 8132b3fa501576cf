use protocol::messages::delete_groups::{DeleteGroupsRequest, DeleteGroupsResponse};

use super::coordinator_moves;
use crate::admin::drive::{Admin, Task};
use crate::admin::error::AdminError;
use crate::admin::items::Results;
use crate::error::BrokerError;

impl Admin {
    /// Deletes groups with all that they committed. A group with members is refused, `NON_EMPTY_GROUP`.
    pub async fn delete_groups<S: Into<String>>(
        &self,
        groups: impl IntoIterator<Item = S>,
    ) -> Results<String, ()> {
        let groups: Vec<String> = groups.into_iter().map(Into::into).collect();
        self.run_on_coordinators(&DeleteGroups, groups).await
    }
}

struct DeleteGroups;

impl Task for DeleteGroups {
    type Key = String;
    type Value = ();
    type Body = DeleteGroupsRequest;
    type Reply = DeleteGroupsResponse;

    fn body(&self, keys: &[String]) -> DeleteGroupsRequest {
        DeleteGroupsRequest {
            groups_names: keys.to_vec(),
        }
    }

    fn read(&self, _: &[String], reply: DeleteGroupsResponse) -> Results<String, ()> {
        let result = |code, message: Option<String>| BrokerError::check(code, message.as_deref());
        reply
            .results
            .into_iter()
            .map(|group| {
                (
                    group.group_id,
                    result(group.error_code, group.error_message).map_err(AdminError::from),
                )
            })
            .collect()
    }

    fn passes(&self, error: &AdminError) -> bool {
        coordinator_moves(error)
    }
}
