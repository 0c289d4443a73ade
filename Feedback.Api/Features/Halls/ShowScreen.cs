using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Halls;

/// <summary>What the screen at a window shows now. Its address is the only key; it ends with the window's code.</summary>
/// <param name="Key">A <see cref="ScreenKey"/>.</param>
/// <param name="Site">Where citizens reach the product.</param>
public sealed record ShowScreen(string Key, Uri Site) : IQuery<ShowScreen.Screen>
{
    /// <param name="Window">The window.</param>
    /// <param name="Token">What hangs at it.</param>
    /// <param name="Code">Six digits.</param>
    /// <param name="Address">The window's page with the code: what the QR code carries.</param>
    /// <param name="ChangesAt">When the next code takes this one's place, local.</param>
    /// <param name="SecondsLeft">Until then: 1 to 30.</param>
    public sealed record Screen(WindowInfo Window, string Token, string Code, Uri Address, DateTimeOffset ChangesAt, int SecondsLeft);

    internal sealed class Handler(WindowDirectory windows, Vault vault, PresenceProofs proofs, LocalTime local) : IRequestHandler<ShowScreen, Outcome<Screen>>
    {
        public async Task<Outcome<Screen>> Handle(ShowScreen request, CancellationToken cancellationToken)
        {
            if (ScreenKey.Verify(request.Key, vault.KeyFor(Purpose.Screen)) is not { } id) return HallsRefusals.ScreenUnknown;
            var token = WindowToken.Sign(id, vault.KeyFor(Purpose.WindowToken));
            var found = await windows.OfToken(token, cancellationToken);
            if (found.Refusal is { } refusal) return refusal.Kind == RefusalKind.Gone ? HallsRefusals.ScreenEnded : HallsRefusals.ScreenUnknown;

            var now = local.Now;
            var step = PresenceCode.StepAt(now);
            var (code, changesAt) = (proofs.CodeOf(step, id), local.At(PresenceCode.EndOf(step)));
            return new Screen(found.Value, token, code, new Uri(request.Site, $"/w/{token}?p={code}"), changesAt, (int)Math.Ceiling((changesAt - now).TotalSeconds));
        }
    }
}
