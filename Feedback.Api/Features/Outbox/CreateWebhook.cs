using System.Security.Claims;
using System.Security.Cryptography;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Outbox;

/// <summary>
/// A program elsewhere that is told of what happens to cases of the hall. Its secret is shown once and stored sealed. Which
/// networks it may live in is the administrator's decision: an address inside the house is not refused.
/// </summary>
/// <param name="Actor">Who makes it.</param>
/// <param name="Url">Where to send; https, or http to this machine outside Production.</param>
/// <param name="Label">What it is for.</param>
public sealed record CreateWebhook(Actor Actor, string? Url, string? Label) : ICommand<CreateWebhook.Created>
{
    // Each event is written once for each receiver, and each receiver may have attempts under way.
    internal const int Most = 20;

    /// <param name="Id">Its key.</param>
    /// <param name="Secret"><c>whsec_</c> and the base64 of 32 random bytes, as the specification writes symmetric secrets.</param>
    public sealed record Created(Guid Id, string Secret);

    internal sealed class Validator : AbstractValidator<CreateWebhook>
    {
        public Validator()
        {
            RuleFor(w => w.Label).Must(l => l is { Length: <= 100 } && !string.IsNullOrWhiteSpace(l)).Refuse("label_missing", "请说明这个 Webhook 的用途,最多 100 个字符。", "Please say in up to 100 characters what the webhook is for.");
            RuleFor(w => w.Label).IsText();
            RuleFor(w => w.Url).Must(IsAddress).Refuse("url_malformed", "请填写完整的 https 地址,不含账号和密码,最多 500 个字符。", "Please give a full https address without user and password, of up to 500 characters.");
        }

        private static bool IsAddress(string? url) =>
            url is { Length: <= 500 } && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.UserInfo.Length == 0;
    }

    internal sealed class Handler(Db db, Vault vault, LocalTime local, TimeProvider time, IHostEnvironment environment) : IRequestHandler<CreateWebhook, Outcome<Created>>
    {
        private const int SecretLength = 32;

        private const string CountSql = "select count(*) from webhook where disabled_at is null";

        private const string InsertSql =
            "insert into webhook (id, url, label, secret, created_by, created_at, disabled_at) values (@id, @url, @label, @secret, @login, @now, null)";

        public async Task<Outcome<Created>> Handle(CreateWebhook request, CancellationToken cancellationToken)
        {
            var url = new Uri(request.Url!);
            if (url.Scheme == Uri.UriSchemeHttp && (environment.IsProduction() || !url.IsLoopback))
            {
                return OutboxRefusals.UrlInsecure;
            }

            if (await db.Single<int>(CountSql, null, cancellationToken) >= Most) return OutboxRefusals.WebhooksFull;
            var created = new Created(Keys.New(time), "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength)));
            await db.Execute(
                InsertSql,
                new { id = created.Id, url = url.AbsoluteUri, label = request.Label, secret = vault.Seal(Purpose.Webhook, created.Secret), login = request.Actor.Login, now = local.Now },
                cancellationToken);
            return created;
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Url, string? Label);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/webhooks", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new CreateWebhook(user.Actor(), body.Url, body.Label), ct)).ToHttp(created => TypedResults.Created((string?)null, created))).RequireAuthorization(Access.Outbox);
    }
}
