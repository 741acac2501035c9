//! What a key can ask for: each command has a name for the keymap and a line for the help.
//!
//! Must never know which key asks. Invariant: names are kebab-case, none twice, and the same in code, keymap and help.

/// Which part of the help a command stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Moving through the text.
    Move,
    /// Finding what the comparison found.
    Find,
    /// What stands out in the panes and lists.
    Filter,
    /// Panes and how they keep together.
    Panes,
    /// Notes and export.
    Notes,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups in the order of the help.
    pub const ALL: [Self; 6] = [Self::Move, Self::Find, Self::Filter, Self::Panes, Self::Notes, Self::Program];

    /// The heading in the help.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Find => "Find",
            Self::Filter => "Filter",
            Self::Panes => "Panes",
            Self::Notes => "Notes",
            Self::Program => "Program",
        }
    }
}

macro_rules! commands {
    ($($group:ident { $($variant:ident = $name:literal: $help:literal),* $(,)? })*) => {
        /// One thing a key can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $($(#[doc = $help] $variant),*),* }

        impl Command {
            /// Every command, in the order of the help.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),*),*];

            /// The name in the keymap.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),*),* }
            }

            /// One line for the help.
            pub fn help(self) -> &'static str {
                match self { $($(Self::$variant => $help),*),* }
            }

            /// The part of the help it stands in.
            pub fn group(self) -> Group {
                match self { $($(Self::$variant => Group::$group),*),* }
            }

            /// The command of that name.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($($name => Some(Self::$variant)),*,)* _ => None }
            }
        }
    };
}

