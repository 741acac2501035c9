//! Where everything stands on the screen: computed before drawing, from the size and what is open.
//!
//! Must never draw or change anything. Invariant: every rectangle lies within the screen, whatever its size; headers, text and
//! footers of all panes share their heights.

use ratatui::layout::{Position, Rect, Size};

use crate::text::{ArticleIndex, Column};

/// The fewest columns of a pane, where the screen has them.
pub const LEAST_PANE: u16 = 30;

/// The fewest columns to which the reader can narrow a pane.
pub const NARROWEST_PANE: u16 = 16;

/// The width of a pane against the others where the reader has not changed it.
pub const EVEN: u16 = 100;

/// Fewest columns of a screen that has room for the passage panel at its side, and of the panel there.
const LEAST_FOR_SIDE: u16 = 90;
const LEAST_SIDE: u16 = 36;

/// Columns left of the text: support, mark, flag, bar.
pub const GUTTER: u16 = 4;

/// The column of the gutter in which flags stand, from 0.
pub const FLAG: u16 = 2;

/// The most columns of text in a pane: longer lines are hard to read.
const MOST_TEXT: u16 = 84;

/// Fewest rows of a screen with a passage panel, and with headers and footers.
const LEAST_FOR_PANEL: u16 = 14;
const LEAST_FOR_HEADER: u16 = 5;
const LEAST_FOR_STATUS: u16 = 3;

/// What the layout depends on beside the size of the screen.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The sources to show, from the left, as many as fit.
    pub sources: Vec<ArticleIndex>,
    /// How many sources are open.
    pub open: u16,
    /// The most panes at once, where the reader asked for fewer than fit.
    pub most: Option<u16>,
    /// How wide each of the sources' panes is against the others, [`EVEN`] by default.
    pub shares: Vec<u16>,
    /// Where the passage panel stands, and how much of the screen it may take.
    pub panel: PanelPlace,
}

/// Where the passage panel stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PanelPlace {
    /// How much of the screen it takes.
    pub size: PanelSize,
    /// On which side of the panes.
    pub side: PanelSide,
    /// Its rows below the panes, or columns beside them, its title among them, where the reader has moved its border.
    pub extent: Option<u16>,
}

/// On which side of the panes the passage panel stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PanelSide {
    /// Below them.
    #[default]
    Below,
    /// At their right, on screens that are wide enough.
    Beside,
}

/// How much of the screen the passage panel takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PanelSize {
    /// None.
    Hidden,
    /// A third at most.
    #[default]
    Third,
    /// Half.
    Half,
}

/// One pane's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneArea {
    /// The source shown in it.
    pub article: ArticleIndex,
    /// Letter, outlet, date.
    pub header: Rect,
    /// Marks beside the text.
    pub gutter: Rect,
    /// The text.
    pub text: Rect,
    /// The overview of the whole article, one column.
    pub strip: Rect,
    /// How the pane stands to the one being read.
    pub footer: Rect,
}

/// The screen's parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// The panes from the left.
    pub panes: Vec<PaneArea>,
    /// The passage panel's title; empty where there is no panel.
    pub panel_title: Rect,
    /// The passage panel.
    pub panel: Rect,
    /// The last line.
    pub status: Rect,
}

/// What stands at a place of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A row and column of a pane's text or gutter, counted from the pane's first visible row.
    Text(ArticleIndex, u16),
    /// A row of the flags in the gutter, `✎` and `⇅`.
    Flag(ArticleIndex, u16),
    /// A row of the overview.
    Strip(ArticleIndex, u16),
    /// A pane's header or footer.
    Header(ArticleIndex),
    /// The passage panel, and which of its visible rows.
    Panel(u16),
    /// The border at the right of that pane.
    Border(ArticleIndex),
    /// The border between the panes and the passage panel.
    PanelBorder,
}

impl PaneArea {
    /// Whether a position lies in its header or its footer.
    fn frames(&self, at: Position) -> bool {
        self.header.contains(at) || self.footer.contains(at)
    }

    /// Its columns, from its gutter to its overview.
    pub fn width(&self) -> u16 {
        self.header.width
    }
}

