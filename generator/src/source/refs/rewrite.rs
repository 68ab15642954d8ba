//! Carries out a [`Plan`]: copies components in, replaces references, inlines what 3.0 cannot share.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node, Value};
use super::super::walk::{DEEPEST, Then, walk_mut};
use super::plan::{Meaning, Plan, is_left_out};
use super::sources::Sources;
use crate::diag::{Diagnostic, FileId, Place, Pointer, Sink};

/// Beyond this a document is a bomb.
const MOST_COPIES: usize = 100_000;

/// Makes the one tree.
pub(super) fn rewrite(root: FileId, sources: &mut Sources, plan: &Plan, sink: &mut Sink) -> Node {
    let hoisted = copies(sources, plan);
    // Copies are made of the root as it was read; nearly no document needs that.
    let pristine = if plan.copies_from(root) { sources.tree(root).cloned() } else { None };
    let mut tree = sources.take(root);
    let mut rewriter = Rewriter { root, pristine, sources, plan, sink, copies: 0 };
    let start = Place::new(root, Pointer::root());
    rewriter.document(&mut tree, hoisted, &Cursor::Start(&start));
    tree
}

/// The components that are to be, by section; names in order of discovery.
type Hoisted = Vec<(&'static str, String, Node)>;

fn copies(sources: &Sources, plan: &Plan) -> Hoisted {
    let copies = plan.hoists.iter().filter_map(|hoist| {
        let node = sources.node(&hoist.target)?.clone();
        let node = node.moved_from(hoist.target.clone());
        Some((hoist.kind.section()?, hoist.name.clone(), node))
    });
    copies.collect()
}

struct Rewriter<'r, 'f> {
    root: FileId,
    pristine: Option<Node>,
    sources: &'r Sources<'f>,
    plan: &'r Plan,
    sink: &'r mut Sink,
    copies: usize,
}

/// Whether a walk starts at something that is itself a component, and so must not be made a
/// reference to itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Component,
    Elsewhere,
}

impl Rewriter<'_, '_> {
    fn document(&mut self, tree: &mut Node, hoisted: Hoisted, at: &Cursor) {
        let Some(document) = tree.mapping_mut() else { return };
        if !hoisted.is_empty() && is_nothing(document.get("components")) {
            document.set("components", Mapping::new());
        }
        let mut components = document.get_mut("components").map(std::mem::take);
        if let Some(Value::Mapping(components)) = components.as_mut().map(|it| &mut it.value) {
            place_copies(components, hoisted);
            self.components(components, &at.key("components"));
        }
        self.run(Shape::Object(Kind::OpenApi), tree, at, Start::Elsewhere);
        if let (Some(document), Some(components)) = (tree.mapping_mut(), components) {
            document.set("components", components);
        }
    }

    fn components(&mut self, components: &mut Mapping, at: &Cursor) {
        for (section, node) in components.iter_mut() {
            let at = at.key(section);
            let shape = Kind::Components.shape_of(section);
            match shape {
                Shape::Map(Shape::RefOr(kind)) => {
                    self.leave_out(shape, node, &at);
                    let entries = node.mapping_mut().into_iter().flat_map(Mapping::iter_mut);
                    for (name, node) in entries {
                        self.run(Shape::RefOr(*kind), node, &at.key(name), Start::Component);
                    }
                }
                Shape::Any => {}
                _ => self.run(shape, node, &at, Start::Elsewhere),
            }
        }
    }

    fn run(&mut self, shape: Shape, node: &mut Node, at: &Cursor, start: Start) {
        let mut around = Around::default();
        walk_mut(shape, node, at, &mut |shape, node, at, depth| {
            around.come_to(shape, depth);
            if around.is_further() && is_copied(shape) && node.reference().is_some() {
                *node = nothing(shape).moved_from(at.place());
                return Then::Skip;
            }
            let is_start = depth == 0 && start == Start::Component;
            let moved = shape.component().filter(|_| !is_start);
            if let Some(reference) = moved.and_then(|kind| self.plan.moved(kind, at)) {
                *node = referring(&reference).moved_from(at.place());
                return Then::Skip;
            }
            self.leave_out(shape, node, at);
            self.node(shape, node, at, depth)
        });
    }

