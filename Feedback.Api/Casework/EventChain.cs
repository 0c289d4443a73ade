using System.Globalization;
using Feedback.Domain;
using Feedback.Security;

namespace Feedback.Casework;

/// <summary>The chain of one case's events: each carries the hash of itself and the one before.</summary>
public sealed class EventChain(Vault vault)
{
    private readonly byte[] _key = vault.KeyFor(Purpose.History);

    /// <summary>The link that an event becomes behind the last one; null when it is the first.</summary>
    public Link Next(Link? last, CaseEvent happened)
    {
        var seq = (last?.Seq ?? 0) + 1;
        return new Link(happened.CaseNumber, seq, Hash(last?.Hash ?? HashChain.Start, happened, seq));
    }

    /// <summary>The hash that an event must bear at this place.</summary>
    public byte[] Hash(byte[] previous, CaseEvent happened, int seq) => HashChain.Next(
        _key,
        previous,
        happened.CaseNumber,
        seq.ToString(CultureInfo.InvariantCulture),
        happened.Kind,
        happened.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        happened.Actor,
        happened.Detail);

    /// <summary>The place of an event in its case and its hash.</summary>
    public sealed record Link(string CaseNumber, int Seq, byte[] Hash);
}
