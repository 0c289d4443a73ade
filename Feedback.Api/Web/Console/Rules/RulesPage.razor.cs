using System.Globalization;
using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Rules;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Rules;

/// <summary>The rules' numbers: what is in force, what somebody proposes and would change, and the form to propose others.</summary>
public partial class RulesPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ListPolicies.Version> Versions { get; set; }

    /// <summary>For each version that awaits a decision.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<int, TryPolicy.Trial> Trials { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public TypedFields? Typed { get; set; }

    private ListPolicies.Version InForce => Versions.Single(v => v.Standing == ListPolicies.Standing.InForce);

    private ListPolicies.Version Newest => Versions.First(v => v.Standing is ListPolicies.Standing.InForce or ListPolicies.Standing.Approved);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup(Place.Rules.Address).RequireAuthorization(Place.Rules.Policy);
        rules.MapGet("", (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(user, dispatcher, null, null, ct));

        rules.MapPost("", async Task<IResult> (IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var typed = new TypedFields(posted);
            var versions = (await dispatcher.Send(new ListPolicies(), ct)).Value;
            var from = DateOnly.TryParseExact(typed.Value("effectiveFrom"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
            var draft = PolicyFields.With(versions.First(v => v.Standing is ListPolicies.Standing.InForce or ListPolicies.Standing.Approved).Policy, from, typed.Value);
            var proposed = await dispatcher.Send(new ProposePolicy(user.Actor(), draft, typed.Value("reason")), ct);
            return proposed.Refusal is { } refusal ? await Show(user, dispatcher, refusal, typed, ct) : new SeeOther($"{Place.Rules.Address}#v{proposed.Value.Version}");
        });

        rules.MapPost("/{version:int}/decision", async Task<IResult> (
            int version, [FromForm] bool? approved, [FromForm] string? note, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var decided = await dispatcher.Send(new DecidePolicy(user.Actor(), version, approved, note), ct);
            return decided.Refusal is { } refusal ? await Show(user, dispatcher, refusal, null, ct) : new SeeOther(Place.Rules.Address);
        });
    }

    private static async Task<IResult> Show(ClaimsPrincipal user, Dispatcher dispatcher, Refusal? refusal, TypedFields? typed, CancellationToken ct)
    {
        var versions = (await dispatcher.Send(new ListPolicies(), ct)).Value;
        var trials = new Dictionary<int, TryPolicy.Trial>();
        foreach (var open in versions.Where(v => v.Standing == ListPolicies.Standing.Proposed)) trials[open.Number] = (await dispatcher.Send(new TryPolicy(user.Actor(), open.Number), ct)).Value;
        return new RazorComponentResult<RulesPage>(new { Versions = versions, Trials = (IReadOnlyDictionary<int, TryPolicy.Trial>)trials, Refusal = refusal, Typed = typed })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
        };
    }

    private static string Shown(string value) => value.Length == 0 ? "—" : value;

    private static string Stands(ListPolicies.Version version) => version.Standing switch
    {
        ListPolicies.Standing.InForce => L("现行", "in force"),
        ListPolicies.Standing.Proposed => L("待批准", "to be decided"),
        ListPolicies.Standing.Refused => L($"未批准({version.DecidedBy}:{version.Note})", $"refused ({version.DecidedBy}: {version.Note})"),
        _ when version.DecidedBy is { } by => L($"已批准({by})", $"approved ({by})"),
        _ => L("随系统提供", "came with the product"),
    };

    private bool Wrong(string path) => Refusal?.Errors.Any(e => e.Field == "policy." + path) is true;

    /// <summary>The form's fields by their paths.</summary>
    public sealed record TypedFields(IFormCollection Form)
    {
        public string? Value(string path) => Form.TryGetValue(path, out var value) ? value.ToString() : null;
    }
}
