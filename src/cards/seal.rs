//! The seal of a card: by it a later build knows that a file is what was drawn.
//!
//! A chunk of text before the end of the PNG holds the fingerprint of the card's path and of all the file's other bytes. A
//! file that a disk, a transfer or a tool for pictures has changed does not fit its seal, and is drawn again.

use crate::source_text::Fingerprint;

/// The last chunk of every PNG: its length, its name, its sum.
const END: [u8; 12] = [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82];
/// What the chunk begins with: the keyword, as the format wants it.
const KEYWORD: &[u8] = b"annals\0";

/// The PNG with its seal.
pub(super) fn sealed(mut png: Vec<u8>, path: &str) -> Vec<u8> {
    if png.ends_with(&END) {
        png.truncate(png.len() - END.len());
    }
    let mut both = path.as_bytes().to_vec();
    both.extend(&png);
    let mut chunk = b"tEXt".to_vec();
    chunk.extend(KEYWORD);
    chunk.extend(Fingerprint::of(&both).hex().bytes());
    let length = u32::try_from(chunk.len() - 4).unwrap_or_default();
    png.extend(length.to_be_bytes());
    png.extend(&chunk);
    png.extend(sum(&chunk).to_be_bytes());
    png.extend(END);
    png
}

/// Whether `bytes` are a card that was drawn for this path, and whole.
pub(super) fn holds(bytes: &[u8], path: &str) -> bool {
    // The chunk with its length, its name, 64 digits and its sum, then the end.
    let after = 4 + 4 + KEYWORD.len() + 64 + 4 + END.len();
    let before = bytes.len().checked_sub(after).and_then(|length| bytes.get(..length));
    before.is_some_and(|before| sealed(before.to_vec(), path) == bytes)
}

/// The sum that the format asks for: CRC-32, bit by bit, since it is over seventy bytes.
fn sum(bytes: &[u8]) -> u32 {
    let rest = bytes.iter().fold(u32::MAX, |rest, byte| {
        (0..8).fold(rest ^ u32::from(*byte), |rest, _| if rest & 1 == 1 { rest >> 1 ^ 0xEDB8_8320 } else { rest >> 1 })
    });
    !rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_the_format() {
        assert_eq!(sum(b"IEND"), 0xAE42_6082);
        assert_eq!(sum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn what_was_changed_does_not_hold() {
        let whole = sealed([b"picture".as_slice(), &END].concat(), "a.png");
        assert!(holds(&whole, "a.png"));
        assert!(!holds(&whole, "b.png"));
        assert!(!holds(b"", "a.png") && !holds(&END, "a.png"));
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(!holds(&changed, "a.png"), "byte {at}");
            assert!(!holds(&whole[..at], "a.png"), "cut at {at}");
        }
    }
}
