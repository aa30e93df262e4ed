namespace InceptionMl.AspNetCore;

/// <summary>Counts the images and bytes under way in one scorer, so that what cannot be answered soon is refused at once.</summary>
internal sealed class Admission(int maxPlaces, long maxBytes)
{
    private readonly Lock gate = new();
    private int images;
    private int places;
    private long bytes;

    /// <summary>Gets the number of images accepted and not yet scored.</summary>
    public int Images
    {
        get
        {
            lock (gate)
            {
                return images;
            }
        }
    }

    /// <summary>Gets the bytes of requests that are held in memory.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    /// <summary>Determines whether a request of so many bytes is worth reading. Nothing is reserved: a client that sends slowly takes no place.</summary>
    public bool HasRoom(long declaredBytes)
    {
        lock (gate)
        {
            return places < maxPlaces && bytes + declaredBytes <= maxBytes;
        }
    }

    /// <summary>Lets an image in that counts for so many.</summary>
    public bool TryTakeImage(int counts)
    {
        lock (gate)
        {
            if (places + counts > maxPlaces)
            {
                return false;
            }

            images++;
            places += counts;
            return true;
        }
    }

    public void ReturnImage(int counts)
    {
        lock (gate)
        {
            images--;
            places -= counts;
        }
    }

    /// <summary>Takes bytes for a request. One that is alone is let through: its own limits bound it, and nobody waits for its memory.</summary>
    /// <param name="count">How many more.</param>
    /// <param name="held">What the request holds so far; grows with it.</param>
    public bool TryTakeBytes(int count, ref long held)
    {
        lock (gate)
        {
            if (bytes + count > maxBytes && bytes != held)
            {
                return false;
            }

            bytes += count;
            held += count;
            return true;
        }
    }

    public void ReturnBytes(long count, ref long held)
    {
        lock (gate)
        {
            bytes -= count;
            held -= count;
        }
    }
}
