//! The server's clock: it runs, or stands still until it is advanced.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// Time since the server was started.
pub(crate) struct Clock {
    started: SystemTime,
    /// What has passed up to `since`, or in all while the clock stands.
    passed: Duration,
    /// Since when it runs.
    since: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(running: bool) -> Self {
        Clock {
            started: SystemTime::now(),
            passed: Duration::ZERO,
            since: running.then(Instant::now),
        }
    }

    pub(crate) fn now(&self) -> Duration {
        self.passed + self.since.map(|since| since.elapsed()).unwrap_or_default()
    }

    pub(crate) fn is_running(&self) -> bool {
        self.since.is_some()
    }

    pub(crate) fn pause(&mut self) {
        self.passed = self.now();
        self.since = None;
    }

    pub(crate) fn resume(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// Sets a standing clock.
    pub(crate) fn set(&mut self, now: Duration) {
        self.passed = now;
        if self.since.is_some() {
            self.since = Some(Instant::now());
        }
    }

    /// Seconds since 1970, as in the ids of channels.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.unix().as_secs()
    }

    fn unix(&self) -> Duration {
        let unix = self.started.duration_since(UNIX_EPOCH);
        unix.unwrap_or_default() + self.now()
    }

    /// As Asterisk writes it: `2026-11-23T01:08:51.332+0000`.
    pub(crate) fn timestamp(&self) -> String {
        let unix = self.unix();
        let seconds = unix.as_secs();
        let (year, month, day) = civil(i64::try_from(seconds / 86_400).unwrap_or_default());
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        let millis = unix.subsec_millis();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}+0000")
    }
}

/// The date of a day that is counted from 1970-01-01 on, by the Gregorian calendar; a year is taken
/// to begin in March, so that the odd day is its last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_have_dates() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_781), (2026, 11, 24));
    }
}
