using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Internal;

/// <summary>
/// Says what ONNX Runtime complains of, without its source files and C++ signatures. For the packages of InceptionMl; it may change with
/// any version.
/// </summary>
public static partial class OnnxFailure
{
    private const int Longest = 240;
    private const string Mark = "\u0001";

    /// <summary>Makes the rest of a sentence of a failure.</summary>
    /// <param name="exception">What ONNX Runtime threw.</param>
    /// <returns>What is wrong and, where it is known, how to export the network again; no full stop.</returns>
    public static string Reason(OnnxRuntimeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Reason(exception.Message);
    }

    /// <summary>Makes the rest of a sentence of a message of ONNX Runtime.</summary>
    /// <param name="message">The message.</param>
    /// <returns>What is wrong and, where it is known, how to export the network again; no full stop.</returns>
    public static string Reason(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Opset().Match(message) is { Success: true } opset)
        {
            return $"it is written for opset {opset.Groups["found"].Value}, and opset {opset.Groups["known"].Value} is the latest that is known here: export it again with that opset or an earlier one";
        }

        if (Version().Match(message) is { Success: true } version)
        {
            return $"it is written in version {version.Groups["found"].Value} of the ONNX format, and {version.Groups["known"].Value} is the latest that is known here: export it again with an earlier opset";
        }

        if (HalfPrecision().IsMatch(message))
        {
            return "it computes in float16, where float32 is needed: export it again in float32";
        }

        string text = Where().Replace(Code().Replace(message.Trim(), string.Empty), Mark);
        string line = text.Split('\n', 2)[0].Trim().TrimEnd('.');
        line = WithoutSignature(line).Replace(Mark, string.Empty, StringComparison.Ordinal).Trim();
        return line.Length == 0 ? "it gives no reason" : line.Length <= Longest ? line : line[..Longest].TrimEnd() + "…";
    }

    // What follows a source file's name: a return type, a qualified name and its parameters.
    private static string WithoutSignature(string line)
    {
        while (Signature().Match(line) is { Success: true } found)
        {
            int depth = 0;
            int end = found.Index + found.Length - 1;
            for (; end < line.Length; end++)
            {
                depth += line[end] switch { '(' => 1, ')' => -1, _ => 0 };
                if (depth == 0)
                {
                    break;
                }
            }

            string rest = end + 1 < line.Length ? line[(end + 1)..] : string.Empty;
            line = (line[..found.Index] + With().Replace(rest, string.Empty)).Trim();
        }

        return line;
    }

    [GeneratedRegex(@"Opset (?<found>\d+) is under development.*till opset (?<known>\d+)", RegexOptions.Singleline)]
    private static partial Regex Opset();

    [GeneratedRegex(@"Unsupported model IR version: (?<found>\d+), max supported IR version: (?<known>\d+)")]
    private static partial Regex Version();

    [GeneratedRegex(@"Type.*tensor\(b?float16\)")]
    private static partial Regex HalfPrecision();

    [GeneratedRegex(@"\[ErrorCode:\w+\]\s*")]
    private static partial Regex Code();

    [GeneratedRegex(@"\S*\.(?:cc|cpp|cxx|h|hpp):\d+\s*")]
    private static partial Regex Where();

    [GeneratedRegex(@"\u0001(?:[\w:<>,&*~\[\]]+ )*[\w<>,&*~]*::[\w:<>,&*~ ]*\(")]
    private static partial Regex Signature();

    [GeneratedRegex(@"^\s*(?:const)?\s*(?:\[with [^\]]*\])?\s*(?:\S+ was false\.)?\s*")]
    private static partial Regex With();
}
