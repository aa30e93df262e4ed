namespace PlainMlNetConsumer;

/// <summary>What the model gives.</summary>
internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = string.Empty;

    public float[] Score { get; set; } = [];
}
