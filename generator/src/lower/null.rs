//! What schemas say of `null`: by themselves, by their parts, by a part that says nothing else.

use std::collections::BTreeSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind};

use super::Lowering;
use super::keywords::Keywords;
use super::schema::is_nullable;
use crate::diag::Pointer;

/// Compositions of more parts than this are not looked through for `null`.
const MOST_PARTS: usize = 64;

/// What a schema says of `null`; the later word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Null {
    /// Nothing.
    Open,
    /// It is allowed.
    Said,
    /// It is not.
    Forbidden,
    /// It is allowed, by a part that says nothing else: whoever wrote it had no other reason to.
    Meant,
}

impl Null {
    pub(super) fn admits(self) -> bool {
        matches!(self, Self::Said | Self::Meant)
    }
}

impl<'a> Lowering<'a> {
    /// Whether a schema says that its value may be `null`, by itself or by all of its parts.
    pub(super) fn admits_null(&self, schema: &'a Schema, keywords: &Keywords<'a>) -> bool {
        is_nullable(schema, keywords) || self.null(schema, &mut BTreeSet::new()).admits()
    }

    /// What a schema says of `null`. Of several parts, each may forbid it.
    pub(super) fn null(&self, schema: &'a Schema, seen: &mut BTreeSet<*const Schema>) -> Null {
        let keywords = Keywords::of(schema);
        if is_nullable(schema, &keywords) {
            let is_all = schema.schema_kind == SchemaKind::Any(AnySchema::default());
            return if is_all { Null::Meant } else { Null::Said };
        }
        if keywords.ty.is_some() || !keywords.values.is_empty() || seen.len() > MOST_PARTS {
            return Null::Forbidden;
        }
        let parts = keywords.all_of.iter().filter_map(|part| self.resolve(part, Pointer::root()));
        let mut said = Null::Open;
        for (part, _) in parts {
            if seen.insert(part) {
                said = said.max(self.null(part, seen));
            }
        }
        let forbid = |parts: &'a [ReferenceOr<Schema>]| self.all_forbid_null(parts, seen);
        let is_forbidden = [keywords.one_of, keywords.any_of].into_iter().any(forbid);
        if is_forbidden { Null::Forbidden } else { said }
    }

    /// Whether none of the parts of a choice takes `null`.
    fn all_forbid_null(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        seen: &mut BTreeSet<*const Schema>,
    ) -> bool {
        let mut forbids = |part: &'a ReferenceOr<Schema>| {
            let part = self.resolve(part, Pointer::root());
            part.is_some_and(|(part, _)| {
                seen.insert(part) && self.null(part, seen) == Null::Forbidden
            })
        };
        !parts.is_empty() && parts.iter().all(&mut forbids)
    }
}
