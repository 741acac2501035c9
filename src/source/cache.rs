//! Pages that were loaded, kept beside the notes with their date: a reading can be opened again offline.
//!
//! Must never keep what an address carries to let its bearer in. Invariant: a file is one line of JSON about the page, then the page's
//! bytes as they came, unpacked.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::Problem;
use super::web::Page;
use super::{Address, Limits};

/// The folder of loaded pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
    refresh: bool,
}

/// What a file says about its page.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    address: String,
    /// The address after all redirects.
    leads_to: String,
    loaded: Timestamp,
    content_type: Option<String>,
    /// How many bytes came in; older files do not say.
    came: Option<u64>,
}

/// A page that was kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) page: Page,
    pub(super) loaded: Timestamp,
}

impl Kept {
    /// Holds the page to the limits that hold for one from the network.
    ///
    /// # Errors
    /// [`Problem`] past one of them.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), Problem> {
        if self.page.came > limits.bytes {
            return Err(Problem::TooLarge { limit: limits.bytes });
        }
        let unpacked = self.page.bytes.len() as u64;
        if unpacked > limits.unpacked { Err(Problem::Unpacked { limit: limits.unpacked }) } else { Ok(()) }
    }
}

impl Cache {
    /// The pages that belong to a notes file. With `refresh`, none is taken from it, and what is loaded replaces what is kept.
    pub fn beside(notes: &Path, refresh: bool) -> Self {
        Self { folder: notes.with_file_name("pages"), refresh }
    }

    fn path_of(&self, address: &Address) -> PathBuf {
        // Of all that is sent, so that two pages that only a key tells apart are two.
        let hash: String =
            Sha256::digest(address.sent().as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(format!("{hash}.page"))
    }

    /// The page of an address, where it is kept and may be taken.
    pub(super) fn find(&self, address: &Address) -> Option<Kept> {
        if self.refresh { None } else { self.kept(address) }
    }

    /// The page of an address, where it is kept, even if it may not be taken.
    pub(super) fn kept(&self, address: &Address) -> Option<Kept> {
        let mut bytes = fs::read(self.path_of(address)).ok()?;
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let about: About = serde_json::from_slice(bytes.get(..end)?).ok()?;
        if about.address != address.bare() {
            return None;
        }
        bytes.drain(..=end);
        let leads_to = Address::parse(&about.leads_to).ok()?;
        let came = about.came.unwrap_or(bytes.len() as u64);
        let page = Page { bytes, came, content_type: about.content_type, address: leads_to };
        Some(Kept { page, loaded: about.loaded })
    }

    /// Keeps a page.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn keep(&self, address: &Address, page: &Page) -> std::io::Result<()> {
        let about = About {
            address: address.bare(),
            leads_to: page.address.bare(),
            loaded: Timestamp::now(),
            content_type: page.content_type.clone(),
            came: Some(page.came),
        };
        fs::create_dir_all(&self.folder)?;
        let mut file = AtomicWriteFile::open(self.path_of(address))?;
        file.write_all(serde_json::to_string(&about).map_err(std::io::Error::other)?.as_bytes())?;
        file.write_all(b"\n")?;
        file.write_all(&page.bytes)?;
        file.commit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_again_without_its_password_and_not_when_it_is_to_be_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes.jsonld");
        let cache = Cache::beside(&notes, false);
        let address = Address::parse("https://ann:secret@news.example/a?token=secret").unwrap();
        let content_type = Some("text/plain".into());
        let page = Page { bytes: b"one\ntwo".to_vec(), came: 5, content_type, address: address.clone() };
        assert!(cache.find(&address).is_none());
        cache.keep(&address, &page).unwrap();
        let kept = cache.find(&Address::parse("https://news.example/a?token=secret").unwrap()).unwrap();
        assert!(cache.find(&Address::parse("https://news.example/a?token=other").unwrap()).is_none());
        assert_eq!(kept.page.bytes, b"one\ntwo");
        let held = |bytes, unpacked| kept.check(&Limits { bytes, unpacked, ..Limits::default() });
        assert!(matches!(held(4, 7), Err(Problem::TooLarge { limit: 4 })), "what came is held to the limits again");
        assert!(matches!(held(5, 6), Err(Problem::Unpacked { limit: 6 })) && held(5, 7).is_ok());
        assert_eq!(kept.page.content_type.as_deref(), Some("text/plain"));
        let file = fs::read_to_string(cache.path_of(&address)).unwrap();
        assert!(!file.contains("secret") && !file.contains("ann"), "{file}");
        assert!(Cache::beside(&notes, true).find(&address).is_none());
        fs::write(cache.path_of(&address), "damaged").unwrap();
        assert!(cache.find(&address).is_none());
    }
}
