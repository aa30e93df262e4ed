using System.Diagnostics;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>A Python that has a module; where none has, the running test is skipped.</summary>
internal static class Python
{
    public static string WithOrSkip(string module)
    {
        string? python = ((string[])["python3", "/usr/bin/python3"]).FirstOrDefault(candidate => Run(candidate, "-c", $"import {module}").Status == 0);
        Assert.SkipWhen(python is null, $"needs a Python with {module} (Debian: python3-{module})");
        return python!;
    }

    public static (int Status, string Output) Run(string python, params string[] arguments)
    {
        ProcessStartInfo start = new(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
