//! The screen, which fits 80 columns and 24 rows.

use std::time::SystemTime;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style, Stylize as _};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Cell, Paragraph, Row, Sparkline, Table, Wrap};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use super::rows::{Channel, bridge_name, clock};
use super::state::{Mode, State};
use crate::json_value::{at, text};
use crate::table::columns;
use crate::text::{escape_control, format_count};

/// Returns a style with a colour, unless NO_COLOR is set. Colours only repeat what the text shows.
fn color(color: Color) -> Style {
    match std::env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => Style::new(),
        _ => Style::new().fg(color),
    }
}

pub(super) fn draw(frame: &mut Frame<'_>, state: &State, now: SystemTime) {
    let shown = state.shown(now);
    let foot = foot(state);
    let size = frame.area();
    let width = usize::from(size.width.max(1));
    // The bottom line wraps if it is too long.
    let lines = (foot.width() / width + 1).min(3);
    let [head, channels, below, last] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(6),
        Constraint::Length((size.height / 3).clamp(7, 16)),
        Constraint::Length(u16::try_from(lines).unwrap_or(1)),
    ])
    .areas(size);
    let [bridges, applications, rates] = Layout::horizontal([
        Constraint::Fill(4),
        Constraint::Fill(3),
        Constraint::Fill(4),
    ])
    .areas(below);
    draw_head(frame, head, state);
    match (&state.mode, shown.get(state.selected)) {
        (Mode::Details, Some(channel)) => draw_details(frame, channels.union(below), channel),
        _ => {
            draw_channels(frame, channels, state, &shown);
            draw_bridges(frame, bridges, state);
            draw_applications(frame, applications, state);
            draw_rates(frame, rates, state);
        }
    }
    frame.render_widget(Paragraph::new(foot).wrap(Wrap { trim: true }), last);
}

/// Returns a frame for rows, with the number of hidden ones.
fn block(title: String, rows: usize, room: u16) -> Block<'static> {
    let block = Block::bordered().title(title);
    match rows.saturating_sub(usize::from(room)) {
        0 => block,
        hidden => block.title_bottom(format!("{hidden} more")),
    }
}

fn cell(value: &Value, path: &str) -> Cell<'static> {
    Cell::from(text(at(value, path)))
}

fn draw_head(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let version = text(at(&state.snapshot.info, "system.version"));
    // Packages add a long suffix.
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.');
    let version = match end {
        Some(end) if end > 0 => &version[..end],
        _ => &version,
    };
    let since = text(at(&state.snapshot.info, "status.startup_time"));
    let since = since.get(..16).unwrap_or_default().replace('T', " ");
    let stale = state
        .stale()
        .map(|seconds| format!("{seconds} s old: "))
        .unwrap_or_default();
    let line = Line::from(vec![
        Span::from(stale).style(color(Color::Red)),
        Span::from(format!("Asterisk {version}")).bold(),
        Span::from(format!(
            "  {}  {}  {}  since {since}",
            format_count(state.channels().len(), "channel"),
            format_count(state.bridges().len(), "bridge"),
            format_count(state.applications().len(), "application"),
        )),
    ]);
    frame.render_widget(line, area);
}

/// The minimum width for the columns of ids and connected parties.
const MIN_WIDE_COLUMNS: u16 = 120;

