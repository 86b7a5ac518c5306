//! Asking the alignment model about a run, and deciding on what it proposes.

use align::guidelines::Tone;
use align::model::ModelRef;
use align::record::{Consultation, ConsultationId, Evidence, RunId};
use leptos::prelude::*;

use crate::AppError;
use crate::api::post::Post;
#[cfg(feature = "ssr")]
use crate::api::{answer, studio};

/// Asks what a critique, praise or a corrected output means for the guidelines; the answer comes as
/// events. Without a model the preferred one is asked.
#[server(endpoint = "consultations/distil", protocol = Post)]
pub async fn distil(
    run_id: RunId,
    evidence: Evidence,
    alignment_model: Option<ModelRef>,
) -> Result<Consultation, AppError> {
    answer(studio()?.distil(run_id, evidence, alignment_model).await)
}

/// Asks for statements about an output to take up instead of typing; they come as an event.
#[server(endpoint = "consultations/suggest", protocol = Post)]
pub async fn suggest(
    run_id: RunId,
    tone: Tone,
    alignment_model: Option<ModelRef>,
) -> Result<Consultation, AppError> {
    answer(studio()?.suggest(run_id, tone, alignment_model).await)
}

/// Asks once more what was stopped, failed or was interrupted; without a model the same one.
#[server(endpoint = "consultations/again", protocol = Post)]
pub async fn ask_again(
    id: ConsultationId,
    alignment_model: Option<ModelRef>,
) -> Result<Consultation, AppError> {
    answer(studio()?.ask_again(id, alignment_model).await)
}

/// Stops a consultation that goes on.
#[server(endpoint = "consultations/stop", protocol = Post)]
pub async fn stop_consultation(id: ConsultationId) -> Result<(), AppError> {
    answer(studio()?.stop_consultation(id).await)
}

/// Does to the guideline what is proposed.
#[server(endpoint = "consultations/accept", protocol = Post)]
pub async fn accept_consultation(id: ConsultationId) -> Result<Consultation, AppError> {
    answer(studio()?.accept_consultation(id).await)
}

/// Says no to what is proposed, or closes a notice.
#[server(endpoint = "consultations/dismiss", protocol = Post)]
pub async fn dismiss_consultation(id: ConsultationId) -> Result<Consultation, AppError> {
    answer(studio()?.dismiss_consultation(id).await)
}
