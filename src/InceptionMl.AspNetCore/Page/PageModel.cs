namespace InceptionMl.AspNetCore.Page;

/// <summary>The model as answers name it.</summary>
internal sealed record PageModel(string Name, string? Version);
