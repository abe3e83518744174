//! Key bindings.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::state::{Mode, State};

/// An action of a key that affects more than the screen.
pub(super) enum Action {
    None,
    Quit,
    /// Ends the channel of this id.
    HangUp(String),
}

impl State {
    pub(super) fn press(&mut self, key: KeyEvent) -> Action {
        if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL) {
            return Action::Quit;
        }
        match std::mem::take(&mut self.mode) {
            Mode::Filter => self.filtering(key.code),
            Mode::Details => match key.code {
                // Any other key keeps the details open.
                KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q') => {}
                _ => self.mode = Mode::Details,
            },
            Mode::Confirm { id, name } => match key.code {
                KeyCode::Char('y' | 'Y') => {
                    self.notify(format!("hanging up {name}"));
                    return Action::HangUp(id);
                }
                _ => self.notify(format!("{name} was not hung up")),
            },
            Mode::Table => return self.in_table(key.code),
        }
        Action::None
    }

    fn in_table(&mut self, code: KeyCode) -> Action {
        match code {
            KeyCode::Char('q') | KeyCode::Esc => return Action::Quit,
            KeyCode::Down | KeyCode::Char('j') => self.select(1),
            KeyCode::Up | KeyCode::Char('k') => self.select(-1),
            KeyCode::PageDown => self.select(10),
            KeyCode::PageUp => self.select(-10),
            KeyCode::Home => self.select(isize::MIN),
            KeyCode::End => self.select(isize::MAX),
            KeyCode::Char('/') => self.mode = Mode::Filter,
            KeyCode::Char('s') => self.sort = self.sort.next(),
            KeyCode::Enter if self.selected_id().is_some() => self.mode = Mode::Details,
            KeyCode::Char('h') => {
                if let Some((id, name)) = self.selected_id() {
                    self.mode = Mode::Confirm { id, name };
                }
            }
            _ => {}
        }
        Action::None
    }

    /// Edits the filter, which applies as it is typed.
    fn filtering(&mut self, code: KeyCode) {
        match code {
            KeyCode::Enter => return,
            KeyCode::Esc => {
                self.filter.clear();
                return;
            }
            KeyCode::Backspace => {
                self.filter.pop();
            }
            KeyCode::Char(c) => self.filter.push(c),
            _ => {}
        }
        self.mode = Mode::Filter;
        self.select(0);
    }
}
