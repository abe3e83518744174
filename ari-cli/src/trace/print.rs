//! A timeline as text for people.

use std::io::{self, Write};
use std::time::Duration;

use crate::text::{escape_control, format_count};
use crate::trace::graph::Leg;
use crate::trace::object::{Object, ObjectKind};
use crate::trace::timeline::{Entry, EntryKind, Timeline};

/// The letters that stand for the objects of a call.
#[derive(Debug, Default)]
pub(crate) struct Labels(Vec<(Object, String)>);

impl Labels {
    /// Returns the label of an object, which gets one if it has none: `A`, `B`, … for channels, `1`,
    /// `2`, … for bridges.
    pub(crate) fn label(&mut self, object: &Object) -> String {
        if let Some((_, label)) = self
            .0
            .iter()
            .find(|(known, _)| known.has_same_label(object))
        {
            return label.clone();
        }
        let same_kind = |(known, _): &&(Object, String)| known.kind() == object.kind();
        let count = self.0.iter().filter(same_kind).count();
        let label = match object.kind() {
            ObjectKind::Channel => letters(count),
            ObjectKind::Bridge => format!("{}", count + 1),
        };
        self.0.push((object.clone(), label.clone()));
        label
    }

    /// Replaces the ids in a text by their labels.
    fn shorten(&self, text: &str) -> String {
        let mut known: Vec<_> = self.0.iter().collect();
        // A longer id may contain a shorter one.
        known.sort_by_key(|(object, _)| std::cmp::Reverse(object.id().len()));
        let mut text = text.to_owned();
        for (object, label) in known {
            if object.id().len() >= 6 {
                text = text.replace(object.id(), &format!("<{label}>"));
            }
        }
        text
    }
}

/// Returns the letters of a number: A to Z, then AA.
fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    loop {
        let letter = u8::try_from(number % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        match (number / 26).checked_sub(1) {
            Some(rest) => number = rest,
            None => return letters,
        }
    }
}

/// Writes a timeline.
pub(crate) fn write(out: &mut impl Write, call: &str, timeline: &Timeline) -> io::Result<()> {
    let channels = timeline.channels();
    let bridges = timeline.bridges();
    let problems: Vec<_> = timeline
        .entries
        .iter()
        .filter(|entry| entry.is_problem)
        .collect();
    let start = timeline.entries.first();
    let (at, time) = start.map_or((Duration::ZERO, ""), |entry| {
        (entry.at, entry.time.as_str())
    });
    writeln!(
        out,
        "Call {}: {}, {}, {:.1} s from {} on, {}",
        escape_control(call),
        format_count(channels.len(), "leg"),
        format_count(bridges.len(), "bridge"),
        timeline.duration().as_secs_f64(),
        escape_control(time),
        format_count(problems.len(), "problem"),
    )?;
    let mut labels = Labels::default();
    if timeline.earlier > 0 {
        let earlier = format_count(timeline.earlier, "earlier channel");
        writeln!(
            out,
            "The id or name was that of {earlier} too. This is the newest."
        )?;
    }
    for channel in channels {
        let label = labels.label(channel);
        let leg = timeline.legs.get(channel).cloned().unwrap_or_default();
        writeln!(out, "  {label:<3}{}", describe_leg(channel.id(), &leg))?;
    }
    for id in bridges {
        let label = labels.label(&Object::bridge(id));
        writeln!(out, "  {label:<3}bridge {}", escape_control(id))?;
    }
    writeln!(out)?;
    for (channel, facts) in timeline.ordered_facts() {
        let label = labels.label(channel);
        let text = facts.describe(|channel| labels.label(channel));
        let text = labels.shorten(&text);
        writeln!(out, "  {label:<3}{}", escape_control(&text))?;
    }
    if let Some((channel, at_hangup, side)) = timeline.first_hangup() {
        let label = labels.label(channel);
        let seconds = at_hangup.saturating_sub(at).as_secs_f64();
        writeln!(
            out,
            "The first hangup was that of {label} by {side}, at {seconds:.3} seconds."
        )?;
    }
    if let Some(line) = timeline.truncated_line {
        writeln!(out, "\n{}", describe_truncation(line))?;
    }
    if !problems.is_empty() {
        writeln!(out, "\nProblems:")?;
        for entry in problems {
            writeln!(out, "{}", format_entry(entry, at, &mut labels))?;
        }
    }
    writeln!(out, "\n{:<12} {:>9}  ", "time (UTC)", "seconds")?;
    for entry in &timeline.entries {
        writeln!(out, "{}", format_entry(entry, at, &mut labels))?;
    }
    out.flush()
}

/// Returns the description of a recording whose last line is incomplete.
pub(crate) fn describe_truncation(line: usize) -> String {
    format!(
        "The recording breaks off in line {line}: the command was killed or the disk was full. Later \
         events and requests are missing."
    )
}

/// Returns the description of a channel.
pub(crate) fn describe_leg(id: &str, leg: &Leg) -> String {
    let mut text = match leg.name.as_str() {
        "" => format!("{id}, a channel that no event or response shows"),
        name => format!("{name} ({id})"),
    };
    if !leg.caller.is_empty() {
        text = format!("{text}, caller {}", leg.caller);
    }
    if !leg.cause.is_empty() {
        text = format!("{text}, ended: {}", leg.cause);
    }
    escape_control(&text)
}

/// Returns the line of an entry. Times are counted from `start`.
pub(crate) fn format_entry(entry: &Entry, start: Duration, labels: &mut Labels) -> String {
    let time = entry.time.split_once('T').map_or("", |(_, time)| time);
    let time = time.get(..12).unwrap_or(time);
    let seconds = entry.at.saturating_sub(start).as_secs_f64();
    let mark = if entry.is_problem { '!' } else { ' ' };
    let objects: Vec<_> = entry
        .objects
        .iter()
        .map(|object| labels.label(object))
        .collect();
    let objects = objects.join(" ");
    let text = match &entry.kind {
        EntryKind::Event { kind, details } => {
            format!("{kind:<24} {}", labels.shorten(details))
        }
        EntryKind::Request { request, outcome } => {
            format!("> {}  [{outcome}]", labels.shorten(request))
        }
        EntryKind::Connection(text) => format!("-- {text}"),
    };
    let text = escape_control(text.trim_end());
    format!(
        "{:<12} {seconds:>9.3} {mark} {objects:<6} {text}",
        escape_control(time)
    )
}

#[cfg(test)]
mod tests {
    use super::{Labels, letters};
    use crate::trace::object::Object;

    #[test]
    fn objects_have_short_names() {
        for (number, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(number), expected);
        }
        let mut labels = Labels::default();
        let channel = |id: &str| Object::channel(id);
        assert_eq!(labels.label(&channel("1700000000.1")), "A");
        assert_eq!(labels.label(&Object::bridge("1700000000.1;x")), "1");
        assert_eq!(labels.label(&channel("short")), "B");
        assert_eq!(labels.label(&channel("1700000000.1")), "A");
        assert_eq!(
            labels.shorten("/a/1700000000.1/b/1700000000.1;x/short"),
            "/a/<A>/b/<1>/short"
        );
    }
}
