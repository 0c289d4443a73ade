using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>
/// Compares the password that holds and hashes the one that shall: the slow half of a change, outside any writing transaction. Nothing
/// follows from the answer until <see cref="ChangePassword"/> has counted it.
/// </summary>
/// <param name="Login">Whose.</param>
/// <param name="CurrentPassword">As typed.</param>
/// <param name="NewPassword">By <see cref="PasswordRule"/>, and another one.</param>
internal sealed record CheckPasswordChange(string Login, string? CurrentPassword, string? NewPassword) : IQuery<CheckPasswordChange.Checked>
{
    /// <param name="Login">Whose.</param>
    /// <param name="Hash">The hash it was compared with.</param>
    /// <param name="Matches">Whether the current password is right.</param>
    /// <param name="NewHash">Of the new one.</param>
    public sealed record Checked(string Login, string Hash, bool Matches, string NewHash);

    internal sealed class Validator : AbstractValidator<CheckPasswordChange>
    {
        public Validator()
        {
            RuleFor(c => c.CurrentPassword).NotEmpty().Refuse("password_missing", "请输入现在的密码。", "Please enter your current password.");
            RuleFor(c => c.CurrentPassword).MaximumLength(StaffFields.LongestPassword).Refuse("password_too_long", $"密码最多 {StaffFields.LongestPassword} 个字符。", $"A password has at most {StaffFields.LongestPassword} characters.");
            RuleFor(c => c.NewPassword).IsNewPassword(c => c.Login);
            RuleFor(c => c.NewPassword).Must((c, p) => p != c.CurrentPassword).Refuse("password_unchanged", "新密码不能与现在的密码相同。", "The new password must be another one.");
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<CheckPasswordChange, Outcome<Checked>>
    {
        private const string HashSql = "select password_hash from staff where login = @login";

        public async Task<Outcome<Checked>> Handle(CheckPasswordChange request, CancellationToken cancellationToken)
        {
            var hash = await db.Single<string>(HashSql, new { login = request.Login }, cancellationToken);
            var matches = Passwords.Verify(request.Login, hash, request.CurrentPassword!) != PasswordVerificationResult.Failed;
            return new Checked(request.Login, hash, matches, Passwords.Hash(request.Login, request.NewPassword!));
        }
    }
}
