//! Dates and times, by jiff.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::spelled::Text;

impl Text for Timestamp {
    const WHAT: &'static str = "a date-time with an offset";

    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl Text for Date {
    const WHAT: &'static str = "a date";

    fn blank() -> Self {
        Self::ZERO
    }
}

impl Text for DateTime {
    const WHAT: &'static str = "a date-time";

    fn blank() -> Self {
        Self::ZERO
    }
}

impl Text for Time {
    const WHAT: &'static str = "a time";

    fn blank() -> Self {
        Self::midnight()
    }
}
