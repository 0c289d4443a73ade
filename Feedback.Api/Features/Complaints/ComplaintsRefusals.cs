using Feedback.Domain;

namespace Feedback.Features.Complaints;

/// <summary>What is refused in the use cases of complaints.</summary>
internal static class ComplaintsRefusals
{
    public static readonly Refusal PictureUnknown = new(
        RefusalKind.NotFound, "picture_unknown", "没有这张图片,或页面打开太久了,请重新查询。", "There is no such picture, or the page was open for too long; please look the complaint up again.");
}
