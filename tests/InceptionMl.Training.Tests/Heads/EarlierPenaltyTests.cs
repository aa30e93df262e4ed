using InceptionMl.Models.Internal;

namespace InceptionMl.Training.Tests.Heads;

public sealed class EarlierPenaltyTests
{
    private const int Classes = 3;

    [Fact]
    public void Only_the_earlier_penalty_and_its_neighbors_are_tried()
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows();
        HeadSearchResult earlier = Search(train, validation, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } }));

        HeadSearchResult near = Search(train, validation, new HeadOptions() { WarmStart = earlier.Head, EarlierL2 = earlier.L2 });

        Assert.Equal(3, near.Candidates.Count);
        Assert.All(near.Candidates, candidate => Assert.InRange(candidate.L2 / earlier.L2, 0.3, 4.1));
        Assert.Single(near.Candidates, candidate => candidate.Chosen);
    }

    [Fact]
    public void On_the_same_rows_the_head_stays_what_it_was()
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows();
        HeadSearchResult earlier = Search(train, validation, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } }));

        HeadSearchResult near = Search(train, validation, new HeadOptions() { WarmStart = earlier.Head, EarlierL2 = earlier.L2 });

        Assert.InRange(near.ValidationLogLoss, 0, earlier.ValidationLogLoss * 1.02);
        Assert.True(near.Candidates.Sum(candidate => candidate.Iterations) < earlier.Candidates.Sum(candidate => candidate.Iterations));
    }

    [Fact]
    public void Folds_ask_for_the_whole_search()
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows();
        LinearHead start = Search(train, validation, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } })).Head;

        HeadSearchResult folded = Search(train, validation, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = 3 } }) { WarmStart = start, EarlierL2 = 0.01 });

        Assert.True(folded.Candidates.Count > 3);
    }

    private static (HeadTrainingSet Train, HeadTrainingSet Validation) Rows()
    {
        HeadTrainingSet all = Samples.Clustered(240, 12, Classes, noise: 3);
        return (Part(all, 0, 200), Part(all, 200, 240));
    }

    private static HeadTrainingSet Part(HeadTrainingSet all, int from, int to) => new(all.Features, all.Rows[from..to], all.Labels[from..to]);

    private static HeadSearchResult Search(HeadTrainingSet train, HeadTrainingSet validation, HeadOptions options) =>
        HeadSearch.Run(train, validation, Classes, options, cancellationToken: TestContext.Current.CancellationToken);
}
