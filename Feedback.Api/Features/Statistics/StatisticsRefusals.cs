using Feedback.Domain;

namespace Feedback.Features.Statistics;

/// <summary>What is refused in the use cases of statistics.</summary>
internal static class StatisticsRefusals
{
    public static readonly Refusal TypeNotOffered = new(
        RefusalKind.NotAcceptable, "type_not_offered", "统计数据有 JSON、CSV 和 XLSX 三种格式。", "Statistics come as JSON, CSV or XLSX.");

    public static readonly Refusal FormatUnknown = Refusal.OfField("format", "format_unknown", "格式为 json、csv 或 xlsx。", "The format is json, csv or xlsx.");
}
