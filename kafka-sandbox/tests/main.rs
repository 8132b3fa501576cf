//! The cluster as its clients meet it: requests as bytes, answers as bytes, and a clock that moves when it is told to.
#![allow(clippy::unwrap_used)]

mod support;

mod acls;
mod configs;
mod counting;
mod faults;
mod faults_by_clients;
mod faults_by_rule;
mod features;
mod fetches;
mod groups;
mod hostile;
mod lagging;
mod links;
mod metadata;
mod offsets;
mod plausible;
mod quotas;
mod records;
mod replicas;
mod restarts;
mod sasl;
mod shell;
mod topics;
mod transactions;
mod upkeep;
mod users;
mod wording;
