//! Decimals with up to 28 digits.

use rust_decimal::Decimal;

use super::spelled::Text;

impl Text for Decimal {
    const WHAT: &'static str = "a decimal number of at most 28 digits";

    fn blank() -> Self {
        Self::ZERO
    }
}
