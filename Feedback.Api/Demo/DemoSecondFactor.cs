using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Demo;

/// <summary>Gives a person of the demonstration the second factor that everybody knows.</summary>
internal sealed record EnrolDemo(string Login) : ICommand<Done>
{
    internal sealed class Handler(SecondFactors factors) : IRequestHandler<EnrolDemo, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(EnrolDemo request, CancellationToken cancellationToken)
        {
            await factors.Enrol(request.Login, DemoHall.Secret, 0, cancellationToken);
            return default(Done);
        }
    }
}

/// <summary>The code that such a person signs in with now; refused for every other account.</summary>
internal sealed record ShowDemoCode(string Login) : IQuery<string>
{
    internal sealed class Handler(SecondFactors factors, LocalTime local) : IRequestHandler<ShowDemoCode, Outcome<string>>
    {
        public async Task<Outcome<string>> Handle(ShowDemoCode request, CancellationToken cancellationToken) =>
            await factors.Secret(request.Login, cancellationToken) is { } secret && secret.AsSpan().SequenceEqual(DemoHall.Secret)
                ? SignInCode.Of(PresenceCode.StepAt(local.Now), secret)
                : DemoRefusals.NotOfDemo;
    }
}
