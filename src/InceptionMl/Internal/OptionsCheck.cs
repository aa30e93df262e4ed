using System.ComponentModel.DataAnnotations;

namespace InceptionMl.Internal;

/// <summary>Holds options against the attributes of their properties, once, where they enter.</summary>
public static class OptionsCheck
{
    /// <summary>Gets the options that a caller gave, or the defaults.</summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="ArgumentException">A value is out of its range; the message has one sentence per problem.</exception>
    public static T Validated<T>(T? options)
        where T : class, new()
    {
        options ??= new T();
        List<ValidationResult> problems = [];
        Find(options, problems);
        return problems.Count == 0 ? options : throw new ArgumentException(string.Join(Environment.NewLine, problems.Select(problem => problem.ErrorMessage)), nameof(options));
    }

    // Options that are required have ranges of their own.
    private static void Find(object options, List<ValidationResult> problems)
    {
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        foreach (object part in options.GetType().GetProperties()
            .Where(property => property.IsDefined(typeof(RequiredAttribute), inherit: false) && property.PropertyType != typeof(string))
            .Select(property => property.GetValue(options))
            .OfType<object>())
        {
            Find(part, problems);
        }
    }
}