    /// Takes out what refers to nowhere and is missed by nobody, of a map of such.
    fn leave_out(&self, shape: Shape, node: &mut Node, at: &Cursor) {
        let Shape::Map(shape) = shape else { return };
        let Some(entries) = node.mapping_mut().filter(|_| is_left_out(*shape)) else { return };
        entries.retain(|_, entry| {
            let file = entry.origin().map_or(at.file(), |place| place.file);
            let reference = entry.reference();
            reference.is_none_or(|it| self.plan.meaning(file, it, *shape).is_some())
        });
    }

    fn node(&mut self, shape: Shape, node: &mut Node, at: &Cursor, depth: usize) -> Then {
        let mut file = at.file();
        // A copy may be a reference again.
        for _ in 0..DEEPEST {
            let Some(reference) = node.reference() else { break };
            match self.plan.meaning(file, reference, shape) {
                Some(Meaning::Component(reference)) => {
                    if let Some(mapping) = node.mapping_mut() {
                        mapping.set("$ref", reference.as_str());
                    }
                    return Then::Descend;
                }
                Some(Meaning::Inline(target)) => {
                    if !self.inline(node, target, at, depth) {
                        return Then::Skip;
                    }
                    file = target.file;
                }
                Some(Meaning::Instead(value)) => {
                    *node = value.clone().moved_from(at.place());
                    return Then::Descend;
                }
                None => return Then::Skip,
            }
        }
        if shape == Shape::Object(Kind::Discriminator) {
            self.mapping(node, file);
        }
        Then::Descend
    }

    fn inline(&mut self, node: &mut Node, target: &Place, at: &Cursor, depth: usize) -> bool {
        self.copies += 1;
        if self.copies > MOST_COPIES || depth > DEEPEST - 2 {
            // Once is enough: the first stops all that follow.
            if self.copies <= MOST_COPIES + 1 {
                let message = "what this refers to refers back to this, and would have to be copied without end";
                let help =
                    "only components (schemas, parameters, responses ...) may refer to themselves";
                let error = Diagnostic::error("ref-cycle", message);
                self.sink.report(error.at(at.place().child("$ref")).help(help));
            }
            self.copies = MOST_COPIES + 1;
            return false;
        }
        let copied = match &self.pristine {
            Some(root) if target.file == self.root => root.find(&target.pointer),
            _ => self.sources.node(target),
        };
        let Some(copied) = copied.cloned() else { return false };
        // What was copied before is another's.
        let from = node.origin().cloned();
        let from = from.as_ref().map(Cursor::Start);
        let at = from.as_ref().unwrap_or(at);
        let holder = std::mem::replace(node, copied.moved_from(target.clone()));
        add_siblings(node, holder, at);
        true
    }

    fn mapping(&self, discriminator: &mut Node, file: FileId) {
        let mapping = discriminator.mapping_mut().and_then(|it| it.get_mut("mapping"));
        let entries = mapping.and_then(Node::mapping_mut);
        for (_, node) in entries.into_iter().flat_map(Mapping::iter_mut) {
            let shape = Shape::RefOr(Kind::Schema);
            let meaning = node.str().and_then(|text| self.plan.meaning(file, text, shape));
            if let Some(Meaning::Component(reference)) = meaning {
                node.value = Value::from(reference.as_str());
            }
        }
    }
}

/// The callbacks of an operation.
const CALLBACKS: Shape = Shape::Map(&Shape::Object(Kind::Callback));

