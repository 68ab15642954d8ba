//! Links: what a response knows of a call that may follow.

use indexmap::IndexMap;
use openapiv3::{Link as Source, LinkOperation, ReferenceOr};

use super::Lowering;
use super::parameter::component;
use crate::ir::{Link, Linked};

impl<'a> Lowering<'a> {
    /// The links of a response.
    pub(super) fn links(&self, links: &'a IndexMap<String, ReferenceOr<Source>>) -> Vec<Link> {
        let found =
            links.iter().filter_map(|(name, link)| Some(lowered(name, self.link_of(link)?)));
        found.collect()
    }

    fn link_of(&self, link: &'a ReferenceOr<Source>) -> Option<&'a Source> {
        let mut link = link;
        // A chain of references is finite: the source stage has refused cycles.
        loop {
            match link {
                ReferenceOr::Item(item) => return Some(item),
                ReferenceOr::Reference { reference } => {
                    let name = component(reference, "links")?;
                    link = self.document.openapi.components.as_ref()?.links.get(&name)?;
                }
            }
        }
    }
}

fn lowered(name: &str, link: &Source) -> Link {
    let parameters = link.parameters.iter();
    Link {
        name: name.to_owned(),
        operation: match &link.operation {
            LinkOperation::OperationId(id) => Linked::Id(id.clone()),
            LinkOperation::OperationRef(reference) => Linked::Ref(reference.clone()),
        },
        description: link.description.clone(),
        parameters: parameters.map(|(name, value)| (name.clone(), value.clone())).collect(),
        body: link.request_body.clone(),
    }
}
