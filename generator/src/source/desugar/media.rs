//! The names of media types.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Mapping, Node};
use super::Context;

/// Words that stand for a media type.
const WORDS: &[(&str, &str)] = &[("json", "application/json"), ("xml", "application/xml")];

/// `json:` becomes `application/json:`, `application/json charset=utf-8:` becomes
/// `application/json; charset=utf-8:`, and `application/json, text/json:`, which is a list where
/// each belongs on its own, its first.
pub(super) fn names(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let Shape::Map(Shape::Object(Kind::MediaType)) = shape else { return };
    let Some(content) = node.mapping_mut() else { return };
    let odd = content.keys().filter_map(|key| Some((key.to_owned(), meant(key)?)));
    for (key, meant) in odd.collect::<Vec<_>>() {
        let place = at.key(&key).place();
        let message = format!("`{key}` is no media type; `{meant}` is taken to be meant");
        let help = match content.contains(&meant) {
            true => "it is left out, because that is there already",
            false => "write one media type, in full",
        };
        context.warn_key("media-type", place.clone(), &message, help);
        if content.contains(&meant) {
            content.take(&key);
        } else if let Some(media) = content.get_mut(&key) {
            *media = std::mem::take(media).moved_from(place);
            content.rename(&key, meant);
        }
    }
}

/// `content: text/plain` and `content: [text/plain]` become `content: { text/plain: {} }`.
pub(super) fn alone(shape: Shape, node: &mut Node, at: &Cursor, context: &mut Context) {
    let Shape::Map(Shape::Object(Kind::MediaType)) = shape else { return };
    let names: Option<Vec<String>> = match (&node.value, node.sequence()) {
        (_, Some(items)) => items.iter().map(|it| it.str().map(str::to_owned)).collect(),
        _ => node.str().map(|name| vec![name.to_owned()]),
    };
    let Some(names) = names.filter(|names| names.iter().all(|name| name.contains('/'))) else {
        return;
    };
    let message = format!("`content` should be an object, not {}", node.describe());
    let help = "it is read as the media type; write what the body is, too";
    context.warn("wrong-scalar", at.place(), &message, help);
    let media = |name| (name, Node::from(Mapping::new()).moved_from(at.place()));
    *node = Node::from(Mapping::from_iter(names.into_iter().map(media))).moved_from(at.place());
}

fn meant(key: &str) -> Option<String> {
    if let Some((_, meant)) = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(key)) {
        return Some((*meant).to_owned());
    }
    if let Some((name, parameter)) = key.split_once(' ')
        && name.contains('/')
        && !name.contains([',', ';'])
        && parameter.contains('=')
    {
        return Some(format!("{name}; {}", parameter.trim()));
    }
    // Within quotes, a comma belongs to a parameter.
    let (first, _) = key.split_once(',').filter(|_| !key.contains('"'))?;
    let first = first.trim();
    first.contains('/').then(|| first.to_owned())
}
