//! The table of use cases: what each of them needs.

use super::Permission;

/// A use case, named like its method of [`UseCases`](super::UseCases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UseCase {
    AcceptConsultation,
    AcceptDraft,
    AddConnection,
    AddFeedback,
    AddGuideline,
    ApplyGuidelineSet,
    AskAgain,
    ChangeConnection,
    ChangeFeedback,
    ChooseHunks,
    Connections,
    Consultation,
    CreatePrompt,
    DeleteGuidelineSet,
    DeletePrompt,
    DismissConsultation,
    Distil,
    DraftsOfVersion,
    DuplicatePrompt,
    EditDraft,
    EditGuideline,
    GuidelineChanges,
    GuidelineSets,
    Head,
    ListModelsAgain,
    ListPrompts,
    LocalServers,
    Models,
    MoveGuideline,
    NewestVersion,
    OpenRun,
    PreferredModel,
    RejectDraft,
    RemoveConnection,
    RemoveFeedback,
    RemoveGuideline,
    RenamePrompt,
    RestoreVersion,
    Run,
    RunHistory,
    SaveGuidelineSet,
    SaveVersion,
    SaveWorkingCopy,
    SetModels,
    SetTags,
    StartDraft,
    StartRun,
    StopConsultation,
    StopDraft,
    StopRun,
    Subscribe,
    Suggest,
    SwitchGuideline,
    TestConnection,
    UndeletePrompt,
    UndoGuidelineChange,
    Version,
    Versions,
    Workbench,
    WorkingCopy,
}

impl UseCase {
    /// What a caller needs for it. Long because it is the table.
    pub(crate) const fn permission(self) -> Permission {
        match self {
            Self::Consultation
            | Self::DraftsOfVersion
            | Self::GuidelineChanges
            | Self::GuidelineSets
            | Self::Head
            | Self::ListModelsAgain
            | Self::ListPrompts
            | Self::Models
            | Self::NewestVersion
            | Self::OpenRun
            | Self::PreferredModel
            | Self::Run
            | Self::RunHistory
            | Self::Subscribe
            | Self::Version
            | Self::Versions
            | Self::Workbench
            | Self::WorkingCopy => Permission::Read,

            Self::AddFeedback | Self::ChangeFeedback | Self::RemoveFeedback => Permission::Comment,

            Self::AcceptConsultation
            | Self::AcceptDraft
            | Self::AddGuideline
            | Self::ApplyGuidelineSet
            | Self::ChooseHunks
            | Self::CreatePrompt
            | Self::DeleteGuidelineSet
            | Self::DeletePrompt
            | Self::DismissConsultation
            | Self::DuplicatePrompt
            | Self::EditDraft
            | Self::EditGuideline
            | Self::MoveGuideline
            | Self::RejectDraft
            | Self::RemoveGuideline
            | Self::RenamePrompt
            | Self::RestoreVersion
            | Self::SaveGuidelineSet
            | Self::SaveVersion
            | Self::SaveWorkingCopy
            | Self::SetModels
            | Self::SetTags
            | Self::SwitchGuideline
            | Self::UndeletePrompt
            | Self::UndoGuidelineChange => Permission::Edit,

            Self::AskAgain
            | Self::Distil
            | Self::StartDraft
            | Self::StartRun
            | Self::StopConsultation
            | Self::StopDraft
            | Self::StopRun
            | Self::Suggest => Permission::Run,

            Self::AddConnection
            | Self::ChangeConnection
            | Self::Connections
            | Self::LocalServers
            | Self::RemoveConnection
            | Self::TestConnection => Permission::ManageConnections,
        }
    }
}
