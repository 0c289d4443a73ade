using System.Data.Common;
using System.Diagnostics;
using Feedback.Data;
using Feedback.Domain;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>
/// The outermost behaviour: it sees every message, however it came in, and tells the meter and the log what became of it
/// (<see cref="MessageMetrics"/>, <see cref="MessageEvents"/>).
/// </summary>
internal sealed class ReportingBehavior<TRequest, TResponse>(Dialect dialect, ILogger<ReportingBehavior<TRequest, TResponse>> log) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    private static readonly string Name = typeof(TRequest).Name;

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var response = await next();
            var took = Stopwatch.GetElapsedTime(began);
            MessageMetrics.Record(Name, response.Refusal?.Code ?? MessageMetrics.Accepted, took);
            if (response.Refusal is { } refusal) log.Refused(Name, refusal.Code, (long)took.TotalMilliseconds, Trace.Id);
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            MessageMetrics.Record(Name, MessageMetrics.Cancelled, Stopwatch.GetElapsedTime(began));
            throw;
        }
        catch (Exception e)
        {
            var took = Stopwatch.GetElapsedTime(began);
            MessageMetrics.Record(Name, MessageMetrics.Failed, took);
            if (e is BusyException || (e is DbException outage && dialect.IsOutage(outage))) log.Postponed(Name, e.GetType().Name, (long)took.TotalMilliseconds, Trace.Id);
            else log.Failed(Name, e.GetType().Name, (long)took.TotalMilliseconds, Trace.Id);
            throw;
        }
    }
}
