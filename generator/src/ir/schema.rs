//! The types of an API.

use serde_json::Value;

use super::Status;
use super::rule::{Choice, Rule};
use crate::diag::Place;

/// The index of a type among the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type with a name of its own.
#[derive(Debug)]
pub struct TypeDef {
    /// What it is named after.
    pub origin: Origin,
    /// Where it stands.
    pub place: Place,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What holds for every value of it, where it is an enum or another name for a type.
    pub rules: Vec<Rule>,
    /// What it is.
    pub shape: Shape,
}

/// What a type is named after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A schema among the components.
    Component(String),
    /// A schema that stands in a property (or the items, or the values) of another type.
    Property(TypeId, String),
    /// A schema that stands in a component of another kind, which operations share.
    Shared(Kind, String),
    /// The body of errors of several operations, which have these statuses.
    Errors(Vec<Status>),
    /// A schema that stands in an operation: its id, and the part of it.
    Operation(String, Part),
}

/// What a component is that is no schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Of `components/headers`, or a header of a response of `components/responses`.
    Header,
    /// Of `components/parameters`.
    Parameter,
    /// Of `components/requestBodies`.
    Body,
    /// Of `components/responses`.
    Response,
}

impl Kind {
    /// What components of this kind stand among.
    pub fn group(self) -> &'static str {
        match self {
            Self::Header => "headers",
            Self::Parameter => "parameters",
            Self::Body => "requestBodies",
            Self::Response => "responses",
        }
    }
}

/// The part of an operation that a schema stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A parameter of that name, or a header of a response.
    Named(String),
    /// The body of the request.
    Request,
    /// The body that a webhook or a callback carries.
    Payload,
    /// The body of the first response of success.
    Response,
    /// The body of another response.
    Status(Status),
    /// An item of a part that is an array.
    Item(Box<Part>),
}

impl Origin {
    /// What the items of an array are named after that is named after this: what a body is called
    /// is the body as a whole. Of parameters and properties, each item is what the name says.
    #[must_use]
    pub fn item(self) -> Self {
        match self {
            Self::Shared(kind @ (Kind::Response | Kind::Body), name) => {
                Self::Shared(kind, format!("{name} item"))
            }
            Self::Operation(id, part) if !matches!(part, Part::Named(_)) => {
                Self::Operation(id, Part::Item(Box::new(part)))
            }
            other => other,
        }
    }
}

/// What a type is.
#[derive(Debug)]
pub enum Shape {
    /// An object with properties.
    Struct(Struct),
    /// A string of a list.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
    /// A type of its own around another one: a list, a map or a tuple that holds itself, or that
    /// too many others hold.
    Newtype(TypeRef),
}

/// An object with properties.
#[derive(Debug, Default)]
pub struct Struct {
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// What may stand beside them.
    pub rest: Rest,
    /// Rules on the object as a whole.
    pub rules: Vec<Rule>,
}

/// What may stand in an object beside its properties.
#[derive(Debug, Default)]
pub enum Rest {
    /// Anything.
    #[default]
    Open,
    /// Nothing.
    Closed,
    /// Values of a type, with rules.
    Typed(TypeRef, Vec<Rule>),
}

/// A property, a parameter or a header.
#[derive(Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub presence: Presence,
    /// The one way that its values travel: `readOnly` or `writeOnly`.
    pub way: Option<Way>,
    /// The one way in which it must be there: required, and `readOnly` or `writeOnly`. Where the
    /// type travels the other way too, it is optional.
    pub required_in: Option<Way>,
    /// What its value must keep to.
    pub rules: Vec<Rule>,
    /// Whether its value is kept out of everything that is printed.
    pub secret: bool,
    /// `description`.
    pub description: Option<String>,
    /// `default`.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The one value that it can have here, such as the tag of a union's variant.
    pub fixed: Option<Value>,
    /// Where it stands.
    pub place: Place,
}

