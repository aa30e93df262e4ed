using InceptionMl.AspNetCore.Tests.Page;
using InceptionMl.TestSupport;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>One trained model, and one browser, for all tests of the service.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModelCollection : ICollectionFixture<TrainedDemo>, ICollectionFixture<Chromium>
{
    public const string Name = "a trained model";
}
