//! Bounds on what is read, so that no source can fill the memory or hang the program.
//!
//! Must never be passed over silently: an error names the bound by the name under which it is set. Invariant: every bound has a
//! name that `--limit NAME=NUMBER` and the settings' `[limits]` know.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

/// Bounds on what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest source as it comes in, in bytes.
    pub bytes: u64,
    /// The largest source once it is unpacked, in bytes.
    pub unpacked: u64,
    /// The most sources of one comparison.
    pub sources: u64,
    /// The most redirects an address may answer with.
    pub redirects: u64,
    /// The longest time for loading and for reading one source, in seconds.
    #[serde(deserialize_with = "some_time")]
    pub seconds: u64,
    /// The deepest nesting of a page's elements.
    pub nesting: u64,
    /// The longest line, in bytes.
    pub line: u64,
}

impl Default for Limits {
    /// 64 MiB is some ten million words; 512 is where browsers stop nesting.
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            unpacked: 64 << 20,
            sources: 50,
            redirects: 10,
            seconds: 30,
            nesting: 512,
            line: 16 << 20,
        }
    }
}

/// Why a bound cannot be set.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LimitError {
    /// It is none.
    #[error(
        "\"{0}\" sets no limit; write NAME=NUMBER, NAME being bytes, unpacked, sources, redirects, seconds, nesting or line"
    )]
    Unknown(String),
    /// Nothing can be loaded in no time.
    #[error("{}", NO_TIME)]
    NoTime,
}

const NO_TIME: &str = "the limit of seconds is at least 1: nothing is loaded or read in no time";

/// What a clock can still count from now on: a year.
const LONGEST: u64 = 365 * 24 * 60 * 60;

fn some_time<'de, D: Deserializer<'de>>(seconds: D) -> Result<u64, D::Error> {
    match u64::deserialize(seconds)? {
        0 => Err(serde::de::Error::custom(NO_TIME)),
        seconds => Ok(seconds),
    }
}

impl Limits {
    /// Sets one bound, written `name=number`.
    ///
    /// # Errors
    /// [`LimitError`] for a name that there is not, for what is no whole number, and for no time at all.
    pub fn set(&mut self, setting: &str) -> Result<(), LimitError> {
        let wrong = || LimitError::Unknown(super::visible(setting));
        let (name, number) = setting.split_once('=').ok_or_else(wrong)?;
        let number: u64 = number.trim().replace('_', "").parse().map_err(|_| wrong())?;
        let bound = match name.trim() {
            "bytes" => &mut self.bytes,
            "unpacked" => &mut self.unpacked,
            "sources" => &mut self.sources,
            "redirects" => &mut self.redirects,
            "seconds" => &mut self.seconds,
            "nesting" => &mut self.nesting,
            "line" => &mut self.line,
            _ => return Err(wrong()),
        };
        if name.trim() == "seconds" && number == 0 {
            return Err(LimitError::NoTime);
        }
        *bound = number;
        Ok(())
    }

    /// The longest time for loading or for reading one source.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.seconds.clamp(1, LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_is_set_by_its_name() {
        let mut limits = Limits::default();
        for name in ["bytes", "unpacked", "sources", "redirects", "seconds", "nesting", "line"] {
            limits.set(&format!("{name}=1_7")).unwrap();
        }
        let all = Limits { bytes: 17, unpacked: 17, sources: 17, redirects: 17, seconds: 17, nesting: 17, line: 17 };
        assert_eq!(limits, all);
        for wrong in ["bytes", "bytes=many", "bits=3", "bytes=-1"] {
            assert!(limits.set(wrong).unwrap_err().to_string().contains("NAME=NUMBER"), "{wrong}");
        }
    }

    #[test]
    fn no_time_is_refused_and_all_time_is_one_that_a_clock_can_count() {
        let mut limits = Limits::default();
        assert_eq!(limits.set("seconds=0"), Err(LimitError::NoTime));
        assert!(toml::from_str::<Limits>("seconds = 0").unwrap_err().to_string().contains("at least 1"));
        limits.set(&format!("seconds={}", u64::MAX)).unwrap();
        assert!(std::time::Instant::now().checked_add(limits.patience()).is_some());
    }
}
