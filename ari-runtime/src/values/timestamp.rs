//! Time stamps as Asterisk writes them: `2026-11-23T01:08:51.332+0000`.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The milliseconds since 1970 of 0000-01-01T00:00:00.000 and 9999-12-31T23:59:59.999.
const YEARS: Range<i64> = -62_167_219_200_000..253_402_300_799_999;

/// A point in time with the server's offset from UTC, with millisecond precision.
///
/// Asterisk writes offsets without a colon, which RFC 3339 does not allow. Both forms are read.
/// `Display` writes Asterisk's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    unix_millis: i64,
    offset_minutes: i16,
}

impl Timestamp {
    /// Returns the milliseconds since 1970-01-01T00:00:00 UTC.
    pub fn unix_millis(self) -> i64 {
        self.unix_millis
    }

    /// Returns the server's offset from UTC at that time, in minutes east.
    pub fn offset_minutes(self) -> i16 {
        self.offset_minutes
    }

    /// Returns the same point in time, with the offset from UTC of `other`.
    #[must_use]
    pub fn in_zone_of(self, other: Timestamp) -> Timestamp {
        Timestamp {
            offset_minutes: other.offset_minutes,
            ..self
        }
    }
}

/// Converts to UTC. Truncates to milliseconds. A time outside of the years 0 to 9999 becomes the
/// nearest one inside, because years have four digits.
impl From<SystemTime> for Timestamp {
    fn from(moment: SystemTime) -> Self {
        let nanos = match moment.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.as_nanos().cast_signed(),
            Err(before) => -before.duration().as_nanos().cast_signed(),
        };
        let unix_millis = nanos
            .div_euclid(1_000_000)
            .clamp(YEARS.start.into(), YEARS.end.into());
        Timestamp {
            unix_millis: i64::try_from(unix_millis).unwrap_or(YEARS.end),
            offset_minutes: 0,
        }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let distance = Duration::from_millis(timestamp.unix_millis.unsigned_abs());
        let moment = if timestamp.unix_millis < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        };
        moment.unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// A text that is not a time stamp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no time stamp such as 2026-11-23T01:08:51.332+0000")]
pub struct TimestampError(String);

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text.as_bytes()).ok_or_else(|| TimestampError(text.to_owned()))
    }
}

fn parse(text: &[u8]) -> Option<Timestamp> {
    let is = |at: usize, expected: u8| text.get(at).is_some_and(|&byte| byte == expected);
    // An array, so that the positions in it need no checks: events have several time stamps.
    let head = text.first_chunk::<19>()?;
    let separators = [head[4], head[7], head[10], head[13], head[16]];
    if !matches!(separators, [b'-', b'-', b'T' | b' ', b':', b':']) {
        return None;
    }
    let (year, month, day) = (
        number(&head[..4])?,
        number(&head[5..7])?,
        number(&head[8..10])?,
    );
    let (hour, minute, second) = (
        number(&head[11..13])?,
        number(&head[14..16])?,
        number(&head[17..])?,
    );
    let in_range = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !in_range {
        return None;
    }
    let mut at = 19;
    let mut millis = 0;
    if is(at, b'.') {
        let start = at + 1;
        at = start;
        while text.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let digits = (at - start).min(3);
        if digits == 0 {
            return None;
        }
        millis = number(&text[start..start + digits])? * [100, 10, 1][digits - 1];
    }
    let offset = match text.get(at)? {
        b'Z' if text.len() == at + 1 => 0,
        sign @ (b'+' | b'-') => {
            let colon = usize::from(is(at + 3, b':'));
            if text.len() != at + 5 + colon {
                return None;
            }
            let (hours, minutes) = (
                number(&text[at + 1..at + 3])?,
                number(&text[at + 3 + colon..at + 5 + colon])?,
            );
            if hours > 23 || minutes > 59 {
                return None;
            }
            let minutes = hours * 60 + minutes;
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let local = ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Some(Timestamp {
        unix_millis: (local - offset * 60) * 1000 + millis,
        offset_minutes: i16::try_from(offset).ok()?,
    })
}

#[inline]
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days since 1970-01-01 of a date in the Gregorian calendar. Years are counted from
/// March, so that the leap day is the last day of a year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Returns the date of a number of days. This is the inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.unix_millis + i64::from(self.offset_minutes) * 60_000;
        let (days, millis) = (local.div_euclid(86_400_000), local.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let (seconds, millis) = (millis / 1000, millis % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.unsigned_abs();
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}\
             {sign}{:02}{:02}",
            offset / 60,
            offset % 60
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl serde::de::Visitor<'_> for Visitor {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time stamp such as 2026-11-23T01:08:51.332+0000")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn time_stamps_parse_and_format() {
        for (text, unix_millis, offset) in [
            ("2026-11-23T01:08:51.332+0000", 1_795_396_131_332, 0),
            ("1970-01-01T00:00:00.000+0000", 0, 0),
            ("2024-02-29T23:59:59.999-0330", 1_709_263_799_999, -210),
            ("2000-03-01T00:00:00.001+1345", 951_819_300_001, 825),
        ] {
            let timestamp: Timestamp = text.parse().unwrap();
            assert_eq!(
                (timestamp.unix_millis(), timestamp.offset_minutes()),
                (unix_millis, offset)
            );
            assert_eq!(timestamp.to_string(), text);
        }
        let same: Vec<Timestamp> = ["2026-11-23T01:08:51Z", "2026-11-23T01:08:51.0+00:00"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        assert_eq!(same[0], same[1]);
    }

    #[test]
    fn invalid_time_stamps_are_refused() {
        for text in [
            "",
            "2026-11-23",
            "2026-11-23T01:08:51",
            "2026-13-23T01:08:51.332+0000",
            "2026-02-29T01:08:51.332+0000",
            "2026-11-23T24:08:51.332+0000",
            "2026-11-23T01:08:51.+0000",
            "2026-11-23T01:08:51.332+00000",
            "2026-11-23T01:08:51.332+2400",
            "2026-11-23T01:08:51.332Zz",
            "٢٠٢٦-11-23T01:08:51.332+0000",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn years_are_clamped_to_four_digits() {
        let far = Duration::from_secs(300_000_000_000);
        for (moment, written) in [
            (SystemTime::UNIX_EPOCH - far, "0000-01-01T00:00:00.000+0000"),
            (SystemTime::UNIX_EPOCH + far, "9999-12-31T23:59:59.999+0000"),
        ] {
            assert_eq!(Timestamp::from(moment).to_string(), written);
        }
    }

    proptest! {
        #[test]
        fn time_stamps_round_trip(
            unix_millis in -62_000_000_000_000_i64..253_000_000_000_000,
            offset_minutes in -1439_i16..1439,
        ) {
            let timestamp = Timestamp { unix_millis, offset_minutes };
            prop_assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
            let moment = SystemTime::from(timestamp) + Duration::from_micros(999);
            let utc = Timestamp { offset_minutes: 0, ..timestamp };
            prop_assert_eq!(Timestamp::from(moment), utc);
            prop_assert_eq!(utc.in_zone_of(timestamp), timestamp);
        }
    }
}
