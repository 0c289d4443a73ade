using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Ratings;
using Feedback.Domain.Time;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Demo;

/// <summary>Whether any hall has been set up.</summary>
internal sealed record HasHall : IQuery<bool>
{
    internal sealed class Handler(Db db) : IRequestHandler<HasHall, Outcome<bool>>
    {
        private const string CountSql = "select count(*) from hall";

        public async Task<Outcome<bool>> Handle(HasHall request, CancellationToken cancellationToken) =>
            await db.Single<int>(CountSql, null, cancellationToken) > 0;
    }
}

/// <summary>Sets up the demonstration's hall, units, windows with their codes, and items with their guides.</summary>
internal sealed record BuildHall(HallScript Script) : ICommand<BuildHall.Built>
{
    /// <param name="Tokens">QR tokens by window.</param>
    /// <param name="Calendar">When the hall works.</param>
    /// <param name="Tags">The catalogue in force.</param>
    internal sealed record Built(IReadOnlyDictionary<string, string> Tokens, WorkCalendar Calendar, TagCatalogue Tags);

    internal sealed class Handler(Db db, Vault vault, WindowDirectory windows, ReferenceData reference, LocalTime local) : IRequestHandler<BuildHall, Outcome<Built>>
    {
        private const string HallSql = "insert into hall (code, name, name_en, opening_hours, supervision_phone) values (@Code, @Zh, @En, @OpeningHours, @SupervisionPhone)";
        private const string DepartmentSql = "insert into department (code, hall_code, name, name_en) values (@Code, @hall, @Zh, @En)";
        private const string ItemSql = "insert into service_item (code, department_code, name, name_en, guide) values (@Code, @Department, @Zh, @En, @guide)";

        private const string WindowSql =
            "insert into service_window (code, hall_code, department_code, name, name_en, promise, promise_en) values (@Code, @hall, @Department, @Zh, @En, @promise, @promiseEn)";

        private const string TokenSql = "insert into window_token (id, window_code, issued_at, revoked_at) values (@id, @code, @now, null)";

        public async Task<Outcome<Built>> Handle(BuildHall request, CancellationToken cancellationToken)
        {
            var (script, hall, ct) = (request.Script, request.Script.Hall, cancellationToken);
            await db.Execute(HallSql, new { hall.Code, hall.Name.Zh, hall.Name.En, hall.OpeningHours, hall.SupervisionPhone }, ct);
            await db.Execute(DepartmentSql, script.Departments.Select(d => new { d.Code, hall = hall.Code, d.Name.Zh, d.Name.En }), ct);
            await db.Execute(ItemSql, script.Items.Select(i => new { i.Code, i.Department, i.Name.Zh, i.Name.En, guide = i.Guide.GetRawText() }), ct);
            await db.Execute(WindowSql, script.Windows.Select(w => new { w.Code, hall = hall.Code, w.Department, w.Name.Zh, w.Name.En, promise = w.Promise.Zh, promiseEn = w.Promise.En }), ct);

            var tokens = new Dictionary<string, string>();
            foreach (var window in script.Windows)
            {
                var id = WindowToken.NewId();
                await db.Execute(TokenSql, new { id, code = window.Code, now = local.Now }, ct);
                tokens[window.Code] = WindowToken.Sign(id, vault.KeyFor(Purpose.WindowToken));
            }

            var known = await reference.Read(db, ct);
            return new Built(tokens, await windows.CalendarOf(hall.Code, ct), known.TagsOn(local.Today));
        }
    }
}