commands! {
    Move {
        RowDown = "row-down": "down a row",
        RowUp = "row-up": "up a row",
        SentenceNext = "sentence-next": "next sentence",
        SentencePrevious = "sentence-previous": "previous sentence",
        WordNext = "word-next": "next word",
        WordPrevious = "word-previous": "previous word",
        ParagraphNext = "paragraph-next": "next paragraph",
        ParagraphPrevious = "paragraph-previous": "previous paragraph",
        HalfPageDown = "half-page-down": "half a page down",
        HalfPageUp = "half-page-up": "half a page up",
        PageDown = "page-down": "a page down",
        PageUp = "page-up": "a page up",
        Top = "top": "beginning of the text",
        Bottom = "bottom": "end of the text",
        Percent = "percent": "so far down the text (50%)",
        ScrollDown = "scroll-down": "scroll down, the passage stays",
        ScrollUp = "scroll-up": "scroll up, the passage stays",
        PlaceTop = "place-top": "passage to the top of its pane",
        PlaceThird = "place-third": "passage a third down its pane",
        PlaceBottom = "place-bottom": "passage to the bottom of its pane",
        JumpBack = "jump-back": "back along the jumps",
        JumpForward = "jump-forward": "on along the jumps",
        MarkSet = "mark-set": "mark this place with a letter",
        MarkGo = "mark-go": "go to a mark ('' before the last jump)",
    }
    Find {
        DivergenceNext = "divergence-next": "next passage that diverges",
        DivergencePrevious = "divergence-previous": "previous passage that diverges",
        MatchNext = "match-next": "next passage that others share",
        MatchPrevious = "match-previous": "previous passage that others share",
        NoteNext = "note-next": "next note",
        NotePrevious = "note-previous": "previous note",
        UnplacedNext = "unplaced-next": "next note that is not placed",
        UnplacedPrevious = "unplaced-previous": "previous note that is not placed",
        CounterpartNext = "counterpart-next": "next counterpart (2; in B)",
        CounterpartPrevious = "counterpart-previous": "previous counterpart (2; in B)",
        ThereAndBack = "there-and-back": "to the moved counterpart, and back",
        Search = "search": "search all sources; narrow a list",
        SearchNext = "search-next": "next place found, else next divergence",
        SearchPrevious = "search-previous": "previous place found, else divergence",
    }
    Filter {
        FilterNext = "filter-next": "next filter: all, diverging, shared …",
        ListSort = "list-sort": "sort the list another way",
        FoldToggle = "fold-toggle": "fold away what does not pass, and back",
        FoldAll = "fold-all": "fold away all that does not pass",
        UnfoldAll = "unfold-all": "unfold all",
        FoldOpen = "fold-open": "open the fold beside the passage",
        PassingNext = "passing-next": "next passage that passes the filter",
        PassingPrevious = "passing-previous": "previous passage that passes the filter",
    }
    Panes {
        PaneNext = "pane-next": "read on in the next pane",
        PanePrevious = "pane-previous": "read on in the previous pane",
        SourcesForward = "sources-forward": "show the sources further on",
        SourcesBack = "sources-back": "show the sources further back",
        PaneRight = "pane-right": "this pane to the right",
        PaneLeft = "pane-left": "this pane to the left",
        PanesFewer = "panes-fewer": "one pane fewer, wider",
        PanesMore = "panes-more": "one pane more, if 30 columns fit",
        Zoom = "zoom": "only this pane, and back",
        PaneHide = "pane-hide": "hide this source",
        PaneUnhide = "pane-unhide": "show the source hidden last",
        PaneWider = "pane-wider": "this pane wider",
        PaneNarrower = "pane-narrower": "this pane narrower",
        PanesEven = "panes-even": "all panes equally wide",
        ScrollingCycle = "scrolling-cycle": "scroll aligned, offset or free",
        AloneDown = "alone-down": "move this pane alone down",
        AloneUp = "alone-up": "move this pane alone up",
        Level = "level": "bring the counterparts level again",
        PanelToggle = "panel-toggle": "show or hide the passage panel",
        PanelEnlarge = "panel-enlarge": "passage panel half the screen, and back",
        PanelSide = "panel-side": "passage panel at the side, or below",
        PanelGrow = "panel-grow": "passage panel a row larger",
        PanelShrink = "panel-shrink": "passage panel a row smaller",
        PanelDown = "panel-down": "scroll the passage panel down",
        PanelUp = "panel-up": "scroll the passage panel up",
    }
    Notes {
        NoteNew = "note-new": "write a note on the passage",
        NoteEdit = "note-edit": "edit the passage's note",
        NoteDraft = "note-draft": "go on with a note left unfinished",
        NotesList = "notes-list": "list all notes",
        NoteGo = "note-go": "go to the note's passage",
        NoteRemove = "note-remove": "remove the note",
        NotePlace = "note-place": "put the note on its words by hand",
        NoteOrigin = "note-origin": "what the note was written about",
        NoteUndo = "note-undo": "undo the last change of the notes",
        NoteRedo = "note-redo": "do it again",
        NotesRetry = "notes-retry": "try again to save what is not saved",
        Link = "link": "link two passages: here, then there",
        Unlink = "unlink": "remove a link, or bring it back",
        Export = "export": "export the notes: .md .html .csv",
        SelectWords = "select-words": "select by words",
        SelectSentences = "select-sentences": "select by sentences",
        SelectOtherEnd = "select-other-end": "to the selection's other end",
        Copy = "copy": "copy what is selected, or the passage",
        CopyCited = "copy-cited": "copy it with its source",
        OpenAddress = "open-address": "open the source's web address",
        Editor = "editor": "write the text in your own editor",
        FieldNext = "field-next": "next field",
        FieldPrevious = "field-previous": "previous field",
        Save = "save": "save",
    }
    Program {
        Claims = "claims": "table of claims and sources",
        Help = "help": "this help",
        CommandLine = "command-line": "type a command: open, set, export …",
        Close = "close": "close; in the panes, quit",
        Cancel = "cancel": "leave; end the search, then the filter",
        Accept = "accept": "do it",
        Quit = "quit": "quit",
        Suspend = "suspend": "suspend the program",
        Redraw = "redraw": "draw the screen again",
        SourceInfo = "source-info": "what is known about this source",
        Reload = "reload": "read changed sources again",
        MouseToggle = "mouse-toggle": "mouse on or off",
        Complete = "complete": "complete the word, then the next",
        CompleteBack = "complete-back": "the completion before",
        LineEarlier = "line-earlier": "the line typed before",
        LineLater = "line-later": "the line typed after",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_command() {
        for &command in Command::ALL {
            assert_eq!(Command::parse(command.name()), Some(command));
            assert!(command.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", command.name());
        }
        assert_eq!(Command::parse("delete-source"), None);
    }
}
