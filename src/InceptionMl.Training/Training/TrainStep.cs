namespace InceptionMl.Training.Training;

/// <summary>The steps of a training run, in their order.</summary>
public enum TrainStep
{
    /// <summary>Images become features.</summary>
    Featurize,

    /// <summary>The head is searched and fitted.</summary>
    Head,

    /// <summary>The model is evaluated and saved.</summary>
    Save,
}
