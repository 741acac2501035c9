//! The real terminal: raw mode, alternate screen, mouse, signals; all given back however the program ends.
//!
//! Must never leave a terminal changed. Invariant: from [`RealTerminal::enter`] to its drop the screen is ours, and before that
//! nobody's; a panic, an error and a signal give it back before anything is printed.

#[cfg(unix)]
use std::io::Read;
use std::io::{self, Write, stdout};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use ratatui::crossterm::terminal::{
    self as screen, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Size};

use super::Ending;
use super::action::Action;
use super::clipboard;
use super::editor;
use super::effect::Effect;
use super::ground::{Ground, Listener, QUESTION};
use super::host::Host;
use super::state::State;
use super::theme::Theme;
use super::view;
use super::wire::Wire;
use super::{input, palette};
use crate::config::Config;

/// Most events taken at once before drawing.
const MOST_EVENTS: usize = 512;

/// How long the loop has to end by itself after a signal.
const GRACE: Duration = Duration::from_millis(600);

/// The terminal the program was started in.
pub struct RealTerminal {
    wire: Wire,
    /// Whether the screen is ours.
    taken: bool,
    /// The size of the screen that was drawn last.
    drawn: Size,
    mouse: bool,
    /// What was typed while nobody could make use of it.
    kept: Vec<Action>,
    hearing: Hearing,
    /// The signal that asked the program to end; 0 while none did.
    signal: Arc<AtomicI32>,
    /// Whether another program has the screen, and with it the interrupt key.
    away: Arc<AtomicBool>,
}

/// What the terminal was asked and what it said.
#[derive(Default)]
struct Hearing {
    listener: Listener,
    asked: bool,
    ground: Option<Ground>,
    /// Whether the ground was told since the last drawing.
    news: bool,
}

