use protocol::records::Header;

/// A record on its way out. Borrows everything: it is encoded into its batch at once.
///
/// ```
/// use kafka_client::produce::Record;
///
/// let record = Record::to("orders").key("42").value(r#"{"total": 9}"#);
/// assert_eq!(record.key, Some(&b"42"[..]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition; none lets the partitioner choose.
    pub partition: Option<i32>,
    /// The key; none is not the same as an empty one. Records with the same key go to the same partition.
    pub key: Option<&'a [u8]>,
    /// The value; none is a tombstone, which is not the same as an empty value.
    pub value: Option<&'a [u8]>,
    /// Headers, in order; names may repeat.
    pub headers: &'a [Header<'a>],
    /// When the record happened, in milliseconds since 1970; none takes the time of sending.
    pub timestamp: Option<i64>,
}

impl<'a> Record<'a> {
    /// A record of `topic` without key, value and headers.
    #[inline]
    pub fn to(topic: &'a str) -> Self {
        Self {
            topic,
            partition: None,
            key: None,
            value: None,
            headers: &[],
            timestamp: None,
        }
    }

    /// Sets the key.
    #[inline]
    #[must_use]
    pub fn key<K: AsRef<[u8]> + ?Sized>(mut self, key: &'a K) -> Self {
        self.key = Some(key.as_ref());
        self
    }

    /// Sets the value.
    #[inline]
    #[must_use]
    pub fn value<V: AsRef<[u8]> + ?Sized>(mut self, value: &'a V) -> Self {
        self.value = Some(value.as_ref());
        self
    }

    /// Sets the partition.
    #[inline]
    #[must_use]
    pub fn partition(mut self, partition: i32) -> Self {
        self.partition = Some(partition);
        self
    }

    /// Sets the headers.
    #[inline]
    #[must_use]
    pub fn headers(mut self, headers: &'a [Header<'a>]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets the timestamp, in milliseconds since 1970.
    #[inline]
    #[must_use]
    pub fn timestamp(mut self, unix_ms: i64) -> Self {
        self.timestamp = Some(unix_ms);
        self
    }
}
