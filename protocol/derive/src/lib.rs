//! Derives Kafka codecs from message structs.
