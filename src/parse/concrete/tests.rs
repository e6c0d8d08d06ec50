//! Where each comment belongs.

use super::*;

/// What is written of the tree: keys and items by their way, with the remarks on them.
fn outline(tree: &Collection<'_>, way: &str, out: &mut Vec<String>) {
    for (at, element) in tree.elements.iter().enumerate() {
        let way = format!("{way}/{}", element.key.as_ref().map_or(at.to_string(), |key| key.text.clone()));
        let told = [
            ("lead", &element.lead[..]),
            ("head", element.head.as_slice()),
            ("inner", &element.inner[..]),
            ("trail", element.trail.as_slice()),
        ];
        for (place, comments) in told {
            out.extend(comments.iter().map(|comment| format!("{way} {place} {}", comment.text)));
        }
        if let Value::Collection(inner) = &element.value {
            outline(inner, &way, out);
        }
    }
    out.extend(tree.end.iter().map(|comment| format!("{way}/ end {}", comment.text)));
}

#[track_caller]
fn check(yaml: &str, expect: &[&str]) {
    let tree = read(&FileId::new("content/incidents/a.yaml"), yaml, 0, 9).unwrap();
    let mut out = Vec::new();
    outline(&tree, "", &mut out);
    assert_eq!(out, expect);
}

#[test]
fn comments_on_a_line_belong_to_what_stands_before_them() {
    check("a: b # 1\nc: 'd # e'  # 2\n", &["/a trail # 1", "/c trail # 2"]);
    check("a: # 1\n  - b # 2\n", &["/a head # 1", "/a/0 trail # 2"]);
    check("a: | # 1\n  b # c\n", &["/a trail # 1"]);
    check("a: |+ # 1\n\n", &["/a trail # 1"]);
    check("a: [b, # 1\n  c] # 2\n", &["/a trail # 2", "/a/0 trail # 1"]);
    check("a: # 1\n  # 2\n  b\n", &["/a head # 1", "/a inner # 2"]);
    check("a#b: c#d\n", &[]);
}

#[test]
fn comments_on_lines_of_their_own_belong_to_what_follows() {
    check("# 1\na: b\n# 2\nc: d\n", &["/a lead # 1", "/c lead # 2"]);
    check("a:\n- # 1\n  b: c\n# 2\n- d\n", &["/a/0 lead # 1", "/a/1 lead # 2"]);
    check("a: [\n  # 1\n  b\n]\n", &["/a/0 lead # 1"]);
}

#[test]
fn comments_below_a_block_belong_to_it_as_far_as_they_are_indented() {
    let yaml = "a:\n  - b: c\n    # 1\n  # 2\n# 3\nd:\n  # 4\n# 5\n";
    check(yaml, &["/a/0/ end # 1", "/a/ end # 2", "/d lead # 3", "/d inner # 4", "/ end # 5"]);
    // Further in again is not in the inner block any more.
    check("a:\n  b: c\n# 1\n  # 2\nd: e\n", &["/d lead # 1", "/d lead # 2"]);
}

#[test]
fn keys_are_written_and_written_once() {
    let problems = |yaml| read(&FileId::new("content/incidents/a.yaml"), yaml, 0, 9).unwrap_err();
    let twice = problems("a: {b: 1, b: 2}\nc: 1\nc: 2\n");
    assert_eq!(twice.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::DuplicateKey; 2]);
    assert_eq!(problems("?")[0].message, "nothing stands where a key belongs");
    assert_eq!(problems("- a\n")[0].message, "the file holds no fields");
}