fn draw_channels(frame: &mut Frame<'_>, area: Rect, state: &State, shown: &[Channel<'_>]) {
    let wide = area.width >= MIN_WIDE_COLUMNS;
    // The frame and the header take three lines. The selected row is always visible.
    let room = area.height.saturating_sub(3);
    let first = (state.selected + 1).saturating_sub(usize::from(room.max(1)));
    let rows = shown.iter().enumerate().skip(first).map(|(at, channel)| {
        let style = match channel.state.as_str() {
            "Up" => color(Color::Green),
            "Ring" | "Ringing" => color(Color::Yellow),
            _ => Style::new(),
        };
        let mut cells = vec![
            Cell::from(channel.name.clone()),
            Cell::from(channel.state.clone()).style(style),
            Cell::from(channel.caller.clone()),
            Cell::from(channel.bridge.clone()),
            Cell::from(clock(channel.age)),
            Cell::from(channel.place.clone()),
        ];
        if wide {
            cells.insert(3, Cell::from(channel.connected.clone()));
            cells.insert(0, Cell::from(channel.id.clone()));
        }
        let row = Row::new(cells);
        match at == state.selected {
            true => row.reversed(),
            false => row,
        }
    });
    // The ends of names and ids distinguish channels, so these are only cut if they are very long.
    let widest = |text: fn(&Channel<'_>) -> usize, most: usize| {
        let widest = shown.iter().map(text).max().unwrap_or_default();
        Constraint::Length(u16::try_from(widest.min(most)).unwrap_or_default().max(12))
    };
    let name = widest(|channel| channel.name.width(), 30);
    let mut widths = vec![
        name,
        Constraint::Length(7),
        Constraint::Fill(3),
        Constraint::Fill(2),
        Constraint::Length(8),
        Constraint::Fill(3),
    ];
    let mut head = vec!["Channel", "State", "Caller", "Bridge", "Time", "Where"];
    if wide {
        widths.insert(3, Constraint::Fill(3));
        widths.insert(0, widest(|channel| channel.id.width(), 36));
        head.insert(3, "Connected");
        head.insert(0, "Id");
    }
    let all = state.channels().len();
    let filtered = match state.filter.as_str() {
        "" => String::new(),
        filter => format!(", {} of {all} with {:?}", shown.len(), filter),
    };
    let title = format!("Channels by {}{filtered}", state.sort.label());
    let table = Table::new(rows, widths)
        .header(Row::new(head).bold())
        .block(block(title, shown.len(), room));
    frame.render_widget(table, area);
}

/// Draws all fields of a channel, and its bridge.
fn draw_details(frame: &mut Frame<'_>, area: Rect, channel: &Channel<'_>) {
    let names = columns(std::slice::from_ref(channel.value));
    let mut rows: Vec<(String, String)> = vec![
        ("bridge".to_owned(), channel.bridge.clone()),
        ("time".to_owned(), clock(channel.age)),
    ];
    let values = names.into_iter().map(|name| {
        let value = text(at(channel.value, &name));
        (escape_control(&name), value)
    });
    rows.extend(values);
    let widest = rows.iter().map(|(name, _)| name.width()).max();
    let widest = u16::try_from(widest.unwrap_or_default()).unwrap_or(u16::MAX);
    let block = block(
        channel.name.clone(),
        rows.len(),
        area.height.saturating_sub(2),
    );
    let rows = rows
        .into_iter()
        .map(|(name, value)| Row::new(vec![Cell::from(name).bold(), Cell::from(value)]));
    let widths = [Constraint::Length(widest), Constraint::Fill(1)];
    frame.render_widget(Table::new(rows, widths).block(block), area);
}

fn draw_bridges(frame: &mut Frame<'_>, area: Rect, state: &State) {
    let rows = state.bridges().iter().map(|bridge| {
        let count = bridge["channels"].as_array().map_or(0, Vec::len);
        Row::new(vec![
            Cell::from(bridge_name(bridge)),
            cell(bridge, "bridge_type"),
            Cell::from(count.to_string()),
        ])
    });
    let widths = [
        Constraint::Fill(1),
        Constraint::Length(7),
        Constraint::Length(3),
    ];
    let table = Table::new(rows, widths).block(block(
        "Bridges".to_owned(),
        state.bridges().len(),
        area.height.saturating_sub(2),
    ));
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
    let table = Table::new(rows, widths).block(block(
        "Applications".to_owned(),
        state.applications().len(),
        area.height.saturating_sub(2),
    ));
    frame.render_widget(table, area);
}

fn draw_rates(frame: &mut Frame<'_>, area: Rect, state: &State) {
    // The sparkline takes two lines.
    let block = block(
        "Events per second".to_owned(),
        state.rates().len(),
        area.height.saturating_sub(4),
    );
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [line, list] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(inner);
    // The newest second is at the right edge.
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
            Cell::from(escape_control(&kind)),
        ])
    });
    let widths = [Constraint::Length(7), Constraint::Fill(1)];
    frame.render_widget(Table::new(rows, widths), list);
}

