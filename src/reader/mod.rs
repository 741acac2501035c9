//! The terminal program: the only folder that knows the terminal.
//!
//! terminal → input → action → update (state, effects) → layout, rows, sync → view → terminal; effects go to the world and come
//! back as actions. Invariant: the loop alone does input and output.

pub mod action;
mod browser;
mod clipboard;
pub mod command;
pub mod command_line;
mod editor;
pub mod effect;
mod errands;
pub mod glyphs;
mod ground;
pub mod host;
mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod loading;
pub mod manual;
mod opening;
mod palette;
pub mod picture;
pub mod rows;
pub mod state;
mod svg;
pub mod sync;
mod terminal;
pub mod theme;
pub mod update;
pub mod view;
mod watch;
mod wire;
pub mod world;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Size;

use self::action::Action;
use self::effect::Effect;
use self::glyphs::Glyphs;
use self::host::Host;
use self::keymap::{Keymap, KeymapError};
use self::state::findings::Stage;
use self::state::{Setup, State};
pub use self::terminal::RealTerminal;
use self::theme::{Theme, ThemeError};
use self::update::update;
use self::world::World;
use crate::config::{self, Config};
use crate::source::{Article, Opener, Said};

/// How often signals are looked for while nothing happens.
const IDLE: Duration = Duration::from_millis(250);

/// How often the comparison is asked for news.
const COMPARING: Duration = Duration::from_millis(30);

/// What the reader opens on.
#[derive(Debug)]
pub struct Session {
    /// The sources, in the order of their panes.
    pub articles: Vec<Article>,
    /// What the reader said about them, in the same order; nothing about those that are missing here.
    pub said: Vec<Said>,
    /// Why others could not be opened, one line each.
    pub failures: Vec<String>,
    /// The notes file.
    pub notes_path: PathBuf,
    /// How further sources are opened.
    pub opener: Opener,
    /// The settings in force.
    pub config: Config,
}

/// Why the reader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was asked to by a key.
    Asked,
    /// A signal of this number came.
    Signal(i32),
}

/// Why the reader could not be opened, or ended before it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The keymap is not well formed.
    #[error(transparent)]
    Keymap(#[from] KeymapError),
    /// The theme is not well formed.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// The terminal says no.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
}

impl ReaderError {
    /// Whether the reader's settings are wrong, and nothing else.
    pub fn is_of_settings(&self) -> bool {
        matches!(self, Self::Keymap(_) | Self::Theme(_))
    }
}

/// What the reader needs and no source has a say in: made while they are being opened, since it takes as long as a short one.
pub struct Ready {
    setup: Setup,
    terminal: RealTerminal,
}

impl Ready {
    /// Reads the keys and makes room for the screen; the terminal is not touched.
    ///
    /// # Errors
    /// [`ReaderError`].
    pub fn new(config: &Config, notes_path: &Path) -> Result<Self, ReaderError> {
        let setup = setup(config, notes_path, palette::glyphs(config.ascii))?;
        Ok(Self { setup, terminal: RealTerminal::new()? })
    }

    /// Takes the terminal, for what is shown before the reader and for the reader alike, unless it is taken, and asks what has to
    /// be known of it.
    ///
    /// # Errors
    /// What the terminal says; it is as it was once this is dropped.
    pub fn enter(&mut self, config: &Config) -> io::Result<()> {
        if !self.terminal.is_taken() {
            self.terminal.enter(config)?;
        }
        Ok(())
    }

    /// Looks whether the terminal, its screen taken, has answered by now, which takes some making ready where it was asked; what was
    /// typed is kept for the reader.
    ///
    /// # Errors
    /// What the terminal says; it is given back once this is dropped.
    pub fn listen(&mut self) -> io::Result<()> {
        self.terminal.first_ground().map(drop)
    }

    /// Why the program ends: by itself as long as no signal came.
    pub fn ending(&self) -> Ending {
        self.terminal.ending()
    }
}

