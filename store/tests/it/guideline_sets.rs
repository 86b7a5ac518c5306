//! Guideline sets: saved under a name, applied to other prompts.

use align::record::{GuidelineOrigin, GuidelineSet, PromptId, Replace};
use store::{GuidelineEdit, StoreError};

use crate::fixture::{ANN, Fixture, NOW, shown};

fn names(sets: &[GuidelineSet]) -> Vec<&str> {
    sets.iter().map(|set| set.name.as_str()).collect()
}

impl Fixture {
    async fn save_set(&self, name: &str, id: PromptId) -> Vec<GuidelineSet> {
        self.store.save_guideline_set(name, id, Replace::Existing, ANN, NOW).await.unwrap()
    }
}

#[tokio::test]
async fn a_set_is_applied_to_another_prompt() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.guideline(id, "Be brief.").await;
    fixture.guideline(id, "Say why.").await;
    let set = fixture.save_set("House Style", id).await.remove(0);
    assert_eq!((set.texts.len(), set.used_by.len()), (2, 0));

    let other = fixture.prompt("Other", "two", &[]).await.id;
    fixture.guideline(other, "be brief").await;
    let apply = || fixture.store.apply_guideline_set(set.id, other, ANN, NOW);
    let listed = apply().await.unwrap().guidelines;
    assert_eq!(shown(&listed), "be brief, Say why.");
    assert_eq!(listed[1].origin, GuidelineOrigin::Set { name: "House Style".into() });
    assert_eq!(
        shown(&apply().await.unwrap().guidelines),
        "be brief, Say why.",
        "twice adds nothing"
    );

    let used = fixture.store.guideline_sets().await.unwrap().remove(0).used_by;
    assert_eq!(used.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), ["Other"]);
    fixture.store.change_guideline(listed[1].id, GuidelineEdit::Remove, ANN, NOW).await.unwrap();
    assert_eq!(fixture.store.guideline_sets().await.unwrap()[0].used_by, []);
}

#[tokio::test]
async fn a_name_is_taken_in_any_case() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.guideline(id, "Be brief.").await;
    fixture.save_set("Éclair", id).await;
    fixture.save_set("Biscuit", id).await;
    let save = |replace| fixture.store.save_guideline_set("ÉCLAIR", id, replace, "bob", NOW + 1);
    let taken = save(Replace::Never).await.unwrap_err();
    assert!(matches!(&taken, StoreError::NameTaken { name } if name == "ÉCLAIR"), "{taken:?}");
    fixture.guideline(id, "Say why.").await;
    let sets = save(Replace::Existing).await.unwrap();
    assert_eq!(names(&sets), ["Biscuit", "ÉCLAIR"]);
    let GuidelineSet { texts, author, created_at, updated_at, .. } = &sets[1];
    assert_eq!((texts.len(), author.as_str(), *created_at, *updated_at), (2, "bob", NOW, NOW + 1));
}

#[tokio::test]
async fn guidelines_outlive_their_set() {
    let fixture = Fixture::new().await;
    let id = fixture.prompt("Uses", "one", &[]).await.id;
    fixture.guideline(id, "Be brief.").await;
    let set = fixture.save_set("Style", id).await.remove(0).id;
    let other = fixture.prompt("Other", "two", &[]).await.id;
    fixture.store.apply_guideline_set(set, other, ANN, NOW).await.unwrap();
    for _ in 0..2 {
        assert_eq!(fixture.store.delete_guideline_set(set).await.unwrap(), []);
    }
    let origin = &fixture.store.guidelines(other).await.unwrap()[0].origin;
    assert_eq!(*origin, GuidelineOrigin::Set { name: "Style".into() });
    let gone = fixture.store.apply_guideline_set(set, other, ANN, NOW).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone:?}");
}
