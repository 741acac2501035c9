//! What can be asked for, as `clap` reads it; the doc comments are the help.

use std::path::PathBuf;

use clap::builder::Resettable;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::config::Theme;
use crate::export::file::FileKind;
use crate::reader::picture::{Keys, ScreenSize};

/// Read articles on one event side by side, scrolled together by what they say.
///
/// `crossread a.txt b.txt` opens a reader; `crossread demo` opens a sample. Notes are kept in one local file.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// The articles to read: files, folders, addresses, - for standard input, or a word of crossread.toml
    #[arg(value_name = "ARTICLE")]
    pub(super) articles: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) about: About,
    #[command(flatten)]
    pub(super) settings: Settings,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 nothing (or too little) could be opened, or `notes check` found a note that is not placed; \
2 the command line or the settings are wrong.";

#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The notes file (default: notes.jsonld in the platform's data folder)
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) notes: Option<PathBuf>,
    /// The settings file (default: config.toml in the platform's settings folder)
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// A bound on sources, such as seconds=60 (also bytes, unpacked, sources, redirects, nesting, line); may be repeated
    #[arg(long = "limit", global = true, value_name = "NAME=NUMBER")]
    pub(super) limits: Vec<String>,
    /// Load addresses again, rather than take the pages kept beside the notes
    #[arg(long, global = true)]
    pub(super) refresh: bool,
}

/// What the reader says about articles, instead of what they say themselves.
#[derive(Debug, Default, Args)]
pub(super) struct About {
    /// An article's headline; with several articles its letter goes first, A for the first pane; may be repeated
    #[arg(long = "title", value_name = "[LETTER=]TEXT")]
    pub(super) titles: Vec<String>,
    /// An article's source, the name on its pane; as --title
    #[arg(long = "source", value_name = "[LETTER=]TEXT")]
    pub(super) sources: Vec<String>,
    /// The day an article was published (2026-03-11, with a time if need be); as --title
    #[arg(long = "date", value_name = "[LETTER=]DATE")]
    pub(super) dates: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the sample shipped in the program: four articles on one event
    Demo,
    /// Print which passages the articles share and where they diverge
    Compare(Deferred<Compare>),
    /// List the articles of a feed and open those chosen
    Feed(Deferred<Feed>),
    /// Write the notes on the articles, or the claims table, in another form
    Export(Deferred<Export>),
    /// Make, change, list and check notes from a script
    #[command(subcommand)]
    Notes(Deferred<Notes>),
    /// Draw the reader's screen, after some keys, as an SVG picture
    Screen(Deferred<Screen>),
    /// Print a completion script
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What follows a command, which is made out only where that command is asked for: the reader starts without it.
#[derive(Debug)]
pub(super) struct Deferred<T>(pub(super) T);

impl<T: FromArgMatches> FromArgMatches for Deferred<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Args> Args for Deferred<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(|command| keeping_its_about(command, T::augment_args))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command.defer(|command| keeping_its_about(command, T::augment_args_for_update))
    }
}

impl<T: Subcommand> Subcommand for Deferred<T> {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        command.defer(|command| keeping_its_about(command, T::augment_subcommands))
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        command.defer(|command| keeping_its_about(command, T::augment_subcommands_for_update))
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}

/// Makes out what follows a command, keeping its own line of help: that says what the list of commands says, not what the type of
/// its arguments does.
fn keeping_its_about(command: clap::Command, make_out: impl Fn(clap::Command) -> clap::Command) -> clap::Command {
    let about = Resettable::from(command.get_about().cloned());
    let long_about = Resettable::from(command.get_long_about().cloned());
    make_out(command).about(about).long_about(long_about)
}

/// What can be asked for, as manual page and completions list it: what `help` can be asked about is listed before anything that
/// is deferred is made out.
pub(super) fn listed() -> clap::Command {
    Arguments::command().mut_subcommands(|command| match command.get_name() {
        // What was deferred is made out here, and not once more.
        "notes" => Notes::augment_subcommands(command.defer(|command| command)),
        _ => command,
    })
}

/// The articles a command works on.
#[derive(Debug, Default, Args)]
pub(super) struct Sources {
    /// The articles: files, folders, addresses, - for standard input, or a word of crossread.toml
    #[arg(value_name = "ARTICLE", required_unless_present = "demo")]
    pub(super) articles: Vec<PathBuf>,
    /// Take the sample shipped in the program
    #[arg(long, conflicts_with = "articles")]
    pub(super) demo: bool,
    #[command(flatten)]
    pub(super) about: About,
}

/// A feed and what to open of it.
#[derive(Debug, Args)]
pub(super) struct Feed {
    /// The feed: an address or a file (RSS, Atom, JSON)
    #[arg(value_name = "FEED")]
    pub(super) feed: PathBuf,
    /// The articles to open in the reader, by their numbers in the list
    #[arg(value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) numbers: Vec<u32>,
}

#[derive(Debug, Args)]
pub(super) struct Compare {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Lines for people, pipes and screen readers
    Text,
    /// One JSON value for programs
    Json,
    /// One page with the sources side by side
    Html,
    /// A document with the table of claims
    Markdown,
}

/// How notes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Listing {
    /// Lines for people
    Text,
    /// JSON for programs
    Json,
}

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Output {
    /// How to print what comes of it
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub(super) format: Listing,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// In which form
    #[arg(long, value_enum, default_value_t = Form::Markdown)]
    pub(super) format: Form,
    /// What of it
    #[arg(long, value_enum, default_value_t = Part::Notes)]
    pub(super) part: Part,
    /// The file to write; what stands in it outside crossread's markers is kept (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Write over a file that crossread did not write
    #[arg(long, requires = "output")]
    pub(super) force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A document, for people and version control
    Markdown,
    /// One page, the sources side by side
    Html,
    /// A table for spreadsheets
    Csv,
    /// W3C Web Annotations, for other annotation programs
    JsonLd,
    /// schema.org reviews, of the notes with a web address, an author and a verdict
    ClaimReview,
}

