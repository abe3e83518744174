//! Dates and times of day, as numbers that were checked.

/// A date of the Gregorian calendar. Take the numbers from the date type that your program uses
/// (`jiff`, `time`, `chrono`), in the time zone of the caller.
///
/// ```
/// use ari_calls::speech::Date;
///
/// assert!(Date::new(2026, 2, 28).is_ok());
/// let error = Date::new(2026, 2, 29).unwrap_err();
/// assert_eq!(error.to_string(), "2026-02-29 is not a date: years are 1 to 9999");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A number is out of range, or a month has no such day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidDateTime(String);

impl Date {
    /// Creates a date of a year (1 to 9999), a month (1 to 12) and a day of the month.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidDateTime`] if there is no such date.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDateTime> {
        let is_leap_year =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if is_leap_year => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if (1..=9999).contains(&year) && (1..=days).contains(&day) {
            Ok(Date { year, month, day })
        } else {
            let problem =
                format!("{year:04}-{month:02}-{day:02} is not a date: years are 1 to 9999");
            Err(InvalidDateTime(problem))
        }
    }

    pub(crate) fn year(self) -> u32 {
        self.year.into()
    }

    /// Returns the month from 0 on.
    pub(crate) fn month_index(self) -> u32 {
        u32::from(self.month) - 1
    }

    pub(crate) fn day(self) -> u32 {
        self.day.into()
    }

    /// Returns the day of the week: Sunday is 0.
    pub(crate) fn weekday(self) -> u32 {
        // The year begins in March, so that the leap day is its last.
        let (year, month) = match self.month {
            1 | 2 => (self.year() - 1, u32::from(self.month) + 12),
            _ => (self.year(), u32::from(self.month)),
        };
        let days_of_months = 13 * (month + 1) / 5;
        let since_saturday =
            self.day() + days_of_months + year + year / 4 + 6 * (year / 100) + year / 400;
        (since_saturday + 6) % 7
    }
}

/// A time of day. Seconds are not spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// Creates a time of an hour (0 to 23) and a minute (0 to 59).
    ///
    /// # Errors
    ///
    /// Returns [`InvalidDateTime`] if a number is out of range.
    pub fn new(hour: u8, minute: u8) -> Result<Self, InvalidDateTime> {
        match hour < 24 && minute < 60 {
            true => Ok(TimeOfDay { hour, minute }),
            false => Err(InvalidDateTime(format!(
                "{hour:02}:{minute:02} is not a time of day: it is from 00:00 to 23:59"
            ))),
        }
    }

    pub(crate) fn hour(self) -> u32 {
        self.hour.into()
    }

    pub(crate) fn minute(self) -> u32 {
        self.minute.into()
    }

    /// Returns the hour of a clock with twelve hours: 1 to 12.
    pub(crate) fn hour_of_twelve(self) -> u32 {
        match self.hour() % 12 {
            0 => 12,
            hour => hour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_follow_the_calendar() {
        let cases = [
            ((1, 1, 1), 1),
            ((1582, 10, 15), 5),
            ((1900, 2, 28), 3),
            ((1900, 3, 1), 4),
            ((1970, 1, 1), 4),
            ((2000, 2, 29), 2),
            ((2026, 11, 29), 0),
            ((9999, 12, 31), 5),
        ];
        for ((year, month, day), weekday) in cases {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(date.weekday(), weekday, "{date:?}");
        }
    }

    #[test]
    fn weekdays_follow_each_other() {
        let mut expected = 1;
        for year in 1..=2400 {
            for month in 1..=12 {
                for date in (1..=31).filter_map(|day| Date::new(year, month, day).ok()) {
                    assert_eq!(date.weekday(), expected, "{date:?}");
                    expected = (expected + 1) % 7;
                }
            }
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let dates = [
            (0, 1, 1),
            (10_000, 1, 1),
            (2026, 0, 1),
            (2026, 13, 1),
            (2026, 1, 0),
            (2026, 4, 31),
            (1900, 2, 29),
        ];
        for (year, month, day) in dates {
            assert!(Date::new(year, month, day).is_err(), "{year} {month} {day}");
        }
        for (hour, minute) in [(24, 0), (0, 60), (255, 255)] {
            assert!(TimeOfDay::new(hour, minute).is_err(), "{hour} {minute}");
        }
    }
}
