//! URLs, by the WHATWG's rules.

use url::Url;

use super::spelled::Text;

impl Text for Url {
    const WHAT: &'static str = "an absolute URL";

    fn blank() -> Self {
        // It is one: there is no second try.
        Self::parse("data:").unwrap_or_else(|_| Self::blank())
    }
}
