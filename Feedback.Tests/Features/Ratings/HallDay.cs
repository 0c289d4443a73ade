namespace Feedback.Tests.Features.Ratings;

/// <summary>What somebody sends at some time of the day; the pattern says which of the four ways of faking it is, and is null for an honest citizen.</summary>
internal sealed record Sent(TimeSpan At, string Window, int Grade, string? Ticket, string? Comment, string? Device, string Network, string? Pattern = null);

/// <summary>
/// A day of the demonstration hall as halls have them: two peaks, a lunch break, one Wi-Fi and a few addresses of carriers for
/// everybody, four windows with a ticket machine and two without, words that everybody says. Citizens come alone, in families with one
/// phone, as a company's staff, to two windows in a row, twice to the same one, and some rate hours later from home. It knows
/// nothing of the rules that judge it.
/// </summary>
internal sealed class HallDay(int seed)
{
    private const string WiFi = "10.0.0.1";

    private static readonly (string Code, double Weight, double TicketShare)[] Windows =
        [("A01", 0.21, 0.92), ("A02", 0.19, 0.88), ("A03", 0.17, 0), ("B01", 0.17, 0.93), ("B02", 0.15, 0.86), ("C01", 0.11, 0)];

    private static readonly string[] Short = ["很好", "好", "不错", "服务很好", "态度好", "谢谢", "满意", "很好!", "非常好", "👍", "Very good"];

    private static readonly string[] Stock =
        ["服务态度好,办事效率高", "工作人员很热情,讲解很耐心", "态度很好,一次就办好了", "办事效率高,服务周到!", "工作人员态度很好,办事效率高。", "The staff were friendly and quick"];

    private static readonly string[] Who = ["窗口的小姑娘", "窗口的师傅", "一位戴眼镜的同志", "值班的大姐", "导办的小伙子", "窗口工作人员", "那位女同志", "新来的小伙子", "李师傅", "年轻的办事员"];

    private static readonly string[] Did =
    [
        "帮我把表格重新填了一遍", "告诉我少带了一份复印件还帮忙复印", "等我手机上找了半天证明", "给我妈妈讲了三遍怎么办", "主动问我要不要写代办委托", "把政策一条一条说清楚了",
        "让我坐着等还倒了水", "帮我打电话问了社区", "教我怎么在手机上查", "看我着急先给我办了", "说的话我都听得懂", "把材料理好了还给我",
    ];

    private static readonly string[] Then =
        ["分钟,来一趟就办成了", "分钟就好了", "天,收到短信了", "分钟,省得我再跑一次", "分钟,比去年来快多了", "分钟,真心感谢", "个人,希望一直这样", "分钟,就是停车不好停", "个人,还行", "分钟,给个好评"];

    private readonly Random _random = new(seed);
    private int _device;
    private int _ticket;

    /// <summary>So many honest ratings, in no order.</summary>
    public List<Sent> Honest(int count)
    {
        var day = new List<Sent>();
        for (var company = 0; company < 2; company++) Company(day);
        while (day.Count < count)
        {
            switch (_random.NextDouble())
            {
                case < 0.84:
                    Person(day, Device(), Network(), Window(), Served());
                    break;
                case < 0.91:
                    var (device, network, first) = (Device(), Network(), Served());
                    Person(day, device, network, Window(), first);
                    Person(day, device, network, Window(), first.Add(Minutes(8, 25)));
                    break;
                case < 0.97:
                    Family(day);
                    break;
                case < 0.99:
                    var (phone, carrier, window, morning) = (Device(), Network(), Window(), Served());
                    Person(day, phone, carrier, window, morning);
                    Person(day, phone, carrier, window, morning.Add(Minutes(45, 180)));
                    break;
                default:
                    // Somebody who came along to help neighbours lends the phone to each of them.
                    var (lent, at) = (Device(), Served());
                    for (var neighbours = _random.Next(3, 7); neighbours > 0; neighbours--) Person(day, lent, WiFi, Window(), at = at.Add(Minutes(6, 30)));
                    break;
            }
        }

        return day[..count];
    }

    /// <summary>Somebody else who comes at that time, in the place of one whose device is over its limits.</summary>
    public Sent Instead(TimeSpan at)
    {
        var day = new List<Sent>();
        Person(day, Device(), Network(), Window(), at);
        return day.Count == 1 ? day[0] : Instead(at);
    }

