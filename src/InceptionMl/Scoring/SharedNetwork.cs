using InceptionMl.Images;
using InceptionMl.Inference.Internal;

namespace InceptionMl.Scoring;

/// <summary>
/// A network and its rooms, held by scorers and by the calls under way; released with the last of them, whichever that is.
/// </summary>
internal sealed class SharedNetwork(FeatureNetwork network, ImageLimits limits, int keptRooms)
{
    private readonly Lock gate = new();
    private readonly Stack<InferenceBuffers> idle = [];
    private int holders = 1;

    public FeatureNetwork Network => network;

    /// <summary>Gets a value that indicates whether the network is disposed.</summary>
    public bool IsReleased
    {
        get
        {
            lock (gate)
            {
                return holders == 0;
            }
        }
    }

    /// <summary>Adds a holder, who calls <see cref="Release"/> once.</summary>
    /// <exception cref="ObjectDisposedException">The last holder is gone.</exception>
    public void Retain()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(holders == 0, typeof(ImageScorer));
            holders++;
        }
    }

    /// <summary>Lets go; the last to do so disposes the network.</summary>
    public void Release()
    {
        lock (gate)
        {
            if (--holders > 0)
            {
                return;
            }

            while (idle.TryPop(out InferenceBuffers? room))
            {
                room.Dispose();
            }

            network.Dispose();
        }
    }

    /// <summary>Takes a room, and holds the network until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">The last holder is gone.</exception>
    public InferenceBuffers Enter()
    {
        lock (gate)
        {
            Retain();
            if (idle.TryPop(out InferenceBuffers? room))
            {
                return room;
            }
        }

        try
        {
            return new InferenceBuffers(network, limits);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Gives a room back.</summary>
    public void Leave(InferenceBuffers room)
    {
        room.File.Trim();
        bool kept;
        lock (gate)
        {
            kept = idle.Count < keptRooms;
            if (kept)
            {
                idle.Push(room);
            }
        }

        if (!kept)
        {
            room.Dispose();
        }

        Release();
    }
}
