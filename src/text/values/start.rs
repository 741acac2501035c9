//! Which pieces a value can begin with: most words can begin none, and are passed over.
//!
//! Must never pass over a piece that begins a value; a test compares reading with and without it.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::words::{Pieces, Shape};
use super::{approximation, date, feast, money};

static WORDS: &str = "zero nil love one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety a an the several tens dozens scores \
hundreds thousands millions billions half quarter between no nobody none not both twice thrice trio first second third fourth \
fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth \
nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth aged at age ages turned turns was is \
in yesterday yesterday's tomorrow tomorrow's today today's tonight last this next mid early late beginning start end middle \
before shortly just soon after victorian edwardian tudor jacobean elizabethan twenties thirties forties fifties sixties \
seventies eighties nineties morning lunchtime afternoon evening night noon midday midnight hour day week month year decade \
century halfway midway us au c ca nz hk s minus doubled doubling tripled tripling trebled trebling quadrupled quadrupling hourlong daylong weeklong monthlong yearlong all";

static STARTS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.split(' ').chain(approximation::first_words()).collect());

/// What begins values where it has a capital.
static WITH_CAPITAL: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let codes = money::CODES.iter().map(|code| code.to_lowercase());
    date::names().chain(feast::first_words()).map(str::to_owned).chain(codes).collect()
});

/// Whether a value can begin at `index`: with a figure, a sign that parts no words, or one of the words that begin values.
pub(super) fn may_begin(pieces: &Pieces<'_>, index: usize) -> bool {
    match pieces.get(index) {
        Some(piece) if piece.shape == Shape::Word => {
            STARTS.contains(&*piece.lower) || pieces.capital(index) && WITH_CAPITAL.contains(&*piece.lower)
        }
        Some(piece) => !matches!(piece.text, "," | ";" | ":" | "!" | "?" | "“" | "”" | "\"" | "(" | ")" | "—" | "…"),
        None => false,
    }
}
