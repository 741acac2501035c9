//! A seeded source of numbers (SplitMix64; Steele, Lea, Flood 2014), so that what is made by it can be made again.

/// The source; what it holds is where it stands.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

#[allow(dead_code, reason = "each benchmark throws them its own way")]
impl Dice {
    /// Any number.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`, which must be above 0.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.throw() % sides
    }

    /// A place among `count` things; 0 where there are none.
    pub fn below(&mut self, count: usize) -> usize {
        (self.throw() % count.max(1) as u64) as usize
    }

    /// From 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.throw() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `low` to `high`, both among them.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }
}
