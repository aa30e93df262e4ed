namespace InceptionMl.Training.Tests.Registry;

internal enum ChangeKind
{
    Publish,
    Promote,
    Rollback,
    Prune,
}
