use std::fs;

use tempfile::TempDir;

use super::*;
use crate::notes::example::{article, note};

fn bridge() -> Article {
    article("lantern", "The barge struck the bridge at noon. Nobody was hurt. The bridge will be shut for six weeks.")
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn texts(store: &Store) -> Vec<&str> {
    store.notes().iter().map(|note| note.text.as_str()).collect()
}

#[test]
fn a_note_is_on_disk_when_add_returns_and_found_again() {
    let folder = folder();
    let path = folder.path().join("made/notes.jsonld");
    let article = bridge();
    let mut store = Store::open(&path).unwrap();
    assert_eq!((store.notes().len(), path.exists()), (0, false));
    let saved = store.add(note(&article, "at noon", "When?"), std::slice::from_ref(&article)).unwrap();
    assert!(saved.merged.is_empty() && saved.not_archived.is_none());
    let again = Store::open(&path).unwrap();
    assert_eq!(again.notes(), store.notes());
    assert_eq!(texts(&again), ["When?"]);
    assert_eq!(store.archive().text_of(&article.sha256).as_deref(), Some(article.text.content()));
    let about = fs::read_to_string(folder.path().join(format!("made/sources/{}.json", article.sha256))).unwrap();
    assert!(about.contains("/articles/lantern"), "{about}");
}

#[test]
fn notes_are_changed_and_removed() {
    let folder = folder();
    let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
    store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
    store.add(note(&bridge(), "Nobody", "two"), &[]).unwrap();
    let mut first = store.notes()[0].clone();
    first.text = "one, changed".into();
    let id = first.id;
    store.update(first).unwrap();
    assert_eq!(texts(&Store::open(store.path()).unwrap()), ["one, changed", "two"]);
    store.remove(id).unwrap();
    assert_eq!(texts(&Store::open(store.path()).unwrap()), ["two"]);
    assert!(matches!(store.remove(id), Err(StoreError::UnknownNote(unknown)) if unknown == id));
    assert_eq!(store.pending(), 0);
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for number in 0..50 {
                    store.add(note(&bridge(), "at noon", &format!("{writer}-{number}")), &[]).unwrap();
                }
            });
        }
    });
    let store = Store::open(&path).unwrap();
    let mut found = texts(&store);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 100);
}

#[test]
fn where_both_edited_one_note_both_texts_are_kept() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut here = Store::open(&path).unwrap();
    here.add(note(&bridge(), "at noon", "start"), &[]).unwrap();
    let mut there = Store::open(&path).unwrap();
    let id = here.notes()[0].id;
    let mut theirs = there.notes()[0].clone();
    theirs.text = "from there".into();
    theirs.tags = vec!["there".into()];
    there.update(theirs).unwrap();
    let mut ours = here.notes()[0].clone();
    ours.text = "from here".into();
    ours.verdict = Some("disputed".into());
    assert_eq!(here.update(ours).unwrap().merged, [id]);
    let note = &Store::open(&path).unwrap().notes()[0].clone();
    assert!(note.text.contains("from here") && note.text.contains("from there"), "{}", note.text);
    assert_eq!((note.verdict.as_deref(), note.tags.as_slice()), (Some("disputed"), ["there".to_owned()].as_slice()));
}

#[test]
fn a_note_changed_elsewhere_is_not_removed() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut here = Store::open(&path).unwrap();
    here.add(note(&bridge(), "at noon", "start"), &[]).unwrap();
    let mut there = Store::open(&path).unwrap();
    let mut theirs = there.notes()[0].clone();
    theirs.text = "worth keeping".into();
    there.update(theirs).unwrap();
    let id = here.notes()[0].id;
    assert_eq!(here.remove(id).unwrap().merged, [id]);
    assert_eq!(texts(&here), ["worth keeping"]);
}

#[test]
fn a_note_removed_elsewhere_and_edited_here_is_kept() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut here = Store::open(&path).unwrap();
    here.add(note(&bridge(), "at noon", "start"), &[]).unwrap();
    Store::open(&path).unwrap().remove(here.notes()[0].id).unwrap();
    let mut ours = here.notes()[0].clone();
    ours.text = "still wanted".into();
    here.update(ours).unwrap();
    assert_eq!(texts(&Store::open(&path).unwrap()), ["still wanted"]);
}

