//! A card's SVG to the bytes of a PNG.

use super::face::{BOLD, REGULAR};
use super::layout::FAMILY;
use super::{HEIGHT, WIDTH};
use crate::source_text::Fingerprint;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// What draws, with its versions; a test holds them against the lock file. Another drawer is another card.
pub(super) const DRAWER: &[(&str, &str)] =
    &[("resvg", "0.49.0"), ("tiny-skia", "0.12.0"), ("harfrust", "0.12.0"), ("skrifa", "0.44.0"), ("png", "0.18.1")];
/// Counted up when a card of the same SVG would be another file.
const EDITION: u32 = 1;

/// All that a picture depends on beside its SVG.
pub(super) fn maker() -> &'static str {
    static MAKER: OnceLock<String> = OnceLock::new();
    MAKER.get_or_init(|| {
        let drawer: Vec<String> = DRAWER.iter().map(|(name, version)| format!("{name} {version}")).collect();
        let font = [REGULAR, BOLD].map(|bytes| Fingerprint::of(bytes).hex()).join(" ");
        format!("{EDITION} {} {font}", drawer.join(" "))
    })
}

/// What draws cards.
pub(super) struct Pen {
    options: Options<'static>,
}

impl Pen {
    /// With our letters and nothing else: no font of the machine, no file or address that a picture names.
    pub fn new() -> Self {
        let mut fonts = fontdb::Database::new();
        for face in [REGULAR, BOLD] {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(face)));
        }
        let options = Options {
            resources_dir: None,
            font_family: FAMILY.to_owned(),
            fontdb: Arc::new(fonts),
            font_resolver: FontResolver {
                select_font: FontResolver::default_font_selector(),
                select_fallback: Box::new(|_, _, _| None),
            },
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        Self { options }
    }

    /// The picture of a card; nothing for what is no SVG.
    pub fn png(&self, svg: &str) -> Option<Vec<u8>> {
        self.drawn(svg, WIDTH, HEIGHT)
    }

    /// The picture of an SVG in so many pixels.
    fn drawn(&self, svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
        let tree = Tree::from_str(svg, &self.options).ok()?;
        let mut pixels = Pixmap::new(width, height)?;
        // What is not covered is paper: there are no half transparent pixels.
        pixels.fill(Color::WHITE);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred pixels")]
        let (x, y) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
        resvg::render(&tree, Transform::from_scale(x, y), &mut pixels.as_mut());
        let (colours, numbers) = few_colours(pixels.data());
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(colours);
        // Seven per cent more bytes than by default, for a quarter less of a card's time.
        encoder.set_deflate_compression(png::DeflateCompression::Level(3));
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&numbers).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

/// The colours of an opaque picture, three bytes each, and the number of each pixel's. They are rounded, no more than it
/// takes to make them few: shades between ink and paper are many and hard to tell apart.
fn few_colours(pixels: &[u8]) -> (Vec<u8>, Vec<u8>) {
    // With two bits a channel there are 64 colours at most.
    (2..=5).rev().find_map(|bits| rounded(pixels, bits)).unwrap_or_default()
}

/// The same, rounded to so many bits a channel; nothing when that leaves more than 256 colours.
fn rounded(pixels: &[u8], bits: u32) -> Option<(Vec<u8>, Vec<u8>)> {
    let steps = (1_u32 << bits) - 1;
    let step = |value: u8| (u32::from(value) * steps + 127) / 255;
    let mut known: Vec<Option<u8>> = vec![None; 1 << (3 * bits)];
    let (mut colours, mut numbers) = (Vec::new(), Vec::with_capacity(pixels.len() / 4));
    let mut last = ([0; 4], None);
    for &pixel in pixels.as_chunks::<4>().0 {
        let number = match last {
            (same, Some(number)) if same == pixel => number,
            _ => {
                let [red, green, blue, _] = pixel;
                let levels = [red, green, blue].map(step);
                let [red, green, blue] = levels;
                let place = usize::try_from(red << (2 * bits) | green << bits | blue).ok()?;
                let slot = known.get_mut(place)?;
                match *slot {
                    Some(number) => number,
                    None => {
                        let number = u8::try_from(colours.len() / 3).ok()?;
                        colours
                            .extend(levels.map(|level| u8::try_from((level * 255 + steps / 2) / steps).unwrap_or(255)));
                        *slot.insert(number)
                    }
                }
            }
        };
        last = (pixel, Some(number));
        numbers.push(number);
    }
    Some((colours, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawer_is_the_one_that_is_named() {
        let lock = include_str!("../../Cargo.lock");
        for (name, version) in DRAWER {
            assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")), "{name} {version}");
        }
    }

    /// The icon for telephones, which fill its corners themselves: `UPDATE=1` draws it anew.
    #[test]
    fn the_icon_is_that_of_the_site() {
        let svg = include_str!("../../static/favicon.svg").replace(" rx=\"5\"", "");
        let drawn = Pen::new().drawn(&svg, 180, 180).unwrap();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/static/apple-touch-icon.png");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &drawn).unwrap();
        }
        assert!(std::fs::read(file).unwrap() == drawn, "static/apple-touch-icon.png is not static/favicon.svg");
    }

    #[test]
    fn few_are_enough() {
        let check = |pixels: &[[u8; 4]], colours: &[u8], numbers: &[u8]| {
            assert_eq!(few_colours(&pixels.concat()), (colours.to_vec(), numbers.to_vec()));
        };
        check(&[], &[], &[]);
        check(&[[255; 4], [0, 0, 0, 255], [255; 4], [254, 255, 255, 255]], &[255, 255, 255, 0, 0, 0], &[0, 1, 0, 0]);
        let all: Vec<u8> =
            (0..=u8::MAX).flat_map(|a| [[a, 0, 255 - a, 255], [0, a, a / 2, 255], [a, a, a, 255]].concat()).collect();
        let (colours, numbers) = few_colours(&all);
        assert!(colours.len() <= 768 && numbers.len() == 768);
    }

    #[test]
    fn no_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("black.svg");
        let black = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
        std::fs::write(&file, black).unwrap();
        let card = |inner: &str| {
            format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'><rect width='1200' height='630' fill='#fff'/>{inner}</svg>"
            )
        };
        let pen = Pen::new();
        let empty = pen.png(&card("")).unwrap();
        let data = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnIHdpZHRoPSc5JyBoZWlnaHQ9JzknPjxyZWN0IHdpZHRoPSc5JyBoZWlnaHQ9JzknLz48L3N2Zz4=";
        for address in [file.to_str().unwrap(), data] {
            let image = format!("<image href='{address}' width='900' height='600'/>");
            assert_eq!(pen.png(&card(&image)).unwrap(), empty, "{address}");
        }
        assert_eq!(pen.png("<svg"), None);
    }
}
