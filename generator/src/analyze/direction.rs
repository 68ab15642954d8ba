//! Which way the values of a type travel: who builds them, the caller or the server.

use std::collections::BTreeSet;

use super::reached;
use crate::ir::{Api, Operation, Presence, Rule, Shape, TypeId, Way};

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
        let Ways { sent, received } = Ways::of(api);
        Self(received.difference(&sent).copied().collect())
    }
}

/// The types that travel each way.
struct Ways {
    sent: BTreeSet<TypeId>,
    received: BTreeSet<TypeId>,
}

impl Ways {
    fn of(api: &Api) -> Self {
        let sent = reached::types(api, named(api, Operation::each_sent_id));
        let mut received = named(api, Operation::each_received_id);
        api.webhooks.iter().for_each(|event| event.each_id(&mut |id| received.push(id)));
        Self { sent, received: reached::types(api, received) }
    }

    /// Whether a type travels that way, and no other.
    fn is_only(&self, id: TypeId, way: Way) -> bool {
        let (one, other) = match way {
            Way::Sent => (&self.sent, &self.received),
            Way::Received => (&self.received, &self.sent),
        };
        one.contains(&id) && !other.contains(&id)
    }
}

/// Decides over the properties that are required on one way only: in a type that travels no other
/// way they are required; in any other the rules of the type ask for them on that way.
pub(super) fn settle(api: &mut Api) {
    let ways = Ways::of(api);
    for (index, def) in api.types.iter_mut().enumerate() {
        let Shape::Struct(object) = &mut def.shape else { continue };
        for field in &mut object.fields {
            let Some(way) = field.required_in else { continue };
            if ways.is_only(TypeId(index), way) {
                field.presence = Presence::Required;
            } else {
                let names = object.rules.iter_mut().find_map(|rule| match rule {
                    Rule::RequiredIn(of, names) if *of == way => Some(names),
                    _ => None,
                });
                match names {
                    Some(names) => names.push(field.name.clone()),
                    None => object.rules.push(Rule::RequiredIn(way, vec![field.name.clone()])),
                }
            }
        }
    }
}

/// The types that operations name.
fn named(api: &Api, each: fn(&Operation, &mut dyn FnMut(TypeId))) -> Vec<TypeId> {
    let mut named = Vec::new();
    api.operations.iter().for_each(|operation| each(operation, &mut |id| named.push(id)));
    named
}
