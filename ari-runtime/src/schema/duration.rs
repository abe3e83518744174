//! Lengths of time in Asterisk's units, whole seconds or milliseconds, and numbers that mean that
//! there is no limit.

use std::time::Duration;

use serde::de::{Deserialize, MapAccess};
use serde::{Serialize, Serializer};

use crate::schema::operation::{Parameter, ParameterType, Scalar};
use crate::schema::unit::DurationUnit;

impl Parameter {
    /// Returns the number for a duration, rounded up to the parameter's unit, or for no limit if
    /// the duration is `None`.
    ///
    /// # Errors
    /// Returns a description of the problem if the parameter is not a length of time, if it has no
    /// number for no limit or for zero, or if the duration exceeds its range.
    pub(crate) fn duration_number(&self, duration: Option<Duration>) -> Result<i64, &'static str> {
        let format = self.duration.ok_or("is no duration")?;
        let Some(duration) = duration else {
            return format.unlimited.ok_or("cannot be without limit");
        };
        if duration.is_zero() && !format.takes_zero {
            return Err(match format.unlimited {
                Some(0) => "is zero, which Asterisk takes for no limit",
                _ => "is zero, which Asterisk takes for its default",
            });
        }
        let largest = match self.kind {
            ParameterType::Scalar(Scalar::Int) => i32::MAX.into(),
            _ => i64::MAX,
        };
        let largest = self.max.map_or(largest, |max| max.min(largest));
        i64::try_from(format.unit.count(duration))
            .ok()
            .filter(|number| *number <= largest)
            .ok_or("is longer than Asterisk can count")
    }

    /// Returns the number that a text stands for: a whole number in the parameter's unit, or a
    /// duration with a unit of its own, such as `500ms`, `30s`, `1.5s`, `2m` or `1h`.
    ///
    /// ```
    /// let timeout = ari_api::operations::channels::ORIGINATE.parameter("timeout").unwrap();
    /// assert_eq!(timeout.parse_duration("2m"), Ok(120));
    /// assert_eq!(timeout.parse_duration("1500ms"), Ok(2));
    /// assert_eq!(timeout.parse_duration("-1"), Ok(-1));
    /// ```
    ///
    /// # Errors
    /// Returns a description of the problem if the text is neither of these, or if the number is
    /// out of the parameter's range.
    pub fn parse_duration(&self, text: &str) -> Result<i64, &'static str> {
        if let Some(duration) = with_unit(text) {
            return self.duration_number(Some(duration));
        }
        let number = text.parse::<i64>().ok();
        let number = match self.kind {
            ParameterType::Scalar(Scalar::Int) => {
                number.filter(|number| i32::try_from(*number).is_ok())
            }
            _ => number,
        };
        let number = number.ok_or(
            "is neither a whole number of the unit nor a duration such as 500ms, 30s or 2m",
        )?;
        if self.min.is_some_and(|min| number < min) {
            return Err("is smaller than the operation allows");
        }
        if self.max.is_some_and(|max| number > max) {
            return Err("is larger than the operation allows");
        }
        Ok(number)
    }
}

/// Parses a number with a unit.
fn with_unit(text: &str) -> Option<Duration> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(end);
    let seconds = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3_600.0,
        _ => return None,
    };
    if let Ok(whole) = number.parse::<u64>() {
        return match unit {
            "ms" => Some(Duration::from_millis(whole)),
            "s" => Some(Duration::from_secs(whole)),
            "m" => Some(Duration::from_secs(whole.checked_mul(60)?)),
            _ => Some(Duration::from_secs(whole.checked_mul(3_600)?)),
        };
    }
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()
}

/// A field of a model that contains a duration. For generated bindings.
#[doc(hidden)]
pub trait DurationMember {
    /// Reads the field.
    ///
    /// # Errors
    /// Returns the error of the number.
    fn read<'de, N: Counted + Deserialize<'de>, A: MapAccess<'de>>(
        &mut self,
        unit: DurationUnit,
        from: &mut A,
    ) -> Result<(), A::Error>;
}

impl DurationMember for Duration {
    fn read<'de, N: Counted + Deserialize<'de>, A: MapAccess<'de>>(
        &mut self,
        unit: DurationUnit,
        from: &mut A,
    ) -> Result<(), A::Error> {
        let number: N = from.next_value()?;
        *self = number.duration(unit).unwrap_or_default();
        Ok(())
    }
}

