using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>
/// How often retraining promotes models that are better, as good and worse, and how far a slow slide gets. Models are drawn at random: right in about 82 % of the
/// images, with a quarter of a challenger's answers drawn anew.
/// </summary>
internal static class PromotionRates
{
    private const int Draws = 2_000;
    private const int Slides = 300;
    private const int Retrainings = 20;
    private const double Margin = 0.04;
    private const double Redrawn = 0.25;

    private static readonly double[] Losses = [-0.02, -0.01, 0, 0.04, 0.06, 0.08];

    /// <summary>Shifts of the logit and the accuracy they lead to, on a grid.</summary>
    private static readonly (double Shift, double Accuracy)[] Grid = CreateGrid();

    public static void Run()
    {
        Console.WriteLine("| test images | 2 points better | 1 better | as good | 4 points worse | 6 worse | 8 worse |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (int images in (int[])[30, 60, 100, 200, 400])
        {
            Console.WriteLine($"| {images} | {string.Join(" | ", Losses.Select(loss => string.Join(", ", Enum.GetValues<Undecided>().Select(undecided => Percent(Rate(images, loss, undecided))))))} |");
        }

        Console.WriteLine();
        Console.WriteLine("| test images | against | promoted of 20 that are as good | of 20, each a point worse | points lost in the end |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (int images in (int[])[60, 100, 200, 1000])
        {
            foreach (bool withBest in (bool[])[false, true])
            {
                (double equals, _) = Slide(images, 0, withBest);
                (double slid, double lost) = Slide(images, 0.01, withBest);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {images} | the champion{(withBest ? " and the best" : "")} | {Percent(equals)} | {Percent(slid)} | {100 * lost:F1} |"));
            }
        }
    }

    private static double Rate(int images, double loss, Undecided undecided)
    {
        Random random = new(images);
        int promoted = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            (double[] center, double[] own) = (Normals(random, images), Normals(random, images));
            double[] champion = Logits(center, own, 0);
            promoted += Passes(champion, Logits(center, Redraw(random, own), Shift(loss)), Margin, undecided) ? 1 : 0;
        }

        return (double)promoted / Draws;
    }

    // As the retrainer: the best is the one with the lowest Brier score of those that were promoted.
    private static (double Promoted, double Lost) Slide(int images, double step, bool withBest)
    {
        (double promoted, double lost) = (0, 0);
        for (int draw = 0; draw < Slides; draw++)
        {
            Random random = new(draw);
            (double[] center, double[] answers) = (Normals(random, images), Normals(random, images));
            double[] champion = Logits(center, answers, 0), best = champion;
            double loss = 0;
            for (int i = 1; i <= Retrainings; i++)
            {
                double[] drawn = Redraw(random, answers);
                double[] challenger = Logits(center, drawn, Shift(step * i));
                if (Passes(champion, challenger, Margin, Undecided.Estimate)
                    && (!withBest || Passes(best, challenger, 2 * Margin, Undecided.Estimate, tellsAccuracy: false)))
                {
                    (champion, answers, loss) = (challenger, drawn, step * i);
                    promoted++;
                    best = challenger.Average(Brier) < best.Average(Brier) ? challenger : best;
                }
            }

            lost += loss;
        }

        return (promoted / Slides / Retrainings, lost / Slides);
    }

    private static bool Passes(double[] champion, double[] challenger, double margin, Undecided undecided, bool tellsAccuracy = true)
    {
        (double mean, double error) = PairedLosses.Difference(challenger.Select(Brier), champion.Select(Brier));
        int lost = champion.Zip(challenger).Count(of => of.First > 0 && of.Second <= 0);
        int won = champion.Zip(challenger).Count(of => of.First <= 0 && of.Second > 0);
        return BrierRule.Judge(new ModelComparison.Difference(mean, error), margin, undecided).Holds
            && (!tellsAccuracy || lost <= won || McNemar.PValue(lost, won) >= 0.05);
    }

    // Of several classes: the rest of the probability is spread over some of them.
    private static double Brier(double logit) => 1.4 * Math.Pow(1 / (1 + Math.Exp(logit)), 2);

    private static double[] Logits(double[] center, double[] own, double shift) => [.. center.Zip(own, (c, o) => 2.2 + (2.2 * c) + o - shift)];

    private static double[] Redraw(Random random, double[] own) => [.. own.Select(value => random.NextDouble() < Redrawn ? Normal(random) : value)];

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Shift(double loss) => Grid.MinBy(of => Math.Abs(of.Accuracy - (Grid.First(zero => zero.Shift == 0).Accuracy - loss))).Shift;

    private static (double, double)[] CreateGrid()
    {
        Random random = new(0);
        double[] logits = Logits(Normals(random, 100_000), Normals(random, 100_000), 0);
        return [.. Enumerable.Range(-100, 701).Select(i => (i / 100.0, logits.Count(logit => logit - (i / 100.0) > 0) / (double)logits.Length))];
    }

    private static string Percent(double share) => (100 * share).ToString("F0", CultureInfo.InvariantCulture) + " %";
}
