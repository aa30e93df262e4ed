using InceptionMl.TestSupport;

namespace InceptionMl.Examples.Tests;

/// <summary>One trained model for all examples.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModelCollection : ICollectionFixture<TrainedDemo>
{
    public const string Name = "a trained model";
}
