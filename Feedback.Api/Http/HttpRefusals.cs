using Feedback.Domain;

namespace Feedback.Http;

/// <summary>What is refused at the door, before a use case is asked.</summary>
internal static class HttpRefusals
{
    public static readonly Refusal CrossSite = new(
        RefusalKind.Invalid, "cross_site", "这次提交来自别的网站,没有收下。", "This was sent by another site; nothing was taken.");

    public static readonly Refusal TooManyWrongCodes = new(
        RefusalKind.TooOften, "too_many_wrong_codes", "输错的次数太多,请稍等再试。", "Too many wrong codes. Please wait before you try again.");

    public static readonly Refusal TooManyRequests = new(RefusalKind.TooOften, "too_many_requests", "操作太频繁,请稍后再试。", "Too many requests. Please try again in a moment.");

    public static readonly Refusal SignInRequired = new(RefusalKind.Unauthenticated, "sign_in_required", "请先登录。", "Please sign in.");

    public static readonly Refusal NotFound = new(RefusalKind.NotFound, "not_found", "没有这个页面。", "There is no such page.");

    public static readonly Refusal MethodNotAllowed = new(RefusalKind.MethodNotAllowed, "method_not_allowed", "这个地址不支持该方法。", "This address does not take that method.");

    public static readonly Refusal BodyTooLarge = new(RefusalKind.TooLarge, "body_too_large", "内容过大。", "The body is too large.");

    public static readonly Refusal ContentTypeUnsupported = new(RefusalKind.UnsupportedMedia, "content_type_unsupported", "提交的内容没有读懂:这里不接受这种格式。", "What was sent could not be read: this address takes another type of content.");

    public static readonly Refusal BodyMalformed = new(RefusalKind.Invalid, "body_malformed", "提交的内容没有读懂,没有收下。", "What was sent could not be read; nothing was taken.");

    public static readonly Refusal TryAgainLater = new(RefusalKind.Unavailable, "try_again_later", "系统繁忙,请稍后再试。", "The system is busy. Please try again in a moment.");

    public static readonly Refusal InternalError = new(RefusalKind.Failure, "internal_error", "系统出错了,您的操作没有完成。", "Something went wrong. What you did was not completed.");

    public static readonly Refusal FormExpired = new(
        RefusalKind.Invalid, "form_expired", "这个页面已经过期,没有提交。请返回上一页,刷新后再试。", "This page has expired and nothing was sent. Please go back, reload it and try again.");

    /// <param name="field">The field at fault; empty where the JSON names none.</param>
    public static Refusal NotJson(string field)
    {
        var message = new Bilingual("内容不是有效的 JSON,或字段类型不对。", "The body is not valid JSON or a field has the wrong type.");
        return new Refusal(RefusalKind.Invalid, "body_malformed", message, field.Length == 0 ? [] : [new FieldError(field, "field_malformed", message)]);
    }
}
