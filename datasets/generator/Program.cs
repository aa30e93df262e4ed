using System.Collections.Concurrent;
using DemoImages;
using DemoImages.Rendering;

if (args is ["--icon", string icon])
{
    PackageIcon.Write(icon);
    return 0;
}

bool verify = args is [_, "--verify"];
if (!(args is [_] or [_, "--sheet", _] || verify) || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("usage: OUT_FOLDER [--sheet FILE.jpg | --verify], or --icon FILE.png");
    return 2;
}

string root = args[0];
ConcurrentDictionary<DemoImage, byte[]> rendered = new();
Parallel.ForEach(DemoSet.Images, image => rendered[image] = Photograph.Take(image.Label, image.Index));
if (verify)
{
    List<string> different = [];
    foreach (DemoImage image in DemoSet.Images)
    {
        string file = Path.Combine(root, image.Path);
        if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(rendered[image]))
        {
            different.Add(image.Path);
        }
    }

    different.ForEach(path => Console.Error.WriteLine($"differs: {path}"));
    Console.WriteLine($"{rendered.Count - different.Count} the same, {different.Count} different");
    return different.Count == 0 ? 0 : 1;
}

foreach ((DemoImage image, byte[] jpeg) in rendered)
{
    string file = Path.Combine(root, image.Path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllBytes(file, jpeg);
}

if (args is [_, _, string sheet])
{
    ContactSheet.Write(sheet, rendered);
}

Console.WriteLine($"{rendered.Count} images, {rendered.Values.Sum(jpeg => (long)jpeg.Length)} bytes in {root}");
return 0;