#[test]
fn a_vanished_folder_leaves_the_note_pending_until_it_is_back() {
    let folder = folder();
    let inner = folder.path().join("stick");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("notes.jsonld");
    let mut store = Store::open(&path).unwrap();
    store.add(note(&bridge(), "at noon", "before"), &[]).unwrap();
    fs::rename(&inner, folder.path().join("away")).unwrap();
    let error = store.add(note(&bridge(), "Nobody", "meanwhile"), &[]).unwrap_err();
    assert!(error.to_string().contains("stick"), "{error}");
    assert!(!inner.exists(), "a folder that went away must not be made anew");
    assert_eq!((store.pending(), texts(&store)), (1, vec!["before", "meanwhile"]));
    fs::rename(folder.path().join("away"), &inner).unwrap();
    store.retry().unwrap();
    assert_eq!(store.pending(), 0);
    assert_eq!(texts(&Store::open(&path).unwrap()), ["before", "meanwhile"]);
}

#[test]
fn a_pending_note_can_be_changed_and_removed() {
    let folder = folder();
    let inner = folder.path().join("stick");
    fs::create_dir(&inner).unwrap();
    let mut store = Store::open(inner.join("notes.jsonld")).unwrap();
    fs::remove_dir(&inner).unwrap();
    let pending = note(&bridge(), "Nobody", "meanwhile");
    let mut changed = pending.clone();
    changed.text = "changed".into();
    store.add(pending, &[]).unwrap_err();
    store.update(changed.clone()).unwrap_err();
    assert_eq!(texts(&store), ["changed"]);
    store.remove(changed.id).unwrap_err();
    assert_eq!(store.notes().len(), 0);
    fs::create_dir(&inner).unwrap();
    store.retry().unwrap();
    assert_eq!(Store::open(store.path()).unwrap().notes().len(), 0);
}

#[test]
fn a_damaged_file_is_named_and_left_as_it_is() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut store = Store::open(&path).unwrap();
    store.add(note(&bridge(), "at noon", "good"), &[]).unwrap();
    let good = fs::read_to_string(&path).unwrap();
    let bad = good.replacen("\"items\": [", "\"items\": [,", 1);
    fs::write(&path, &bad).unwrap();
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.contains("notes.jsonld: damaged at line 11, column 13: expected value"), "{error}");
    assert!(error.contains("notes.jsonld.backup"), "{error}");
    store.add(note(&bridge(), "Nobody", "pending"), &[]).unwrap_err();
    assert_eq!(fs::read_to_string(&path).unwrap(), bad);
    assert_eq!(fs::read_to_string(folder.path().join("notes.jsonld.backup")).unwrap(), good);
    fs::write(&path, &good).unwrap();
    store.retry().unwrap();
    assert_eq!(texts(&Store::open(&path).unwrap()), ["good", "pending"]);
}

#[test]
fn bytes_that_are_no_utf_8_are_damage_with_a_place() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    fs::write(&path, b"{\n  \"a\": \"\xff\"}").unwrap();
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.contains("damaged at line 2, column 9: not UTF-8"), "{error}");
}

#[test]
fn an_empty_file_is_a_new_one_unless_there_is_a_backup() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    fs::write(&path, "").unwrap();
    Store::open(&path).unwrap().add(note(&bridge(), "at noon", "kept"), &[]).unwrap();
    assert_eq!(Store::open(&path).unwrap().notes().len(), 1);
    fs::write(&path, "").unwrap();
    assert!(matches!(Store::open(&path), Err(StoreError::Format { backup: Some(_), .. })));
}

#[test]
fn notes_are_not_lost_when_somebody_takes_the_file_away() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut store = Store::open(&path).unwrap();
    store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
    fs::remove_file(&path).unwrap();
    store.add(note(&bridge(), "Nobody", "two"), &[]).unwrap();
    assert_eq!(texts(&Store::open(&path).unwrap()), ["one", "two"]);
}

#[test]
fn what_others_wrote_is_taken_in() {
    let folder = folder();
    let path = folder.path().join("notes.jsonld");
    let mut here = Store::open(&path).unwrap();
    Store::open(&path).unwrap().add(note(&bridge(), "at noon", "theirs"), &[]).unwrap();
    assert!(here.refresh().unwrap());
    assert_eq!(texts(&here), ["theirs"]);
    assert!(!here.refresh().unwrap());
}