impl Form {
    /// How a file in that form shows that it is ours.
    pub(super) fn file(self) -> FileKind {
        match self {
            Self::Markdown | Self::Html => FileKind::Markers,
            Self::Csv => FileKind::Csv,
            Self::JsonLd => FileKind::JsonLd,
            Self::ClaimReview => FileKind::ClaimReview,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    /// The notes (as Markdown and HTML with the claims table)
    Notes,
    /// The claims table alone: claims down, sources across
    Claims,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: crossread screen --demo --size 120x40 --keys ']c]c' --output screen.svg")]
pub(super) struct Screen {
    #[command(flatten)]
    pub(super) sources: Sources,
    /// Columns and rows of the screen
    #[arg(long, value_name = "COLUMNSxROWS", default_value = "120x40")]
    pub(super) size: ScreenSize,
    /// Keys to press first: characters, and names in angle brackets (]c<tab>/bridge<enter>); nothing is saved
    #[arg(long, value_name = "KEYS", default_value = "", allow_hyphen_values = true)]
    pub(super) keys: Keys,
    /// The colours (default: those of the settings, dark where they say auto)
    #[arg(long, value_enum)]
    pub(super) theme: Option<Colours>,
    /// The file to write (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    /// For a dark ground
    Dark,
    /// For a light ground
    Light,
    /// Sixteen colours
    Ansi,
    /// No colours
    None,
}

impl From<Colours> for Theme {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::Dark => Self::Dark,
            Colours::Light => Self::Light,
            Colours::Ansi => Self::Ansi,
            Colours::None => Self::None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Notes {
    /// Make a note on a passage and print its id
    Add(Add),
    /// List notes, with their states where articles are named
    List(List),
    /// Say how the notes on the articles stand in them; exit code 1 when one is not placed as it was made
    Check(Check),
    /// Change a note
    Edit(Edit),
    /// Remove notes
    Remove(Remove),
    /// Put a note on other words by hand: on those quoted, else on the place suggested
    Place(Place),
    /// Take in a colleague's notes: JSON-LD of the W3C Web Annotation model
    Import(Import),
    /// Show what notes were written about, also when the sources are gone
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) sources: Sources,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// Ids, or their beginnings
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Ids, or their beginnings
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Notes files, or other files of annotations
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Place {
    /// The note's id, or its beginning
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// The article
    #[arg(long, value_name = "FILE")]
    pub(super) source: PathBuf,
    /// The words it is put on; without them it goes where it is suggested
    #[arg(long, value_name = "TEXT")]
    pub(super) quote: Option<String>,
    /// Which of several places with these words, from 1
    #[arg(long, value_name = "N", requires = "quote", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) occurrence: Option<u32>,
    /// Which of the note's passages, from 1 (default: the first of this source that is not placed)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) passage: Option<u32>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The article; for a note on several, repeated with a --quote each
    #[arg(long = "source", value_name = "FILE", required = true)]
    pub(super) sources: Vec<PathBuf>,
    /// The passage's words; line breaks count as blanks
    #[arg(long = "quote", value_name = "TEXT", required = true)]
    pub(super) quotes: Vec<String>,
    /// Which of several places with these words, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) occurrence: Option<u32>,
    /// Your judgement, a word of the settings' list
    #[arg(long, value_name = "VERDICT")]
    pub(super) verdict: Option<String>,
    /// What you have to say, in Markdown; - reads it from standard input
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) text: String,
    /// A tag; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only notes on these articles, with their states in them
    #[arg(value_name = "ARTICLE")]
    pub(super) articles: Vec<PathBuf>,
    /// Take the sample shipped in the program
    #[arg(long, conflicts_with = "articles")]
    pub(super) demo: bool,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[group(id = "change", required = true, multiple = true, args = ["verdict", "text", "tags", "removed_tags"])]
pub(super) struct Edit {
    /// The note's id, or its beginning
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Another judgement; an empty one takes it away
    #[arg(long, value_name = "VERDICT")]
    pub(super) verdict: Option<String>,
    /// Another text, in Markdown; - reads it from standard input
    #[arg(long, value_name = "TEXT")]
    pub(super) text: Option<String>,
    /// A tag to add; may be repeated
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// A tag to take away; may be repeated
    #[arg(long = "untag", value_name = "TAG")]
    pub(super) removed_tags: Vec<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_every_command_are_well_formed() {
        Arguments::command().debug_assert();
        listed().debug_assert();
    }

    #[test]
    fn a_command_says_of_itself_what_the_list_of_commands_says() {
        let abouts = |commands: &clap::Command| -> Vec<_> {
            commands.get_subcommands().map(|command| command.get_about().map(ToString::to_string)).collect()
        };
        let mut commands = Arguments::command();
        let listed = abouts(&commands);
        commands.build();
        // The library puts `help` behind them.
        assert_eq!(abouts(&commands)[..listed.len()], listed);
        assert!(listed.iter().all(Option::is_some));
    }

    #[test]
    fn what_follows_a_command_is_known_where_it_is_listed() {
        let listed = listed();
        let notes = listed.find_subcommand("notes").unwrap();
        assert!(
            notes
                .find_subcommand("add")
                .is_some_and(|add| add.get_arguments().any(|argument| argument.get_id() == "quotes"))
        );
    }
}
