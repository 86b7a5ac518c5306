//! Which models are connected.

use leptos::task::spawn_local;

use super::PageState;
use crate::api;

impl PageState {
    /// Asks which models are connected. Providers may be slow to list them; nothing waits for them.
    pub(crate) fn load_models(self) {
        spawn_local(async move {
            match api::connected_models().await {
                Ok(models) => self.set_models(models),
                Err(error) => self.fail(error),
            }
        });
    }

    /// Asks all providers for their models again.
    pub(crate) fn list_models_again(self) {
        self.once("list models", async move {
            api::list_models_again().await?;
            self.load_models();
            Ok(())
        });
    }
}
