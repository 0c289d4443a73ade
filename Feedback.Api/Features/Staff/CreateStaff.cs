using System.Text.RegularExpressions;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>A new account. The command line makes the first one; a login is given once. The phone is printed on receipts and notices.</summary>
public sealed partial record CreateStaff(string? Login, string? Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode, string? Password, string? Phone = null) : ICommand<Done>
{
    internal sealed partial class Validator : AbstractValidator<CreateStaff>
    {
        public Validator()
        {
            RuleFor(s => s.Login).Must(l => l is not null && LoginForm().IsMatch(l)).WithErrorCode("login_malformed").WithMessage(_ => new Bilingual("账号由 2 到 64 个小写字母、数字、点、横线组成。", "An account has 2 to 64 lower-case letters, digits, dots and hyphens.").ToString());
            RuleFor(s => s.Name).Must(n => n is { Length: <= 50 } && !string.IsNullOrWhiteSpace(n)).WithErrorCode("name_missing").WithMessage(_ => new Bilingual("请填写姓名,最多 50 个字。", "Please give a name of up to 50 characters.").ToString());
            RuleFor(s => s.Phone).Must(p => p is null || PhoneForm().IsMatch(p)).WithErrorCode("phone_malformed").WithMessage(_ => new Bilingual("请填写有效的电话号码。", "Please give a valid phone number.").ToString());
            RuleFor(s => s.Password).Must(PasswordRule.IsLongEnough).WithErrorCode("password_too_short").WithMessage(_ => new Bilingual("密码至少 10 个字符。", "The password has at least 10 characters.").ToString());
            RuleFor(s => s.Password).Must((s, p) => !PasswordRule.IsLongEnough(p) || !PasswordRule.IsGuessable(p!, s.Login)).WithErrorCode("password_guessable").WithMessage(_ => new Bilingual("这个密码太容易猜到,请换一个。", "This password is too easy to guess. Please choose another.").ToString());
        }

        [GeneratedRegex(@"^\+?[0-9][0-9 \-]{2,30}\z")]
        private static partial Regex PhoneForm();

        [GeneratedRegex(@"^[a-z0-9._-]{2,64}\z")]
        private static partial Regex LoginForm();
    }

    internal sealed class Handler(Db db, TimeProvider time) : IRequestHandler<CreateStaff, Outcome<Done>>
    {
        private static readonly Refusal Taken = new(RefusalKind.Conflict, "login_taken", "该账号已存在。", "This account exists already.");

        private const string TakenSql = "select count(*) from staff where login = @login";

        private const string InsertSql =
            """
            insert into staff (login, name, role, hall_code, department_code, window_code, password_hash, active, created_at)
            values (@login, @name, @role, @hallCode, @departmentCode, @windowCode, @hash, 1, @now)
            """;

        private const string PhoneSql = "insert into staff_phone (login, phone) values (@login, @phone)";

        public async Task<Outcome<Done>> Handle(CreateStaff request, CancellationToken cancellationToken)
        {
            if (await db.Single<int>(TakenSql, new { login = request.Login }, cancellationToken) > 0) return Taken;
            await db.Execute(
                InsertSql,
                new
                {
                    login = request.Login,
                    name = request.Name,
                    role = request.Role.ToString(),
                    hallCode = request.HallCode,
                    departmentCode = request.DepartmentCode,
                    windowCode = request.WindowCode,
                    hash = Passwords.Hash(request.Login!, request.Password!),
                    now = time.GetUtcNow(),
                },
                cancellationToken);
            if (request.Phone is { } phone) await db.Execute(PhoneSql, new { login = request.Login, phone }, cancellationToken);
            return default(Done);
        }
    }
}
