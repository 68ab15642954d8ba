//! Which way the values of a type travel: who builds them, the caller or the server.

use std::collections::BTreeSet;

use crate::ir::{Api, Operation, TypeId};

/// The types that only arrive: responses hold them, and no request does.
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
        let sent = reached(api, Operation::each_sent_id);
        let received = reached(api, Operation::each_received_id);
        Self(received.difference(&sent).copied().collect())
    }
}

/// The types that operations name, and all that these are made of.
fn reached(api: &Api, named: fn(&Operation, &mut dyn FnMut(TypeId))) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    api.operations.iter().for_each(|operation| named(operation, &mut |id| open.push(id)));
    while let Some(id) = open.pop() {
        if let (true, Some(def)) = (reached.insert(id), api.ty(id)) {
            def.each_id(&mut |part| open.push(part));
        }
    }
    reached
}
