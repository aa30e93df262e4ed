using System.Runtime.InteropServices;

namespace InceptionMl;

/// <summary>
/// Switches ONNX Runtime's telemetry off. Since version 1.29 its builds for Linux and macOS keep a device id under the user's cache
/// folder and report to Microsoft from the moment their environment is created, which is before any call of their API can stop them.
/// </summary>
/// <remarks>
/// <para>
/// This library calls <see cref="Disable"/> itself before it uses ONNX Runtime. Call it first thing in an application that loads or fits
/// ML.NET pipelines with an ONNX model, or opens an <see cref="Microsoft.ML.OnnxRuntime.InferenceSession"/>, before it uses this library.
/// </para>
/// <para>
/// The only switch that is early enough is the variable <c>ORT_DISABLE_TELEMETRY</c> in the environment of the process, so this is the
/// one place where a library of ours changes the state of its process. <see cref="Environment.SetEnvironmentVariable(string, string?)"/>
/// does not reach native code on Unix; the C library's <c>setenv</c> does. A value that the variable has already is respected. Processes that .NET
/// starts do not inherit the change on Unix. On Windows it is the variable of the process.
/// </para>
/// <para>
/// An application that wants ONNX Runtime's telemetry sets the switch named <see cref="AllowSwitch"/> to true, in its project file or by
/// <see cref="AppContext.SetSwitch"/> before it uses this library.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// OnnxRuntimeTelemetry.Disable();
/// ITransformer model = mlContext.Model.Load("model.zip", out _);
/// </code>
/// To allow it, in the project file:
/// <code>
/// &lt;ItemGroup&gt;
///   &lt;RuntimeHostConfigurationOption Include="InceptionMl.AllowOnnxRuntimeTelemetry" Value="true" /&gt;
/// &lt;/ItemGroup&gt;
/// </code>
/// </example>
public static class OnnxRuntimeTelemetry
{
    /// <summary>The name of the <see cref="AppContext"/> switch that leaves the telemetry to ONNX Runtime's own default.</summary>
    public const string AllowSwitch = "InceptionMl.AllowOnnxRuntimeTelemetry";

    private const string Variable = "ORT_DISABLE_TELEMETRY";

    // Changing a native environment while other threads read it is not safe, so it happens once.
    private static readonly Lazy<bool> Settled = new(Settle);

    /// <summary>
    /// Switches the telemetry off, unless <see cref="AllowSwitch"/> is set or the environment says otherwise. It has no effect once ONNX
    /// Runtime was used in this process; calling it again does nothing.
    /// </summary>
    public static void Disable() => _ = Settled.Value;

    private static bool Settle()
    {
        if (AppContext.TryGetSwitch(AllowSwitch, out bool allowed) && allowed)
        {
            return false;
        }

        if (!OperatingSystem.IsWindows())
        {
            return SetNative(Variable, "1", overwrite: 0) == 0;
        }

        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNative(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