/// The callbacks around what a walk has come to, by their depths.
///
/// A callback may have callbacks in turn, and reach itself through them. Nobody reads those: they are
/// requests to a server that is not described here. So they are not copied, and a circle ends where
/// it comes round.
#[derive(Default)]
struct Around(Vec<usize>);

impl Around {
    fn come_to(&mut self, shape: Shape, depth: usize) {
        while self.0.last().is_some_and(|around| *around >= depth) {
            self.0.pop();
        }
        if shape == CALLBACKS {
            self.0.push(depth);
        }
    }

    /// Whether this is among the callbacks of a callback.
    fn is_further(&self) -> bool {
        self.0.len() > 1
    }
}

/// Whether references to such an object are replaced by what may hold callbacks.
fn is_copied(shape: Shape) -> bool {
    let kinds = [Kind::Callback, Kind::PathItem, Kind::Operation];
    shape == CALLBACKS || kinds.iter().any(|kind| shape == Shape::Object(*kind))
}

/// An object of that shape that says nothing.
fn nothing(shape: Shape) -> Node {
    let mut object = Mapping::new();
    if shape == Shape::Object(Kind::Operation) {
        object.set("responses", Mapping::new());
    }
    object.into()
}

/// Whether there is nothing where an object belongs, or what is read as an empty one.
fn is_nothing(node: Option<&Node>) -> bool {
    let is_empty = |node: &Node| node.sequence().is_some_and(<[Node]>::is_empty);
    node.is_none_or(|node| node.is_null() || is_empty(node))
}

/// Puts each copy where it belongs: in the place of the alias that lent its name, or at the end.
fn place_copies(components: &mut Mapping, hoisted: Hoisted) {
    for (section, name, node) in hoisted {
        if is_nothing(components.get(section)) {
            components.set(section, Mapping::new());
        }
        if let Some(mapping) = components.get_mut(section).and_then(Node::mapping_mut) {
            mapping.set(name, node);
        }
    }
}

/// What stands beside a `$ref` that is inlined goes before what the target says; parameters that the
/// target alone has stay.
fn add_siblings(node: &mut Node, holder: Node, at: &Cursor) {
    let origin = node.origin().cloned();
    let (Some(mapping), Value::Mapping(holder)) = (node.mapping_mut(), holder.value) else {
        return;
    };
    for (key, sibling) in *holder {
        if key == "$ref" {
            continue;
        }
        let place = at.key(&key).place();
        let mut sibling = sibling.moved_from(place.clone());
        let target = mapping.get("parameters").and_then(Node::sequence);
        if let Some(target) = target.filter(|_| key == "parameters")
            && let (Some(own), Some(origin)) = (sibling.sequence_mut(), &origin)
        {
            let from = |place: &Place, index: usize, node: &Node| {
                node.clone().moved_from(place.index(index))
            };
            let origin = origin.child("parameters");
            let target = target.iter().enumerate().map(|(index, node)| from(&origin, index, node));
            let target: Vec<Node> = target.collect();
            for (index, node) in own.iter_mut().enumerate() {
                *node = from(&place, index, node);
            }
            add_parameters(own, &target);
        }
        mapping.set(key, sibling);
    }
}

/// Adds parameters to a list, but for those that are in it by name and location.
pub(in crate::source) fn add_parameters(own: &mut Vec<Node>, others: &[Node]) {
    for other in others {
        if !own.iter().any(|own| is_same_parameter(own, other)) {
            own.push(other.clone());
        }
    }
}

fn is_same_parameter(one: &Node, other: &Node) -> bool {
    let key = |node: &Node, key: &str| node.child(key).and_then(Node::str).map(str::to_owned);
    let (name, at) = (key(one, "name"), key(one, "in"));
    match one.reference() {
        Some(reference) => other.reference() == Some(reference),
        None => name.is_some() && name == key(other, "name") && at == key(other, "in"),
    }
}

fn referring(reference: &str) -> Node {
    Mapping::from_iter([("$ref".to_owned(), Node::from(reference))]).into()
}
