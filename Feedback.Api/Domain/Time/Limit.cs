using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Feedback.Domain.Time;

/// <summary>What a limit counts in; the unit belongs to the rule (限时办结, docs/domain.md "Time limits").</summary>
public enum LimitUnit
{
    WorkingDays,
    CalendarDays,
    Hours,

    /// <summary>Hours of opening time.</summary>
    WorkingHours,
}

/// <summary>A length of time as the rules write it. Text form: <c>5wd</c>, <c>60d</c>, <c>24h</c>, <c>4wh</c>.</summary>
/// <param name="Amount">How many; never negative.</param>
/// <param name="Unit">Of what.</param>
[JsonConverter(typeof(LimitJsonConverter))]
public readonly record struct Limit(int Amount, LimitUnit Unit)
{
    public static Limit WorkingDays(int amount) => new(amount, LimitUnit.WorkingDays);

    public static Limit CalendarDays(int amount) => new(amount, LimitUnit.CalendarDays);

    public static Limit Hours(int amount) => new(amount, LimitUnit.Hours);

    /// <summary>Counted in the hall's opening time, not in plain time.</summary>
    public bool IsWorkingTime => Unit is LimitUnit.WorkingDays or LimitUnit.WorkingHours;

    /// <exception cref="FormatException">The text is not a number followed by wd, d or h.</exception>
    public static Limit Parse(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        LimitUnit? unit = text[digits..] switch
        {
            "wd" => LimitUnit.WorkingDays,
            "d" => LimitUnit.CalendarDays,
            "h" => LimitUnit.Hours,
            "wh" => LimitUnit.WorkingHours,
            _ => null,
        };
        return unit is { } known && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new Limit(amount, known)
            : throw new FormatException($"\"{text}\" is not a limit such as 5wd, 60d, 24h or 4wh.");
    }

    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + Unit switch
    {
        LimitUnit.WorkingDays => "wd",
        LimitUnit.CalendarDays => "d",
        LimitUnit.WorkingHours => "wh",
        _ => "h",
    };

    /// <summary>The limit in words: 5 个工作日, 5 working days.</summary>
    public Bilingual InWords() => Unit switch
    {
        LimitUnit.WorkingDays => new($"{Amount} 个工作日", Amount == 1 ? "1 working day" : $"{Amount} working days"),
        LimitUnit.CalendarDays => new($"{Amount} 日", Amount == 1 ? "1 day" : $"{Amount} days"),
        LimitUnit.WorkingHours => new($"{Amount} 个工作小时", Amount == 1 ? "1 working hour" : $"{Amount} working hours"),
        _ => new($"{Amount} 小时", Amount == 1 ? "1 hour" : $"{Amount} hours"),
    };

    private sealed class LimitJsonConverter : JsonConverter<Limit>
    {
        public override Limit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, Limit value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