impl Layout {
    /// Lays the screen out.
    pub fn compute(size: Size, wanted: &Wanted) -> Self {
        let screen = Rect::new(0, 0, size.width, size.height);
        let status = u16::from(size.height >= LEAST_FOR_STATUS);
        let body = Rect { height: size.height.saturating_sub(status), ..screen };
        let (panes, panel) = if wanted.panel.side == PanelSide::Beside && has_room_beside(size.width) {
            beside(body, wanted)
        } else {
            let panel = panel_height(size.height, wanted);
            let panes = Rect { height: body.height.saturating_sub(panel), ..body };
            (panes, Rect { y: panes.bottom(), height: body.height - panes.height, ..body })
        };
        let title = Rect { height: panel.height.min(1), ..panel };
        Self {
            screen,
            panes: pane_areas(panes, wanted),
            panel_title: title,
            panel: Rect { y: title.bottom(), height: panel.height.saturating_sub(1), ..panel },
            status: Rect { y: size.height - status.min(size.height), height: status, ..screen },
        }
    }

    /// The pane of a source, where it is shown.
    pub fn pane(&self, article: ArticleIndex) -> Option<&PaneArea> {
        self.panes.iter().find(|pane| pane.article == article)
    }

    /// Rows of text that a pane shows.
    pub fn text_height(&self) -> u16 {
        self.panes.first().map_or(0, |pane| pane.text.height)
    }

    /// The row of the panes, from their first, on which the passage in hand comes to rest: a third down.
    pub fn focus_row(&self) -> u16 {
        self.text_height().saturating_sub(1) / 3
    }

    /// Columns of text in a pane of `article`.
    pub fn text_width(&self, article: ArticleIndex) -> Option<Column> {
        self.pane(article).map(|pane| Column(pane.text.width))
    }

    /// What stands at a position.
    pub fn hit(&self, at: Position) -> Option<Target> {
        if self.panel_title.contains(at) {
            return Some(Target::PanelBorder);
        }
        if self.panel.contains(at) {
            let edge = self.panel_is_beside() && at.x < self.panel.x + 2;
            return Some(if edge { Target::PanelBorder } else { Target::Panel(at.y - self.panel.y) });
        }
        self.panes.iter().enumerate().find_map(|(place, pane)| {
            let is_last = place + 1 == self.panes.len();
            if !is_last && pane.header.height > 0 && at.x + 1 == pane.header.right() && pane.frames(at) {
                return Some(Target::Border(pane.article));
            }
            let row = at.y.saturating_sub(pane.text.y);
            if pane.gutter.contains(at) && at.x == pane.gutter.x + FLAG {
                Some(Target::Flag(pane.article, row))
            } else if pane.text.contains(at) || pane.gutter.contains(at) {
                Some(Target::Text(pane.article, row))
            } else if pane.strip.contains(at) {
                Some(Target::Strip(pane.article, row))
            } else if pane.header.contains(at) || pane.footer.contains(at) {
                Some(Target::Header(pane.article))
            } else {
                None
            }
        })
    }

    /// Whether the passage panel stands beside the panes.
    pub fn panel_is_beside(&self) -> bool {
        self.panel_title.width > 0 && self.panel_title.width < self.screen.width
    }

    /// A rectangle in the middle of the screen's lower edge, above the status line, no larger than asked and no larger than the
    /// screen: a dialog there leaves the passage in hand in sight.
    pub fn low(&self, width: u16, height: u16) -> Rect {
        let room = self.screen.height - self.status.height.min(self.screen.height);
        let (width, height) = (width.min(self.screen.width), height.min(room));
        Rect { x: (self.screen.width - width) / 2, y: room - height, width, height }
    }
}

/// Rows above the entries of the table of claims: its title and the sources.
pub const CLAIMS_HEAD: u16 = 2;

/// How many entries of the table of claims fit on a screen, above the chosen one's wordings.
pub fn claims_fit(screen: u16, status: u16, sources: usize) -> u16 {
    screen.saturating_sub(status + CLAIMS_HEAD + claims_foot(screen, status, sources)).max(1)
}

