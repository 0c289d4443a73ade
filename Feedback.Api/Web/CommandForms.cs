using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Web;

/// <summary>A page's forms that act on a case: each command's form makes one message. A command without a form is refused.</summary>
/// <typeparam name="TForm">A form as it was sent.</typeparam>
internal sealed class CommandForms<TForm>
{
    private readonly Dictionary<CaseCommand, Func<TForm, Dispatcher, CancellationToken, Task<Refusal?>>> _senders = [];

    public CommandForms<TForm> With<T>(CaseCommand command, Func<TForm, IRequest<Outcome<T>>> message)
    {
        _senders.Add(command, async (form, dispatcher, ct) => (await dispatcher.Send(message(form), ct)).Refusal);
        return this;
    }

    /// <returns>Why it was not done; null when it was.</returns>
    public Task<Refusal?> Send(CaseCommand? command, TForm form, Dispatcher dispatcher, CancellationToken ct) =>
        command is { } known && _senders.TryGetValue(known, out var send) ? send(form, dispatcher, ct) : Task.FromResult<Refusal?>(WebRefusals.CommandUnknown);
}
