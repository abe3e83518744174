//! The screen, which fits 80 columns and 24 rows.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style, Stylize as _};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Cell, Paragraph, Row, Sparkline, Table, Wrap};
use serde_json::Value;

use super::state::State;
use crate::output::at;
use crate::table::{harmless, text};

/// Colours are told by words and places, too: without them nothing is missing.
fn color(color: Color) -> Style {
    match std::env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => Style::new(),
        _ => Style::new().fg(color),
    }
}

pub(super) fn draw(frame: &mut Frame<'_>, state: &State) {
    let foot = foot(state);
    let columns = usize::from(frame.area().width.max(1));
    // Words that do not fit a line may take one more.
    let lines = (foot.width() / columns + 1).min(3);
    let [head, channels, below, last] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(6),
        Constraint::Length(9),
        Constraint::Length(u16::try_from(lines).unwrap_or(1)),
    ])
    .areas(frame.area());
    let [bridges, applications, rates] = Layout::horizontal([
        Constraint::Fill(4),
        Constraint::Fill(3),
        Constraint::Fill(4),
    ])
    .areas(below);
    draw_head(frame, head, state);
    draw_channels(frame, channels, state);
    draw_bridges(frame, bridges, state);
    draw_applications(frame, applications, state);
    draw_rates(frame, rates, state);
    frame.render_widget(Paragraph::new(foot).wrap(Wrap { trim: true }), last);
}

fn cell(value: &Value, path: &str) -> Cell<'static> {
    Cell::from(text(at(value, path)))
}

fn draw_head(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let version = text(at(&state.look.info, "system.version"));
    // What packages add to it is long.
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.');
    let version = match end {
        Some(end) if end > 0 => &version[..end],
        _ => &version,
    };
    let since = text(at(&state.look.info, "status.startup_time"));
    let since = since.get(..16).unwrap_or_default().replace('T', " ");
    let stale = state
        .stale()
        .map(|seconds| format!("{seconds} s old: "))
        .unwrap_or_default();
    let line = Line::from(vec![
        Span::from(stale).style(color(Color::Red)),
        Span::from(format!("Asterisk {version}")).bold(),
        Span::from(format!(
            "  {} channels  {} bridges  {} applications  since {since}",
            state.channels().len(),
            state.bridges().len(),
            state.applications().len(),
        )),
    ]);
    frame.render_widget(line, area);
}

fn draw_channels(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let channels = state.channels();
    let rows = channels.iter().skip(state.first_row).map(|channel| {
        let place = match text(at(channel, "dialplan.app_name")) {
            app if app == "Stasis" => format!("Stasis {}", text(at(channel, "dialplan.app_data"))),
            _ => format!(
                "{}@{}",
                text(at(channel, "dialplan.exten")),
                text(at(channel, "dialplan.context"))
            ),
        };
        let style = match channel["state"].as_str() {
            Some("Up") => color(Color::Green),
            Some("Ring" | "Ringing") => color(Color::Yellow),
            _ => Style::new(),
        };
        Row::new(vec![
            cell(channel, "name"),
            cell(channel, "state").style(style),
            cell(channel, "caller.number"),
            cell(channel, "connected.number"),
            Cell::from(place),
        ])
    });
    let widths = [
        Constraint::Fill(5),
        Constraint::Length(8),
        Constraint::Fill(2),
        Constraint::Fill(2),
        Constraint::Fill(3),
    ];
    let head = Row::new(["Channel", "State", "Caller", "Connected", "Where"]).bold();
    let table = Table::new(rows, widths)
        .header(head)
        .block(Block::bordered().title("Channels"));
    frame.render_widget(table, area);
}

fn draw_bridges(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let rows = state.bridges().iter().map(|bridge| {
        let name = match text(&bridge["name"]) {
            name if name.is_empty() => text(&bridge["id"]),
            name => name,
        };
        let count = bridge["channels"].as_array().map_or(0, Vec::len);
        Row::new(vec![
            Cell::from(name),
            cell(bridge, "bridge_type"),
            Cell::from(count.to_string()),
        ])
    });
    let widths = [
        Constraint::Fill(1),
        Constraint::Length(7),
        Constraint::Length(3),
    ];
    let table = Table::new(rows, widths).block(Block::bordered().title("Bridges"));
    frame.render_widget(table, area);
}

fn draw_applications(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let rows = state.applications().into_iter().map(|application| {
        let count = application["channel_ids"].as_array().map_or(0, Vec::len);
        Row::new(vec![
            cell(application, "name"),
            Cell::from(count.to_string()),
        ])
    });
    let widths = [Constraint::Fill(1), Constraint::Length(3)];
    let table = Table::new(rows, widths).block(Block::bordered().title("Applications"));
    frame.render_widget(table, area);
}

fn draw_rates(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let block = Block::bordered().title("Events a second");
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [line, list] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(inner);
    // The newest at the right edge.
    let width = usize::from(line.width);
    let skipped = state.history.len().saturating_sub(width);
    let shown: Vec<u64> = state.history.iter().copied().skip(skipped).collect();
    frame.render_widget(
        Sparkline::default().data(shown).style(color(Color::Cyan)),
        line,
    );
    let rates = state.rates().into_iter();
    let rows = rates.map(|(kind, rate)| {
        Row::new(vec![
            Cell::from(format!("{rate:>7.1}")),
            Cell::from(harmless(&kind)),
        ])
    });
    let widths = [Constraint::Length(7), Constraint::Fill(1)];
    frame.render_widget(Table::new(rows, widths), list);
}

/// What went wrong, or which keys there are.
fn foot(state: &State) -> Line<'static> {
    match &state.problem {
        Some(problem) => Line::from(harmless(problem)).style(color(Color::Red)),
        None => Line::from(format!(
            "q quits, arrows scroll the channels; {} events so far",
            state.total
        )),
    }
}
