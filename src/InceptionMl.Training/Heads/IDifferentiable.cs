namespace InceptionMl.Training;

/// <summary>A function of many variables with its gradient.</summary>
internal interface IDifferentiable
{
    /// <summary>Writes the gradient at a point and returns the value there.</summary>
    public double Evaluate(double[] point, double[] gradient);
}