/// Rows below the table of claims for the chosen one as every source words it: none where the table would lose half of its own.
pub fn claims_foot(screen: u16, status: u16, sources: usize) -> u16 {
    let third = screen.saturating_sub(status + CLAIMS_HEAD) / 3;
    let wanted = u16::try_from(sources + 1).unwrap_or(u16::MAX).max(third);
    if sources > 1 && wanted <= screen.saturating_sub(status + CLAIMS_HEAD) / 2 { wanted } else { 0 }
}

/// How many panes fit beside each other in `width` columns.
pub fn fitting(width: u16, sources: usize) -> usize {
    usize::from(width / LEAST_PANE).clamp(1, sources.max(1))
}

/// The columns that the panes have on a screen of that width.
pub fn width_for_panes(width: u16, panel: PanelPlace) -> u16 {
    if panel.side == PanelSide::Beside && has_room_beside(width) { width - width_beside(width, panel) } else { width }
}

/// Whether a screen of that width has room for the passage panel at its side.
pub fn has_room_beside(width: u16) -> bool {
    width >= LEAST_FOR_SIDE
}

/// The columns of the passage panel at the side: a third of the screen, or half of it, but never so many that no pane fits.
fn width_beside(width: u16, panel: PanelPlace) -> u16 {
    let usual = match panel.size {
        PanelSize::Hidden => return 0,
        PanelSize::Third => width / 3,
        PanelSize::Half => width / 2,
    };
    panel.extent.unwrap_or(usual).clamp(LEAST_SIDE, width.saturating_sub(LEAST_PANE).max(LEAST_SIDE))
}

/// The panes and, at their right, the passage panel.
fn beside(body: Rect, wanted: &Wanted) -> (Rect, Rect) {
    let panel = width_beside(body.width, wanted.panel);
    let panes = Rect { width: body.width - panel, ..body };
    (panes, Rect { x: panes.right(), width: panel, height: if panel == 0 { 0 } else { body.height }, ..body })
}

fn panel_height(height: u16, wanted: &Wanted) -> u16 {
    if height < LEAST_FOR_PANEL {
        return 0;
    }
    // A title, and for every source its wording in two rows and a remark in one.
    let enough = wanted.open.saturating_mul(3).saturating_add(1);
    let usual = match wanted.panel.size {
        PanelSize::Hidden => return 0,
        PanelSize::Third => (height / 3).min(enough),
        PanelSize::Half => height / 2,
    };
    // Panes keep a header, a footer and some rows of text.
    wanted.panel.extent.filter(|_| wanted.panel.side == PanelSide::Below).unwrap_or(usual).clamp(2, height - 8)
}

fn pane_areas(area: Rect, wanted: &Wanted) -> Vec<PaneArea> {
    let most = wanted.most.map_or(usize::MAX, usize::from).max(1);
    let count = fitting(area.width, wanted.sources.len()).min(most);
    let shown = &wanted.sources[..count.min(wanted.sources.len())];
    let shares: Vec<u16> = (0..shown.len()).map(|at| wanted.shares.get(at).copied().unwrap_or(EVEN)).collect();
    let mut x = area.x;
    let mut areas = Vec::with_capacity(shown.len());
    for (&article, width) in shown.iter().zip(widths(area.width, &shares)) {
        areas.push(pane_area(article, Rect { x, width, ..area }));
        x += width;
    }
    areas
}

/// Columns shared out, none narrower than may be where the screen has room; they add up to all.
fn widths(columns: u16, shares: &[u16]) -> Vec<u16> {
    let total: u64 = shares.iter().map(|share| u64::from(*share)).sum::<u64>().max(1);
    let count = u16::try_from(shares.len()).unwrap_or(u16::MAX).max(1);
    let part = |share: u16| u16::try_from(u64::from(columns) * u64::from(share) / total).unwrap_or(0);
    let spare = columns.saturating_sub(shares.iter().map(|share| part(*share)).sum());
    let least = NARROWEST_PANE.min(columns / count);
    let (mut before, mut end, mut widths) = (0, 0, Vec::with_capacity(shares.len()));
    for (at, share) in (1u16..).zip(shares) {
        end += part(*share) + u16::from(at <= spare);
        let last = columns - least * (count - at);
        let border = if at == count { columns } else { end.max(before + least).min(last) };
        widths.push(border - before);
        before = border;
    }
    widths
}

