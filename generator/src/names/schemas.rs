//! Names of the statics of schemas that rules refer to.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::scope::Scope;
use super::words;
use crate::ir::{Api, SchemaId};

/// The statics, by their schema.
pub(super) fn names(api: &Api) -> BTreeMap<SchemaId, Ident> {
    let mut scope = Scope::new(&[]);
    let all = api.schemas.iter().enumerate();
    all.map(|(index, schema)| {
        let wanted = words::shouty(&schema.name);
        (SchemaId(index), scope.claim(&wanted, "SCHEMA"))
    })
    .collect()
}
