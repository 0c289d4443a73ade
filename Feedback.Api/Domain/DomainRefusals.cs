using Feedback.Domain.Cases;

namespace Feedback.Domain;

/// <summary>What the rules themselves refuse.</summary>
internal static class DomainRefusals
{
    public static readonly Refusal NotAllowed = new(RefusalKind.Forbidden, "not_allowed", "您的岗位无权使用此功能。", "Your role may not do this.");

    public static readonly Refusal CaseNotAccepted = new(RefusalKind.Conflict, "case_not_accepted", "该件尚未受理,请先受理。", "This case has not been accepted yet. Accept it first.");

    public static readonly Refusal CaseAlreadyAccepted = new(RefusalKind.Conflict, "case_already_accepted", "该件已经受理。", "This case has already been accepted.");

    public static readonly Refusal CaseAlreadyAnswered = new(RefusalKind.Conflict, "case_already_answered", "该件已经答复。", "This case has already been answered.");

    public static readonly Refusal CaseNotAnswered = new(RefusalKind.Conflict, "case_not_answered", "该件尚未答复。", "This case has not been answered yet.");

    public static readonly Refusal CaseNotPaused = new(RefusalKind.Conflict, "case_not_paused", "该件没有暂停计时。", "The clock of this case is not paused.");

    public static readonly Refusal CasePaused = new(RefusalKind.Conflict, "case_paused", "该件已暂停计时,请先恢复。", "The clock of this case is paused. Resume it first.");

    public static readonly Refusal CaseClosed = new(RefusalKind.Conflict, "case_closed", "该件已经办结。", "This case is closed.");

    public static readonly Refusal CaseDeclined = new(RefusalKind.Conflict, "case_declined", "该件未予受理。", "This case was not accepted.");

    public static readonly Refusal CaseWithdrawn = new(RefusalKind.Conflict, "case_withdrawn", "该件已由群众撤回。", "The citizen has withdrawn this case.");

    public static readonly Refusal CaseUnderAppeal = new(RefusalKind.Conflict, "case_under_appeal", "该件正在复核。", "This case is under appeal.");

    public static readonly Refusal CaseNotAppealed = new(RefusalKind.Conflict, "case_not_appealed", "该件没有待决定的申诉。", "There is no appeal to decide.");

    public static readonly Refusal HandOverPending = new(RefusalKind.Conflict, "hand_over_pending", "已有移交正在等待对方答复。", "A hand-over is waiting for its answer.");

    public static readonly Refusal NamedByArbitration = new(RefusalKind.Conflict, "named_by_arbitration", "该件由大厅裁定由本单位负责,不能再移交。", "The hall named this unit responsible; the case cannot be handed over.");

    public static readonly Refusal ArbitrationPending = new(RefusalKind.Conflict, "arbitration_pending", "该件正在等待大厅裁定。", "The hall is arbitrating this case.");

    public static readonly Refusal SecondReturn = new(RefusalKind.Conflict, "second_return", "每个单位只能退回一次。", "A unit can return a case once.");

    public static readonly Refusal TooManyPictures = Refusal.OfField(
        PictureRules.Field, "too_many_pictures", $"每件投诉最多 {PictureRules.Most} 张图片。", $"A complaint takes {PictureRules.Most} pictures at most.");

    /// <summary>Neither JPEG nor PNG nor WebP by its content, whatever its name says.</summary>
    public static Refusal PictureTypeNotTaken(int place) => OfPicture(
        place, "picture_type_not_taken", new("不是 JPEG、PNG 或 WebP 图片。", "is not a JPEG, PNG or WebP picture."));

    public static Refusal PictureTooLarge(int place) => OfPicture(
        place, "picture_too_large", new($"超过了 {PictureRules.LargestFile / 1024 / 1024} MB。", $"is larger than {PictureRules.LargestFile / 1024 / 1024} MB."));

    public static Refusal PictureTooManyPixels(int place) => OfPicture(
        place, "picture_too_many_pixels", new($"超过了 {PictureRules.MostPixels / 10_000} 万像素。", $"has more than {PictureRules.MostPixels / 1_000_000} million pixels."));

    /// <summary>Cut off or damaged.</summary>
    public static Refusal PictureUnreadable(int place) => OfPicture(
        place, "picture_unreadable", new("不完整或已损坏,打不开。", "is incomplete or damaged and cannot be opened."));

    private static Refusal OfPicture(int place, string code, Bilingual what) =>
        Refusal.OfField($"{PictureRules.Field}[{place}]", code, $"第 {place + 1} 张图片{what.Zh}", $"Picture {place + 1} {what.En}");
}
