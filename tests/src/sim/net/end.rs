/// An end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    Broker,
    Client,
}

impl End {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Broker => Self::Client,
            Self::Client => Self::Broker,
        }
    }
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closing {
    /// In order: what was sent before arrives.
    Finished,
    /// Abruptly.
    Reset,
}
