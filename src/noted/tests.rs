use super::*;

fn table(items: &[u32]) -> Table<u32> {
    Table::new(Part::Incidents, items.to_vec())
}

fn changes(old: &[u32], new: &[u32]) -> Changes {
    let mut changes = Changes::default();
    changes.table(&table(old), &table(new), |a, b| a == b);
    changes
}

/// Whether what read `old` by `read` has to be made again for `new`.
#[track_caller]
fn check(old: &[u32], new: &[u32], read: impl Fn(&Table<u32>), expect: bool) {
    let list = table(old);
    let ((), reads) = noting(|| read(&list));
    assert_eq!(changes(old, new).first_among(&reads).is_some(), expect, "{reads:?}");
}

#[test]
fn an_item_is_its_number() {
    let second = |list: &Table<u32>| _ = list.get(1);
    check(&[1, 2, 3], &[1, 2, 3], second, false);
    check(&[1, 2, 3], &[9, 2, 9], second, false);
    check(&[1, 2, 3], &[1, 9, 3], second, true);
    check(&[1, 2, 3], &[0, 1, 2, 3], second, true);
    check(&[1, 2, 3], &[1], second, true);
}

#[test]
fn what_reads_all_depends_on_all() {
    for read in [
        |list: &Table<u32>| _ = list.len(),
        |list: &Table<u32>| _ = list.iter().next(),
        |list: &Table<u32>| _ = list.is_empty(),
        // That it is missing.
        |list: &Table<u32>| _ = list.get(7),
    ] {
        check(&[1, 2, 3], &[1, 2, 3], read, false);
        check(&[1, 2, 3], &[1, 2, 4], read, true);
        check(&[1, 2, 3], &[1, 2, 3, 4], read, true);
    }
}

#[test]
fn notes_are_taken_where_they_are_wanted() {
    let list = table(&[1, 2, 3]);
    let value = Noted::new(Part::Known, 5);
    _ = list.get(0);
    let (((), inner), outer) = noting(|| {
        let inner = noting(|| _ = (list.get(2), *value + 1));
        unnoted(|| _ = list.get(1));
        inner
    });
    assert_eq!(inner.iter().count(), 2);
    assert_eq!(inner, outer);
    let ((), again) = noting(|| outer.note());
    assert_eq!(again, outer);
    let ((), none) = noting(|| ());
    assert_eq!(none, Reads::default());
}
