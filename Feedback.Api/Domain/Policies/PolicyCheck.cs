using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Time;

namespace Feedback.Domain.Policies;

/// <summary>What a policy must hold before anybody may be asked to approve it.</summary>
public static class PolicyCheck
{
    /// <summary>Each rule that it breaks, with the path of the number in the document; empty when it holds.</summary>
    public static IReadOnlyList<FieldError> Errors(Policy policy)
    {
        var errors = new List<FieldError>();
        foreach (var type in Enum.GetValues<CaseType>())
        {
            if (!policy.CaseTypes.TryGetValue(type, out var limits))
            {
                errors.Add(Of($"caseTypes.{type}", "case_type_missing", "缺少这一类的期限。", "The limits of this type are missing."));
                continue;
            }

            Positive($"caseTypes.{type}.acceptance", limits.Acceptance);
            Positive($"caseTypes.{type}.answer", limits.Answer);
            Positive($"caseTypes.{type}.extension", limits.Extension);
            if (limits.Extension is { } extra && extra.Unit != limits.Answer.Unit) errors.Add(Of($"caseTypes.{type}.extension", "unit_differs", "延期的单位须与答复期限相同。", "An extension is in the unit of the answer's limit."));
        }

        Steps(policy.Ladder.Steps);
        if (policy.Ladder.Mismatch is { } wrong) errors.Add(Of("ladder." + wrong.Field, "ladder_malformed", wrong.Sentence.Zh, wrong.Sentence.En));
        Rungs("ladder.days", policy.Ladder.Days, LimitUnit.WorkingDays);
        Rungs("ladder.hours", policy.Ladder.Hours, LimitUnit.Hours);
        Positive("pause.longest", policy.Pause.Longest);
        Positive("handOver.answer", policy.HandOver.Answer);
        Positive("handOver.arbitration", policy.HandOver.Arbitration);
        Positive("appeal.ask", policy.Appeal.Ask);
        Positive("appeal.decide", policy.Appeal.Decide);
        Positive("oneTimeNotice.tell", policy.OneTimeNotice?.Tell);
        Positive("oneTimeNotice.online", policy.OneTimeNotice?.Online);
        Positive("redAlarm.within", policy.RedAlarm?.Within);
        Positive("ratings.supplement", policy.Ratings?.Supplement);
        Positive("badRating.verify", policy.BadRating?.Verify);
        Positive("badRating.setRight", policy.BadRating?.SetRight);
        Positive("badRating.setRightComplex", policy.BadRating?.SetRightComplex);
        Positive("badRating.callBack", policy.BadRating?.CallBack);
        Positive("badRating.appeal", policy.BadRating?.Appeal);
        Positive("badRating.decide", policy.BadRating?.Decide);
        Between("ratings.minutesApart", policy.Ratings?.MinutesApart ?? 1, 1, 1440);
        Between("ratings.perDay", policy.Ratings?.PerDay ?? 1, 1, 100);
        Between("ratings.traceDays", policy.Ratings?.TraceDays ?? 1, 1, 30);
        if (policy.Praise is { } praise) Praise(praise);
        Between("handOver.limit", policy.HandOver.Limit, 0, 10);
        Between("redAlarm.reds", policy.RedAlarm?.Reds ?? 2, 2, 100);
        Between("texts.ratingComment", policy.Texts.RatingComment, 1, 150);
        Between("texts.complaint", policy.Texts.Complaint, 100, 10_000);
        Between("retention.contactYears", policy.Retention?.ContactYears ?? 1, 1, 10);
        Between("retention.caseYears", policy.Retention?.CaseYears ?? 10, 3, 100);
        Between("idempotencyDays", policy.IdempotencyDays, 1, 365);
        if (policy.OneTimeNotice is null) errors.Add(Of("oneTimeNotice", "notice_limit_missing", "缺少一次性告知的期限。", "The time to give a one-time notice is missing."));
        if (policy.Warning.Share is not (> 0 and < 1)) errors.Add(Of("warning.share", "out_of_range", "预警比例须在 0 与 1 之间。", "The share lies between 0 and 1."));
        return errors;

        void Positive(string field, Limit? limit)
        {
            if (limit is { Amount: < 1 or > 3660 }) errors.Add(Of(field, "out_of_range", "期限须为 1 到 3660。", "A limit is 1 to 3660."));
        }

        // One or two good ratings are no group, and what is looked at for each rating has a bound.
        void Praise(PraisePolicy p)
        {
            Between("praise.device.atWindow", p.Device.AtWindow, 2, 100);
            Between("praise.device.anywhere", p.Device.Anywhere, 2, 100);
            Between("praise.device.hours", p.Device.Hours, 1, 168);
            Crowd("praise.network", p.Network);
            Crowd("praise.burst", p.Burst);
            Between("praise.closed.minutesBefore", p.Closed.MinutesBefore, 0, 240);
            Between("praise.closed.minutesAfter", p.Closed.MinutesAfter, 0, 240);
            if (p.NoTicket.Share is not (>= 0.5 and <= 1)) errors.Add(Of("praise.noTicket.share", "out_of_range", "须在 0.5 与 1 之间。", "It is between 0.5 and 1."));
            Between("praise.noTicket.sameDevice", p.NoTicket.SameDevice, 2, 100);
            Between("praise.noTicket.hours", p.NoTicket.Hours, 1, 168);
            Between("praise.noTicket.sameNetwork", p.NoTicket.SameNetwork, 2, 100);
            Between("praise.noTicket.minutes", p.NoTicket.Minutes, 1, 240);
            Between("praise.sameText.ratings", p.SameText.Ratings, 2, 100);
            Between("praise.sameText.hours", p.SameText.Hours, 1, 168);
            Between("praise.sameText.length", p.SameText.Length, 4, 150);
            Between("praise.usual.least", p.Usual.Least, 10, 100);
            Between("praise.usual.most", p.Usual.Most, p.Usual.Least, 500);
        }

        void Crowd(string field, PraisePolicy.CrowdRule rule)
        {
            Between(field + ".ratings", rule.Ratings, 3, 100);
            Between(field + ".minutes", rule.Minutes, 1, 240);
            Between(field + ".timesUsual", rule.TimesUsual, 1, 100);
        }

        void Between(string field, int value, int least, int most)
        {
            if (value < least || value > most) errors.Add(Of(field, "out_of_range", $"须在 {least} 到 {most} 之间。", $"It is between {least} and {most}."));
        }

        void Steps(IReadOnlyList<EscalationStep>? steps)
        {
            if (steps is null) return;
            var climbs = steps.Zip(steps.Skip(1)).All(p => p.First < p.Second);
            if (!climbs || !steps.All(Enum.IsDefined) || steps.FirstOrDefault() != Ladder.Due) errors.Add(Of("ladder.steps", "ladder_malformed", $"升级阶梯从 {Ladder.Due} 开始,逐级向上。", $"A ladder begins with {Ladder.Due} and goes up."));
        }

        void Rungs(string field, IReadOnlyList<Limit> rungs, LimitUnit unit)
        {
            if (rungs.Any(r => r.Unit != unit) || rungs.Zip(rungs.Skip(1)).Any(p => p.First.Amount > p.Second.Amount))
            {
                errors.Add(Of(field, "ladder_malformed", "升级阶梯逐级不早于前一级,单位一致。", "A ladder has rungs of one unit, none before the one below it."));
            }
        }
    }

    private static FieldError Of(string field, string code, string zh, string en) => new(field, code, new Bilingual(zh, en));
}
