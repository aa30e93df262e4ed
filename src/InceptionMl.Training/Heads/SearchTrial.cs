using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>A candidate with its heads and, of L-BFGS, its parameters, one a fold; null for a fold that was not judged.</summary>
internal sealed record SearchTrial(HeadCandidate Candidate, LinearHead?[] Heads, double[]?[] Parameters);