    /// <summary>Sixty that staff make, fifteen in each of the patterns.</summary>
    public List<Sent> Faked()
    {
        var day = new List<Sent>();

        // Their own phone all day, with numbers that no machine gave; two more phones as often as a phone may without a number.
        for (var n = 0; n < 9; n++) Fake("device", At(9, 20) + (n * TimeSpan.FromMinutes(51)) + Minutes(0, 30), "A01", $"Z{seed}{n:D2}", Praise(), "staff-1", WiFi);
        foreach (var phone in new[] { "staff-2", "staff-3" })
        {
            for (var n = 0; n < 3; n++) Fake("device", At(10, 15) + (n * TimeSpan.FromHours(2.2)) + Minutes(0, 35), "A01", null, Praise(), phone, WiFi);
        }

        // One after the other, the browser's memory cleared each time; over the hall's Wi-Fi or over a telephone's own network.
        var at = At(10, 30) + Minutes(0, 60) + (_random.Next(2) * TimeSpan.FromHours(3.5));
        var hotspot = _random.Next(2) == 0 ? WiFi : "100.70.0.9";
        for (var n = 0; n < 15; n++) Fake("network", at += TimeSpan.FromSeconds(_random.Next(12, 35)), "A02", null, Praise(), Device(), hotspot);

        // Before the hall opens and in the evening.
        for (var n = 0; n < 6; n++) Fake("hours", At(6, 50) + Minutes(0, 100), "B01", n < 3 ? $"Y{seed}{n:D2}" : null, Praise(), Device(), Carrier());
        for (var n = 0; n < 9; n++) Fake("hours", At(18, 40) + Minutes(0, 260), _random.Next(2) == 0 ? "B01" : "C01", null, Praise(), Device(), Carrier());

        // Three sentences handed round.
        string[] texts = ["工作人员业务熟练,服务热情周到,为群众解决了实际困难!", "窗口同志耐心细致,一次性告知到位,办事又快又好,值得表扬。", "优化营商环境看得见,窗口服务真正做到了便民利民。"];
        foreach (var text in texts)
        {
            for (var n = 0; n < 5; n++) Fake("text", Opening(), Window(), null, Spelt(text, n), Device(), Carrier());
        }

        return day;

        void Fake(string pattern, TimeSpan when, string window, string? ticket, string? comment, string device, string network) =>
            day.Add(new Sent(when, window, 5, ticket, comment, device, network, pattern));
    }

    private void Person(List<Sent> day, string? device, string network, string window, TimeSpan served)
    {
        // Most rate on their way out, some when they find the time.
        var later = _random.NextDouble() < 0.02 ? Minutes(60, 360) : TimeSpan.FromMinutes(-5 * Math.Log(1 - _random.NextDouble()));
        var hasTicket = _random.NextDouble() < Windows.Single(w => w.Code == window).TicketShare;
        var rated = served + later;
        if (rated < TimeSpan.FromHours(23.5)) day.Add(new Sent(rated, window, Grade(), hasTicket ? $"{window}-{++_ticket:D4}" : null, Comment(), device, network));
    }

    private void Family(List<Sent> day)
    {
        var (device, network, window, at) = (Device(), Network(), Window(), Served());
        for (var members = _random.Next(2, 5); members > 0; members--) Person(day, device, network, window, at = at.Add(Minutes(1, 4)));
    }

    /// <summary>A company's staff at one window, one after the other, each with a phone.</summary>
    private void Company(List<Sent> day)
    {
        var (network, window, at) = (Network(), Window(), Served());
        for (var members = _random.Next(8, 13); members > 0; members--) Person(day, Device(), network, window, at = at.Add(Minutes(0.8, 2.5)));
    }

    /// <summary>When somebody's service ended: at any time of opening, and more of them around ten and three.</summary>
    private TimeSpan Served()
    {
        var at = _random.NextDouble() switch { < 0.5 => Opening(), < 0.74 => Around(At(10, 0), 28), _ => Around(At(15, 0), 32) };
        return at < At(9, 2) || (at > At(12, 2) && at < At(13, 32)) || at > At(17, 34) ? Opening() : at;
    }

    private TimeSpan Opening() => Minutes(0, 420) is var open && open < TimeSpan.FromHours(3) ? At(9, 0) + open : At(10, 30) + open;

    private TimeSpan Around(TimeSpan peak, double minutes) =>
        peak + TimeSpan.FromMinutes(minutes * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));

    private string Window()
    {
        var left = _random.NextDouble();
        return Windows.First(w => (left -= w.Weight) < 0 || w == Windows[^1]).Code;
    }

    private int Grade() => _random.NextDouble() switch { < 0.62 => 5, < 0.88 => 4, < 0.95 => 3, < 0.985 => 2, _ => 1 };

    private string? Comment() => _random.NextDouble() switch { < 0.5 => null, < 0.8 => One(Short), < 0.92 => One(Stock), _ => $"{One(Who)}{One(Did)},等了{_random.Next(1, 40)}{One(Then)}。" };

    private string? Praise() => _random.Next(3) == 0 ? One(Short) : null;

    private static string Spelt(string text, int n) => n switch
    {
        0 => text,
        1 => text.Replace(",", "\uFF0C", StringComparison.Ordinal).Replace("。", "", StringComparison.Ordinal),
        2 => text.Replace(",", " ", StringComparison.Ordinal) + "!!",
        3 => " " + text + "~",
        _ => text.Replace(",", "\n", StringComparison.Ordinal),
    };

    /// <summary>A phone whose browser keeps cookies, nearly always.</summary>
    private string Device() => $"phone-{seed}-{++_device}";

    private string Network() => _random.NextDouble() < 0.55 ? WiFi : Carrier();

    /// <summary>A carrier's few addresses, behind which thousands are.</summary>
    private string Carrier() => $"100.64.0.{Math.Min(_random.Next(1, 16), _random.Next(1, 16))}";

    private string One(string[] of) => of[_random.Next(of.Length)];

    private TimeSpan Minutes(double from, double to) => TimeSpan.FromMinutes(from + ((to - from) * _random.NextDouble()));

    private static TimeSpan At(int hour, int minute) => new(hour, minute, 0);
}
