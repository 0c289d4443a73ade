using Feedback.Features.Complaints;

namespace Feedback.Web.Citizen;

/// <summary>What opens a complaint, as typed.</summary>
public sealed record TrackForm(string? Number = null, string? Code = null)
{
    public static TrackForm Read(IFormCollection form) => new(form.Code("number"), form.Code("code"));

    public TrackComplaint Query() => new(Number ?? "", Code);
}
