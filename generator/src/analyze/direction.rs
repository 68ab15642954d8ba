//! Which way the values of a type travel: who builds them, the caller or the server.

use std::collections::BTreeSet;

use super::reached;
use crate::ir::{Api, Operation, TypeId};

/// The types that only arrive: responses or webhooks hold them, and no request does.
///
/// What nothing holds is not among them: a caller may have a use for it.
#[derive(Debug, Default)]
pub struct Arriving(BTreeSet<TypeId>);

impl Arriving {
    /// Whether a type only arrives.
    pub fn has(&self, id: TypeId) -> bool {
        self.0.contains(&id)
    }

    pub(super) fn of(api: &Api) -> Self {
        let sent = reached::types(api, named(api, Operation::each_sent_id));
        let mut received = named(api, Operation::each_received_id);
        api.webhooks.iter().for_each(|event| event.each_id(&mut |id| received.push(id)));
        let received = reached::types(api, received);
        Self(received.difference(&sent).copied().collect())
    }
}

/// The types that operations name.
fn named(api: &Api, each: fn(&Operation, &mut dyn FnMut(TypeId))) -> Vec<TypeId> {
    let mut named = Vec::new();
    api.operations.iter().for_each(|operation| each(operation, &mut |id| named.push(id)));
    named
}
