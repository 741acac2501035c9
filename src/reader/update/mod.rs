//! What an action changes: state in, effects out. No input or output.
//!
//! Must never touch a file, a terminal or a clock. Invariant: after every action the layout, the rows and the marks of the
//! panes belong together, so that drawing only reads.

mod about;
mod by_hand;
mod command_line;
mod counterpart;
mod dialog;
mod filter;
mod find;
mod list;
mod listing;
mod mouse;
mod panes;
mod placing;
mod prompt;
mod reading;
mod reload;
mod results;
mod scroll;
mod select;
mod trail;

pub use about::remark;
pub use panes::resize;

use super::action::Action;
use super::command::Command;
use super::effect::Effect;
use super::key::KeyPress;
use super::keymap::{Meaning, Mode};
use super::state::{Overlay, Purpose, State};

/// The largest count that can be typed before a key.
const MOST_REPEATS: u32 = 99_999;

/// A command with how often or how far it is wanted.
#[derive(Debug, Clone, Copy)]
struct Order {
    command: Command,
    count: Option<u32>,
}

impl Order {
    /// How often: once where no count was typed.
    fn times(self) -> i32 {
        self.count.map_or(1, |count| i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// Changes the state as the action says and answers what is to be done.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let pressed = matches!(action, Action::Key(_));
    let mut effects = follow(state, action);
    if effects.contains(&Effect::Quit) && state.shelf.unsaved > 0 && !state.shelf.told_of_loss {
        // Tried once more, and said where it fails.
        state.shelf.told_of_loss = true;
        effects = vec![Effect::Retry];
    } else if pressed {
        state.shelf.told_of_loss = false;
    }
    let active = state.panes.active;
    state.panes.selection = state.panes.selection.filter(|selection| selection.article == active);
    listing::settle(state);
    effects
}

fn follow(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Key(press) => key(state, press),
        Action::Paste(text) => {
            paste(state, &text);
            Vec::new()
        }
        Action::Click(at) => mouse::click(state, at),
        Action::Drag(at) => mouse::drag(state, at),
        Action::Release => mouse::release(state),
        Action::Wheel(at, notches) => mouse::wheel(state, at, notches),
        Action::Resize(size) => {
            resize(state, size);
            Vec::new()
        }
        Action::Mouse(on) => {
            state.say(if on { "mouse on" } else { "mouse off: the terminal selects text" });
            Vec::new()
        }
        Action::Comparing(permille) => results::comparing(state, permille),
        Action::Compared(comparison) => results::compared(state, comparison),
        Action::Notes(notes) => results::notes(state, notes),
        Action::Drafts(drafts) => dialog::found(state, drafts),
        Action::NoteSaved(id, result) => results::note_saved(state, id, result),
        Action::NoteRemoved(result) => results::note_removed(state, result),
        Action::Turned(way, result) => results::turned(state, way, result),
        Action::Pending(count, notes) => results::pending(state, count, notes),
        Action::Retried(result) => results::retried(state, result),
        Action::Recalled(recollections) => results::recalled(state, &recollections),
        Action::HandLink(answer, saved) => by_hand::answered(state, answer, saved),
        Action::Overruled(comparison, tally) => results::overruled(state, comparison, tally),
        Action::OnDisk(article, on_disk) => reload::noticed(state, article, on_disk),
        Action::Opened(articles) => reload::opened(state, articles),
        Action::NotOpened(problem) => {
            state.warn(problem);
            Vec::new()
        }
        Action::Files(beginning, files) => prompt::files(state, &beginning, files),
        Action::Themed(name) => {
            state.say(format!("theme {name}"));
            Vec::new()
        }
        Action::Reloaded(articles, which) => reload::reloaded(state, articles, &which),
        Action::Copied(amount, way) => {
            state.say(format!("copied {amount} {way}"));
            Vec::new()
        }
        Action::AddressOpened(address, result) => results::address_opened(state, &address, result),
        Action::Edited(result) => dialog::edited(state, result),
        Action::Exported(path, result) => results::exported(state, &path, result),
    }
}

fn key(state: &mut State, press: KeyPress) -> Vec<Effect> {
    state.message = None;
    if let Some(command) = state.typing.letter_for.take() {
        trail::letter(state, command, press);
        return Vec::new();
    }
    let mode = state.mode();
    if let Some(digit) = press.typed().and_then(|c| c.to_digit(10)).filter(|_| mode.counts()) {
        let counted = state.typing.count;
        // A key of the reader's own may be the figure that begins no number.
        let counts = digit > 0 || counted.is_some() || state.setup.keymap.meaning(mode, &[press]) == Meaning::Nothing;
        if state.typing.pressed.is_empty() && counts {
            state.typing.count = Some((counted.unwrap_or(0) * 10 + digit).min(MOST_REPEATS));
            return Vec::new();
        }
    }
    state.typing.pressed.push(press);
    match state.setup.keymap.meaning(mode, &state.typing.pressed) {
        Meaning::Prefix => Vec::new(),
        Meaning::Command(command) => {
            let order = Order { command, count: std::mem::take(&mut state.typing).count };
            obey(state, order)
        }
        Meaning::Nothing => {
            let typing = std::mem::take(&mut state.typing);
            unbound(state, &typing.pressed)
        }
    }
}

fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    match order.command {
        Command::CommandLine => {
            prompt::open(state, Purpose::Command);
            return Vec::new();
        }
        Command::Quit => return vec![Effect::Quit],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Suspend => return vec![Effect::Suspend],
        Command::MouseToggle => return vec![Effect::ToggleMouse],
        _ => {}
    }
    if matches!(state.mode(), Mode::Reading | Mode::Selecting)
        && let Some(effects) = placing::obey(state, order.command)
    {
        return effects;
    }
    match state.mode() {
        Mode::Reading => reading::obey(state, order),
        Mode::Selecting => select::obey(state, order),
        Mode::List => list::obey(state, order),
        Mode::Dialog => dialog::obey(state, order),
        Mode::Prompt => prompt::obey(state, order),
    }
}

/// Keys that ask for nothing are typed into the field that has them, or named.
fn unbound(state: &mut State, pressed: &[KeyPress]) -> Vec<Effect> {
    match state.mode() {
        Mode::Dialog => pressed.iter().for_each(|press| dialog::typed(state, *press)),
        Mode::Prompt => pressed.iter().for_each(|press| prompt::typed(state, *press)),
        Mode::Reading | Mode::Selecting | Mode::List => {
            let keys: Vec<String> = pressed.iter().map(|press| press.label()).collect();
            let help = state.setup.keymap.hint(state.mode(), Command::Help).unwrap_or_default();
            state.say(format!("{} is not bound · {help} shows the keys", keys.join("")));
        }
    }
    Vec::new()
}

fn paste(state: &mut State, text: &str) {
    let clean: Vec<String> = text.lines().map(crate::text::display::line).collect();
    match &mut state.overlay {
        Overlay::Note(_) => dialog::pasted(state, &clean),
        Overlay::Prompt(prompt) => {
            prompt.line.insert_str(clean.join(" "));
            prompt::changed(state);
        }
        _ => {}
    }
}
