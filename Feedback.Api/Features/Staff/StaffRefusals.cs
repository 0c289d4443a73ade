using Feedback.Domain;

namespace Feedback.Features.Staff;

/// <summary>What is refused in the use cases of staff.</summary>
internal static class StaffRefusals
{
    public static readonly Refusal AbsenceEnded = new(RefusalKind.Conflict, "absence_ended", "没有这条请假,或者已经结束。", "There is no such absence, or it has ended.");

    public static readonly Refusal SecondFactorPresent = new(RefusalKind.Conflict, "second_factor_present", "该账号已启用两步验证。", "This account has a second factor already.");

    public static readonly Refusal NewCodeWrong = Refusal.OfField(
        "code", "code_wrong", "验证码不正确。请确认手机时间准确,再输入当前显示的 6 位数字。", "The code is not correct. Check that the phone's time is right and enter the six digits shown now.") with { Commits = true };

    public static readonly Refusal PresentCodeWrong = Refusal.OfField("current", "code_wrong", "现在的验证码不正确。", "The present code is not correct.") with { Commits = true };

    public static readonly Refusal ProposalInvalid = new(RefusalKind.Invalid, "proposal_invalid", "请重新扫描二维码。", "Please scan the QR code again.");

    public static readonly Refusal SecondFactorRequired = new(RefusalKind.Conflict, "second_factor_required", "您的岗位必须使用两步验证。", "Your role needs the second factor.");

    public static readonly Refusal CodeWrong = Refusal.OfField("code", "code_wrong", "验证码不正确。", "The code is not correct.") with { Commits = true };

    public static readonly Refusal PasswordWrong = Refusal.OfField("currentPassword", "password_wrong", "现在的密码不正确。", "The current password is not correct.") with { Commits = true };

    public static readonly Refusal AbsenceIsOver = Refusal.OfField("lastDay", "absence_is_over", "不能登记已经过去的日子。", "Days that are over cannot be entered.");

    public static readonly Refusal SessionUnknown = new(RefusalKind.NotFound, "session_unknown", "没有这个登录。", "There is no such session.");

    public static readonly Refusal TokenUnknown = new(RefusalKind.NotFound, "token_unknown", "没有这个令牌。", "There is no such token.");

    public static readonly Refusal LoginTaken = new(RefusalKind.Conflict, "login_taken", "该账号已存在。", "This account exists already.");

    public static readonly Refusal LoginTakenOfField = Refusal.OfField("login", LoginTaken.Code, LoginTaken.Message.Zh, LoginTaken.Message.En) with { Kind = RefusalKind.Conflict };

    public static readonly Refusal UnitUnknown = Refusal.OfField("unit", "unit_unknown", "这个岗位须选择所属单位。", "This role belongs to a unit; please choose one.");

    public static readonly Refusal HallUnknown = Refusal.OfField("hall", "hall_unknown", "这个岗位须选择大厅。", "This role belongs to a hall; please choose one.");

    public static readonly Refusal WindowUnknown = Refusal.OfField("window", "window_unknown", "该单位(大厅)没有这个窗口。", "The unit or hall has no such window.");

    public static readonly Refusal PasswordUnchanged = Refusal.OfField("newPassword", "password_unchanged", "请另设一个密码。", "Please choose another password.");

    public static readonly Refusal PersonUnknown = new(RefusalKind.NotFound, "staff_unknown", "没有找到这位工作人员。", "No such member of staff.");

    public static readonly Refusal DeputyUnfit = Refusal.OfField(
        "deputy", "deputy_unfit", "替岗人须为同一单位(大厅)、权限不低于本岗的其他在岗人员。", "A deputy is another active member of the same unit (or hall) who may know as much.");

    public static readonly Refusal SecondFactorAbsent = new(RefusalKind.NotFound, "second_factor_absent", "该账号没有启用两步验证。", "This account has no second factor.");
}