#[test]
fn what_a_killed_program_left_is_swept_up_and_nothing_else() {
    let folder = folder();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    let kept = [".notes.jsonld.backup", ".notes.jsonld.a-b.cd", ".notes.jsonld.longer1", "notes.jsonld.abc123"];
    let fresh = ".notes.jsonld.Fresh1";
    for name in [&kept[..], &[".notes.jsonld.5dScUU", ".notes.jsonld.backup.3cruzo"]].concat() {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    fs::write(folder.path().join(fresh), "").unwrap();
    let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
    store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
    for name in kept.into_iter().chain([fresh]) {
        assert!(folder.path().join(name).exists(), "{name} is gone");
    }
    for name in [".notes.jsonld.5dScUU", ".notes.jsonld.backup.3cruzo"] {
        assert!(!folder.path().join(name).exists(), "{name} is still there");
    }
}

#[test]
fn a_folder_is_no_notes_file() {
    let folder = folder();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Disk { .. })));
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_linked_notes_file_stays_a_link_and_keeps_its_mode() {
        let folder = folder();
        let real = folder.path().join("real/notes.jsonld");
        fs::create_dir(real.parent().unwrap()).unwrap();
        let link = folder.path().join("notes.jsonld");
        symlink("real/notes.jsonld", &link).unwrap();
        // The link leads nowhere yet.
        Store::open(&link).unwrap().add(note(&bridge(), "at noon", "one"), &[]).unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        Store::open(&link).unwrap().add(note(&bridge(), "Nobody", "two"), &[]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(texts(&Store::open(&real).unwrap()), ["one", "two"]);
    }

    #[test]
    fn a_read_only_file_is_not_written_over() {
        let folder = folder();
        let path = folder.path().join("notes.jsonld");
        let mut store = Store::open(&path).unwrap();
        store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(store.add(note(&bridge(), "Nobody", "two"), &[]), Err(StoreError::ReadOnly { .. })));
        assert_eq!(texts(&Store::open(&path).unwrap()), ["one"]);
    }

    #[test]
    fn nothing_is_left_in_the_folder_but_what_belongs_there() {
        let folder = folder();
        let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
        store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, [".notes.jsonld.lock", "notes.jsonld", "notes.jsonld.backup"]);
    }
}

mod undoing {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::{Deed, Way};

