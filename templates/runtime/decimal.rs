//! Decimal numbers for comparing bounds without rounding.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number, `mantissa * 10^exponent`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl From<i128> for Decimal {
    fn from(mantissa: i128) -> Self {
        Self { mantissa, exponent: 0 }
    }
}

impl Decimal {
    /// A number of a document, which the generator has checked; what is none counts as zero.
    pub(crate) fn literal(text: &str) -> Self {
        Self::parse(text).unwrap_or(Self { mantissa: 0, exponent: 0 })
    }

    /// The shortest decimal that stands for `value`; none for infinities and NaN.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        if value.is_finite() { Self::parse(&format!("{value:e}")) } else { None }
    }

    /// A number as JSON writes it. Digits beyond the 38th are cut off.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i128>().ok()?.try_into().ok()?),
            None => (text, 0_i32),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let negative = whole.starts_with('-');
        let mut number = Self { mantissa: 0, exponent };
        for digit in whole.trim_start_matches(['-', '+']).chars() {
            number.append(digit, 0)?;
        }
        for digit in fraction.chars() {
            number.append(digit, -1)?;
        }
        if negative {
            number.mantissa = -number.mantissa;
        }
        Some(number.trimmed())
    }

    /// Appends a digit; `place` is what it does to the exponent.
    fn append(&mut self, digit: char, place: i32) -> Option<()> {
        let digit = i128::from(digit.to_digit(10)?);
        let longer = self.mantissa.checked_mul(10).and_then(|tens| tens.checked_add(digit));
        match longer {
            Some(mantissa) => {
                self.mantissa = mantissa;
                self.exponent = self.exponent.checked_add(place)?;
            }
            None => self.exponent = self.exponent.checked_add(place + 1)?,
        }
        Some(())
    }

    /// Without trailing zeros, so that equal numbers look the same.
    fn trimmed(mut self) -> Self {
        if self.mantissa == 0 {
            return Self { mantissa: 0, exponent: 0 };
        }
        while self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent = self.exponent.saturating_add(1);
        }
        self
    }

    /// Both mantissas at the smaller exponent, if they fit.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let (left, right) = (self.trimmed(), other.trimmed());
        let exponent = match (left.mantissa, right.mantissa) {
            (0, _) => right.exponent,
            (_, 0) => left.exponent,
            _ => left.exponent.min(right.exponent),
        };
        let scale = |number: Self| {
            if number.mantissa == 0 {
                return Some(0);
            }
            let steps = u32::try_from(number.exponent.checked_sub(exponent)?).ok()?;
            number.mantissa.checked_mul(10_i128.checked_pow(steps)?)
        };
        Some((scale(left)?, scale(right)?))
    }

    /// Whether the number is a whole multiple of `step`.
    pub(crate) fn is_multiple_of(&self, step: &Self) -> bool {
        match self.aligned(*step) {
            Some((_, 0)) => true,
            Some((value, step)) => value % step == 0,
            // Too far apart for exact arithmetic: a step that is far smaller divides every decimal
            // this short, a step that is far greater divides none but zero.
            None => self.exponent > step.exponent,
        }
    }

    /// Whether there is no fraction.
    pub(crate) fn is_integer(&self) -> bool {
        self.trimmed().exponent >= 0
    }

    fn approximate(self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "only the order of magnitude is asked for")]
        let mantissa = self.mantissa as f64;
        mantissa * 10_f64.powi(self.exponent)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((left, right)) => left.cmp(&right),
            None => self.approximate().total_cmp(&other.approximate()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mantissa, exponent } = self.trimmed();
        match u32::try_from(exponent)
            .ok()
            .and_then(|steps| 10_i128.checked_pow(steps)?.checked_mul(mantissa))
        {
            Some(whole) => write!(formatter, "{whole}"),
            None => self.fmt_fraction(formatter),
        }
    }
}

impl Decimal {
    fn fmt_fraction(self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mantissa, exponent } = self.trimmed();
        let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if exponent > 0 || places > 40 {
            return write!(formatter, "{mantissa}e{exponent}");
        }
        let sign = if mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}
