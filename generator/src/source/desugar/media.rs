//! The names of media types.

use super::super::model::{Kind, Shape};
use super::super::tree::{Cursor, Node};
use super::Context;

/// Words that stand for a media type.
const WORDS: &[(&str, &str)] = &[("json", "application/json"), ("xml", "application/xml")];

/// `json:` becomes `application/json:`, and `application/json, text/json:`, which is a list where
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

fn meant(key: &str) -> Option<String> {
    if let Some((_, meant)) = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(key)) {
        return Some((*meant).to_owned());
    }
    // Within quotes, a comma belongs to a parameter.
    let (first, _) = key.split_once(',').filter(|_| !key.contains('"'))?;
    let first = first.trim();
    first.contains('/').then(|| first.to_owned())
}
