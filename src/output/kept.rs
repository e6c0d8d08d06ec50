//! What the last build has left, for those who need not make it again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::path::OutPath;
use super::write::{Kind, kind};
use super::{HIDDEN, manifest};

/// A file beyond this many bytes is made again rather than read.
const LARGEST: u64 = 1 << 20;

/// The files of an earlier build right in the folder `within` of the output folder `folder`.
///
/// Only plain files that the manifest lists are there; links are not followed, and what cannot be read is passed over. Others
/// can write to the folder: whoever takes a file over has to see that it is what it should be.
pub fn kept(folder: &Path, within: &OutPath) -> BTreeMap<OutPath, Arc<[u8]>> {
    let stands = |path: &Path, wanted: Kind| kind(path).is_ok_and(|kind| kind == wanted);
    let list = folder.join(HIDDEN).join("manifest");
    let folders =
        within.folders().chain([within.as_str(), HIDDEN]).all(|path| stands(&folder.join(path), Kind::Folder));
    if !folders || !stands(&list, Kind::File) {
        return BTreeMap::new();
    }
    let listed = fs::read(&list).map(|bytes| manifest::parse(&bytes)).unwrap_or_default();
    let paths: Vec<OutPath> = listed.paths.into_iter().filter(|path| path.folder() == within.as_str()).collect();
    let files = paths.into_par_iter().filter_map(|path| {
        let place = path.below(folder);
        let is_small = fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
        let bytes = if is_small { fs::read(&place).ok()? } else { return None };
        Some((path, bytes.into()))
    });
    files.collect::<Vec<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Entry, Map, Origin, Stage, write};
    use super::*;

    fn path(path: &str) -> OutPath {
        OutPath::new(path).unwrap()
    }

    #[test]
    fn only_what_a_build_has_left() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("public");
        let within = path("a/cards");
        let check = |expect: &[(&str, &[u8])]| {
            let kept = kept(&folder, &within);
            let kept: Vec<(&str, &[u8])> = kept.iter().map(|(path, bytes)| (path.as_str(), &bytes[..])).collect();
            assert_eq!(kept, expect);
        };
        check(&[]);
        let mut map = Map::new();
        let large = vec![0; 2 << 20];
        for (name, bytes) in [
            ("a/x", &b"x"[..]),
            ("a/cards/1", b"one"),
            ("a/cards/2", b"two"),
            ("a/cards/b/3", b""),
            ("a/cards/4", &large),
        ] {
            map.insert(path(name), Entry::new(Stage::Asset, bytes, Origin::of_every_site("a file"))).unwrap();
        }
        write(&map, &folder, &mut || ()).unwrap();
        fs::write(folder.join("a/cards/foreign"), "foreign").unwrap();
        check(&[("a/cards/1", b"one"), ("a/cards/2", b"two")]);
        fs::remove_file(folder.join("a/cards/2")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("a/x"), folder.join("a/cards/2")).unwrap();
        check(&[("a/cards/1", b"one")]);
        #[cfg(unix)]
        {
            fs::rename(folder.join("a"), dir.path().join("elsewhere")).unwrap();
            std::os::unix::fs::symlink(dir.path().join("elsewhere"), folder.join("a")).unwrap();
            check(&[]);
        }
    }
}
