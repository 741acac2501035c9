//! Another source opened while the reader runs, and the files that can be named for it.
//!
//! Must never make the screen wait: a source is read on a thread of its own. Invariant: a source that is open already, or cannot
//! be read, is refused with the reason.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use directories::BaseDirs;

use crate::source::{Article, Opener, Wanted};
use crate::text::ArticleIndex;

/// Most files offered at once.
const MOST_FILES: usize = 200;

/// Begins to read a source.
pub fn begin(path: PathBuf, opener: Opener) -> Receiver<Result<Article, String>> {
    let (sender, receiver) = mpsc::channel();
    let read = move || {
        if path == Path::new("-") {
            return Err("standard input is read only when it is named at the start".to_owned());
        }
        let opened = opener.open_all(vec![Wanted::named(&from_home(&path))]);
        let problem = opened.failures.first().map(ToString::to_string);
        opened.articles.into_iter().next().ok_or(problem.unwrap_or_default())
    };
    // Nobody listens any more once the reader has quit.
    std::thread::spawn(move || drop(sender.send(read())));
    receiver
}

/// Which of the open sources holds the same text.
pub fn same(article: &Article, open: &[Article]) -> Option<ArticleIndex> {
    open.iter().position(|other| other.sha256 == article.sha256).map(ArticleIndex::new)
}

/// The files whose paths begin like this, in order; folders end in a slash, hidden ones are left out unless asked for.
pub fn files(beginning: &str) -> Vec<String> {
    let (folder, name) = beginning.rsplit_once('/').map_or(("", beginning), |(folder, name)| (folder, name));
    let shown = if beginning.contains('/') { format!("{folder}/") } else { String::new() };
    let looked_in = if shown.is_empty() { PathBuf::from(".") } else { from_home(Path::new(&shown)) };
    let Ok(entries) = std::fs::read_dir(looked_in) else { return Vec::new() };
    let mut files: Vec<String> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let file = entry.file_name().into_string().ok()?;
            let wanted = file.starts_with(name) && (name.starts_with('.') || !file.starts_with('.'));
            let slash = if entry.path().is_dir() { "/" } else { "" };
            // A name that a terminal would obey can be typed, but is not offered.
            (wanted && crate::text::display::line(&file) == file).then(|| format!("{shown}{file}{slash}"))
        })
        .collect();
    files.sort_unstable();
    files.truncate(MOST_FILES);
    files
}

fn from_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_offered_by_their_beginnings() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().display().to_string();
        for name in ["lantern.txt", "late.txt", "klaxon.txt", ".hidden"] {
            std::fs::write(folder.path().join(name), "One sentence.").unwrap();
        }
        std::fs::create_dir(folder.path().join("land")).unwrap();
        assert_eq!(files(&format!("{root}/lan")), [format!("{root}/land/"), format!("{root}/lantern.txt")]);
        assert_eq!(files(&format!("{root}/")).len(), 4);
        assert_eq!(files(&format!("{root}/.h")), [format!("{root}/.hidden")]);
        assert!(files(&format!("{root}/nothing/x")).is_empty());
    }

    #[test]
    fn a_source_is_read_beside_the_screen_or_refused_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "One sentence stands here.").unwrap();
        let article = begin(path, Opener::default()).recv().unwrap().unwrap();
        assert_eq!(same(&article, std::slice::from_ref(&article)), Some(ArticleIndex(0)));
        assert_eq!(same(&article, &crate::source::sample()), None);
        let missing = begin(folder.path().join("b.txt"), Opener::default()).recv().unwrap().unwrap_err();
        assert!(missing.contains("b.txt"), "{missing}");
        assert!(begin("-".into(), Opener::default()).recv().unwrap().is_err());
    }
}
