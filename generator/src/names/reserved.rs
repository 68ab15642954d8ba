//! Names that a document cannot have, and why.

/// Keywords of Rust 2024, strict and reserved; they become raw identifiers.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw.
pub(super) const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// What the prelude of Rust 2024 holds of types, traits and variants: a type of such a name would
/// hide it from everyone who imports the module.
pub(super) const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Variants that every generated enum has.
pub(super) const VARIANTS: &[&str] = &["Unknown"];

/// What files without models import of what stands in signatures; models may have these names.
pub(super) const OUTER: &[&str] = &[
    "BTreeMap",
    "Base64",
    "FilePart",
    "Null",
    "Prefixed",
    "Spelled",
    "UnknownFields",
    "Uuid",
    "Value",
];

/// What the files of a client import.
pub(super) const CLIENT_TYPES: &[&str] = &[
    "Api",
    "BTreeMap",
    "Base64",
    "Bytes",
    "Call",
    "Client",
    "ClientBuilder",
    "Core",
    "Draft",
    "ErrorBody",
    "FilePart",
    "Method",
    "Mismatch",
    "Null",
    "OAuth2ClientCredentials",
    "Operation",
    "Prefixed",
    "RawBody",
    "RawBytes",
    "Response",
    "ResponseBody",
    "ServerVariable",
    "Spelled",
    "StatusCode",
    "Uuid",
    "Value",
];

/// Methods that every client has.
/// `new` is what a constructor is called, and an operation makes none.
pub(super) const CLIENT_METHODS: &[&str] =
    &["builder", "clone", "core", "into", "from", "fmt", "new"];

/// Functions of the client module.
pub(super) const CLIENT_FUNCTIONS: &[&str] = &["models"];

/// Methods that every builder has.
pub(super) const BUILDER_METHODS: &[&str] =
    &["body", "clone", "dry_run", "fmt", "into_future", "new", "options", "send", "send_blocking"];

/// Crates that are there without being asked for, and those that a generated crate depends on, by
/// the names by which Rust knows them.
pub(super) const PACKAGES: &[&str] = &[
    "alloc",
    "base64",
    "bytes",
    "core",
    "futures_core",
    "http",
    "http_body",
    "httpdate",
    "jiff",
    "percent_encoding",
    "proc_macro",
    "regex_lite",
    "regress",
    "reqwest",
    "ring",
    "rust_decimal",
    "rustls",
    "rustls_pki_types",
    "rustls_platform_verifier",
    "serde",
    "serde_json",
    "std",
    "test",
    "tokio",
    "tower_service",
    "tracing",
    "url",
    "uuid",
];

/// Modules and names at the root of the generated crate, the crates that it shows there, and files
/// and folders in which cargo sees programs.
pub(super) const MODULES: &[&str] = &[
    "auth",
    "bin",
    "client",
    "error",
    "formats",
    "http",
    "jiff",
    "lib",
    "main",
    "models",
    "response",
    "retry",
    "runtime",
    "rust_decimal",
    "std",
    "transport",
    "url",
    "uuid",
    "validate",
];

/// Cargo features that every generated crate has.
pub(super) const FEATURES: &[&str] = &[
    "all_operations",
    "blocking",
    "default",
    "full",
    "oauth2",
    "oci",
    "reqwest",
    "tower",
    "tracing",
    "unreached_models",
];

/// Modules beside those of the groups, and modules and crates that the file above them imports or
/// names.
pub(super) const GROUPS: &[&str] = &[
    "bytes",
    "call",
    "client",
    "core",
    "errors",
    "field",
    "http",
    "jiff",
    "mod",
    "model",
    "models",
    "operation",
    "pattern",
    "rule",
    "rules",
    "runtime",
    "rust_decimal",
    "schemas",
    "serde",
    "serde_json",
    "std",
    "unions",
    "url",
    "uuid",
    "webhooks",
];
