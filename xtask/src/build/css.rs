//! The style sheet: `style/main.css` with its imports, minified.

use anyhow::anyhow;
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};

use crate::command::{root, say};

/// Bundles and minifies the style sheet.
pub(crate) fn build() -> anyhow::Result<Vec<u8>> {
    say("building the style sheet");
    let files = FileProvider::new();
    let main = root().join("style/main.css");
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&main)
        .map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{error}"))?;
    let css = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(css.code.into_bytes())
}
