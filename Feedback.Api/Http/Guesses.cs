
namespace Feedback.Http;

/// <summary>
/// Slows down whoever tries codes. After <see cref="EdgeLimits.GuessesOfDevice"/> wrong ones within <see cref="Window"/> a device waits
/// before the next try, and longer after each further wrong one; so does a network. While it waits a right code is refused like a
/// wrong one. Kept in this process's memory, for a bounded number of callers.
/// </summary>
internal sealed class Guesses(EdgeLimits limits, TimeProvider time)
{
    private const int MostCallers = 20_000;

    /// <summary>How long a wrong code counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>After so long without a wrong code the waits begin with the first again.</summary>
    private static readonly TimeSpan Forgiven = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Caller> _callers = [];

    /// <summary>How long this caller has to wait; null when the try may go on, and then <see cref="Leave"/> follows in any case.</summary>
    public TimeSpan? Enter(string? network, string? device)
    {
        lock (_lock)
        {
            var (now, names) = (time.GetUtcNow(), Names(network, device));
            var wait = names.Select(n => _callers.TryGetValue(n.Name, out var caller) ? caller.WaitsFor(now, n.Limit) : TimeSpan.Zero).Max();
            if (wait > TimeSpan.Zero) return wait;
            foreach (var (name, _) in names) CallerOf(name, now).Trying++;
            return null;
        }
    }

    /// <summary>The try is over.</summary>
    public void Leave(string? network, string? device, bool wrong)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (name, limit) in Names(network, device))
            {
                if (!_callers.TryGetValue(name, out var caller)) continue;
                caller.Trying--;
                if (wrong) caller.Fail(now, limit);
                else if (caller.IsIdle(now)) _callers.Remove(name);
            }
        }
    }

    private (string Name, int Limit)[] Names(string? network, string? device) =>
        device is null ? [("n" + network, limits.GuessesOfNetwork)] : [("n" + network, limits.GuessesOfNetwork), ("d" + device, limits.GuessesOfDevice)];

    private Caller CallerOf(string name, DateTimeOffset now)
    {
        if (_callers.TryGetValue(name, out var known)) return known;
        if (_callers.Count >= MostCallers) MakeRoom(now);
        return _callers[name] = new Caller();
    }

    /// <summary>Who is idle goes first, then a quarter of those that failed longest ago; whoever is trying now stays.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (name, _) in _callers.Where(c => c.Value.IsIdle(now)).ToList()) _callers.Remove(name);
        if (_callers.Count < MostCallers) return;
        foreach (var (name, _) in _callers.Where(c => c.Value.Trying == 0).OrderBy(c => c.Value.LastWrong).Take(MostCallers / 4).ToList()) _callers.Remove(name);
    }

    private sealed class Caller
    {
        private readonly Queue<DateTimeOffset> _wrong = [];
        private DateTimeOffset _until;
        private int _waits;

        /// <summary>Tries that have begun and not ended: many at once are no way around the count.</summary>
        public int Trying { get; set; }

        public DateTimeOffset LastWrong { get; private set; }

        public bool IsIdle(DateTimeOffset now) => Trying == 0 && now - LastWrong > (_waits == 0 ? Window : Forgiven);

        public TimeSpan WaitsFor(DateTimeOffset now, int limit)
        {
            if (now < _until) return _until - now;
            Forget(now);
            return Trying > 0 && (_waits > 0 || _wrong.Count + Trying >= limit) ? FirstWait : TimeSpan.Zero;
        }

        public void Fail(DateTimeOffset now, int limit)
        {
            Forget(now);
            LastWrong = now;
            _wrong.Enqueue(now);
            if (_waits == 0 && _wrong.Count < limit) return;
            _until = now + TimeSpan.FromSeconds(Math.Min(FirstWait.TotalSeconds * Math.Pow(2, _waits++), LongestWait.TotalSeconds));
            if (_wrong.Count > limit) _wrong.Dequeue();
        }

        private void Forget(DateTimeOffset now)
        {
            while (_wrong.TryPeek(out var first) && now - first > Window) _wrong.Dequeue();
            if (now - LastWrong > Forgiven) _waits = 0;
        }
    }
}

/// <summary>On every endpoint that a code or a receipt opens: an answer of 404 was a guess. Staff are known by name and count nothing.</summary>
internal sealed class GuessGuard(Guesses guesses) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.User.Identity is { IsAuthenticated: true }) return await next(context);
        var (network, device) = (http.Request.Source().Network, http.Request.CountedDevice());
        if (guesses.Enter(network, device) is { } wait) return new Slowed(wait);
        var wrong = false;
        try
        {
            var result = await next(context);
            wrong = result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound };
            return result;
        }
        finally
        {
            guesses.Leave(network, device, wrong);
        }
    }

    private sealed class Slowed(TimeSpan wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => RateLimits.Refuse(httpContext, wait, HttpRefusals.TooManyWrongCodes);
    }
}

internal static class GuessGuards
{
    /// <summary>This endpoint is opened by a code that could be guessed.</summary>
    public static RouteHandlerBuilder SlowsGuesses(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter<GuessGuard>();
}
