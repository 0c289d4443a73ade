using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Features.Staff;

/// <summary>A member of staff proves who they are with login and password. A wrong password and an unknown login look alike.</summary>
public sealed record SignIn(string? Login, string? Password) : IQuery<Actor>
{
    internal sealed class Validator : AbstractValidator<SignIn>
    {
        public Validator()
        {
            RuleFor(s => s.Login).NotEmpty().WithErrorCode("login_missing").WithMessage(_ => new Bilingual("请输入账号。", "Please enter your account.").ToString());
            RuleFor(s => s.Password).NotEmpty().WithErrorCode("password_missing").WithMessage(_ => new Bilingual("请输入密码。", "Please enter your password.").ToString());
            RuleFor(s => s.Login).MaximumLength(64).WithErrorCode("login_too_long").WithMessage(_ => new Bilingual("账号最多 64 个字符。", "An account has at most 64 characters.").ToString());
            RuleFor(s => s.Password).MaximumLength(200).WithErrorCode("password_too_long").WithMessage(_ => new Bilingual("密码最多 200 个字符。", "A password has at most 200 characters.").ToString());
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<SignIn, Outcome<Actor>>
    {
        private static readonly Refusal Wrong = new(
            RefusalKind.Forbidden, "sign_in_failed", "账号或密码不正确。", "The account or the password is not correct.");

        // Checked for an unknown login too, so that both take the same time.
        private static readonly string NobodysHash = Passwords.Hash("nobody", Guid.NewGuid().ToString());

        private const string FindSql = "select login, name, role, hall_code, department_code, window_code, password_hash from staff where login = @login and active = 1";

        public async Task<Outcome<Actor>> Handle(SignIn request, CancellationToken cancellationToken)
        {
            var row = await db.SingleOrDefault<Row>(FindSql, new { login = request.Login }, cancellationToken);
            return Passwords.Matches(row?.Login ?? "nobody", row?.PasswordHash ?? NobodysHash, request.Password!) && row is not null
                ? new Actor(row.Login, row.Name, row.Role, row.HallCode, row.DepartmentCode, row.WindowCode)
                : Wrong;
        }

        private sealed record Row(string Login, string Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode, string PasswordHash);
    }
}

/// <summary>The framework's password hashing (PBKDF2).</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<string> Hasher = new();

    public static string Hash(string login, string password) => Hasher.HashPassword(login, password);

    public static bool Matches(string login, string hash, string password) => Hasher.VerifyHashedPassword(login, hash, password) != PasswordVerificationResult.Failed;
}
