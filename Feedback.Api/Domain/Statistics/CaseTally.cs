using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;

namespace Feedback.Domain.Statistics;

/// <summary>What happened to cases (complaints and first contacts) in a month in one group. Each is counted in the month in which it happened.</summary>
/// <param name="Filed">Cases filed.</param>
/// <param name="AcceptedInTime">Accepted by the instant at which the decision was due.</param>
/// <param name="AcceptedLate">Accepted after it.</param>
/// <param name="AnsweredInTime">Answered by the promised instant.</param>
/// <param name="AnsweredLate">Answered after it.</param>
/// <param name="Escalations">Steps of the ladder that fired.</param>
/// <param name="AnswerMinutes">Working minutes from filing to answer, one for each answer.</param>
public sealed record CaseTally(
    long Filed,
    long AcceptedInTime,
    long AcceptedLate,
    long AnsweredInTime,
    long AnsweredLate,
    IReadOnlyDictionary<EscalationStep, long> Escalations,
    IReadOnlyCollection<int> AnswerMinutes)
{
    /// <param name="upTo">The lanes that are counted; the formulas name those that are not.</param>
    public IReadOnlyList<Figure> Figures(Lane upTo)
    {
        var apart = upTo switch
        {
            Lane.Hall => new Bilingual("(不含投诉单位负责人的件、局长信箱件和纪检监察件)", " (without cases about heads of units, of the director or of discipline inspection)"),
            Lane.Supervisor => new Bilingual("(不含局长信箱件和纪检监察件)", " (without cases of the director or of discipline inspection)"),
            Lane.Director => new Bilingual("(不含纪检监察件)", " (without cases of discipline inspection)"),
            _ => new Bilingual("", ""),
        };
        Bilingual Formula(string zh, string en) => new(zh + apart.Zh, en + apart.En);
        Bilingual Rank(int percent) => Formula(
            $"本月答复的件从提出到答复的工作小时,按升序取第 ⌈{percent}% × 件数⌉ 个(最近秩法)",
            $"working hours from filing to answer of the cases answered in the month, in ascending order the one at rank ⌈{percent}% × cases⌉ (nearest rank)");

        var (accepted, answered) = (AcceptedInTime + AcceptedLate, AnsweredInTime + AnsweredLate);
        return
        [
            Figure.Count("cases_filed", new("登记件", "Cases filed"), Filed, Formula("本月提出的投诉和首问登记的件数", "complaints filed and first contacts registered in the month")),
            Figure.Count("cases_accepted", new("受理件", "Accepted"), accepted, Formula("本月受理的件数", "cases accepted in the month")),
            Figure.Share("accepted_in_time_rate", new("按时受理率", "Accepted in time"), AcceptedInTime, accepted, Formula("按时受理的件数 ÷ 本月受理的件数", "cases accepted in time ÷ cases accepted in the month")),
            Figure.Count("cases_answered", new("答复件", "Answered"), answered, Formula("本月答复的件数", "cases answered in the month")),
            Figure.Share("answered_in_time_rate", new("按时办结率", "Answered in time"), AnsweredInTime, answered, Formula("按时答复的件数 ÷ 本月答复的件数", "cases answered in time ÷ cases answered in the month")),
            Figure.PercentileHours("answer_hours_median", new("答复用时中位数", "Time to answer, median"), AnswerMinutes, 50, Rank(50)),
            Figure.PercentileHours("answer_hours_p90", new("答复用时九十百分位", "Time to answer, 90th percentile"), AnswerMinutes, 90, Rank(90)),
            .. Ladder.Steps.Select(step => Figure.Count(
                "escalations_" + step.Code, step.Name, Escalations.GetValueOrDefault(step.Step), Formula($"本月触发“{step.Name.Zh}”的次数", $"times that \"{step.Name.En}\" fired in the month"))),
        ];
    }
}
