using InceptionMl.AspNetCore.Tests.Page;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>One browser for all tests of the service, which run one class after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModelCollection : ICollectionFixture<Chromium>
{
    public const string Name = "a trained model";
}