impl DurationMember for Option<Duration> {
    fn read<'de, N: Counted + Deserialize<'de>, A: MapAccess<'de>>(
        &mut self,
        unit: DurationUnit,
        from: &mut A,
    ) -> Result<(), A::Error> {
        let number: Option<N> = from.next_value()?;
        *self = number.and_then(|number| number.duration(unit));
        Ok(())
    }
}

/// A number of units. For generated bindings.
#[doc(hidden)]
pub trait Counted {
    /// Returns the duration, or `None` if the number is negative. Asterisk sends a negative number
    /// if there is no duration.
    fn duration(self, unit: DurationUnit) -> Option<Duration>;
}

impl Counted for i64 {
    fn duration(self, unit: DurationUnit) -> Option<Duration> {
        unit.whole(self)
    }
}

impl Counted for f64 {
    fn duration(self, unit: DurationUnit) -> Option<Duration> {
        Duration::try_from_secs_f64(self / unit.in_a_second()).ok()
    }
}

/// Reads a number of this unit into a field. For generated bindings.
///
/// # Errors
/// Returns the error of the number.
#[doc(hidden)]
pub fn read_duration<'de, A: MapAccess<'de>>(
    place: &mut impl DurationMember,
    unit: DurationUnit,
    number: Scalar,
    from: &mut A,
) -> Result<(), A::Error> {
    match number {
        Scalar::Double => place.read::<f64, A>(unit, from),
        _ => place.read::<i64, A>(unit, from),
    }
}

/// A duration that is written as the number from which it was read. For generated bindings.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct WrittenDuration {
    /// The duration.
    pub duration: Duration,
    /// The unit of the number.
    pub unit: DurationUnit,
    /// The type of the number.
    pub number: Scalar,
}

impl Serialize for WrittenDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number {
            Scalar::Double => {
                serializer.serialize_f64(self.duration.as_secs_f64() * self.unit.in_a_second())
            }
            _ => {
                let count = self.unit.count(self.duration);
                serializer.serialize_u64(u64::try_from(count).unwrap_or(u64::MAX))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_rounded_up_to_whole_units() {
        let seconds = |duration| DurationUnit::Seconds.count(duration);
        let milliseconds = |duration| DurationUnit::Milliseconds.count(duration);
        assert_eq!(seconds(Duration::ZERO), 0);
        assert_eq!(seconds(Duration::from_nanos(1)), 1);
        assert_eq!(seconds(Duration::from_secs(30)), 30);
        assert_eq!(seconds(Duration::from_millis(30_001)), 31);
        assert_eq!(milliseconds(Duration::from_micros(1)), 1);
        assert_eq!(milliseconds(Duration::from_secs(2)), 2_000);
        assert_eq!(milliseconds(Duration::MAX), 18_446_744_073_709_551_616_000);
    }

    #[test]
    fn durations_with_units_are_parsed() {
        for (text, millis) in [
            ("500ms", Some(500)),
            ("30s", Some(30_000)),
            ("1.5s", Some(1_500)),
            (".5m", Some(30_000)),
            ("2m", Some(120_000)),
            ("1h", Some(3_600_000)),
            ("0.001s", Some(1)),
            ("30", None),
            ("-1s", None),
            ("1e3s", None),
            ("s", None),
            (".s", None),
            ("1.2.3s", None),
            ("1 s", None),
            ("5min", None),
            ("", None),
            ("18446744073709551615h", None),
        ] {
            let expected = millis.map(Duration::from_millis);
            assert_eq!(with_unit(text), expected, "{text:?}");
        }
    }

    #[test]
    fn negative_numbers_are_no_durations() {
        use DurationUnit::Milliseconds;
        use DurationUnit::Seconds;
        assert_eq!(3_i64.duration(Seconds), Some(Duration::from_secs(3)));
        assert_eq!(
            90_i64.duration(Milliseconds),
            Some(Duration::from_millis(90))
        );
        assert_eq!((-1_i64).duration(Seconds), None);
        assert_eq!(
            0.0123.duration(Seconds),
            Some(Duration::from_micros(12_300))
        );
        for none in [-0.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(none.duration(Seconds), None);
        }
    }
}