impl Field {
    /// Values of it travel one way only, if there is such: the other way must do without.
    pub fn only_in(&mut self, way: Option<Way>) {
        self.way = way;
        if let (Some(way), Presence::Required) = (way, self.presence) {
            self.presence = Presence::Optional;
            self.required_in = Some(way);
        }
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Not always.
    Optional,
}

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In a request.
    Sent,
    /// In a response, or with a webhook.
    Received,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// A scalar.
    Prim(Prim),
    /// An array.
    List(Box<TypeRef>),
    /// An object of which only the values are typed.
    Map(Box<TypeRef>),
    /// A value that may be `null`.
    Nullable(Box<TypeRef>),
    /// An array of so many items, each of a type of its own.
    Tuple(Vec<TypeRef>),
    /// An array whose first items have types of their own, of which the last may be missing.
    Prefixed(Vec<TypeRef>, Box<TypeRef>),
    /// A type with a name of its own.
    Named(TypeId),
    /// Any JSON.
    Json,
}

/// A scalar type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prim {
    /// A string.
    String,
    /// A string of `format: binary` that is a part of a multipart body: a file.
    File,
    /// A boolean.
    Bool,
    /// An integer of 8 bits.
    I8,
    /// An integer of 16 bits.
    I16,
    /// An integer of 32 bits.
    I32,
    /// An integer of 64 bits, which is also what an integer without format is.
    I64,
    /// An unsigned integer of 8 bits.
    U8,
    /// An unsigned integer of 16 bits.
    U16,
    /// An unsigned integer of 32 bits.
    U32,
    /// An unsigned integer of 64 bits.
    U64,
    /// An integer of which the document shows that neither kind of 64 bits holds it.
    I128,
    /// A number.
    F64,
    /// `null`.
    Null,
    /// A string of `format: uuid`.
    Uuid,
    /// A string that is read as something else, because the user said so.
    Text(Text),
}

impl Prim {
    /// Whether it is an integer.
    pub fn is_integer(self) -> bool {
        self.range().is_some()
    }

    /// Whether every value of this integer is one of the other.
    pub fn fits(self, other: Self) -> bool {
        let (Some((below, above)), Some((least, most))) = (self.range(), other.range()) else {
            return false;
        };
        below <= least && above <= most
    }

    /// How far an integer goes below zero and above it, as powers of two.
    fn range(self) -> Option<(u32, u32)> {
        Some(match self {
            Self::I8 => (7, 7),
            Self::I16 => (15, 15),
            Self::I32 => (31, 31),
            Self::I64 => (63, 63),
            Self::I128 => (127, 127),
            Self::U8 => (0, 8),
            Self::U16 => (0, 16),
            Self::U32 => (0, 32),
            Self::U64 => (0, 64),
            Self::String | Self::File | Self::Bool | Self::F64 => return None,
            Self::Null | Self::Uuid | Self::Text(_) => return None,
        })
    }
}

/// What a string is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// An instant.
    Timestamp,
    /// A day.
    Date,
    /// A day and a time, wherever.
    DateTime,
    /// A time of a day.
    Time,
    /// An absolute URL.
    Url,
    /// A decimal number.
    Decimal,
    /// Bytes in base64.
    Base64,
}

/// A string of a list.
#[derive(Debug)]
pub struct Enum {
    /// The values, in the document's order, each once.
    pub values: Vec<EnumValue>,
    /// Whether the document allows other values too.
    pub open: bool,
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: String,
    /// What it means, where the document says so.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Debug)]
pub struct Union {
    /// How the variants are told apart.
    pub select: Select,
    /// The variants, in the document's order.
    pub variants: Vec<Variant>,
    /// What decides, where a value may be of several variants.
    pub choice: Option<Choice>,
}

/// How the variants of a union are told apart.
#[derive(Debug)]
pub enum Select {
    /// By the value of a property, the discriminator.
    Tag {
        /// The name of the property.
        property: String,
        /// The variant that is meant by any value that no variant lists, and by none.
        default: Option<usize>,
    },
    /// By what the value looks like.
    Structure,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The values of the discriminator that mean it.
    pub tags: Vec<String>,
    /// What it may be called after: the title or the name of its schema.
    pub title: Option<String>,
    /// What the document says of it.
    pub description: Option<String>,
    /// What it holds.
    pub ty: TypeRef,
    /// What its value must keep to as this variant.
    pub rules: Vec<Rule>,
    /// Whether its value is kept out of everything that is printed.
    pub secret: bool,
}