    /// Something a reader does to the notes.
    #[derive(Debug, Clone)]
    enum Act {
        Add(String),
        Edit(usize, String),
        Tag(usize),
        Remove(usize),
        Link,
        Unlink,
        Import(String),
        Undo,
        Redo,
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            any::<String>().prop_map(Act::Add),
            (0..9_usize, any::<String>()).prop_map(|(at, text)| Act::Edit(at, text)),
            (0..9_usize).prop_map(Act::Tag),
            (0..9_usize).prop_map(Act::Remove),
            Just(Act::Link),
            Just(Act::Unlink),
            any::<String>().prop_map(Act::Import),
            Just(Act::Undo),
            Just(Act::Redo),
        ]
    }

    fn link() -> Note {
        let mut link = note(&bridge(), "at noon", "");
        link.passages.push(link.passages[0].clone());
        link.link = Some(crate::compare::Judgement::Made);
        link
    }

    /// Does it; answers whether it was one thing that can be undone.
    fn perform(store: &mut Store, act: &Act) -> bool {
        let chosen = |at: usize| store.notes().get(at % store.notes().len().max(1)).cloned();
        match act {
            Act::Add(text) => drop(store.add(note(&bridge(), "Nobody", text), &[]).unwrap()),
            Act::Edit(at, text) => {
                let Some(note) = chosen(*at) else { return false };
                let new = Note { text: text.clone(), verdict: Some("disputed".into()), ..note.clone() };
                if new.says_the_same(&note) {
                    return false;
                }
                store.update(new).unwrap();
            }
            Act::Tag(at) => {
                let Some(mut note) = chosen(*at) else { return false };
                note.tags.push(format!("tag {}", note.tags.len()));
                store.update(note).unwrap();
            }
            Act::Remove(at) => {
                let Some(note) = chosen(*at) else { return false };
                store.remove(note.id).unwrap();
            }
            Act::Link => drop(store.relink(&[], Some(link()), &[]).unwrap()),
            Act::Unlink => {
                let gone: Vec<_> = store.links().iter().take(2).map(|link| link.id).collect();
                if gone.is_empty() {
                    return false;
                }
                store.relink(&gone, Some(link()), &[]).unwrap();
            }
            Act::Import(text) => {
                let theirs = vec![note(&bridge(), "at noon", text), note(&bridge(), "six weeks", "theirs")];
                store.import(theirs).unwrap();
            }
            Act::Undo | Act::Redo => return false,
        }
        true
    }

    /// A file with fields and items that crossread does not know.
    fn begin(folder: &TempDir) -> Store {
        let path = folder.path().join("notes.jsonld");
        let mut store = Store::open(&path).unwrap();
        for text in ["one", "two", "three"] {
            store.add(note(&bridge(), "at noon", text), &[]).unwrap();
        }
        let content = fs::read_to_string(&path).unwrap();
        let content =
            content.replacen("\"type\": \"Annotation\",", "\"type\": \"Annotation\",\n  \"x:odd\":  [1,2],", 2);
        let at = content.find("    {\n      \"id\"").unwrap();
        fs::write(&path, format!("{}    \"https://example.org/7\",\n{}", &content[..at], &content[at..])).unwrap();
        Store::open(&path).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn undoing_every_action_restores_the_file_and_redoing_all_brings_it_back(
            acts in proptest::collection::vec(act(), 1..12)
        ) {
            let folder = folder();
            let mut store = begin(&folder);
            let read = |store: &Store| fs::read_to_string(store.path()).unwrap();
            let mut files = vec![read(&store)];
            let mut at = 0_usize;
            for act in &acts {
                match act {
                    Act::Undo => {
                        prop_assert_eq!(store.go(Way::Back).unwrap().is_some(), at > 0);
                        at = at.saturating_sub(1);
                    }
                    Act::Redo => {
                        prop_assert_eq!(store.go(Way::Forth).unwrap().is_some(), at + 1 < files.len());
                        at = (at + 1).min(files.len() - 1);
                    }
                    act => {
                        if perform(&mut store, act) {
                            files.truncate(at + 1);
                            files.push(read(&store));
                            at += 1;
                        }
                    }
                }
                prop_assert_eq!(&read(&store), &files[at], "after {:?}", act);
            }
            while store.go(Way::Back).unwrap().is_some() {
                at -= 1;
                prop_assert_eq!(&read(&store), &files[at]);
            }
            prop_assert_eq!(at, 0);
            while store.go(Way::Forth).unwrap().is_some() {
                at += 1;
                prop_assert_eq!(&read(&store), &files[at]);
            }
            prop_assert_eq!(at, files.len() - 1);
        }
    }

    #[test]
    fn what_another_program_changed_meanwhile_is_not_undone() {
        let folder = folder();
        let path = folder.path().join("notes.jsonld");
        let mut here = Store::open(&path).unwrap();
        here.add(note(&bridge(), "at noon", "mine"), &[]).unwrap();
        let mut there = Store::open(&path).unwrap();
        let mut theirs = there.notes()[0].clone();
        theirs.text = "worth keeping".into();
        there.update(theirs).unwrap();
        let (deed, saved) = here.go(Way::Back).unwrap().unwrap();
        assert_eq!((deed, saved.merged.len()), (Deed::Made, 1));
        assert_eq!(texts(&Store::open(&path).unwrap()), ["worth keeping"]);
    }

    #[test]
    fn what_could_not_be_saved_can_be_undone_too() {
        let folder = folder();
        let inner = folder.path().join("stick");
        fs::create_dir(&inner).unwrap();
        let mut store = Store::open(inner.join("notes.jsonld")).unwrap();
        store.add(note(&bridge(), "at noon", "before"), &[]).unwrap();
        fs::rename(&inner, folder.path().join("away")).unwrap();
        store.add(note(&bridge(), "Nobody", "meanwhile"), &[]).unwrap_err();
        store.go(Way::Back).unwrap_err();
        assert_eq!(texts(&store), ["before"]);
        store.go(Way::Forth).unwrap_err();
        assert_eq!(texts(&store), ["before", "meanwhile"]);
        fs::rename(folder.path().join("away"), &inner).unwrap();
        store.retry().unwrap();
        assert_eq!(texts(&Store::open(store.path()).unwrap()), ["before", "meanwhile"]);
    }
}

#[test]
fn links_and_foreign_items_stay_where_they_stand_when_a_note_goes() {
    let folder = folder();
    let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
    store.add(note(&bridge(), "at noon", "one"), &[]).unwrap();
    let mut link = note(&bridge(), "at noon", "");
    link.passages.push(link.passages[0].clone());
    link.link = Some(crate::compare::Judgement::Made);
    store.add(link, &[]).unwrap();
    store.add(note(&bridge(), "Nobody", "two"), &[]).unwrap();
    store.remove(store.notes()[0].id).unwrap();
    let content = fs::read_to_string(store.path()).unwrap();
    let at = |words: &str| content.find(words).unwrap();
    assert!(at("\"linking\"") < at("\"two\""), "{content}");
    assert_eq!((store.notes().len(), store.links().len()), (1, 1));
}
