using Feedback.Domain;

namespace Feedback.Features.Ratings;

/// <summary>What is refused in the use cases of ratings.</summary>
internal static class RatingsRefusals
{
    public static readonly Refusal ChecksIncomplete = Refusal.OfField("checks", "checks_incomplete", "请逐项说明标签所指的问题是否属实。", "Please say of each thing that a tag points at whether it is so, and of nothing else.");

    public static readonly Refusal NothingToAnswer = new(RefusalKind.Conflict, "nothing_to_answer", "目前没有等待您答复的留言。", "There is no message that waits for your answer.");

    public static readonly Refusal TicketAlreadyRated = new(
        RefusalKind.Conflict, "ticket_already_rated", "这张取号单已经评价过了,一次服务只评价一次。", "This ticket has already been rated; one service is rated once.");

    public static readonly Refusal DeviceRatedThisWindow = new(
        RefusalKind.TooOften, "device_rated_this_window", "您刚刚评价过这个窗口,请稍后再评,或填写取号单号码。", "You rated this window a moment ago. Please come back later or give your ticket number.");

    public static readonly Refusal DeviceRatedEnoughToday = new(
        RefusalKind.TooOften, "device_rated_enough_today", "这台设备今天的评价次数已满,有取号单时请填写号码。", "This device has given its ratings for today. With a ticket, please give its number.");

    public static readonly Refusal FlagUnknown = new(RefusalKind.NotFound, "flag_unknown", "没有这条疑似评价。", "There is no such suspected rating.");

    public static readonly Refusal FlagDecided = new(RefusalKind.Conflict, "flag_decided", "这条评价已有决定,不能再改。", "This was decided already and cannot be changed.");

    public static readonly Refusal TooManyLines = new(
        RefusalKind.Invalid, "too_many_lines", "一次最多 10000 行。", "At most 10,000 lines at once.");

    public static readonly Refusal BodyMalformed = new(
        RefusalKind.Invalid, "body_malformed", "这一行不是有效的 JSON,或字段类型不对。", "The line is not valid JSON or a field has the wrong type.");

    public static readonly Refusal NotABadRating = new(RefusalKind.Conflict, "not_a_bad_rating", "该件不是差评件。", "This case is not about a bad rating.");

    public static readonly Refusal RatingAlreadyVerified = new(RefusalKind.Conflict, "rating_already_verified", "该差评已经核实。", "This bad rating has been verified.");

    public static readonly Refusal NothingToSetRight = new(RefusalKind.Conflict, "nothing_to_set_right", "该差评没有待整改的事项。", "Nothing waits to be set right here.");

    public static readonly Refusal CallBackNotAwaited = new(RefusalKind.Conflict, "call_back_not_awaited", "该差评没有待回访的事项。", "No call back is awaited here.");

    public static readonly Refusal RatingAlreadyAppealed = new(RefusalKind.Conflict, "rating_already_appealed", "该差评已经申诉过。", "An appeal against this rating was made already.");

    public static readonly Refusal RatingAppealTooLate = new(RefusalKind.Conflict, "rating_appeal_too_late", "申诉期限已过。", "The time for an appeal is over.");

    public static readonly Refusal RatingAppealNotAsked = new(RefusalKind.Conflict, "rating_appeal_not_asked", "没有待决定的申诉。", "There is no appeal to decide.");

    public static readonly Refusal InsideUnit = new(RefusalKind.Forbidden, "inside_unit", "须由被评价单位以外的人办理。", "Somebody outside the unit that was rated has to do this.");

    public static readonly Refusal OutsideUnit = new(RefusalKind.Forbidden, "outside_unit", "只有被评价的单位可以申诉。", "Only the unit that was rated can appeal.");

    public static readonly Refusal OwnWork = new(RefusalKind.Forbidden, "own_work", "核实或整改的人不能回访。", "Whoever verified or set it right cannot call back.");

    public static readonly Refusal RatingUnknown = new(RefusalKind.NotFound, "rating_unknown", "没有找到这条评价,请核对回执号。", "No such rating. Please check the receipt.");

    public static readonly Refusal RatingAlreadySupplemented = new(RefusalKind.Conflict, "rating_already_supplemented", "这条评价已经追评过,只能追评一次。", "This rating has been supplemented; that can be done once.");

    public static readonly Refusal SupplementNotOffered = new(RefusalKind.Conflict, "supplement_not_offered", "目前不接受追评。", "Ratings cannot be supplemented at present.");

    public static readonly Refusal RatedAtOutOfRange = Refusal.OfField(
        "ratedAt", "rated_at_out_of_range", "评价时间在将来,或早于现有的规则。", "The rating is from the future, or from before the rules that are known.");

    public static readonly Refusal RatedBeforeService = Refusal.OfField("servedAt", "rated_before_service", "评价不能早于服务。", "A rating may not precede the service.");

    public static readonly Refusal ItemUnknown = Refusal.OfField("item", "item_unknown", "该窗口不办理这个事项。", "This window does not serve that item.");

    public static Refusal TagNotOfGrade(string tag) => Refusal.OfField("tags", "tag_not_of_grade", $"标签“{tag}”不属于这个评价等级。", $"Tag \"{tag}\" does not belong to this grade.");

    public static Refusal SupplementTooLate(int days) =>
        new(RefusalKind.Conflict, "supplement_too_late", $"评价后 {days} 日内可以追评,现在已经过期。", $"A rating can be supplemented within {days} days; they are over.");
}
