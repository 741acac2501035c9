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
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::{Duration, Instant};

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
use crate::config::{self, Config};

/// Most events taken at once before drawing.
const MOST_EVENTS: usize = 512;

/// How long the loop has to end by itself after a signal.
const GRACE: Duration = Duration::from_millis(600);

/// How long the terminal has to answer a question before another program has it. Most answer within a millisecond.
const ANSWER: Duration = Duration::from_millis(50);

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
    /// When it was asked.
    asked: Option<Instant>,
    ground: Option<Ground>,
    /// Whether the theme that is wanted depends on it.
    matters: bool,
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
        self.hearing.matters = palette::depends_on_ground(config.theme);
        self.hearing.asked = self.hearing.matters.then(Instant::now);
        take(self.mouse, if self.hearing.matters { QUESTION } else { "" }).inspect_err(|_| give_back())?;
        self.taken = true;
        Ok(())
    }

    /// The ground, where the terminal has told it by now: the first screen waits for no answer, one that comes later changes the
    /// colours. What was typed is kept.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn first_ground(&mut self) -> io::Result<Option<Ground>> {
        if self.hearing.asked.is_some() {
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
            // What was not waited for may still go on.
            return Ok(if patience.is_zero() { events } else { self.hearing.listener.release() });
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

    /// Waits for the answer to a question that was asked just now: who has the terminal next would take it for something typed.
    fn hear_out(&mut self) {
        while let Some(asked) = self.hearing.asked.filter(|_| self.hearing.ground.is_none()) {
            let left = ANSWER.saturating_sub(asked.elapsed());
            if left.is_zero() || self.ending() != Ending::Asked || self.events(left).is_err() {
                break;
            }
        }
    }

    /// Leaves the screen to another program.
    fn leave(&mut self) {
        self.hear_out();
        give_back();
    }

    fn suspend(&mut self) -> io::Result<Option<Action>> {
        self.leave();
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
        self.leave();
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
            self.leave();
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

    fn ground_for(&mut self, wanted: config::Theme) -> io::Result<Option<Ground>> {
        self.hearing.matters = palette::depends_on_ground(wanted);
        if self.hearing.matters && self.hearing.asked.is_none() {
            self.hearing.asked = Some(Instant::now());
            let mut out = stdout();
            out.write_all(QUESTION.as_bytes())?;
            out.flush()?;
        }
        Ok(self.hearing.ground.filter(|_| self.hearing.matters))
    }

    fn news_of_ground(&mut self) -> Option<Ground> {
        let is_news = std::mem::take(&mut self.hearing.news);
        self.hearing.ground.filter(|_| is_news && self.hearing.matters)
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
    let caught = [SIGTERM, SIGHUP, SIGINT].map(|signal| (signal, Arc::new(AtomicBool::new(false))));
    let (woken, waker) = UnixStream::pair()?;
    for (signal, came) in &caught {
        // In this order: who is woken finds out by which.
        signal_hook::flag::register(*signal, Arc::clone(came))?;
        signal_hook::low_level::pipe::register(*signal, waker.try_clone()?)?;
    }
    std::thread::spawn(move || {
        let ends = |(signal, came): &&(i32, Arc<AtomicBool>)| {
            came.swap(false, Ordering::Relaxed) && (*signal != SIGINT || !away.load(Ordering::Relaxed))
        };
        let signal = loop {
            match next_end(&woken) {
                End::Terminal => break SIGHUP,
                End::Signal => {
                    if let Some((signal, _)) = caught.iter().find(ends) {
                        break *signal;
                    }
                }
            }
        };
        ended_by.store(signal, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        // A terminal that is gone keeps its event source spinning, and the loop never sees the flag.
        give_back();
        std::process::exit(128 + signal);
    });
    Ok(())
}

/// What may end the program from outside.
#[cfg(unix)]
enum End {
    /// A signal came.
    Signal,
    /// The terminal is gone.
    Terminal,
}

/// Waits for a signal or for the end of the terminal.
#[cfg(unix)]
fn next_end(mut woken: &UnixStream) -> End {
    use rustix::event::{PollFd, PollFlags, poll};
    let out = stdout();
    // Of the terminal nothing is asked for, only its end is told.
    let mut asked = [PollFd::new(woken, PollFlags::IN), PollFd::new(&out, PollFlags::empty())];
    loop {
        match poll(&mut asked, None) {
            Ok(_) if asked[1].revents().contains(PollFlags::HUP) => return End::Terminal,
            Err(rustix::io::Errno::INTR) => {}
            // A signal came, or the system tells nothing of this terminal: then reading waits for one.
            _ => break,
        }
    }
    if woken.read(&mut [0; 64]).is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
        // Whether one came is looked at all the same, now and then.
        std::thread::sleep(GRACE);
    }
    End::Signal
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
