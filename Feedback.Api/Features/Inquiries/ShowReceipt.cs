using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>What the receipt of a first contact tells (首问登记回执); the query code is not among it, nobody can look that up.</summary>
public sealed record ShowReceipt(Actor Actor, string CaseNumber) : IQuery<ShowReceipt.Sheet>
{
    /// <param name="CaseNumber">The number.</param>
    /// <param name="Window">Where it was brought.</param>
    /// <param name="Matter">In the words of the register.</param>
    /// <param name="DueAt">The promised instant.</param>
    /// <param name="Inquiry">Who was asked and is responsible, and what was handed over.</param>
    /// <param name="TellBy">When everything missing has to be told; null once it was, and for a question.</param>
    public sealed record Sheet(string CaseNumber, WindowInfo Window, string Matter, DateTimeOffset DueAt, DateTimeOffset? TellBy, Inquiry Inquiry);

    internal sealed class Handler(CaseStore store, InquiryRecords inquiries, WindowDirectory windows, LocalTime local, Vault vault) : IRequestHandler<ShowReceipt, Outcome<Sheet>>
    {
        public async Task<Outcome<Sheet>> Handle(ShowReceipt request, CancellationToken cancellationToken)
        {
            var found = await store.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var c = found.Value;
            if (await inquiries.Of(c.CaseNumber, cancellationToken) is not { } inquiry) return CaseRefusals.CaseUnknown;
            var window = (await windows.OfCode(c.WindowCode, cancellationToken)).Value;
            return new Sheet(c.CaseNumber, window, vault.Open(Purpose.Complaint, c.Said), local.At(c.DueAt), c.IsApplication && c.State == CaseState.Filed ? local.At(c.AcceptBy) : null, inquiry);
        }
    }
}
