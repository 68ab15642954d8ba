//! Bodies of `multipart/form-data` (RFC 7578), and the files in them.
//!
//! Each property of the body is a part, each item of an array one of its own. Names and file names
//! are escaped as browsers do it (the HTML standard, "multipart/form-data encoding algorithm"), so
//! that none can end its header.

use std::fmt;

use bytes::Bytes;

use super::model::{Slot, Source, View, Walk};
use super::parameters::header_value;
use super::plain::{Layout, Plain, Secrets};
use super::random;
use super::validate::{Part, Violation, push_key};

/// A file in a multipart body.
///
/// Anything that makes [`Bytes`] makes one: it is called after its property then, and is of
/// `application/octet-stream` unless the document says otherwise.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FilePart {
    bytes: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl FilePart {
    /// A file of this content.
    #[must_use]
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), file_name: None, content_type: None }
    }

    /// The name that the server sees.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type of the content.
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The name that the server sees, if one was given.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type of the content, if one was given.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl<T: Into<Bytes>> From<T> for FilePart {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} bytes]", self.bytes.len())
    }
}

/// In JSON, which has no bytes, a file is the text that it holds.
impl Slot for FilePart {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, source: &mut dyn Source) -> Walk {
        let mut text = String::new();
        source.string(&mut text)?;
        *self = Self::new(text);
        Ok(())
    }

    fn view(&self) -> View<'_> {
        View::File(self)
    }
}

/// What stands between the parts, and in none of them.
pub(crate) fn boundary() -> String {
    // Where nothing is random, at least no sane content holds it.
    let unique = random::uuid().unwrap_or_default();
    format!("part-{}", unique.simple())
}

/// The body of these properties; `content_types` are those that the document gives to parts.
pub(crate) fn encode(
    properties: &Plain,
    content_types: &[(&str, &str)],
    boundary: &str,
    secrets: Secrets,
) -> Result<Vec<u8>, Violation> {
    let mut body = Vec::new();
    let properties = match properties {
        Plain::Object(properties) => properties.as_slice(),
        _ => &[],
    };
    for (name, value) in properties {
        let documented = content_types.iter().find(|(known, _)| known == name);
        let writer = Writer { name, documented: documented.map(|(_, kind)| *kind), secrets };
        match value {
            Plain::List(items) if !writer.is_json() => {
                items.iter().try_for_each(|item| writer.part(item, boundary, &mut body))?;
            }
            value => writer.part(value, boundary, &mut body)?,
        }
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(body)
}

/// Writes the parts of a property.
struct Writer<'a> {
    name: &'a str,
    documented: Option<&'a str>,
    secrets: Secrets,
}

impl Writer<'_> {
    fn is_json(&self) -> bool {
        let essence = self.documented.and_then(|media_type| media_type.split(';').next());
        let subtype = essence.and_then(|essence| essence.trim().rsplit_once('/'));
        subtype.is_some_and(|(_, subtype)| {
            let subtype = subtype.to_ascii_lowercase();
            subtype == "json" || subtype.ends_with("+json")
        })
    }

    fn part(&self, value: &Plain, boundary: &str, body: &mut Vec<u8>) -> Result<(), Violation> {
        if matches!(value, Plain::Nothing) {
            return Ok(());
        }
        let name = escaped(self.name);
        let mut head = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"");
        if let Plain::File(file) = value {
            let file_name = file.file_name.as_deref().map_or(name, escaped);
            head.push_str(&format!("; filename=\"{file_name}\""));
        }
        if let Some(media_type) = self.content_type(value)? {
            head.push_str(&format!("\r\ncontent-type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        match (value, self.secrets) {
            (Plain::File(file), Secrets::Shown) => body.extend_from_slice(&file.bytes),
            (Plain::File(file), Secrets::Hidden) => {
                body.extend_from_slice(format!("{file:?}").as_bytes());
            }
            _ if self.is_json() => {
                body.extend_from_slice(value.to_json(Layout::Compact).as_bytes())
            }
            _ => body.extend_from_slice(value.to_text().as_bytes()),
        }
        body.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// The media type of a part; a text needs none.
    fn content_type<'a>(&'a self, value: &'a Plain) -> Result<Option<&'a str>, Violation> {
        let (given, usual) = match value {
            Plain::File(file) => (file.content_type(), Some("application/octet-stream")),
            Plain::List(_) | Plain::Object(_) => (None, Some("application/json")),
            _ => (None, None),
        };
        let media_type = given.or(self.documented).or(usual);
        match media_type {
            Some(text) if header_value(text).is_none() => {
                let mut pointer = String::new();
                push_key(&mut pointer, self.name);
                let limit = "a media type that can stand in a header";
                Err(Violation::new(Part::Body, pointer, "content-type", limit))
            }
            media_type => Ok(media_type),
        }
    }
}

/// A name as it may stand between quotes.
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for char in name.chars() {
        match char {
            '"' => escaped.push_str("%22"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            char => escaped.push(char),
        }
    }
    escaped
}
