//! Time to first token: what Attune adds to the model's own.
//!
//! The clock starts when the server function is called and stops when the page's event stream has
//! the first token. The same client calls the model server itself in between; the difference of the
//! two medians is what Attune adds. Every run belongs to a prompt of its own, which a page watches
//! over an event stream of its own.

use crate::budget::{
    FAILED_RUNS, FIRST_TOKEN_30, FIRST_TOKEN_200, FIRST_TOKEN_MEDIAN, FIRST_TOKEN_P99,
};
use crate::parts::runs::{Direct, Page, at_once, direct_at_once, env};
use crate::report::{Measured, shown};
use crate::setup::{Setup, Timing};
use crate::stats::{median, percentile};

/// One at a time: a fast model, so that many samples fit.
const FAST: Timing = Timing { first_token_ms: 10, token_ms: 1, tokens: 4 };
/// Many at once: a model as providers are on a good day.
const USUAL: Timing = Timing { first_token_ms: 200, token_ms: 10, tokens: 20 };

const SAMPLES: u32 = 250;
const WARM_UP: u32 = 20;

/// Measures all of it.
pub(super) async fn measure(setup: &mut Setup) -> anyhow::Result<Vec<Measured>> {
    let mut failed = 0;
    let mut figures = one_at_a_time(setup, &mut failed).await?;
    figures.push(many(setup, FIRST_TOKEN_30, 30, 8, &mut failed).await?);
    figures.push(many(setup, FIRST_TOKEN_200, 200, 5, &mut failed).await?);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand runs at most")]
    figures.push(Measured::new(FAILED_RUNS, failed as f64));
    Ok(figures)
}

async fn one_at_a_time(setup: &mut Setup, failed: &mut usize) -> anyhow::Result<Vec<Measured>> {
    let model = setup.model(FAST)?;
    let data = setup.fresh("one");
    let server = setup.server(&data, &env(&model))?;
    let mut pages = Page::open_all(&server, 1).await?;
    let mut direct = Direct::open_all(&model, 1).await?;
    let (mut own, mut through, mut edited) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..SAMPLES + WARM_UP {
        let alone = direct[0].run().await?;
        let (with_attune, run) = pages[0].run().await?;
        *failed += usize::from(!run.is_done);
        if turn >= WARM_UP {
            own.push(alone);
            through.push(with_attune);
        }
    }
    for turn in 0..SAMPLES / 5 {
        pages[0].edit(turn);
        edited.push(pages[0].run().await?.0);
    }
    server.stop()?;
    let own = median(&own).unwrap_or_default();
    let added = |total: Option<f64>| total.unwrap_or(f64::NAN) - own;
    let typed = format!(
        "{SAMPLES} samples, floor: the model server called directly; {} ms when what was typed \
        becomes a version first",
        shown(added(median(&edited)))
    );
    Ok(vec![
        beside(FIRST_TOKEN_MEDIAN, added(median(&through)), own).noting(typed),
        beside(FIRST_TOKEN_P99, added(percentile(&through, 99.0)), own)
            .noting("over the model server's median"),
    ])
}

async fn many(
    setup: &mut Setup,
    figure: &'static str,
    count: u32,
    rounds: u32,
    failed: &mut usize,
) -> anyhow::Result<Measured> {
    let model = setup.model(USUAL)?;
    let data = setup.fresh("many");
    let server = setup.server(&data, &env(&model))?;
    let mut pages = Page::open_all(&server, count).await?;
    let mut direct = Direct::open_all(&model, count).await?;
    let (mut own, mut through, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let alone = direct_at_once(&mut direct).await?;
        let (with_attune, bad) = at_once(&mut pages).await?;
        *failed += bad;
        if round > 0 {
            own.extend(median(&alone));
            through.extend(median(&with_attune));
            slowest.extend(percentile(&with_attune, 100.0));
        }
    }
    server.stop()?;
    let own = median(&own).unwrap_or_default();
    let added = median(&through).unwrap_or(f64::NAN) - own;
    let slowest = median(&slowest).unwrap_or(f64::NAN) - own;
    let note =
        format!("each on its own prompt and event stream; the slowest {} ms", shown(slowest));
    Ok(beside(figure, added, own).noting(note))
}

/// What was added, beside the model server's own and the ratio of the sum to it.
fn beside(figure: &'static str, added: f64, own: f64) -> Measured {
    Measured { floor: Some(own), ratio: Some((added + own) / own), ..Measured::new(figure, added) }
}
