using Feedback.Casework;
using Feedback.Casework.Windows;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Halls;

/// <summary>
/// What opens a window's screen. For who may issue the window's code: with it the presence codes can be read from anywhere, so it is
/// not for everybody who may print a poster.
/// </summary>
internal sealed record OpenScreen(Actor Actor, string Window) : IQuery<OpenScreen.Key>
{
    /// <param name="Value">A <see cref="ScreenKey"/>.</param>
    public sealed record Key(string Value);

    internal sealed class Handler(WindowDirectory windows, Vault vault) : IRequestHandler<OpenScreen, Outcome<Key>>
    {
        public async Task<Outcome<Key>> Handle(OpenScreen request, CancellationToken cancellationToken)
        {
            var found = await windows.OfCode(request.Window, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            if (request.Actor.HallCode is { } hall && hall != found.Value.HallCode) return CaseRefusals.WindowUnknown;
            return WindowToken.Verify(await windows.TokenOf(found.Value.Code, cancellationToken), vault.KeyFor(Purpose.WindowToken)) is { } id
                ? new Key(ScreenKey.Sign(id, vault.KeyFor(Purpose.Screen)))
                : CaseRefusals.WindowHasNoToken;
        }
    }
}
