using System.Text.Json;
using Feedback.Domain;
using FluentValidation;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>Runs the use case's validators, once and for every way in, and answers with the fields at fault.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = validators
            .SelectMany(v => v.Validate(request).Errors)
            .Select(e => new FieldError(JsonPath(e.PropertyName), e.ErrorCode, RefusingRules.MessageOf(e)))
            .ToList();
        return errors.Count == 0
            ? next()
            : Task.FromResult(TResponse.Refused(PipelineRefusals.OfFields(errors)));
    }

    private static string JsonPath(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
