//! Scripts: input at a moment, output at a moment. Each names the situation of a connection that it plays.

mod authentication;
mod established;
mod negotiation;
mod script;
