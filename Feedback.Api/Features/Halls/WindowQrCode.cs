using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Windows;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;
using QRCoder;

namespace Feedback.Features.Halls;

/// <summary>What a window's poster needs: the window, its token and the address that the QR code carries.</summary>
public sealed record WindowQrCode(Actor Actor, string Window, Uri Site) : IQuery<WindowQrCode.Poster>
{
    /// <param name="Window">The window.</param>
    /// <param name="Code">The token as people type it: four groups of four.</param>
    /// <param name="Address">The absolute address of the window's page.</param>
    public sealed record Poster(WindowInfo Window, string Code, Uri Address)
    {
        /// <summary>Error correction M: survives a scratch, stays coarse enough for old cameras.</summary>
        public QRCodeData Qr() => QRCodeGenerator.GenerateQrCode(Address.AbsoluteUri, QRCodeGenerator.ECCLevel.M);
    }

    internal sealed class Handler(WindowDirectory windows) : IRequestHandler<WindowQrCode, Outcome<Poster>>
    {
        public async Task<Outcome<Poster>> Handle(WindowQrCode request, CancellationToken cancellationToken)
        {
            var found = await windows.OfCode(request.Window, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            if (request.Actor.HallCode is { } hall && hall != found.Value.HallCode) return CaseRefusals.WindowUnknown;
            return await windows.TokenOf(found.Value.Code, cancellationToken) is { } token
                ? new Poster(found.Value, PublicCode.Grouped(token), new Uri(request.Site, $"/w/{token}"))
                : CaseRefusals.WindowHasNoToken;
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        private const int PixelsPerModule = 12;

        public static void Map(IEndpointRouteBuilder routes)
        {
            var qr = routes.MapGroup("/api/v1/windows/{code}").RequireAuthorization(Access.Staff);
            qr.MapGet("/qr.svg", (string code, ClaimsPrincipal user, Site site, Dispatcher dispatcher, CancellationToken ct) =>
                Draw(code, user, site, dispatcher, data => Results.Text(new SvgQRCode(data).GetGraphic(PixelsPerModule), "image/svg+xml"), ct));
            qr.MapGet("/qr.png", (string code, ClaimsPrincipal user, Site site, Dispatcher dispatcher, CancellationToken ct) =>
                Draw(code, user, site, dispatcher, data => Results.Bytes(new PngByteQRCode(data).GetGraphic(PixelsPerModule), "image/png"), ct));
        }

        private static async Task<IResult> Draw(string code, ClaimsPrincipal user, Site site, Dispatcher dispatcher, Func<QRCodeData, IResult> draw, CancellationToken ct)
        {
            var poster = await dispatcher.Send(new WindowQrCode(user.Actor(), code, site.Address), ct);
            return poster.ToHttp(p =>
            {
                using var data = p.Qr();
                return draw(data);
            });
        }
    }
}
