using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>One trained model for all tests of the service.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModelCollection : ICollectionFixture<TrainedDemo>
{
    public const string Name = "a trained model";
}
