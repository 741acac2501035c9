//! Where everything stands on the screen: computed before drawing, from the size and what is open.
//!
//! Must never draw or change anything. Invariant: every rectangle lies within the screen, whatever its size; headers, text and
//! footers of all panes share their heights.

use ratatui::layout::{Position, Rect, Size};

use crate::text::{ArticleIndex, Column};

/// The fewest columns of a pane, where the screen has them.
pub const LEAST_PANE: u16 = 30;

/// Columns left of the text: support, mark, flag, bar.
pub const GUTTER: u16 = 4;

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
    /// How much of the screen the passage panel may take.
    pub panel: PanelSize,
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
    /// A row of the overview.
    Strip(ArticleIndex, u16),
    /// A pane's header or footer.
    Header(ArticleIndex),
    /// The passage panel.
    Panel,
}

impl Layout {
    /// Lays the screen out.
    pub fn compute(size: Size, wanted: &Wanted) -> Self {
        let screen = Rect::new(0, 0, size.width, size.height);
        let status = u16::from(size.height >= LEAST_FOR_STATUS);
        let panel = panel_height(size.height, wanted);
        let panes = Rect { height: size.height.saturating_sub(status + panel), ..screen };
        let title = Rect { y: panes.bottom(), height: panel.min(1), ..screen };
        Self {
            screen,
            panes: pane_areas(panes, wanted),
            panel_title: title,
            panel: Rect { y: title.bottom(), height: panel.saturating_sub(1), ..screen },
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
        if self.panel.contains(at) || self.panel_title.contains(at) {
            return Some(Target::Panel);
        }
        self.panes.iter().find_map(|pane| {
            let row = at.y.saturating_sub(pane.text.y);
            if pane.text.contains(at) || pane.gutter.contains(at) {
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

    /// A rectangle in the middle of the screen's lower edge, above the status line, no larger than asked and no larger than the
    /// screen: a dialog there leaves the passage in hand in sight.
    pub fn low(&self, width: u16, height: u16) -> Rect {
        let room = self.screen.height - self.status.height.min(self.screen.height);
        let (width, height) = (width.min(self.screen.width), height.min(room));
        Rect { x: (self.screen.width - width) / 2, y: room - height, width, height }
    }
}

/// How many panes fit beside each other in `width` columns.
pub fn fitting(width: u16, sources: usize) -> usize {
    usize::from(width / LEAST_PANE).clamp(1, sources.max(1))
}

fn panel_height(height: u16, wanted: &Wanted) -> u16 {
    if height < LEAST_FOR_PANEL {
        return 0;
    }
    // A title, and for every source its wording in two rows and a remark in one.
    let enough = wanted.open.saturating_mul(3).saturating_add(1);
    match wanted.panel {
        PanelSize::Hidden => 0,
        PanelSize::Third => (height / 3).min(enough),
        PanelSize::Half => height / 2,
    }
}

fn pane_areas(area: Rect, wanted: &Wanted) -> Vec<PaneArea> {
    let most = wanted.most.map_or(usize::MAX, usize::from).max(1);
    let count = fitting(area.width, wanted.sources.len()).min(most);
    let shown = &wanted.sources[..count.min(wanted.sources.len())];
    let panes = u16::try_from(shown.len()).unwrap_or(u16::MAX).max(1);
    let (each, spare) = (area.width / panes, area.width % panes);
    let mut x = area.x;
    let mut areas = Vec::with_capacity(shown.len());
    for (at, &article) in (0u16..).zip(shown) {
        let width = each + u16::from(at < spare);
        areas.push(pane_area(article, Rect { x, width, ..area }));
        x += width;
    }
    areas
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
        Wanted { sources: (0..sources).map(ArticleIndex::new).collect(), open, most: None, panel: PanelSize::Third }
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

    proptest! {
        #[test]
        fn everything_lies_on_the_screen(width in 0u16..300, height in 0u16..100, sources in 0usize..12) {
            let layout = Layout::compute(Size::new(width, height), &wanted(sources));
            let panes = layout.panes.iter().flat_map(|pane| [pane.header, pane.gutter, pane.text, pane.strip, pane.footer]);
            for area in panes.chain([layout.panel, layout.panel_title, layout.status, layout.low(60, 20)]) {
                prop_assert!(area.right() <= width && area.bottom() <= height, "{area:?} in {width}×{height}");
            }
        }
    }
}
