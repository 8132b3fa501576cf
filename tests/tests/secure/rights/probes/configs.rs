//! Configs of everything that has some.

use protocol::messages::alter_configs as alter;
use protocol::messages::describe_configs::{DescribeConfigsRequest, DescribeConfigsResource};
use protocol::messages::incremental_alter_configs as incremental;
use protocol::messages::list_config_resources::ListConfigResourcesRequest;

use super::Probing;

impl Probing {
    pub(super) async fn configs(&mut self) {
        let resources: [(i8, String, &str, &str, [&'static str; 3]); 5] = [
            (
                2,
                self.topic.clone(),
                "retention.ms",
                "1000",
                [
                    "DescribeConfigs, topic",
                    "IncrementalAlterConfigs, topic",
                    "AlterConfigs, topic",
                ],
            ),
            (
                4,
                "1".to_owned(),
                "log.retention.ms",
                "1000",
                [
                    "DescribeConfigs, broker",
                    "IncrementalAlterConfigs, broker",
                    "AlterConfigs, broker",
                ],
            ),
            (
                8,
                "1".to_owned(),
                "no.such.logger",
                "INFO",
                [
                    "DescribeConfigs, loggers",
                    "IncrementalAlterConfigs, loggers",
                    "AlterConfigs, loggers",
                ],
            ),
            (
                16,
                self.own("metrics"),
                "interval.ms",
                "1000",
                [
                    "DescribeConfigs, client metrics",
                    "IncrementalAlterConfigs, client metrics",
                    "AlterConfigs, client metrics",
                ],
            ),
            (
                32,
                self.own("group"),
                "consumer.session.timeout.ms",
                "50000",
                [
                    "DescribeConfigs, group",
                    "IncrementalAlterConfigs, group",
                    "AlterConfigs, group",
                ],
            ),
        ];
        for (resource_type, resource_name, name, value, [describe, increment, replace]) in resources {
            let request = DescribeConfigsRequest {
                resources: vec![DescribeConfigsResource {
                    resource_type,
                    resource_name: resource_name.clone(),
                    configuration_keys: Some(vec![name.to_owned()]),
                }],
                ..DescribeConfigsRequest::default()
            };
            self.ask(describe, request).await;
            let request = incremental::IncrementalAlterConfigsRequest {
                resources: vec![incremental::AlterConfigsResource {
                    resource_type,
                    resource_name: resource_name.clone(),
                    configs: vec![incremental::AlterableConfig {
                        name: name.to_owned(),
                        config_operation: 0,
                        value: Some(value.to_owned()),
                    }],
                }],
                validate_only: true,
            };
            self.ask(increment, request).await;
            let request = alter::AlterConfigsRequest {
                resources: vec![alter::AlterConfigsResource {
                    resource_type,
                    resource_name,
                    configs: vec![alter::AlterableConfig {
                        name: name.to_owned(),
                        value: Some(value.to_owned()),
                    }],
                }],
                validate_only: true,
            };
            self.ask(replace, request).await;
        }
        let all = ListConfigResourcesRequest::default();
        self.ask("ListConfigResources", all).await;
    }
}
