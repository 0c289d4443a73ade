using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>A new account with a password of its owner's choice. The command line makes the first one; a login is given once. The phone is printed on receipts and notices.</summary>
internal sealed record CreateStaff(string? Login, string? Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode, string? Password, string? Phone = null) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<CreateStaff>
    {
        public Validator()
        {
            RuleFor(s => s.Login).IsLogin();
            RuleFor(s => s.Name).IsPersonName();
            RuleFor(s => s.Phone).IsPhone();
            RuleFor(s => s.Password).IsNewPassword(s => s.Login);
        }
    }

    internal sealed class Handler(AccountStore accounts) : IRequestHandler<CreateStaff, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(CreateStaff request, CancellationToken cancellationToken)
        {
            if (await accounts.IsKnown(request.Login!, cancellationToken)) return StaffRefusals.LoginTaken;
            var account = new Actor(request.Login!, request.Name!, request.Role, request.HallCode, request.DepartmentCode, request.WindowCode);
            await accounts.Create(account, request.Password!, isFirst: false, request.Phone, cancellationToken);
            return default(Done);
        }
    }
}