impl RealTerminal {
    /// The terminal, its screen not taken yet.
    ///
    /// # Errors
    /// When it does not tell its size.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            wire: Wire::new(size()?),
            taken: false,
            drawn: Size::ZERO,
            mouse: false,
            kept: Vec::new(),
            hearing: Hearing::default(),
            signal: Arc::default(),
            away: Arc::default(),
        })
    }

    /// Whether its screen is taken.
    pub fn is_taken(&self) -> bool {
        self.taken
    }

    /// Takes the screen, and asks for its ground where the colours depend on it; the answer comes among the keys.
    ///
    /// # Errors
    /// What the terminal says; it is then as it was.
    pub fn enter(&mut self, config: &Config) -> io::Result<()> {
        give_back_on_panic();
        watch_end(Arc::clone(&self.signal), Arc::clone(&self.away))?;
        self.mouse = config.mouse;
        self.hearing.asked = palette::depends_on_ground(config.theme);
        take(self.mouse, if self.hearing.asked { QUESTION } else { "" }).inspect_err(|_| give_back())?;
        self.taken = true;
        Ok(())
    }

    /// The ground, where the terminal has told it by now: the first screen waits for no answer, one that comes later changes the
    /// colours. What was typed is kept.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn first_ground(&mut self) -> io::Result<Option<Ground>> {
        if self.hearing.asked {
            let events = self.events(Duration::ZERO)?;
            self.kept.extend(input::actions(events));
        }
        self.hearing.news = false;
        Ok(self.hearing.ground)
    }

    /// Why the program ends: by itself as long as no signal came.
    pub fn ending(&self) -> Ending {
        match self.signal.load(Ordering::Relaxed) {
            0 => Ending::Asked,
            signal => Ending::Signal(signal),
        }
    }

    /// Keeps what was typed for who can make use of it.
    pub fn keep(&mut self, actions: Vec<Action>) {
        self.kept.extend(actions);
    }

    /// What was typed before anybody could make use of it.
    pub fn typed_ahead(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.kept)
    }

    /// What happens within some time, without what the terminal says about itself.
    fn events(&mut self, patience: Duration) -> io::Result<Vec<event::Event>> {
        let mut events = Vec::new();
        if event::poll(patience)? {
            events.push(event::read()?);
            while events.len() < MOST_EVENTS && event::poll(Duration::ZERO)? {
                events.push(event::read()?);
            }
        }
        if events.is_empty() {
            return Ok(self.hearing.listener.release());
        }
        // A screen that changed its size may show anything, also where it has its old size again.
        if events.iter().any(|event| matches!(event, event::Event::Resize(..))) {
            self.wire.forget();
        }
        let (events, ground) = self.hearing.listener.sift(events);
        if ground.is_some() {
            self.hearing.ground = ground;
            self.hearing.news = true;
        }
        Ok(events)
    }

    /// The size of the screen.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn size(&self) -> io::Result<Size> {
        size()
    }

    /// Shows a picture of some size: the state, or what goes on before there is one. It goes to the terminal in one piece, since
    /// every piece wakes that anew.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn show(&mut self, size: Size, picture: impl FnOnce(&mut Buffer) -> Position) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(self.wire.frame(size, picture))?;
        out.flush()?;
        self.wire.turn();
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<Option<Action>> {
        give_back();
        stop_until_continued();
        self.come_back()?;
        Ok(Some(Action::Resize(self.size()?)))
    }

    /// Leaves the screen to the reader's editor; a change of size meanwhile is seen at the next wait.
    fn edit(&mut self, text: &str) -> io::Result<Option<Action>> {
        let editor = match editor::named() {
            Ok(editor) => editor,
            Err(problem) => return Ok(Some(Action::Edited(Err(problem)))),
        };
        give_back();
        self.away.store(true, Ordering::Relaxed);
        let edited = editor::run(&editor, text);
        self.away.store(false, Ordering::Relaxed);
        self.come_back()?;
        Ok(Some(Action::Edited(edited)))
    }

    fn use_mouse(&mut self, on: bool) -> io::Result<Option<Action>> {
        self.mouse = on;
        if on {
            catch_mouse(&mut stdout())?;
            stdout().flush()?;
        } else {
            execute!(stdout(), DisableMouseCapture)?;
        }
        Ok(Some(Action::Mouse(on)))
    }

    fn come_back(&mut self) -> io::Result<()> {
        self.wire.forget();
        take(self.mouse, "")
    }
}

impl Drop for RealTerminal {
    fn drop(&mut self) {
        if self.taken {
            give_back();
        }
    }
}

impl Host for RealTerminal {
    fn wait(&mut self, patience: Duration) -> io::Result<Option<Vec<Action>>> {
        let events = self.events(patience)?;
        if self.ending() != Ending::Asked {
            return Ok(None);
        }
        // A change of size before the first wait, or while the program was stopped, is told by no event. It is asked for while
        // nothing happens, since asking takes as long as a good part of a key.
        let idle = events.is_empty();
        let mut actions = input::actions(events);
        if idle && self.size()? != self.drawn {
            actions.push(Action::Resize(self.size()?));
        }
        Ok(Some(actions))
    }

    fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        self.drawn = state.layout.screen.as_size();
        self.show(self.drawn, |buffer| view::draw_on(buffer, state, theme))
    }

    fn carry_out(&mut self, effect: &Effect) -> io::Result<Option<Action>> {
        match effect {
            Effect::Redraw => {
                self.wire.forget();
                Ok(Some(Action::Resize(self.size()?)))
            }
            Effect::ToggleMouse => self.use_mouse(!self.mouse),
            Effect::Mouse(on) => self.use_mouse(*on),
            Effect::Copy(clip) => {
                // OSC 52: the terminal takes it to the reader's own clipboard, over ssh too, where it allows that.
                let mut out = stdout();
                out.write_all(clipboard::sequence(&clip.words).as_bytes())?;
                out.flush()?;
                Ok(Some(Action::Copied(clip.amount.clone(), clipboard::hand_over(&clip.words))))
            }
            Effect::Edit(text) => self.edit(text),
            Effect::Suspend => self.suspend(),
            _ => Ok(None),
        }
    }

    fn ground(&mut self) -> io::Result<Option<Ground>> {
        if !std::mem::replace(&mut self.hearing.asked, true) {
            let mut out = stdout();
            out.write_all(QUESTION.as_bytes())?;
            out.flush()?;
        }
        Ok(self.hearing.ground)
    }

    fn news_of_ground(&mut self) -> Option<Ground> {
        self.hearing.ground.filter(|_| std::mem::take(&mut self.hearing.news))
    }
}

