//! On paper: every page prints, with everything that a reader needs to check it and nothing to press.

use annals_browser_tests::sites::Site;
use annals_browser_tests::{Findings, browse, sites};
use fantoccini::wd::{PrintConfiguration, PrintSize};

/// What is missing on paper, and what should be.
const LOOK: &str = "
    const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
    const wrong = [];
    for (const node of document.querySelectorAll('main .rivals, main .side, main .claim-row, main .fact, main .chain, main .why, main .note, main .footnotes, main .footnotes-list > li, main .correction, main .footnotes .address, main table')) {
      if (!seen(node)) wrong.push(`${node.localName}.${node.className} (${node.textContent.trim().slice(0, 40)}) is not printed`);
    }
    for (const node of document.querySelectorAll('.skip, .masthead-nav, .pager, button, input:not([disabled]), select, textarea')) {
      if (seen(node)) wrong.push(`${node.localName}.${node.className} is printed, and is of no use on paper`);
    }
    const text = document.body.innerText;
    for (const link of document.querySelectorAll('main .footnotes a[href^=http]')) {
      const after = getComputedStyle(link, '::after').content;
      if (!text.includes(link.href) && !text.includes(link.getAttribute('href')) && !after.includes(link.getAttribute('href'))) wrong.push(`the address ${link.href} is not printed`);
    }
    const pale = getComputedStyle(document.body).color.match(/\\d+/g).slice(0, 3).some((part) => part > 100);
    if (pale) wrong.push(`the text is printed in ${getComputedStyle(document.body).color}`);
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push(`it is ${root.scrollWidth} wide on paper of ${root.clientWidth}`);
    return wrong;";

fn print(site: &'static Site) {
    let paper = PrintConfiguration::builder().size(PrintSize::A4).build().unwrap();
    browse(async |browser| {
        let mut findings = Findings::default();
        for page in site
            .kinds()
            .into_iter()
            .chain(site.pages().iter().map(String::as_str).filter(|page| page.starts_with("incidents/")))
        {
            let place = format!("{} {page}", site.name);
            // A4 within margins of a centimetre; whoever reads in the dark prints on white all the same.
            browser.size(718, 1047).await;
            browser.media("print", "dark").await;
            browser.go(&site.url(page)).await;
            findings.note(&place, browser.texts(LOOK, &[]).await);
        }
        for page in site.kinds() {
            browser.go(&site.url(page)).await;
            let pdf = browser.client().print(paper.clone()).await.unwrap();
            let pages = pdf.windows(11).filter(|part| part == b"/Type /Page").count();
            let tree = pdf.windows(12).filter(|part| part == b"/Type /Pages").count();
            if !pdf.starts_with(b"%PDF-") || pages <= tree || pdf.len() < 2_000 {
                let what = format!("the PDF of {} bytes has no page", pdf.len());
                findings.note(&format!("{} {page}", site.name), vec![what]);
            }
        }
        findings.assert_none();
    });
}

#[test]
fn first_site_prints() {
    print(sites::first());
}

#[test]
fn everything_prints() {
    print(sites::everything());
}
