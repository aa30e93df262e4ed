namespace InceptionMl.Networks.Graph;

/// <summary>How a window treats the border of its input.</summary>
public enum Padding
{
    /// <summary>Half the kernel on every side (k/2, rounded down): at stride 1 the size stays. Kernels must be odd.</summary>
    Same,

    /// <summary>Nothing is added: windows lie wholly inside.</summary>
    Valid,
}
