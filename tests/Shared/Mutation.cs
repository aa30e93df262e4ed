namespace InceptionMl.TestSupport;

/// <summary>Files that are damaged in a few places, by a random source that makes the same ones again.</summary>
internal static class Mutation
{
    /// <summary>A copy with one to five changes: a byte or a bit of another value, a run of zeros or ones, bytes that are missing or too many, an early end.</summary>
    public static byte[] Apply(byte[] whole, Random random)
    {
        byte[] file = [.. whole];
        for (int changes = random.Next(1, 6); changes > 0 && file.Length > 0; changes--)
        {
            int at = random.Next(file.Length);
            switch (random.Next(6))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file.AsSpan(at, Math.Min(random.Next(1, 9), file.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    file = [.. file[..at], .. file[random.Next(at, Math.Min(file.Length, at + 32))..]];
                    break;
                case 4:
                    file = [.. file[..at], file[random.Next(file.Length)], .. file[at..]];
                    break;
                default:
                    file = file[..Math.Min(file.Length, Math.Max(16, at))];
                    break;
            }
        }

        return file;
    }
}
