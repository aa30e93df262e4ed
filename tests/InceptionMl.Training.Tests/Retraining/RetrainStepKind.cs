namespace InceptionMl.Training.Tests.Retraining;

internal enum RetrainStepKind
{
    AddImages,
    RemoveImages,
    Relabel,
    RelabelTest,
    RenameClass,
    RemoveClass,
    NewClass,
    ChangeSplit,
    Retrain,
    Promote,
    Rollback,
    Prune,
}
