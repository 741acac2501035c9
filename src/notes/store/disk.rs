//! Reading, locking and replacing files so that a crash at any moment leaves the old or the new content, whole.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use atomic_write_file::AtomicWriteFile;

use super::StoreError;
use crate::notes::jsonld::FormatError;

/// How long a writer waits for another one; a save takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(2);
/// A temporary file that nobody has written to for so long belongs to nobody.
const ABANDONED: Duration = Duration::from_secs(60);
/// More links than any system follows.
const MOST_LINKS: usize = 40;

/// The file that a path leads to, through symbolic links, whether it is there or not: replacing a link itself would cut it.
pub(super) fn real_path(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(real) = fs::canonicalize(&path) {
            return real;
        }
        match (fs::read_link(&path), path.parent()) {
            (Ok(target), Some(folder)) => path = folder.join(target),
            _ => break,
        }
    }
    match (path.parent().map(fs::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => path,
    }
}

/// The content of a file; `None` when there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, StoreError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, "cannot be read", error)),
    };
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
        let column = 1 + valid.iter().rev().take_while(|&&byte| byte != b'\n').count();
        let backup = Some(backup_path(path)).filter(|backup| backup.exists());
        let problem = FormatError::Damaged { line, column, what: "not UTF-8".into() };
        StoreError::Format { path: path.to_owned(), problem, backup }
    })
}

/// Where the copy of the last saved content stands.
pub(super) fn backup_path(path: &Path) -> PathBuf {
    beside(path, "", ".backup")
}

/// Makes the folder of a file.
pub(super) fn make_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| failed(folder, "the folder cannot be made", error))
}

/// Takes the lock of a file until the answer is dropped. A file of its own carries the lock, since every save replaces the
/// notes file itself; it stays, because removing it would let two programs hold two locks.
pub(super) fn lock(path: &Path) -> Result<File, StoreError> {
    let path = beside(path, ".", ".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| failed(&path, "the lock cannot be made", error))?;
    let since = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path, seconds: PATIENCE.as_secs() }),
            // Some network file systems have no locks; refusing to save there would lose more than it guards.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(failed(&path, "the lock cannot be taken", error)),
        }
    }
}

/// Saves a notes file and the copy beside it.
pub(super) fn save(path: &Path, content: &str) -> Result<(), StoreError> {
    write(path, content)?;
    // The copy is a second chance: that it failed takes nothing from the notes that were saved.
    let _ = put_down(path, &backup_path(path), content);
    Ok(())
}

/// Writes a file beside a notes file, as open to others as that is: a copy for the day somebody damages it, or a draft. It is
/// whole or not there, but not synced: the notes file itself is.
pub(super) fn put_down(notes: &Path, path: &Path, content: &str) -> Result<(), StoreError> {
    let write = || {
        let temporary = beside(path, ".", ".saving");
        fs::write(&temporary, content)?;
        if let Ok(notes) = fs::metadata(notes) {
            fs::set_permissions(&temporary, notes.permissions())?;
        }
        fs::rename(&temporary, path)
    };
    write().map_err(|error| failed(path, "cannot be saved", error))
}

/// Replaces a file's content: a temporary file in the same folder, synced, renamed, the folder synced. The file's mode is
/// kept; `path` must be a real path.
fn write(path: &Path, content: &str) -> Result<(), StoreError> {
    // Renaming over a file does not ask its own permission.
    if fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    replace(path, content).map_err(|error| failed(path, "cannot be saved", error))
}

fn replace(path: &Path, content: &str) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(content.as_bytes())?;
    file.commit()
}

/// Removes the temporary files that a killed program left beside a file; its lock must be held. Only names are taken that a
/// replacement makes (`.NAME.` and six letters or digits), and only when nobody has written to them for a while.
pub(super) fn sweep(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else { return };
    let temporary = |entry: &str| {
        let rest = entry.strip_prefix('.').and_then(|rest| rest.strip_prefix(name)).unwrap_or_default();
        let rest = rest.strip_prefix(".backup.").or_else(|| rest.strip_prefix('.')).unwrap_or_default();
        rest.len() == 6 && rest != "backup" && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    // What cannot be looked at or removed stays: it is litter, not a fault.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let left_alone = |metadata: fs::Metadata| {
            let age = metadata.modified().ok().and_then(|written| written.elapsed().ok());
            metadata.is_file() && age.is_some_and(|age| age > ABANDONED)
        };
        if entry.file_name().to_str().is_some_and(temporary) && entry.metadata().is_ok_and(left_alone) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}

/// The error of a system call, with the path and what was tried.
pub(super) fn failed(path: &Path, doing: &'static str, source: io::Error) -> StoreError {
    StoreError::Disk { path: path.to_owned(), doing, source }
}
