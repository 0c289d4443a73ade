using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>
/// Whether login and password belong together: the slow half of a sign-in, outside any writing transaction. A login that does not
/// exist takes as long. Nothing follows from the answer until <see cref="EnterPassword"/> has counted it.
/// </summary>
internal sealed record CheckPassword(string? Login, string? Password) : IQuery<CheckPassword.Checked>
{
    /// <param name="Login">As typed.</param>
    /// <param name="Hash">The hash it was compared with; null for nobody's.</param>
    /// <param name="Matches">Whether it is the password.</param>
    /// <param name="Rehashed">The password hashed as is usual now, when the stored hash is of an older kind.</param>
    public sealed record Checked(string Login, string? Hash, bool Matches, string? Rehashed);

    internal sealed class Validator : AbstractValidator<CheckPassword>
    {
        public Validator()
        {
            RuleFor(s => s.Login).NotEmpty().Refuse("login_missing", "请输入账号。", "Please enter your account.");
            RuleFor(s => s.Password).NotEmpty().Refuse("password_missing", "请输入密码。", "Please enter your password.");
            RuleFor(s => s.Login).MaximumLength(64).Refuse("login_too_long", "账号最多 64 个字符。", "An account has at most 64 characters.");
            RuleFor(s => s.Password).MaximumLength(StaffFields.LongestPassword).Refuse("password_too_long", $"密码最多 {StaffFields.LongestPassword} 个字符。", $"A password has at most {StaffFields.LongestPassword} characters.");
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<CheckPassword, Outcome<Checked>>
    {
        private static readonly string NobodysHash = Passwords.Hash("nobody", Guid.NewGuid().ToString());

        private const string HashSql = "select password_hash from staff where login = @login";

        public async Task<Outcome<Checked>> Handle(CheckPassword request, CancellationToken cancellationToken)
        {
            var hash = await db.SingleOrDefault<string>(HashSql, new { login = request.Login }, cancellationToken);
            var found = Passwords.Verify(request.Login!, hash ?? NobodysHash, request.Password!);
            return new Checked(
                request.Login!, hash, hash is not null && found != PasswordVerificationResult.Failed,
                found == PasswordVerificationResult.SuccessRehashNeeded ? Passwords.Hash(request.Login!, request.Password!) : null);
        }
    }
}
