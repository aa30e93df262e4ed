namespace InceptionMl.Examples.Tests;

/// <summary>The tests of the examples, which run one class after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModelCollection
{
    public const string Name = "a trained model";
}