/// Opens the reader and answers when it is closed.
///
/// # Errors
/// [`ReaderError`]; the terminal is then as it was.
pub fn run(mut session: Session, mut ready: Ready) -> Result<Ending, ReaderError> {
    ready.enter(&session.config)?;
    let Ready { setup, mut terminal } = ready;
    let articles = Arc::new(std::mem::take(&mut session.articles));
    let mut world =
        World::new(articles, session.notes_path.clone()).opening_with(session.opener.clone(), &session.said);
    let mut state = open(world.articles(), setup, terminal.size()?, &world);
    let mut theme = palette::choose(session.config.theme, terminal.first_ground()?)?;
    for action in terminal.typed_ahead() {
        if !follow(&mut terminal, &mut world, (&mut state, &mut theme), action)? {
            world.leave(&state.unfinished());
            return Ok(Ending::Asked);
        }
    }
    // A key would have put it aside unseen.
    if !session.failures.is_empty() {
        let failures: Vec<String> = session.failures.iter().map(ToString::to_string).collect();
        state.warn(crate::text::display::line(&failures.join(" · ")));
    }
    let ended = cycle(&mut terminal, &mut world, &mut state, &theme);
    let ending = terminal.ending();
    // A signal is why, whatever the terminal says that went away with it.
    if ending == Ending::Asked {
        ended?;
    }
    Ok(ending)
}

fn setup(config: &Config, notes_path: &Path, glyphs: Glyphs) -> Result<Setup, KeymapError> {
    Ok(Setup {
        keymap: Keymap::patched_from(&config.keys, &config.key_lines)?,
        glyphs,
        verdicts: config.verdicts.clone(),
        author: config.author.clone(),
        notes_path: notes_path.to_owned(),
    })
}

/// The state a session begins with.
pub fn open(articles: Arc<Vec<Article>>, setup: Setup, size: Size, world: &World) -> State {
    let mut state = State::new(articles, setup, size);
    if world.is_comparing() {
        state.findings.stage = Stage::Running(0);
    }
    match world.notes() {
        Ok(notes) => {
            update(&mut state, Action::Notes(notes));
        }
        Err(problem) => state.warn(format!("notes cannot be kept: {problem}")),
    }
    update(&mut state, Action::Drafts(world.drafts()));
    if state.message.is_none() {
        update::remark(&mut state);
    }
    state
}

/// Draws, waits, updates and carries out, until the reader quits or the terminal is gone.
///
/// # Errors
/// What the terminal says.
pub fn cycle(host: &mut dyn Host, world: &mut World, state: &mut State, theme: &Theme) -> io::Result<()> {
    let ended = turn(host, world, state, theme);
    world.leave(&state.unfinished());
    ended
}

fn turn(host: &mut dyn Host, world: &mut World, state: &mut State, theme: &Theme) -> io::Result<()> {
    let mut drawn = false;
    let mut theme = theme.clone();
    loop {
        if !drawn {
            // First, so that no word is seen that would be lost.
            world.keep_drafts(&state.unfinished());
            host.draw(state, &theme)?;
            world.shown();
            drawn = true;
        }
        let patience = if world.is_busy() { COMPARING } else { IDLE };
        let Some(mut actions) = host.wait(patience)? else { return Ok(()) };
        if let Some(ground) = host.news_of_ground()
            && let Ok(chosen) = palette::choose(config::Theme::Auto, Some(ground))
        {
            theme = chosen;
            drawn = false;
        }
        actions.extend(world.news());
        for action in actions {
            drawn = false;
            if !follow(host, world, (state, &mut theme), action)? {
                return Ok(());
            }
        }
    }
}

/// Follows one action through all it brings about; answers whether the program goes on.
fn follow(
    host: &mut dyn Host,
    world: &mut World,
    (state, theme): (&mut State, &mut Theme),
    action: Action,
) -> io::Result<bool> {
    let mut effects = update(state, action);
    while !effects.is_empty() {
        let mut next = Vec::new();
        for effect in effects {
            if effect == Effect::Quit {
                return Ok(false);
            }
            if let Effect::Theme(wanted) = effect
                && let Ok(chosen) = palette::choose(wanted, host.ground_for(wanted)?)
            {
                *theme = chosen;
                next.extend(update(state, Action::Themed(theme.name().to_owned())));
                continue;
            }
            let outcome = match host.carry_out(&effect)? {
                Some(outcome) => Some(outcome),
                None => world.carry_out(effect),
            };
            if let Some(outcome) = outcome {
                next.extend(update(state, outcome));
            }
        }
        for news in world.news() {
            next.extend(update(state, news));
        }
        effects = next;
    }
    Ok(true)
}
