//! Whole life cycles, with the wrong turns that can be taken in them.

mod access;
mod classic_groups;
mod configs;
mod consumer_groups;
mod fetch;
mod group_offsets;
mod metadata;
mod offsets;
mod produce;
mod topics;
