use std::collections::BTreeMap;

use serde::Serialize;

use crate::app::App;
use crate::class::Class;
use crate::error::CliError;
use crate::output::{Column, Item, Listing, Section, Style, Table, or_dash};

/// A cluster.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Cluster {
    id: Option<String>,
    controller: Option<i32>,
    brokers: Vec<Broker>,
    /// The levels of features that the cluster agreed on.
    features: BTreeMap<String, i16>,
}

/// A broker.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Broker {
    id: i32,
    host: String,
    port: u16,
    rack: Option<String>,
    fenced: Option<bool>,
    controller: bool,
}

impl Item for Cluster {
    const KIND: &'static str = "ClusterInfo";

    fn name(&self) -> String {
        self.id.clone().unwrap_or_default()
    }

    fn table(items: &[Self], _: &Style) -> Table {
        let mut table = Table::new(&[
            Column::number("ID"),
            Column::text("HOST"),
            Column::number("PORT"),
            Column::text("RACK"),
            Column::text("ROLE"),
        ]);
        for broker in items.iter().flat_map(|cluster| &cluster.brokers) {
            let role = match (broker.controller, broker.fenced) {
                (_, Some(true)) => "fenced",
                (true, _) => "controller",
                (false, _) => "broker",
            };
            table.row(vec![
                broker.id.to_string(),
                broker.host.clone(),
                broker.port.to_string(),
                or_dash(broker.rack.as_deref()),
                role.to_owned(),
            ]);
        }
        table
    }

    fn sections(items: &[Self], style: &Style) -> Vec<Section> {
        let section = |cluster: &Self| {
            let mut facts = vec![
                ("Cluster", or_dash(cluster.id.as_deref())),
                ("Controller", or_dash(cluster.controller)),
                ("Brokers", cluster.brokers.len().to_string()),
            ];
            facts.extend(
                cluster
                    .features
                    .iter()
                    .map(|(name, level)| ("Feature", format!("{name}={level}"))),
            );
            Section {
                title: None,
                facts,
                table: Some(Self::table(std::slice::from_ref(cluster), style)),
            }
        };
        items.iter().map(section).collect()
    }
}

/// Runs the command.
pub async fn run(app: &App) -> Result<(), CliError> {
    let session = app.connect(Class::Read).await?;
    let admin = session.client.admin();
    let cluster = admin.describe_cluster().await?;
    // Features are the cluster's, so any broker that answers will do.
    let first = cluster
        .brokers
        .iter()
        .filter(|broker| broker.fenced != Some(true))
        .take(1)
        .map(|broker| broker.id);
    let versions = admin
        .api_versions(first)
        .await
        .into_iter()
        .find_map(|(_, result)| result.ok());
    let features = versions.map(|versions| versions.features).unwrap_or_default();
    let info = Cluster {
        id: cluster.id.clone(),
        controller: cluster.controller.map(|node| node.0),
        brokers: cluster
            .brokers
            .into_iter()
            .map(|broker| Broker {
                id: broker.id.0,
                host: broker.host,
                port: broker.port,
                rack: broker.rack,
                fenced: broker.fenced,
                controller: Some(broker.id) == cluster.controller,
            })
            .collect(),
        features: features
            .into_iter()
            .map(|feature| (feature.name, feature.level))
            .collect(),
    };
    app.output().print(&Listing::of(cluster.id, vec![info]))
}
