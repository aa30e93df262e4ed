using System.Text;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.TestSupport;

/// <summary>
/// Weights by a formula that another implementation repeats bit for bit, so that two of them can be compared without sharing a
/// file. With v in [-1, 1) from a hash of the parameter's name and the index: weights are v sqrt(6 / fan-in); biases, betas and
/// means v / 10; gammas 1 + v / 10; variances 1 + v / 4.
/// </summary>
internal sealed class FormulaWeights : IWeights
{
    /// <inheritdoc/>
    public ReadOnlyMemory<float> Values(Parameter parameter)
    {
        (double center, double spread) = parameter.Role switch
        {
            ParameterRole.Weight => (0.0, Math.Sqrt(6.0 / parameter.FanIn)),
            ParameterRole.Gamma => (1.0, 0.1),
            ParameterRole.Variance => (1.0, 0.25),
            _ => (0.0, 0.1),
        };
        return Fill(parameter.Name, checked((int)parameter.Count), center, spread);
    }

    /// <summary>Values of the same formula for anything else with a name: an image to try a network with.</summary>
    /// <param name="name">What the values depend on.</param>
    /// <param name="count">How many.</param>
    /// <param name="center">The middle of their range.</param>
    /// <param name="spread">Half of their range.</param>
    public static float[] Fill(string name, int count, double center = 0, double spread = 1)
    {
        NameHash hash = new(name);
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(center + (spread * hash[i]));
        }

        return values;
    }

    /// <summary>
    /// Numbers in [-1, 1) that depend on a name and an index alone, in integer arithmetic anyone can repeat: FNV-1a of the name,
    /// then Murmur3's 32-bit finalizer of hash + index * 2654435769.
    /// </summary>
    private readonly struct NameHash
    {
        private readonly uint start;

        public NameHash(string name)
        {
            uint hash = 2166136261;
            foreach (byte b in Encoding.UTF8.GetBytes(name))
            {
                hash = (hash ^ b) * 16777619;
            }

            start = hash;
        }

        public double this[int index]
        {
            get
            {
                uint h = start + ((uint)index * 2654435769);
                h = (h ^ (h >> 16)) * 0x85ebca6b;
                h = (h ^ (h >> 13)) * 0xc2b2ae35;
                h ^= h >> 16;
                return (h / 2147483648.0) - 1;
            }
        }
    }
}
