using System.Text.Json;

namespace Feedback.Tests.Security.Injection;

/// <summary>A page as the browser has it.</summary>
/// <param name="Path">Its address, after any redirect.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Foreign">Elements that no page of the product has.</param>
/// <param name="Texts">Texts and attributes with something in them that we sent.</param>
/// <param name="Links">Where one can go.</param>
/// <param name="Forms">What can be sent.</param>
internal sealed record PageContent(string Path, int Status, IReadOnlyList<string> Foreign, IReadOnlyList<string> Texts, IReadOnlyList<string> Links, IReadOnlyList<PageForm> Forms)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static PageContent Parse(JsonElement read) => read.Deserialize<PageContent>(Options)!;
}

/// <param name="Index">Among the page's forms.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Where it is sent.</param>
/// <param name="Does">The command that it gives, where one address takes several; else empty.</param>
/// <param name="Fields">What it sends.</param>
internal sealed record PageForm(int Index, string Method, string Path, string Does, IReadOnlyList<PageField> Fields);

/// <param name="Name">What it is called in the list; fields of one pattern have one name.</param>
/// <param name="Field">What it is called in the form.</param>
/// <param name="IsText">Whether people type a text into it; else it is chosen, hidden or a button's.</param>
internal sealed record PageField(string Name, string Field, bool IsText);
