//! Level meters on the standard error, if it is a terminal: a bar for the party's speech, and one
//! for the audio that it hears.

use std::time::{Duration, Instant};

use ari_media::Level;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// The level at the left end of a bar in dBFS. The right end is 0 dBFS.
const FLOOR: f32 = -60.0;

/// The time between two updates, which show the highest level since the last one.
const INTERVAL: Duration = Duration::from_millis(100);

/// Two bars.
pub(crate) struct LevelMeters {
    all: MultiProgress,
    bars: [ProgressBar; 2],
    highest: [Level; 2],
    next_update: Instant,
}

impl LevelMeters {
    /// Shows silent bars.
    pub(crate) fn new() -> Self {
        let all = MultiProgress::new();
        let bar = |name: &'static str| {
            let bar = ProgressBar::new(60).with_prefix(name);
            // An invalid template would leave the default style.
            if let Ok(style) = ProgressStyle::with_template("{prefix:<6}[{bar:40}] {msg}") {
                bar.set_style(style.progress_chars("=> "));
            }
            all.add(bar)
        };
        let bars = ["says", "hears"].map(bar);
        LevelMeters {
            all,
            bars,
            highest: [Level::SILENCE; 2],
            next_update: Instant::now(),
        }
    }

    /// Shows the levels of a frame.
    pub(crate) fn update(&mut self, levels: [Level; 2], at: Duration) {
        for (highest, level) in self.highest.iter_mut().zip(levels) {
            highest.rms = highest.rms.max(level.rms);
            highest.peak = highest.peak.max(level.peak);
        }
        let now = Instant::now();
        if now < self.next_update {
            return;
        }
        self.next_update = now + INTERVAL;
        for (bar, level) in self.bars.iter().zip(self.highest) {
            bar.set_position((level.rms.max(FLOOR) - FLOOR) as u64);
            bar.set_message(format!("{} {}", describe(level.rms), seconds(at)));
        }
        self.highest = [Level::SILENCE; 2];
    }

    /// Removes the bars.
    pub(crate) fn finish(&self) {
        for bar in &self.bars {
            bar.finish_and_clear();
        }
        let _ = self.all.clear();
    }
}

/// Returns a level for people: `-23 dBFS`, or `silence`.
pub(crate) fn describe(level: f32) -> String {
    match level > FLOOR {
        true => format!("{level:.0} dBFS"),
        false => "silence".to_owned(),
    }
}

/// Returns a duration for people: `3.4 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
