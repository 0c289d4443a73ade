using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Halls;

/// <summary>What stands on the page behind a window's QR code. Public; the token is the only key.</summary>
/// <param name="Token">The window's token.</param>
/// <param name="Form">The idempotency key of the form on the page, where there is one for a rating.</param>
/// <param name="Presence">What came with it from the window's screen: six digits or the form's proof.</param>
public sealed record ShowWindow(string Token, string? Form = null, string? Presence = null) : IQuery<ShowWindow.Page>
{
    /// <param name="Window">The window itself.</param>
    /// <param name="Items">What citizens come here for.</param>
    /// <param name="Tags">The catalogue in force.</param>
    /// <param name="CommentLength">Characters that a rating's comment may have.</param>
    /// <param name="ComplaintLength">Characters that a complaint may have.</param>
    /// <param name="Proof">That the form was opened at the window, when what came from the screen is right.</param>
    public sealed record Page(WindowInfo Window, IReadOnlyList<Item> Items, TagCatalogue Tags, int CommentLength, int ComplaintLength, string? Proof);

    public sealed record Item(string Code, string Name, string NameEn);

    internal sealed class Handler(Db db, WindowDirectory windows, ReferenceData reference, PresenceProofs proofs, LocalTime local) : IRequestHandler<ShowWindow, Outcome<Page>>
    {
        private const string ItemsSql = "select code, name, name_en from service_item where department_code = @department order by code";

        public async Task<Outcome<Page>> Handle(ShowWindow request, CancellationToken cancellationToken)
        {
            var found = await windows.OfToken(request.Token, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            var known = await reference.Read(db, cancellationToken);
            var texts = known.PolicyOn(local.Today).Texts;
            var items = await db.Query<Item>(ItemsSql, new { department = found.Value.DepartmentCode }, cancellationToken);
            return new Page(found.Value, items, known.TagsOn(local.Today), texts.RatingComment, texts.Complaint, request.Form is { } form ? proofs.For(form, request.Token, request.Presence) : null);
        }
    }
}
