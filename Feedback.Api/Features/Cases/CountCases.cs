using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>How many cases of each light the caller may know of: the board's totals, over all its pages.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="State">Only this state; without it, all that are not answered.</param>
public sealed record CountCases(Actor Actor, CaseState? State = null) : IQuery<CountCases.Totals>
{
    public sealed record Totals(int Red, int Yellow, int Green)
    {
        public int All => Red + Yellow + Green;

        public int Of(Light light) => light switch
        {
            Light.Red => Red,
            Light.Yellow => Yellow,
            _ => Green,
        };
    }

    internal sealed class Validator : AbstractValidator<CountCases>
    {
        public Validator() => RuleFor(c => c.State).IsInEnum().Refuse("state_unknown", "请从列出的值中选择。", "Please choose one of the values listed.");
    }

    internal sealed class Handler(Db db, LocalTime local) : IRequestHandler<CountCases, Outcome<Totals>>
    {
        private const string CountSql =
            """
            select coalesce(sum(case when c.step > 0 then 1 else 0 end), 0) as red,
                   coalesce(sum(case when c.step = 0 then 1 else 0 end), 0) as yellow,
                   coalesce(sum(case when c.step is null then 1 else 0 end), 0) as green
            from case_file c
            where c.lane <= @upTo
              and (c.about = 'Question' or c.window_code <> @ownWindow)
              and (@hall is null or c.hall_code = @hall)
              and (@department is null or c.unit_code = @department or c.offered_unit = @department)
              and (@responsible is null or c.responsible = @responsible
                   or c.case_number in (select f.case_number from first_contact f where f.doer_login = @responsible)
                   or c.responsible in (select a.login from staff_absence a
                                        where a.deputy = @login and a.first_day <= @today and a.last_day >= @today and a.ended_at is null and c.window_code <> @ownWindow))
              and ((@state is null and c.state in ('Filed', 'AwaitingMaterials', 'Accepted', 'Paused', 'Appealed')) or c.state = @state)
            """;

        public async Task<Outcome<Totals>> Handle(CountCases request, CancellationToken cancellationToken)
        {
            var scope = request.Actor.Scope;
            var args = new { upTo = (int?)scope.UpTo, hall = scope.Hall, department = scope.Department, responsible = scope.Responsible, login = request.Actor.Login, today = local.Today, ownWindow = request.Actor.WindowCode ?? "", state = request.State?.ToString() };
            return await db.Single<Totals>(CountSql, args, cancellationToken);
        }
    }
}
