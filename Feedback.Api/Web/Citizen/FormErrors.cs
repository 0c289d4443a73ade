using Feedback.Domain;
using Feedback.Domain.Cases;

namespace Feedback.Web.Citizen;

/// <summary>What is wrong with a form, per field and as the list on top of it.</summary>
/// <param name="All">In the order in which they were found. <see cref="FieldError.Field"/> is the name of the page's field, or empty.</param>
public sealed record FormErrors(IReadOnlyList<FieldError> All)
{
    public static readonly FormErrors None = new([]);

    public string? this[string field] => All.FirstOrDefault(e => e.Field == field)?.Message.ToString();

    /// <summary>From a refusal; a field of the JSON contract (<c>contact.phone</c>, <c>tags[0]</c>) is called by its last name on the page.</summary>
    public static FormErrors Of(Refusal? refusal) => refusal switch
    {
        null => None,
        { Code: "ticket_already_rated" } => new([new FieldError("ticket", refusal.Code, refusal.Message)]),
        { Code: "idempotency_key_reused" } => new([new FieldError("", refusal.Code, new Bilingual("这份内容已经提交过了,提交后不能修改。要另写一份,请重新打开本页。", "This was sent already and cannot be changed. To send another one, open this page anew."))]),
        { Code: "pictures_gone" } => None,
        { Errors.Count: 0 } => new([new FieldError("", refusal.Code, refusal.Message)]),
        _ => new([.. refusal.Errors.Select(e => e with { Field = e.Field.Split('.')[^1].Split('[')[0] })]),
    };

    /// <summary>Browsers keep no chosen files: after a refusal the citizen is told to choose them again.</summary>
    public FormErrors WithPictures(bool chosen) => chosen
        ? new([.. All, new FieldError(PictureRules.Field, "pictures_gone", new Bilingual("选好的图片没有保留,请重新选择。", "The pictures you chose were not kept; please choose them again."))])
        : this;
}
