//! What the names of media types say, to whoever reads a document.

/// A media type without its parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, whatever its parameters: `application/json`, `text/json`,
/// `application/problem+json`, but not `application/json-seq`.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map(|(_, subtype)| subtype);
    subtype.is_some_and(|it| it == "json" || it.ends_with("+json"))
}

/// Whether a parameter of a media type is no more than a text: one of any type, too, where its schema
/// says so.
pub(crate) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "*/*" || (essence.starts_with("text/") && !is_json(&essence))
}
