namespace InboxWorker;

/// <summary>The section <c>Inbox</c> of the settings.</summary>
internal sealed class InboxOptions
{
    /// <summary>Gets or sets the folder that holds <c>inbox/</c>, <c>done/</c>, <c>failed/</c> and <c>results.db</c>, so that moving a file is one step.</summary>
    public string Folder { get; set; } = string.Empty;

    /// <summary>Gets or sets a model zip, or a registry's folder, whose promoted version is then followed.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>Gets or sets the time between two checks of the inbox: above zero, at most a day.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the probability, 0 to 1, below which an outcome is "uncertain".</summary>
    /// <value>The default is null: every answer is accepted.</value>
    public float? AbstainBelow { get; set; }
}
