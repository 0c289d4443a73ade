using Feedback.Domain;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>A use case that changes something. It runs in one writing transaction, which a refusal rolls back unless it says otherwise.</summary>
internal interface ICommand<TValue> : IRequest<Outcome<TValue>>, ICommand;

/// <summary>A use case that only reads.</summary>
internal interface IQuery<TValue> : IRequest<Outcome<TValue>>;

/// <summary>Marks commands for the pipeline.</summary>
internal interface ICommand;

/// <summary>
/// A public command that may reach us twice: with the same key the first answer is given again and nothing is stored twice;
/// with the same key and another content it is refused.
/// </summary>
internal interface IIdempotent
{
    string? IdempotencyKey { get; }
}

/// <summary>A use case that works on what it was given alone. No connection and no transaction is held while it does.</summary>
internal interface IWithoutDatabase;

/// <summary>
/// A small command of which many come at once: it is written with others in one transaction, and answered after their commit.
/// Nothing that it is refused or that goes wrong with it touches the others.
/// </summary>
internal interface IGrouped;
