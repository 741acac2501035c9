//! Amounts: a range of numbers with the precision they were written in.
//!
//! Must never know a unit. Invariant: `low <= high`, both finite, and `step` is above zero.

/// A number, or a range of numbers, as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The lowest number meant.
    pub low: f64,
    /// The highest number meant; equal to `low` unless a range or a vague word was written.
    pub high: f64,
    /// The place of the last digit written: 1 for 17,000, 0.01 for 6.84, 100,000 for 1.2 million.
    pub step: f64,
    /// Whether it was a word without a number ("dozens", "a handful").
    pub vague: bool,
}

impl Amount {
    /// One number; anything that is not finite becomes 0.
    pub fn exactly(number: f64, step: f64) -> Self {
        let number = if number.is_finite() { number } else { 0.0 };
        Self { low: number, high: number, step: if step > 0.0 { step } else { 1.0 }, vague: false }
    }

    /// A whole number.
    pub fn whole(number: u32) -> Self {
        Self::exactly(f64::from(number), 1.0)
    }

    /// All that a vague word can mean.
    pub fn vaguely(low: f64, high: f64) -> Self {
        Self { low, high, step: 1.0, vague: true }
    }

    /// From the lowest to the highest of two amounts.
    pub fn to(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            step: self.step.min(other.step),
            vague: self.vague || other.vague,
        }
    }

    /// Every number multiplied by `factor`, which must be above zero.
    pub fn times(self, factor: f64) -> Self {
        self.spread(factor, factor)
    }

    /// The low end multiplied by one factor and the high end by another: a unit that means two things.
    pub fn spread(self, low: f64, high: f64) -> Self {
        let [low_end, high_end] = [self.low * low, self.high * high];
        if !(low_end.is_finite() && high_end.is_finite()) {
            return Self::exactly(0.0, 1.0);
        }
        Self { low: low_end.min(high_end), high: low_end.max(high_end), step: self.step * high, vague: self.vague }
    }

    /// The middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether it is one number.
    pub fn is_point(self) -> bool {
        !self.vague && (self.high - self.low).abs() <= self.step * 1e-6
    }

    /// The power of ten that the number is rounded to, as far as its last noughts show: 1,000 for 17,000.
    pub fn round_step(self) -> f64 {
        let mut step = self.step;
        let value = self.low.abs();
        while value >= step * 10.0 && is_multiple(value, step * 10.0) {
            step *= 10.0;
        }
        step
    }
}

fn is_multiple(value: f64, step: f64) -> bool {
    let times = value / step;
    (times - times.round()).abs() < 1e-6
}
