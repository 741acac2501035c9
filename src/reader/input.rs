//! The terminal's events as actions: presses only, the wheel's notches added up, only the last size of several.
//!
//! Must never know what a key means.

use ratatui::crossterm::event::{
    Event, KeyCode as Code, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::{Position, Size};

use super::action::Action;
use super::key::{KeyCode, KeyPress, NamedKey};

/// The actions of events that came together.
pub fn actions(events: Vec<Event>) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::with_capacity(events.len());
    for event in events {
        let Some(action) = action(event) else { continue };
        match (actions.last_mut(), &action) {
            (Some(Action::Wheel(at, notches)), Action::Wheel(here, more)) if at == here => *notches += more,
            (Some(Action::Drag(at)), Action::Drag(newer)) => *at = *newer,
            (Some(Action::Resize(size)), Action::Resize(newer)) => *size = *newer,
            _ => actions.push(action),
        }
    }
    actions
}

fn action(event: Event) -> Option<Action> {
    match event {
        Event::Key(key) if key.is_press() || key.is_repeat() => press(key).map(Action::Key),
        Event::Mouse(mouse) => mouse_action(mouse),
        Event::Paste(text) => Some(Action::Paste(text)),
        Event::Resize(width, height) => Some(Action::Resize(Size::new(width, height))),
        _ => None,
    }
}

fn mouse_action(mouse: MouseEvent) -> Option<Action> {
    let at = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Action::Click(at)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Action::Drag(at)),
        MouseEventKind::Up(MouseButton::Left) => Some(Action::Release),
        MouseEventKind::ScrollDown => Some(Action::Wheel(at, 1)),
        MouseEventKind::ScrollUp => Some(Action::Wheel(at, -1)),
        _ => None,
    }
}

fn press(key: KeyEvent) -> Option<KeyPress> {
    let named = |key: NamedKey| KeyCode::Named(key);
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::F(number) => KeyCode::Function(number),
        Code::Enter => named(NamedKey::Enter),
        Code::Esc => named(NamedKey::Escape),
        Code::Tab => named(NamedKey::Tab),
        Code::BackTab => named(NamedKey::BackTab),
        Code::Backspace => named(NamedKey::Backspace),
        Code::Delete => named(NamedKey::Delete),
        Code::Insert => named(NamedKey::Insert),
        Code::Up => named(NamedKey::Up),
        Code::Down => named(NamedKey::Down),
        Code::Left => named(NamedKey::Left),
        Code::Right => named(NamedKey::Right),
        Code::Home => named(NamedKey::Home),
        Code::End => named(NamedKey::End),
        Code::PageUp => named(NamedKey::PageUp),
        Code::PageDown => named(NamedKey::PageDown),
        _ => return None,
    };
    let shifted = matches!(code, KeyCode::Char(_) | KeyCode::Named(NamedKey::BackTab));
    Some(KeyPress {
        code,
        control: key.modifiers.contains(KeyModifiers::CONTROL),
        alt: key.modifiers.contains(KeyModifiers::ALT),
        shift: key.modifiers.contains(KeyModifiers::SHIFT) && !shifted,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyEventKind, KeyEventState};

    use super::*;

    fn key(code: Code, modifiers: KeyModifiers, kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent { code, modifiers, kind, state: KeyEventState::NONE })
    }

    fn written(events: Vec<Event>) -> Vec<String> {
        let said = |action: &Action| match action {
            Action::Key(press) => press.to_string(),
            Action::Wheel(_, notches) => format!("wheel {notches}"),
            Action::Resize(size) => format!("{size}"),
            other => format!("{other:?}"),
        };
        actions(events).iter().map(said).collect()
    }

    #[test]
    fn a_key_counts_when_it_is_pressed_and_not_when_it_is_let_go() {
        let press = key(Code::Char('G'), KeyModifiers::SHIFT, KeyEventKind::Press);
        let release = key(Code::Char('G'), KeyModifiers::SHIFT, KeyEventKind::Release);
        let back = key(Code::BackTab, KeyModifiers::SHIFT, KeyEventKind::Press);
        let alone = key(Code::Down, KeyModifiers::SHIFT, KeyEventKind::Press);
        assert_eq!(written(vec![press, release, back, alone]), ["G", "backtab", "shift-down"]);
    }

    #[test]
    fn notches_of_the_wheel_are_added_up_and_only_the_last_size_counts() {
        let notch = Event::Mouse(MouseEvent {
            kind: MouseEventKind::ScrollDown,
            column: 3,
            row: 4,
            modifiers: KeyModifiers::NONE,
        });
        let moved =
            Event::Mouse(MouseEvent { kind: MouseEventKind::Moved, column: 3, row: 4, modifiers: KeyModifiers::NONE });
        let events = vec![notch.clone(), moved, notch, Event::Resize(80, 24), Event::Resize(81, 24)];
        assert_eq!(written(events), ["wheel 2", "81x24"]);
    }
}
