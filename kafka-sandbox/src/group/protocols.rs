//! What members of the classic protocol can be led by.

use protocol::messages::join_group::JoinGroupRequestProtocol;
use rustc_hash::FxHashSet;

/// The names of the protocols in `wanted` that are in all of `others`, too.
///
/// It takes time by how many there are in all of them: clients may name as many as fit into a request.
pub(super) fn in_common<'a>(
    wanted: &'a [JoinGroupRequestProtocol],
    others: impl Iterator<Item = &'a [JoinGroupRequestProtocol]>,
) -> FxHashSet<&'a str> {
    let mut common: FxHashSet<&str> = wanted.iter().map(|protocol| protocol.name.as_str()).collect();
    for other in others {
        if common.is_empty() {
            break;
        }
        let names = other.iter().map(|protocol| protocol.name.as_str());
        common = names.filter(|name| common.contains(name)).collect();
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<JoinGroupRequestProtocol> {
        let protocols = names.iter().map(|&name| JoinGroupRequestProtocol {
            name: name.to_owned(),
            ..JoinGroupRequestProtocol::default()
        });
        protocols.collect()
    }

    #[test]
    fn what_all_have_is_in_common() {
        let lists = [named(&["b", "a", "c"]), named(&["c", "d", "b"])];
        let with = |wanted: &[&str]| {
            let wanted = named(wanted);
            let mut common: Vec<String> = in_common(&wanted, lists.iter().map(Vec::as_slice))
                .into_iter()
                .map(str::to_owned)
                .collect();
            common.sort_unstable();
            common
        };
        assert_eq!(with(&["a", "b", "c", "c"]), ["b", "c"]);
        assert_eq!(with(&["a", "d"]), [""; 0]);
        assert_eq!(with(&[]), [""; 0]);
    }
}
