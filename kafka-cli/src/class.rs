/// What a command does to the cluster; the guards of contexts act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Changes nothing.
    Read,
    /// Writes records or commits offsets.
    Write,
    /// Changes the cluster.
    Admin,
    /// Takes something away that cannot be brought back.
    Destroy,
}
