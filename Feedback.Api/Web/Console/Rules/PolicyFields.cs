using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Domain;

namespace Feedback.Web.Console.Rules;

/// <summary>A policy document as a list of fields that people can read, compare and fill in.</summary>
internal static class PolicyFields
{
    /// <summary>Given by the system or asked for apart.</summary>
    private static readonly string[] Apart = ["version", "effectiveFrom"];

    private static readonly IReadOnlyDictionary<string, Bilingual> Segments = new Dictionary<string, Bilingual>
    {
        ["caseTypes"] = new("期限", "Limits"),
        ["Consultation"] = new("咨询", "Consultation"),
        ["General"] = new("一般投诉", "General complaint"),
        ["Complex"] = new("复杂投诉", "Complex"),
        ["Urgent"] = new("安全紧急", "Safety, urgent"),
        ["Petition"] = new("信访", "Petition"),
        ["Appeal"] = new("复核件", "Appeal"),
        ["acceptance"] = new("受理", "acceptance"),
        ["answer"] = new("答复", "answer"),
        ["extension"] = new("延期", "extension"),
        ["ladder"] = new("升级", "Ladder"),
        ["days"] = new("按日", "in days"),
        ["hours"] = new("按小时", "in hours"),
        ["steps"] = new("各级", "steps"),
        ["pause"] = new("暂停", "Pause"),
        ["longest"] = new("最长", "longest"),
        ["handOver"] = new("移交", "Hand-over"),
        ["limit"] = new("次数", "times"),
        ["arbitration"] = new("裁定", "arbitration"),
        ["appeal"] = new("复核", "Appeal"),
        ["ask"] = new("申请", "to ask"),
        ["decide"] = new("决定", "to decide"),
        ["oneTimeNotice"] = new("一次性告知", "One-time notice"),
        ["tell"] = new("窗口", "at the window"),
        ["online"] = new("网上", "online"),
        ["redAlarm"] = new("同一窗口红灯", "Reds of a window"),
        ["reds"] = new("件数", "cases"),
        ["within"] = new("期间", "within"),
        ["warning"] = new("预警", "Warning"),
        ["share"] = new("比例", "share"),
        ["before"] = new("提前", "before"),
        ["texts"] = new("字数", "Text lengths"),
        ["ratingComment"] = new("评价", "rating"),
        ["complaint"] = new("投诉", "complaint"),
        ["retention"] = new("留存", "Retention"),
        ["contactYears"] = new("联系方式(办结后年数)", "contacts (years after the end)"),
        ["caseYears"] = new("投诉内容(办结后年数)", "words of cases (years after the end)"),
        ["praise"] = new("疑似刷好评", "Suspected praise"),
        ["device"] = new("同一设备", "one device"),
        ["network"] = new("同一网络", "one network"),
        ["burst"] = new("窗口扎堆", "burst at a window"),
        ["atWindow"] = new("在同一窗口的条数", "at one window"),
        ["anywhere"] = new("在各窗口的条数", "anywhere"),
        ["closed"] = new("非开放时间", "outside opening hours"),
        ["noTicket"] = new("应有取号单而没有", "no ticket where tickets are used"),
        ["sameText"] = new("留言相同", "same text"),
        ["usual"] = new("平时水平", "what is usual"),
        ["ratings"] = new("条数", "ratings"),
        ["minutes"] = new("分钟", "minutes"),
        ["timesUsual"] = new("平时的倍数", "times what is usual"),
        ["minutesBefore"] = new("开门前放宽(分钟)", "minutes before opening"),
        ["minutesAfter"] = new("关门后放宽(分钟)", "minutes after closing"),
        ["sameDevice"] = new("同一设备条数", "of one device"),
        ["sameNetwork"] = new("同一网络条数", "of one network"),
        ["length"] = new("最少字数", "shortest text"),
        ["least"] = new("至少条数", "at least"),
        ["most"] = new("至多条数", "at most"),
        ["idempotencyDays"] = new("重复请求保留天数", "Days that repeated requests are known"),
    };

    /// <summary>Path and value of every number, in the document's order; a null value is an empty text.</summary>
    public static IReadOnlyList<(string Path, string Value)> Of(JsonElement policy) => [.. Leaves(JsonNode.Parse(policy.GetRawText()), "").Where(l => !Apart.Contains(l.Path))];

    /// <summary>The document with what was typed in the place of its numbers. What cannot be read as a number stays text, for the validation to name.</summary>
    public static JsonElement With(JsonElement policy, DateOnly? effectiveFrom, Func<string, string?> typed)
    {
        var document = JsonNode.Parse(policy.GetRawText())!;
        foreach (var (path, value) in Of(policy))
        {
            if (typed(path)?.Trim() is { } text && text != value) Set(document, path.Split('.'), text);
        }

        document["effectiveFrom"] = effectiveFrom?.ToString("O", CultureInfo.InvariantCulture);
        return JsonElement.Parse(document.ToJsonString());
    }

    /// <summary>The fields on which two documents differ.</summary>
    public static IReadOnlyList<(string Path, string Before, string After)> Differences(JsonElement before, JsonElement after)
    {
        var (old, young) = (Of(before).ToDictionary(f => f.Path, f => f.Value), Of(after).ToDictionary(f => f.Path, f => f.Value));
        return [.. old.Keys.Union(young.Keys).Select(p => (p, old.GetValueOrDefault(p, ""), young.GetValueOrDefault(p, ""))).Where(d => d.Item2 != d.Item3)];
    }

    /// <summary>期限 · 一般投诉 · 答复.</summary>
    public static Bilingual Label(string path)
    {
        var words = path.Split('.').Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var rung) ? new Bilingual($"第 {rung + 1} 级", $"rung {rung + 1}") : Segments.GetValueOrDefault(s, new Bilingual(s, s))).ToList();
        return new(string.Join(" · ", words.Select(w => w.Zh)), string.Join(" · ", words.Select(w => w.En)));
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Key : $"{path}.{p.Key}")),
        JsonArray a => a.SelectMany((item, i) => Leaves(item, string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"))),
        null => [(path, "")],
        _ => [(path, node.ToString())],
    };

    private static void Set(JsonNode document, string[] path, string text)
    {
        var parent = path[..^1].Aggregate(document, (node, segment) => node is JsonArray array ? array[int.Parse(segment, CultureInfo.InvariantCulture)]! : node[segment]!);
        var before = parent is JsonArray items ? items[int.Parse(path[^1], CultureInfo.InvariantCulture)] : parent[path[^1]];
        JsonNode? value = text.Length == 0 ? null
            : before?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
            : JsonValue.Create(text);
        if (parent is JsonArray list) list[int.Parse(path[^1], CultureInfo.InvariantCulture)] = value;
        else parent[path[^1]] = value;
    }
}