fn size() -> io::Result<Size> {
    let (width, height) = screen::size()?;
    Ok(Size { width, height })
}

/// Takes the screen and asks a question, in one piece.
fn take(mouse: bool, question: &str) -> io::Result<()> {
    enable_raw_mode()?;
    let mut out = stdout().lock();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        catch_mouse(&mut out)?;
    }
    out.write_all(question.as_bytes())?;
    out.flush()
}

/// Gives the screen back; what the terminal does not take is lost with it.
fn give_back() {
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}

/// Asks for presses, the wheel and movement while a button is held, not for every movement (which crossterm's own command
/// would).
#[cfg(unix)]
fn catch_mouse(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[?1002h\x1b[?1006h")
}

#[cfg(not(unix))]
fn catch_mouse(out: &mut impl Write) -> io::Result<()> {
    queue!(out, event::EnableMouseCapture)
}

fn give_back_on_panic() {
    let before = std::panic::take_hook();
    let reader = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        // A panic of the comparison's thread is reported on the status line, not over the screen.
        if std::thread::current().id() == reader {
            give_back();
            before(panic);
        }
    }));
}

/// Watches for what ends the program from outside: a signal, or a terminal that is gone, which is taken for one, as not every
/// terminal that closes sends it to this program: a shell or another program between the two may not hand it on.
#[cfg(unix)]
fn watch_end(ended_by: Arc<AtomicI32>, away: Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let caught = Arc::new(AtomicUsize::new(0));
    let (woken, waker) = UnixStream::pair()?;
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        // In this order: who is woken finds out by which.
        signal_hook::flag::register_usize(signal, Arc::clone(&caught), signal.unsigned_abs() as usize)?;
        signal_hook::low_level::pipe::register(signal, waker.try_clone()?)?;
    }
    std::thread::spawn(move || {
        let ends = |signal: &i32| *signal != 0 && (*signal != SIGINT || !away.load(Ordering::Relaxed));
        let Some(signal) = std::iter::from_fn(|| next_signal(&woken, &caught)).find(ends) else { return };
        ended_by.store(signal, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        // A terminal that is gone keeps its event source spinning, and the loop never sees the flag.
        give_back();
        std::process::exit(128 + signal);
    });
    Ok(())
}

/// Waits for a signal, or for the end of the terminal; 0 where a signal came that was answered already.
#[cfg(unix)]
fn next_signal(mut woken: &UnixStream, caught: &AtomicUsize) -> Option<i32> {
    use rustix::event::{PollFd, PollFlags, poll};
    let out = stdout();
    // Of the terminal nothing is asked for, only its end is told.
    let mut asked = [PollFd::new(woken, PollFlags::IN), PollFd::new(&out, PollFlags::empty())];
    loop {
        match poll(&mut asked, None) {
            Ok(_) if asked[1].revents().contains(PollFlags::HUP) => return Some(signal_hook::consts::SIGHUP),
            Err(rustix::io::Errno::INTR) => {}
            // A signal came, or the system tells nothing of this terminal: then reading waits for one.
            _ => break,
        }
    }
    match woken.read(&mut [0; 64]) {
        Ok(1..) => i32::try_from(caught.swap(0, Ordering::Relaxed)).ok(),
        _ => None,
    }
}

#[cfg(not(unix))]
fn watch_end(_: Arc<AtomicI32>, _: Arc<AtomicBool>) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn stop_until_continued() {
    // Refused only for signals that do not exist.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGTSTP);
}

#[cfg(not(unix))]
fn stop_until_continued() {}