fn pane_area(article: ArticleIndex, area: Rect) -> PaneArea {
    let framed = u16::from(area.height >= LEAST_FOR_HEADER);
    let body = Rect { y: area.y + framed, height: area.height.saturating_sub(2 * framed), ..area };
    // A pane too narrow for gutter and overview shows text alone.
    let (gutter, strip) = if area.width >= 12 { (GUTTER, 1) } else { (0, 0) };
    let room = area.width - gutter - 2 * strip;
    PaneArea {
        article,
        header: Rect { height: framed, ..area },
        gutter: Rect { width: gutter, ..body },
        text: Rect { x: area.x + gutter, width: room.min(MOST_TEXT), ..body },
        strip: Rect { x: area.right() - strip, width: strip, ..body },
        footer: Rect { y: body.bottom(), height: framed, ..area },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wanted(sources: usize) -> Wanted {
        let open = u16::try_from(sources).unwrap();
        let sources = (0..sources).map(ArticleIndex::new).collect();
        Wanted { sources, open, most: None, shares: Vec::new(), panel: PanelPlace::default() }
    }

    #[test]
    fn as_many_panes_as_fit_at_thirty_columns_each() {
        let shown = |width| Layout::compute(Size::new(width, 40), &wanted(8)).panes.len();
        assert_eq!([20, 59, 60, 80, 120, 200, 400].map(shown), [1, 1, 2, 2, 4, 6, 8]);
    }

    #[test]
    fn panes_fill_the_width_and_share_their_heights() {
        let layout = Layout::compute(Size::new(101, 40), &wanted(3));
        let widths: Vec<u16> = layout.panes.iter().map(|pane| pane.header.width).collect();
        assert_eq!(widths, [34, 34, 33]);
        assert!(layout.panes.windows(2).all(|pair| pair[0].text.height == pair[1].text.height));
    }

    #[test]
    fn the_panel_takes_a_third_at_most() {
        for height in 14..80 {
            let layout = Layout::compute(Size::new(120, height), &wanted(8));
            assert!(layout.panel.height < height / 3 + 1);
        }
        assert_eq!(Layout::compute(Size::new(120, 50), &wanted(2)).panel.height, 6);
    }

    #[test]
    fn panes_are_as_wide_as_their_shares() {
        assert_eq!(widths(100, &[EVEN, EVEN, 2 * EVEN]), [25, 25, 50]);
        assert_eq!(widths(100, &[1, EVEN]), [16, 84]);
        assert_eq!(widths(100, &[EVEN, 1]), [84, 16]);
        assert_eq!(widths(9, &[1, EVEN]), [4, 5]);
    }

    #[test]
    fn the_panel_stands_at_the_side_where_there_is_room() {
        let panel = PanelPlace { side: PanelSide::Beside, ..PanelPlace::default() };
        let wanted = Wanted { panel, ..wanted(3) };
        let wide = Layout::compute(Size::new(150, 40), &wanted);
        assert_eq!((wide.panel.x, wide.panel.height, wide.panes.len()), (100, 38, 3));
        assert!(wide.panel_is_beside());
        assert!(!Layout::compute(Size::new(80, 40), &wanted).panel_is_beside());
    }

    proptest! {
        #[test]
        fn everything_lies_on_the_screen(
            width in 0u16..300,
            height in 0u16..100,
            sources in 0usize..12,
            shares in proptest::collection::vec(0u16..500, 12),
            beside in proptest::bool::ANY,
            extent in proptest::option::of(0u16..400),
        ) {
            let side = if beside { PanelSide::Beside } else { PanelSide::Below };
            let panel = PanelPlace { side, extent, ..PanelPlace::default() };
            let layout = Layout::compute(Size::new(width, height), &Wanted { shares, panel, ..wanted(sources) });
            let panes = layout.panes.iter().flat_map(|pane| [pane.header, pane.gutter, pane.text, pane.strip, pane.footer]);
            for area in panes.chain([layout.panel, layout.panel_title, layout.status, layout.low(60, 20)]) {
                prop_assert!(area.right() <= width && area.bottom() <= height, "{area:?} in {width}×{height}");
            }
        }
    }
}
