namespace Feedback.Domain.Inquiries;

/// <summary>A material that the citizen handed over, as received.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Copies">How many sheets or copies.</param>
public sealed record ReceivedMaterial(string? Name, int Copies);

/// <summary>How a matter came; the time to tell everything that is missing depends on it.</summary>
public enum Intake
{
    /// <summary>At a window (窗口).</summary>
    Window,

    /// <summary>Online (网上).</summary>
    Online,
}

/// <summary>Why something may be demanded a second time, with the supervisor's approval (docs/domain.md "One-time notice").</summary>
public enum DemandGround
{
    /// <summary>法律法规变化.</summary>
    LawChanged,

    /// <summary>出现新的事实.</summary>
    NewFact,

    /// <summary>申请内容变更.</summary>
    ApplicationChanged,
}

public static class DemandGrounds
{
    public static Bilingual Name(this DemandGround exception) => exception switch
    {
        DemandGround.LawChanged => new("法律法规变化", "The law has changed"),
        DemandGround.NewFact => new("出现新的事实", "A new fact has come to light"),
        DemandGround.ApplicationChanged => new("申请内容变更", "The application was changed"),
        _ => throw new ArgumentOutOfRangeException(nameof(exception)),
    };
}