/// Returns the bottom line: a question, an error, or the available keys.
fn foot(state: &State) -> Line<'static> {
    let mode = match &state.mode {
        Mode::Filter => Some(format!(
            "Show channels with: {}_ (Enter, Esc)",
            state.filter
        )),
        Mode::Confirm { id, name } => Some(format!("Hang up {name} ({id})? y or n")),
        Mode::Details => Some("Enter returns to the table".to_owned()),
        Mode::Table => state.notice().map(str::to_owned),
    };
    match (mode, &state.problem) {
        (Some(mode), _) => Line::from(escape_control(&mode)).bold(),
        (None, Some(problem)) => Line::from(escape_control(problem)).style(color(Color::Red)),
        (None, None) => Line::from(format!(
            "q quit, arrows select, Enter details, h hang up, / filter, s sort; {}",
            format_count(usize::try_from(state.total).unwrap_or(usize::MAX), "event"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use ari_api::stream::EventType as _;
    use ratatui::backend::CrosstermBackend;
    use ratatui::crossterm::event::KeyCode;
    use ratatui::{Terminal, TerminalOptions, Viewport};
    use serde_json::json;

    use super::super::snapshot::Snapshot;
    use super::*;
    use crate::event::CommandEvent;

    /// Renders the screen as a person sees it on a terminal of that size.
    fn render(state: &State, columns: u16, rows: u16) -> String {
        let mut written = Vec::new();
        {
            let area = Rect::new(0, 0, columns, rows);
            let viewport = Viewport::Fixed(area);
            let backend = CrosstermBackend::new(&mut written);
            let mut terminal =
                Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
            let now = UNIX_EPOCH + Duration::from_secs(1_700_003_723);
            terminal.draw(|frame| draw(frame, state, now)).unwrap();
        }
        let size = [rows, columns].map(|side| side.try_into().unwrap());
        let mut parser = vt100::Parser::new(size[0], size[1], 0);
        parser.process(&written);
        let text = parser.screen().contents();
        let lines = text.lines().map(str::trim_end);
        lines.collect::<Vec<_>>().join("\n") + "\n"
    }

    fn state(count: usize) -> State {
        let channels: Vec<_> = (0..count)
            .map(|at| {
                json!({
                    "id": format!("1700000000.{at}"), "name": format!("PJSIP/alice-{at:08}"),
                    "state": if at == 1 { "Ringing" } else { "Up" },
                    "caller": {"name": "Alice", "number": format!("{}", 100 + at)},
                    "connected": {"name": "", "number": "200"},
                    "dialplan": {"context": "default", "exten": "200", "app_name": "Stasis",
                        "app_data": "hello"},
                    "creationtime": format!("2023-11-14T22:13:{:02}.000+0000", 20 + at),
                })
            })
            .collect();
        let mut state = State::new(Snapshot {
            info: json!({"system": {"version": "22.10.1"},
                "status": {"startup_time": "2023-11-14T08:00:00.000+0000"}}),
            channels: channels.into(),
            bridges: json!([{"id": "b1", "name": "lobby", "bridge_type": "mixing",
                "channels": ["1700000000.0", "1700000000.1"]}]),
            applications: json!([{"name": "hello", "channel_ids": ["1700000000.0"]}]),
        });
        state.tick();
        state
    }

    fn press(state: &mut State, keys: &[KeyCode]) {
        for key in keys {
            state.press((*key).into());
        }
    }

    /// The screens equal the files, which `ARI_BLESS=1` rewrites.
    #[test]
    fn screens_fit_and_show_everything() {
        let many = state(30);
        let mut details = state(2);
        press(&mut details, &[KeyCode::Down, KeyCode::Enter]);
        for (name, state, columns, rows) in [
            ("80x24", &many, 80, 24),
            ("200x50", &many, 200, 50),
            ("details-80x24", &details, 80, 24),
            ("one-80x24", &state(1), 80, 24),
        ] {
            let screen = render(state, columns, rows);
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/top/screens");
            let file = format!("{folder}/{name}.txt");
            if std::env::var_os("ARI_BLESS").is_some() {
                std::fs::write(&file, &screen).unwrap();
            }
            assert_eq!(screen, std::fs::read_to_string(&file).unwrap(), "{name}");
        }
    }

    /// Returns the numbers of hidden rows that the bottom borders of a screen's lists show.
    fn hidden(screen: &str) -> Vec<usize> {
        let borders = screen.lines().filter(|line| line.starts_with('└'));
        let lists = borders.flat_map(|line| line.split("┘└"));
        lists
            .map(|border| match border.split_once(" more") {
                Some((count, _)) => count.trim_start_matches('└').parse().unwrap(),
                None => 0,
            })
            .collect()
    }

    /// In each list, the shown rows and the number of hidden ones add up, wherever the selection is.
    #[test]
    fn hidden_rows_are_counted() {
        for (columns, rows) in [(80, 24), (200, 50)] {
            for count in [0, 1, 5, 12, 29, 100] {
                let mut state = state(count);
                let names =
                    |prefix: &str| (0..count).map(|at| format!("{prefix}-{at:03}")).collect();
                let (bridges, applications): (Vec<_>, Vec<_>) = (names("bridge"), names("app"));
                let named = |name: &String| json!({"name": name});
                state.snapshot.bridges = bridges.iter().map(named).collect();
                state.snapshot.applications = applications.iter().map(named).collect();
                for at in 0..count {
                    let event = json!({"type": format!("Kind{at:03}")}).to_string();
                    state.apply_event(&CommandEvent::decode(&event).unwrap());
                }
                state.tick();
                for key in [KeyCode::Home, KeyCode::PageDown, KeyCode::End] {
                    press(&mut state, &[key]);
                    let screen = render(&state, columns, rows);
                    let shown = ["PJSIP/alice-", "bridge-", "app-", "Kind"];
                    let shown = shown.map(|row| screen.matches(row).count());
                    let hidden = hidden(&screen);
                    assert_eq!(hidden.len(), 4, "{screen}");
                    for (shown, hidden) in shown.iter().zip(hidden) {
                        assert_eq!(shown + hidden, count, "{screen}");
                    }
                }
            }
        }
    }

    /// The details of a channel count the rows that do not fit, too.
    #[test]
    fn hidden_details_are_counted() {
        let mut state = state(1);
        let variables: serde_json::Map<_, _> =
            (0..60).map(|at| (format!("V{at}"), "1".into())).collect();
        state.snapshot.channels[0]["channelvars"] = variables.into();
        press(&mut state, &[KeyCode::Enter]);
        for (columns, rows) in [(80, 24), (200, 50)] {
            let screen = render(&state, columns, rows);
            let shown = screen.matches("channelvars.V").count();
            assert_eq!(hidden(&screen), [60 - shown], "{screen}");
            assert!(shown > 0 && shown < 60, "{screen}");
        }
    }

    #[test]
    fn keys_filter_sort_and_hang_up_after_confirmation() {
        use super::super::keys::Action;
        let mut state = state(30);
        press(
            &mut state,
            &[KeyCode::Char('/'), KeyCode::Char('1'), KeyCode::Char('2')],
        );
        press(&mut state, &[KeyCode::Char('8'), KeyCode::Enter]);
        let shown = render(&state, 80, 24);
        assert!(
            shown.contains("1 of 30 with \"128\"") && shown.contains("Alice <128>"),
            "{shown}"
        );
        press(
            &mut state,
            &[KeyCode::Char('/'), KeyCode::Esc, KeyCode::Char('s')],
        );
        let shown = render(&state, 80, 24);
        assert!(
            shown.contains("Channels by name") && shown.contains("lobby"),
            "{shown}"
        );
        press(&mut state, &[KeyCode::End]);
        let shown = render(&state, 80, 24);
        assert!(
            shown.contains("alice-00000029") && shown.contains(" more"),
            "{shown}"
        );
        press(&mut state, &[KeyCode::Char('h')]);
        let shown = render(&state, 80, 24);
        assert!(
            shown.contains("Hang up PJSIP/alice-00000029 (1700000000.29)? y or n"),
            "{shown}"
        );
        assert!(matches!(
            state.press(KeyCode::Char('n').into()),
            Action::None
        ));
        press(&mut state, &[KeyCode::Char('h')]);
        let action = state.press(KeyCode::Char('y').into());
        assert!(matches!(action, Action::HangUp(id) if id == "1700000000.29"));
    }
}
