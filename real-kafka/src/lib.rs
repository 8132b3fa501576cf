//! Starts a real Apache Kafka.
