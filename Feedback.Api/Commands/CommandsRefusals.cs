using Feedback.Domain;

namespace Feedback.Commands;

/// <summary>What the command line refuses of the files that it reads.</summary>
internal static class CommandsRefusals
{
    public static Refusal NoNumber(string field) => Refusal.OfField(field, "field_malformed", $"{field} 不是数字。", $"{field} is no number.");

    public static Refusal NoInstant(string field) => Refusal.OfField(field, "field_malformed", $"{field} 不是时间。", $"{field} is no instant such as 2026-11-16T10:00:00+08:00.");
}
