//! What the site's settings leave open.

use crate::diagnostic::{At, Code, Diagnostic};
use crate::resolve::Site;
use crate::source_text::FileId;

/// `missing-base-url`.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    if site.config.base_url.is_some() {
        return Vec::new();
    }
    let file = FileId::new("content/site.yaml");
    vec![
        Diagnostic::new(
            Code::MissingBaseUrl,
            At::file(&file),
            "the site has no address; canonical links and social cards are left out",
        )
        .help("write `repository: owner/name` or `base_url: https://…/` in `content/site.yaml`"),
    ]
}
