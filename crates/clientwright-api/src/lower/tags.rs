//! What tells shapes apart that no discriminator names.
//!
//! In: the shapes of a choice with their members. Out: a property that all have with values of their own, members that
//! only one has, and whether shapes may be taken for one another. Never happens: a tag that two shapes share.

use std::collections::BTreeSet;

use clientwright_document::model::JsonType;

use super::union::{Candidate, Member};

/// The property that every object has, with values that no other has.
pub(super) fn inferred_tags(candidates: &[Candidate]) -> Vec<Option<(String, Vec<String>)>> {
    let objects: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.is_object()).collect();
    let first = objects.first().filter(|_| objects.len() > 1);
    for Member { key, .. } in first.iter().flat_map(|first| &first.members) {
        let texts = |candidate: &Candidate| {
            let member = candidate.members.iter().find(|member| member.key == *key && member.required);
            member.map(|member| member.texts.clone()).filter(|texts| !texts.is_empty())
        };
        let Some(found) = objects.iter().map(|candidate| texts(candidate)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let all: BTreeSet<&String> = found.iter().flatten().collect();
        if all.len() == found.iter().map(Vec::len).sum::<usize>() {
            let tag = |candidate: &Candidate| Some((key.clone(), texts(candidate).filter(|_| candidate.is_object())?));
            return candidates.iter().map(tag).collect();
        }
    }
    candidates.iter().map(|_| None).collect()
}

/// The members that a candidate always has and no other knows; two are enough.
pub(super) fn own_keys(candidates: &[Candidate], candidate: &Candidate) -> Vec<String> {
    let others = || candidates.iter().filter(|other| other.chosen.schema != candidate.chosen.schema);
    let unknown = |key: &String| !others().any(|other| other.members.iter().any(|member| member.key == *key));
    let required = candidate.members.iter().filter(|member| member.required).map(|member| &member.key);
    required.filter(|key| unknown(key)).take(2).cloned().collect()
}

/// Whether two choices, objects apart, may be the same kind of value.
pub(super) fn kinds_meet(candidates: &[Candidate]) -> bool {
    let mut kinds: Vec<JsonType> = Vec::new();
    candidates.iter().filter(|candidate| !candidate.is_object()).any(|candidate| match candidate.test.kind {
        None => true,
        Some(kind) => {
            kinds.contains(&kind) || {
                kinds.push(kind);
                false
            }
        }
    })
}
